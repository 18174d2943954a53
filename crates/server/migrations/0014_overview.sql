-- The Overview reads the days of a year and the newest bills from these alone, without a look at each row: rows of a day
-- are written for all accounts at once, so that each day of one account lies on a page of its own.
create index day_use_read on day_use (service_point, day, usage, estimated);
drop index bill_account;
create index bill_account on bill (account, issued_on, id);
