//! Payment links (PAY-3): one is made here, and all are listed.

use api::accounts::AccountId;
use api::payment_links::{
    GetPaymentLinks, MOST_LINK_DAYS, PaymentLink, PaymentLinkState, PaymentLinks, PostPaymentLink,
};
use api::payments::LONGEST_PAYER;
use billing::money::{Currency, Money};
use billing::period::Day;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;
use time::Duration;

use super::channels::warning;
use super::sum::{Limit, asked_for, of_wire, read, wrong_words};
use crate::client::{self, ClientError, new_request_id, use_loading};
use crate::clock::Clock;
use crate::components::amount::Amount;
use crate::components::button::Button;
use crate::components::card::{Card, SectionTitle};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::components::segmented::Segmented;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::Unit;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::overview::figures::local_day;
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::router::Place;
use crate::session::SessionState;

/// The days that a link may last.
const LASTS: [u32; 3] = [1, 7, MOST_LINK_DAYS];
/// A week, until another is chosen.
const LASTS_AT_FIRST: u32 = LASTS[1];

/// The page at `/pay/links`.
pub fn links() -> AnyView {
    use_title(|| words::links_title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetPaymentLinks { account: session.account_id()? }));
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::links_title)
                note=property()
                back=("/pay".to_owned(), TextProp::from(say(words::nav_pay)))
            />
            {when_here(loading, skeletons::one_block, words::links_error, body)}
        </div>
    }
    .into_any()
}

fn body(reply: &PaymentLinks) -> AnyView {
    let currency = reply.currency;
    let active = reply.links.iter().filter(|link| link.state == PaymentLinkState::Active).count();
    let active = i64::try_from(active).unwrap_or_default();
    let count = move || Reader::here().counted(active, words::links_active);
    let rows: Vec<AnyView> = reply.links.iter().map(|link| row(currency, link)).collect();
    let list = (!rows.is_empty()).then(|| view! { <div class="card card--flush">{rows}</div> }.into_any());
    view! {
        {making(reply)}
        <SectionTitle title=count />
        {list}
        {warning()}
    }
    .into_any()
}

fn row(currency: Currency, link: &PaymentLink) -> AnyView {
    let (note, last_day, amount, state) = (link.note.clone(), link.last_day, link.amount.clone(), link.state);
    let title = move || if note.is_empty() { say(words::link_title)().to_owned() } else { note.clone() };
    let until = move || {
        let reader = Reader::here();
        words::link_until(reader.language, &reader.full_day(last_day))
    };
    let end = move || {
        view! {
            <span class="bill-row__end">
                <Amount value=amount.clone() unit=Unit::Money(currency) />
                <span class="bill-row__tags">{state_tag(state)}</span>
            </span>
        }
    };
    let href = format!("/pay/links/{}", link.id);
    view! { <ListRow title=title note=TextProp::from(until) icon=IconName::File href=href end=end /> }
        .into_any()
}

/// Where a link stands, as a tag.
pub fn state_tag(state: PaymentLinkState) -> AnyView {
    let (kind, label): (_, fn(words::Language) -> &'static str) = match state {
        PaymentLinkState::Active => (TagKind::Good, words::link_state_active),
        PaymentLinkState::Paid => (TagKind::Plain, words::link_state_paid),
        PaymentLinkState::Expired => (TagKind::Plain, words::link_state_expired),
        PaymentLinkState::Revoked => (TagKind::Plain, words::link_state_revoked),
    };
    view! { <StatusTag kind=kind label=say(label) /> }.into_any()
}

/// A link that is being made.
#[derive(Clone, Copy)]
struct Making {
    currency: Currency,
    due: Money,
    today: Day,
    typed: RwSignal<String>,
    open: RwSignal<bool>,
    lasts: RwSignal<u32>,
    note: RwSignal<String>,
    tried: RwSignal<bool>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<ClientError>>,
    /// What was asked for last and under which name: the same again makes no second link.
    named: StoredValue<Option<(PostPaymentLink, String)>>,
    account: StoredValue<Option<AccountId>>,
    place: Place,
}

fn making(reply: &PaymentLinks) -> AnyView {
    let currency = reply.currency;
    let due = of_wire(&reply.due, currency);
    let today = local_day(reply.now, untrack(|| Clock::here().utc_offset_s()));
    let (true, Some((today, _))) = (due.minor() > 0, today) else {
        return view! { <Notice kind=NoticeKind::Good icon=IconName::Check title=say(words::link_nothing_due) /> }
            .into_any();
    };
    // A part of a bill that was divided comes with the address.
    let asked = asked_for(due);
    let making = Making {
        currency,
        due,
        today: Day(today),
        typed: RwSignal::new(asked.unwrap_or_else(|| due.to_string())),
        open: RwSignal::new(false),
        lasts: RwSignal::new(LASTS_AT_FIRST),
        note: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
        busy: RwSignal::new(false),
        failed: RwSignal::new(None),
        named: StoredValue::new(None),
        account: StoredValue::new(untrack(|| SessionState::here().account_id())),
        place: Place::here(),
    };
    making.form()
}

