//! The demo's Hafez, prepaid supply, stored projections, and warnings of a debt.

use api::hafez::HafezStep;
use api::prepaid::{SwitchRequest, SwitchState};
use billing::credit::prepaid_switch::WayOfPaying;
use billing::disconnection::LadderStep;
use billing::money::Money;
use billing::period::Day;
use sqlx::AnyConnection;
use time::{Date, Duration};

use super::closed_periods;
use crate::actions::issue_bill::day_of_issue;
use crate::actions::keep_projection::{keep_projection, middle};
use crate::actions::post::{Receipt, post_top_up};
use crate::actions::serve_notice::serve_notice;
use crate::actions::take_readings::reports_by_itself;
use crate::calendar::{DAY_S, civil_day, midnight, period_of};
use crate::clock::DEMO_STARTS_AT;
use crate::demo::{Demo, DemoAccount, DemoPoint};
use crate::error::Result;
use crate::household::HOUR_S;
use crate::store::accounts::AccountRecord;
use crate::store::hafez::{HomeRecord, StepRecord};
use crate::store::{accounts, bills, hafez, prepaid};

/// Billed periods of which a projection is kept.
const PERIODS_PROJECTED: usize = 12;

/// What was expected of the last periods: in the middle of each billed one, and on each day of the open one.
pub(super) async fn add_projections(
    record: &mut AnyConnection,
    demo: &Demo,
    account: &DemoAccount,
) -> Result<()> {
    let today = civil_day(DEMO_STARTS_AT, demo.utc_offset_s)?;
    let open = period_of(today, day_of_issue()?);
    let middles = closed_periods(demo)?.into_iter().rev().take(PERIODS_PROJECTED).map(middle);
    let open = (0..(today - open.first()).whole_days()).map(|day| open.first() + Duration::days(day));
    let days: Vec<Date> = middles.chain(open).collect();
    for point in accounts::points(record, &account.id).await?.iter().filter(|point| reports_by_itself(point))
    {
        for day in &days {
            keep_projection(record, point, account.currency, *day).await?;
        }
    }
    Ok(())
}

/// What Hafez asks of the home, and its joining.
pub(super) async fn add_home(record: &mut AnyConnection, demo: &Demo, account: &DemoAccount) -> Result<()> {
    let citizen = demo.holders.iter().any(|holder| holder.id == account.holder && holder.citizen);
    let home = HomeRecord {
        citizen,
        owner_lives_in: account.home.is_some(),
        lived_in_since: account.home.map(|home| home.lived_in_since.0),
        violations: 0,
    };
    hafez::save_home(record, &account.id, &home).await?;
    if let Some(Day(on)) = account.home.and_then(|home| home.joined_hafez_on) {
        let at = midnight(on, demo.utc_offset_s) + 12 * HOUR_S;
        hafez::add_step(record, &account.id, StepRecord { step: HafezStep::Join, on }, at).await?;
    }
    Ok(())
}

/// The way to prepaid supply, and what was topped up since.
pub(super) async fn add_prepaid(
    record: &mut AnyConnection,
    demo: &Demo,
    account: &DemoAccount,
    point: &DemoPoint,
) -> Result<()> {
    let Some(paid) = &point.prepaid else { return Ok(()) };
    let at = |day: Day| midnight(day.0, demo.utc_offset_s) + 12 * HOUR_S;
    let request = SwitchRequest {
        id: format!("{}-1", point.id),
        to: WayOfPaying::Prepaid,
        asked_at: at(paid.from) - DAY_S,
        state: SwitchState::Asked,
        holds_from: None,
        reasons: Vec::new(),
    };
    prepaid::add_request(record, &point.id, "seed", &request).await?;
    let from = Some(paid.from.0);
    prepaid::add_end(record, &request.id, SwitchState::Done, from, request.asked_at).await?;
    for (place, top_up) in paid.top_ups.iter().enumerate() {
        let amount = bills::minor(Money::parse(&top_up.amount.to_string(), account.currency)?)?;
        let id = format!("{}-top-up-{}", point.id, place + 1);
        let receipt = Receipt { id: &id, at: at(top_up.on), amount, bills: &[] };
        post_top_up(record, &account.id, format!("top-up {id}"), &receipt, &point.id).await?;
    }
    Ok(())
}

/// Warnings of all that was overdue on their days, which were served at noon.
pub(super) async fn warn(record: &mut AnyConnection, account: &AccountRecord, days: &[Day]) -> Result<()> {
    for (place, day) in days.iter().enumerate() {
        let id = format!("{}-warning-{}", account.summary.id, place + 1);
        let at = midnight(day.0, account.utc_offset_s) + 12 * HOUR_S;
        serve_notice(record, account, &id, LadderStep::Warning, day.0, at).await?;
    }
    Ok(())
}
