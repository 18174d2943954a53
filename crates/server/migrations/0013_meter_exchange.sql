-- A meter that was taken away and the one that was fitted in its place. What their registers showed then is among their
-- readings, at that instant. Added, never changed.
create table meter_exchange (
    old_meter text primary key references meter (number),
    new_meter text not null unique references meter (number),
    service_point text not null references service_point (id),
    at bigint not null,
    recorded_at bigint not null
);

create index meter_exchange_point on meter_exchange (service_point, at);
