//! Alerts: what happened, newest first, and what the customer wants to hear (ACC-3).

mod choices;
pub mod facts;
mod news;

use api::alert_settings::{AlertSettingsNow, GetAlertSettings};
use api::alerts::{Alert, Alerts, GetAlerts, PostAlertsSeen};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;

use crate::client::{self, use_loading};
use crate::clock::Clock;
use crate::components::card::SectionTitle;
use crate::components::list_row::{ListRow, TileTone};
use crate::components::page_header::PageHeader;
use crate::components::page_state::EmptyState;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::day::CivilTime;
use crate::pages::loaded::{property, strip, when_here};
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::SessionState;
use news::{News, use_news};

/// The page at `/alerts`.
#[cfg_attr(feature = "split", lazy)]
pub async fn alerts() -> AnyView {
    for_holder(|| view! { <AlertsPage /> }.into_any(), skeletons::one_card).into_any()
}

#[component]
fn AlertsPage() -> impl IntoView {
    use_title(|| words::alerts_title(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetAlerts { account: session.account_id()? }));
    let settings = use_loading(move || Some(GetAlertSettings { account: session.account_id()? }));
    let news = use_news(move || session.account_id(), move || loading.retry());
    let list = move |reply: &Alerts| list(reply, news);
    let chosen = |now: &AlertSettingsNow| choices::choices(now);
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader
                title=say(words::alerts_title)
                note=property()
                back=("/settings".to_owned(), TextProp::from(say(words::nav_more)))
            />
            {when_here(loading, skeletons::bill_rows, words::alerts_error, list)}
            <SectionTitle title=say(words::alerts_choices) />
            {when_here(settings, skeletons::one_block, words::alerts_error, chosen)}
        </div>
    }
}

fn list(reply: &Alerts, news: News) -> AnyView {
    tell_seen(&reply.alerts);
    let known: Vec<String> = reply.alerts.iter().map(|alert| alert.id.clone()).collect();
    let new = Memo::new(move |_| {
        news.with(|news| news.iter().filter(|alert| !known.contains(&alert.id)).cloned().collect::<Vec<_>>())
    });
    Effect::new(move |_| new.with(|new| tell_seen(new)));
    let (is_empty, unseen) = (reply.alerts.is_empty(), i64::from(reply.unseen));
    let heard = move || {
        let reader = Reader::here();
        let newest = new.with(|new| new.first().map(|alert| facts::sentence(reader, &alert.fact)));
        match newest {
            Some(sentence) => words::alerts_came(reader.language, &sentence),
            None => reader.counted(unseen, words::alerts_unread),
        }
    };
    let came = move || new.get().into_iter().map(row).collect::<Vec<AnyView>>();
    let rows: Vec<AnyView> = reply.alerts.iter().cloned().map(row).collect();
    let nothing = move || {
        let empty = || view! { <EmptyState title=say(words::alerts_title) body=say(words::alerts_empty) /> };
        (is_empty && new.with(Vec::is_empty)).then(empty)
    };
    view! {
        <p class="card__text" role="status">
            {heard}
        </p>
        <div class="card card--flush" hidden=move || is_empty && new.with(Vec::is_empty)>
            {came}
            {rows}
        </div>
        {nothing}
    }
    .into_any()
}

/// What was shown has been seen; on this visit it stays marked as new.
fn tell_seen(alerts: &[Alert]) {
    let new: Vec<String> = alerts.iter().filter(|alert| !alert.seen).map(|alert| alert.id.clone()).collect();
    let account = untrack(|| SessionState::here().account_id());
    if !new.is_empty() {
        spawn_local_scoped_with_cancellation(async move {
            // If it does not arrive they are new next time too, and nothing is lost.
            client::send(PostAlertsSeen { account, alerts: new }).await.ok();
        });
    }
}

fn row(alert: Alert) -> AnyView {
    let clock = Clock::here();
    let Alert { at, seen, fact, .. } = alert;
    let (icon, waits, href) = facts::kind(&fact);
    let tone = if waits { TileTone::Warn } else { TileTone::Brand };
    let title = move || facts::sentence(Reader::here(), &fact);
    let note = move || Reader::here().time(CivilTime::at(at, clock.utc_offset_s()));
    let end =
        move || (!seen).then(|| view! { <StatusTag kind=TagKind::Info label=say(words::alerts_new) /> });
    view! { <ListRow title=title note=TextProp::from(note) icon=icon tone=tone href=href end=end /> }
        .into_any()
}
