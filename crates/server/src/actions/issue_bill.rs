//! Issues the bill of a period.

use api::accounts::{AccountSummary, BillId, Commodity, ServicePointId};
use api::bills::{Bill, BillKind, BillPart, BillState, BillSummary, BilledReadings, BilledUsage};
use billing::bill::{self, BillFacts, Statement};
use billing::credit::prepaid_switch::WayOfPaying;
use billing::finding::FindingAnswer;
use billing::metering::pre_issue_check::{PreIssueCheckRequest, pre_issue_check};
use billing::number::MILLION;
use billing::period::{Day, Period, date_text};
use billing::rulebook;
use sqlx::AnyConnection;
use time::{Date, Duration};
use words::codes::finding_message;

use super::correct_bill::{Cause, Change, correct_bill};
use super::measure::{Measured, measure, past_periods};
use super::post::post_bill;
use crate::calendar::{first_of_month, midnight};
use crate::error::{Error, Result};
use crate::store::accounts::{AccountRecord, PointRecord};
use crate::store::billed::{self, BilledPart};
use crate::store::{accounts, bills, prepaid};

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
/// [`Error::Refused`] if the use is neither read nor to be estimated; what the engine refuses.
pub async fn issue_bill(
    record: &mut AnyConnection,
    account: &AccountRecord,
    period: Period,
    days_to_pay: i64,
) -> Result<BillId> {
    if let Some(bill) = bills::find_of_period(record, &account.summary.id, period.first()).await? {
        return Ok(bill);
    }
    let draft = Draft::measure(record, account, period).await?;
    draft.issue(record, days_to_pay).await
}

/// A bill that is measured and not issued yet.
#[derive(Debug)]
pub struct Draft<'a> {
    account: &'a AccountRecord,
    period: Period,
    history: Vec<BilledPart>,
    measured: Vec<Measured>,
}

impl<'a> Draft<'a> {
    /// Measures the period at every service point.
    ///
    /// # Errors
    /// As [`measure`].
    pub async fn measure(
        record: &mut AnyConnection,
        account: &'a AccountRecord,
        period: Period,
    ) -> Result<Self> {
        let history = billed::history(record, &account.summary.id, period.first()).await?;
        let mut measured = Vec::new();
        for point in billed_points(record, account, period).await? {
            measured.push(measure(record, point, period, &history).await?);
        }
        Ok(Self { account, period, history, measured })
    }

    /// Whether there is nothing to bill: all was paid ahead.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.measured.is_empty()
    }

    /// BIL-5: why the bill is held; none if it may be issued.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn reasons_to_hold(&self) -> Result<Vec<FindingAnswer>> {
        let mut reasons = Vec::new();
        for measured in &self.measured {
            let ours = |part: &&BilledPart| part.service_point == measured.point.id;
            let parts: Vec<&BilledPart> = self.history.iter().filter(ours).collect();
            let check = pre_issue_check(
                &PreIssueCheckRequest {
                    period: self.period,
                    usage: measured.usage,
                    unit: measured.point.unit.clone(),
                    occupied: true,
                    history: past_periods(&parts),
                },
                &finding_message,
            )?;
            if !check.allowed {
                reasons.extend(check.findings);
            }
        }
        Ok(reasons)
    }

    /// Issues the bill, and with it the corrections of the estimates that its readings settle.
    ///
    /// # Errors
    /// What the engine or the record refuses.
    pub async fn issue(self, record: &mut AnyConnection, days_to_pay: i64) -> Result<BillId> {
        let mut parts = Vec::new();
        for measured in &self.measured {
            let Measured { point, readings, usage, .. } = measured;
            let facts = BillFacts::of_schedule(&point.tariff, self.period, *usage, point.breaker_amps);
            let part = Part::calculate(point.id.clone(), point.commodity, readings.clone(), facts)?;
            parts.push((part, point.unit.clone()));
        }
        let issued_on = self.period.last() + Duration::days(1);
        let summary = summary(self.account, self.period, issued_on, days_to_pay, &parts);
        let parts: Vec<Part> = parts.into_iter().map(|(part, _)| part).collect();
        let id = summary.id.clone();
        let (bill, total) = whole(summary, &self.account.summary, parts)?;
        bills::add(record, &bill, total, None).await?;
        post_bill(record, self.account, &id, midnight(issued_on, self.account.utc_offset_s)).await?;
        self.settle(record, &id, issued_on, days_to_pay).await?;
        Ok(id)
    }

    async fn settle(
        &self,
        record: &mut AnyConnection,
        bill: &BillId,
        on: Date,
        days_to_pay: i64,
    ) -> Result<()> {
        let settled =
            || self.measured.iter().flat_map(|part| part.settled.iter().map(move |one| (part, one)));
        let mut estimates: Vec<&BillId> = settled().map(|(_, one)| &one.bill).collect();
        estimates
            .sort_by_key(|id| settled().find(|(_, one)| one.bill == **id).map(|(_, one)| one.period.from));
        estimates.dedup();
        for estimate in estimates {
            let changes = settled().filter(|(_, one)| one.bill == *estimate).map(|(part, one)| Change {
                service_point: part.point.id.clone(),
                readings: one.readings.clone(),
                usage: one.usage,
            });
            let cause = Cause::settlement(bill.clone(), on);
            correct_bill(record, self.account, estimate, &changes.collect::<Vec<_>>(), &cause, days_to_pay)
                .await?;
        }
        Ok(())
    }
}

