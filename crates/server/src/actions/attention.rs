//! What of all a holder's accounts waits for them, gathered from what each of its pages knows.

use api::accounts::{Commodity, Country};
use api::attention::{Attention, CreditLeft, HafezEarnings, MOST_WAITING, StoppedTransactions};
use api::hafez::HafezStep;
use billing::money::Money;
use sqlx::AnyConnection;

use super::credit::credit_of;
use super::hafez::hafez_of;
use super::standing::stopping_debt;
use crate::error::Result;
use crate::store::accounts::AccountRecord;
use crate::store::{accounts, alerts, hafez};

/// What waits for a holder, and what Hafez and prepaid credits bring them.
///
/// # Errors
/// What the record or the engine reports.
pub async fn attention_of(db: &mut AnyConnection, holder: &str, now: i64) -> Result<Attention> {
    let accounts = accounts::of_holder(db, holder).await?;
    let (mut earnings, mut credits) = (Vec::new(), Vec::new());
    for account in &accounts {
        earnings.extend(earnings_of(db, account, now).await?);
        credits.extend(credits_of(db, account, now).await?);
    }
    let alerts = alerts::unseen_of_holder(db, holder, i64::from(MOST_WAITING)).await?;
    // It is the holder's, whichever account in Kuwait is asked about.
    let stopped = match accounts.iter().find(|account| account.summary.country == Country::Kw) {
        Some(account) => stopping_debt(db, account, now).await?,
        None => None,
    };
    let stopped = stopped.map(|debt| StoppedTransactions { account: debt.account, property: debt.property });
    Ok(Attention { alerts, stopped, hafez: earnings, credits })
}

async fn earnings_of(
    db: &mut AnyConnection,
    account: &AccountRecord,
    now: i64,
) -> Result<Option<HafezEarnings>> {
    let summary = &account.summary;
    let steps = hafez::steps(db, &summary.id).await?;
    if summary.country != Country::Kw || steps.last().is_none_or(|last| last.step != HafezStep::Join) {
        return Ok(None);
    }
    let services = hafez_of(db, account, now).await?.services;
    let answers =
        || services.iter().filter_map(|service| Some((service.commodity, service.earned.as_ref()?)));
    let months = answers().flat_map(|(_, answer)| answer.months.iter().map(|earned| earned.month));
    let Some(month) = months.max_by_key(|month| month.first_day()) else { return Ok(None) };
    let minor = |amount: &str| Money::parse(amount, summary.currency).map(Money::minor);
    let (mut earned, mut total, mut saving_rate) = (0, 0, None);
    for (commodity, answer) in answers() {
        total += minor(&answer.total)?;
        for of_month in answer.months.iter().filter(|earned| earned.month == month) {
            earned += minor(&of_month.incentive)?;
            if commodity == Commodity::Electricity {
                saving_rate = Some(of_month.saving_rate.clone());
            }
        }
    }
    Ok(Some(HafezEarnings {
        account: summary.id.clone(),
        property: summary.property.clone(),
        currency: summary.currency,
        month,
        earned: Money::from_minor(earned, summary.currency).to_string(),
        saving_rate,
        total: Money::from_minor(total, summary.currency).to_string(),
    }))
}

async fn credits_of(db: &mut AnyConnection, account: &AccountRecord, now: i64) -> Result<Vec<CreditLeft>> {
    let summary = &account.summary;
    let mut credits = Vec::new();
    for point in accounts::points(db, &summary.id).await? {
        let Some(credit) = credit_of(db, &point, summary.currency, now).await? else { continue };
        credits.push(CreditLeft {
            account: summary.id.clone(),
            property: summary.property.clone(),
            currency: summary.currency,
            left: credit.left,
            days: credit.answer.and_then(|answer| answer.ends.days?.try_into().ok()),
        });
    }
    Ok(credits)
}
