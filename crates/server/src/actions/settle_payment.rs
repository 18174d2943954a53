//! Settles a payment by what the gateway answers, once, whatever is repeated, late or in another order.

use api::accounts::AccountId;
use api::alerts::AlertFact;
use api::payment_results::{BankReference, PaymentState};
use api::problem::ApiError;
use billing::money::Money;
use sqlx::AnyConnection;

use super::post::{Receipt, post_receipt, post_top_up};
use super::raise_alert::raise_alert;
use super::start_payment::asks;
use crate::error::{Error, Result};
use crate::payments::{Asked, GatewayError, Order};
use crate::practice::practice;
use crate::secrets;
use crate::state::AppState;
use crate::store::accounts::{self, AccountRecord};
use crate::store::ledger::lock;
use crate::store::payments::asking::{self, Message};
use crate::store::payments::{self, PaymentFate, PaymentRecord};

/// Why the gateway is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is time.
    Time,
    /// Something came in the gateway's name that said how it ended, and whether it was given up.
    Told {
        /// Given up.
        is_cancelled: bool,
    },
    /// Its holder gives it up.
    GivenUp,
}

/// What the gateway is told of a payment.
#[must_use]
pub fn order_of(payment: &PaymentRecord) -> Order {
    Order { track_id: payment.track_id.clone(), amount: payment.amount, language: payment.language }
}

/// Asks the gateway about a payment and settles it. Gives where it stands then; none if the gateway did not answer.
///
/// # Errors
/// What the record reports.
pub async fn ask_and_settle(
    app: &AppState,
    fate: &PaymentFate,
    reason: Reason,
    tries: i64,
) -> Result<Option<PaymentState>> {
    if fate.state == PaymentState::Captured || app.gateway.is_none() {
        return Ok(Some(fate.state));
    }
    let order = order_of(&fate.payment);
    let answer = asks(app, move |gateway| gateway.ask(&order)).await?;
    let told = match answer {
        Ok(asked) => asked,
        Err(error @ (GatewayError::Down(_) | GatewayError::Order(_))) => {
            note_silence(app, fate, reason, tries, &error.to_string()).await?;
            return Ok(None);
        }
    };
    settle(app, fate, &told, reason, tries).await.map(Some)
}

/// The gateway is silent: it is asked again, and if it had told us that the payment ended, nobody knows how.
async fn note_silence(
    app: &AppState,
    fate: &PaymentFate,
    reason: Reason,
    tries: i64,
    why: &str,
) -> Result<()> {
    let now = app.clock.now();
    let mut record = app.store.begin().await?;
    lock(&mut record, &fate.payment.account).await?;
    if matches!(reason, Reason::Told { .. }) {
        asking::add_doubt(&mut record, &fate.payment.id, now, why).await?;
    }
    asking::plan(&mut record, &fate.payment.id, now + pause_s(tries), tries + 1).await?;
    record.commit().await?;
    Ok(())
}

async fn settle(
    app: &AppState,
    asked_about: &PaymentFate,
    told: &Asked,
    reason: Reason,
    tries: i64,
) -> Result<PaymentState> {
    let now = app.clock.now();
    let mut record = app.store.begin().await?;
    lock(&mut record, &asked_about.payment.account).await?;
    // Somebody else may have settled it meanwhile.
    let fate = payments::find(&mut record, &asked_about.payment.id).await?;
    let fate = fate.ok_or(Error::Bug("a payment is gone"))?;
    let id = &fate.payment.id;
    match apply(&mut record, &fate.payment, told, reason, (now, tries)).await? {
        Some(next_at) => asking::plan(&mut record, id, next_at, tries + 1).await?,
        None => asking::end_plan(&mut record, id).await?,
    }
    let verdict = format!("{told:?}");
    let message = secrets::token()?;
    let kept = Message {
        id: &message,
        payment: Some(id),
        at: now,
        kind: "inquiry",
        as_sent: "",
        in_clear: "",
        verdict: &verdict,
    };
    asking::add_message(&mut record, &kept).await?;
    let state = payments::find(&mut record, id).await?.map_or(PaymentState::Pending, |fate| fate.state);
    record.commit().await?;
    app.hub.tell(&asked_about.payment.account);
    Ok(state)
}

