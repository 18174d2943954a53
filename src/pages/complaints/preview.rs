//! What the engine says of a complaint before it is sent. The form stands without it: the engine's rules travel in a
//! part of their own, so that whoever is on a bad line can write and send first.

use api::bills::Bill;
use leptos::prelude::*;

use super::form::{Form, Outcome};
use super::sums::{Seen, sums};
use super::{evidence, kinds, rights};
use crate::pages::lazy::lazy_part;
use crate::pages::reader::Reader;
use crate::pages::skeletons;

/// What may be said.
enum Said {
    /// The bill that the reading implies; it sets what is in dispute.
    Reading(Bill, RwSignal<Outcome>),
    /// The bill, calculated again here.
    Recomputation(Bill),
    /// The protection and the clock.
    Rights(RwSignal<Outcome>),
}

/// All of it in one part: what they share would else be many small ones.
#[cfg_attr(feature = "split", lazy)]
async fn complaint_preview(said: Said, form: Form) -> AnyView {
    match said {
        Said::Reading(bill, outcome) => implied(form, bill, outcome),
        Said::Recomputation(bill) => evidence::recomputation(&bill),
        Said::Rights(outcome) => {
            let Form { country, about, today, .. } = form;
            let shown = move || rights::expected(Reader::here(), country, about, today.get(), outcome.get());
            shown.into_any()
        }
    }
}

fn preview(said: Said, form: &Form, room: fn() -> AnyView) -> AnyView {
    lazy_part(Box::pin(complaint_preview(said, form.clone())), room)
}

/// What the reading on the meter says of the bill; nothing where there is no bill.
pub fn of_reading(form: &Form, outcome: RwSignal<Outcome>) -> Option<AnyView> {
    let said = Said::Reading(form.bill.clone()?, outcome);
    Some(preview(said, form, || ().into_any()))
}

/// The line of evidence that this device adds itself.
pub fn of_bill(form: &Form, bill: &Bill) -> AnyView {
    preview(Said::Recomputation(bill.clone()), form, evidence::recomputing)
}

/// What a complaint that is sent today may rely on.
pub fn of_rights(form: &Form, outcome: RwSignal<Outcome>) -> AnyView {
    preview(Said::Rights(outcome), form, skeletons::one_block)
}

fn implied(form: Form, bill: Bill, outcome: RwSignal<Outcome>) -> AnyView {
    let entry = form.entry;
    Effect::new(move |_| {
        let number = entry.number().filter(|_| kinds::takes_reading(entry.kind.get()));
        let seen = entry.point.get().zip(number);
        outcome.set(Some(sums(&bill, seen.as_ref().map(|(point, number)| (point, *number)))));
    });
    let said = move || {
        let reader = Reader::here();
        let Some(Ok(sums)) = outcome.get() else { return None };
        let text = match &sums.seen {
            Seen::Nothing => return None,
            Seen::NotBelow => words::complaint_reading_not_below(reader.language).to_owned(),
            Seen::Implies(implied) => {
                let money = |amount: &billing::money::Money| reader.money(sums.currency, &amount.to_string());
                words::complaint_implied_bill(reader.language, &money(&implied.total), &money(&sums.disputed))
            }
        };
        Some(view! { <p class="card__text">{text}</p> }.into_any())
    };
    view! { <div aria-live="polite">{said}</div> }.into_any()
}
