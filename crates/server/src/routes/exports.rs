//! Files behind links, written while they are sent: what is held does not grow with the file.

use std::collections::VecDeque;
use std::io;

use api::accounts::Commodity;
use api::exports::{ExportKind, ExportLink, PostExport};
use api::problem::ApiError;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use billing::number::Number;
use billing::period::date_text;
use futures_util::stream;

use super::overview::today;
use super::path::PathParts;
use crate::actions::make_export::{make_export, open_export};
use crate::actions::registers::{ReadSpan, read_spans};
use crate::auth::HolderAccount;
use crate::body::Json;
use crate::calendar::{DAY_S, midnight};
use crate::error::{Error, Result, log_fault};
use crate::export::csv::{BILL_NAMES, READING_NAMES, ReadingLine, bill_line, reading_line};
use crate::export::green_button::Feed;
use crate::state::AppState;
use crate::store::accounts::{self, PointRecord};
use crate::store::exports::ExportRecord;
use crate::store::{bills, intervals};

/// Intervals of one piece: about a quarter of a megabyte.
const INTERVALS_AT_ONCE: i64 = 2_000;
/// More than a century of bills.
const ALL_BILLS: i64 = 1_300;

/// Makes a link.
pub async fn post_export(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    Json(post): Json<PostExport>,
) -> Result<axum::Json<ExportLink>> {
    Ok(axum::Json(make_export(&app.store, app.clock.now(), &account, &post).await?))
}

/// Sends the file of a link.
pub async fn get_export(State(app): State<AppState>, path: PathParts) -> Result<Response> {
    let now = app.clock.now();
    let export = open_export(&app.store, now, &path.get("token")).await?;
    let mut db = app.store.read().await?;
    let account = accounts::find(&mut db, &export.account).await?.ok_or(ApiError::LinkUnknown)?;
    let day = date_text(today(now, account.utc_offset_s)?);
    let (kind, name) = match export.kind {
        ExportKind::BillsCsv => ("text/csv; charset=utf-8", format!("adad-bills-{day}.csv")),
        ExportKind::ReadingsCsv => ("text/csv; charset=utf-8", format!("adad-readings-{day}.csv")),
        ExportKind::GreenButton => ("application/atom+xml", format!("adad-green-button-{day}.xml")),
    };
    let mut points = accounts::points(&mut db, &export.account).await?;
    points.retain(|point| export.service_point.as_ref().is_none_or(|id| *id == point.id));
    drop(db);
    let file =
        File { app, export, points: points.into(), after: i64::MIN, feed: None, begun: false, over: false };
    let pieces = stream::unfold(file, |mut file| async move {
        let piece = file.next().await.transpose()?;
        let piece = piece.map_err(|error| {
            file.over = true;
            log_fault(&error.to_string());
            io::Error::other("the file could not be written to its end")
        });
        Some((piece, file))
    });
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|_| Error::Bug("a file's name that is no header"))?;
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// How far a file is written.
struct File {
    app: AppState,
    export: ExportRecord,
    /// The service points that are left, the one at work first.
    points: VecDeque<PointRecord>,
    /// The start of the last interval written of it.
    after: i64,
    feed: Option<Feed>,
    begun: bool,
    over: bool,
}

impl File {
    /// The next piece; none at the end.
    async fn next(&mut self) -> Result<Option<String>> {
        if self.over {
            return Ok(None);
        }
        match self.export.kind {
            ExportKind::BillsCsv => self.bills().await.map(Some),
            ExportKind::ReadingsCsv => self.readings().await,
            ExportKind::GreenButton => self.green_button().await.map(Some),
        }
    }

    async fn bills(&mut self) -> Result<String> {
        self.over = true;
        let mut db = self.app.store.read().await?;
        let today = today(self.app.clock.now(), crate::demo::UTC_OFFSET_S)?;
        let bills = bills::newest(&mut db, &self.export.account, today, ALL_BILLS).await?;
        let (from, to) = (self.export.from, self.export.to);
        let asked = bills.iter().rev().filter(|bill| {
            from.is_none_or(|from| bill.issued_on >= from) && to.is_none_or(|to| bill.issued_on <= to)
        });
        Ok(BILL_NAMES.to_owned() + &asked.map(bill_line).collect::<String>())
    }

    async fn readings(&mut self) -> Result<Option<String>> {
        if !self.begun {
            self.begun = true;
            return Ok(Some(READING_NAMES.to_owned()));
        }
        let Some(point) = self.points.front().cloned() else { return Ok(None) };
        let lines = match point.commodity {
            Commodity::Electricity => self.intervals(&point).await?,
            Commodity::Water => Vec::new(),
        };
        if !lines.is_empty() {
            let line = |interval: &intervals::Interval| ReadingLine {
                start: interval.start,
                end: interval.end(),
                registers: None,
                usage: Number::from_millionths(interval.usage),
                quality: interval.quality,
            };
            return Ok(Some(lines.iter().map(|one| reading_line(&point, &line(one))).collect()));
        }
        let lines = if self.after == i64::MIN { self.by_register(&point).await? } else { String::new() };
        self.points.pop_front();
        self.after = i64::MIN;
        Ok(Some(lines))
    }

    /// From reading to reading (BIL-3), for a meter that has no intervals.
    async fn by_register(&self, point: &PointRecord) -> Result<String> {
        let spans = read_spans(&mut *self.app.store.read().await?, point, self.instants(point)).await?;
        let line = |span: &ReadSpan| {
            let line = ReadingLine {
                start: span.from.at,
                end: span.to.at,
                registers: Some((span.from.register, span.to.register)),
                usage: span.usage,
                quality: span.to.quality,
            };
            reading_line(&span.point, &line)
        };
        Ok(spans.iter().map(line).collect())
    }

    async fn green_button(&mut self) -> Result<String> {
        let point = self.points.front().cloned().ok_or(Error::Bug("a file without its service point"))?;
        let now = self.app.clock.now();
        let Some(mut feed) = self.feed.take() else {
            let feed = self.feed.insert(Feed::new(&point, now));
            return Ok(feed.head(&point));
        };
        let intervals = self.intervals(&point).await?;
        self.over = intervals.is_empty();
        let text = if self.over { feed.tail() } else { feed.readings(&intervals) };
        self.feed = Some(feed);
        Ok(text)
    }

    async fn intervals(&mut self, point: &PointRecord) -> Result<Vec<intervals::Interval>> {
        let (from, to) = self.instants(point);
        let after = self.after.max(from.saturating_sub(1));
        let mut db = self.app.store.read().await?;
        let next = intervals::between(&mut db, &point.id, after, to, INTERVALS_AT_ONCE).await?;
        self.after = next.last().map_or(self.after, |last| last.start);
        Ok(next)
    }

    /// The first second, and the first after the last.
    fn instants(&self, point: &PointRecord) -> (i64, i64) {
        let midnight = |day: billing::period::Day| midnight(day.0, point.utc_offset_s);
        (self.export.from.map_or(0, midnight), self.export.to.map_or(i64::MAX, |to| midnight(to) + DAY_S))
    }
}
