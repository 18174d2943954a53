//! One bill: its seal, its readings, and the working of every line.

mod correction;
mod difference;
mod dispute;
mod fair_days;
mod lines;
mod more;
mod paper;
mod proof;
mod readings;
mod related;
mod replay;
mod steps;
mod total;
mod why;

use api::accounts::BillId;
use api::bills::{Bill, GetBill};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::{Outcome, use_loading};
use crate::components::button::IconButton;
use crate::components::icon::IconName;
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{strip, when_here};
use crate::pages::page::{for_holder, print, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::recheck::recompute;
use crate::pages::skeletons;
use crate::router::{Page, Place};
use crate::session::SessionState;

/// The page at `/bills/:id`.
#[cfg_attr(feature = "split", lazy)]
pub async fn bill() -> AnyView {
    for_holder(|| view! { <BillPage /> }.into_any(), skeletons::bill).into_any()
}

#[component]
fn BillPage() -> impl IntoView {
    let (session, place) = (SessionState::here(), Place::here());
    let loading = use_loading(move || {
        let Page::Bill(bill) = place.page() else { return None };
        Some(GetBill { account: session.account_id()?, bill: BillId(bill) })
    });
    let title = move || {
        let reader = Reader::here();
        loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => {
                words::bill_title(reader.language, &reader.month(loaded.reply.summary.month))
            }
            _ => words::nav_bills(reader.language).to_owned(),
        })
    };
    let note = move || loading.outcome.with(note);
    use_title(title);
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=title
                note=TextProp::from(note)
                back=("/bills".to_owned(), TextProp::from(say(words::nav_bills)))
            >
                <IconButton label=say(words::action_print) icon=IconName::Print on_press=print />
            </PageHeader>
            {when_here(loading, skeletons::bill_cards, words::bills_error, move |bill| sections(Reader::here(), bill))}
        </div>
    }
}

fn note(outcome: &Outcome<Bill>) -> String {
    let reader = Reader::here();
    match outcome {
        Outcome::Here(loaded) => {
            let (bill, language) = (&loaded.reply, reader.language);
            let period = bill.summary.period;
            let days = reader.days(period.days());
            let dates = words::bill_period(language, &reader.day(period.from), &reader.day(period.to), &days);
            format!("{} · {dates}", reader.message(&bill.account.property))
        }
        _ => String::new(),
    }
}

/// Everything below the header, made anew when the reader chooses another language or other digits.
fn sections(reader: Reader, bill: &Bill) -> AnyView {
    let recomputed = recompute(bill);
    let difference = recomputed.as_ref().ok().map(|recomputed| more::differences(reader, bill, recomputed));
    view! {
        {total::total(reader, bill, &recomputed)}
        {more::notes(reader, bill)}
        {difference}
        {readings::readings(reader, bill)}
        {lines::lines(reader, bill, recomputed.ok())}
        {more::more(reader, bill)}
    }
    .into_any()
}
