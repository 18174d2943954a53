//! What goes into the ledger: each thing once, and what follows from it in the same transaction.

use api::accounts::{AccountId, BillId, Commodity, ComplaintId, ServicePointId};
use api::payments::ChargeKind;
use billing::collection::allocation::{AllocationRequest, Debt, allocation};
use billing::money::{Currency, Money};
use billing::number::Number;
use sqlx::AnyConnection;
use words::codes::finding_message;

use super::claims::take_back;
use crate::error::{Error, Result};
use crate::store::accounts::AccountRecord;
use crate::store::bills::minor;
use crate::store::debts::{self, ChargeRecord, DebtRecord};
use crate::store::ledger::{self, Book, Entry, EntryKind, Leg, lock, post};
use crate::store::{billed, refunds};

/// Money that arrived.
#[derive(Clone, Debug)]
pub struct Receipt<'a> {
    /// The payment.
    pub id: &'a str,
    /// When.
    pub at: i64,
    /// Minor units.
    pub amount: i64,
    /// Bills to be paid before others.
    pub bills: &'a [BillId],
}

/// Posts a bill that was issued: what it adds to the claim. What was paid ahead pays it; what was paid too much for the
/// one that it corrects is the customer's (BIL-13).
///
/// # Errors
/// What the record reports.
pub async fn post_bill(
    record: &mut AnyConnection,
    account: &AccountRecord,
    bill: &BillId,
    at: i64,
) -> Result<()> {
    let id = &account.summary.id;
    lock(record, id).await?;
    let claim = billed::claim(record, bill).await?.ok_or(Error::Bug("a bill that is not on record"))?;
    let kind = if claim.corrects { EntryKind::Correction } else { EntryKind::Bill };
    let legs = vec![
        Leg::new(Book::Receivable, claim.root.clone(), claim.amount),
        Leg::new(Book::Revenue, "bill", -claim.amount),
    ];
    post(record, &entry(format!("bill {bill}"), id, at, kind, &bill.0, legs)).await?;
    if claim.corrects {
        settle_root(record, account, bill, &claim.root, at).await?;
    }
    use_credit(record, account, at, &format!("bill {bill}")).await
}

/// After a correction: a claim below zero first takes back parts that are not paid, and is then a refund; a claim above
/// zero first takes back what was found to be paid too much for the same bill and is not paid out.
async fn settle_root(
    record: &mut AnyConnection,
    of: &AccountRecord,
    bill: &BillId,
    root: &str,
    at: i64,
) -> Result<()> {
    let account = &of.summary.id;
    let mut claim = ledger::balance_of(record, account, Book::Receivable, root).await?;
    if claim < 0 {
        take_back(record, of, (bill, root), -claim, at).await?;
        claim = ledger::balance_of(record, account, Book::Receivable, root).await?;
    }
    if claim < 0 {
        let legs =
            vec![Leg::new(Book::Receivable, root, -claim), Leg::new(Book::Refund, bill.0.clone(), claim)];
        let owed = entry(format!("refund {bill}"), account, at, EntryKind::RefundOwed, &bill.0, legs);
        post(record, &owed).await?;
        return Ok(());
    }
    for (refund, owed) in refunds::owed_of_root(record, account, root).await? {
        let back = owed.min(claim);
        if back <= 0 {
            break;
        }
        let legs =
            vec![Leg::new(Book::Receivable, root, -back), Leg::new(Book::Refund, refund.clone(), back)];
        let id = format!("refund-withdrawn {refund} {bill}");
        post(record, &entry(id, account, at, EntryKind::RefundWithdrawn, &refund, legs)).await?;
        claim -= back;
    }
    Ok(())
}

/// Posts money that arrived over the debts, oldest first; the rest is kept as credit. False if it is known.
///
/// # Errors
/// What the record reports.
pub async fn post_receipt(
    record: &mut AnyConnection,
    account: &AccountRecord,
    receipt: &Receipt<'_>,
) -> Result<bool> {
    let id = &account.summary.id;
    lock(record, id).await?;
    let debts = debts::open(record, id).await?;
    let chosen = debts::roots(record, id, receipt.bills).await?;
    let (first, others): (Vec<_>, Vec<_>) = debts.into_iter().partition(|debt| chosen.contains(&debt.item));
    let mut legs = vec![Leg::new(Book::Bank, "", receipt.amount)];
    let mut left = receipt.amount;
    for debts in [first, others] {
        left = allocate(account.summary.currency, left, &debts, &mut legs)?;
    }
    legs.push(Leg::new(Book::Credit, "", -left));
    let name = format!("payment {}", receipt.id);
    Ok(post(record, &entry(name, id, receipt.at, EntryKind::Payment, receipt.id, legs)).await?)
}

/// The engine's rule `allocation`: adds what each debt gets, and gives the remainder.
fn allocate(currency: Currency, amount: i64, debts: &[DebtRecord], legs: &mut Vec<Leg>) -> Result<i64> {
    if debts.is_empty() {
        return Ok(amount);
    }
    let number = |minor| Number::parse(&Money::from_minor(i128::from(minor), currency).to_string());
    let debt =
        |debt: &DebtRecord| Ok(Debt { id: debt.item.clone(), due: debt.due_on, amount: number(debt.left)? });
    let request = AllocationRequest {
        currency,
        receipt: number(amount)?,
        debts: debts.iter().map(debt).collect::<Result<_>>()?,
    };
    let answer = allocation(&request, &finding_message)?;
    for part in answer.allocations {
        let paid = minor(Money::parse(&part.paid, currency)?)?;
        if paid > 0 {
            legs.push(Leg::new(Book::Receivable, part.id, -paid));
        }
    }
    Ok(minor(Money::parse(&answer.remainder, currency)?)?)
}

