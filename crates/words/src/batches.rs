//! Why a head-end's readings and events are not taken, as sentences.

use api::batches::{ItemFault, RefusedItem};

use crate::codes::both;
use crate::{Language, sentences as words};

/// Why an item of a head-end's batch is not taken.
#[must_use]
pub fn item_fault_words(language: Language, fault: &ItemFault) -> String {
    match fault {
        ItemFault::Malformed { field } => {
            words::error_item_malformed(language, if field.is_empty() { "/" } else { field })
        }
        ItemFault::MeterUnknown => words::error_item_meter_unknown(language).to_owned(),
        ItemFault::MeterKind => words::error_item_meter_kind(language).to_owned(),
        ItemFault::SpanLength { most_seconds } => {
            words::error_item_span_length(language, &most_seconds.to_string())
        }
        ItemFault::Negative => words::error_item_negative(language).to_owned(),
        ItemFault::Future => words::error_item_future(language).to_owned(),
        ItemFault::ClockOff => words::error_item_clock_off(language).to_owned(),
        ItemFault::Spike { most } => words::error_item_spike(language, &most.to_string()),
        ItemFault::Overlaps => words::error_item_overlaps(language).to_owned(),
        ItemFault::RepeatConflict => words::error_item_repeat_conflict(language).to_owned(),
    }
}

/// The refusal of the item at `place` of the list at `list`, as the wire says it.
#[must_use]
pub fn refused_item(list: &str, place: usize, fault: &ItemFault) -> RefusedItem {
    let part = match fault {
        ItemFault::Malformed { field } => field.as_str(),
        ItemFault::MeterUnknown | ItemFault::MeterKind => "/service_point",
        ItemFault::SpanLength { .. } => "/seconds",
        ItemFault::Negative | ItemFault::Spike { .. } => "/usage",
        ItemFault::Future | ItemFault::ClockOff | ItemFault::Overlaps | ItemFault::RepeatConflict => "",
    };
    RefusedItem {
        index: place as u64,
        code: fault.code().to_owned(),
        field: Some(format!("{list}/{place}{part}")),
        message: both(|language| item_fault_words(language, fault)),
    }
}
