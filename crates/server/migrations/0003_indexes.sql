-- By these an account finds what is its own; without them every look reads all of a large record.
create index account_holder on account (holder);
create index service_point_facility on service_point (facility);
create index meter_service_point on meter (service_point);
create index bill_account on bill (account, issued_on);
create index photo_account on photo (account, taken_at);
create index export_account on export (account);
