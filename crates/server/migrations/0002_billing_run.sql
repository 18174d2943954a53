-- Corrections, the monthly run, customers' own readings, meter tests, exports.

-- A corrected bill stands beside the one that it corrects, with the same days: one bill a period holds for those that
-- correct nothing. SQLite cannot drop a constraint, so the tables are made again.
create table bill_2 (
    id text primary key,
    account text not null references account (id),
    period_from text not null,
    period_to text not null,
    issued_on text not null,
    due_on text not null,
    currency text not null,
    total bigint not null,
    taxes text not null,
    -- The bill that this one stands in place of, and the first of all of them.
    corrects text references bill_2 (id),
    root text not null,
    reason text,
    -- The bill whose reading settled an estimate.
    settled_by text references bill_2 (id),
    -- Of the total what may not be claimed any more.
    not_claimed bigint not null
);

insert into bill_2 (id, account, period_from, period_to, issued_on, due_on, currency, total, taxes, root, not_claimed)
select id, account, period_from, period_to, issued_on, due_on, currency, total, taxes, id, 0 from bill;

create table bill_part_2 (
    bill text not null references bill_2 (id),
    place bigint not null,
    service_point text not null references service_point (id),
    usage bigint not null,
    quality text not null,
    readings text not null,
    facts text not null,
    answer text not null,
    primary key (bill, place)
);

insert into bill_part_2 (bill, place, service_point, usage, quality, readings, facts, answer)
select bill, place, service_point, usage, 'actual', readings, facts, answer from bill_part;

create table receipt_2 (
    id text primary key,
    bill text not null references bill_2 (id),
    received_at bigint not null,
    amount bigint not null
);

insert into receipt_2 (id, bill, received_at, amount) select id, bill, received_at, amount from receipt;

drop table receipt;
drop table bill_part;
drop table bill;

alter table bill_2 rename to bill;
alter table bill_part_2 rename to bill_part;
alter table receipt_2 rename to receipt;

create unique index bill_of_period on bill (account, period_from) where corrects is null;
create unique index bill_corrects on bill (corrects);
create index bill_root on bill (root);
create index bill_settled_by on bill (settled_by);
create index bill_part_point on bill_part (service_point);
create index receipt_bill on receipt (bill);

-- How far a register counts before it begins again.
alter table meter add column digits bigint;

-- Bills that the check before issue holds back, with its reasons; and those that were issued after a review.
create table held_bill (
    id text primary key,
    account text not null references account (id),
    period_from text not null,
    period_to text not null,
    held_at bigint not null,
    reasons text not null,
    unique (account, period_from)
);

create table held_bill_release (
    held_bill text primary key references held_bill (id),
    bill text not null references bill (id),
    released_at bigint not null
);

-- How far the run of a period is: accounts up to this one are done.
create table bill_run (
    period_from text primary key,
    done_to text not null,
    issued bigint not null,
    known bigint not null,
    held bigint not null,
    finished_at bigint
);

-- Who does what must be done once, and until when the others leave it to them.
create table lease (
    name text primary key,
    holder text not null,
    ends_at bigint not null
);

create table photo (
    id text primary key,
    account text not null references account (id),
    taken_at bigint not null,
    width bigint not null,
    height bigint not null,
    -- JPEG as Base64.
    picture text not null
);

-- A customer's own reading: the reading itself is in `reading`, with the quality `customer`.
create table own_reading (
    service_point text not null references service_point (id),
    request_id text not null,
    meter text not null,
    at bigint not null,
    photo text references photo (id),
    usage bigint not null,
    unlikely bigint not null,
    primary key (service_point, request_id),
    foreign key (meter, at) references reading (meter, at)
);

create table meter_test (
    meter text not null references meter (number),
    tested_on text not null,
    result text not null,
    error_percent bigint not null,
    primary key (meter, tested_on)
);

create table export (
    id text primary key,
    account text not null references account (id),
    kind text not null,
    service_point text references service_point (id),
    day_from text,
    day_to text,
    ends_at bigint not null
);

-- Made by us, known to all servers of this record, told to nobody.
create table secret (
    name text primary key,
    value text not null
);
