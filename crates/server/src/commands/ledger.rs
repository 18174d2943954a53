//! `adad ledger`, `adad charge`, `adad receipt` and `adad refund`.

use api::accounts::AccountId;
use api::payments::ChargeKind;
use api::refunds::RefundWay;
use billing::money::{Currency, Money};
use billing::period::date_text;
use sqlx::AnyConnection;
use words::Language;
use words::codes::billing_error_words;

use super::CommandError;
use crate::actions::post::{Receipt, end_refund, post_charge};
use crate::actions::take_receipt::take_receipt;
use crate::calendar::civil_day;
use crate::clock::Clock;
use crate::config::money::{Charge, Charged, LedgerAsk, RefundAsk, TakeReceipt};
use crate::store::accounts::AccountRecord;
use crate::store::bills::minor;
use crate::store::debts::ChargeRecord;
use crate::store::ledger::check::check;
use crate::store::{Store, StoreError, accounts, receipts, refunds, settings};

pub(super) async fn ledger(ask: LedgerAsk) -> Result<(), CommandError> {
    let LedgerAsk::Check(record) = ask;
    let store = Store::open(&record.database_url).await?;
    let checked = check(&mut *store.read().await?).await?;
    store.close().await;
    println!(
        "{} accounts, {} entries, {} legs: sum {}",
        checked.accounts, checked.entries, checked.legs, checked.sum
    );
    for found in &checked.imbalances {
        println!("not so: {}: {} ({})", found.rule, found.place, found.amount);
    }
    match checked.imbalances.len() {
        0 => Ok(()),
        count => Err(CommandError::Says(format!("{count} places of the ledger are not in order"))),
    }
}

pub(super) async fn charge(ask: Charge) -> Result<(), CommandError> {
    let store = Store::open(&ask.record.database_url).await?;
    let now = now(&store).await?;
    let mut record = store.begin().await?;
    let account = found(&mut record, &AccountId(ask.account.clone())).await?;
    let currency = account.summary.currency;
    let amount = above_zero(&ask.amount, currency)?;
    let charge = ChargeRecord {
        id: format!("charge-{}", ask.id),
        account: account.summary.id.clone(),
        kind: match ask.kind {
            Charged::Deposit => ChargeKind::Deposit,
            Charged::Fine => ChargeKind::Fine,
            Charged::Fee => ChargeKind::Fee,
        },
        amount: minor(amount)?,
        due_on: ask.due_on,
        entered_on: civil_day(now, account.utc_offset_s)?,
        entered_at: now,
    };
    let is_new = post_charge(&mut record, &account, &charge).await?;
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    let known = if is_new { "entered" } else { "was entered before" };
    println!("{}: {amount} {}, due on {}, {known}", charge.id, currency.code(), date_text(charge.due_on));
    Ok(())
}

pub(super) async fn receipt(ask: TakeReceipt) -> Result<(), CommandError> {
    let store = Store::open(&ask.record.database_url).await?;
    let now = now(&store).await?;
    let mut record = store.begin().await?;
    let account = found(&mut record, &AccountId(ask.account.clone())).await?;
    let currency = account.summary.currency;
    let amount = above_zero(&ask.amount, currency)?;
    let id = format!("receipt-{}", ask.id);
    let receipt = Receipt { id: &id, at: now, amount: minor(amount)?, bills: &[] };
    let is_new = take_receipt(&mut record, &account, &receipt).await?;
    let due = receipts::due(&mut record, &account.summary.id, currency).await?;
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    let known = if is_new { "taken" } else { "was taken before" };
    println!("{id}: {amount} {}, {known}; due now {due}", currency.code());
    Ok(())
}

fn above_zero(text: &str, currency: Currency) -> Result<Money, CommandError> {
    let amount = Money::parse(text, currency).map_err(|error| {
        CommandError::Says(format!("--amount: {}", billing_error_words(Language::English, &error)))
    })?;
    match amount.minor() > 0 {
        true => Ok(amount),
        false => Err(CommandError::Says("--amount: a sum above zero".to_owned())),
    }
}

pub(super) async fn refund(ask: RefundAsk) -> Result<(), CommandError> {
    let (RefundAsk::List(place) | RefundAsk::Pay { record: place, .. }) = &ask;
    let store = Store::open(&place.database_url).await?;
    match &ask {
        RefundAsk::List(_) => list(&store).await?,
        RefundAsk::Pay { id, .. } => pay(&store, id).await?,
    }
    store.close().await;
    Ok(())
}

async fn list(store: &Store) -> Result<(), CommandError> {
    let mut db = store.read().await?;
    let owed = refunds::all_owed(&mut db).await?;
    for refund in &owed {
        let account = found(&mut db, &refund.account).await?;
        let currency = account.summary.currency;
        let way = match &refund.way {
            Some((RefundWay::Bank, iban)) => format!("to {iban}"),
            Some((RefundWay::Office, _)) => "at an office".to_owned(),
            Some((RefundWay::NextBill, _)) | None => "the customer has not said how".to_owned(),
        };
        let amount = Money::from_minor(i128::from(refund.amount), currency);
        println!("{}  account {}  {amount} {}  {way}", refund.refund, refund.account, currency.code());
    }
    println!("{} refunds are owed", owed.len());
    Ok(())
}

async fn pay(store: &Store, id: &str) -> Result<(), CommandError> {
    let now = now(store).await?;
    let mut record = store.begin().await?;
    let missing = || CommandError::Says(format!("no refund {id}"));
    let account = refunds::account_of(&mut record, id).await?.ok_or_else(missing)?;
    let account = found(&mut record, &account).await?;
    let paid = end_refund(&mut record, &account, id, false, now).await?;
    record.commit().await.map_err(StoreError::from)?;
    if paid == 0 {
        return Err(CommandError::Says(format!("nothing is owed of refund {id} any more")));
    }
    let amount = Money::from_minor(i128::from(paid), account.summary.currency);
    println!("{id}: {amount} {} paid out", account.summary.currency.code());
    Ok(())
}

async fn now(store: &Store) -> Result<i64, CommandError> {
    let ahead = settings::find(&mut *store.read().await?, settings::DEMO_AHEAD_S).await?;
    Ok(Clock::Running { ahead_s: ahead.unwrap_or(0) }.now())
}

async fn found(db: &mut AnyConnection, id: &AccountId) -> Result<AccountRecord, CommandError> {
    let account = accounts::find(db, id).await?;
    account.ok_or_else(|| CommandError::Says(format!("no account {id}")))
}
