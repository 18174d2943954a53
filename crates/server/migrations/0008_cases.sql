-- What debts lead to: notices, plans with their acknowledgement, certificates. Added, never changed.

-- Of a company no person is the holder.
alter table holder add column company bigint not null default 0;

-- A step of the ladder that was served: a notice, a final notice, a warning.
create table notice (
    id text primary key,
    account text not null references account (id),
    step text not null,
    served_on text not null,
    -- Minor units that it names.
    debt bigint not null,
    entered_at bigint not null
);

create index notice_account on notice (account, served_on);

-- The debts that a notice names: items of the ledger. It counts while one of them is owed.
create table notice_item (
    notice text not null references notice (id),
    item text not null,
    primary key (notice, item)
);

-- An agreed plan, with the acknowledgement as it was signed.
create table plan (
    id text primary key,
    account text not null references account (id),
    request_id text not null,
    amount bigint not null,
    agreed_on text not null,
    text_ar text not null,
    text_en text not null,
    text_sha256 text not null,
    signed_by text not null,
    signed_at bigint not null,
    unique (account, request_id)
);

create table plan_instalment (
    plan text not null references plan (id),
    number bigint not null,
    due_on text not null,
    amount bigint not null,
    primary key (plan, number)
);

-- The debts that a plan carries: items of the ledger. What is paid of them pays its instalments in their order.
create table plan_item (
    plan text not null references plan (id),
    item text not null,
    primary key (plan, item)
);

-- A clearance certificate. The code is not to be guessed.
create table certificate (
    code text primary key,
    account text not null references account (id),
    request_id text not null,
    kind text not null,
    issued_on text not null,
    issued_at bigint not null,
    unique (account, request_id)
);
