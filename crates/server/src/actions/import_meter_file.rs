//! Takes the readings of a meter file into the record: all of them, or none and an error.

use api::accounts::{Commodity, Quality};
use api::meter_files::MeterFileReply;
use api::problem::ApiError;
use billing::number::Number;
use green_button::{GreenButtonError, MeterFile};

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

/// Why a file was refused, as the wire says it. Bytes are counted from 1 there.
#[must_use]
pub fn refusal(error: GreenButtonError) -> ApiError {
    use GreenButtonError as E;
    let damaged =
        |position: u64, element: Option<String>| ApiError::FileDamaged { position: position + 1, element };
    match error {
        E::Empty => ApiError::FileEmpty,
        E::NotXml { .. } | E::NotGreenButton { .. } | E::UnsupportedEncoding { .. } => ApiError::FileKind,
        E::Truncated { position, .. } => ApiError::FileCutShort { position },
        E::TooLarge { limit } => ApiError::BodyTooLarge { limit_bytes: limit },
        E::NoEnergy { .. } => ApiError::FileNoEnergy,
        E::BadNumber { element, position, .. }
        | E::OutOfRange { element, position }
        | E::Inexact { element, position }
        | E::Missing { element, position }
        | E::Repeated { element, position } => damaged(position, Some(element.to_owned())),
        E::Malformed { position, .. }
        | E::PieceTooLarge { position, .. }
        | E::TooDeep { position, .. }
        | E::DoctypeRefused { position }
        | E::EntityRefused { position, .. }
        | E::InvalidUtf8 { position }
        | E::Read { position, .. } => damaged(position, None),
        _ => damaged(0, None),
    }
}

fn interval(reading: &green_button::Interval) -> Interval {
    let estimated = matches!(reading.quality, green_button::Quality::Estimated);
    let quality = if estimated { Quality::Estimated } else { Quality::Actual };
    Interval { start: reading.start, seconds: reading.seconds, usage: reading.usage_micro, quality }
}
