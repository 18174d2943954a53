//! Hafez: an account's months, joining and leaving, and the credit of a year that is over.

use api::accounts::{AccountSummary, Commodity, Country, MeterKind};
use api::hafez::{Hafez, HafezOpen, HafezService, HafezStep};
use api::problem::ApiError;
use billing::hafez;
use billing::hafez::eligibility::{EligibilityAnswer, EligibilityRequest, eligibility};
use billing::hafez::incentive::{HafezMonth, HafezRequest, Interpretation, hafez as earned_by};
use billing::money::Money;
use billing::number::Number;
use billing::period::{CalendarMonth, Day, Period, months_later};
use sqlx::AnyConnection;
use time::{Date, Duration};
use words::codes::finding_message;

use super::issue_bill::day_of_issue;
use super::post::post_incentive;
use crate::calendar::{civil_day, midnight, period_of};
use crate::error::{Error, Result};
use crate::store::accounts::{AccountRecord, PointRecord};
use crate::store::billed::{self, PricedPart};
use crate::store::hafez::{self as kept, StepRecord};
use crate::store::{Store, accounts, bills, ledger, readings, receipts};

/// Hafez is for private housing (HAF-1).
const PRIVATE_HOUSING: &str = "kw.electricity.private";

/// An account's Hafez of the year in which `now` lies.
///
/// # Errors
/// [`ApiError::NotFound`] outside Kuwait.
pub async fn hafez_of(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Hafez> {
    if account.summary.country != Country::Kw {
        return Err(ApiError::NotFound.into());
    }
    let today = today(account, now)?;
    let points = accounts::points(db, &account.summary.id).await?;
    let eligibility = conditions(db, account, &points, today).await?;
    let open = period_of(today, day_of_issue()?);
    let year = month_of(open).first_day().year();
    let steps = kept::steps(db, &account.summary.id).await?;
    let parts = billed::priced(db, &account.summary.id).await?;
    let mut services = Vec::new();
    for point in points {
        services.push(service(db, &account.summary, point, &parts, &steps, (open, year)).await?);
    }
    let joined_on = steps.last().filter(|last| last.step == HafezStep::Join).map(|last| Day(last.on));
    Ok(Hafez { now, account: account.summary.clone(), joined_on, eligibility, year, services })
}

/// Joins or leaves. What is so already stays as it is.
///
/// # Errors
/// [`ApiError::HafezCondition`] for the first condition that is not met; [`ApiError::NotFound`] outside Kuwait.
pub async fn take_step(store: &Store, now: i64, account: &AccountRecord, step: HafezStep) -> Result<Hafez> {
    let mut record = store.begin().await?;
    ledger::lock(&mut record, &account.summary.id).await?;
    let before = hafez_of(&mut record, account, now).await?;
    let joins = step == HafezStep::Join;
    if joins == before.joined_on.is_some() {
        return Ok(before);
    }
    let unmet = before.eligibility.conditions.iter().find(|condition| !condition.met);
    if let Some(unmet) = unmet.filter(|_| joins) {
        return Err(ApiError::HafezCondition { condition: unmet.condition }.into());
    }
    let step = StepRecord { step, on: today(account, now)? };
    kept::add_step(&mut record, &account.summary.id, step, now).await?;
    let after = hafez_of(&mut record, account, now).await?;
    record.commit().await?;
    Ok(after)
}

/// Credits what a year that is over earned, once for each service; gives how many were credited. A year is over when
/// its bill of December stands.
///
/// # Errors
/// What the engine or the record refuses.
pub async fn credit_year(
    record: &mut AnyConnection,
    account: &AccountRecord,
    year: i32,
    now: i64,
) -> Result<usize> {
    let steps = kept::steps(record, &account.summary.id).await?;
    let parts = billed::priced(record, &account.summary.id).await?;
    let december = |part: &PricedPart| {
        let month = month_of(part.period).first_day();
        (month.year(), u8::from(month.month())) == (year, 12)
    };
    if !parts.iter().any(december) {
        return Ok(0);
    }
    let mut credited = 0;
    for point in accounts::points(record, &account.summary.id).await? {
        let months = Months::of(&point, &parts, &steps, year);
        let Some(earned) = months.earned(&point)? else { continue };
        let total = bills::minor(Money::parse(&earned.total, earned.currency)?)?;
        let id = &account.summary.id;
        if kept::add_credit(record, id, point.commodity, year, total, now).await? {
            post_incentive(record, account, point.commodity, year, total, now).await?;
            credited += 1;
        }
    }
    Ok(credited)
}

/// HAF-1, from what the record knows.
async fn conditions(
    db: &mut AnyConnection,
    account: &AccountRecord,
    points: &[PointRecord],
    today: Date,
) -> Result<EligibilityAnswer> {
    let home = kept::home(db, &account.summary.id).await?;
    let overdue = receipts::overdue(db, &account.summary.id, account.summary.currency, today).await?;
    let request = EligibilityRequest {
        on: Day(today),
        citizen: home.citizen,
        owner: home.owner_lives_in,
        private_housing: points.iter().any(|point| point.tariff == PRIVATE_HOUSING),
        in_home_since: Day(home.lived_in_since.unwrap_or(today).min(today)),
        dues: Number::parse(&overdue.to_string())?,
        violations: home.violations,
        readings_entered: readings_entered(db, account, points, today).await?,
    };
    Ok(eligibility(&request, &finding_message)?)
}

/// Whether every meter was read, by whoever, since the last closed period began. No source says who has to read.
async fn readings_entered(
    db: &mut AnyConnection,
    account: &AccountRecord,
    points: &[PointRecord],
    today: Date,
) -> Result<bool> {
    let open = period_of(today, day_of_issue()?);
    let before = open.first().previous_day().ok_or(Error::Bug("a period before the calendar"))?;
    let since = midnight(period_of(before, day_of_issue()?).first(), account.utc_offset_s);
    for point in points.iter().filter(|point| point.meter.kind == MeterKind::Mechanical) {
        let newest = readings::newest(db, &point.meter.number).await?;
        if newest.is_none_or(|reading| reading.at < since) {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn service(
    db: &mut AnyConnection,
    account: &AccountSummary,
    point: PointRecord,
    parts: &[PricedPart],
    steps: &[StepRecord],
    (open, year): (Period, i32),
) -> Result<HafezService> {
    let months = Months::of(&point, parts, steps, year);
    let month = month_of(open);
    let baseline = year_before(parts, &point, open).map(|part| part.usage);
    Ok(HafezService {
        earned: months.earned(&point)?,
        months: months.counted,
        without_baseline: months.without_baseline,
        open: HafezOpen {
            month,
            period: open,
            baseline: baseline.filter(|usage| *usage > Number::ZERO),
            counts: is_member(steps, open),
        },
        credits: kept::credits(db, &account.id, point.commodity).await?,
        service_point: point.id,
        commodity: point.commodity,
        unit: point.unit,
        tariff: point.tariff,
    })
}

/// The billed months of a year in which an account was a member.
struct Months {
    counted: Vec<HafezMonth>,
    without_baseline: Vec<CalendarMonth>,
}

impl Months {
    fn of(point: &PointRecord, parts: &[PricedPart], steps: &[StepRecord], year: i32) -> Self {
        let mut months = Self { counted: Vec::new(), without_baseline: Vec::new() };
        let ours = parts.iter().filter(|part| part.service_point == point.id);
        for part in ours.filter(|part| is_member(steps, part.period)) {
            let month = month_of(part.period);
            if month.first_day().year() != year {
                continue;
            }
            match year_before(parts, point, part.period).filter(|before| before.usage > Number::ZERO) {
                Some(before) => months.counted.push(HafezMonth {
                    month,
                    baseline: before.usage,
                    actual: part.usage,
                    bill: part.total,
                    baseline_bill: Some(before.total),
                }),
                None => months.without_baseline.push(month),
            }
        }
        months
    }

    fn earned(&self, point: &PointRecord) -> Result<Option<hafez::incentive::HafezAnswer>> {
        if self.counted.is_empty() {
            return Ok(None);
        }
        let commodity = match point.commodity {
            Commodity::Electricity => hafez::Commodity::Electricity,
            Commodity::Water => hafez::Commodity::Water,
        };
        let months = self.counted.clone();
        let request = HafezRequest { commodity, interpretation: Interpretation::Percent, months };
        Ok(Some(earned_by(&request, &finding_message)?))
    }
}

/// A month counts whose first day finds the account a member, and that it does not leave before its end: no source
/// promises a reward for part of a month.
fn is_member(steps: &[StepRecord], period: Period) -> bool {
    let mut member_since = None;
    for step in steps.iter().filter(|step| step.on <= period.last()) {
        member_since = (step.step == HafezStep::Join).then_some(step.on);
    }
    member_since.is_some_and(|since| since <= period.first())
}

/// What the same month of the year before charged.
fn year_before<'a>(parts: &'a [PricedPart], point: &PointRecord, period: Period) -> Option<&'a PricedPart> {
    let wanted = CalendarMonth::of(months_later(month_of(period).first_day(), -12)?);
    parts.iter().find(|part| part.service_point == point.id && month_of(part.period) == wanted)
}

/// The month that a period's bill is named for: that of its issue.
fn month_of(period: Period) -> CalendarMonth {
    CalendarMonth::of(period.last() + Duration::days(1))
}

fn today(account: &AccountRecord, now: i64) -> Result<Date> {
    civil_day(now, account.utc_offset_s)
}
