//! Keeps what is expected of an open period on each day (PRO-4), so that it can be shown beside what came of it.

use api::projections::{Projections, StoredProjection};
use billing::money::Currency;
use billing::period::{Day, Period};
use billing::projection::{Path, ProjectionFacts, project};
use sqlx::AnyConnection;
use time::{Date, Duration};

use super::daily_use::DailyUse;
use super::issue_bill::day_of_issue;
use crate::calendar::{midnight, period_of};
use crate::error::Result;
use crate::store::accounts::PointRecord;
use crate::store::projections;

const RECENT_DAYS: i64 = 31;
/// Days that hold twelve billed periods and the open one.
const MIDWAY_DAYS: i64 = 420;
const MIDWAY_PERIODS: usize = 12;

/// What is expected of the period in which `on` lies, as it was known when that day began; none while nothing is known,
/// or the price was not published.
///
/// # Errors
/// What the record reports.
pub async fn projection_of(
    db: &mut AnyConnection,
    point: &PointRecord,
    on: Date,
) -> Result<Option<StoredProjection>> {
    let period = period_of(on, day_of_issue()?);
    let days = DailyUse::load(db, point, midnight(on, point.utc_offset_s)).await?;
    Ok(projected(point, &days.at_the_beginning_of(on, period)))
}

/// Keeps the projection of a day, once.
///
/// # Errors
/// What the record reports.
pub async fn keep_projection(
    record: &mut AnyConnection,
    point: &PointRecord,
    currency: Currency,
    on: Date,
) -> Result<()> {
    if projections::is_known(record, &point.id, on).await? {
        return Ok(());
    }
    if let Some(projection) = projection_of(record, point, on).await? {
        projections::add(record, &point.id, currency, &projection).await?;
    }
    Ok(())
}

/// What the record holds, for whoever compares.
///
/// # Errors
/// What the record reports.
pub async fn kept_projections(
    db: &mut AnyConnection,
    point: &PointRecord,
    currency: Currency,
    today: Date,
) -> Result<Projections> {
    let all = projections::since(db, &point.id, today - Duration::days(MIDWAY_DAYS), currency).await?;
    let is_midway = |kept: &&StoredProjection| kept.outcome.is_some() && kept.day == Day(middle(kept.period));
    let midway = all.iter().filter(is_midway).take(MIDWAY_PERIODS).cloned().collect();
    let first = Day(today - Duration::days(RECENT_DAYS - 1));
    let recent = all.into_iter().filter(|kept| kept.day >= first).collect();
    Ok(Projections { currency, midway, recent })
}

/// The middle day of a period.
#[must_use]
pub fn middle(period: Period) -> Date {
    period.first() + Duration::days(period.days() / 2)
}

/// The facts of a projection of the days' own period.
#[must_use]
pub fn facts(point: &PointRecord, days: &DailyUse, period: Period) -> ProjectionFacts {
    ProjectionFacts {
        tariff: point.tariff.clone(),
        breaker_amps: point.breaker_amps,
        period,
        today: days.today,
        used: days.used_since(period.first()),
        daily_from: days.from,
        daily: days.daily.clone(),
        day_passed_permille: days.day_passed_permille,
    }
}

fn projected(point: &PointRecord, days: &DailyUse) -> Option<StoredProjection> {
    let projection = project(&facts(point, days, days.period)).ok()?;
    let cost = |path: &Path| path.bill.total.to_string();
    Some(StoredProjection {
        day: Day(days.today),
        period: days.period,
        expected: projection.middle.usage,
        low: projection.low.usage,
        high: projection.high.usage,
        expected_cost: cost(&projection.middle),
        low_cost: cost(&projection.low),
        high_cost: cost(&projection.high),
        margin_is_own: projection.margin_is_own,
        outcome: None,
    })
}
