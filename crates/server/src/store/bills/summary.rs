//! A bill as a list shows it.

use api::accounts::BillId;
use api::bills::{Bill, BillKind, BillState, BillSummary, BilledUsage};
use billing::money::Money;
use billing::number::Number;
use billing::period::{Day, Period};
use time::{Date, Duration};

use crate::calendar::first_of_month;
use crate::store::packed::{self, Packed};
use crate::store::text::{day, value, word};
use crate::store::{Result, StoreError};

/// The statement that gives a text for each of the newest `most` bills of an account, newest first.
pub(in crate::store) fn newest_as_text(account: &str, most: i64) -> String {
    let columns = packed::row(COLUMNS);
    // SQLite's planner looks at a limit: were it a parameter, the statement would be prepared anew each time.
    format!(
        "select {columns} as text from bill b where b.account = {account} order by b.issued_on desc, b.id desc limit {most}"
    )
}

/// A bill `b` of an account's list: nothing is left of one that was corrected, and what was paid for it counts for the
/// bill in its place.
pub(super) const COLUMNS: &[&str] = &[
    "b.id",
    "b.period_from",
    "b.period_to",
    "b.issued_on",
    "b.due_on",
    "b.currency",
    "b.total",
    "b.corrects",
    "(select c.id from bill c where c.corrects = b.id)",
    "coalesce((select l.amount from ledger_balance l where l.account = b.account and l.book = 'receivable' \
     and l.item = b.root), 0)",
    "case when b.corrects is null then 0 else cast(coalesce((select sum(-l.amount) from ledger_balance l \
     join bill p on p.id = l.item where l.account = b.account and l.book = 'refund' and p.root = b.root), 0) as bigint) end",
    "b.usages",
    IN_PARTS,
];

/// Parts that are left of what a correction claims. No other bill is looked further into.
const IN_PARTS: &str = "case when b.corrects is null or exists (select 1 from bill c where c.corrects = b.id) then 0 \
     else (select count(*) from ledger_leg g join ledger_entry e on e.id = g.entry and e.kind = 'claim-in-parts' \
     join claim_part p on p.plan = e.about join ledger_balance l on l.account = b.account and l.book = 'receivable' \
     and l.item = p.charge and l.amount > 0 \
     where g.account = b.account and g.book = 'receivable' and g.item = b.root) end";

/// The columns of [`COLUMNS`] as a bill.
pub(in crate::store) fn read(row: &str, today: Date) -> Result<BillSummary> {
    let mut row = Packed::new(row, "bill");
    let id = BillId(row.text()?.to_owned());
    let (from, to) = (day(row.text()?)?, day(row.text()?)?);
    let period = Period { from, to };
    let (issued_on, due_on) = (day(row.text()?)?, day(row.text()?)?);
    let currency = row.word()?;
    let total: i64 = row.number()?;
    let bill = |row: &mut Packed| Ok::<_, StoreError>(row.text_if_any()?.map(|id| BillId(id.to_owned())));
    let (corrects, corrected_by) = (bill(&mut row)?, bill(&mut row)?);
    let (left, owed): (i64, i64) = (row.number()?, row.number()?);
    let (usages, is_estimated) = read_usages(row.text()?)?;
    let parts: i64 = row.number()?;
    let kind = match (&corrects, is_estimated) {
        (Some(_), _) => BillKind::Corrected,
        (None, false) => BillKind::Actual,
        (None, true) => BillKind::Estimated,
    };
    Ok(BillSummary {
        id,
        month: named_month(period.to),
        period,
        issued_on,
        due_on,
        currency,
        total: Money::from_minor(i128::from(total), currency).to_string(),
        state: if corrected_by.is_some() { BillState::Paid } else { state(left, due_on.0, today) },
        usages,
        kind,
        owed: (kind == BillKind::Corrected && corrected_by.is_none() && owed > 0)
            .then(|| Money::from_minor(i128::from(owed), currency).to_string()),
        corrects,
        corrected_by,
        is_in_parts: parts > 0,
    })
}

/// The month that a bill up to `last_day` is named for. A correction keeps that of the bill that it corrects, whenever it is
/// issued.
pub(in crate::store) fn named_month(last_day: Day) -> Day {
    Day(first_of_month(last_day.0 + Duration::days(1)))
}

/// A bill is overdue from the day after its last day to pay.
fn state(left: i64, due_on: Date, today: Date) -> BillState {
    match left {
        ..=0 => BillState::Paid,
        _ if today > due_on => BillState::Overdue,
        _ => BillState::Due,
    }
}

/// What each part of a bill charges: the commodity, the millionths, their quality and the unit, with commas between.
pub(super) fn write_usages(bill: &Bill) -> String {
    let units = bill.summary.usages.iter().map(|used| &used.unit);
    let usages = bill.parts.iter().zip(units).map(|(part, unit)| {
        let (commodity, quality) = (word(&part.commodity), word(&part.readings.quality));
        format!("{commodity} {} {quality} {unit}", part.facts.usage.millionths())
    });
    usages.collect::<Vec<_>>().join(",")
}

/// What [`write_usages`] wrote, and whether any of it is an estimate.
fn read_usages(text: &str) -> Result<(Vec<BilledUsage>, bool)> {
    let mut is_estimated = false;
    let mut read = |usage: &str| {
        let mut words = usage.splitn(4, ' ');
        let commodity = value(words.next()?.to_owned(), "commodity").ok()?;
        let usage = Number::from_millionths(words.next()?.parse().ok()?);
        is_estimated |= words.next()? == "estimated";
        Some(BilledUsage { commodity, usage, unit: words.next()?.to_owned() })
    };
    let usages = text.split(',').filter(|usage| !usage.is_empty());
    let usages =
        usages.map(|usage| read(usage).ok_or(StoreError::Damaged("bill's use"))).collect::<Result<_>>()?;
    Ok((usages, is_estimated))
}
