//! `adad case`: what staff do about a debt.

use api::accounts::AccountId;
use billing::disconnection::LadderStep;
use billing::period::date_text;

use super::CommandError;
use crate::actions::serve_notice::serve_notice;
use crate::clock::Clock;
use crate::config::case::{CaseAsk, Step};
use crate::store::{Store, StoreError, accounts, settings};

pub(super) async fn case(ask: CaseAsk) -> Result<(), CommandError> {
    let CaseAsk::Notice { id, account, step, served_on, record: place } = ask;
    let store = Store::open(&place.database_url).await?;
    let ahead = settings::find(&mut *store.read().await?, settings::DEMO_AHEAD_S).await?;
    let now = Clock::Running { ahead_s: ahead.unwrap_or(0) }.now();
    let mut record = store.begin().await?;
    let account = accounts::find(&mut record, &AccountId(account.clone())).await?;
    let account = account.ok_or_else(|| CommandError::Says("--account: no such account".to_owned()))?;
    let step = match step {
        Step::Notice => LadderStep::Notice,
        Step::FinalNotice => LadderStep::FinalNotice,
        Step::Warning => LadderStep::Warning,
    };
    let named = serve_notice(&mut record, &account, &id, step, served_on, now).await?;
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    let Some(debt) = named else {
        return Err(CommandError::Says(format!("nothing was overdue on {}", date_text(served_on))));
    };
    println!("{id}: {debt} {} named, served on {}", debt.currency().code(), date_text(served_on));
    Ok(())
}
