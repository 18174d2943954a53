//! What a holder may ask about a bill. Each answer is a part of its own, which travels when it is opened.

use api::bills::{Bill, BillKind};
use leptos::prelude::*;

use super::{correction, difference, fair_days, paper, proof, replay, why};
use crate::components::card::SectionTitle;
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::pages::lazy::{Arriving, lazy_part};
use crate::pages::reader::Reader;
use crate::pages::recheck::Recomputed;
use crate::pages::skeletons;

/// An answer, and how to ask for it again when it did not come.
type Answer = fn(Reader, Bill, Callback<()>) -> Arriving;

/// The questions below the lines, the proof, and what only paper shows.
pub fn more(reader: Reader, bill: &Bill) -> AnyView {
    let language = reader.language;
    let is_settled = !bill.settles.is_empty();
    let is_estimated = bill.summary.kind == BillKind::Estimated;
    let by_reading = bill.correction.as_ref().is_some_and(|correction| correction.settled_by.is_some());
    let replayed = (is_settled || is_estimated || by_reading).then(|| {
        question(reader, bill, words::bill_replay_title(language), IconName::Retry, |reader, bill, retry| {
            Box::pin(replay::replay(reader, bill, retry))
        })
    });
    let differs =
        question(reader, bill, words::bill_differs_title(language), IconName::Bars, |reader, bill, retry| {
            Box::pin(why::why(reader, bill, retry))
        });
    let days =
        question(reader, bill, words::bill_fair_title(language), IconName::Clock, |reader, bill, _| {
            Box::pin(fair_days::fair_days(reader, bill))
        });
    view! {
        <div class="bill-more">
            <SectionTitle title=words::bill_more_title(language) />
            <section class="card card--flush">{differs} {days} {replayed}</section>
        </div>
        {lazy_part(Box::pin(proof::proof(reader, bill.clone())), skeletons::one_block)}
        {lazy_part(Box::pin(paper::paper(reader, bill.clone())), || ().into_any())}
    }
    .into_any()
}

fn question(reader: Reader, bill: &Bill, label: &'static str, icon: IconName, answer: Answer) -> AnyView {
    let bill = StoredValue::new(bill.clone());
    let again = RwSignal::new(());
    let retry = Callback::new(move |()| again.set(()));
    let shown = move || {
        move || {
            again.track();
            lazy_part(answer(reader, bill.get_value(), retry), skeletons::one_block)
        }
    };
    view! { <Disclosure label=label icon=icon answer=shown /> }.into_any()
}

/// Above the readings: that this bill was corrected, or corrects another.
pub fn notes(reader: Reader, bill: &Bill) -> AnyView {
    if bill.correction.is_none() && bill.summary.corrected_by.is_none() {
        return ().into_any();
    }
    lazy_part(Box::pin(correction::correction(reader, bill.clone())), skeletons::one_block)
}

/// Where the bill and its recomputation part.
pub fn differences(reader: Reader, bill: &Bill, recomputed: &Recomputed) -> AnyView {
    if recomputed.difference.is_none() {
        return ().into_any();
    }
    lazy_part(Box::pin(difference::sections(reader, bill.clone(), recomputed.clone())), skeletons::one_block)
}
