//! Where payment gateways speak to us, and send the browser back: without a session, from another origin.

use api::payment_refusal::PaymentRefusal;
use api::payment_results::PaymentId;
use api::problem::ApiError;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::actions::hear_gateway::{hear_error, hear_notification};
use crate::actions::start_payment::refused;
use crate::body;
use crate::error::{Error, Result};
use crate::payments::knet::fields::Fields;
use crate::state::AppState;

/// Where KNET tells how a payment ended.
pub const KNET_RESPONSE: &str = "/api/v1/gateways/knet/response";
/// Where KNET sends the browser if a payment fails before it is one.
pub const KNET_ERROR: &str = "/api/v1/gateways/knet/error";

/// A notification has about 700 bytes.
const MOST_BYTES: usize = 16 << 10;
/// Failures of one payment in a quarter of an hour.
const ERRORS_OF_A_PAYMENT: u32 = 10;
/// The id of no payment.
const NOBODYS: &str = "unknown";
/// The code of a payment that its payer gave up.
const GIVEN_UP: &str = "IPAY0100048";

/// A notification. KNET's server reads one line and sends the browser there; the browser itself, which older terminals
/// send with the notification, is sent there by us.
pub async fn knet_response(State(app): State<AppState>, request: Request) -> Result<Response> {
    let is_browser = takes_pages(request.headers());
    let sent = sent(request).await?;
    let heard = hear_notification(&app, &sent).await;
    if is_browser {
        return see_result(&app, heard);
    }
    let address = result_address(&app, &heard?);
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((StatusCode::OK, plain, format!("REDIRECT={address}\n")).into_response())
}

/// A failure, which the browser brings.
pub async fn knet_error(State(app): State<AppState>, request: Request) -> Result<Response> {
    let is_browser = takes_pages(request.headers());
    let sent = String::from_utf8_lossy(&sent(request).await?).into_owned();
    let heard = heard_error(&app, &sent).await;
    if is_browser {
        return see_result(&app, heard);
    }
    Ok(see(&result_address(&app, &heard?)))
}

async fn heard_error(app: &AppState, sent: &str) -> Result<PaymentId> {
    let fields = Fields::parse_form(sent);
    let track_id = fields.get("trackid");
    if track_id.is_empty() {
        return Err(refused(PaymentRefusal::NotificationFalse));
    }
    // Each makes us ask the gateway, and anybody who was told a track id can send it.
    let tries = app.payment_tries.count(&format!("error {track_id}"), ERRORS_OF_A_PAYMENT, app.clock.now());
    tries.map_err(|wait_seconds| ApiError::TooManyRequests { wait_seconds })?;
    let is_cancelled = fields.get("Error") == GIVEN_UP || fields.get("result").starts_with("CANCEL");
    hear_error(app, &track_id, sent, is_cancelled).await
}

/// A browser is sent to a page whatever it brought: that of a payment which is none says so to a person.
fn see_result(app: &AppState, heard: Result<PaymentId>) -> Result<Response> {
    let id = match heard {
        Err(Error::Api(_)) => PaymentId(NOBODYS.to_owned()),
        heard => heard?,
    };
    Ok(see(&result_address(app, &id)))
}

/// The body, or the query of a request that has none.
async fn sent(request: Request) -> Result<Vec<u8>> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let body = body::read(request, MOST_BYTES).await?;
    Ok(if body.is_empty() { query.into_bytes() } else { body.to_vec() })
}

fn takes_pages(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

fn result_address(app: &AppState, id: &PaymentId) -> String {
    format!("{}/pay/result/{id}", app.public_url)
}

fn see(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address.to_owned())]).into_response()
}
