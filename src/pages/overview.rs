//! Overview: what is owed, what is used now, where the month will end.

mod attention;
mod bills;
pub mod by_reading;
mod chart;
mod course;
mod due;
pub mod figures;
pub mod month;
mod month_chart;
mod now;
mod plot;
mod wide;

use api::accounts::{Commodity, GetOverview, MeterKind, Overview, ServicePoint};
use api::live::LiveReading;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::time::Duration;

use crate::client::{Loaded, Outcome, breathe, use_loading};
use crate::clock::Clock;
use crate::components::account_switch::AccountSwitch;
use crate::components::icon::{Icon, IconName};
use crate::components::page_header::{LanguageSwitch, PageHeader};
use crate::live::{Live, use_live};
use crate::pages::lazy::{in_turn, lazy_part};
use crate::pages::loaded::{strip, when_here};
use crate::pages::page::use_title;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::session::SessionState;

/// The page at `/`.
pub fn overview() -> AnyView {
    view! { <OverviewPage /> }.into_any()
}

#[component]
fn OverviewPage() -> impl IntoView {
    use_title(|| words::nav_overview(Reader::here().language).to_owned());
    let (session, clock) = (SessionState::here(), Clock::here());
    let loading = use_loading(move || Some(GetOverview { account: session.account_id()? }));
    let live = use_live(move || {
        let listens = loading.outcome.with(|outcome| match outcome {
            Outcome::Here(Loaded { reply, .. }) => reply.service_points.iter().any(speaks),
            _ => false,
        });
        session.account_id().filter(|_| listens)
    });
    Effect::new(move |_| {
        loading.outcome.with(|outcome| {
            if let Outcome::Here(Loaded { reply, came_at, stale: false }) = outcome {
                clock.set(reply.now, reply.utc_offset_seconds, *came_at);
            }
        });
    });
    // Cards that are only renewed stand still.
    let renewed = StoredValue::new(false);
    let wide = wide::use_wide();
    let unseen = Signal::derive(move || {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Here(Loaded { reply, .. }) => reply.unseen,
            _ => 0,
        })
    });
    let shown = move |overview: &Overview| {
        // Side by side they stand in each other's rows: there all come at once.
        let first = !renewed.get_value() && !wide.get_untracked();
        renewed.set_value(true);
        cards(overview.clone(), live, first)
    };
    view! {
        {strip(loading)}
        <Header unseen=unseen />
        {when_here(loading, skeletons::overview_cards, words::overview_error, shown)}
    }
}

/// The account as the page's title, with a way to the holder's others, and to what happened: `unseen` alerts are new.
#[component]
fn Header(unseen: Signal<u32>) -> impl IntoView {
    let session = SessionState::here();
    let title = move || {
        let reader = Reader::here();
        session.account().map(|account| reader.message(&account.property)).unwrap_or_default()
    };
    let note = move || {
        let reader = Reader::here();
        session.account().map(|account| {
            let services = match account.commodities.as_slice() {
                [only] => reader.commodity(*only).to_owned(),
                _ => words::commodities_both(reader.language).to_owned(),
            };
            let ending = reader.digits.write(last_four(&account.id.0));
            format!("{services} · {}", words::account_ending(reader.language, &ending))
        })
    };
    let accounts = Signal::derive(move || {
        let reader = Reader::here();
        let named =
            |account: api::accounts::AccountSummary| (account.id.0, reader.message(&account.property));
        session.accounts().into_iter().map(named).collect()
    });
    let chosen = Signal::derive(move || session.account_id().map(|id| id.0).unwrap_or_default());
    let switch = move || {
        let choose = move |id| session.choose(api::accounts::AccountId(id));
        view! { <AccountSwitch label=say(words::account_switch) accounts=accounts chosen=chosen on_choose=choose /> }
    };
    let count = move || {
        let count = Some(unseen.get()).filter(|count| *count > 0)?;
        let shown = Reader::here().digits.write(&count.to_string());
        Some(view! { <span class="bell__count">{shown}</span> }.into_any())
    };
    view! {
        <PageHeader title=title note=TextProp::from(move || note().unwrap_or_default()) in_place=switch>
            <LanguageSwitch label=say(words::language_switch) />
            <a class="bell" href="/alerts">
                <span class="heard">{say(words::alerts_title)} " "</span>
                <Icon name=IconName::Bell />
                {count}
            </a>
        </PageHeader>
    }
}

