//! What goes with a complaint: what the portal adds by itself, and the holder's photos (`photos.rs`).

use api::accounts::{Commodity, Quality};
use api::bills::{Bill, BilledReadings};
use billing::number::Number;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::form::Form;
use super::{photos, preview};
use crate::components::card::SectionTitle;
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::pages::reader::{Reader, say};
use crate::pages::recheck::recompute;

/// The evidence of a complaint that is being written.
pub fn evidence(form: &Form) -> AnyView {
    let own = form.bill.as_ref().map(|bill| {
        let recomputed = preview::of_bill(form, bill);
        let rows = of_bill(bill);
        view! {
            <SectionTitle title=say(words::complaint_evidence_title) />
            <div class="card card--flush">{recomputed} {rows}</div>
        }
        .into_any()
    });
    view! {
        {own}
        {photos::photos(form.entry)}
    }
    .into_any()
}

fn row(icon: IconName, title: TextProp, note: TextProp) -> AnyView {
    view! { <ListRow title=title note=note icon=icon /> }.into_any()
}

/// That this device is at it.
pub fn recomputing() -> AnyView {
    row(IconName::Document, say(words::complaint_evidence_recomputation).into(), "…".into())
}

/// The bill, calculated again here; nothing where the engine cannot.
pub fn recomputation(bill: &Bill) -> AnyView {
    let currency = bill.summary.currency;
    let (billed, ours) = (bill.summary.total.clone(), recompute(bill).ok());
    let shown = ours.map(|ours| ours.sums.total.to_string()).map(|ours| {
        let note = move || {
            let reader = Reader::here();
            let [billed, ours] = [&billed, &ours].map(|amount| reader.money(currency, amount));
            match billed == ours {
                true => words::complaint_evidence_recomputation_match(reader.language, &ours),
                false => words::complaint_evidence_recomputation_differs(reader.language, &ours, &billed),
            }
        };
        row(IconName::Document, say(words::complaint_evidence_recomputation).into(), note.into())
    });
    shown.into_any()
}

/// What the record has of the bill already.
fn of_bill(bill: &Bill) -> Vec<AnyView> {
    let issued_on = bill.summary.issued_on;
    let issued = move || {
        let reader = Reader::here();
        words::bill_issued(reader.language, &reader.full_day(issued_on))
    };
    let issued = row(IconName::Receipt, say(words::complaint_evidence_bill).into(), issued.into());
    let readings = bill.parts.iter().flat_map(|part| {
        let BilledReadings { previous, current, quality, ref exchanged, .. } = part.readings;
        let taken = exchanged.iter().map(|taken| (taken.previous, taken.current, Quality::Actual));
        let meters: Vec<_> = taken.chain([(previous, current, quality)]).collect();
        meters.into_iter().map(|meter| of_meter(part.commodity, meter))
    });
    readings.chain([issued]).collect()
}

/// The two readings of a meter within the period.
fn of_meter(commodity: Commodity, (previous, current, quality): (Number, Number, Quality)) -> AnyView {
    let title = move || {
        let reader = Reader::here();
        words::complaint_evidence_readings(reader.language, reader.commodity(commodity))
    };
    let note = move || {
        let reader = Reader::here();
        let [previous, current] = [previous, current].map(|number| reader.figure(&number.to_string()));
        words::complaint_evidence_reading_of(reader.language, &previous, &current, reader.quality(quality))
    };
    row(IconName::Bars, title.into(), note.into())
}
