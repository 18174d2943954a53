//! The sandbox gateway: a process of its own that speaks KNET's protocol with a page on which one chooses what the bank
//! shall do. No money moves.
//!
//! What it decided it keeps in a journal before it tells anybody, as a bank does.

mod journal;
mod notify;
mod page;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use ureq::Agent;

use self::journal::{Journal, Outcome};
use self::notify::{Manner, send_browser_on};
use crate::body;
use crate::payments::knet::CURRENCY_CODE;
use crate::payments::knet::cipher::Key;
use crate::payments::knet::fields::Fields;
use crate::payments::knet::xml;
use crate::payments::outbound;
use crate::secrets;

/// Where the page is, as a terminal's settings name it.
pub const PAGE: &str = "/kpg/PaymentHTTP.htm?param=paymentInit";
/// Where it is asked.
pub const INQUIRY: &str = "/kpg/tranPipe.htm?param=tranInit&";
const MOST_BYTES: usize = 64 << 10;

/// The terminal that it serves.
#[derive(Clone)]
pub struct Merchant {
    /// The tranportal id.
    pub id: String,
    /// Its password.
    pub password: String,
    /// The resource key.
    pub key: Key,
}

/// The gateway.
struct Bank {
    merchant: Merchant,
    journal: Journal,
    agent: Agent,
}

/// The gateway's routes, with what `journal` holds.
///
/// # Errors
/// The journal cannot be read.
pub fn router(merchant: Merchant, journal: &Path) -> std::io::Result<Router> {
    let bank = Arc::new(Bank { merchant, journal: Journal::open(journal)?, agent: outbound::agent() });
    Ok(Router::new()
        .route("/kpg/PaymentHTTP.htm", get(show))
        .route("/kpg/pay", post(pay))
        .route("/kpg/tranPipe.htm", post(answer))
        .with_state(bank))
}

/// A payment as the merchant ordered it.
#[derive(Clone, Debug)]
struct Ordered {
    track_id: String,
    amount: String,
    is_arabic: bool,
    response_url: String,
    error_url: String,
    encrypted: String,
}

impl Bank {
    /// Reads an order, or says what is wrong with it.
    fn read(&self, encrypted: &str) -> Result<Ordered, &'static str> {
        let plain = self.merchant.key.decrypt(encrypted).ok_or("IPAY0100176-Decrypting failed")?;
        let fields = Fields::parse(&plain);
        if fields.get("id") != self.merchant.id || fields.get("password") != self.merchant.password {
            return Err("IPAY0100015-Invalid tranportal password");
        }
        if fields.get("currencycode") != CURRENCY_CODE {
            return Err("IPAY0100022-Invalid currency");
        }
        let amount = fields.get("amt");
        let decimals = amount.split_once('.').map(|(whole, part)| (whole.len(), part.len()));
        let digits = amount.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if amount.len() > 10 || !digits || decimals.is_none_or(|(whole, part)| whole == 0 || part != 3) {
            return Err("IPAY0100025-Invalid amount");
        }
        let track_id = fields.get("trackid");
        let plain_id = track_id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if track_id.is_empty() || track_id.len() > 40 || !plain_id {
            return Err("IPAY0100027-Invalid track id");
        }
        Ok(Ordered {
            track_id,
            amount,
            is_arabic: fields.get("langid") == "AR",
            response_url: fields.get("responseURL"),
            error_url: fields.get("errorURL"),
            encrypted: encrypted.to_owned(),
        })
    }
}

/// The page. A payment that was decided goes back to the merchant at once.
async fn show(State(bank): State<Arc<Bank>>, request: Request) -> Response {
    let query = Fields::parse_form(request.uri().query().unwrap_or_default());
    match bank.read(&query.get("trandata")) {
        Err(error) => (StatusCode::BAD_REQUEST, Html(page::error(error))).into_response(),
        Ok(order) if bank.journal.find(&order.track_id).is_some() => {
            see(&notify::error_address(&order, "IPAY0100114-Duplicate record"))
        }
        Ok(order) => Html(page::choice(&order)).into_response(),
    }
}

/// What was chosen on the page.
async fn pay(State(bank): State<Arc<Bank>>, request: Request) -> Response {
    let Ok(sent) = body::read(request, MOST_BYTES).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let form = Fields::parse_form(&String::from_utf8_lossy(&sent));
    let order = match bank.read(&form.get("trandata")) {
        Ok(order) => order,
        Err(error) => return (StatusCode::BAD_REQUEST, Html(page::error(error))).into_response(),
    };
    let Some(outcome) = Outcome::chosen(&form.get("result"), &order) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let manner = Manner::chosen(&form.get("manner"));
    let done = tokio::task::spawn_blocking(move || {
        // What was decided first stays.
        let outcome = bank.journal.decide(&order.track_id, outcome)?;
        Ok::<_, std::io::Error>(send_browser_on(&bank, &order, &outcome, manner))
    });
    match done.await {
        Ok(Ok(notify::Next::See(address))) => see(&address),
        Ok(Ok(notify::Next::Page(page))) => Html(page).into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The inquiry.
async fn answer(State(bank): State<Arc<Bank>>, request: Request) -> Response {
    let Ok(sent) = body::read(request, MOST_BYTES).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let Some(asked) = xml::read(&String::from_utf8_lossy(&sent)) else {
        return xml_response(&[("result", "!ERROR!-IPAY0100013-Invalid transaction data")]);
    };
    if asked.get("id") != bank.merchant.id || asked.get("password") != bank.merchant.password {
        return xml_response(&[("result", "!ERROR!-IPAY0100015-Invalid tranportal password")]);
    }
    let track_id = asked.get("trackid");
    let Some(outcome) = bank.journal.find(&track_id).filter(|outcome| outcome.amount == asked.get("amt"))
    else {
        return xml_response(&[("result", "!ERROR!-IPAY0100263-No such transaction")]);
    };
    xml_response(&[
        ("result", outcome.told_now()),
        ("payid", &outcome.payment_id),
        ("trackid", &track_id),
        ("udf1", ""),
        ("udf2", ""),
        ("udf3", ""),
        ("udf4", ""),
        ("udf5", "TrackID"),
        ("ref", &outcome.reference),
        ("auth", &outcome.authorisation),
        ("postdate", &outcome.post_date),
        ("tranid", &outcome.transaction_id),
        ("amt", &outcome.amount),
    ])
}

fn xml_response(elements: &[(&str, &str)]) -> Response {
    ([(header::CONTENT_TYPE, "application/xml")], xml::write_answer(elements)).into_response()
}

fn see(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address.to_owned())]).into_response()
}

/// A number of so many digits that follows from the track id: the same after a restart.
fn number(track_id: &str, what: &str, digits: usize) -> String {
    let hash = secrets::hash(&format!("{what}\n{track_id}"));
    hash.bytes().map(|byte| char::from(b'0' + byte % 10)).take(digits).collect()
}
