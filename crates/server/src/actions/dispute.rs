//! What of a bill is in dispute: worked out by the engine from the reading seen on the meter, never taken from the caller.

use api::accounts::{BillId, ServicePointId};
use api::bills::Bill;
use api::complaints::{DisputedSums, SumsBasis};
use api::problem::ApiError;
use billing::bill::BillFacts;
use billing::complaint::implied::implied;
use billing::error::Refusal;
use billing::metering::consumption::Register;
use billing::money::Money;
use billing::number::Number;
use sqlx::AnyConnection;
use time::Date;
use words::codes::finding_message;

use crate::error::Result;
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
    let seen = match seen {
        Some((point, register)) => left(db, bill, point, register).await?,
        None => None,
    };
    let (left, basis) = match seen {
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
async fn left(
    db: &mut AnyConnection,
    bill: &Bill,
    point: &ServicePointId,
    register: Number,
) -> Result<Option<(Money, SumsBasis)>> {
    let wrong = || ApiError::ValueInvalid { field: "/service_point".to_owned() };
    let place = bill.parts.iter().position(|part| part.service_point == *point).ok_or_else(wrong)?;
    let part = bill.parts.get(place).ok_or_else(wrong)?;
    let record = accounts::find_point(db, point).await?.ok_or_else(wrong)?;
    // An exchanged meter shows nothing of this period.
    if record.meter.number != part.readings.meter {
        return Err(wrong().into());
    }
    let register = Register {
        previous: part.readings.previous,
        current: register,
        multiplier: part.readings.multiplier,
        digits: record.digits,
        until: None,
    };
    let facts: Vec<&BillFacts> = bill.parts.iter().map(|part| &part.facts).collect();
    let exchanged = part.readings.exchanged_usage()?;
    let implied = implied(&facts, place, (register, exchanged), bill.summary.currency)
        .map_err(|refusal| Refusal { field: "/register".into(), ..refusal })?;
    if implied.usage >= part.facts.usage {
        return Ok(None);
    }
    let answer = Box::new(implied.part.answer(&finding_message));
    Ok(Some((implied.total, SumsBasis::Reading { usage: implied.usage, implied: answer })))
}
