//! Clearance certificates (SRV-3): issued where nothing is owed, checked by anybody.

use api::accounts::Country;
use api::case_refusal::CaseRefusal;
use api::certificates::{Certificate, CertificateKind, CheckedCertificate, PostCertificate};
use api::problem::ApiError;
use billing::money::Money;
use billing::period::Day;
use sqlx::AnyConnection;

use super::plans::check_length;
use crate::calendar::civil_day;
use crate::error::{Error, Result};
use crate::secrets;
use crate::store::accounts::AccountRecord;
use crate::store::{Store, accounts, certificates, holders, ledger, receipts};

/// Digits of a certificate's code: 128 random bits.
const CODE_DIGITS: usize = 32;

/// Issues a certificate, once for each request.
///
/// # Errors
/// [`CaseRefusal::DuesOutstanding`] while anything is owed, due or not; [`CaseRefusal::PaymentUnsettled`] while the bank has
/// not answered about a payment; [`ApiError::NotFound`] outside Kuwait.
pub async fn issue(
    store: &Store,
    now: i64,
    account: &AccountRecord,
    post: &PostCertificate,
) -> Result<Certificate> {
    check_length(&post.request_id, 64, "/request_id")?;
    if account.summary.country != Country::Kw {
        return Err(ApiError::NotFound.into());
    }
    let mut record = store.begin().await?;
    let id = &account.summary.id;
    ledger::lock(&mut record, id).await?;
    if let Some(known) = certificates::find_request(&mut record, id, &post.request_id).await? {
        let same = known.kind == post.kind;
        return if same { Ok(known) } else { Err(ApiError::RepeatConflict.into()) };
    }
    let covered = match post.kind {
        CertificateKind::Facility => vec![account.clone()],
        CertificateKind::General => accounts::of_holder(&mut record, &account.holder).await?,
    };
    nothing_owed(&mut record, &covered).await?;
    let mut code = secrets::token()?;
    code.truncate(CODE_DIGITS);
    let issued_on = Day(civil_day(now, account.utc_offset_s)?);
    let certificate = Certificate { code, kind: post.kind, issued_on, issued_at: now };
    certificates::add(&mut record, id, &post.request_id, &certificate).await?;
    record.commit().await?;
    Ok(certificate)
}

/// Of accounts in another country no certificate speaks.
async fn nothing_owed(record: &mut AnyConnection, covered: &[AccountRecord]) -> Result<()> {
    let mut owed = None;
    for account in covered.iter().filter(|account| account.summary.country == Country::Kw) {
        let id = &account.summary.id;
        if certificates::waits_for_bank(record, id).await? {
            return Err(ApiError::Case(CaseRefusal::PaymentUnsettled).into());
        }
        let due = receipts::due(record, id, account.summary.currency).await?;
        let before = owed.map_or(0, Money::minor);
        owed = Some(Money::from_minor(before + due.minor(), due.currency()));
    }
    match owed.filter(|owed| owed.minor() > 0) {
        Some(amount) => Err(ApiError::Case(CaseRefusal::DuesOutstanding { amount }).into()),
        None => Ok(()),
    }
}

/// What the certificate of a code says.
///
/// # Errors
/// [`CaseRefusal::CertificateUnknown`].
pub async fn check(db: &mut AnyConnection, code: &str) -> Result<CheckedCertificate> {
    let unknown = || Error::from(ApiError::Case(CaseRefusal::CertificateUnknown));
    let (id, certificate) = certificates::find(db, code).await?.ok_or_else(unknown)?;
    let account = accounts::find(db, &id).await?.ok_or(Error::Bug("a certificate without its account"))?;
    let holder = holders::find_name(db, &account.holder).await?;
    let of_facility = certificate.kind == CertificateKind::Facility;
    Ok(CheckedCertificate {
        kind: certificate.kind,
        issued_on: certificate.issued_on,
        holder: holder.ok_or(Error::Bug("an account without its holder"))?,
        property: of_facility.then_some(account.summary.property),
        account: of_facility.then_some(id),
    })
}
