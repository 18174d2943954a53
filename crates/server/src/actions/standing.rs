//! How an account and its holder stand, by what the record holds now.

use api::accounts::{AccountId, Commodity, Country};
use api::payments::DebtKind;
use api::standing::{AccountDebt, Cut, Government, Notice, Standing};
use billing::disconnection::{DisconnectionRequest, LadderNotice, disconnection};
use billing::moment::{MINUTES_A_DAY, Moment};
use billing::money::Money;
use billing::number::Number;
use billing::period::Day;
use billing::standing::{AgreedPlan, Permission, Residency, ServedNotice, StandingRequest, standing};
use sqlx::AnyConnection;
use words::debt::every_finding_message;

use super::claims::claim_of;
use super::dire_need::counted_need;
use super::plans::{Carried, carried};
use super::protection::open_complaint;
use crate::calendar::{DAY_S, civil_day};
use crate::error::{Error, Result};
use crate::store::accounts::AccountRecord;
use crate::store::debts::DebtRecord;
use crate::store::notices::NoticeRecord;
use crate::store::{accounts, certificates, debts, notices, receipts};

/// What an account owes, and what was done about it.
struct Owed {
    account: AccountId,
    due: Money,
    overdue: Vec<DebtRecord>,
    notices: Vec<NoticeRecord>,
    plan: Option<Carried>,
}