/// The service points of an account that are billed for a period: those that were not paid ahead when it began.
async fn billed_points(
    record: &mut AnyConnection,
    account: &AccountRecord,
    period: Period,
) -> Result<Vec<PointRecord>> {
    let mut points = accounts::points(record, &account.summary.id).await?;
    for switched in prepaid::switched(record, &account.summary.id).await? {
        let way = prepaid::way(record, &switched, period.first()).await?;
        if way.is_some_and(|(way, _)| way == WayOfPaying::Prepaid) {
            points.retain(|point| point.id != switched);
        }
    }
    Ok(points)
}

/// A part of a bill with its calculation.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) answer: BillPart,
    pub(super) calculated: bill::Bill,
}

impl Part {
    /// Calculates the part that a service point makes.
    pub(super) fn calculate(
        service_point: ServicePointId,
        commodity: Commodity,
        readings: BilledReadings,
        facts: BillFacts,
    ) -> Result<Self> {
        let calculated = bill::calculate(&facts)?;
        calculated.working.replay()?;
        let bill = calculated.answer(&finding_message);
        Ok(Self { answer: BillPart { service_point, commodity, readings, facts, bill }, calculated })
    }
}

/// A bill over all its parts, and its total.
pub(super) fn whole(
    summary: BillSummary,
    account: &AccountSummary,
    parts: Vec<Part>,
) -> Result<(Bill, billing::money::Money)> {
    let calculated: Vec<&bill::Bill> = parts.iter().map(|part| &part.calculated).collect();
    let Statement { total, taxes, .. } = bill::statement(&calculated, summary.currency)?;
    let bill = Bill {
        summary: BillSummary { total: total.to_string(), ..summary },
        account: account.clone(),
        parts: parts.into_iter().map(|part| part.answer).collect(),
        taxes: taxes.iter().map(bill::Tax::answer).collect(),
        correction: None,
        settles: Vec::new(),
        dispute: None,
        in_parts: None,
    };
    Ok((bill, total))
}

/// What lists show of a new bill; its total is not known yet.
fn summary(
    account: &AccountRecord,
    period: Period,
    issued_on: Date,
    days_to_pay: i64,
    parts: &[(Part, String)],
) -> BillSummary {
    let used = |(part, unit): &(Part, String)| BilledUsage {
        commodity: part.answer.commodity,
        usage: part.answer.facts.usage,
        unit: unit.clone(),
    };
    BillSummary {
        id: BillId(format!("{}-{}", account.summary.id, date_text(issued_on).split_at(7).0)),
        month: Day(first_of_month(issued_on)),
        period,
        issued_on: Day(issued_on),
        due_on: Day(issued_on + Duration::days(days_to_pay)),
        currency: account.summary.currency,
        total: String::new(),
        state: BillState::Due,
        usages: parts.iter().map(used).collect(),
        kind: BillKind::default(),
        corrects: None,
        corrected_by: None,
        owed: None,
        is_in_parts: false,
    }
}
