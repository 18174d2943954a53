//! What of a bill is in dispute, by the engine in the browser. The server works it out again when the complaint comes.

use api::accounts::{Country, ServicePointId};
use api::bills::Bill;
use billing::bill::BillFacts;
use billing::complaint::implied::{Implied, implied};
use billing::complaint::{ComplaintOutcome, ComplaintRequest, Subject, complaint};
use billing::credit::prepaid_switch::Country as Rules;
use billing::error::Refusal;
use billing::metering::consumption::Register;
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::Day;
use words::debt::every_finding_message;

/// What a reading on the meter says of the bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing was read.
    Nothing,
    /// The meter shows no less than was billed: it does not speak against the bill.
    NotBelow,
    /// The period cannot have used more than this.
    Implies(Box<Implied>),
}

/// What is in dispute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Of the two.
    pub currency: Currency,
    /// Under complaint.
    pub disputed: Money,
    /// The rest stays payable.
    pub undisputed: Money,
    /// What the reading says.
    pub seen: Seen,
}

/// What is in dispute of `bill` as long as no reading is known: all of it.
///
/// # Errors
/// An amount that is none.
pub fn whole(bill: &Bill) -> Result<Sums, Refusal> {
    let currency = bill.summary.currency;
    let disputed = Money::parse(&bill.summary.total, currency).map_err(|error| error.at("/bill"))?;
    Ok(Sums { currency, disputed, undisputed: Money::from_minor(0, currency), seen: Seen::Nothing })
}

/// What is in dispute of `bill` when the meter of `point` shows `register`: what the reading leaves of it stays payable;
/// without one the whole bill is in dispute.
///
/// # Errors
/// What the engine refuses of the reading: `reading-fell`, `out-of-range`.
pub fn sums(bill: &Bill, seen: Option<(&ServicePointId, Number)>) -> Result<Sums, Refusal> {
    let all = whole(bill)?;
    let seen = match seen {
        Some((point, register)) => read(bill, point, register)?,
        None => Seen::Nothing,
    };
    let Seen::Implies(implied) = &seen else { return Ok(Sums { seen, ..all }) };
    let undisputed = implied.total.minor().min(all.disputed.minor());
    Ok(Sums {
        currency: all.currency,
        disputed: Money::from_minor(all.disputed.minor() - undisputed, all.currency),
        undisputed: Money::from_minor(undisputed, all.currency),
        seen,
    })
}

fn read(bill: &Bill, point: &ServicePointId, register: Number) -> Result<Seen, Refusal> {
    let place = bill.parts.iter().position(|part| part.service_point == *point);
    let Some((place, part)) = place.and_then(|place| Some((place, bill.parts.get(place)?))) else {
        return Ok(Seen::Nothing);
    };
    let readings = &part.readings;
    if register >= readings.current && readings.current >= readings.previous {
        return Ok(Seen::NotBelow);
    }
    let facts: Vec<&BillFacts> = bill.parts.iter().map(|part| &part.facts).collect();
    let register = Register {
        previous: readings.previous,
        current: register,
        multiplier: readings.multiplier,
        digits: None,
        until: None,
    };
    let exchanged = readings.exchanged_usage().map_err(|error| error.at("/bill"))?;
    implied(&facts, place, (register, exchanged), bill.summary.currency)
        .map(|implied| Seen::Implies(Box::new(implied)))
}

/// The clock and the protection of a complaint that comes today; none beyond the engine's calendar.
pub fn rights(country: Country, about: Subject, today: Day, sums: Option<&Sums>) -> Option<ComplaintOutcome> {
    let number = |money: Money| Number::parse(&money.to_string()).unwrap_or(Number::ZERO);
    let (bill, undisputed) = sums.map_or((Number::ZERO, Number::ZERO), |sums| {
        let whole = Money::from_minor(sums.disputed.minor() + sums.undisputed.minor(), sums.currency);
        (number(whole), number(sums.undisputed))
    });
    let request = ComplaintRequest {
        country: match country {
            Country::Kw => Rules::Kw,
            Country::Sa => Rules::Sa,
        },
        about,
        received: today,
        on: today,
        bill,
        undisputed,
        answer: None,
        cut: None,
        appeal: None,
        transactions_blocked: false,
        grievance: None,
    };
    complaint(&request, &every_finding_message).ok()
}
