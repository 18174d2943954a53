//! What the Overview says about a metered service point, worked out by the engine in the browser.

use api::accounts::ServicePoint;
use api::live::LiveReading;
use billing::bill::{self, Bill, BillFacts, TierBounds};
use billing::error::Refusal;
use billing::finding::Finding;
use billing::money::Money;
use billing::number::Number;
use billing::period::Day;
use billing::projection::{self, Crossing, Path, ProjectionFacts};
use time::{Date, Duration};

const DAY_S: i64 = 86_400;

/// The meter as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// Mean power over the newest span.
    pub watts: Number,
    /// When that span ended.
    pub read_at: i64,
    /// Used since midnight.
    pub today: Number,
    /// What that costs.
    pub today_cost: String,
}

/// The open period. It is of one service point.
#[derive(Clone, Debug)]
pub struct Month {
    /// Used so far.
    pub used: Number,
    /// What that costs.
    pub cost: String,
    /// The end with few, usual and many units.
    pub ends: [End; 3],
    /// The price list with its limits for the period.
    pub tiers: Vec<TierBounds>,
    /// The first limit that is not reached yet.
    pub crossing: Option<Crossing>,
    /// Expected for the rest of today and for each day after it.
    pub ahead: Vec<Number>,
    /// The local day.
    pub today: Day,
    /// How much of it has passed, in thousandths.
    pub passed_permille: u16,
    /// What should be known beside it.
    pub findings: Vec<Finding>,
}

/// All else follows from these three: to compare it too would be much code on the first visit.
impl PartialEq for Month {
    fn eq(&self, other: &Self) -> bool {
        let known = |month: &Self| (month.used, month.today, month.passed_permille);
        known(self) == known(other)
    }
}

/// One way the period may end.
#[derive(Clone, Debug)]
pub struct End {
    /// Units.
    pub usage: Number,
    /// To pay for them.
    pub total: String,
}

/// The local day and how much of it has passed, in thousandths.
pub fn local_day(now: i64, utc_offset_s: i32) -> Option<(Date, u16)> {
    let local = now.checked_add(i64::from(utc_offset_s))?;
    let day = Date::from_ordinal_date(1970, 1).ok()?.checked_add(Duration::days(local.div_euclid(DAY_S)))?;
    let passed = local.rem_euclid(DAY_S) * 1000 / DAY_S;
    Some((day, u16::try_from(passed).unwrap_or(1000)))
}

/// The meter now: today's use costs what the bill of the period so far is more than that of yesterday.
///
/// # Errors
/// What the engine refuses.
pub fn now(point: &ServicePoint, reading: &LiveReading) -> Result<Now, Refusal> {
    let before = Number::from_millionths(reading.period.millionths() - reading.today.millionths());
    let (with, without) = (bill_of(point, reading.period)?, bill_of(point, before)?);
    let minor = with.total.minor() - without.total.minor();
    Ok(Now {
        watts: reading.power_watts,
        read_at: reading.start + i64::from(reading.seconds),
        today: reading.today,
        today_cost: Money::from_minor(minor, with.currency).to_string(),
    })
}

/// The open period so far and to its end (PRO-1 to PRO-3).
///
/// # Errors
/// What the engine refuses, such as a history of less than a day.
pub fn month(
    point: &ServicePoint,
    reading: Option<&LiveReading>,
    today: (Date, u16),
) -> Result<Month, Refusal> {
    let facts = facts(point, reading, today);
    let mut projection = projection::project(&facts)?;
    let mut findings = std::mem::take(&mut projection.middle.bill.findings);
    findings.extend(projection.margin_finding);
    let end = |path: Path| End { usage: path.usage, total: path.bill.total.to_string() };
    Ok(Month {
        used: facts.used,
        cost: projection.now.total.to_string(),
        crossing: projection.crossings.first().copied(),
        tiers: projection.tiers,
        ends: [end(projection.low), end(projection.middle), end(projection.high)],
        ahead: projection.ahead,
        today: Day(facts.today),
        passed_permille: facts.day_passed_permille,
        findings,
    })
}

/// What the open period is projected from.
pub fn facts(
    point: &ServicePoint,
    reading: Option<&LiveReading>,
    (today, day_passed_permille): (Date, u16),
) -> ProjectionFacts {
    ProjectionFacts {
        tariff: point.tariff.clone(),
        breaker_amps: point.breaker_amps,
        period: point.period,
        today,
        used: reading.map_or_else(|| used_in_days(point), |reading| reading.period),
        daily_from: point.daily_from.0,
        daily: point.daily.clone(),
        day_passed_permille,
    }
}

/// The sum of the open period's days.
fn used_in_days(point: &ServicePoint) -> Number {
    let before = (point.period.first() - point.daily_from.0).whole_days();
    let days = point.daily.iter().skip(usize::try_from(before).unwrap_or(0)).flatten();
    Number::from_millionths(days.map(|day| day.millionths()).sum())
}

fn bill_of(point: &ServicePoint, usage: Number) -> Result<Bill, Refusal> {
    bill::calculate(&BillFacts::of_schedule(&point.tariff, point.period, usage, point.breaker_amps))
}

#[cfg(test)]
pub mod tests {
    use api::accounts::{Commodity, Meter, MeterKind, ServicePointId};
    use billing::period::{Period, parse_date};

    use super::*;

    pub fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    pub fn point() -> ServicePoint {
        ServicePoint {
            id: ServicePointId("1".into()),
            commodity: Commodity::Electricity,
            unit: "kWh".into(),
            tariff: "kw.electricity.investment.statutory".into(),
            breaker_amps: None,
            meter: Meter { number: "1".into(), kind: MeterKind::Digital, multiplier: Number::from_units(1) },
            period: Period::new(day("2026-08-28"), day("2026-09-27")),
            last_reading: None,
            live: None,
            daily_from: Day(day("2026-08-26")),
            daily: [40, 50, 60, 70, 30].map(|used| Some(Number::from_units(used))).to_vec(),
        }
    }

    fn reading(today: u32, period: u32) -> LiveReading {
        LiveReading {
            service_point: ServicePointId("1".into()),
            start: 1_000,
            seconds: 60,
            usage: Number::ZERO,
            power_watts: Number::from_units(3420),
            today: Number::from_units(today),
            period: Number::from_units(period),
        }
    }

    #[test]
    fn today_costs_what_it_adds_to_the_bill() {
        // In 31 days the first tier reaches to 1,033.33: 1,020 units cost 5.100, and 1,040 cost 5.167 and 0.067.
        for (today, period, cost) in [(20, 1_040, "0.134"), (10, 1_000, "0.050"), (0, 990, "0.000")] {
            let now = now(&point(), &reading(today, period)).unwrap();
            assert_eq!((now.today_cost.as_str(), now.read_at), (cost, 1_060), "{today} of {period}");
        }
    }

    #[test]
    fn the_period_counts_from_its_own_first_day() {
        let month = month(&point(), None, (day("2026-08-30"), 500)).unwrap();
        assert_eq!(month.used, Number::from_units(160));
        assert_eq!(month.cost, "0.800");
        let [low, middle, high] = month.ends.map(|end| end.usage);
        assert!(month.used < low && low < middle && middle < high, "{low} {middle} {high}");
    }

    #[test]
    fn a_day_begins_at_local_midnight() {
        let (before, after) = (1_789_765_199, 1_789_765_200);
        assert_eq!(local_day(before, 10_800), Some((day("2026-09-18"), 999)));
        assert_eq!(local_day(after, 10_800), Some((day("2026-09-19"), 0)));
    }
}
