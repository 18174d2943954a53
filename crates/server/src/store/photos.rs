//! Photos of meters.

use api::accounts::AccountId;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sqlx::AnyConnection;

use super::{Result, StoreError};
use crate::photo::KeptPhoto;

/// Keeps a photo.
///
/// # Errors
/// What the database reports.
pub async fn add(
    db: &mut AnyConnection,
    id: &str,
    account: &AccountId,
    taken_at: i64,
    photo: &KeptPhoto,
) -> Result<()> {
    let sql =
        "insert into photo (id, account, taken_at, width, height, picture) values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(id.to_owned())
        .bind(account.0.clone())
        .bind(taken_at)
        .bind(i64::from(photo.width))
        .bind(i64::from(photo.height))
        .bind(STANDARD.encode(&photo.jpeg))
        .execute(db)
        .await?;
    Ok(())
}

/// The JPEG of an account's photo.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, account: &AccountId, id: &str) -> Result<Option<Vec<u8>>> {
    let sql = "select picture from photo where account = $1 and id = $2";
    let row: Option<(String,)> =
        sqlx::query_as(sql).bind(account.0.clone()).bind(id.to_owned()).fetch_optional(db).await?;
    row.map(|(picture,)| STANDARD.decode(picture).map_err(|_| StoreError::Damaged("photo"))).transpose()
}

/// How many photos an account handed over since `since`.
///
/// # Errors
/// What the database reports.
pub async fn count_since(db: &mut AnyConnection, account: &AccountId, since: i64) -> Result<i64> {
    let sql = "select count(*) from photo where account = $1 and taken_at >= $2";
    let (count,): (i64,) = sqlx::query_as(sql).bind(account.0.clone()).bind(since).fetch_one(db).await?;
    Ok(count)
}

/// The JPEG of a photo that belongs to a complaint or proves a need, whose ever it is.
///
/// # Errors
/// What the database reports.
pub async fn find_of_case(db: &mut AnyConnection, id: &str) -> Result<Option<Vec<u8>>> {
    let sql = "select picture from photo where id = $1 \
               and (exists (select 1 from complaint_photo c where c.photo = photo.id) \
               or exists (select 1 from dire_need n where n.proof = photo.id))";
    let row: Option<(String,)> = sqlx::query_as(sql).bind(id.to_owned()).fetch_optional(db).await?;
    row.map(|(picture,)| STANDARD.decode(picture).map_err(|_| StoreError::Damaged("photo"))).transpose()
}
