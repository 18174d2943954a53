//! Decides which readings are summed, and puts those in order.

use std::collections::BTreeMap;

use crate::collected::{Block, Collected, RawReading, ReadingType};
use crate::error::GreenButtonError;
use crate::links::TypeIndex;
use crate::meter_file::{Conflict, Gap, Interval, MeterFile, NotSummed, OtherType};
use crate::number::{LAST_INSTANT, Place, to_micro};

/// ESPI's code for watt-hours.
const WATT_HOUR: u32 = 72;

pub(crate) fn assemble(collected: Collected) -> Result<MeterFile, GreenButtonError> {
    let index = TypeIndex::new(&collected);
    let mut others = Others::default();
    for (_, reading_type) in &collected.types {
        if let Some(reason) = not_summed(*reading_type) {
            others.declare(reason, *reading_type);
        }
    }
    let types: Vec<_> = collected.blocks.iter().map(|block| index.find(*block, &collected)).collect();
    let mut series = Series::default();
    for reading in &collected.readings {
        let (Some(block), Some(found)) = (collected.blocks.get(reading.block), types.get(reading.block))
        else {
            continue;
        };
        let Some(reading_type) = *found else {
            others.count(NotSummed::Undetermined, ReadingType::default());
            continue;
        };
        if let Some(reason) = not_summed(reading_type) {
            others.count(reason, reading_type);
            continue;
        }
        let interval = interval(reading, *block, reading_type)?;
        if interval.usage_micro < 0 {
            others.count(NotSummed::Negative, reading_type);
        } else {
            series.add(interval);
        }
    }
    series.finish(others, &collected)
}

/// Why readings of this type are not summed, or nothing if they are.
fn not_summed(reading_type: ReadingType) -> Option<NotSummed> {
    if reading_type.uom != Some(WATT_HOUR) {
        Some(NotSummed::Unit)
    } else if !matches!(reading_type.flow_direction, None | Some(0 | 1)) {
        Some(NotSummed::Direction)
    } else if !matches!(reading_type.accumulation, None | Some(0 | 4)) {
        Some(NotSummed::Accumulation)
    } else {
        None
    }
}

fn interval(
    reading: &RawReading,
    block: Block,
    reading_type: ReadingType,
) -> Result<Interval, GreenButtonError> {
    let place = |element| Place { element, position: reading.position };
    let stated = Some(reading.seconds).filter(|seconds| *seconds > 0);
    let seconds = stated
        .or(reading_type.interval_seconds.filter(|seconds| *seconds > 0))
        .or(block.seconds.filter(|seconds| *seconds > 0))
        .ok_or(GreenButtonError::Missing { element: "duration", position: reading.position })?;
    let multiplier = reading_type.multiplier.unwrap_or(0);
    let usage_micro = to_micro(reading.value, multiplier, place("value"))?;
    let interval = Interval { start: reading.start, seconds, usage_micro, quality: reading.quality };
    if interval.end() > LAST_INSTANT {
        return Err(place("duration").out_of_range());
    }
    Ok(interval)
}

type OtherKey = (NotSummed, Option<u32>, i8, Option<u32>, Option<u32>);

/// Readings that are not summed, by kind.
#[derive(Default)]
struct Others(BTreeMap<OtherKey, u64>);

impl Others {
    fn declare(&mut self, reason: NotSummed, reading_type: ReadingType) -> &mut u64 {
        let multiplier = reading_type.multiplier.unwrap_or(0);
        let key =
            (reason, reading_type.uom, multiplier, reading_type.flow_direction, reading_type.accumulation);
        self.0.entry(key).or_default()
    }

    fn count(&mut self, reason: NotSummed, reading_type: ReadingType) {
        *self.declare(reason, reading_type) += 1;
    }

    fn finish(self) -> Vec<OtherType> {
        let other_type = |(key, readings): (OtherKey, u64)| {
            let (reason, uom, multiplier, flow_direction, accumulation) = key;
            OtherType { reason, uom, multiplier, flow_direction, accumulation, readings }
        };
        self.0.into_iter().map(other_type).collect()
    }
}

/// Readings that do not overlap, by start, and what was left out to keep them so.
#[derive(Default)]
struct Series {
    kept: BTreeMap<i64, Interval>,
    duplicates: u64,
    conflicts: Vec<Conflict>,
    overlaps: Vec<Conflict>,
}

impl Series {
    fn add(&mut self, interval: Interval) {
        if let Some(kept) = self.kept.get(&interval.start) {
            if (kept.seconds, kept.usage_micro) == (interval.seconds, interval.usage_micro) {
                self.duplicates += 1;
            } else {
                self.conflicts.push(Conflict { kept: *kept, left_out: interval });
            }
            return;
        }
        let before = self.kept.range(..interval.start).next_back();
        let after = self.kept.range(interval.start..).next();
        let met = before
            .filter(|(_, kept)| kept.end() > interval.start)
            .or(after.filter(|(start, _)| **start < interval.end()));
        match met {
            Some((_, kept)) => self.overlaps.push(Conflict { kept: *kept, left_out: interval }),
            None => {
                self.kept.insert(interval.start, interval);
            }
        }
    }

    fn finish(self, others: Others, collected: &Collected) -> Result<MeterFile, GreenButtonError> {
        let readings: Vec<Interval> = self.kept.into_values().collect();
        let other_types = others.finish();
        let (Some(first), Some(last)) = (readings.first(), readings.last()) else {
            let other_readings = other_types.iter().map(|other| other.readings).sum();
            return Err(GreenButtonError::NoEnergy { other_readings });
        };
        let total_micro = readings
            .iter()
            .try_fold(0_i64, |total, reading| total.checked_add(reading.usage_micro))
            .ok_or(GreenButtonError::TotalOutOfRange)?;
        Ok(MeterFile {
            title: collected.title.clone(),
            utc_offset_s: collected.utc_offset_s,
            total_micro,
            start: first.start,
            end: last.end(),
            gaps: find_gaps(&readings),
            readings,
            duplicates: self.duplicates,
            conflicts: self.conflicts,
            overlaps: self.overlaps,
            valueless: collected.valueless,
            other_types,
        })
    }
}

fn find_gaps(readings: &[Interval]) -> Vec<Gap> {
    let pairs = readings.iter().zip(readings.iter().skip(1));
    let gaps = pairs.map(|(one, next)| Gap { start: one.end(), seconds: next.start - one.end() });
    gaps.filter(|gap| gap.seconds > 0).collect()
}