fn last_four(number: &str) -> &str {
    let start = number.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    &number[start..]
}

/// Whether figures come by themselves (MET-6).
fn speaks(point: &ServicePoint) -> bool {
    point.commodity == Commodity::Electricity && point.meter.kind == MeterKind::Digital
}

fn cards(overview: Overview, live: Live, first: bool) -> AnyView {
    let Overview { account, now, utc_offset_seconds, due, bills, service_points, waiting, .. } = overview;
    let (metered, read): (Vec<_>, Vec<_>) = service_points.into_iter().partition(speaks);
    let currency = account.currency;
    // Made first: nothing that waits for its turn comes before the portal's own figures.
    let metered = metered.into_iter().map(|point| {
        let newest = newest_of(&point, live);
        let at = now::Site { currency, now, utc_offset_s: utc_offset_seconds };
        let account = account.id.clone();
        let its_now = point.clone();
        let now = move || {
            view! { <now::NowCard point=its_now at=at newest=newest stream=live.stream account=account /> }
                .into_any()
        };
        let month = move || view! { <month::MonthCard point=point at=at newest=newest /> }.into_any();
        // The first time each comes by itself, so that no press waits for both.
        if !first {
            return [now(), month()];
        }
        let now = async move {
            breathe().await;
            now()
        };
        [
            lazy_part(Box::pin(now), skeletons::now_card),
            in_turn(async move { month() }, skeletons::month_card),
        ]
    });
    let metered: Vec<_> = metered.collect();
    let read = read.into_iter().map(|point| view! { <by_reading::ByReadingCard point=point /> }.into_any());
    view! {
        <div class="columns overview">
            <due::Due due=due currency=currency bills=bills.clone() account=account.id.clone() />
            {in_turn(attention::attention(waiting), skeletons::waiting(waiting))}
            {metered}
            <bills::LatestBills bills=bills />
            {read.collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// A mark for the benchmark: a figure that the engine worked out here has been painted. The first of them counts.
fn mark_first_figure(is_here: Signal<bool>) {
    Effect::new(move |marked: Option<bool>| {
        let is_here = is_here.get();
        if is_here && marked != Some(true) {
            // The frame that begins here paints it, and what is set now runs after that.
            request_animation_frame(|| {
                let painted = || {
                    // Without the mark nothing is missing but a measurement.
                    window().performance().and_then(|performance| performance.mark("adad:first-figure").ok());
                };
                set_timeout(painted, Duration::ZERO);
            });
        }
        is_here
    });
}

/// The newest reading of the point: the stream's, or the one that came with the page.
fn newest_of(point: &ServicePoint, live: Live) -> Signal<Option<LiveReading>> {
    let (id, first) = (point.id.clone(), point.live.clone());
    let newest = Memo::new(move |known: Option<&Option<LiveReading>>| {
        let known = known.cloned().flatten().or_else(|| first.clone());
        let came = live.newest.get().filter(|reading| reading.service_point == id);
        // A stream that is opened again may begin with what is known already.
        match (known, came) {
            (Some(known), Some(came)) if came.start < known.start => Some(known),
            (known, came) => came.or(known),
        }
    });
    newest.into()
}

#[cfg(test)]
mod tests {
    use super::last_four;

    #[test]
    fn an_account_is_told_by_its_last_four_digits() {
        for (number, shown) in [("1007783", "7783"), ("783", "783"), ("", "")] {
            assert_eq!(last_four(number), shown);
        }
    }
}
