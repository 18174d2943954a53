//! What a holder may ask about a bill. The answers travel together when one is opened; what stands beside the bill
//! comes after it.

use api::bills::{Bill, BillDispute, BillKind};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{correction, difference, dispute, fair_days, paper, proof, replay, why};
use crate::components::card::SectionTitle;
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::pages::lazy::lazy_part;
use crate::pages::reader::Reader;
use crate::pages::recheck::Recomputed;
use crate::pages::skeletons;

/// What may be asked.
#[derive(Clone, Copy)]
enum Question {
    Replay,
    Why,
    FairDays,
}

/// The answers. They travel in one part: what they share would else be many small ones.
#[cfg_attr(feature = "split", lazy)]
async fn bill_answers(question: Question, reader: Reader, bill: Bill, retry: Callback<()>) -> AnyView {
    match question {
        Question::Replay => replay::replay(reader, bill, retry).await,
        Question::Why => why::why(reader, bill, retry).await,
        Question::FairDays => fair_days::fair_days(reader, bill),
    }
}

/// What stands beside the bill.
enum Beside {
    Proof,
    Paper,
    Correction,
    Dispute(BillDispute),
    Difference(Box<Recomputed>),
}

#[cfg_attr(feature = "split", lazy)]
async fn bill_beside(what: Beside, reader: Reader, bill: Bill) -> AnyView {
    match what {
        Beside::Proof => proof::proof(reader, bill),
        Beside::Paper => paper::paper(reader, bill),
        Beside::Correction => correction::correction(reader, bill),
        Beside::Dispute(dispute) => dispute::dispute(reader, &dispute, bill.summary.currency),
        Beside::Difference(recomputed) => difference::sections(reader, bill, *recomputed),
    }
}

fn beside(what: Beside, reader: Reader, bill: &Bill, room: fn() -> AnyView) -> AnyView {
    lazy_part(Box::pin(bill_beside(what, reader, bill.clone())), room)
}

/// The questions below the lines, the proof, and what only paper shows.
pub fn more(reader: Reader, bill: &Bill) -> AnyView {
    let language = reader.language;
    let is_settled = !bill.settles.is_empty();
    let is_estimated = bill.summary.kind == BillKind::Estimated;
    let by_reading = bill.correction.as_ref().is_some_and(|correction| correction.settled_by.is_some());
    let replayed = (is_settled || is_estimated || by_reading).then(|| {
        question(reader, bill, words::bill_replay_title(language), IconName::Retry, Question::Replay)
    });
    let differs = question(reader, bill, words::bill_differs_title(language), IconName::Bars, Question::Why);
    let days = question(reader, bill, words::bill_fair_title(language), IconName::Clock, Question::FairDays);
    view! {
        <div class="bill-more">
            <SectionTitle title=words::bill_more_title(language) />
            <section class="card card--flush">{differs} {days} {replayed} {to_dispute(reader, bill)}</section>
        </div>
        {beside(Beside::Proof, reader, bill, skeletons::one_block)}
        {beside(Beside::Paper, reader, bill, || ().into_any())}
    }
    .into_any()
}

/// The way to a complaint, where none is open. A bill that was corrected is disputed by its correction.
fn to_dispute(reader: Reader, bill: &Bill) -> Option<AnyView> {
    if bill.summary.corrected_by.is_some() || bill.dispute.is_some() {
        return None;
    }
    let href = format!("/complaints/new?bill={}", bill.summary.id);
    let (title, note) = (words::bill_dispute(reader.language), words::bill_dispute_help(reader.language));
    Some(
        view! { <ListRow title=title note=TextProp::from(note) icon=IconName::Alert href=href /> }.into_any(),
    )
}

fn question(reader: Reader, bill: &Bill, label: &'static str, icon: IconName, asked: Question) -> AnyView {
    let bill = StoredValue::new(bill.clone());
    let again = RwSignal::new(());
    let retry = Callback::new(move |()| again.set(()));
    let shown = move || {
        move || {
            again.track();
            lazy_part(Box::pin(bill_answers(asked, reader, bill.get_value(), retry)), skeletons::one_block)
        }
    };
    view! { <Disclosure label=label icon=icon answer=shown /> }.into_any()
}

/// Above the readings: that this bill was corrected, or corrects another, and that a complaint about it is open.
pub fn notes(reader: Reader, bill: &Bill) -> AnyView {
    let is_of_correction = bill.correction.is_some() || bill.summary.corrected_by.is_some();
    let beside = |what| beside(what, reader, bill, skeletons::one_block);
    let dispute = bill.dispute.clone().map(|dispute| beside(Beside::Dispute(dispute)));
    let correction = is_of_correction.then(|| beside(Beside::Correction));
    view! {
        {dispute}
        {correction}
    }
    .into_any()
}

/// Where the bill and its recomputation part.
pub fn differences(reader: Reader, bill: &Bill, recomputed: &Recomputed) -> AnyView {
    if recomputed.difference.is_none() {
        return ().into_any();
    }
    beside(Beside::Difference(Box::new(recomputed.clone())), reader, bill, skeletons::one_block)
}
