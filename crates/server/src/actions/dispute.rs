//! What of a bill is in dispute: worked out by the engine from the reading seen on the meter, never taken from the caller.

use api::accounts::{BillId, ServicePointId};
use api::bills::{Bill, BilledReadings};
use api::complaints::{DisputedSums, SumsBasis};
use api::problem::ApiError;
use billing::error::Refusal;
use billing::money::Money;
use billing::number::Number;
use sqlx::AnyConnection;
use time::Date;

use super::correct_bill::{Change, changed};
use super::issue_bill::{Part, whole};
use super::measure::used;
use crate::error::{Error, Result};
use crate::store::accounts::AccountRecord;
use crate::store::bills::minor;
use crate::store::{accounts, bills};

/// The sums of a dispute, and the disputed one in minor units.
pub struct Dispute {
    /// As the wire has them.
    pub sums: DisputedSums,
    /// What is in dispute.
    pub disputed: i64,
}

/// The bill that a complaint is about: one that stands.
///
/// # Errors
/// [`ApiError::ValueInvalid`] at `/bill` for a bill that the account has not, or that was corrected.
pub async fn disputed_bill(
    db: &mut AnyConnection,
    account: &AccountRecord,
    bill: &BillId,
    today: Date,
) -> Result<Bill> {
    let found = bills::find(db, &account.summary, bill, today).await?;
    let stands = found.filter(|bill| bill.summary.corrected_by.is_none());
    Ok(stands.ok_or(ApiError::ValueInvalid { field: "/bill".to_owned() })?)
}

/// What of `bill` is in dispute if the meter of a service point shows that reading now. A meter never runs back: the
/// period has not used more than what it shows. Without a reading, or with one that contradicts nothing, it is all.
///
/// # Errors
/// [`ApiError::ValueInvalid`] at `/service_point` for one that the bill does not charge; the engine's `reading-fell` and
/// others at `/register`.
pub async fn dispute(
    db: &mut AnyConnection,
    bill: &Bill,
    seen: Option<(&ServicePointId, Number)>,
) -> Result<Dispute> {
    let currency = bill.summary.currency;
    let billed = Money::parse(&bill.summary.total, currency)?;
    let implied = match seen {
        Some((point, register)) => implied(db, bill, point, register).await?,
        None => None,
    };
    let (left, basis) = match implied {
        Some((total, basis)) if total.minor() < billed.minor() => (total, basis),
        _ => (Money::from_minor(0, currency), SumsBasis::WholeBill),
    };
    let disputed = Money::from_minor(billed.minor() - left.minor(), currency);
    let sums = DisputedSums {
        currency,
        billed: billed.to_string(),
        disputed: disputed.to_string(),
        undisputed: left.to_string(),
        due_on: bill.summary.due_on,
        basis,
    };
    Ok(Dispute { sums, disputed: minor(disputed)? })
}

/// The bill that the reading leaves; none where the billed use is not above it.
async fn implied(
    db: &mut AnyConnection,
    bill: &Bill,
    point: &ServicePointId,
    register: Number,
) -> Result<Option<(Money, SumsBasis)>> {
    let wrong = || ApiError::ValueInvalid { field: "/service_point".to_owned() };
    let part = bill.parts.iter().find(|part| part.service_point == *point).ok_or_else(wrong)?;
    let mut record = accounts::find_point(db, point).await?.ok_or_else(wrong)?;
    // An exchanged meter shows nothing of this period.
    if record.meter.number != part.readings.meter {
        return Err(wrong().into());
    }
    record.meter.multiplier = part.readings.multiplier;
    let usage = used(&record, part.readings.previous, register)
        .map_err(|refusal| Refusal { field: "/register".into(), ..refusal })?;
    if usage >= part.facts.usage {
        return Ok(None);
    }
    let readings = BilledReadings { current: register, ..part.readings.clone() };
    let change = Change { service_point: point.clone(), readings, usage };
    let parts = bill.parts.iter().map(|part| changed(part, std::slice::from_ref(&change)));
    let parts: Vec<Part> = parts.collect::<Result<_>>()?;
    let ours = parts.iter().find(|part| part.answer.service_point == *point);
    let implied = ours.map(|part| part.answer.bill.clone()).ok_or(Error::Bug("a part without its point"))?;
    let (_, total) = whole(bill.summary.clone(), &bill.account, parts)?;
    Ok(Some((total, SumsBasis::Reading { usage, implied: Box::new(implied) })))
}
