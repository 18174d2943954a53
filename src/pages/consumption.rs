//! Consumption: from years to quarter hours, as a chart, as a curve of the power, or as a table of the same numbers.

mod canvas;
mod card;
mod chart;
mod choice;
mod cursor;
mod curve;
mod draw;
mod export;
mod palette;
mod pen;
mod picture;
mod range;
mod spans;
mod table;

use api::accounts::{AccountId, GetOverview, MeterKind, Overview, ServicePoint};
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
use crate::pages::lazy::lazy_part;
use crate::pages::overview::figures::local_day;
use crate::pages::page::{for_holder, use_title};
use crate::pages::reader::{Reader, say};
use crate::pages::service_points::{asked_for, named, service_switch};
use crate::pages::skeletons;
use crate::pages::states::{failure, old_strip};
use crate::session::SessionState;
use choice::{Choice, Shape};
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
    let chosen = RwSignal::new(asked_for(&points));
    let switch = service_switch(words::nav_consumption, named(&points), chosen);
    let shown = move || {
        let point = points.iter().find(|point| Some(&point.id) == chosen.get().as_ref()).cloned();
        point.map(|point| view! { <PointView site=site.clone() point=point /> })
    };
    view! {
        <div class="consumption columns__stack">
            {switch} {shown}
        </div>
    }
}

#[component]
fn PointView(site: Site, point: ServicePoint) -> impl IntoView {
    let speaks = point.meter.kind == MeterKind::Digital;
    let view = if speaks { View::Month } else { View::Readings };
    let choice = Choice::new(&site, view, point.period.first().day(), speaks);
    let export = export::control(site.clone(), point.clone(), choice);
    let of_point = (site.clone(), point);
    let is_curve = Memo::new(move |_| choice.shape.get() == Shape::Curve);
    let shown = move || {
        let (site, point) = of_point.clone();
        if is_curve.get() {
            return lazy_part(Box::pin(curve::curve(site, point, choice)), skeletons::one_chart);
        }
        spans_of(site, point, choice)
    };
    let today = site.today;
    let days = move || {
        let view = view! {
            {speaks.then(|| views(choice, today))}
            {steps(choice, today)}
        };
        (!is_curve.get()).then_some(view)
    };
    view! {
        {days}
        {toggles(choice, speaks)}
        {shown}
        {export}
    }
}

/// The card of the days that are shown, and the bar that moves over them.
fn spans_of(site: Site, point: ServicePoint, choice: Choice) -> AnyView {
    let (account, service_point) = (site.account.clone(), point.id.clone());
    let ask = move |days: Period| GetConsumption {
        account: account.clone(),
        service_point: service_point.clone(),
        from: days.from,
        to: days.to,
        step: choice.view.get().step(),
    };
    let asks = ask.clone();
    let loading = use_loading(move || Some(ask(choice.days.get())));
    let past = use_loading(move || {
        let view = choice.view.get();
        let last_year = view.last_year(choice.days.get(), choice.first_day);
        // All years stand side by side already.
        (choice.compares.get() && !matches!(view, View::Years(_))).then(|| asks(last_year))
    });
    let grain = cursor::use_grain(&site, &point, choice);
    let shown = card::use_shown(site, point, choice, loading, past);
    view! {
        {card::card(choice, loading, shown, grain)}
        {cursor::bar(choice, shown)}
    }
    .into_any()
}

fn views(choice: Choice, today: Date) -> impl IntoView {
    let options = vec![
        (View::Day, TextProp::from(say(words::consumption_day))),
        (View::Month, TextProp::from(say(words::consumption_month))),
        (View::Year, TextProp::from(say(words::consumption_year))),
        (View::Years(today.year()), TextProp::from(say(words::consumption_years))),
    ];
    // Quarter hours are a day too, seen from nearer.
    let chosen = Signal::derive(move || match choice.view.get() {
        View::Quarters => View::Day,
        view => view,
    });
    view! {
        <Segmented
            legend=say(words::nav_consumption)
            name="view"
            options=options
            chosen=chosen
            on_choose=move |view| choice.view.set(view)
        />
    }
}

/// Earlier and later, by name; what has not begun yet is not offered.
fn steps(choice: Choice, today: Date) -> impl IntoView {
    let name = move |by: i32| {
        let (view, shown) = (choice.view.get(), choice.days.get());
        let days = choice.stepped(by);
        (days != shown && days.first() <= today).then(|| short_name(view, days, Reader::here()))
    };
    let now = move || choice.view.get().name(choice.days.get(), Reader::here());
    view! {
        <Stepper
            now=now
            earlier=Signal::derive(move || name(-1))
            later=Signal::derive(move || name(1))
            on_step=move |by| choice.step(by)
        />
    }
}

/// Beside an arrow the month stands without its year, and a day is its weekday.
fn short_name(view: View, days: Period, reader: Reader) -> String {
    let day = crate::format::day::CivilDay::from(days.to);
    match view {
        View::Month => day.month_name(reader.language).to_owned(),
        View::Day | View::Quarters => day.weekday_name(reader.language).to_owned(),
        View::Years(_) | View::Year | View::Readings => view.name(days, reader),
    }
}

fn toggles(choice: Choice, speaks: bool) -> impl IntoView {
    let mut options = vec![
        (Shape::Chart, TextProp::from(say(words::consumption_chart))),
        (Shape::Table, TextProp::from(say(words::consumption_table))),
    ];
    if speaks {
        options.insert(1, (Shape::Curve, TextProp::from(say(words::consumption_curve))));
    }
    view! {
        <div class="consumption__toggles">
            {speaks.then(|| view! { <Switch label=say(words::consumption_compare_short) on=choice.compares /> })}
            <Segmented
                legend=say(words::consumption_shown_as)
                name="shown-as"
                options=options
                chosen=choice.shape
                on_choose=move |shape| choice.shape.set(shape)
            />
        </div>
    }
}
