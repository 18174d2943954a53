//! Clearance certificates, and who a holder is before the government's bodies.

use api::accounts::AccountId;
use api::certificates::{Certificate, CertificateKind};
use billing::standing::Residency;
use sqlx::AnyConnection;

use super::Result;
use super::text::{day, value, word};

type Row = (String, String, String, i64);

/// An account's certificates, newest first.
///
/// # Errors
/// What the database reports.
pub async fn of_account(db: &mut AnyConnection, account: &AccountId) -> Result<Vec<Certificate>> {
    let sql = "select code, kind, issued_on, issued_at from certificate where account = $1 \
               order by issued_at desc, code";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(account.0.clone()).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The certificate of a request.
///
/// # Errors
/// What the database reports.
pub async fn find_request(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
) -> Result<Option<Certificate>> {
    let sql =
        "select code, kind, issued_on, issued_at from certificate where account = $1 and request_id = $2";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(request_id.to_owned()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// The certificate of a code, and its account.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, code: &str) -> Result<Option<(AccountId, Certificate)>> {
    let sql = "select account, code, kind, issued_on, issued_at from certificate where code = $1";
    let row: Option<(String, String, String, String, i64)> =
        sqlx::query_as(sql).bind(code.to_owned()).fetch_optional(db).await?;
    let read = |(account, code, kind, on, at)| Ok((AccountId(account), read((code, kind, on, at))?));
    row.map(read).transpose()
}

/// Adds a certificate.
///
/// # Errors
/// What the database reports; the account has one of that request.
pub async fn add(
    db: &mut AnyConnection,
    account: &AccountId,
    request_id: &str,
    certificate: &Certificate,
) -> Result<()> {
    let sql = "insert into certificate (code, account, request_id, kind, issued_on, issued_at) \
               values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(certificate.code.clone())
        .bind(account.0.clone())
        .bind(request_id.to_owned())
        .bind(word(&certificate.kind))
        .bind(word(&certificate.issued_on))
        .bind(certificate.issued_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether the bank has not yet said how a payment for the account ended.
///
/// # Errors
/// What the database reports.
pub async fn waits_for_bank(db: &mut AnyConnection, account: &AccountId) -> Result<bool> {
    let sql = "select count(*) from payment p where p.account = $1 \
               and not exists (select 1 from payment_end e where e.payment = p.id)";
    let (open,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).fetch_one(db).await?;
    Ok(open > 0)
}

/// Who a holder is.
///
/// # Errors
/// What the database reports; there is no such holder.
pub async fn residency(db: &mut AnyConnection, holder: &str) -> Result<Residency> {
    let sql = "select citizen, company from holder where id = $1";
    let (citizen, company): (i64, i64) = sqlx::query_as(sql).bind(holder.to_owned()).fetch_one(db).await?;
    Ok(match (company > 0, citizen > 0) {
        (true, _) => Residency::Company,
        (false, true) => Residency::Citizen,
        (false, false) => Residency::NonCitizen,
    })
}

fn read((code, kind, on, issued_at): Row) -> Result<Certificate> {
    let kind: CertificateKind = value(kind, "kind of a certificate")?;
    Ok(Certificate { code, kind, issued_on: day(&on)?, issued_at })
}
