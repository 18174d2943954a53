//! Looks at an account and raises what is due (MET-1, PRE-3, PRE-4, ACC-3), through the same engine as the browser.
//! Looking again says nothing twice.

use api::accounts::AccountId;
use api::alert_settings::AlertSettings;
use api::alerts::AlertFact;
use api::bills::BillState;
use billing::metering::past::{PastPeriod, Quality};
use billing::metering::pre_issue_check::{PreIssueCheckRequest, pre_issue_check};
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::{CalendarMonth, Day, Period, date_text};
use billing::projection::{Projection, project};
use sqlx::AnyConnection;
use time::Duration;
use words::codes::finding_message;

use super::choose_alerts::settings_now;
use super::credit::credit_of;
use super::daily_use::DailyUse;
use super::keep_projection::{facts, keep_projection};
use super::raise_alert::raise_alert;
use super::take_own_reading::today;
use super::take_readings::reports_by_itself;
use crate::error::Result;
use crate::practice::practice;
use crate::store::accounts::{AccountRecord, PointRecord};
use crate::store::{Store, accounts, alerts, bills, projections};

const NEWEST_BILLS: i64 = 6;

/// Something that is due to be told, once.
struct Due {
    once: String,
    fact: AlertFact,
}

/// Looks at an account: keeps today's projections and raises what is due; gives how many alerts are new. Whoever calls
/// tells the hub.
///
/// # Errors
/// What the record reports.
pub async fn watch_account(store: &Store, id: &AccountId, now: i64) -> Result<usize> {
    let mut db = store.read().await?;
    let Some(account) = accounts::find(&mut db, id).await? else { return Ok(0) };
    let points = accounts::points(&mut db, id).await?;
    let points: Vec<PointRecord> = points.into_iter().filter(reports_by_itself).collect();
    let mut new = Vec::new();
    for due in due_of(&mut db, &account, &points, now).await? {
        if !alerts::is_known(&mut db, id, &due.once, &due.fact).await? {
            new.push(due);
        }
    }
    let mut kept = Vec::new();
    for point in &points {
        if !projections::is_known(&mut db, &point.id, today(now, point)?).await? {
            kept.push(point);
        }
    }
    drop(db);
    // As a rule nothing is new: then nobody who writes has to wait.
    if new.is_empty() && kept.is_empty() {
        return Ok(0);
    }
    let mut record = store.begin().await?;
    for point in kept {
        keep_projection(&mut record, point, account.summary.currency, today(now, point)?).await?;
    }
    let mut raised = 0;
    for Due { once, fact } in new {
        raised += usize::from(raise_alert(&mut record, id, now, &once, &fact).await?);
    }
    record.commit().await?;
    Ok(raised)
}

async fn due_of(
    db: &mut AnyConnection,
    account: &AccountRecord,
    points: &[PointRecord],
    now: i64,
) -> Result<Vec<Due>> {
    let settings = settings_now(db, account).await?.settings;
    let currency = account.summary.currency;
    let mut due = bills_due(db, account, now).await?;
    for point in points {
        let days = DailyUse::load(db, point, now).await?;
        let credit = credit_of(db, point, currency, now).await?;
        // Prepaid tiers count by calendar month.
        let period = match &credit {
            Some(_) => CalendarMonth::of(days.today).period(),
            None => days.period,
        };
        // Without a day on record, or a published price, nothing is projected.
        if let Ok(projection) = project(&facts(point, &days, period)) {
            let look = Look { point, period, settings: &settings, currency };
            due.extend(look.tier_near(&days, &projection));
            due.extend(look.budget_passed(&projection));
        }
        due.extend(settings.use_unusual.then(|| use_unusual(point, &days)).flatten());
        due.extend(credit.and_then(|credit| credit_due(point, &credit, &settings, currency)));
    }
    Ok(due)
}

/// One service point and what its customer wants to hear.
struct Look<'a> {
    point: &'a PointRecord,
    period: Period,
    settings: &'a AlertSettings,
    currency: Currency,
}

