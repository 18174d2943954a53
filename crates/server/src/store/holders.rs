//! Holders: those who sign in.

use billing::finding::Message;
use sqlx::AnyConnection;

use super::Result;

/// Adds a holder.
///
/// # Errors
/// What the database reports; a holder of that id exists.
pub async fn add(db: &mut AnyConnection, id: &str, name: &Message) -> Result<()> {
    sqlx::query("insert into holder (id, name_ar, name_en) values ($1, $2, $3)")
        .bind(id.to_owned())
        .bind(name.ar.clone())
        .bind(name.en.clone())
        .execute(db)
        .await?;
    Ok(())
}

/// The holder's name.
///
/// # Errors
/// What the database reports.
pub async fn find_name(db: &mut AnyConnection, id: &str) -> Result<Option<Message>> {
    let row: Option<(String, String)> = sqlx::query_as("select name_ar, name_en from holder where id = $1")
        .bind(id.to_owned())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|(ar, en)| Message { ar, en }))
}
