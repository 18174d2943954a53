//! Payment links (PAY-3): made, opened by whoever holds one, ended.

use api::payment_links::{
    MOST_LINK_DAYS, MOST_LINKS, PAGE, PaymentLink, PaymentLinkId, PaymentLinkState, PostPaymentLink,
    PublicLink,
};
use api::payment_refusal::PaymentRefusal;
use api::payment_results::{PaymentChannel, PaymentState};
use api::problem::ApiError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use billing::money::{Currency, Money};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::AnyConnection;
use time::Duration;

use super::start_payment::{gateway_of, parse_amount, refused};
use crate::calendar::{civil_day, midnight};
use crate::error::{Error, Result};
use crate::secrets;
use crate::state::AppState;
use crate::store::accounts::AccountRecord;
use crate::store::bills::minor;
use crate::store::ledger::lock;
use crate::store::payment_links::{self, LinkRecord};
use crate::store::{accounts, exports, payments, receipts};

const LONGEST_REQUEST_ID: usize = 64;
const LONGEST_NOTE: usize = 80;
/// Digits of a link's id: 128 random bits.
const ID_DIGITS: usize = 32;
/// Bytes of the signature in a token.
const SIGNATURE: usize = 16;
const KEY: &str = "payment-links";

/// Makes a link; the same request again gives the same link.
///
/// # Errors
/// [`PaymentRefusal`]; [`ApiError::ValueInvalid`], [`ApiError::RepeatConflict`].
pub async fn make_payment_link(
    app: &AppState,
    account: &AccountRecord,
    post: &PostPaymentLink,
) -> Result<PaymentLink> {
    let currency = account.summary.currency;
    gateway_of(app, currency)?;
    let wrong = |field: &str| Error::from(ApiError::ValueInvalid { field: field.to_owned() });
    if post.request_id.is_empty() || post.request_id.len() > LONGEST_REQUEST_ID {
        return Err(wrong("/request_id"));
    }
    if post.note.len() > LONGEST_NOTE || post.note.chars().any(char::is_control) {
        return Err(wrong("/note"));
    }
    let amount = parse_amount(&post.amount, currency)?;
    let now = app.clock.now();
    let today = civil_day(now, account.utc_offset_s)?;
    let mut record = app.store.begin().await?;
    lock(&mut record, &account.summary.id).await?;
    if let Some(known) =
        payment_links::find_request(&mut record, &account.summary.id, &post.request_id).await?
    {
        let same = i128::from(known.amount) == amount.minor()
            && (known.open, known.last_day, &known.note) == (post.open, post.last_day, &post.note);
        let shown = if same {
            shown(app, &mut record, &known, currency).await
        } else {
            Err(ApiError::RepeatConflict.into())
        };
        record.commit().await?;
        return shown;
    }
    if !(0..=i64::from(MOST_LINK_DAYS)).contains(&(post.last_day.0 - today).whole_days()) {
        return Err(wrong("/last_day"));
    }
    let due = receipts::due(&mut record, &account.summary.id, currency).await?;
    if amount.minor() > due.minor() {
        return Err(refused(PaymentRefusal::LinkAboveDue { due }));
    }
    if payment_links::of_account(&mut record, &account.summary.id, now).await?.len() >= MOST_LINKS {
        return Err(ApiError::TooManyRequests {
            wait_seconds: u32::try_from(crate::calendar::DAY_S).unwrap_or(0),
        }
        .into());
    }
    let link = LinkRecord {
        id: PaymentLinkId(secrets::token()?.split_at(ID_DIGITS).0.to_owned()),
        account: account.summary.id.clone(),
        request_id: post.request_id.clone(),
        amount: minor(amount)?,
        open: post.open,
        note: post.note.clone(),
        made_at: now,
        last_day: post.last_day,
        ends_at: midnight(post.last_day.0 + Duration::days(1), account.utc_offset_s),
        revoked_at: None,
    };
    payment_links::add(&mut record, &link).await?;
    let shown = shown(app, &mut record, &link, currency).await?;
    record.commit().await?;
    Ok(shown)
}

/// Ends a link; ending it again changes nothing.
///
/// # Errors
/// [`ApiError::NotFound`] for one that the account has not.
pub async fn revoke_payment_link(
    app: &AppState,
    account: &AccountRecord,
    id: &PaymentLinkId,
) -> Result<PaymentLink> {
    let mut record = app.store.begin().await?;
    let own = |link: &LinkRecord| link.account == account.summary.id;
    payment_links::find(&mut record, id).await?.filter(own).ok_or(ApiError::NotFound)?;
    payment_links::revoke(&mut record, id, app.clock.now()).await?;
    let link = payment_links::find(&mut record, id).await?.ok_or(ApiError::NotFound)?;
    let shown = shown(app, &mut record, &link, account.summary.currency).await?;
    record.commit().await?;
    Ok(shown)
}

/// A link as its holder sees it.
///
/// # Errors
/// What the record reports.
pub async fn shown(
    app: &AppState,
    db: &mut AnyConnection,
    link: &LinkRecord,
    currency: Currency,
) -> Result<PaymentLink> {
    let token = token(db, &link.id).await?;
    let paid = paid(db, link).await?;
    let money = |minor: i64| Money::from_minor(i128::from(minor), currency).to_string();
    Ok(PaymentLink {
        id: link.id.clone(),
        address: format!("{}{PAGE}{token}", app.public_url),
        qr: format!("/api/v1/pay/l/{token}/qr.svg"),
        amount: money(link.amount),
        paid: money(paid.amount),
        open: link.open,
        note: link.note.clone(),
        made_at: link.made_at,
        last_day: link.last_day,
        state: state(link, &paid, app.clock.now()),
    })
}