/// How an account and its holder stand.
///
/// # Errors
/// What the record or the engine reports.
pub async fn standing_of(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Standing> {
    let owed = owed(db, account, now).await?;
    let currency = account.summary.currency;
    let money = |minor: i64| Money::from_minor(i128::from(minor), currency).to_string();
    let government = match account.summary.country {
        Country::Kw => Some(government(db, account, now).await?),
        Country::Sa => None,
    };
    let told = |notice: &NoticeRecord| Notice {
        id: notice.id.clone(),
        step: notice.step,
        served: Day(notice.served_on),
        debt: money(notice.debt),
    };
    Ok(Standing {
        now,
        currency,
        due: owed.due.to_string(),
        overdue: money(owed.overdue()),
        government,
        cut: cut(db, account, &owed, now).await?,
        notices: owed.notices.iter().map(told).collect(),
        plan: owed.plan.map(|carried| carried.plan),
        claim: claim_of(db, account, now).await?,
        certificates: certificates::of_account(db, &account.summary.id).await?,
    })
}

async fn owed(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Owed> {
    let id = &account.summary.id;
    let today = Day(civil_day(now, account.utc_offset_s)?);
    let mut overdue = debts::open(db, id).await?;
    overdue.retain(|debt| debt.due_on < today);
    Ok(Owed {
        account: id.clone(),
        due: receipts::due(db, id, account.summary.currency).await?,
        overdue,
        notices: notices::of_account(db, id).await?,
        plan: carried(db, account, now).await?,
    })
}

impl Owed {
    fn overdue(&self) -> i64 {
        self.overdue.iter().map(|debt| debt.left).sum()
    }

    /// Of the overdue debts those that a kept plan carries.
    fn secured(&self) -> i64 {
        let items = self.plan.as_ref().filter(|carried| carried.plan.standing.kept).map(|plan| &plan.items);
        let is_carried = |debt: &&DebtRecord| items.is_some_and(|items| items.contains(&debt.item));
        self.overdue.iter().filter(is_carried).map(|debt| debt.left).sum()
    }
}

/// DEB-1 to DEB-3 over every account of the holder in Kuwait. What a kept plan carries counts no more, unless it is all
/// there is: then the plan is what lifts the stop.
async fn government(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Government> {
    let residency = certificates::residency(db, &account.holder).await?;
    let mut all = Vec::new();
    let mut told = Vec::new();
    for other in accounts::of_holder(db, &account.holder).await? {
        if other.summary.country != Country::Kw {
            continue;
        }
        let owed = owed(db, &other, now).await?;
        let debt = counted(&owed, residency)?;
        let debt = Money::from_minor(i128::from(debt), other.summary.currency).to_string();
        let property = other.summary.property;
        told.push(AccountDebt { account: owed.account.clone(), property, debt });
        all.push(owed);
    }
    let request = request(account, residency, &all, now)?;
    let answer = standing(&request, &every_finding_message)?;
    Ok(Government { debts: told, request, answer })
}

/// Whether the holder's government transactions are stopped (Kuwait).
///
/// # Errors
/// What the record or the engine reports.
pub(super) async fn transactions_blocked(
    db: &mut AnyConnection,
    account: &AccountRecord,
    now: i64,
) -> Result<bool> {
    let stands = government(db, account, now).await?;
    Ok(stands.answer.transactions == Permission::Blocked)
}

/// Where most of the debt stands that stops the government transactions of the holder of `account`; none where they are
/// open.
///
/// # Errors
/// What the record or the engine reports.
pub(super) async fn stopping_debt(
    db: &mut AnyConnection,
    account: &AccountRecord,
    now: i64,
) -> Result<Option<AccountDebt>> {
    let Government { debts, answer, .. } = government(db, account, now).await?;
    let currency = account.summary.currency;
    let sum = |debt: &AccountDebt| Money::parse(&debt.debt, currency).map_or(0, Money::minor);
    Ok(debts.into_iter().filter(|_| answer.transactions == Permission::Blocked).max_by_key(sum))
}

/// A non-citizen pays all that is due before a journey; a citizen's or a company's debt is what is overdue.
fn counted(owed: &Owed, residency: Residency) -> Result<i64> {
    match residency {
        Residency::NonCitizen => {
            i64::try_from(owed.due.minor()).map_err(|_| Error::Bug("a debt beyond the ledger"))
        }
        Residency::Citizen | Residency::Company => Ok(owed.overdue()),
    }
}

fn request(account: &AccountRecord, residency: Residency, all: &[Owed], now: i64) -> Result<StandingRequest> {
    let sum = |amounts: Result<Vec<i64>>| Ok::<i64, Error>(amounts?.into_iter().sum());
    let debt = sum(all.iter().map(|owed| counted(owed, residency)).collect())?;
    let secured: i64 = match residency {
        Residency::NonCitizen => 0,
        Residency::Citizen | Residency::Company => all.iter().map(Owed::secured).sum(),
    };
    let plans = || all.iter().filter_map(|owed| owed.plan.as_ref());
    let plan_that_counts = plans().max_by_key(|carried| (carried.plan.standing.kept, carried.plan.agreed));
    let all_secured = secured > 0 && secured == debt;
    let plan = plan_that_counts.map(|carried| AgreedPlan {
        agreed: carried.plan.agreed,
        kept: carried.plan.standing.kept && all_secured,
    });
    let missed = plans().map(|carried| carried.plan.standing.missed_in_a_row).max().unwrap_or(0);
    let number = |minor: i64| number_of(minor, account);
    let open = all.iter().flat_map(|owed| &owed.notices).filter(|notice| notice.left > 0);
    let served = |notice: &NoticeRecord| {
        Ok(ServedNotice { served: Day(notice.served_on), debt: number(notice.left)? })
    };
    Ok(StandingRequest {
        residency,
        on: Day(civil_day(now, account.utc_offset_s)?),
        debt: number(if all_secured { debt } else { debt - secured })?,
        missed_consecutive_instalments: missed,
        plan,
        notices: open.map(served).collect::<Result<_>>()?,
    })
}

/// Whether the service of an account may be cut now.
///
/// # Errors
/// What the record or the engine reports.
pub async fn cut_of(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Cut> {
    let owed = owed(db, account, now).await?;
    cut(db, account, &owed, now).await
}

/// The ladder of one account; electricity, where there is any, names its category.
async fn cut(db: &mut AnyConnection, account: &AccountRecord, owed: &Owed, now: i64) -> Result<Cut> {
    let points = accounts::points(db, &account.summary.id).await?;
    let power = points.iter().find(|point| point.commodity == Commodity::Electricity);
    let point = power.or(points.first()).ok_or(Error::Bug("an account without a service point"))?;
    let is_bill = |debt: &&DebtRecord| matches!(debt.of, DebtKind::Bill { .. });
    let bills = owed.overdue.iter().filter(is_bill);
    // In Saudi Arabia fines and fees cut nothing (DIS-6); Kuwait's law names all dues.
    let by_meter: i64 = bills.clone().map(|debt| debt.left).sum();
    let all = owed.overdue();
    let in_kuwait = account.summary.country == Country::Kw;
    let overdue = if in_kuwait { all } else { by_meter };
    let counted: Vec<&DebtRecord> = owed.overdue.iter().filter(|debt| in_kuwait || is_bill(debt)).collect();
    let ladder = owed.notices.iter().filter(|notice| notice.left > 0);
    let ladder = ladder.map(|notice| LadderNotice { step: notice.step, served: Day(notice.served_on) });
    let request = DisconnectionRequest {
        tariff: point.tariff.clone(),
        at: moment(now, account.utc_offset_s)?,
        overdue: number_of(overdue, account)?,
        unpaid_bills: u32::try_from(bills.count()).unwrap_or(u32::MAX),
        metered: by_meter > 0 || all == 0,
        notices: ladder.collect(),
        complaint: open_complaint(db, account, &counted, overdue, now).await?,
        dire_need: counted_need(db, account, civil_day(now, account.utc_offset_s)?).await?,
        secured: all > 0 && owed.secured() == all,
    };
    // Beyond the calendar on record nobody can say; everything else of the page stands.
    let answer = disconnection(&request, &every_finding_message).ok();
    Ok(Cut { request, answer })
}

/// The local minute of an instant.
///
/// # Errors
/// [`Error::Bug`] beyond the calendar.
pub(super) fn moment(now: i64, utc_offset_s: i64) -> Result<Moment> {
    let minute = (now + utc_offset_s).rem_euclid(DAY_S) * MINUTES_A_DAY / DAY_S;
    let minute = u16::try_from(minute).map_err(|_| Error::Bug("a minute beyond its day"))?;
    Ok(Moment { day: civil_day(now, utc_offset_s)?, minute })
}

/// Minor units of an account's currency as the engine takes them.
///
/// # Errors
/// [`Error::Engine`] for more digits than a sum has.
pub(super) fn number_of(minor: i64, account: &AccountRecord) -> Result<Number> {
    let money = Money::from_minor(i128::from(minor), account.summary.currency);
    Ok(Number::parse(&money.to_string())?)
}
