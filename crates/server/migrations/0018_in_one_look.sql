-- SQLite alone: what the Overview asks of an account, its service points and meters stands in the index that finds them.
drop index account_holder;
create index account_holder on account (holder, id, country, currency);
drop index service_point_facility;
create index service_point_facility on service_point (facility, commodity, id, unit, tariff, breaker_amps);
drop index meter_service_point;
create index meter_service_point on meter (service_point, fitted_at, number, kind, multiplier, digits);
