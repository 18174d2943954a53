//! One payment link of the holder's: its sum, its code, its address, and its end.

use api::payment_links::{GetPaymentLinks, PaymentLink, PaymentLinkState, PaymentLinks, RevokePaymentLink};
use billing::money::Currency;
use billing::period::Day;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::channels::warning;
use super::links::state_tag;
use super::sum::of_wire;
use crate::client::{self, use_loading};
use crate::components::amount::{Amount, AmountSize};
use crate::components::button::{Button, ButtonKind};
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::components::page_state::EmptyState;
use crate::format::Unit;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::SessionState;
use crate::share::{Shared, copy, share};

/// The page at `/pay/links/` and a link's id.
pub fn link(id: &str) -> AnyView {
    use_title(|| words::link_title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetPaymentLinks { account: session.account_id()? }));
    let again = Callback::new(move |()| loading.retry());
    let id = id.to_owned();
    let shown = move |links: &PaymentLinks| match links.links.iter().find(|link| link.id.0 == id) {
        Some(link) => body(links.currency, link, again),
        None => {
            view! { <EmptyState title=say(words::link_title) body=say(words::link_missing) /> }.into_any()
        }
    };
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::link_title)
                note=property()
                back=("/pay/links".to_owned(), TextProp::from(say(words::links_title)))
            />
            {when_here(loading, skeletons::one_block, words::links_error, shown)}
        </div>
    }
    .into_any()
}

fn body(currency: Currency, link: &PaymentLink, again: Callback<()>) -> AnyView {
    let (amount, last_day, note) = (link.amount.clone(), link.last_day, link.note.clone());
    let until = move || until(Reader::here(), last_day);
    let has_part = link.open && of_wire(&link.paid, currency).minor() > 0;
    let paid = link.paid.clone();
    let part = has_part.then(|| {
        let text = move || {
            let reader = Reader::here();
            words::link_paid_part(reader.language, &reader.money(currency, &paid))
        };
        view! { <p class="card__text">{text}</p> }.into_any()
    });
    let is_active = link.state == PaymentLinkState::Active;
    let state = (!is_active).then(|| state_tag(link.state));
    let way = is_active.then(|| way(currency, link));
    let end = is_active.then(|| ending(link, again));
    // Of a link that has ended nobody sees anything any more.
    let seen = is_active.then(|| seen(link));
    view! {
        <section class="card pay-link">
            <h2 class="pay-link__title">{say(words::link_pays)}</h2>
            <p>
                <Amount value=amount unit=Unit::Money(currency) size=AmountSize::Display />
            </p>
            <p class="card__text">{until}</p>
            <p class="card__caption" dir="auto">{note}</p>
            {state}
            {part}
            {way}
        </section>
        {seen}
        {end}
        {warning()}
    }
    .into_any()
}

/// What whoever opens it sees, and for how often and how long.
fn seen(link: &PaymentLink) -> AnyView {
    let last_day = link.last_day;
    let kind = if link.open { words::link_kind_open_help } else { words::link_kind_single_help };
    let until = move || until(Reader::here(), last_day);
    view! {
        <div class="card card--flush">
            <ListRow
                title=say(words::link_seen_title)
                note=TextProp::from(say(words::link_seen_body))
                icon=IconName::Person
            />
            <ListRow title=say(kind) note=TextProp::from(until) icon=IconName::Clock />
        </div>
    }
    .into_any()
}

fn until(reader: Reader, last_day: Day) -> String {
    words::link_until(reader.language, &reader.weekday(last_day))
}

/// The code, the address, and what hands them on.
fn way(currency: Currency, link: &PaymentLink) -> AnyView {
    let (address, amount, last_day) = (link.address.clone(), link.amount.clone(), link.last_day);
    let became = RwSignal::new(None);
    let (shared_address, copied_address) = (address.clone(), address.clone());
    let give = move |()| {
        let reader = untrack(Reader::here);
        let (money, date) = (reader.money(currency, &amount), reader.day(last_day));
        let (text, address) =
            (words::link_share_text(reader.language, &money, &date), shared_address.clone());
        spawn_local(async move {
            let shared = share(&text, Some(&address)).await;
            became.try_set(Some(shared));
        });
    };
    let copy_it = move |()| {
        let address = copied_address.clone();
        spawn_local(async move {
            let shared = copy(&address).await;
            became.try_set(Some(shared));
        });
    };
    let told = move || match became.get()? {
        Shared::Offered => None,
        Shared::Copied => Some(words::share_copied(Reader::here().language)),
        Shared::Refused => Some(words::share_refused(Reader::here().language)),
    };
    view! {
        <img class="pay-link__code" src=link.qr.clone() alt=say(words::link_qr) />
        <p class="pay-link__address" tabindex="0">
            <bdi>{address}</bdi>
        </p>
        <div class="pay-link__ways">
            <Button label=say(words::action_share) on_press=give />
            <Button label=say(words::action_copy) kind=ButtonKind::Outline on_press=copy_it />
        </div>
        <p class="card__caption" role="status">
            {told}
        </p>
    }
    .into_any()
}

/// Ends the link, after a second word.
fn ending(link: &PaymentLink, again: Callback<()>) -> AnyView {
    let (asks, busy, failed) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let id = link.id.clone();
    let revoke = Callback::new(move |()| {
        let Some(account) = untrack(|| SessionState::here().account_id()) else { return };
        busy.set(true);
        failed.set(false);
        let reply = client::send(RevokePaymentLink { account, link: id.clone() });
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            busy.try_set(false);
            match reply {
                Ok(_) => again.run(()),
                Err(_) => {
                    failed.try_set(true);
                }
            }
        });
    });
    let place = NodeRef::<html::Div>::new();
    let turn = move |to| {
        asks.set(to);
        request_animation_frame(move || focus_last_button(place));
    };
    let shown = move || {
        if !asks.get() {
            let ask = move |()| turn(true);
            return view! { <Button label=say(words::link_revoke) kind=ButtonKind::Outline on_press=ask /> }
                .into_any();
        }
        let keep = move |()| turn(false);
        // By itself: what is asked belongs to the button, and would end with it if the whole were made anew.
        let said = move || failed.get().then(|| view! { <p>{say(words::link_revoke_failed)}</p> }.into_any());
        view! {
            <Notice kind=NoticeKind::Warn title=say(words::link_revoke_confirm)>
                {said}
                <div class="pay-ways">
                    <Button label=say(words::link_revoke) kind=ButtonKind::Outline on_press=revoke busy=busy />
                    <Button label=say(words::link_keep) kind=ButtonKind::Plain on_press=keep />
                </div>
            </Notice>
        }
        .into_any()
    };
    let escape = move |pressed: ev::KeyboardEvent| {
        if pressed.key() == "Escape" && asks.get_untracked() {
            turn(false);
        }
    };
    view! {
        <div class="columns__stack" role="status" node_ref=place on:keydown=escape>
            {shown}
        </div>
    }
    .into_any()
}

/// Whoever presses a button that goes finds the focus on the one that came; of two, on that which changes nothing.
fn focus_last_button(place: NodeRef<html::Div>) {
    let place = place.try_get_untracked().flatten();
    let button = place.and_then(|place| place.query_selector("button:last-child").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // A button that cannot take the focus leaves it where it is.
        button.focus().ok();
    }
}
