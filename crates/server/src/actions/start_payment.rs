//! Starts a payment at the gateway (PAY-2).

use api::accounts::{AccountId, BillId, ServicePointId};
use api::payment_refusal::PaymentRefusal;
use api::payment_results::{PaymentId, PaymentState};
use api::payments::{LONGEST_PAYER, PageLanguage, PaymentStarted};
use api::problem::ApiError;
use billing::credit::prepaid_switch::WayOfPaying;
use billing::money::{Currency, Money};
use billing::number::Number;
use sqlx::AnyConnection;

use super::settle_payment::order_of;
use super::take_own_reading::today;
use crate::error::{Error, Result};
use crate::payments::Gateway;
use crate::payments::knet::MOST_FILS;
use crate::practice::practice;
use crate::secrets;
use crate::state::AppState;
use crate::store::accounts::AccountRecord;
use crate::store::bills::minor;
use crate::store::ledger::lock;
use crate::store::payment_links::LinkRecord;
use crate::store::payments::{self, PaymentFate, PaymentRecord, asking};
use crate::store::{accounts, debts, prepaid, receipts};

const LONGEST_REQUEST_ID: usize = 64;
/// Alphanumeric, as KNET asks, and not to be guessed.
const TRACK_ID_LENGTH: usize = 32;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// What the caller calls this request.
    pub request_id: &'a str,
    /// How much, in the account's currency.
    pub amount: &'a str,
    /// What is above all that is due stays as credit.
    pub ahead: bool,
    /// Bills to be paid before others.
    pub bills: &'a [BillId],
    /// The service point whose credit it is.
    pub top_up: Option<&'a ServicePointId>,
    /// The link that it is paid by.
    pub link: Option<&'a LinkRecord>,
    /// Who pays.
    pub payer: &'a str,
    /// Of the gateway's page.
    pub language: PageLanguage,
}

/// Starts a payment; the same request again gives the same reply. Nothing is taken before the gateway's page is paid.
///
/// # Errors
/// [`PaymentRefusal`]; [`ApiError::ValueInvalid`], [`ApiError::RepeatConflict`].
pub async fn start_payment(app: &AppState, account: &AccountRecord, ask: &Ask<'_>) -> Result<PaymentStarted> {
    let gateway = gateway_of(app, account.summary.currency)?;
    check_names(ask)?;
    let amount = parse_amount(ask.amount, account.summary.currency)?;
    let known =
        payments::find_request(&mut *app.store.read().await?, &account.summary.id, ask.request_id).await?;
    if let Some(known) = known {
        return repeated(app, &known, ask, amount);
    }
    if !asks(app, |gateway| gateway.is_reachable()).await? {
        return Err(refused(PaymentRefusal::GatewayUnavailable));
    }
    let now = app.clock.now();
    let mut record = app.store.begin().await?;
    lock(&mut record, &account.summary.id).await?;
    if let Some(known) = payments::find_request(&mut record, &account.summary.id, ask.request_id).await? {
        return repeated(app, &known, ask, amount);
    }
    check_against_record(&mut record, account, ask, amount, now).await?;
    let payment = PaymentRecord {
        id: PaymentId(secrets::token()?),
        account: account.summary.id.clone(),
        request_id: ask.request_id.to_owned(),
        track_id: secrets::token()?.split_at(TRACK_ID_LENGTH).0.to_ascii_uppercase(),
        channel: gateway.channel(),
        amount: minor(amount)?,
        ahead: ask.ahead,
        bills: ask.bills.to_vec(),
        top_up: ask.top_up.cloned(),
        link: ask.link.map(|link| link.id.clone()),
        payer: ask.payer.to_owned(),
        language: ask.language,
        started_at: now,
    };
    payments::add(&mut record, &payment).await?;
    asking::plan(&mut record, &payment.id, now + practice()?.payment_page_s, 0).await?;
    record.commit().await?;
    started(app, &payment)
}

/// The gateway, for those accounts that it serves.
///
/// # Errors
/// [`PaymentRefusal::NotPaidHere`].
pub fn gateway_of(app: &AppState, currency: Currency) -> Result<&dyn Gateway> {
    let gateway = app.gateway.as_deref().filter(|_| currency == Currency::KWD);
    gateway.ok_or_else(|| refused(PaymentRefusal::NotPaidHere))
}

/// Asks the gateway something, where waiting for it holds nobody up.
///
/// # Errors
/// [`Error::Bug`] if the question itself breaks down.
pub async fn asks<T: Send + 'static>(
    app: &AppState,
    ask: impl FnOnce(&dyn Gateway) -> T + Send + 'static,
) -> Result<T> {
    let app = app.clone();
    let asked = tokio::task::spawn_blocking(move || app.gateway.as_deref().map(ask));
    asked.await.ok().flatten().ok_or(Error::Bug("the gateway could not be asked"))
}

/// A refusal as an error.
#[must_use]
pub fn refused(refusal: PaymentRefusal) -> Error {
    ApiError::Payment(refusal).into()
}

