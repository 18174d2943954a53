//! The ledger: everything is posted once, and all adds up to zero.

use api::accounts::{AccountId, BillId, Commodity};
use api::payments::{ChargeKind, DebtKind};
use api::refunds::RefundState;
use billing::money::Currency;
use billing::period::parse_date;
use server::actions::correct_multiplier::correct_multiplier;
use server::actions::post::{Receipt, end_refund, post_charge, post_incentive};
use server::actions::take_receipt::take_receipt;
use server::store::accounts::AccountRecord;
use server::store::debts::{self, ChargeRecord};
use server::store::ledger::check::{Checked, check};
use server::store::ledger::{self, Book, Entry, EntryKind, Leg};
use server::store::{StoreError, accounts, receipts, refunds};
use sqlx::AnyConnection;

use crate::common::record::{BEFORE_LEDGER, FLAT, VILLA, VILLA_POWER, on_each_database, pay};

async fn account(record: &mut AnyConnection, id: &str) -> AccountRecord {
    accounts::find(record, &AccountId(id.into())).await.unwrap().unwrap()
}

async fn due(record: &mut AnyConnection, id: &str) -> i128 {
    receipts::due(record, &AccountId(id.into()), Currency::KWD).await.unwrap().minor()
}

async fn standing(record: &mut AnyConnection, id: &str, book: Book) -> i64 {
    ledger::balance(record, &AccountId(id.into()), book).await.unwrap()
}

async fn checked(record: &mut AnyConnection) -> Checked {
    let checked = check(record).await.unwrap();
    assert_eq!((checked.sum, &checked.imbalances), (0, &vec![]));
    checked
}

fn charge(id: &str, kind: ChargeKind, amount: i64, due_on: &str) -> ChargeRecord {
    let day = |text| parse_date(text).unwrap();
    ChargeRecord {
        id: id.into(),
        account: AccountId(FLAT.into()),
        kind,
        amount,
        due_on: day(due_on),
        entered_on: day("2026-09-01"),
        entered_at: 1,
    }
}

/// The flat owes 25.180 for August; a fee is due before it, a deposit after it.
#[tokio::test]
async fn money_goes_over_debts_oldest_first_and_the_rest_is_kept() {
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        let mut record = app.state.store.begin().await.unwrap();
        let flat = account(&mut record, FLAT).await;
        for (id, kind, amount, due_on) in [
            ("c-fee", ChargeKind::Fee, 500, "2026-09-02"),
            ("c-dep", ChargeKind::Deposit, 2_000, "2026-10-30"),
        ] {
            let charge = charge(id, kind, amount, due_on);
            assert!(post_charge(&mut record, &flat, &charge).await.unwrap());
            assert!(!post_charge(&mut record, &flat, &charge).await.unwrap(), "once");
        }
        assert_eq!(due(&mut record, FLAT).await, 27_680);
        let left = async |record: &mut AnyConnection| {
            let open = debts::open(record, &flat.summary.id).await.unwrap();
            open.into_iter().map(|debt| (debt.item, debt.left)).collect::<Vec<_>>()
        };
        let item = |item: &str, left| (item.to_owned(), left);
        for (id, amount, expected) in [
            ("r-1", 499, vec![item("c-fee", 1), item("1001-2026-08", 25_180), item("c-dep", 2_000)]),
            ("r-2", 2, vec![item("1001-2026-08", 25_179), item("c-dep", 2_000)]),
            ("r-3", 25_180, vec![item("c-dep", 1_999)]),
            ("r-4", 2_499, vec![]),
        ] {
            pay(&mut record, FLAT, id, amount).await;
            assert_eq!(left(&mut record).await, expected, "{id}");
        }
        assert_eq!(standing(&mut record, FLAT, Book::Credit).await, -500, "paid ahead");
        assert_eq!(standing(&mut record, FLAT, Book::Bank).await, 28_180);
        // What was paid ahead pays what comes next.
        post_charge(&mut record, &flat, &charge("c-fine", ChargeKind::Fine, 700, "2026-11-01"))
            .await
            .unwrap();
        assert_eq!(left(&mut record).await, [item("c-fine", 200)]);
        assert_eq!(standing(&mut record, FLAT, Book::Credit).await, 0);
        checked(&mut record).await;
    }
}

