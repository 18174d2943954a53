//! Payment links: of a holder, and for whoever holds one.

use std::net::SocketAddr;

use api::payment_links::{
    PAGE, PaymentLink, PaymentLinkId, PaymentLinks, PostLinkPayment, PostPaymentLink, PublicLink,
};
use api::payment_refusal::PaymentRefusal;
use api::payments::PaymentStarted;
use api::problem::ApiError;
use axum::extract::{ConnectInfo, State};
use billing::money::Money;

use super::path::PathParts;
use super::qr::{Picture, picture};
use crate::actions::make_payment_link::{
    OpenLink, make_payment_link, open_payment_link, revoke_payment_link, shown,
};
use crate::actions::start_payment::{Ask, parse_amount, refused, start_payment};
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::calendar::DAY_S;
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::{payment_links, receipts};

/// Links that ended longer ago are not shown.
const SHOWN_DAYS: i64 = 92;
/// False tokens of one network address in a quarter of an hour.
const FALSE_TOKENS: u32 = 20;
/// Payments that are begun by one link in a quarter of an hour.
const PAYMENTS_OF_A_LINK: u32 = 60;

/// The links of an account.
pub async fn get_payment_links(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<axum::Json<PaymentLinks>> {
    let (id, currency, now) = (&account.summary.id, account.summary.currency, app.clock.now());
    let mut db = app.store.read().await?;
    let mut links = Vec::new();
    for link in payment_links::of_account(&mut db, id, now - SHOWN_DAYS * DAY_S).await? {
        links.push(shown(&app, &mut db, &link, currency).await?);
    }
    let due = receipts::due(&mut db, id, currency).await?.to_string();
    Ok(axum::Json(PaymentLinks { now, currency, due, links }))
}

/// Makes a link.
pub async fn post_payment_link(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostPaymentLink>,
) -> Result<axum::Json<PaymentLink>> {
    Ok(axum::Json(make_payment_link(&app, &account, &post).await?))
}

/// Ends a link.
pub async fn delete_payment_link(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<axum::Json<PaymentLink>> {
    Ok(axum::Json(revoke_payment_link(&app, &account, &PaymentLinkId(path.get("link"))).await?))
}

/// What a link is for.
pub async fn get_public_link(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    path: PathParts,
) -> Result<axum::Json<PublicLink>> {
    Ok(axum::Json(open(&app, &path, caller).await?.public(&app)))
}

/// Starts a payment by a link.
pub async fn post_link_payment(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    path: PathParts,
    Json(post): Json<PostLinkPayment>,
) -> Result<axum::Json<PaymentStarted>> {
    let OpenLink { link, account, left, .. } = open(&app, &path, caller).await?;
    let currency = account.summary.currency;
    let limit = Money::from_minor(i128::from(left), currency);
    let amount = match (&post.amount, link.open) {
        (Some(amount), true) => amount.clone(),
        (None, true) => return Err(ApiError::ValueInvalid { field: "/amount".to_owned() }.into()),
        (Some(_), false) => return Err(ApiError::ValueInvalid { field: "/amount".to_owned() }.into()),
        (None, false) => limit.to_string(),
    };
    if left <= 0 {
        return Err(refused(PaymentRefusal::LinkAlreadyPaid));
    }
    if parse_amount(&amount, currency)?.minor() > limit.minor() {
        return Err(refused(PaymentRefusal::AmountAboveLink { limit }));
    }
    let tries = app.payment_tries.count(&format!("link {}", link.id), PAYMENTS_OF_A_LINK, app.clock.now());
    tries.map_err(|wait_seconds| ApiError::TooManyRequests { wait_seconds })?;
    let ask = Ask {
        // Names of requests are the holder's and those of each link.
        request_id: &format!("{} {}", link.id, post.request_id),
        amount: &amount,
        // The holder promised the sum; what is paid meanwhile another way makes it credit.
        ahead: true,
        bills: &[],
        top_up: None,
        link: Some(&link),
        payer: &post.payer,
        language: post.language,
    };
    Ok(axum::Json(start_payment(&app, &account, &ask).await?))
}

/// The QR code of a link.
pub async fn get_qr(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    path: PathParts,
) -> Result<Picture> {
    open(&app, &path, caller).await?;
    picture(format!("{}{PAGE}{}", app.public_url, path.get("token")))
}

/// Opens the link of the path; false tokens are counted, so that nobody tries many.
async fn open(app: &AppState, path: &PathParts, caller: SocketAddr) -> Result<OpenLink> {
    let opened = open_payment_link(app, &path.get("token")).await;
    if matches!(opened, Err(Error::Api(ApiError::LinkUnknown))) {
        let tries = app.payment_tries.count(&format!("token {}", caller.ip()), FALSE_TOKENS, app.clock.now());
        tries.map_err(|wait_seconds| ApiError::TooManyRequests { wait_seconds })?;
    }
    opened
}
