//! What goes with a complaint: what the portal adds by itself, and the holder's photos.

use api::bills::Bill;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::added::Added;
use super::entry::Entry;
use super::form::Form;
use super::preview;
use crate::components::button::{Button, ButtonKind};
use crate::components::card::{Card, SectionTitle};
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::pages::reader::{Reader, say};
use crate::pages::recheck::recompute;
use crate::pages::{photo, photo_field};

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
        {photos(form.entry)}
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
    let readings = bill.parts.iter().map(|part| {
        let (commodity, readings) = (part.commodity, part.readings.clone());
        let title = move || {
            let reader = Reader::here();
            words::complaint_evidence_readings(reader.language, reader.commodity(commodity))
        };
        let note = move || {
            let reader = Reader::here();
            let [previous, current] =
                [readings.previous, readings.current].map(|number| reader.figure(&number.to_string()));
            let quality = reader.quality(readings.quality);
            words::complaint_evidence_reading_of(reader.language, &previous, &current, quality)
        };
        row(IconName::Bars, title.into(), note.into())
    });
    readings.chain([issued]).collect()
}

/// The photos, each with the way to leave it away, and the way to another.
pub fn photos(entry: Entry) -> AnyView {
    let pick = Callback::new(move |files| entry.pick(files));
    let shown = move || {
        entry.photos.with(|photos| {
            let one = |(at, added): (usize, &Added)| one(entry, at + 1, added);
            photos.iter().enumerate().map(one).collect::<Vec<_>>()
        })
    };
    let below = move || photo_field::below(Reader::here(), entry.photo_refusal.get());
    view! {
        <Card>
            <div class="field" role="group" aria-labelledby="photos-label">
                <span class="field__label" id="photos-label">
                    {say(words::complaint_photos)}
                </span>
                {shown}
                {photo_field::ways("photos-below", true, pick)}
                <div id="photos-below">{below}</div>
            </div>
        </Card>
    }
    .into_any()
}

fn one(entry: Entry, number: usize, added: &Added) -> AnyView {
    let reader = Reader::here();
    let (number, name) = (reader.whole(number as u64), added.kept.name.clone());
    let shown = photo::shown(&added.photo, words::complaint_photo_number(reader.language, &number));
    let label = words::complaint_photo_remove(reader.language, &number);
    let leave = move |()| entry.leave(&name);
    view! {
        <div class="complaint-photo">
            {shown}
            <Button label=label kind=ButtonKind::Plain on_press=leave />
        </div>
    }
    .into_any()
}
