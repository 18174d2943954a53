//! What meters tell beside their readings, and what customers say to it. Added, never changed.

use std::collections::BTreeMap;

use api::accounts::ServicePointId;
use api::meter_events::{EventNote, MeterEvent, MeterHappening, ReportedEvent};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Result;
use super::text::{document, document_text, placeholders};

/// An event with who told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRecord {
    /// Our id for it.
    pub id: String,
    /// The head-end; empty for the server's own key.
    pub head_end: String,
    /// The meter's number.
    pub meter: String,
    /// As it was reported.
    pub reported: ReportedEvent,
    /// When it came.
    pub arrived_at: i64,
}

/// Adds an event; false if the head-end told it before.
///
/// # Errors
/// What the database reports.
pub async fn add(db: &mut AnyConnection, event: &EventRecord) -> Result<bool> {
    let sql = "insert into meter_event (id, head_end, event_id, service_point, meter, at, kind, what, arrived_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (head_end, event_id) do nothing";
    let reported = &event.reported;
    let done = sqlx::query(sql)
        .bind(event.id.clone())
        .bind(event.head_end.clone())
        .bind(reported.id.clone())
        .bind(reported.service_point.0.clone())
        .bind(event.meter.clone())
        .bind(reported.at)
        .bind(reported.what.kind())
        .bind(document_text(&reported.what))
        .bind(event.arrived_at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// What a head-end told under an id.
///
/// # Errors
/// What the database reports.
pub async fn find_reported(
    db: &mut AnyConnection,
    head_end: &str,
    event_id: &str,
) -> Result<Option<ReportedEvent>> {
    let sql = "select service_point, at, what from meter_event where head_end = $1 and event_id = $2";
    let row: Option<(String, i64, String)> =
        sqlx::query_as(sql).bind(head_end.to_owned()).bind(event_id.to_owned()).fetch_optional(db).await?;
    row.map(|(point, at, what)| {
        let (id, service_point) = (event_id.to_owned(), ServicePointId(point));
        Ok(ReportedEvent { id, service_point, at, what: read_what(&what)? })
    })
    .transpose()
}

/// The newest `most` events of a service point with what was said to them, newest first.
///
/// # Errors
/// What the database reports.
pub async fn newest(db: &mut AnyConnection, point: &ServicePointId, most: i64) -> Result<Vec<MeterEvent>> {
    let sql =
        "select id, at, what from meter_event where service_point = $1 order by at desc, id desc limit $2";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(point.0.clone()).bind(most).fetch_all(&mut *db).await?;
    let mut notes = notes_of(db, point).await?;
    rows.into_iter()
        .map(|row| {
            let event = read(row)?;
            let notes = notes.remove(&event.id).unwrap_or_default();
            Ok(MeterEvent { notes, ..event })
        })
        .collect()
}

/// The newest event of one of these kinds.
///
/// # Errors
/// What the database reports.
pub async fn newest_of_kinds(
    db: &mut AnyConnection,
    point: &ServicePointId,
    kinds: &[&str],
) -> Result<Option<MeterEvent>> {
    let sql = format!(
        "select id, at, what from meter_event where kind in {} and service_point = ${} \
         order by at desc, id desc limit 1",
        placeholders(1, kinds.len()),
        kinds.len() + 1
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for kind in kinds {
        query = query.bind((*kind).to_owned());
    }
    let row: Option<Row> = query.bind(point.0.clone()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// An event of a service point.
///
/// # Errors
/// What the database reports.
pub async fn find(db: &mut AnyConnection, point: &ServicePointId, id: &str) -> Result<Option<MeterEvent>> {
    let sql = "select id, at, what from meter_event where service_point = $1 and id = $2";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(id.to_owned()).fetch_optional(db).await?;
    row.map(read).transpose()
}

/// Adds what the customer says to an event.
///
/// # Errors
/// What the database reports; the service point has a note of that request.
pub async fn add_note(
    db: &mut AnyConnection,
    point: &ServicePointId,
    request_id: &str,
    event: &str,
    note: &EventNote,
) -> Result<()> {
    let sql =
        "insert into event_note (service_point, request_id, event, at, words) values ($1, $2, $3, $4, $5)";
    sqlx::query(sql)
        .bind(point.0.clone())
        .bind(request_id.to_owned())
        .bind(event.to_owned())
        .bind(note.at)
        .bind(note.text.clone())
        .execute(db)
        .await?;
    Ok(())
}

/// The note of a request, with the event that it is about.
///
/// # Errors
/// What the database reports.
pub async fn find_note(
    db: &mut AnyConnection,
    point: &ServicePointId,
    request_id: &str,
) -> Result<Option<(String, EventNote)>> {
    let sql = "select event, at, words from event_note where service_point = $1 and request_id = $2";
    let row: Option<(String, i64, String)> =
        sqlx::query_as(sql).bind(point.0.clone()).bind(request_id.to_owned()).fetch_optional(db).await?;
    Ok(row.map(|(event, at, text)| (event, EventNote { at, text })))
}

/// How many notes a service point has since `since`.
///
/// # Errors
/// What the database reports.
pub async fn count_notes_since(db: &mut AnyConnection, point: &ServicePointId, since: i64) -> Result<i64> {
    let sql = "select count(*) from event_note where service_point = $1 and at >= $2";
    let (count,): (i64,) = sqlx::query_as(sql).bind(point.0.clone()).bind(since).fetch_one(db).await?;
    Ok(count)
}

async fn notes_of(
    db: &mut AnyConnection,
    point: &ServicePointId,
) -> Result<BTreeMap<String, Vec<EventNote>>> {
    let sql = "select event, at, words from event_note where service_point = $1 order by at, request_id";
    let rows: Vec<(String, i64, String)> = sqlx::query_as(sql).bind(point.0.clone()).fetch_all(db).await?;
    let mut notes: BTreeMap<String, Vec<EventNote>> = BTreeMap::new();
    for (event, at, text) in rows {
        notes.entry(event).or_default().push(EventNote { at, text });
    }
    Ok(notes)
}

type Row = (String, i64, String);

fn read((id, at, what): Row) -> Result<MeterEvent> {
    Ok(MeterEvent { id, at, what: read_what(&what)?, notes: Vec::new() })
}

fn read_what(what: &str) -> Result<MeterHappening> {
    document(what, "meter event")
}