/// An amount from the smallest unit on.
///
/// # Errors
/// [`PaymentRefusal`] for zero and less, too many decimals and more than a gateway takes; the engine's for what is no amount.
pub fn parse_amount(text: &str, currency: Currency) -> Result<Money> {
    let smallest = Money::from_minor(1, currency);
    let number = Number::parse(text).map_err(|error| error.at("/amount"))?;
    if number <= Number::ZERO {
        return Err(refused(PaymentRefusal::AmountZero { smallest }));
    }
    let amount =
        Money::parse(text, currency).map_err(|_| refused(PaymentRefusal::AmountTooPrecise { smallest }))?;
    if amount.minor() > i128::from(MOST_FILS) {
        let most = Money::from_minor(i128::from(MOST_FILS), currency);
        return Err(refused(PaymentRefusal::AmountTooLarge { most }));
    }
    Ok(amount)
}

fn check_names(ask: &Ask<'_>) -> Result<()> {
    let wrong = |field: &str| Err(ApiError::ValueInvalid { field: field.to_owned() }.into());
    // A request by a link has the link's name before its own.
    let longest = LONGEST_REQUEST_ID + ask.link.map_or(0, |link| link.id.0.len() + 1);
    if ask.request_id.is_empty() || ask.request_id.ends_with(' ') || ask.request_id.len() > longest {
        return wrong("/request_id");
    }
    if ask.payer.len() > LONGEST_PAYER || ask.payer.chars().any(char::is_control) {
        return wrong("/payer");
    }
    if ask.top_up.is_some() && !ask.bills.is_empty() {
        return wrong("/bills");
    }
    Ok(())
}

fn repeated(app: &AppState, known: &PaymentFate, ask: &Ask<'_>, amount: Money) -> Result<PaymentStarted> {
    let payment = &known.payment;
    let same = i128::from(payment.amount) == amount.minor()
        && payment.ahead == ask.ahead
        && payment.bills == ask.bills
        && payment.top_up.as_ref() == ask.top_up
        && payment.link.as_ref() == ask.link.map(|link| &link.id)
        && payment.payer == ask.payer;
    if same { started(app, payment) } else { Err(ApiError::RepeatConflict.into()) }
}

fn started(app: &AppState, payment: &PaymentRecord) -> Result<PaymentStarted> {
    let gateway = app.gateway.as_deref().ok_or_else(|| refused(PaymentRefusal::NotPaidHere))?;
    let page =
        gateway.page(&order_of(payment)).map_err(|_| Error::Bug("an order that the gateway cannot take"))?;
    Ok(PaymentStarted { payment: payment.id.clone(), page })
}

/// What only the locked record knows: what is due, whose the bills are, what waits already.
async fn check_against_record(
    record: &mut AnyConnection,
    account: &AccountRecord,
    ask: &Ask<'_>,
    amount: Money,
    now: i64,
) -> Result<()> {
    let id = &account.summary.id;
    if debts::roots(record, id, ask.bills).await?.len() != ask.bills.len() {
        return Err(ApiError::ValueInvalid { field: "/bills".to_owned() }.into());
    }
    match ask.top_up {
        Some(point) => check_prepaid(record, id, point, now).await?,
        None if !ask.ahead => {
            let due = receipts::due(record, id, account.summary.currency).await?;
            if amount.minor() > due.minor() {
                return Err(refused(PaymentRefusal::AmountAboveDue { amount, due }));
            }
        }
        None => {}
    }
    let waits = practice()?.payment_page_s;
    let alike = payments::open_alike(record, id, minor(amount)?, ask.top_up).await?;
    let waiting = alike.iter().find(|open| {
        // Several people may pay by links at the same time, each in their own name.
        let same_way = open.payment.link.as_ref() == ask.link.map(|link| &link.id);
        same_way
            && open_link_allows(ask)
            && (open.state == PaymentState::Unknown || now < open.payment.started_at + waits)
    });
    match waiting {
        Some(open) => {
            let seconds = u32::try_from(now - open.payment.started_at).unwrap_or(0);
            Err(refused(PaymentRefusal::InProgress { seconds }))
        }
        None => Ok(()),
    }
}

/// By an open link equal sums of several people are usual.
fn open_link_allows(ask: &Ask<'_>) -> bool {
    ask.link.is_none_or(|link| !link.open)
}

async fn check_prepaid(
    record: &mut AnyConnection,
    account: &AccountId,
    id: &ServicePointId,
    now: i64,
) -> Result<()> {
    let wrong = || Error::from(ApiError::ValueInvalid { field: "/top_up".to_owned() });
    let point = accounts::find_point(record, id).await?.filter(|point| point.account == *account);
    let point = point.ok_or_else(wrong)?;
    match prepaid::way(record, id, today(now, &point)?).await? {
        Some((WayOfPaying::Prepaid, _)) => Ok(()),
        _ => Err(wrong()),
    }
}
