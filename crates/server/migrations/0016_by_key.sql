-- SQLite alone: rows that are looked for by their key lie in its order, in one tree instead of two. PostgreSQL has no such
-- tables.
create table interval_by_key (
    service_point text not null references service_point (id),
    start bigint not null,
    seconds bigint not null,
    usage bigint not null,
    quality text not null,
    sequence bigint not null,
    primary key (service_point, start)
) without rowid;
insert into interval_by_key select service_point, start, seconds, usage, quality, sequence
from interval order by service_point, start;
drop table interval;
alter table interval_by_key rename to interval;
create index interval_sequence on interval (service_point, sequence);
create index interval_arrival on interval (sequence) where sequence > 0;

create table reading_by_key (
    meter text not null references meter (number),
    at bigint not null,
    register bigint not null,
    quality text not null,
    primary key (meter, at)
) without rowid;
insert into reading_by_key select meter, at, register, quality from reading order by meter, at;
create table own_reading_by_key (
    service_point text not null references service_point (id),
    request_id text not null,
    meter text not null,
    at bigint not null,
    photo text references photo (id),
    usage bigint not null,
    unlikely bigint not null,
    primary key (service_point, request_id),
    foreign key (meter, at) references reading_by_key (meter, at)
) without rowid;
insert into own_reading_by_key select service_point, request_id, meter, at, photo, usage, unlikely from own_reading;
drop table own_reading;
drop table reading;
alter table reading_by_key rename to reading;
alter table own_reading_by_key rename to own_reading;

create table ledger_balance_by_key (
    account text not null references account (id),
    book text not null,
    item text not null,
    amount bigint not null,
    primary key (account, book, item)
) without rowid;
insert into ledger_balance_by_key select account, book, item, amount from ledger_balance order by account, book, item;
drop table ledger_balance;
alter table ledger_balance_by_key rename to ledger_balance;

create table session_by_key (
    token_hash text primary key,
    holder text not null references holder (id),
    account text not null references account (id),
    ends_at bigint not null
) without rowid;
insert into session_by_key select token_hash, holder, account, ends_at from session;
drop table session;
alter table session_by_key rename to session;

-- What each account asks of these is found in the index alone.
drop index service_point_facility;
create index service_point_facility on service_point (facility, commodity);
drop index account_holder;
create index account_holder on account (holder, id);
