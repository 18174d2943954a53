//! What head-ends are asked to do to meters, and their word that it was done. Added, never changed.

use api::accounts::ServicePointId;
use api::commands::{Command, PostAcknowledgement};
use sqlx::AnyConnection;

use super::Result;
use super::text::{document, document_text, word};

/// Adds a command.
///
/// # Errors
/// What the database reports.
pub async fn add(db: &mut AnyConnection, command: &Command) -> Result<()> {
    let sql =
        "insert into command (id, service_point, meter, asked_at, command_order) values ($1, $2, $3, $4, $5)";
    sqlx::query(sql)
        .bind(command.id.clone())
        .bind(command.service_point.0.clone())
        .bind(command.meter.clone())
        .bind(command.asked_at)
        .bind(document_text(&command.order))
        .execute(db)
        .await?;
    Ok(())
}

/// The first `most` commands without an acknowledgement for the meters of a head-end, and for those that take the word
/// of any, in order. The server's own key, ``, has the latter alone.
///
/// # Errors
/// What the database reports.
pub async fn waiting(db: &mut AnyConnection, head_end: &str, most: i64) -> Result<Vec<Command>> {
    let sql = "select c.id, c.service_point, c.meter, c.asked_at, c.command_order from command c \
               left join meter_head_end h on h.meter = c.meter \
               left join command_acknowledgement a on a.command = c.id \
               where a.command is null and coalesce(h.head_end, $1) = $1 order by c.id limit $2";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(head_end.to_owned()).bind(most).fetch_all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The first `most` commands without an acknowledgement, each with the head-end of its meter, in order.
///
/// # Errors
/// What the database reports.
pub async fn all_waiting(db: &mut AnyConnection, most: i64) -> Result<Vec<(Option<String>, Command)>> {
    let sql = "select c.id, c.service_point, c.meter, c.asked_at, c.command_order, h.head_end from command c \
               left join meter_head_end h on h.meter = c.meter \
               left join command_acknowledgement a on a.command = c.id where a.command is null \
               order by c.id limit $1";
    let rows: Vec<(String, String, String, i64, String, Option<String>)> =
        sqlx::query_as(sql).bind(most).fetch_all(db).await?;
    rows.into_iter()
        .map(|(id, point, meter, asked_at, order, head_end)| {
            Ok((head_end, read((id, point, meter, asked_at, order))?))
        })
        .collect()
}

/// A command, whether it was acknowledged or not.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, id: &str) -> Result<Option<Command>> {
    let sql = "select id, service_point, meter, asked_at, command_order from command where id = $1";
    let row: Option<Row> = sqlx::query_as(sql).bind(id.to_owned()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// Keeps an acknowledgement; the first one stays.
///
/// # Errors
/// What the database reports; there is no such command.
pub async fn acknowledge(
    db: &mut AnyConnection,
    head_end: &str,
    acknowledgement: &PostAcknowledgement,
    now: i64,
) -> Result<()> {
    let sql = "insert into command_acknowledgement (command, head_end, at, result, arrived_at) \
               values ($1, $2, $3, $4, $5) on conflict (command) do nothing";
    sqlx::query(sql)
        .bind(acknowledgement.command.clone())
        .bind(head_end.to_owned())
        .bind(acknowledgement.at)
        .bind(word(&acknowledgement.result))
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

type Row = (String, String, String, i64, String);

fn read((id, point, meter, asked_at, order): Row) -> Result<Command> {
    let order = document(&order, "command")?;
    Ok(Command { id, service_point: ServicePointId(point), meter, asked_at, order })
}