/// What was paid by a link.
struct Paid {
    amount: i64,
    newest_at: Option<i64>,
}

async fn paid(db: &mut AnyConnection, link: &LinkRecord) -> Result<Paid> {
    let fates = payments::of_link(db, &link.id).await?;
    let captured = fates.iter().filter(|fate| fate.state == PaymentState::Captured);
    let newest_at = captured.clone().filter_map(|fate| fate.ended_at).max();
    Ok(Paid { amount: captured.map(|fate| fate.payment.amount).sum(), newest_at })
}

fn state(link: &LinkRecord, paid: &Paid, now: i64) -> PaymentLinkState {
    if paid.amount >= link.amount {
        PaymentLinkState::Paid
    } else if link.revoked_at.is_some() {
        PaymentLinkState::Revoked
    } else if now >= link.ends_at {
        PaymentLinkState::Expired
    } else {
        PaymentLinkState::Active
    }
}

/// An opened link.
#[derive(Debug)]
pub struct OpenLink {
    /// As it was made.
    pub link: LinkRecord,
    /// Whose debts it pays.
    pub account: AccountRecord,
    /// What can still be paid by it, in minor units.
    pub left: i64,
    /// When its sum was paid.
    pub paid_at: Option<i64>,
}

/// Opens a link by its token.
///
/// # Errors
/// [`ApiError::LinkUnknown`] for one that is not ours or was changed, [`ApiError::LinkExpired`] for one that ended or
/// was revoked before it was paid.
pub async fn open_payment_link(app: &AppState, sent: &str) -> Result<OpenLink> {
    let (id, signature) = parts(sent).ok_or(ApiError::LinkUnknown)?;
    let mut db = app.store.read().await?;
    let key = exports::find_secret(&mut db, KEY).await?.ok_or(ApiError::LinkUnknown)?;
    // Compares in the same time whatever agrees.
    mac(&key, &id)?.verify_truncated_left(&signature).map_err(|_| ApiError::LinkUnknown)?;
    let link = payment_links::find(&mut db, &id).await?.ok_or(ApiError::LinkUnknown)?;
    let account = accounts::find(&mut db, &link.account).await?.ok_or(ApiError::LinkUnknown)?;
    let paid = paid(&mut db, &link).await?;
    match state(&link, &paid, app.clock.now()) {
        PaymentLinkState::Expired | PaymentLinkState::Revoked => {
            Err(ApiError::LinkExpired { on: link.last_day }.into())
        }
        PaymentLinkState::Paid => Ok(OpenLink { link, account, left: 0, paid_at: paid.newest_at }),
        PaymentLinkState::Active => {
            let left = link.amount - paid.amount;
            Ok(OpenLink { link, account, left, paid_at: None })
        }
    }
}

impl OpenLink {
    /// What whoever holds it learns.
    #[must_use]
    pub fn public(&self, app: &AppState) -> PublicLink {
        let currency = self.account.summary.currency;
        PublicLink {
            now: app.clock.now(),
            masked_account: masked(&self.account.summary.id.0),
            left: Money::from_minor(i128::from(self.left), currency).to_string(),
            currency,
            open: self.link.open,
            last_day: self.link.last_day,
            state: if self.left > 0 { PaymentLinkState::Active } else { PaymentLinkState::Paid },
            paid_at: self.paid_at,
            host: app.public_url.split_once("://").map_or("", |(_, host)| host).to_owned(),
            is_sandbox: app
                .gateway
                .as_deref()
                .is_some_and(|gateway| gateway.channel() == PaymentChannel::Sandbox),
        }
    }
}

/// An account number with all but its last digits hidden.
#[must_use]
pub fn masked(account: &str) -> String {
    const SHOWN: usize = 4;
    let last: Vec<char> = account.chars().rev().take(SHOWN).collect();
    // A number so short would be shown whole.
    let shown = if account.chars().count() > SHOWN { last.as_slice() } else { &last[..1.min(last.len())] };
    format!("••••{}", shown.iter().rev().collect::<String>())
}

async fn token(db: &mut AnyConnection, id: &PaymentLinkId) -> Result<String> {
    let key = match exports::find_secret(db, KEY).await? {
        Some(key) => key,
        None => exports::secret(db, KEY, &secrets::token()?).await?,
    };
    let signature = mac(&key, id)?.finalize().into_bytes();
    let id = secrets::bytes(&id.0).ok_or(Error::Bug("a link's id is no digits"))?;
    Ok(format!("{}.{}", URL_SAFE_NO_PAD.encode(id), URL_SAFE_NO_PAD.encode(&signature[..SIGNATURE])))
}

fn parts(token: &str) -> Option<(PaymentLinkId, Vec<u8>)> {
    let (id, signature) = token.split_once('.')?;
    let (id, signature) = (URL_SAFE_NO_PAD.decode(id).ok()?, URL_SAFE_NO_PAD.decode(signature).ok()?);
    let whole = id.len() * 2 == ID_DIGITS && signature.len() == SIGNATURE;
    whole.then(|| (PaymentLinkId(secrets::hex(&id)), signature))
}

fn mac(key: &str, id: &PaymentLinkId) -> Result<Hmac<Sha256>> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|_| Error::Bug("a key of no length"))?;
    mac.update(format!("payment-link\n{id}").as_bytes());
    Ok(mac)
}