#[tokio::test]
async fn a_receipt_is_taken_once_and_pays_chosen_bills_first() {
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        let mut record = app.state.store.begin().await.unwrap();
        let flat = account(&mut record, FLAT).await;
        post_charge(&mut record, &flat, &charge("c-fee", ChargeKind::Fee, 500, "2026-09-02")).await.unwrap();
        let bills = [BillId("1001-2026-08".into())];
        let receipt = Receipt { id: "r", at: 9, amount: 25_280, bills: &bills };
        assert!(take_receipt(&mut record, &flat, &receipt).await.unwrap());
        assert!(!take_receipt(&mut record, &flat, &receipt).await.unwrap(), "once");
        let open = debts::open(&mut record, &flat.summary.id).await.unwrap();
        assert_eq!((open.len(), open[0].left), (1, 400), "the bill first, then what is oldest");
        assert!(matches!(&open[0].of, DebtKind::Charge { charged: ChargeKind::Fee, .. }));
        let legs = ledger::legs_of(&mut record, "payment r").await.unwrap();
        let amounts: Vec<_> = legs.iter().map(|leg| leg.amount).collect();
        assert_eq!(amounts, [25_280, -25_180, -100]);
        checked(&mut record).await;
    }
}

/// The villa paid for 6,300 kWh; with half the multiplier it used 3,150: 582 SAR with the fee, 669.30 with VAT.
#[tokio::test]
async fn what_was_paid_too_much_is_owed_until_it_is_paid_out_or_kept() {
    for is_kept in [false, true] {
        for app in on_each_database().await {
            server::jobs::bill_closed_period(&app.state).await.unwrap();
            let mut record = app.state.store.begin().await.unwrap();
            let villa = account(&mut record, VILLA).await;
            pay(&mut record, VILLA, "r", 133_515).await;
            let point = api::accounts::ServicePointId(VILLA_POWER.into());
            let point = accounts::find_point(&mut record, &point).await.unwrap().unwrap();
            let (half, on) =
                (billing::number::Number::parse("0.5").unwrap(), parse_date("2026-09-10").unwrap());
            correct_multiplier(&mut record, &villa, &point, half, on, 30).await.unwrap();
            let owed = refunds::of_account(&mut record, &villa.summary.id, Currency::SAR).await.unwrap();
            assert_eq!((owed.len(), owed[0].amount.as_str()), (1, "665.85"));
            assert_eq!((owed[0].state, owed[0].bill.0.as_str()), (RefundState::Owed, "2002-2026-08-2"));
            assert_eq!(standing(&mut record, VILLA, Book::Refund).await, -66_585);
            assert_eq!(due(&mut record, VILLA).await, 0, "never silently set off");
            let id = &owed[0].id;
            assert_eq!(end_refund(&mut record, &villa, id, is_kept, 7).await.unwrap(), 66_585);
            assert_eq!(end_refund(&mut record, &villa, id, is_kept, 8).await.unwrap(), 0, "once");
            let ended = refunds::of_account(&mut record, &villa.summary.id, Currency::SAR).await.unwrap();
            let state = if is_kept { RefundState::Kept } else { RefundState::PaidOut };
            assert_eq!((ended[0].state, ended[0].amount.as_str()), (state, "665.85"));
            assert_eq!(ended[0].ended_at, Some(7));
            let credit = if is_kept { -66_585 } else { 0 };
            assert_eq!(standing(&mut record, VILLA, Book::Credit).await, credit);
            checked(&mut record).await;
        }
    }
}

#[tokio::test]
async fn a_correction_that_is_undone_takes_its_refund_back() {
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        let mut record = app.state.store.begin().await.unwrap();
        let villa = account(&mut record, VILLA).await;
        pay(&mut record, VILLA, "r", 133_515).await;
        let point = api::accounts::ServicePointId(VILLA_POWER.into());
        for (multiplier, day) in [("0.5", "2026-09-10"), ("1", "2026-09-11")] {
            let point = accounts::find_point(&mut record, &point).await.unwrap().unwrap();
            let right = billing::number::Number::parse(multiplier).unwrap();
            correct_multiplier(&mut record, &villa, &point, right, parse_date(day).unwrap(), 30)
                .await
                .unwrap();
        }
        let refunds = refunds::of_account(&mut record, &villa.summary.id, Currency::SAR).await.unwrap();
        assert_eq!(refunds[0].state, RefundState::Withdrawn);
        assert_eq!((due(&mut record, VILLA).await, standing(&mut record, VILLA, Book::Refund).await), (0, 0));
        checked(&mut record).await;
    }
}

#[tokio::test]
async fn a_reward_pays_what_is_due() {
    for app in on_each_database().await {
        server::jobs::bill_closed_period(&app.state).await.unwrap();
        let mut record = app.state.store.begin().await.unwrap();
        let flat = account(&mut record, FLAT).await;
        for _ in 0..2 {
            post_incentive(&mut record, &flat, Commodity::Electricity, 2025, 180, 5).await.unwrap();
        }
        assert_eq!(due(&mut record, FLAT).await, 25_000);
        assert_eq!(checked(&mut record).await.accounts, 2);
    }
}

