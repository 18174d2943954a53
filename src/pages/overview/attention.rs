//! What waits for the holder on any of their accounts, and what Hafez and prepaid credits bring. It travels by itself,
//! after the figures of the account that is looked at.

use api::accounts::AccountId;
use api::attention::{Attention, CreditLeft, GetAttention, HafezEarnings, StoppedTransactions, WaitingAlert};
use billing::period::Day;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::{Loaded, Outcome, use_loading};
use crate::components::amount::{Amount, AmountSize};
use crate::components::card::{Card, CardLink};
use crate::components::icon::{Icon, IconName};
use crate::components::list_row::{ListRow, TileTone};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::Unit;
use crate::pages::alerts::facts;
use crate::pages::hafez::curve::percent;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::waiting;
use crate::session::SessionState;

/// The alerts that wait, and below all other cards one for each member of Hafez and each prepaid supply.
#[cfg_attr(feature = "split", lazy)]
pub async fn attention(count: u32) -> AnyView {
    waiting::send_what_waits();
    let loading = use_loading(|| Some(GetAttention {}));
    let shown = move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Waiting => skeletons::waiting(count)(),
            // The figures stand without it, and the alerts have a page of their own.
            Outcome::Failed(_) => ().into_any(),
            Outcome::Here(Loaded { reply, .. }) => parts(reply, count),
        })
    };
    shown.into_any()
}

/// No more alerts than have room: one that was raised meanwhile is there on the next visit, and nothing moves for it.
fn parts(reply: &Attention, waiting: u32) -> AnyView {
    let room = usize::try_from(waiting).unwrap_or(usize::MAX);
    let rows: Vec<AnyView> = reply.alerts.iter().take(room).cloned().map(row).collect();
    let rows =
        (!rows.is_empty()).then(|| view! { <div class="card card--flush waiting">{rows}</div> }.into_any());
    let hafez = reply.hafez.iter().cloned().map(hafez_card);
    let credits = reply.credits.iter().cloned().map(credit_card);
    let stopped = reply.stopped.clone().into_iter().map(stopped_card);
    let cards: Vec<AnyView> = stopped.chain(hafez).chain(credits).collect();
    let cards = (!cards.is_empty()).then(|| view! { <div class="beside">{cards}</div> }.into_any());
    view! {
        {rows}
        {cards}
    }
    .into_any()
}

/// Leads to a page of `account`, which is chosen on the way.
fn of_account(account: AccountId, link: AnyView) -> AnyView {
    let session = SessionState::here();
    view! {
        <div class="starting__turn" on:click=move |_| session.choose(account.clone())>
            {link}
        </div>
    }
    .into_any()
}

fn row(WaitingAlert { account, property, alert }: WaitingAlert) -> AnyView {
    let (icon, waits, href) = facts::kind(&alert.fact);
    let tone = if waits { TileTone::Warn } else { TileTone::Brand };
    let title = move || facts::sentence(Reader::here(), &alert.fact);
    let note = move || Reader::here().message(&property);
    let row = view! { <ListRow title=title note=TextProp::from(note) icon=icon tone=tone href=href /> };
    of_account(account, row.into_any())
}

fn stopped_card(StoppedTransactions { account, property }: StoppedTransactions) -> AnyView {
    let note = move || Reader::here().message(&property);
    let card = view! {
        <Card heading=say(words::debt_body_blocked) aside=|| view! { <Icon name=IconName::Lock /> }>
            <p class="card__text">{note}</p>
            <CardLink href="/debt" label=say(words::debt_route_title) />
        </Card>
    };
    of_account(account, card.into_any())
}

fn hafez_card(earnings: HafezEarnings) -> AnyView {
    let HafezEarnings { account, property, currency, month, earned, saving_rate, total } = earnings;
    let note = move || {
        let reader = Reader::here();
        let month = words::overview_hafez_month(reader.language, reader.month_name(Day(month.first_day())));
        words::overview_two_facts(reader.language, &reader.message(&property), &month)
    };
    let year = move || {
        let reader = Reader::here();
        words::hafez_year_total(reader.language, &reader.money(currency, &total))
    };
    // Nothing saved is no praise.
    let saving_rate = saving_rate.filter(|rate| rate.bytes().any(|digit| (b'1'..=b'9').contains(&digit)));
    let saved = saving_rate.map(|rate| {
        let label = move || {
            let reader = Reader::here();
            words::overview_hafez_saved(reader.language, &percent(reader, &rate))
        };
        view! {
            <p>
                <StatusTag kind=TagKind::Good label=label />
            </p>
        }
        .into_any()
    });
    let card = view! {
        <Card heading=say(words::nav_hafez) aside=|| view! { <Icon name=IconName::Leaf /> }>
            <p class="card__caption">{note}</p>
            <p>
                <Amount value=earned unit=Unit::Money(currency) size=AmountSize::Figure />
            </p>
            {saved}
            <p class="card__caption">{year}</p>
            <CardLink href="/hafez" label=say(words::hafez_months_title) />
        </Card>
    };
    of_account(account, card.into_any())
}

fn credit_card(CreditLeft { account, property, currency, left, days }: CreditLeft) -> AnyView {
    let note = move || Reader::here().message(&property);
    let days = move || days.map(|days| Reader::here().counted(i64::from(days), words::prepaid_days_left));
    let card = view! {
        <Card heading=say(words::nav_prepaid) aside=|| view! { <Icon name=IconName::Clock /> }>
            <p class="card__caption">{note}</p>
            <p>
                <Amount value=left unit=Unit::Money(currency) size=AmountSize::Figure />
            </p>
            <p class="card__text">{days}</p>
            <CardLink href="/prepaid" label=say(words::prepaid_topup_title) />
        </Card>
    };
    of_account(account, card.into_any())
}
