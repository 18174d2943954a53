//! Takes interval readings from a head-end: each is judged alone, and what can be right is kept.

use std::collections::BTreeMap;

use api::accounts::{AccountId, Commodity, MeterKind, Quality, ServicePointId};
use api::batches::{ItemFault, MOST_ITEMS, RefusedItem};
use api::problem::ApiError;
use api::readings::{IntervalReading, ReadingsTaken};
use words::batches::refused_item;

use crate::auth::HeadEnd;
use crate::error::Result;
use crate::plausible::{Present, Reported, Terms};
use crate::state::AppState;
use crate::store::accounts::{self, PointRecord};
use crate::store::head_ends::{self, Reporting};
use crate::store::interval_findings::{self, IntervalFinding};
use crate::store::intervals::{self, Interval, Origin, Part, Standing};

/// An item of a batch, or the JSON pointer at what could not be read of it.
pub type Item<T> = Result<T, String>;

/// Takes what can be right of a batch; the rest is answered by its index. Taking the same again changes nothing.
///
/// # Errors
/// [`ApiError::ServerBusy`] when too much waits to be written, [`ApiError::ValueInvalid`] for more than
/// [`MOST_ITEMS`]; what the record reports.
pub async fn take_readings(
    app: &AppState,
    head_end: &HeadEnd,
    items: &[Item<IntervalReading>],
) -> Result<ReadingsTaken> {
    if items.len() > MOST_ITEMS {
        return Err(ApiError::ValueInvalid { field: "/readings".into() }.into());
    }
    let _place = app.intake.enter()?;
    let ids = items.iter().filter_map(|item| item.as_ref().ok()).map(|reading| &reading.service_point);
    let known = Known::of(app, ids).await?;
    let mut batch = Batch::judged(
        &known,
        head_end,
        Present { now: app.clock.now(), ahead_s: app.limits.ahead_s },
        items,
    )?;
    if !batch.parts.is_empty() || !batch.findings.is_empty() {
        let mut record = app.store.begin().await?;
        let standings = intervals::add_all(&mut record, &batch.parts, Origin::HeadEnd).await?;
        batch.settle(&standings);
        interval_findings::add(&mut record, &head_end.name, app.clock.now(), &batch.findings).await?;
        record.commit().await?;
    }
    for part in &batch.parts {
        if let Some((point, _)) = known.0.get(&part.point) {
            app.hub.tell(&point.account);
        }
    }
    batch.taken.refused.sort_by_key(|refused| refused.index);
    Ok(batch.taken)
}

/// MET-6: only a digital electricity meter speaks by itself.
#[must_use]
pub fn reports_by_itself(point: &PointRecord) -> bool {
    point.meter.kind == MeterKind::Digital && point.commodity == Commodity::Electricity
}

/// The service points that a batch names, with what is known of their meters.
pub struct Known(BTreeMap<ServicePointId, (PointRecord, Reporting)>);

impl Known {
    /// Those of `ids` that exist.
    ///
    /// # Errors
    /// What the record reports.
    pub async fn of(app: &AppState, ids: impl Iterator<Item = &ServicePointId>) -> Result<Self> {
        // PostgreSQL keeps no zero byte in a text, so no id has one.
        let mut ids: Vec<ServicePointId> = ids.filter(|id| !id.0.contains('\0')).cloned().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut db = app.store.read().await?;
        let points = accounts::find_points(&mut db, &ids).await?;
        let mut reporting = head_ends::reporting(&mut db, &ids).await?;
        let both =
            |(id, point): (ServicePointId, PointRecord)| Some((id.clone(), (point, reporting.remove(&id)?)));
        Ok(Self(points.into_iter().filter_map(both).collect()))
    }