#[tokio::test]
async fn an_entry_that_does_not_add_up_is_refused_and_a_broken_ledger_is_seen() {
    for app in on_each_database().await {
        let mut record = app.state.store.begin().await.unwrap();
        let entry = |legs| Entry {
            id: "x".into(),
            account: AccountId(FLAT.into()),
            at: 0,
            kind: EntryKind::Payment,
            about: "x".into(),
            legs,
        };
        let wrong = entry(vec![Leg::new(Book::Bank, "", 5), Leg::new(Book::Credit, "", -4)]);
        assert!(matches!(ledger::post(&mut record, &wrong).await, Err(StoreError::Unbalanced)));
        let right = entry(vec![Leg::new(Book::Bank, "", 5), Leg::new(Book::Credit, "", -5)]);
        assert!(ledger::post(&mut record, &right).await.unwrap());
        assert!(!ledger::post(&mut record, &right).await.unwrap());
        checked(&mut record).await;
        sqlx::query("update ledger_balance set amount = 6 where book = 'bank'")
            .execute(&mut *record)
            .await
            .unwrap();
        sqlx::query("insert into ledger_leg (entry, place, account, book, item, amount) values ('x', 9, $1, 'bank', '', 1)")
            .bind(FLAT)
            .execute(&mut *record)
            .await
            .unwrap();
        let broken = check(&mut record).await.unwrap();
        let rules: Vec<_> = broken.imbalances.iter().map(|found| found.rule).collect();
        assert_eq!(broken.sum, 1);
        assert!(rules.contains(&"the legs of an entry add up to zero"), "{rules:?}");
        assert!(rules.contains(&"the legs of an account add up to zero"), "{rules:?}");
    }
}

/// A record of the time before the ledger: a bill paid in part, one corrected after it was paid, a top-up, a reward.
#[tokio::test]
async fn an_older_record_becomes_entries() {
    let ledger = [OLD, include_str!("../../migrations/0007_payments.sql")];
    for mut db in crate::common::record::bare_databases().await {
        for sql in BEFORE_LEDGER.into_iter().chain(ledger) {
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
        }
        let found = checked(&mut db).await;
        assert_eq!((found.accounts, found.entries), (1, 8));
        assert_eq!(due(&mut db, "7").await, 700);
        let books = [Book::Bank, Book::Refund, Book::Credit, Book::Prepaid];
        let mut standing_in = Vec::new();
        for book in books {
            standing_in.push(standing(&mut db, "7", book).await);
        }
        assert_eq!(standing_in, [300 + 2000 + 50, -400, -9, -50]);
        let sql = "select at from ledger_entry where id = 'bill 7-b'";
        let (at,): (i64,) = sqlx::query_as(sql).fetch_one(&mut db).await.unwrap();
        assert_eq!(at, crate::common::record::day_start("2024-02-29"));
    }
}

const OLD: &str = "
insert into holder (id, name_ar, name_en) values ('h', 'a', 'b');
insert into account (id, holder, place, country, currency) values ('7', 'h', 0, 'kw', 'KWD');
insert into facility (id, account, name_ar, name_en, utc_offset_s) values ('7', '7', 'a', 'b', 10800);
insert into service_point (id, facility, commodity, unit, tariff) values ('p', '7', 'electricity', 'kWh', 't');
insert into bill (id, account, period_from, period_to, issued_on, due_on, currency, total, taxes, root, not_claimed)
values ('7-a', '7', '2023-12-28', '2024-01-27', '2024-01-28', '2024-02-27', 'KWD', 1000, '[]', '7-a', 0);
insert into bill (id, account, period_from, period_to, issued_on, due_on, currency, total, taxes, root, not_claimed)
values ('7-b', '7', '2024-01-28', '2024-02-28', '2024-02-29', '2024-03-27', 'KWD', 2000, '[]', '7-b', 0);
insert into bill (id, account, period_from, period_to, issued_on, due_on, currency, total, taxes, corrects, root, not_claimed)
values ('7-b-2', '7', '2024-01-28', '2024-02-28', '2024-03-01', '2024-03-31', 'KWD', 1700, '[]', '7-b', '7-b', 100);
insert into receipt (id, bill, received_at, amount) values ('r-1', '7-a', 5, 300);
insert into receipt (id, bill, received_at, amount) values ('r-2', '7-b', 6, 2000);
insert into top_up (id, service_point, at, amount) values ('t', 'p', 7, 50);
insert into hafez_credit (account, commodity, year, amount, credited_at) values ('7', 'electricity', 2023, 9, 8);
";
