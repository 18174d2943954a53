//! Takes the readings of a meter file into the record: all of them, or none and an error.

use api::accounts::{Commodity, Quality};
use api::meter_files::MeterFileReply;
use api::problem::ApiError;
use billing::number::Number;
use green_button::MeterFile;

use crate::error::Result;
use crate::secrets;
use crate::store::Store;
use crate::store::accounts::PointRecord;
use crate::store::intervals::{self, Interval, Origin};
use crate::store::meter_files::{self, MeterFileRecord};

/// Takes a file that was read whole. Importing it again adds nothing.
///
/// # Errors
/// [`ApiError::ValueInvalid`] if the service point is not of electricity; else what the record reports.
pub async fn import_meter_file(
    store: &Store,
    now: i64,
    point: &PointRecord,
    file: &MeterFile,
) -> Result<MeterFileReply> {
    if point.commodity != Commodity::Electricity {
        return Err(ApiError::ValueInvalid { field: "service_point".into() }.into());
    }
    let readings: Vec<Interval> = file.readings.iter().map(interval).collect();
    let total = Number::from_millionths(file.total_micro);
    let mut record = store.begin().await?;
    let kept = intervals::add(&mut record, &point.id, point.utc_offset_s, &readings, Origin::File).await?;
    let count = readings.len() as u64;
    let imported = MeterFileRecord {
        id: format!("{now:012}-{}", secrets::token()?.split_at(8).0),
        service_point: point.id.clone(),
        taken_at: now,
        readings: count,
        total,
        kept,
    };
    meter_files::add(&mut record, &imported).await?;
    record.commit().await?;
    Ok(MeterFileReply {
        readings: count,
        total,
        gaps: file.gaps.len() as u64,
        duplicates: file.duplicates,
        conflicts: (file.conflicts.len() + file.overlaps.len()) as u64,
        other: file.other_types.iter().map(|other| other.readings).sum(),
        kept,
    })
}

fn interval(reading: &green_button::Interval) -> Interval {
    let estimated = matches!(reading.quality, green_button::Quality::Estimated);
    let quality = if estimated { Quality::Estimated } else { Quality::Actual };
    Interval { start: reading.start, seconds: reading.seconds, usage: reading.usage_micro, quality }
}
