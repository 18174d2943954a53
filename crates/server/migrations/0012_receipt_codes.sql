-- The code by which anybody checks a receipt (PAY-2). One for a payment, made when it is first asked for; never changed.

create table receipt_code (
    payment text primary key references payment (id),
    code text not null unique
);
