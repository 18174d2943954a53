//! Consumption: by year, billing period and day, as a chart or as a table of the same numbers.

mod canvas;
mod card;
mod chart;
mod draw;
mod export;
mod palette;
mod range;
mod spans;
mod table;

use api::accounts::{AccountId, Commodity, GetOverview, MeterKind, Overview, ServicePoint};
use api::consumption::GetConsumption;
use billing::period::Period;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use time::Date;

use crate::client::{Loaded, Loading, Outcome, use_loading};
use crate::components::page_header::PageHeader;
use crate::components::segmented::Segmented;
use crate::components::stepper::Stepper;
use crate::components::switch::Switch;
use crate::pages::overview::figures::local_day;
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;
use crate::pages::states::{failure, old_strip};
use crate::router::query;
use crate::session::SessionState;
use range::View;

/// The page at `/consumption`.
#[cfg_attr(feature = "split", lazy)]
pub async fn consumption() -> AnyView {
    for_holder(|| view! { <ConsumptionPage /> }.into_any(), skeletons::consumption).into_any()
}

#[component]
fn ConsumptionPage() -> impl IntoView {
    use_title(|| words::nav_consumption(Reader::here().language).to_owned());
    let session = SessionState::here();
    let loading = use_loading(move || Some(GetOverview { account: session.account_id()? }));
    let note = move || {
        let reader = Reader::here();
        session.account().map(|account| reader.message(&account.property)).unwrap_or_default()
    };
    view! {
        {move || loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => old_strip(loaded),
            _ => None,
        })}
        <PageHeader title=say(words::nav_consumption) note=TextProp::from(note) />
        {move || body(loading)}
    }
}

fn body(loading: Loading<Overview>) -> AnyView {
    loading.outcome.with(|outcome| match outcome {
        Outcome::Waiting => skeletons::one_chart(),
        Outcome::Failed(error) => {
            let retry = Callback::new(move |()| loading.retry());
            failure(error, words::consumption_error, retry)
        }
        Outcome::Here(Loaded { reply, .. }) => {
            let Some((today, _)) = local_day(reply.now, reply.utc_offset_seconds) else {
                return ().into_any();
            };
            let site = Site {
                account: reply.account.id.clone(),
                currency: reply.account.currency,
                now: reply.now,
                utc_offset_s: reply.utc_offset_seconds,
                today,
            };
            view! { <Points site=site points=reply.service_points.clone() /> }.into_any()
        }
    })
}

/// What all views of an account share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    account: AccountId,
    currency: billing::money::Currency,
    now: i64,
    utc_offset_s: i32,
    today: Date,
}

/// Chooses the service, where there are several.
#[component]
fn Points(site: Site, points: Vec<ServicePoint>) -> impl IntoView {
    let wants_water = query("service").as_deref() == Some("water");
    let first = points
        .iter()
        .map(|point| point.commodity)
        .find(|commodity| (*commodity == Commodity::Water) == wants_water);
    let chosen = RwSignal::new(first.or(points.first().map(|point| point.commodity)));
    let options: Vec<_> = points
        .iter()
        .map(|point| {
            let name = match point.commodity {
                Commodity::Electricity => words::commodity_electricity,
                Commodity::Water => words::commodity_water,
            };
            (Some(point.commodity), TextProp::from(say(name)))
        })
        .collect();
    let switch = (options.len() > 1).then(|| {
        view! {
            <Segmented
                legend=say(words::nav_consumption)
                name="service"
                options=options
                chosen=chosen
                on_choose=move |commodity| chosen.set(commodity)
            />
        }
    });
    let shown = move || {
        let point = points.iter().find(|point| Some(point.commodity) == chosen.get()).cloned();
        point.map(|point| view! { <PointView site=site.clone() point=point /> })
    };
    view! {
        <div class="consumption columns__stack">
            {switch} {shown}
        </div>
    }
}

