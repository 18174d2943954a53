//! What comes in a gateway's name: kept as it came, never believed, and a reason to ask.

use api::payment_refusal::PaymentRefusal;
use api::payment_results::PaymentId;
use api::problem::ApiError;

use super::settle_payment::{Reason, ask_and_settle};
use super::start_payment::refused;
use crate::error::Result;
use crate::secrets;
use crate::state::AppState;
use crate::store::payments::asking::{self, Message};
use crate::store::payments::{self, PaymentFate};

/// Messages that nobody can read, kept in a quarter of an hour.
const FALSE_KEPT: u32 = 100;
/// Bytes of a message that are kept.
const MOST_KEPT: usize = 4_096;

/// Hears a notification. Gives the payment whose result the browser is to be shown.
///
/// # Errors
/// [`PaymentRefusal::NotificationFalse`] for what is not of the gateway's making, [`ApiError::NotFound`] for a payment
/// that is not ours.
pub async fn hear_notification(app: &AppState, body: &[u8]) -> Result<PaymentId> {
    let heard = app.gateway.as_deref().and_then(|gateway| gateway.read(body));
    let Some(heard) = heard else {
        // Some are kept, to be looked at; a flood of them fills no disk.
        if app.payment_tries.count("false notifications", FALSE_KEPT, app.clock.now()).is_ok() {
            let sent = String::from_utf8_lossy(body);
            keep(app, None, "notification", &sent, "", "not of the gateway's making").await?;
        }
        return Err(refused(PaymentRefusal::NotificationFalse));
    };
    let fate = payments::find_track(&mut *app.store.read().await?, &heard.track_id).await?;
    let verdict = if fate.is_some() { heard.result.as_str() } else { "unknown track id" };
    keep(app, fate.as_ref(), "notification", &heard.as_sent, &heard.in_clear, verdict).await?;
    let fate = fate.ok_or(ApiError::NotFound)?;
    let reason = Reason::Told { is_cancelled: heard.is_cancelled };
    ask_and_settle(app, &fate, reason, 0).await?;
    Ok(fate.payment.id)
}

/// Hears of a payment that failed before it was one: the browser brings it, in clear. Anybody can write this: it only
/// makes us ask.
///
/// # Errors
/// [`ApiError::NotFound`] for a payment that is not ours.
pub async fn hear_error(
    app: &AppState,
    track_id: &str,
    in_clear: &str,
    is_cancelled: bool,
) -> Result<PaymentId> {
    let fate = payments::find_track(&mut *app.store.read().await?, track_id).await?;
    let fate = fate.ok_or(ApiError::NotFound)?;
    keep(app, Some(&fate), "error", in_clear, in_clear, "heard").await?;
    ask_and_settle(app, &fate, Reason::Told { is_cancelled }, 0).await?;
    Ok(fate.payment.id)
}

async fn keep(
    app: &AppState,
    fate: Option<&PaymentFate>,
    kind: &str,
    as_sent: &str,
    in_clear: &str,
    verdict: &str,
) -> Result<()> {
    let cut = |text: &str| text.chars().filter(|letter| *letter != '\0').take(MOST_KEPT).collect::<String>();
    let (id, as_sent, in_clear) = (secrets::token()?, cut(as_sent), cut(in_clear));
    let mut record = app.store.begin().await?;
    let message = Message {
        id: &id,
        payment: fate.map(|fate| &fate.payment.id),
        at: app.clock.now(),
        kind,
        as_sent: &as_sent,
        in_clear: &in_clear,
        verdict,
    };
    asking::add_message(&mut record, &message).await?;
    record.commit().await?;
    Ok(())
}