impl Making {
    fn form(self) -> AnyView {
        let currency = self.currency;
        let hint = move || {
            let reader = Reader::here();
            let smallest = reader.money(currency, &Money::from_minor(1, currency).to_string());
            words::pay_amount_help(reader.language, &smallest)
        };
        let submit = move |submitted: leptos::ev::SubmitEvent| {
            submitted.prevent_default();
            self.send();
        };
        let failed = move || {
            let reader = Reader::here();
            let title = match self.failed.get()? {
                ClientError::Refused(problem) => reader.message(&problem.message),
                _ => words::link_create_failed(reader.language).to_owned(),
            };
            Some(view! { <Notice kind=NoticeKind::Bad title=title /> }.into_any())
        };
        view! {
            <form novalidate on:submit=submit>
                <Card heading=say(words::link_create)>
                    <Field
                        id="link-amount"
                        label=say(words::pay_amount)
                        value=self.typed
                        kind=FieldKind::Decimal
                        unit=move || Unit::Money(currency).label(Reader::here().language)
                        hint=TextProp::from(hint)
                        error=Signal::derive(move || self.wrong())
                    />
                    {self.choices()}
                    <Field
                        id="link-note"
                        label=say(words::link_note)
                        value=self.note
                        kind=FieldKind::Name
                        hint=TextProp::from(say(words::link_note_help))
                        error=Signal::derive(move || self.note_wrong())
                    />
                    <div role="status">{failed}</div>
                    <Button label=say(words::link_create) busy=self.busy wide=true />
                </Card>
            </form>
        }
        .into_any()
    }

    fn choices(self) -> AnyView {
        let kinds = vec![
            (false, TextProp::from(say(words::link_kind_single))),
            (true, TextProp::from(say(words::link_kind_open))),
        ];
        let lasting = |days: u32| {
            let label = move || Reader::here().days(i64::from(days));
            (days, TextProp::from(label))
        };
        let help = move || {
            let help =
                if self.open.get() { words::link_kind_open_help } else { words::link_kind_single_help };
            help(Reader::here().language)
        };
        view! {
            <Segmented
                titled=true
                legend=say(words::link_kind)
                name="link-kind"
                options=kinds
                chosen=self.open
                on_choose=move |open| self.open.set(open)
            />
            <p class="card__caption" aria-live="polite">
                {help}
            </p>
            <Segmented
                titled=true
                legend=say(words::link_ends)
                name="link-lasts"
                options=LASTS.into_iter().map(lasting).collect()
                chosen=self.lasts
                on_choose=move |days| self.lasts.set(days)
            />
        }
        .into_any()
    }

    fn wrong(self) -> Option<String> {
        let typed = self.typed.get();
        let wrong = read(&typed, self.currency, Limit::NewLink(self.due)).err()?;
        let is_shown = self.tried.get() || !typed.trim().is_empty();
        is_shown.then(|| wrong_words(Reader::here(), &wrong, self.currency))
    }

    fn note_wrong(self) -> Option<String> {
        let is_long = self.note.with(|note| note.trim().len() > LONGEST_PAYER);
        is_long.then(|| words::link_note_wrong(Reader::here().language).to_owned())
    }

    fn send(self) {
        self.tried.set(true);
        if self.busy.get_untracked() || untrack(|| self.note_wrong()).is_some() {
            return;
        }
        let Ok(sum) = read(&self.typed.get_untracked(), self.currency, Limit::NewLink(self.due)) else {
            return;
        };
        let last_day = self.today.0.checked_add(Duration::days(i64::from(self.lasts.get_untracked())));
        let mut post = PostPaymentLink {
            account: self.account.get_value(),
            request_id: String::new(),
            amount: sum.to_string(),
            open: self.open.get_untracked(),
            last_day: Day(last_day.unwrap_or(self.today.0)),
            note: self.note.get_untracked().trim().to_owned(),
        };
        post.request_id = self.request_id(&post);
        self.busy.set(true);
        self.failed.set(None);
        let reply = client::send(post);
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            self.busy.try_set(false);
            match reply {
                Ok(link) => self.place.go(&format!("/pay/links/{}", link.id)),
                Err(error) => {
                    self.failed.try_set(Some(error));
                }
            }
        });
    }

    fn request_id(self, post: &PostPaymentLink) -> String {
        if let Some((known, request_id)) = self.named.get_value()
            && known == *post
        {
            return request_id;
        }
        let request_id = new_request_id();
        self.named.set_value(Some((post.clone(), request_id.clone())));
        request_id
    }
}
