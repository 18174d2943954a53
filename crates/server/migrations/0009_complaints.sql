-- Complaints with all that happened to them, dire need, and the staff who handle both. Added, never changed: how a case
-- stands is what its steps make of it.

-- Somebody of the provider's staff, or of the authority that hears appeals. The record keeps only the key's hash.
create table staff (
    name text primary key,
    role text not null,
    key_hash text not null unique,
    added_at bigint not null,
    revoked_at bigint
);

create table complaint (
    id text primary key,
    account text not null references account (id),
    -- From 1 in each account.
    place bigint not null,
    request_id text not null,
    -- Of what was asked: the same request again is known by it.
    request_sha256 text not null,
    kind text not null,
    bill text references bill (id),
    -- The bill's item of the ledger.
    root text,
    service_point text references service_point (id),
    -- The reading seen on the meter, in millionths.
    register bigint,
    words text not null,
    -- A document: what is in dispute, as it was worked out when the complaint came.
    sums text,
    -- Of it the disputed part, in minor units; zero without a bill.
    disputed bigint not null,
    filed_at bigint not null,
    unique (account, place),
    unique (account, request_id)
);

create index complaint_filed on complaint (filed_at);

-- What happened, from 1: two who take the next step at once cannot both have it.
create table complaint_step (
    complaint text not null references complaint (id),
    number bigint not null,
    at bigint not null,
    -- The holder, or a name of the staff.
    actor text not null,
    taken_by text not null,
    request_id text not null,
    request_sha256 text not null,
    kind text not null,
    -- A document: the kind with what belongs to it.
    what text not null,
    note text not null,
    primary key (complaint, number)
);

create index complaint_step_request on complaint_step (complaint, request_id);

create table complaint_photo (
    complaint text not null references complaint (id),
    photo text not null references photo (id),
    -- The step with which it came.
    step bigint not null,
    place bigint not null,
    primary key (complaint, photo)
);

create table dire_need (
    id text primary key,
    account text not null references account (id),
    -- From 1 in each account: the newest counts.
    place bigint not null,
    request_id text not null,
    request_sha256 text not null,
    kind text not null,
    told_on text not null,
    words text not null,
    -- The photo of the hospital's report, and the last day on which it holds.
    proof text references photo (id),
    until_on text,
    -- Minor units that were overdue.
    dues_at_entry bigint not null,
    other_meter bigint not null,
    entered_at bigint not null,
    unique (account, place),
    unique (account, request_id)
);

-- What the staff say of a report. The newest counts.
create table dire_need_review (
    need text not null references dire_need (id),
    place bigint not null,
    proven bigint not null,
    staff text not null,
    note text not null,
    at bigint not null,
    primary key (need, place)
);
