-- The record. Columns are text and bigint alone, so that one set of SQL serves SQLite and PostgreSQL.
-- Energy and water are millionths of the unit, money is minor units, times are seconds since 1970 UTC,
-- civil days are days since 1970-01-01 of the facility's own calendar.

create table holder (
    id text primary key,
    name_ar text not null,
    name_en text not null
);

create table account (
    id text primary key,
    holder text not null references holder (id),
    place bigint not null,
    country text not null,
    currency text not null
);

create table facility (
    id text primary key,
    account text not null unique references account (id),
    name_ar text not null,
    name_en text not null,
    utc_offset_s bigint not null
);

create table service_point (
    id text primary key,
    facility text not null references facility (id),
    commodity text not null,
    unit text not null,
    tariff text not null,
    breaker_amps bigint
);

create table meter (
    number text primary key,
    service_point text not null references service_point (id),
    kind text not null,
    multiplier bigint not null,
    fitted_at bigint not null
);

-- What a register showed. Added, never changed.
create table reading (
    meter text not null references meter (number),
    at bigint not null,
    register bigint not null,
    quality text not null,
    primary key (meter, at)
);

-- What a digital meter measured in a span. Added, never changed; spans of one service point never overlap.
-- The sequence is the order in which a head-end reported them, from 1; it is 0 for those of a file.
create table interval (
    service_point text not null references service_point (id),
    start bigint not null,
    seconds bigint not null,
    usage bigint not null,
    quality text not null,
    sequence bigint not null,
    primary key (service_point, start)
);

create index interval_sequence on interval (service_point, sequence);

-- The sum of the intervals that begin in a civil day, kept in the transaction that adds them.
create table day_use (
    service_point text not null references service_point (id),
    day bigint not null,
    usage bigint not null,
    estimated bigint not null,
    primary key (service_point, day)
);

-- Issued bills with what they were made from. Added, never changed.
create table bill (
    id text primary key,
    account text not null references account (id),
    period_from text not null,
    period_to text not null,
    issued_on text not null,
    due_on text not null,
    currency text not null,
    total bigint not null,
    taxes text not null,
    unique (account, period_from)
);

create table bill_part (
    bill text not null references bill (id),
    place bigint not null,
    service_point text not null references service_point (id),
    usage bigint not null,
    readings text not null,
    facts text not null,
    answer text not null,
    primary key (bill, place)
);

-- Money that arrived. Added, never changed; what is due follows from it.
create table receipt (
    id text primary key,
    bill text not null references bill (id),
    received_at bigint not null,
    amount bigint not null
);

create index receipt_bill on receipt (bill);

create table session (
    token_hash text primary key,
    holder text not null references holder (id),
    account text not null references account (id),
    ends_at bigint not null
);

create table sign_in_code (
    account text primary key references account (id),
    code_hash text not null,
    ends_at bigint not null,
    tries bigint not null
);

-- Meter files that were handed over, and what became of them.
create table meter_file (
    id text primary key,
    service_point text not null references service_point (id),
    taken_at bigint not null,
    readings bigint not null,
    total bigint not null,
    added bigint not null,
    repeated bigint not null,
    conflicting bigint not null
);

create table setting (
    name text primary key,
    value bigint not null
);

insert into setting (name, value) values ('interval_sequence', 0);
