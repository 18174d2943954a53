-- Meters that speak: head-ends and their keys, what was wrong with readings, events, faults, commands.

-- A head-end that was given a key of its own. The server's own key, which `adad feed` uses, is none of these.
create table head_end (
    name text primary key,
    key_hash text not null unique,
    added_at bigint not null,
    revoked_at bigint
);

-- The head-end that a meter reports to. A meter without a row takes the word of any head-end, so that an operator with
-- one head-end has nothing to keep; one with a row takes that of its own alone, so that the key of another cannot
-- write into it.
create table meter_head_end (
    meter text primary key references meter (number),
    head_end text not null references head_end (name)
);

-- What was found about reported intervals, beside them: `gap`, so many seconds before it were missing when it came;
-- `future`, `clock-off`, `negative`, `spike`, `span-length`, `overlaps`, it was not taken. Added, never changed.
create table interval_finding (
    service_point text not null references service_point (id),
    start bigint not null,
    kind text not null,
    -- Seconds of a gap; of what was not taken the usage in millionths.
    detail bigint not null,
    head_end text not null,
    noted_at bigint not null,
    primary key (service_point, start, kind)
);

-- By this each server learns which accounts have news that another one took.
create index interval_arrival on interval (sequence) where sequence > 0;

-- What a meter told beside its readings. Added, never changed. The head-end `` is whoever has the server's own key.
create table meter_event (
    id text primary key,
    head_end text not null,
    event_id text not null,
    service_point text not null references service_point (id),
    meter text not null references meter (number),
    at bigint not null,
    kind text not null,
    what text not null,
    arrived_at bigint not null,
    unique (head_end, event_id)
);

create index meter_event_point on meter_event (service_point, at);

-- What a customer says to an event. Added, never changed.
create table event_note (
    service_point text not null references service_point (id),
    request_id text not null,
    event text not null references meter_event (id),
    at bigint not null,
    words text not null,
    primary key (service_point, request_id)
);

create index event_note_event on event_note (event);

-- Faults that customers report. Added, never changed.
create table fault_report (
    number bigint primary key,
    service_point text not null references service_point (id),
    request_id text not null,
    at bigint not null,
    kind text not null,
    words text not null,
    unique (service_point, request_id)
);

insert into setting (name, value) values ('fault_number', 1000);

-- What head-ends are asked to do, and their word that it was done. Added, never changed.
create table command (
    id text primary key,
    service_point text not null references service_point (id),
    meter text not null references meter (number),
    asked_at bigint not null,
    command_order text not null
);

create table command_acknowledgement (
    command text primary key references command (id),
    head_end text not null,
    at bigint not null,
    result text not null,
    arrived_at bigint not null
);
