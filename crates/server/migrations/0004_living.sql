-- What the portal tells the customer and what the customer chooses; stored projections; Hafez; prepaid supply. Rows are
-- added, never changed.

-- An alert is raised once: of its kind, about one thing (a service point, a bill, or ``), for one day, period or event.
create table alert (
    id text primary key,
    account text not null references account (id),
    kind text not null,
    about text not null,
    once text not null,
    at bigint not null,
    -- Its place among all that a follower of the account is told; intervals count in the same order.
    sequence bigint not null,
    fact text not null,
    unique (account, kind, about, once)
);

create index alert_account on alert (account, sequence);

create table alert_seen (
    alert text primary key references alert (id),
    seen_at bigint not null
);

-- Budget and thresholds; of an account's rows the one with the highest place holds.
create table alert_setting (
    account text not null references account (id),
    place bigint not null,
    at bigint not null,
    chosen text not null,
    primary key (account, place)
);

-- What was expected of an open period on a day (PRO-4). What came of it is in the bill.
create table projection (
    service_point text not null references service_point (id),
    day text not null,
    period_from text not null,
    period_to text not null,
    expected bigint not null,
    low bigint not null,
    high bigint not null,
    margin_is_own bigint not null,
    currency text not null,
    expected_cost bigint not null,
    low_cost bigint not null,
    high_cost bigint not null,
    primary key (service_point, day)
);

-- Hafez (HAF-1): what the conditions rest on.
alter table holder add column citizen bigint not null default 0;
alter table facility add column owner_lives_in bigint not null default 0;
alter table facility add column lived_in_since text;
alter table facility add column violations bigint not null default 0;

-- Joining and leaving; of an account's rows the one with the highest place holds.
create table hafez_step (
    account text not null references account (id),
    place bigint not null,
    step text not null,
    on_day text not null,
    at bigint not null,
    primary key (account, place)
);

-- What a year that is over earned.
create table hafez_credit (
    account text not null references account (id),
    commodity text not null,
    year bigint not null,
    amount bigint not null,
    credited_at bigint not null,
    primary key (account, commodity, year)
);

-- Requests to pay in advance, or later again (PRE-2), with what the engine said; and what became of them.
create table prepaid_switch (
    id text primary key,
    service_point text not null references service_point (id),
    request_id text not null,
    way text not null,
    asked_at bigint not null,
    reasons text not null,
    unique (service_point, request_id)
);

create table prepaid_switch_end (
    prepaid_switch text primary key references prepaid_switch (id),
    outcome text not null,
    -- The first day on which the supply is paid for in the new way.
    holds_from text,
    at bigint not null
);

create table top_up (
    id text primary key,
    service_point text not null references service_point (id),
    at bigint not null,
    amount bigint not null
);

create index top_up_point on top_up (service_point, at);