/// Adds to the record what the answer means. Gives when the gateway is to be asked again.
async fn apply(
    record: &mut AnyConnection,
    payment: &PaymentRecord,
    told: &Asked,
    reason: Reason,
    (now, tries): (i64, i64),
) -> Result<Option<i64>> {
    let page_ends = payment.started_at + practice()?.payment_page_s;
    let soon = Some(now + pause_s(tries));
    match (told, reason) {
        (Asked::Captured(bank), _) => {
            capture(record, payment, bank, now).await?;
            Ok(None)
        }
        (Asked::NotPaid { is_cancelled, bank }, _) => {
            let given_up = *is_cancelled || reason == Reason::Told { is_cancelled: true };
            end(record, payment, given_up, bank, now).await?;
            Ok(None)
        }
        (Asked::Unclear(why), _) => {
            asking::add_doubt(record, &payment.id, now, why).await?;
            Ok(soon)
        }
        // The bank has told us of a payment that it does not know yet.
        (Asked::Missing, Reason::Told { is_cancelled: false }) if now < page_ends => {
            asking::add_doubt(record, &payment.id, now, "not known yet").await?;
            Ok(soon)
        }
        (Asked::Missing, Reason::Time) if now < page_ends => Ok(Some(page_ends)),
        (Asked::Missing, _) => {
            end(record, payment, true, &BankReference::default(), now).await?;
            // The page may be paid all the same: money that comes late is found, even if nobody tells us of it.
            let looks = [page_ends, payment.started_at + practice()?.payment_last_look_s];
            Ok(looks.into_iter().find(|look| *look > now))
        }
    }
}

async fn end(
    record: &mut AnyConnection,
    payment: &PaymentRecord,
    given_up: bool,
    bank: &BankReference,
    now: i64,
) -> Result<()> {
    let outcome = if given_up { PaymentState::Cancelled } else { PaymentState::Declined };
    payments::add_end(record, &payment.id, outcome, now, bank).await?;
    Ok(())
}

/// The money is there: it is posted once, under the payment's own name.
async fn capture(
    record: &mut AnyConnection,
    payment: &PaymentRecord,
    bank: &BankReference,
    now: i64,
) -> Result<()> {
    if !payments::add_end(record, &payment.id, PaymentState::Captured, now, bank).await? {
        return Ok(());
    }
    let account = account_of(record, &payment.account).await?;
    let receipt = Receipt { id: &payment.id.0, at: now, amount: payment.amount, bills: &payment.bills };
    let currency = account.summary.currency;
    let amount = Money::from_minor(i128::from(payment.amount), currency).to_string();
    let fact = match &payment.top_up {
        Some(point) => {
            let name = format!("payment {}", payment.id);
            post_top_up(record, &payment.account, name, &receipt, point).await?;
            AlertFact::ToppedUp { service_point: point.clone(), amount, currency }
        }
        None => {
            post_receipt(record, &account, &receipt).await?;
            AlertFact::PaymentPosted { payment: payment.id.clone(), amount, currency }
        }
    };
    raise_alert(record, &payment.account, now, &payment.id.0, &fact).await?;
    Ok(())
}

async fn account_of(record: &mut AnyConnection, id: &AccountId) -> Result<AccountRecord> {
    Ok(accounts::find(record, id).await?.ok_or(ApiError::AccountNotFound)?)
}

/// Seconds until the gateway is asked again: longer each time, at most an hour.
fn pause_s(tries: i64) -> i64 {
    const PAUSES: [i64; 8] = [2, 4, 8, 15, 60, 300, 900, 3600];
    let at = usize::try_from(tries).unwrap_or(0).min(PAUSES.len() - 1);
    PAUSES[at]
}
