//! Prepaid: the credit and how long it lasts, what a top-up brings, and the way to prepaid and back (PRE-1 to PRE-3).

mod credit;
mod switch;
mod top_up;

use api::prepaid::{GetPrepaid, Prepaid, PrepaidPoint};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::use_loading;
use crate::components::card::CardLink;
use crate::components::page_header::PageHeader;
use crate::components::page_state::EmptyState;
use crate::pages::loaded::{property, strip, when_here, when_old};
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::SessionState;

/// The page at `/prepaid`.
#[cfg_attr(feature = "split", lazy)]
pub async fn prepaid() -> AnyView {
    for_holder(|| view! { <PrepaidPage /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn PrepaidPage() -> impl IntoView {
    use_title(|| words::nav_prepaid(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetPrepaid { account: session.account_id()? }));
    let again = Callback::new(move |()| loading.retry());
    let shown = move |prepaid: &Prepaid| points(prepaid, again);
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::nav_prepaid)
                note=property()
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            {when_old(loading, kept_credit)}
            {when_here(loading, skeletons::one_block, words::prepaid_error, shown)}
        </div>
    }
}

/// The credit that was known last, where something is paid for in advance.
fn kept_credit(reader: Reader, prepaid: &Prepaid, time: &str) -> Option<String> {
    let credit = prepaid.points.iter().find_map(|point| point.credit.as_ref())?;
    Some(words::prepaid_offline(reader.language, &reader.money(prepaid.currency, &credit.left), time))
}

fn points(prepaid: &Prepaid, again: Callback<()>) -> AnyView {
    if prepaid.points.is_empty() {
        return view! { <EmptyState title=say(words::nav_prepaid) body=say(words::prepaid_none) /> }
            .into_any();
    }
    let shown = |point: &PrepaidPoint| {
        let credit = match &point.credit {
            Some(credit) => credit::credit(prepaid.currency, point, credit, again),
            None => paid_later(),
        };
        view! {
            <div class="columns__stack">
                {credit}
                {switch::switch(point, again)}
            </div>
        }
        .into_any()
    };
    prepaid.points.iter().map(shown).collect::<Vec<_>>().into_any()
}

fn paid_later() -> AnyView {
    view! {
        <section class="card">
            <p class="card__text">{say(words::prepaid_empty)}</p>
            <CardLink href="/projection" label=say(words::prepaid_try) />
        </section>
    }
    .into_any()
}