    /// The meter of a service point.
    #[must_use]
    pub fn meter(&self, id: &ServicePointId) -> Option<Reported<'_>> {
        self.0.get(id).map(|(point, reporting)| Reported { point, reporting })
    }

    /// Whose a service point is.
    #[must_use]
    pub fn account(&self, id: &ServicePointId) -> Option<&AccountId> {
        self.0.get(id).map(|(point, _)| &point.account)
    }
}

/// A batch on its way into the record.
struct Batch {
    parts: Vec<Part>,
    /// The place in the batch of each interval of each part.
    places: Vec<Vec<usize>>,
    findings: Vec<IntervalFinding>,
    taken: ReadingsTaken,
}

impl Batch {
    fn judged(
        known: &Known,
        head_end: &HeadEnd,
        present: Present,
        items: &[Item<IntervalReading>],
    ) -> Result<Self> {
        let terms = Terms::load()?;
        let mut batch = Self {
            parts: Vec::new(),
            places: Vec::new(),
            findings: Vec::new(),
            taken: ReadingsTaken::default(),
        };
        let mut part_of: BTreeMap<&ServicePointId, usize> = BTreeMap::new();
        for (place, item) in items.iter().enumerate() {
            let reading = match item {
                Ok(reading) => reading,
                Err(field) => {
                    batch.taken.refused.push(refused(place, &ItemFault::Malformed { field: field.clone() }));
                    continue;
                }
            };
            match Terms::check_meter(known.meter(&reading.service_point), &head_end.name) {
                Err(fault) => batch.taken.refused.push(refused(place, &fault)),
                Ok(meter) => match terms.check_reading(meter, present, reading) {
                    Err(fault) => batch.refuse(place, reading, &fault),
                    Ok(()) => {
                        let at = *part_of.entry(&reading.service_point).or_insert(batch.parts.len());
                        batch.add(at, place, meter.point, reading);
                    }
                },
            }
        }
        Ok(batch)
    }

    fn add(&mut self, at: usize, place: usize, point: &PointRecord, reading: &IntervalReading) {
        if at == self.parts.len() {
            let (point, utc_offset_s) = (point.id.clone(), point.utc_offset_s);
            self.parts.push(Part { point, utc_offset_s, intervals: Vec::new() });
            self.places.push(Vec::new());
        }
        let usage = reading.usage.millionths();
        let interval =
            Interval { start: reading.start, seconds: reading.seconds, usage, quality: Quality::Actual };
        self.parts[at].intervals.push(interval);
        self.places[at].push(place);
    }

    /// Of a meter that is the head-end's own, what was wrong is kept too.
    fn refuse(&mut self, place: usize, reading: &IntervalReading, fault: &ItemFault) {
        self.taken.refused.push(refused(place, fault));
        self.findings.push(IntervalFinding {
            service_point: reading.service_point.clone(),
            start: reading.start,
            kind: fault.code().trim_start_matches("item-"),
            detail: reading.usage.millionths(),
        });
    }

    /// Counts what became of the intervals, and finds gaps and overlaps among them.
    fn settle(&mut self, standings: &[Vec<Standing>]) {
        for ((part, places), standings) in self.parts.iter().zip(&self.places).zip(standings) {
            for ((interval, place), standing) in part.intervals.iter().zip(places).zip(standings) {
                let found = |kind, detail| IntervalFinding {
                    service_point: part.point.clone(),
                    start: interval.start,
                    kind,
                    detail,
                };
                match *standing {
                    Standing::New { gap_s } => {
                        self.taken.kept.added += 1;
                        self.findings.extend((gap_s > 0).then(|| found("gap", gap_s)));
                    }
                    Standing::Repeated => self.taken.kept.repeated += 1,
                    Standing::Conflicting => {
                        self.taken.kept.conflicting += 1;
                        self.taken.refused.push(refused(*place, &ItemFault::Overlaps));
                        self.findings.push(found("overlaps", interval.usage));
                    }
                }
            }
        }
    }
}

fn refused(place: usize, fault: &ItemFault) -> RefusedItem {
    refused_item("/readings", place, fault)
}
