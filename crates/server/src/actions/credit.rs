//! What is left of a prepaid credit (PRE-1): what was topped up less what was used, month by month.

use api::prepaid::{Credit, PrepaidMonth, TopUp};
use billing::bill::{self, BillFacts};
use billing::credit::prepaid::{PrepaidAnswer, PrepaidRequest, prepaid};
use billing::credit::prepaid_switch::WayOfPaying;
use billing::error::{BillingError, Refusal};
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::{CalendarMonth, Day, Period};
use sqlx::AnyConnection;
use time::Date;
use words::codes::finding_message;

use super::daily_use::DailyUse;
use super::take_own_reading::today;
use crate::calendar::{midnight, number_of};
use crate::error::{Error, Result};
use crate::store::accounts::PointRecord;
use crate::store::{daily_use, prepaid as kept};

/// The credit of a service point that is prepaid at `now`; none if it is not.
///
/// # Errors
/// What the record reports.
pub async fn credit_of(
    db: &mut AnyConnection,
    point: &PointRecord,
    currency: Currency,
    now: i64,
) -> Result<Option<Credit>> {
    match kept::way(db, &point.id, today(now, point)?).await? {
        Some((WayOfPaying::Prepaid, since)) => Ledger::load(db, point, currency, since, now).await?.credit(),
        _ => Ok(None),
    }
}

/// What was topped up and used since a supply is prepaid.
struct Ledger<'a> {
    point: &'a PointRecord,
    currency: Currency,
    days: DailyUse,
    /// The first day of the calendar month, or of the supply if it is later.
    month_from: Date,
    /// Newest first.
    top_ups: Vec<TopUp>,
    /// Newest first.
    months: Vec<PrepaidMonth>,
}

impl<'a> Ledger<'a> {
    async fn load(
        db: &mut AnyConnection,
        point: &'a PointRecord,
        currency: Currency,
        since: Date,
        now: i64,
    ) -> Result<Self> {
        let days = DailyUse::load(db, point, now).await?;
        let this_month = CalendarMonth::of(days.today).first_day();
        let mut months = Vec::new();
        let mut from = since;
        while from < this_month {
            let to = CalendarMonth::of(from).last_day();
            months.push(month(db, point, Period::new(from, to)).await?);
            from = to.next_day().ok_or(Error::Bug("a month beyond the calendar"))?;
        }
        months.reverse();
        let top_ups = kept::top_ups(db, &point.id, 0, currency).await?;
        Ok(Self { point, currency, days, month_from: this_month.max(since), top_ups, months })
    }

    fn credit(self) -> Result<Option<Credit>> {
        let parse = |amount: &str| Money::parse(amount, self.currency).map(|money| money.minor());
        let begins = midnight(CalendarMonth::of(self.days.today).first_day(), self.point.utc_offset_s);
        let (mut before, mut now) = (0_i128, Vec::new());
        for top_up in &self.top_ups {
            if top_up.at < begins {
                before += parse(&top_up.amount)?;
            } else {
                now.push(parse(&top_up.amount)?);
            }
        }
        for month in &self.months {
            before -= parse(&month.cost)?;
        }
        now.reverse();
        // What was used too much before this month is taken off what came in it.
        for amount in &mut now {
            let taken = (-before).clamp(0, *amount);
            (*amount, before) = (*amount - taken, before + taken);
        }
        now.retain(|amount| *amount > 0);
        let used = self.days.used_since(self.month_from);
        let request = (before >= 0).then(|| self.request(before, &now, used)).transpose()?;
        let answer = match &request {
            Some(request) => answered(request)?,
            None => None,
        };
        let left = match &answer {
            Some(answer) => answer.credit.clone(),
            None => {
                let spent = self.cost(used)?;
                let left = before + now.iter().sum::<i128>() - spent.minor();
                Money::from_minor(left, self.currency).to_string()
            }
        };
        Ok(Some(Credit { left, request, answer, top_ups: self.top_ups, months: self.months }))
    }

    fn request(&self, before: i128, now: &[i128], used: Number) -> Result<PrepaidRequest> {
        let sum = |minor| Number::parse(&Money::from_minor(minor, self.currency).to_string());
        Ok(PrepaidRequest {
            tariff: self.point.tariff.clone(),
            breaker_amps: self.point.breaker_amps,
            today: Day(self.days.today),
            day_passed_permille: self.days.day_passed_permille,
            credit_before: sum(before)?,
            top_ups: now.iter().map(|amount| sum(*amount)).collect::<Result<_, _>>()?,
            used,
            daily_from: Day(self.days.from),
            daily: self.days.daily.clone(),
        })
    }

    fn cost(&self, used: Number) -> Result<Money> {
        let period = CalendarMonth::of(self.days.today).period();
        let facts = BillFacts::of_schedule(&self.point.tariff, period, used, self.point.breaker_amps);
        Ok(bill::calculate(&facts)?.total)
    }
}

/// Without a full day on record nothing is projected.
fn answered(request: &PrepaidRequest) -> Result<Option<PrepaidAnswer>> {
    match prepaid(request, &finding_message) {
        Ok(answer) => Ok(Some(answer)),
        Err(Refusal { error: BillingError::HistoryTooShort, .. }) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn month(db: &mut AnyConnection, point: &PointRecord, period: Period) -> Result<PrepaidMonth> {
    let (first, last) = (number_of(period.first()), number_of(period.last()));
    let usage = Number::from_millionths(daily_use::sum(db, &point.id, first, last).await?);
    // Tiers and fees count by calendar month, also in the first one.
    let whole = CalendarMonth::of(period.first()).period();
    let facts = BillFacts::of_schedule(&point.tariff, whole, usage, point.breaker_amps);
    Ok(PrepaidMonth { period, usage, cost: bill::calculate(&facts)?.total.to_string() })
}
