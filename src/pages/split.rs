//! One bill among the people of a household, exact to the last minor unit. Their names stay on the device.

mod kept;
mod links;
mod shares;

use api::bills::{BillSummary, GetBills};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::use_loading;
use crate::components::button::IconButton;
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::components::page_state::EmptyState;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::page::{for_holder, print, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::refusal;
use crate::pages::skeletons;
use crate::pages::tools::form::{Answer, Rule, form};
use crate::pages::tools::grounds::WhyOpen;
use crate::pages::tools::share::share_button;
use crate::session::SessionState;

/// The page at `/split`.
#[cfg_attr(feature = "split", lazy)]
pub async fn household_split() -> AnyView {
    for_holder(|| view! { <Split /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn Split() -> impl IntoView {
    use_title(|| words::split_title(Reader::here().language).to_owned());
    refusal::fetch_ahead();
    WhyOpen::provide();
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetBills { account: session.account_id()? }));
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::split_title)
                note=property()
                back=("/bills".to_owned(), TextProp::from(say(words::nav_bills)))
            >
                <IconButton label=say(words::action_print) icon=IconName::Print on_press=print />
            </PageHeader>
            {when_here(loading, skeletons::bill_rows, words::bills_error, |bills| body(&bills.bills))}
        </div>
    }
}

fn body(bills: &[BillSummary]) -> AnyView {
    // In the place of a corrected bill stands the one that corrects it.
    let bills: Vec<_> = bills.iter().filter(|bill| bill.corrected_by.is_none()).cloned().collect();
    if bills.is_empty() {
        return view! { <EmptyState title=say(words::split_title) body=say(words::bills_none) /> }.into_any();
    }
    among(bills)
}

/// The newest bill, or the one that is chosen, among the people that are typed in.
fn among(bills: Vec<BillSummary>) -> AnyView {
    let typed = kept::people();
    let chosen = RwSignal::new(0_usize);
    let text = RwSignal::new(String::new());
    let choice = bill_choice(&bills, chosen);
    let open = shares::OpenLines::default();
    let answer = move |reader: Reader, typed: &_| {
        // A place in the list that the choice was made from.
        let bill = &bills[chosen.get().min(bills.len() - 1)];
        let shares = shares::of(bill, typed)?;
        let shown = shares::text(reader, bill, &shares);
        if text.with_untracked(|known| *known != shown) {
            text.set(shown);
        }
        let links = links::links(reader, bill.currency, &shares::each(reader, &shares));
        Ok(Answer {
            said: shares::said(reader, bill, &shares),
            view: (shares::view(reader, bill, shares, open), links).into_any(),
        })
    };
    let rule = Rule { fields: shares::fields, rows: Some(shares::ROWS), answer: Box::new(answer) };
    view! {
        {choice}
        {form(typed, rule)}
        {share_button(Box::new(move || (text.get_untracked(), None)), words::share_refused)}
        <pre class="card card__text share-text" tabindex="0" aria-label=say(words::split_text)>{move || text.get()}</pre>
        <Notice kind=NoticeKind::Plain title=say(words::split_names_stay) />
    }
    .into_any()
}

fn bill_choice(bills: &[BillSummary], chosen: RwSignal<usize>) -> AnyView {
    let bills = bills.to_vec();
    let options = move || {
        let reader = Reader::here();
        let option = |(at, bill): (usize, &BillSummary)| {
            let (title, total) = (
                words::bill_title(reader.language, &reader.month(bill.month)),
                reader.money(bill.currency, &bill.total),
            );
            let is_chosen = chosen.get_untracked() == at;
            view! { <option value=at selected=is_chosen>{format!("{title}: {total}")}</option> }.into_any()
        };
        bills.iter().enumerate().map(option).collect::<Vec<_>>()
    };
    view! {
        <label class="field tariff-field">
            <span class="field__label">{say(words::split_bill)}</span>
            <span class="field__box">
                <select
                    class="field__input tariff-choice"
                    on:change:target=move |event| chosen.set(event.target().value().parse().unwrap_or_default())
                >
                    {options}
                </select>
            </span>
        </label>
    }
    .into_any()
}
