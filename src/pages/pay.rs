//! Pay: what is due, any amount of it, and the way to the bank's page (PAY-1 to PAY-4).

pub mod attempt;
pub mod channels;
pub mod check_way;
mod debts;
mod draft;
mod form;
mod link;
mod links;
pub mod receipt;
mod receipts;
mod refunds;
mod sadad;
pub mod sum;
pub mod waiting;
pub mod wish;

use api::bills::BillState;
use api::payments::{GetPayments, PaymentProvider, Payments};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::client::use_loading;
use crate::components::button::{ButtonKind, ButtonLink};
use crate::components::card::SectionTitle;
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::pages::bills::debt_row;
use crate::pages::lazy::lazy_page;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::not_found;
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::router::{Page, Place};
use crate::session::SessionState;

use wish::Typing;

/// The page itself.
const PAGE: &str = "/pay";

/// The pages at `/pay` and below it that are the holder's.
#[cfg_attr(feature = "split", lazy)]
pub async fn pay() -> AnyView {
    for_holder(page, skeletons::one_card).into_any()
}

fn page() -> AnyView {
    let Page::Pay(below) = Place::here().page_now() else { return not_found::not_found() };
    if below.is_empty() {
        return view! { <PayPage /> }.into_any();
    }
    lazy_page(Box::pin(pay_below(below)), skeletons::one_card)
}

/// What is told of paying beside it: the channels, the links, the receipts.
#[cfg_attr(feature = "split", lazy)]
async fn pay_below(below: String) -> AnyView {
    match below.split_once('/').unwrap_or((&below, "")) {
        ("channels", "") => channels::channels(),
        ("channels", channel) => channels::channel(channel),
        ("links", "") => links::links(),
        ("links", id) => link::link(id),
        ("receipts", "") => receipts::receipts(),
        ("receipts", payment) => receipts::one(payment),
        _ => not_found::not_found(),
    }
}

#[component]
fn PayPage() -> impl IntoView {
    use_title(|| words::nav_pay(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetPayments { account: session.account_id()? }));
    let again = Callback::new(move |()| loading.retry());
    let typing = Typing::begin();
    let shown = move |payments: &Payments| body(payments, typing, again);
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::nav_pay)
                note=property()
                back=("/".to_owned(), TextProp::from(say(words::nav_overview)))
            />
            {when_here(loading, skeletons::one_block, words::pay_error, shown)}
        </div>
    }
}

fn body(payments: &Payments, typing: Typing, again: Callback<()>) -> AnyView {
    let way = match &payments.provider {
        PaymentProvider::Knet => form::form(payments, false, typing, again),
        PaymentProvider::Sandbox => form::form(payments, true, typing, again),
        PaymentProvider::Sadad { biller, account } => sadad::sadad(payments, biller, account),
        PaymentProvider::None => closed(),
    };
    let overdue = payments.debts.iter().any(|debt| debt.state == BillState::Overdue).then(debt_row);
    view! {
        <div class="columns__stack">{overdue} {waiting::waiting(payments, again)} {way} {refunds::owed(payments)}</div>
        <SectionTitle title=say(words::pay_ways_title) />
        {ways(&payments.provider)}
    }
    .into_any()
}

fn closed() -> AnyView {
    view! {
        <Notice kind=NoticeKind::Warn title=say(words::pay_closed_title)>
            <p>{say(words::pay_closed_body)}</p>
        </Notice>
        <ButtonLink href="/bills" label=say(words::nav_bills) kind=ButtonKind::Outline />
    }
    .into_any()
}

/// The other ways, and what was paid.
fn ways(provider: &PaymentProvider) -> AnyView {
    let row = |href: &str,
               icon,
               title: fn(words::Language) -> &'static str,
               note: fn(words::Language) -> &'static str| {
        let note = TextProp::from(say(note));
        view! { <ListRow title=say(title) note=note icon=icon href=href.to_owned() /> }.into_any()
    };
    let receipts =
        row("/pay/receipts", IconName::Document, words::receipts_title, words::pay_way_receipts_help);
    let is_here = matches!(provider, PaymentProvider::Knet | PaymentProvider::Sandbox);
    let link =
        is_here.then(|| row("/pay/links", IconName::File, words::pay_way_link, words::pay_way_link_help));
    let channels = channels::has_channels().then(|| {
        row("/pay/channels", IconName::More, words::pay_channels_title, words::pay_way_channels_help)
    });
    view! {
        <div class="card card--flush">
            {link}
            {channels}
            {receipts}
        </div>
    }
    .into_any()
}

/// Where the card's details go, and whether it is a trial.
pub fn how(is_sandbox: bool) -> AnyView {
    let trial = is_sandbox.then(|| {
        view! {
            <Notice kind=NoticeKind::Plain icon=IconName::Info title=say(words::pay_sandbox_title)>
                <p>{say(words::pay_sandbox_body)}</p>
            </Notice>
        }
        .into_any()
    });
    let card = (!is_sandbox).then(|| {
        view! {
            <Notice kind=NoticeKind::Plain title=say(words::pay_card_title)>
                <p>{say(words::pay_card_body)}</p>
            </Notice>
        }
        .into_any()
    });
    (card, trial).into_any()
}
