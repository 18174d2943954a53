//! Paying: what is due, payments, and their results for whoever made them.

use std::net::SocketAddr;

use api::accounts::Country;
use api::bills::BillState;
use api::payment_refusal::PaymentRefusal;
use api::payment_results::{PaymentChannel, PaymentId, PaymentResult, PaymentState};
use api::payments::{
    Allocation, Debt, MOST_PAYMENTS, Payment, PaymentProvider, PaymentStarted, Payments, PostPayment,
};
use api::problem::ApiError;
use api::receipt_codes::{CheckedReceipt, ReceiptCode};
use axum::Json;
use axum::extract::{ConnectInfo, State};
use billing::money::{Currency, Money};
use sqlx::AnyConnection;

use super::false_codes::counted;
use super::path::PathParts;
use super::qr::{Picture, check_picture};
use crate::actions::make_payment_link::masked;
use crate::actions::receipt_codes::{check, receipt_code};
use crate::actions::settle_payment::{Reason, ask_and_settle, order_of};
use crate::actions::start_payment::{Ask, refused, start_payment};
use crate::auth::HolderAccount;
use crate::error::Result;
use crate::practice::practice;
use crate::routes::overview::today;
use crate::state::AppState;
use crate::store::accounts::AccountRecord;
use crate::store::debts::{self, DebtRecord};
use crate::store::ledger::{self, Book};
use crate::store::payments::{self, PaymentFate};
use crate::store::{receipts, refunds};

/// SADAD's number of the company (PAY-4).
const SADAD_BILLER: &str = "002";

/// What is due and what was paid.
pub async fn get_payments(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
) -> Result<Json<Payments>> {
    let (id, currency) = (&account.summary.id, account.summary.currency);
    let mut db = app.store.read().await?;
    let mut shown = Vec::new();
    for fate in payments::newest(&mut db, id, i64::try_from(MOST_PAYMENTS).unwrap_or(i64::MAX)).await? {
        shown.push(payment(&app, &mut db, &account, fate).await?);
    }
    let now = app.clock.now();
    let today = today(now, account.utc_offset_s)?;
    let debt = |debt: DebtRecord| Debt {
        of: debt.of,
        due_on: debt.due_on,
        total: money(debt.total, currency),
        left: money(debt.left, currency),
        state: if today > debt.due_on.0 { BillState::Overdue } else { BillState::Due },
    };
    Ok(Json(Payments {
        now,
        currency,
        due: receipts::due(&mut db, id, currency).await?.to_string(),
        credit: money(-ledger::balance(&mut db, id, Book::Credit).await?, currency),
        debts: debts::open(&mut db, id).await?.into_iter().map(debt).collect(),
        provider: provider(&app, &account),
        payments: shown,
        refunds: refunds::of_account(&mut db, id, currency).await?,
    }))
}

fn provider(app: &AppState, account: &AccountRecord) -> PaymentProvider {
    match (account.summary.country, app.gateway.as_deref().map(|gateway| gateway.channel())) {
        (Country::Sa, _) => {
            PaymentProvider::Sadad { biller: SADAD_BILLER.to_owned(), account: account.summary.id.clone() }
        }
        (Country::Kw, Some(PaymentChannel::Knet)) => PaymentProvider::Knet,
        (Country::Kw, Some(PaymentChannel::Sandbox)) => PaymentProvider::Sandbox,
        (Country::Kw, _) => PaymentProvider::None,
    }
}

/// Starts a payment.
pub async fn post_payment(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    crate::body::Json(post): crate::body::Json<PostPayment>,
) -> Result<Json<PaymentStarted>> {
    let ask = Ask {
        request_id: &post.request_id,
        amount: &post.amount,
        ahead: post.ahead,
        bills: &post.bills,
        top_up: post.top_up.as_ref(),
        link: None,
        payer: &post.payer,
        language: post.language,
    };
    Ok(Json(start_payment(&app, &account, &ask).await?))
}

