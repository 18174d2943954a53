-- Double entry and payments. Whole minor units; what is due, paid ahead, owed back or bought as credit follows from the
-- ledger alone. Entries and legs are added, never changed.

-- Something that moved money or the claim to it, posted once under its id.
create table ledger_entry (
    id text primary key,
    account text not null references account (id),
    at bigint not null,
    kind text not null,
    -- The bill, payment, charge or refund.
    about text not null
);

create index ledger_entry_account on ledger_entry (account, kind, at);

-- The legs of an entry add up to zero. Above zero: money in the bank, or a claim on the customer; below: what is the
-- customer's, or what was earned. The item is a bill's root, a charge, a refund or a service point.
create table ledger_leg (
    entry text not null references ledger_entry (id),
    place bigint not null,
    account text not null references account (id),
    book text not null,
    item text not null,
    amount bigint not null,
    primary key (entry, place)
);

create index ledger_leg_account on ledger_leg (account, book, item);

-- The sum of the legs, kept in the transaction that adds them.
create table ledger_balance (
    account text not null references account (id),
    book text not null,
    item text not null,
    amount bigint not null,
    primary key (account, book, item)
);

-- PAY-5: deposits, fines and fees that a member of staff entered.
create table charge (
    id text primary key,
    account text not null references account (id),
    kind text not null,
    amount bigint not null,
    due_on text not null,
    entered_on text not null,
    entered_at bigint not null
);

create index charge_account on charge (account);

-- An attempt to pay at a gateway, or money that came another way (channel `elsewhere`). The id is not to be guessed.
create table payment (
    id text primary key,
    account text not null references account (id),
    request_id text not null,
    -- What the gateway calls it; unique for each attempt.
    track_id text not null unique,
    channel text not null,
    amount bigint not null,
    ahead bigint not null,
    -- Bills to be paid before others, as JSON.
    bills text not null,
    -- The service point whose credit it is.
    top_up text references service_point (id),
    link text,
    payer text not null,
    -- Of the gateway's page.
    language text not null,
    started_at bigint not null,
    unique (account, request_id)
);

create index payment_account on payment (account, started_at);
create index payment_by_link on payment (link);

-- How it ended. Money that arrives after a payment was given up is a second row, and the one that counts.
create table payment_end (
    payment text not null references payment (id),
    outcome text not null,
    at bigint not null,
    -- What the bank calls it.
    bank text not null,
    primary key (payment, outcome)
);

-- Since when nobody knows how it ended, and why.
create table payment_doubt (
    payment text primary key references payment (id),
    since bigint not null,
    why text not null
);

-- What came in the gateway's name, as it came and in clear: it may belong to no payment.
create table payment_message (
    id text primary key,
    payment text references payment (id),
    at bigint not null,
    kind text not null,
    as_sent text not null,
    in_clear text not null,
    verdict text not null
);

create index payment_message_payment on payment_message (payment);

-- When the gateway is asked next about a payment that has not ended: a plan, not a record.
create table payment_inquiry (
    payment text primary key references payment (id),
    next_at bigint not null,
    tries bigint not null
);

create index payment_inquiry_next on payment_inquiry (next_at);

create table payment_link (
    id text primary key,
    account text not null references account (id),
    request_id text not null,
    amount bigint not null,
    open_amount bigint not null,
    note text not null,
    made_at bigint not null,
    last_day text not null,
    ends_at bigint not null,
    unique (account, request_id)
);

create table payment_link_end (
    payment_link text primary key references payment_link (id),
    revoked_at bigint not null
);

-- The way to a refund; of a refund's rows the one with the highest place holds.
create table refund_way (
    refund text not null,
    place bigint not null,
    request_id text not null,
    way text not null,
    iban text not null,
    at bigint not null,
    primary key (refund, place),
    unique (refund, request_id)
);