/// What was paid ahead pays what is due now, because of `why`.
async fn use_credit(record: &mut AnyConnection, account: &AccountRecord, at: i64, why: &str) -> Result<()> {
    let id = &account.summary.id;
    let credit = -ledger::balance(record, id, Book::Credit).await?;
    if credit <= 0 {
        return Ok(());
    }
    let debts = debts::open(record, id).await?;
    let mut legs = Vec::new();
    let left = allocate(account.summary.currency, credit, &debts, &mut legs)?;
    if left < credit {
        legs.push(Leg::new(Book::Credit, "", credit - left));
        let name = format!("credit-used {why}");
        post(record, &entry(name, id, at, EntryKind::CreditUsed, why, legs)).await?;
    }
    Ok(())
}

/// Posts credit that was bought for a prepaid service point, under `name`; false if it is known.
///
/// # Errors
/// What the record reports.
pub async fn post_top_up(
    record: &mut AnyConnection,
    account: &AccountId,
    name: String,
    receipt: &Receipt<'_>,
    point: &ServicePointId,
) -> Result<bool> {
    lock(record, account).await?;
    let legs = vec![
        Leg::new(Book::Bank, "", receipt.amount),
        Leg::new(Book::Prepaid, point.0.clone(), -receipt.amount),
    ];
    Ok(post(record, &entry(name, account, receipt.at, EntryKind::TopUp, receipt.id, legs)).await?)
}

/// PAY-5: enters a deposit, fine or fee, once; false if one of that id is known. What was paid ahead pays it.
///
/// # Errors
/// What the record reports.
pub async fn post_charge(
    record: &mut AnyConnection,
    account: &AccountRecord,
    charge: &ChargeRecord,
) -> Result<bool> {
    lock(record, &charge.account).await?;
    if !debts::add_charge(record, charge).await? {
        return Ok(false);
    }
    let against = match charge.kind {
        ChargeKind::Deposit => Leg::new(Book::Deposit, charge.id.clone(), -charge.amount),
        ChargeKind::Fine => Leg::new(Book::Revenue, "fine", -charge.amount),
        ChargeKind::Fee => Leg::new(Book::Revenue, "fee", -charge.amount),
        // It stands in place of a bill's share: only that bill's account can say of which.
        ChargeKind::Instalment => return Err(Error::Bug("a part of a claim without the claim")),
    };
    let legs = vec![Leg::new(Book::Receivable, charge.id.clone(), charge.amount), against];
    let name = format!("charge {}", charge.id);
    post(
        record,
        &entry(name.clone(), &charge.account, charge.entered_at, EntryKind::Charge, &charge.id, legs),
    )
    .await?;
    use_credit(record, account, charge.entered_at, &name).await?;
    Ok(true)
}

/// HAF-3: what a year of Hafez earned is paid to the account: credit, which pays what is due.
///
/// # Errors
/// What the record reports.
pub async fn post_incentive(
    record: &mut AnyConnection,
    account: &AccountRecord,
    commodity: Commodity,
    year: i32,
    amount: i64,
    at: i64,
) -> Result<()> {
    let id = &account.summary.id;
    lock(record, id).await?;
    let commodity = match commodity {
        Commodity::Electricity => "electricity",
        Commodity::Water => "water",
    };
    let legs = vec![Leg::new(Book::Incentive, commodity, amount), Leg::new(Book::Credit, "", -amount)];
    let name = format!("incentive {id} {commodity} {year}");
    post(record, &entry(name.clone(), id, at, EntryKind::Incentive, commodity, legs)).await?;
    use_credit(record, account, at, &name).await
}

/// COM-2: what a broken standard comes to is credited, which pays what is due; once a complaint.
///
/// # Errors
/// What the record reports.
pub async fn post_compensation(
    record: &mut AnyConnection,
    account: &AccountRecord,
    complaint: &ComplaintId,
    amount: i64,
    at: i64,
) -> Result<()> {
    let id = &account.summary.id;
    lock(record, id).await?;
    let legs = vec![Leg::new(Book::Revenue, "compensation", amount), Leg::new(Book::Credit, "", -amount)];
    let name = format!("compensation {complaint}");
    post(record, &entry(name.clone(), id, at, EntryKind::Compensation, &complaint.0, legs)).await?;
    use_credit(record, account, at, &name).await
}

/// Ends a refund that is owed: pays it out, or keeps it as credit, which pays what is due. Gives the sum; nothing if it
/// is not owed any more.
///
/// # Errors
/// What the record reports.
pub async fn end_refund(
    record: &mut AnyConnection,
    account: &AccountRecord,
    refund: &str,
    is_kept: bool,
    at: i64,
) -> Result<i64> {
    let id = &account.summary.id;
    lock(record, id).await?;
    let owed = -ledger::balance_of(record, id, Book::Refund, refund).await?;
    if owed <= 0 {
        return Ok(0);
    }
    let (kind, to) =
        if is_kept { (EntryKind::RefundKept, Book::Credit) } else { (EntryKind::RefundPaid, Book::Bank) };
    let legs = vec![Leg::new(Book::Refund, refund, owed), Leg::new(to, "", -owed)];
    let name = format!("refund-ended {refund}");
    if !post(record, &entry(name.clone(), id, at, kind, refund, legs)).await? {
        return Ok(0);
    }
    if is_kept {
        use_credit(record, account, at, &name).await?;
    }
    Ok(owed)
}

fn entry(id: String, account: &AccountId, at: i64, kind: EntryKind, about: &str, legs: Vec<Leg>) -> Entry {
    Entry { id, account: account.clone(), at, kind, about: about.to_owned(), legs }
}
