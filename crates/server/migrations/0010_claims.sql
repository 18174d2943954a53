-- Claims after a correction that their customer pays in parts (BIL-8). Added, never changed.

create table claim_plan (
    id text primary key,
    account text not null references account (id),
    request_id text not null,
    -- Minor units.
    amount bigint not null,
    months bigint not null,
    agreed_at bigint not null,
    unique (account, request_id)
);

-- Each part is a charge of its own, with its own last day to pay.
create table claim_part (
    plan text not null references claim_plan (id),
    number bigint not null,
    charge text not null references charge (id),
    primary key (plan, number)
);