-- What the record held until now becomes entries. A bill's day of issue in seconds: days from the civil calendar,
-- counted from 1970 (the year begins in March, so that a leap day is its last).
create table bill_day as
select b.id as bill, (365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 719469) * 86400 - f.utc_offset_s as at
from bill b
join facility f on f.account = b.account
join (
    select
        id,
        cast(substr(issued_on, 1, 4) as bigint) - case when substr(issued_on, 6, 2) < '03' then 1 else 0 end as y,
        (cast(substr(issued_on, 6, 2) as bigint) + 9) % 12 as m,
        cast(substr(issued_on, 9, 2) as bigint) as d
    from bill
) c on c.id = b.id;

-- What a bill adds to the claim: all of it, or what it differs from the one that it corrects.
create table bill_claim as
select b.id as bill, b.root, b.account, b.total - b.not_claimed - coalesce(p.total - p.not_claimed, 0) as amount
from bill b left join bill p on p.id = b.corrects;

insert into ledger_entry (id, account, at, kind, about)
select 'bill ' || b.id, b.account, d.at, case when b.corrects is null then 'bill' else 'correction' end, b.id
from bill b join bill_day d on d.bill = b.id;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'bill ' || bill, 0, account, 'receivable', root, amount from bill_claim where amount <> 0;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'bill ' || bill, 1, account, 'revenue', 'bill', -amount from bill_claim where amount <> 0;

insert into payment (id, account, request_id, track_id, channel, amount, ahead, bills, payer, language, started_at)
select r.id, b.account, r.id, r.id, 'elsewhere', r.amount, 0, '[]', '', 'ar', r.received_at
from receipt r join bill b on b.id = r.bill;

insert into payment_end (payment, outcome, at, bank)
select id, 'captured', received_at, '{}' from receipt;

insert into ledger_entry (id, account, at, kind, about)
select 'payment ' || r.id, b.account, r.received_at, 'payment', r.id from receipt r join bill b on b.id = r.bill;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'payment ' || r.id, 0, b.account, 'bank', '', r.amount from receipt r join bill b on b.id = r.bill;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'payment ' || r.id, 1, b.account, 'receivable', b.root, -r.amount from receipt r join bill b on b.id = r.bill;

-- BIL-13: what was paid too much for a bill is the customer's.
create table overpaid as
select b.id as bill, b.root, b.account, d.at, cast(sum(l.amount) as bigint) as amount
from bill b
join bill_day d on d.bill = b.id
join ledger_leg l on l.account = b.account and l.book = 'receivable' and l.item = b.root
where not exists (select 1 from bill c where c.corrects = b.id)
group by b.id, b.root, b.account, d.at
having sum(l.amount) < 0;

insert into ledger_entry (id, account, at, kind, about)
select 'refund ' || bill, account, at, 'refund-owed', bill from overpaid;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'refund ' || bill, 0, account, 'receivable', root, -amount from overpaid;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'refund ' || bill, 1, account, 'refund', bill, amount from overpaid;

insert into ledger_entry (id, account, at, kind, about)
select 'top-up ' || t.id, f.account, t.at, 'top-up', t.id
from top_up t join service_point s on s.id = t.service_point join facility f on f.id = s.facility;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'top-up ' || t.id, 0, f.account, 'bank', '', t.amount
from top_up t join service_point s on s.id = t.service_point join facility f on f.id = s.facility;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'top-up ' || t.id, 1, f.account, 'prepaid', t.service_point, -t.amount
from top_up t join service_point s on s.id = t.service_point join facility f on f.id = s.facility;

insert into ledger_entry (id, account, at, kind, about)
select 'incentive ' || account || ' ' || commodity || ' ' || year, account, credited_at, 'incentive', commodity
from hafez_credit where amount <> 0;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'incentive ' || account || ' ' || commodity || ' ' || year, 0, account, 'incentive', commodity, amount
from hafez_credit where amount <> 0;

insert into ledger_leg (entry, place, account, book, item, amount)
select 'incentive ' || account || ' ' || commodity || ' ' || year, 1, account, 'credit', '', -amount
from hafez_credit where amount <> 0;

insert into ledger_balance (account, book, item, amount)
select account, book, item, cast(sum(amount) as bigint) from ledger_leg group by account, book, item;

drop table overpaid;
drop table bill_claim;
drop table bill_day;
drop table receipt;
drop table top_up;
