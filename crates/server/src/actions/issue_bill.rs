//! Issues the bill of a period.

use api::accounts::{AccountSummary, BillId, Reading};
use api::bills::{Bill, BillPart, BillState, BillSummary, BilledReadings, BilledUsage};
use api::problem::ApiError;
use billing::bill::{self, BillFacts};
use billing::error::BillingError;
use billing::number::{MILLION, Number};
use billing::period::{Day, Period, date_text};
use billing::rulebook;
use sqlx::AnyConnection;
use time::{Date, Duration};
use words::codes::finding_message;

use crate::calendar::{DAY_S, first_of_month, midnight};
use crate::error::{Error, Result};
use crate::store::accounts::{AccountRecord, PointRecord};
use crate::store::{accounts, bills, readings};

/// BIL-2: the day of the month on which bills are issued.
const DAY_OF_ISSUE: &str = "sa.issue-day";

/// The day of the month on which bills are issued, by the newest rules.
///
/// # Errors
/// [`Error::Bug`] if the rulebooks lack it.
pub fn day_of_issue() -> Result<u8> {
    let term =
        rulebook::newest_term(DAY_OF_ISSUE).ok_or(Error::Bug("the rulebooks lack the day of issue"))?;
    u8::try_from(term.value.millionths() / MILLION).map_err(|_| Error::Bug("the day of issue is no day"))
}

/// Issues the bill of `period` on the day after it, once: asking again gives the same bill. It is saved with its
/// facts and its working, after every step was calculated a second time.
///
/// # Errors
/// [`ApiError::NotFound`] if a register was not read at both ends of the period; what the engine refuses.
pub async fn issue_bill(
    record: &mut AnyConnection,
    account: &AccountRecord,
    period: Period,
    days_to_pay: i64,
) -> Result<BillId> {
    let summary = &account.summary;
    if let Some(bill) = bills::find_of_period(record, &summary.id, period.first()).await? {
        return Ok(bill);
    }
    let mut parts = Vec::new();
    let mut calculated = Vec::new();
    for point in accounts::points(record, &summary.id).await? {
        let (part, bill) = bill_part(record, &point, period).await?;
        parts.push((part, point.unit));
        calculated.push(bill);
    }
    let statement = bill::statement(&calculated.iter().collect::<Vec<_>>(), summary.currency)?;
    let issued_on = period.last() + Duration::days(1);
    let summary = BillSummary {
        id: BillId(format!("{}-{}", summary.id, date_text(issued_on).split_at(7).0)),
        month: Day(first_of_month(issued_on)),
        period,
        issued_on: Day(issued_on),
        due_on: Day(issued_on + Duration::days(days_to_pay)),
        currency: summary.currency,
        total: statement.total.to_string(),
        state: BillState::Due,
        usages: parts.iter().map(|(part, unit)| used(part, unit)).collect(),
    };
    let id = summary.id.clone();
    let parts = parts.into_iter().map(|(part, _)| part).collect();
    let taxes = statement.taxes.iter().map(bill::Tax::answer).collect();
    bills::add(
        record,
        &Bill { summary, account: AccountSummary::clone(&account.summary), parts, taxes },
        statement.total,
    )
    .await?;
    Ok(id)
}

async fn bill_part(
    record: &mut AnyConnection,
    point: &PointRecord,
    period: Period,
) -> Result<(BillPart, bill::Bill)> {
    let previous = reading_of(record, point, period.first()).await?;
    let current = reading_of(record, point, period.last() + Duration::days(1)).await?;
    let usage = usage(&previous, &current, point.meter.multiplier)?;
    let facts = BillFacts::of_schedule(&point.tariff, period, usage, point.breaker_amps);
    let bill = bill::calculate(&facts).map_err(|refusal| refusal.error)?;
    bill.working.replay()?;
    let part = BillPart {
        service_point: point.id.clone(),
        commodity: point.commodity,
        readings: BilledReadings {
            meter: point.meter.number.clone(),
            previous: previous.register,
            current: current.register,
            multiplier: point.meter.multiplier,
            quality: current.quality,
        },
        facts,
        bill: bill.answer(&finding_message),
    };
    Ok((part, bill))
}

/// The register's reading on `day`, which ends one period and begins the next.
async fn reading_of(record: &mut AnyConnection, point: &PointRecord, day: Date) -> Result<Reading> {
    let from = midnight(day, point.utc_offset_s);
    let reading = readings::first_within(record, &point.meter.number, from, from + DAY_S).await?;
    reading.ok_or(ApiError::NotFound.into())
}

/// BIL-3: the difference times the multiplier.
fn usage(previous: &Reading, current: &Reading, multiplier: Number) -> Result<Number, BillingError> {
    let difference = current.register.fraction().minus(previous.register.fraction())?;
    difference.times(multiplier.fraction())?.to_number()
}

fn used(part: &BillPart, unit: &str) -> BilledUsage {
    BilledUsage { commodity: part.commodity, usage: part.facts.usage, unit: unit.to_owned() }
}