/// One payment of the account.
pub async fn get_payment(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<Json<Payment>> {
    let mut db = app.store.read().await?;
    let fate = own(&mut db, &account, &path).await?;
    Ok(Json(payment(&app, &mut db, &account, fate).await?))
}

/// Gives a payment up, after asking the gateway.
pub async fn cancel_payment(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<Json<Payment>> {
    let fate = own(&mut *app.store.read().await?, &account, &path).await?;
    let waits = matches!(fate.state, PaymentState::Pending | PaymentState::Unknown);
    if waits && ask_and_settle(&app, &fate, Reason::GivenUp, 0).await?.is_none() {
        return Err(refused(PaymentRefusal::BankSilent));
    }
    let mut db = app.store.read().await?;
    let fate = own(&mut db, &account, &path).await?;
    Ok(Json(payment(&app, &mut db, &account, fate).await?))
}

/// The outcome of a payment, without a session: who knows its id has made it.
pub async fn get_payment_result(State(app): State<AppState>, path: PathParts) -> Result<Json<PaymentResult>> {
    let id = PaymentId(path.get("payment"));
    let mut db = app.store.read().await?;
    let fate = payments::find(&mut db, &id).await?.ok_or(ApiError::NotFound)?;
    // Money that came another way has an id that can be guessed.
    if fate.payment.channel == PaymentChannel::Elsewhere {
        return Err(ApiError::NotFound.into());
    }
    Ok(Json(result(&fate)))
}

/// The code of a receipt, for its paper.
pub async fn post_receipt_code(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<Json<ReceiptCode>> {
    let payment = PaymentId(path.get("payment"));
    Ok(Json(receipt_code(&app.store, &account, &payment).await?))
}

/// What a receipt says, for anybody who has its code.
pub async fn get_receipt_check(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    path: PathParts,
) -> Result<Json<CheckedReceipt>> {
    let checked = check(&mut *app.store.read().await?, &path.get("code")).await;
    Ok(Json(counted(&app, caller, checked)?))
}

/// The address of a receipt's check, for its paper.
pub async fn get_receipt_qr(
    State(app): State<AppState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    path: PathParts,
) -> Result<Picture> {
    let code = path.get("code");
    let checked = check(&mut *app.store.read().await?, &code).await;
    check_picture(&app, caller, &code, checked)
}

async fn own(db: &mut AnyConnection, account: &AccountRecord, path: &PathParts) -> Result<PaymentFate> {
    let fate = payments::find(db, &PaymentId(path.get("payment"))).await?;
    Ok(fate.filter(|fate| fate.payment.account == account.summary.id).ok_or(ApiError::NotFound)?)
}

fn money(minor: i64, currency: Currency) -> String {
    Money::from_minor(i128::from(minor), currency).to_string()
}

/// Gateways take dinars alone; money that came another way is in the account's currency.
fn result_in(fate: &PaymentFate, currency: Currency) -> PaymentResult {
    let payment = &fate.payment;
    PaymentResult {
        payment: payment.id.clone(),
        track_id: payment.track_id.clone(),
        masked_account: masked(&payment.account.0),
        amount: money(payment.amount, currency),
        currency,
        payer: payment.payer.clone(),
        started_at: payment.started_at,
        state: fate.state,
        settled_at: fate.ended_at,
        was_unknown: fate.doubt_since.is_some(),
        bank: fate.bank.clone().filter(|bank| !bank.payment_id.is_empty()),
        channel: payment.channel,
    }
}

fn result(fate: &PaymentFate) -> PaymentResult {
    result_in(fate, Currency::KWD)
}

async fn payment(
    app: &AppState,
    db: &mut AnyConnection,
    account: &AccountRecord,
    fate: PaymentFate,
) -> Result<Payment> {
    let currency = account.summary.currency;
    let (mut paid, mut ahead) = (Vec::new(), 0);
    if fate.state == PaymentState::Captured {
        for leg in ledger::legs_of(db, &format!("payment {}", fate.payment.id)).await? {
            match leg.book {
                Book::Receivable => paid.push((leg.item, -leg.amount)),
                Book::Credit => ahead -= leg.amount,
                _ => {}
            }
        }
    }
    let items: Vec<String> = paid.iter().map(|(item, _)| item.clone()).collect();
    let mut kinds = debts::kinds(db, &account.summary.id, &items).await?;
    let allocations = paid.into_iter().filter_map(|(item, paid)| {
        kinds.remove(&item).map(|of| Allocation { of, paid: money(paid, currency) })
    });
    let can_be_paid = fate.state == PaymentState::Pending
        && app.clock.now() < fate.payment.started_at + practice()?.payment_page_s;
    let gateway = app.gateway.as_deref().filter(|_| can_be_paid);
    Ok(Payment {
        result: result_in(&fate, currency),
        page: gateway.and_then(|gateway| gateway.page(&order_of(&fate.payment)).ok()),
        allocations: allocations.collect(),
        ahead: money(ahead, currency),
        link: fate.payment.link,
        top_up: fate.payment.top_up,
    })
}
