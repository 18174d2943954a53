//! Makes a link to a file, and opens one: whoever holds it gets the file for a day, without a session.

use api::accounts::Commodity;
use api::exports::{ExportKind, ExportLink, PostExport};
use api::problem::ApiError;
use billing::period::Day;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::calendar::{date_of, day_number};
use crate::demo::UTC_OFFSET_S;
use crate::error::{Error, Result};
use crate::secrets;
use crate::store::accounts::AccountRecord;
use crate::store::exports::{self, ExportRecord};
use crate::store::{Store, accounts};

/// A link works for a day.
const LASTS_S: i64 = 24 * 3600;
const KEY: &str = "export-links";

/// Makes a link.
///
/// # Errors
/// [`ApiError::ValueInvalid`] for a service point that the account lacks or the kind cannot have, or days that are reversed.
pub async fn make_export(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    post: &PostExport,
) -> Result<ExportLink> {
    let wrong = |field: &str| Error::from(ApiError::ValueInvalid { field: field.to_owned() });
    if post.from.zip(post.to).is_some_and(|(from, to)| to < from) {
        return Err(wrong("/to"));
    }
    let mut record = store.begin().await?;
    let points = accounts::points(&mut record, &account.summary.id).await?;
    let point = points.iter().find(|point| Some(&point.id) == post.service_point.as_ref());
    let fits = match (post.kind, point) {
        (ExportKind::GreenButton, Some(point)) => point.commodity == Commodity::Electricity,
        (ExportKind::GreenButton, None) => false,
        (ExportKind::ReadingsCsv, point) => post.service_point.is_none() || point.is_some(),
        (ExportKind::BillsCsv, _) => post.service_point.is_none(),
    };
    if !fits {
        return Err(wrong("/service_point"));
    }
    let export = ExportRecord {
        id: secrets::token()?,
        account: account.summary.id.clone(),
        kind: post.kind,
        service_point: post.service_point.clone(),
        from: post.from,
        to: post.to,
        ends_at: now + LASTS_S,
    };
    exports::add(&mut record, &export, now).await?;
    let key = exports::secret(&mut record, KEY, &secrets::token()?).await?;
    record.commit().await?;
    let signature = secrets::hex(&signature(&key, &export.id, export.ends_at)?.finalize().into_bytes());
    let path = format!("/api/v1/exports/{}.{}.{signature}", export.id, export.ends_at);
    Ok(ExportLink { path, ends_at: export.ends_at })
}

/// What a link leads to.
///
/// # Errors
/// [`ApiError::LinkUnknown`] for one that is not ours or was changed, [`ApiError::LinkExpired`].
pub async fn open_export(store: &Store, now: i64, token: &str) -> Result<ExportRecord> {
    let (id, ends_at, sent) = parts(token).ok_or(ApiError::LinkUnknown)?;
    let mut record = store.begin().await?;
    let key = exports::secret(&mut record, KEY, &secrets::token()?).await?;
    record.commit().await?;
    // Compares in the same time whatever agrees.
    signature(&key, id, ends_at)?.verify_slice(&sent).map_err(|_| ApiError::LinkUnknown)?;
    if now >= ends_at {
        let on = date_of(day_number(ends_at, UTC_OFFSET_S)).ok_or(ApiError::LinkUnknown)?;
        return Err(ApiError::LinkExpired { on: Day(on) }.into());
    }
    let export = exports::find(&mut *store.read().await?, id).await?;
    Ok(export.ok_or(ApiError::LinkUnknown)?)
}

fn parts(token: &str) -> Option<(&str, i64, Vec<u8>)> {
    let (id, rest) = token.split_once('.')?;
    let (ends_at, signature) = rest.split_once('.')?;
    let digits = signature.as_bytes().chunks(2).map(|two| str::from_utf8(two).ok());
    let signature = digits.map(|two| u8::from_str_radix(two?, 16).ok()).collect::<Option<Vec<u8>>>()?;
    Some((id, ends_at.parse().ok()?, signature))
}

fn signature(key: &str, id: &str, ends_at: i64) -> Result<Hmac<Sha256>> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|_| Error::Bug("a key of no length"))?;
    mac.update(format!("export\n{id}\n{ends_at}").as_bytes());
    Ok(mac)
}
