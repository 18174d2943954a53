//! The living meter: server-sent events that continue after any break without loss.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use api::accounts::AccountId;
use api::alerts::Alert;
use api::live::LiveReading;
use api::problem::ApiError;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use billing::fraction::Fraction;
use billing::number::Number;
use futures_util::stream::{self, Stream};
use sqlx::AnyConnection;

use crate::actions::issue_bill::day_of_issue;
use crate::actions::take_readings::reports_by_itself;
use crate::auth::HolderAccount;
use crate::calendar::{DAY_S, date_of, day_number, number_of, period_of};
use crate::error::{Error, Result, log_fault};
use crate::hub::Follower;
use crate::state::AppState;
use crate::store::accounts::{self, PointRecord};
use crate::store::alerts;
use crate::store::daily_use;
use crate::store::intervals::{self, Arrival, Interval};
use crate::store::spans::{self, SpanUse};

/// Streams of one account at a time: a household's devices, not a flood.
const MOST_FOLLOWERS: usize = 32;
/// Arrivals that are fetched at once; a slow reader holds no more than these.
const AT_ONCE: i64 = 50;
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Another process may add readings without telling this one's hub.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
const LAST_EVENT_ID: &str = "last-event-id";

/// Answers with the stream. It begins with the newest reading of each meter, or after `Last-Event-ID`.
pub async fn follow(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let account = account.summary.id;
    if app.hub.followers(&account) >= MOST_FOLLOWERS {
        return Err(ApiError::ServerBusy.into());
    }
    let follower = app.hub.follow(&account);
    let mut db = app.store.read().await?;
    let mut points = accounts::points(&mut db, &account).await?;
    points.retain(reports_by_itself);
    let mut feed = Feed { account, follower, points, last: 0, waiting: VecDeque::new(), app: app.clone() };
    match last_event_id(&headers)? {
        Some(last) => feed.last = last,
        None => feed.begin(&mut db).await?,
    }
    let events = stream::unfold(feed, |mut feed| async { feed.next().await.map(|event| (Ok(event), feed)) });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// A span as the portal shows it: with its power and the sums it brings.
pub async fn live_reading(
    db: &mut AnyConnection,
    point: &PointRecord,
    interval: &Interval,
) -> Result<LiveReading> {
    let (first, today) = open_days(point, interval)?;
    let midnight = today * DAY_S - point.utc_offset_s;
    let since_midnight = spans::sum_of_intervals(db, &point.id, midnight, interval.start).await?;
    let before = daily_use::sum(db, &point.id, first, today - 1).await?;
    with_sums(point, interval, since_midnight, before)
}

/// The newest span, whose sums are those of the days.
pub(super) fn newest_reading(
    point: &PointRecord,
    interval: &Interval,
    days: &[SpanUse],
) -> Result<LiveReading> {
    let (first, today) = open_days(point, interval)?;
    let sum = |first, last| {
        days.iter().filter(|day| (first..=last).contains(&day.number)).map(|day| day.usage).sum::<i64>()
    };
    with_sums(point, interval, sum(today, today), sum(first, today - 1))
}

/// The first day of the period in which a span begins, and that span's own.
fn open_days(point: &PointRecord, interval: &Interval) -> Result<(i64, i64)> {
    let today = day_number(interval.start, point.utc_offset_s);
    let date = date_of(today).ok_or(Error::Bug("an interval beyond the calendar"))?;
    Ok((number_of(period_of(date, day_of_issue()?).first()), today))
}

fn with_sums(point: &PointRecord, interval: &Interval, today: i64, before: i64) -> Result<LiveReading> {
    Ok(LiveReading {
        service_point: point.id.clone(),
        start: interval.start,
        seconds: interval.seconds,
        usage: Number::from_millionths(interval.usage),
        power_watts: power_watts(interval)?,
        today: Number::from_millionths(today),
        period: Number::from_millionths(before + today),
    })
}

/// A kWh is 3,600,000 watt-seconds.
fn power_watts(interval: &Interval) -> Result<Number> {
    let watt_seconds = Fraction::from_millionths(interval.usage).times(Fraction::count(3_600_000))?;
    Ok(watt_seconds.divided_by(Fraction::count(i64::from(interval.seconds)))?.to_number()?)
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<i64>, ApiError> {
    let Some(id) = headers.get(LAST_EVENT_ID) else { return Ok(None) };
    let number = id.to_str().ok().and_then(|id| id.parse().ok()).filter(|id| *id >= 0);
    number.map(Some).ok_or_else(|| ApiError::ValueInvalid { field: LAST_EVENT_ID.to_owned() })
}

/// One follower's place in the record. It fetches when the caller reads, so a slow caller costs nothing but its place.
struct Feed {
    app: AppState,
    account: AccountId,
    follower: Follower,
    points: Vec<PointRecord>,
    last: i64,
    waiting: VecDeque<Event>,
}

impl Feed {
    /// Begins with the newest reading of each meter, at the present place.
    async fn begin(&mut self, db: &mut AnyConnection) -> Result<()> {
        self.last = alerts::newest_sequence(db, &self.account).await?;
        for point in &self.points {
            self.last = self.last.max(intervals::newest_sequence(db, &point.id).await?);
        }
        for point in &self.points {
            if let Some(newest) = intervals::newest(db, &point.id).await? {
                let reading = live_reading(db, point, &newest.interval).await?;
                self.waiting.push_back(event(self.last, &reading));
            }
        }
        Ok(())
    }

    /// The next event; none when the server stops, or cannot read the record: then the caller comes again.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            self.follower.look();
            if let Err(error) = self.fetch().await {
                log_fault(&error.to_string());
                return None;
            }
            if self.waiting.is_empty() {
                let told = tokio::time::timeout(LOOK_AGAIN, self.follower.wait()).await;
                if told == Ok(false) {
                    return None;
                }
            }
        }
    }

    async fn fetch(&mut self) -> Result<()> {
        let mut db = self.app.store.read().await?;
        // What arrives between the questions below is left for the next look: else a later one of one meter would hide
        // an earlier one of another for ever. Whoever takes a number holds the next ones back until it is committed.
        let until = intervals::newest_number(&mut db).await?;
        let mut news: Vec<(i64, News)> = Vec::new();
        for (at, point) in self.points.iter().enumerate() {
            let new = intervals::after(&mut db, &point.id, self.last, AT_ONCE).await?;
            news.extend(new.into_iter().map(|arrival| (arrival.sequence, News::Reading(at, arrival))));
        }
        let told = alerts::after(&mut db, &self.account, self.last, AT_ONCE).await?;
        news.extend(told.into_iter().map(|(sequence, alert)| (sequence, News::Alert(alert))));
        news.retain(|(sequence, _)| *sequence <= until);
        news.sort_by_key(|(sequence, _)| *sequence);
        // Of several meters each brought its first ones; beyond this many, a later fetch must fill in the others.
        news.truncate(usize::try_from(AT_ONCE).unwrap_or(usize::MAX));
        for (sequence, new) in news {
            let event = match new {
                News::Reading(at, arrival) => {
                    event(sequence, &live_reading(&mut db, &self.points[at], &arrival.interval).await?)
                }
                News::Alert(alert) => alert_event(sequence, &alert),
            };
            self.last = sequence;
            self.waiting.push_back(event);
        }
        Ok(())
    }
}

/// What a follower is told, in one order.
enum News {
    /// Of the meter at that place.
    Reading(usize, Arrival),
    Alert(Alert),
}

fn alert_event(id: i64, alert: &Alert) -> Event {
    let data = serde_json::to_string(alert).unwrap_or_default();
    Event::default().id(id.to_string()).event("alert").data(data)
}

fn event(id: i64, reading: &LiveReading) -> Event {
    let data = serde_json::to_string(reading).unwrap_or_default();
    Event::default().id(id.to_string()).event("reading").data(data)
}
