//! The chosen span: what it is called, what it holds and what it cost, and the bar that moves over the spans.

use api::accounts::ServicePoint;
use api::consumption::Span;
use api::intervals::GetIntervals;
use leptos::prelude::*;

use super::Site;
use super::card::Shown;
use super::choice::{Choice, place_of};
use super::range::View;
use super::{spans, table};
use crate::client::{Outcome, use_loading};
use crate::components::zoom_bar::{Move, ZoomBar, ZoomWords};
use crate::pages::reader::{Reader, say};

/// The bar below the card. It stays while the card changes, and keeps the focus.
pub fn bar(choice: Choice, shown: Memo<Option<Shown>>) -> impl IntoView {
    let chosen = Memo::new(move |_| shown.with(|shown| chosen(shown.as_ref()?, choice.at.get())));
    let place = move || chosen.with(|chosen| chosen.as_ref().map(|chosen| place(Reader::here(), chosen)));
    let holds = move || chosen.with(|chosen| chosen.as_ref().map(|chosen| holds(Reader::here(), chosen)));
    let words = ZoomWords {
        label: say(words::consumption_zoom).into(),
        place: (move || place().unwrap_or_default()).into(),
        holds: (move || holds().unwrap_or_default()).into(),
    };
    let here = move || {
        shown.with(|shown| {
            let spans = shown.as_ref()?.reply.spans.clone();
            let span = spans.get(place_of(&spans, choice.at.get())?)?.clone();
            Some((spans, span))
        })
    };
    let can = move |to: Move| here().is_some_and(|(spans, span)| choice.can(to, &spans, &span));
    let on_move = move |to: Move| {
        if let Some((spans, span)) = untrack(here) {
            choice.go(to, &spans, &span);
        }
    };
    view! {
        <ZoomBar words=words can=can on_move=on_move />
        <p class="card__caption">{move || cost_note(choice.view.get()).map(|note| note(Reader::here().language))}</p>
    }
}

/// The chosen span and what was used before it in its period.
#[derive(Clone, PartialEq)]
struct Chosen {
    shown: Shown,
    span: Span,
    before: i64,
}

fn chosen(shown: &Shown, at: i64) -> Option<Chosen> {
    let spans = &shown.reply.spans;
    let place = place_of(spans, at)?;
    let before = spans::total(spans.get(..place)?).millionths();
    Some(Chosen { shown: shown.clone(), span: spans.get(place)?.clone(), before })
}

/// The name of the span, and the tier that was entered in it.
fn place(reader: Reader, chosen: &Chosen) -> String {
    let Chosen { shown, span, before } = chosen;
    let name = table::name(reader, shown, span);
    let Some(usage) = span.usage.filter(|_| shown.view == View::Month) else { return name };
    let tiers = spans::tiers_of(&shown.point, shown.days, shown.total());
    let (from, to) = (*before, before + usage.millionths());
    let entered = tiers.iter().rfind(|tier| {
        let begins = spans::millionths(tier.from);
        begins > 0 && (from..to).contains(&begins)
    });
    match entered {
        Some(tier) => {
            let tier = words::names::tier_name(reader.language, tier.place);
            words::consumption_entered(reader.language, &name, &tier)
        }
        None => name,
    }
}

/// What was used in it and, of a day in a billing period, what that cost.
fn holds(reader: Reader, chosen: &Chosen) -> String {
    let Chosen { shown, span, before } = chosen;
    let Some(usage) = span.usage else { return words::consumption_gap(reader.language).to_owned() };
    let quantity = shown.quantity(reader, usage);
    let cost = (shown.view == View::Month)
        .then(|| spans::costs(&shown.point, shown.days, &[*before, before + usage.millionths()]))
        .flatten();
    let cost = cost.and_then(|costs| Some(reader.money(costs.currency, costs.each.get(1)?)));
    match cost {
        Some(cost) => format!("\u{2068}{quantity}\u{2069} · \u{2068}{cost}\u{2069}"),
        None => quantity,
    }
}

/// Why there is no cost beside a span that is no day of a billing period.
const fn cost_note(view: View) -> Option<fn(words::Language) -> &'static str> {
    match view {
        View::Month => None,
        View::Readings => Some(words::consumption_cost_by_bill),
        View::Years(_) | View::Year | View::Day | View::Quarters => Some(words::consumption_cost_by_day),
    }
}

/// The length of the spans that the meter sent on a day that is shown by quarter hours.
pub fn use_grain(site: &Site, point: &ServicePoint, choice: Choice) -> Memo<Option<u32>> {
    let (account, service_point) = (site.account.clone(), point.id.clone());
    let loading = use_loading(move || {
        let days = choice.days.get();
        (choice.view.get() == View::Quarters).then(|| GetIntervals {
            account: account.clone(),
            service_point: service_point.clone(),
            from: days.from,
            to: days.to,
        })
    });
    Memo::new(move |_| {
        loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => Some(loaded.reply.seconds),
            _ => None,
        })
    })
}
