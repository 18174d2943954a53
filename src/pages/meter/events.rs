//! What the meter recorded beside its readings, and what keeps the supply cut: a cut by the voltage never reads like one
//! for a debt (MET-2 to MET-5).

use api::meter_events::{CutReason, EventNote, MeterEvent, MeterHappening};
use api::meters::MeterState;
use billing::number::Number;
use leptos::prelude::*;
use words::Language;

use super::Shown;
use super::note::{NoteEntry, note};
use crate::components::card::SectionTitle;
use crate::components::icon::IconName;
use crate::components::list_row::{ListRow, TileTone};
use crate::components::notice::{Notice, NoticeKind};
use crate::format::day::CivilTime;
use crate::pages::reader::say;

/// A notice for each event that keeps the supply cut.
pub(super) fn cuts(shown: &Shown<'_>) -> Vec<AnyView> {
    let language = shown.reader.language;
    let notice = |event: &MeterEvent| {
        let why = sentence(shown, event);
        match event.what {
            MeterHappening::Disconnected { .. } => view! {
                <Notice kind=NoticeKind::Bad title=words::meter_cut_remote(language)>
                    <p>{why}</p>
                </Notice>
            }
            .into_any(),
            _ => view! {
                <Notice kind=NoticeKind::Warn icon=IconName::Shield title=words::meter_cut_voltage(language)>
                    <p>{why}</p>
                    <p>{words::meter_cut_voltage_back(language)}</p>
                </Notice>
            }
            .into_any(),
        }
    };
    shown.page.cuts.iter().map(notice).collect()
}

/// A row an event, newest first; a meter that is read by hand records none.
pub(super) fn events(shown: &Shown<'_>, entry: NoteEntry) -> Option<AnyView> {
    let events = &shown.page.events;
    if events.is_empty() && shown.page.state == MeterState::ReadByHand {
        return None;
    }
    let rows: Vec<AnyView> = events.iter().map(|event| row(shown, entry, event)).collect();
    let body = match rows.is_empty() {
        true => {
            view! { <p class="card__text">{words::meter_events_none(shown.reader.language)}</p> }.into_any()
        }
        false => view! { <div class="card card--flush">{rows}</div> }.into_any(),
    };
    Some(
        view! {
            <SectionTitle title=say(words::meter_events_title) />
            {body}
        }
        .into_any(),
    )
}

fn row(shown: &Shown<'_>, entry: NoteEntry, event: &MeterEvent) -> AnyView {
    let (name, icon, tone) = kind(&event.what);
    let said = |note: &EventNote| {
        let title = words::meter_note_said(shown.reader.language, &time(shown, note.at));
        view! { <ListRow title=title note=note.text.clone() icon=IconName::Person /> }.into_any()
    };
    let notes: Vec<AnyView> = event.notes.iter().map(said).collect();
    view! {
        <ListRow title=name(shown.reader.language) note=sentence(shown, event) icon=icon tone=tone />
        {notes}
        {note(entry, event)}
    }
    .into_any()
}

fn kind(what: &MeterHappening) -> (fn(Language) -> &'static str, IconName, TileTone) {
    match what {
        MeterHappening::VoltageHigh { .. } => {
            (words::meter_event_voltage_high, IconName::Shield, TileTone::Warn)
        }
        MeterHappening::VoltageLow { .. } => {
            (words::meter_event_voltage_low, IconName::Shield, TileTone::Warn)
        }
        MeterHappening::VoltageSteady => (words::meter_event_steady, IconName::Check, TileTone::Brand),
        MeterHappening::Tamper => (words::meter_event_tamper, IconName::Alert, TileTone::Warn),
        MeterHappening::Theft => (words::meter_event_theft, IconName::Alert, TileTone::Warn),
        MeterHappening::Disconnected { .. } => (words::meter_event_cut, IconName::Lock, TileTone::Warn),
        MeterHappening::Connected => (words::meter_event_connected, IconName::Check, TileTone::Brand),
        MeterHappening::Fault { .. } => (words::meter_event_fault, IconName::Alert, TileTone::Warn),
    }
}

fn sentence(shown: &Shown<'_>, event: &MeterEvent) -> String {
    let (reader, language) = (shown.reader, shown.reader.language);
    let at = time(shown, event.at);
    let volts = |volts: &Number| words::quantity_volts(language, &reader.figure(&volts.to_string()));
    match &event.what {
        MeterHappening::VoltageHigh { volts: high } => words::why_met_2_high(language, &volts(high), &at),
        MeterHappening::VoltageLow { volts: low } => words::why_met_2_low(language, &volts(low), &at),
        MeterHappening::VoltageSteady => words::meter_event_steady_why(language, &at),
        MeterHappening::Tamper => words::why_met_3(language, &at),
        MeterHappening::Theft => words::why_met_3_theft(language, &at),
        MeterHappening::Disconnected { reason } => {
            words::why_met_4(language, &at, &reason_words(shown, reason))
        }
        MeterHappening::Connected => words::meter_event_connected_why(language, &at),
        MeterHappening::Fault { told_at: Some(told) } => words::why_met_5(language, &at, &time(shown, *told)),
        MeterHappening::Fault { told_at: None } => words::meter_event_fault_untold(language, &at),
    }
}

fn reason_words(shown: &Shown<'_>, reason: &CutReason) -> String {
    let (reader, language) = (shown.reader, shown.reader.language);
    match reason {
        CutReason::Maintenance { until } => words::why_met_4_maintenance(language, &time(shown, *until)),
        CutReason::Debt { amount } => words::why_met_4_debt(language, &reader.money(shown.currency, amount)),
        CutReason::Protection => words::why_met_4_protection(language).to_owned(),
        CutReason::Request { on } => words::why_met_4_request(language, &reader.full_day(*on)),
    }
}

fn time(shown: &Shown<'_>, at: i64) -> String {
    shown.reader.time(CivilTime::at(at, shown.utc_offset_s))
}