/// What is shown of a service point.
#[derive(Clone, Copy)]
pub struct Choice {
    view: RwSignal<View>,
    anchor: RwSignal<Date>,
    as_table: RwSignal<bool>,
    compares: RwSignal<bool>,
    /// The day of the month that billing periods begin on.
    first_day: u8,
}

impl Choice {
    fn days(self) -> Period {
        self.view.get().days(self.anchor.get(), self.first_day)
    }
}

#[component]
fn PointView(site: Site, point: ServicePoint) -> impl IntoView {
    let speaks = point.meter.kind == MeterKind::Digital;
    let choice = Choice {
        view: RwSignal::new(if speaks { View::Month } else { View::Readings }),
        anchor: RwSignal::new(site.today),
        as_table: RwSignal::new(false),
        compares: RwSignal::new(speaks),
        first_day: point.period.first().day(),
    };
    let (account, service_point) = (site.account.clone(), point.id.clone());
    let ask = move |days: Period| GetConsumption {
        account: account.clone(),
        service_point: service_point.clone(),
        from: days.from,
        to: days.to,
        step: choice.view.get().step(),
    };
    let asks = ask.clone();
    let loading = use_loading(move || Some(ask(choice.days())));
    let past = use_loading(move || {
        let last_year = choice.view.get().last_year(choice.days(), choice.first_day);
        choice.compares.get().then(|| asks(last_year))
    });
    let today = site.today;
    let export = export::control(site.clone(), point.clone(), choice);
    let card = card::card(site, point, choice, loading, past);
    view! {
        {speaks.then(|| views(choice))}
        {steps(choice, today)}
        {toggles(choice, speaks)}
        {card}
        {export}
    }
}

fn views(choice: Choice) -> impl IntoView {
    let options = vec![
        (View::Day, TextProp::from(say(words::consumption_day))),
        (View::Month, TextProp::from(say(words::consumption_month))),
        (View::Year, TextProp::from(say(words::consumption_year))),
    ];
    view! {
        <Segmented
            legend=say(words::nav_consumption)
            name="view"
            options=options
            chosen=choice.view
            on_choose=move |view| choice.view.set(view)
        />
    }
}

/// Earlier and later, by name; what has not begun yet is not offered.
fn steps(choice: Choice, today: Date) -> impl IntoView {
    let name = move |by: i32| {
        let (view, anchor) = (choice.view.get(), choice.anchor.get());
        let days = view.stepped(anchor, choice.first_day, by);
        (days.first() <= today).then(|| short_name(view, days, Reader::here()))
    };
    let now = move || choice.view.get().name(choice.days(), Reader::here());
    let step = move |by: i32| {
        let days = choice.view.get_untracked().stepped(choice.anchor.get_untracked(), choice.first_day, by);
        // The last day of a span names it; today stands for the open one.
        choice.anchor.set(days.last().min(today));
    };
    view! {
        <Stepper
            now=now
            earlier=Signal::derive(move || name(-1))
            later=Signal::derive(move || name(1))
            on_step=step
        />
    }
}

/// Beside an arrow the month stands without its year, and a day is its weekday.
fn short_name(view: View, days: Period, reader: Reader) -> String {
    let day = crate::format::day::CivilDay::from(days.to);
    match view {
        View::Month => day.month_name(reader.language).to_owned(),
        View::Day => day.weekday_name(reader.language).to_owned(),
        View::Year | View::Readings => view.name(days, reader),
    }
}

fn toggles(choice: Choice, speaks: bool) -> impl IntoView {
    let options = vec![
        (false, TextProp::from(say(words::consumption_chart))),
        (true, TextProp::from(say(words::consumption_table))),
    ];
    view! {
        <div class="consumption__toggles">
            {speaks.then(|| view! { <Switch label=say(words::consumption_compare_short) on=choice.compares /> })}
            <Segmented
                legend=say(words::consumption_shown_as)
                name="shown-as"
                options=options
                chosen=choice.as_table
                on_choose=move |as_table| choice.as_table.set(as_table)
            />
        </div>
    }
}
