//! Instalment plans (DEB-4, DEB-5): what is offered, what is agreed, and how it stands.

use api::accounts::Country;
use api::case_refusal::{CaseRefusal, PlanClosed};
use api::plans::{Plan, PlanOffer, PlanPart, PostPlan};
use api::problem::ApiError;
use billing::collection::instalments::{Cause, InstalmentsRequest, instalments};
use billing::money::Money;
use billing::number::Number;
use billing::period::{Day, months_later};
use billing::standing::Residency;
use billing::standing::plan_default::{PlanDefaultRequest, PlanInstalment, PlanState, plan_default};
use sqlx::AnyConnection;
use time::Date;
use words::acknowledgement::acknowledgement;
use words::debt::every_finding_message;

use crate::calendar::civil_day;
use crate::error::{Error, Result};
use crate::secrets;
use crate::store::accounts::AccountRecord;
use crate::store::bills::minor;
use crate::store::debts::DebtRecord;
use crate::store::plans::PlanRecord;
use crate::store::{Store, certificates, debts, ledger, plans};

/// A plan, and the debts that it carries.
pub struct Carried {
    /// The plan.
    pub plan: Plan,
    /// Items of the ledger.
    pub items: Vec<String>,
}

/// The account's newest plan, as it stands now.
///
/// # Errors
/// What the record or the engine reports.
pub async fn carried(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Option<Carried>> {
    let Some(record) = plans::newest(db, &account.summary.id).await? else { return Ok(None) };
    Ok(Some(Carried { plan: plan(db, account, &record, now).await?, items: record.items }))
}

/// A plan over some months of all that is overdue, and the acknowledgement that would carry it.
///
/// # Errors
/// [`CaseRefusal::PlanNotOpen`]; the engine's refusal of the months; [`ApiError::NotFound`] outside Kuwait.
pub async fn offer(
    db: &mut AnyConnection,
    account: &AccountRecord,
    now: i64,
    months: u32,
) -> Result<PlanOffer> {
    Ok(prepare(db, account, now, months).await?.0)
}

/// Agrees on the plan that was offered, once.
///
/// # Errors
/// As [`offer`]; [`CaseRefusal::AcknowledgementChanged`] for texts that are no longer those of the offer,
/// [`ApiError::ValueInvalid`] for a name or request of the wrong length.
pub async fn agree(store: &Store, now: i64, account: &AccountRecord, post: &PostPlan) -> Result<Plan> {
    let name = post.name.trim();
    check_length(name, 120, "/name")?;
    check_length(&post.request_id, 64, "/request_id")?;
    let mut record = store.begin().await?;
    let id = &account.summary.id;
    ledger::lock(&mut record, id).await?;
    if let Some(known) = plans::find_request(&mut record, id, &post.request_id).await? {
        if known.sha256 != post.sha256 || known.signed_by != name {
            return Err(ApiError::RepeatConflict.into());
        }
        return plan(&mut record, account, &known, now).await;
    }
    let (offer, items) = prepare(&mut record, account, now, post.months).await?;
    if offer.sha256 != post.sha256 {
        return Err(ApiError::Case(CaseRefusal::AcknowledgementChanged).into());
    }
    let money = |text: &str| Ok::<i64, Error>(minor(Money::parse(text, account.summary.currency)?)?);
    let parts = offer.plan.instalments.iter().map(|part| Ok((part.due.0, money(&part.amount)?)));
    let agreed = PlanRecord {
        id: format!("plan-{}", secrets::token()?),
        amount: money(&offer.plan.total)?,
        agreed_on: civil_day(now, account.utc_offset_s)?,
        text: offer.acknowledgement,
        sha256: offer.sha256,
        signed_by: name.to_owned(),
        signed_at: now,
        instalments: parts.collect::<Result<_>>()?,
        items,
    };
    plans::add(&mut record, id, &post.request_id, &agreed).await?;
    let agreed = plan(&mut record, account, &agreed, now).await?;
    record.commit().await?;
    Ok(agreed)
}

async fn prepare(
    db: &mut AnyConnection,
    account: &AccountRecord,
    now: i64,
    months: u32,
) -> Result<(PlanOffer, Vec<String>)> {
    if account.summary.country != Country::Kw {
        return Err(ApiError::NotFound.into());
    }
    let closed = |reason| Err(ApiError::Case(CaseRefusal::PlanNotOpen { reason }).into());
    if certificates::residency(db, &account.holder).await? == Residency::NonCitizen {
        return closed(PlanClosed::NonCitizen);
    }
    let today = civil_day(now, account.utc_offset_s)?;
    let mut overdue: Vec<DebtRecord> = debts::open(db, &account.summary.id).await?;
    overdue.retain(|debt| debt.due_on.0 < today);
    let amount = overdue.iter().map(|debt| debt.left).sum::<i64>();
    if amount == 0 {
        return closed(PlanClosed::NothingOverdue);
    }
    let runs = |state| matches!(state, PlanState::Kept | PlanState::Behind);
    if carried(db, account, now).await?.is_some_and(|carried| runs(carried.plan.standing.state)) {
        return closed(PlanClosed::Agreed);
    }
    let amount = Money::from_minor(i128::from(amount), account.summary.currency);
    let first_due = months_later(today, 1).ok_or(Error::Bug("a month beyond the calendar"))?;
    let request = InstalmentsRequest {
        amount: Number::parse(&amount.to_string())?,
        currency: account.summary.currency,
        months,
        first_due: Day(first_due),
        down_payment: Number::ZERO,
        cause: Cause::Debt,
    };
    let plan = instalments(&request, &every_finding_message)?;
    let text = acknowledgement(&account.summary.id.0, amount, &plan);
    let sha256 = secrets::hash(&format!("{}\n{}", text.ar, text.en));
    let items = overdue.into_iter().map(|debt| debt.item).collect();
    Ok((PlanOffer { plan, acknowledgement: text, sha256 }, items))
}

/// What was paid of the plan's debts reaches its instalments in their order.
async fn plan(
    db: &mut AnyConnection,
    account: &AccountRecord,
    record: &PlanRecord,
    now: i64,
) -> Result<Plan> {
    let payments = plans::paid(db, &account.summary.id, record).await?;
    let reached = |goal: i64| -> Result<Option<Day>> {
        let mut sum = 0;
        for (at, amount) in &payments {
            sum += amount;
            if sum >= goal {
                return Ok(Some(Day(civil_day(*at, account.utc_offset_s)?)));
            }
        }
        Ok(None)
    };
    let money = |minor: i64| Money::from_minor(i128::from(minor), account.summary.currency).to_string();
    let (mut parts, mut asked, mut goal) = (Vec::new(), Vec::new(), 0);
    for (number, (due, amount)) in (1_u32..).zip(&record.instalments) {
        goal += amount;
        let paid = reached(goal)?;
        asked.push(instalment(*due, &money(*amount), paid)?);
        parts.push(PlanPart { number, due: Day(*due), amount: money(*amount), paid });
    }
    let on = Day(civil_day(now, account.utc_offset_s)?);
    let request =
        PlanDefaultRequest { agreed: Day(record.agreed_on), on, acknowledged: true, instalments: asked };
    Ok(Plan {
        id: record.id.clone(),
        currency: account.summary.currency,
        amount: money(record.amount),
        agreed: Day(record.agreed_on),
        instalments: parts,
        standing: plan_default(&request, &every_finding_message)?,
        acknowledgement: record.text.clone(),
        sha256: record.sha256.clone(),
        signed_by: record.signed_by.clone(),
        signed_at: record.signed_at,
    })
}

fn instalment(due: Date, amount: &str, paid: Option<Day>) -> Result<PlanInstalment> {
    Ok(PlanInstalment { due: Day(due), amount: Number::parse(amount)?, paid })
}

/// A text of 1 to `most` characters.
///
/// # Errors
/// [`ApiError::ValueInvalid`].
pub fn check_length(text: &str, most: usize, field: &str) -> Result<(), ApiError> {
    if (1..=most).contains(&text.chars().count()) {
        return Ok(());
    }
    Err(ApiError::ValueInvalid { field: field.to_owned() })
}