impl Look<'_> {
    fn tier_near(&self, days: &DailyUse, projection: &Projection) -> Option<Due> {
        let crossing = projection.crossings.first()?;
        let on = crossing.expected?;
        let before = i64::from(self.settings.days_before_tier);
        if before == 0 || (on - days.today).whole_days() > before {
            return None;
        }
        let used = days.used_since(self.period.first()).fraction();
        let left = crossing.limit.minus(used).ok()?.to_number().ok()?;
        let price = projection.tiers.iter().find(|tier| tier.place == crossing.tier)?.price;
        Some(Due {
            once: format!("{} {}", date_text(self.period.first()), crossing.tier),
            fact: AlertFact::TierNear {
                service_point: self.point.id.clone(),
                tier: u32::try_from(crossing.tier).ok()?,
                left,
                unit: self.point.unit.clone(),
                on: Day(on),
                price,
                currency: self.currency,
            },
        })
    }

    fn budget_passed(&self, projection: &Projection) -> Option<Due> {
        let budget = Money::parse(&self.settings.budget?.to_string(), self.currency).ok()?;
        let expected = projection.middle.bill.total;
        (expected.minor() > budget.minor()).then(|| Due {
            once: format!("{} {budget}", date_text(self.period.first())),
            fact: AlertFact::BudgetPassed {
                service_point: self.point.id.clone(),
                expected: expected.to_string(),
                budget: budget.to_string(),
                currency: self.currency,
            },
        })
    }
}

/// BIL-5's range by day: today against the days of the same month in the years before.
fn use_unusual(point: &PointRecord, days: &DailyUse) -> Option<Due> {
    let usage = days.daily.last().copied().flatten()?;
    let this_month = CalendarMonth::of(days.today).first_day();
    let mut history = Vec::new();
    for (at, used) in days.daily.iter().enumerate() {
        let day = days.from + Duration::days(i64::try_from(at).ok()?);
        if let Some(usage) = used.filter(|_| day.month() == days.today.month() && day < this_month) {
            history.push(PastPeriod { period: Period::new(day, day), usage, quality: Quality::Actual });
        }
    }
    let request = PreIssueCheckRequest {
        period: Period::new(days.today, days.today),
        usage,
        unit: point.unit.clone(),
        occupied: false,
        history,
    };
    let usual = pre_issue_check(&request, &finding_message).ok()?.usual?;
    let high = Number::parse(&usual.high).ok()?;
    (usage > high).then(|| Due {
        once: date_text(days.today),
        fact: AlertFact::UseUnusual {
            service_point: point.id.clone(),
            day: Day(days.today),
            usage,
            high,
            unit: point.unit.clone(),
        },
    })
}

/// The lowest threshold that the credit has reached since the newest top-up.
fn credit_due(
    point: &PointRecord,
    credit: &api::prepaid::Credit,
    settings: &AlertSettings,
    currency: Currency,
) -> Option<Due> {
    let newest = credit.top_ups.first().map_or("", |top_up| top_up.id.as_str());
    let service_point = point.id.clone();
    let left = Money::parse(&credit.left, currency).ok()?;
    if left.minor() <= 0 {
        return Some(Due { once: newest.to_owned(), fact: AlertFact::CreditOut { service_point } });
    }
    let sums =
        settings.credit_thresholds.iter().filter_map(|sum| Money::parse(&sum.to_string(), currency).ok());
    let reached = sums.filter(|sum| sum.minor() >= left.minor()).min_by_key(|sum| sum.minor())?;
    Some(Due {
        once: format!("{newest} {reached}"),
        fact: AlertFact::CreditLow {
            service_point,
            credit: credit.left.clone(),
            threshold: reached.to_string(),
            currency,
            days: credit.answer.as_ref().and_then(|answer| answer.ends.days?.try_into().ok()),
        },
    })
}

async fn bills_due(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Vec<Due>> {
    let today = crate::calendar::civil_day(now, account.utc_offset_s)?;
    let practice = practice()?;
    let mut due = Vec::new();
    for bill in bills::newest(db, &account.summary.id, today, NEWEST_BILLS).await? {
        let (total, currency, once) = (bill.total.clone(), bill.currency, bill.id.0.clone());
        if (0..=practice.bill_is_told_days).contains(&(today - bill.issued_on.0).whole_days()) {
            let fact = AlertFact::BillIssued {
                bill: bill.id.clone(),
                month: bill.month,
                total: total.clone(),
                currency,
            };
            due.push(Due { once: once.clone(), fact });
        }
        let left = (bill.due_on.0 - today).whole_days();
        if bill.state == BillState::Due && (0..=practice.alert_days_before_due).contains(&left) {
            due.push(Due {
                once,
                fact: AlertFact::BillDueSoon { bill: bill.id, total, currency, due_on: bill.due_on },
            });
        }
    }
    // The oldest is told first.
    due.reverse();
    Ok(due)
}
