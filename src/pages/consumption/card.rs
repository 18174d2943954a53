//! The card of a span of time: its total, what it is worth, last year beside it, then the chart or the table.

use api::accounts::ServicePoint;
use api::consumption::Consumption;
use billing::number::Number;
use billing::period::{Day, Period};
use leptos::prelude::*;

use super::chart::{self, Chart};
use super::choice::{Choice, Shape, place_of};
use super::range::View;
use super::{Site, spans, table};
use crate::client::{Loading, Outcome};
use crate::components::amount::{Amount, AmountSize};
use crate::components::notice::{Notice, NoticeKind};
use crate::format::day::CivilTime;
use crate::format::{Unit, to_places};
use crate::pages::reader::Reader;
use crate::pages::skeletons;
use crate::pages::states::failure;

const QUARTER_HOUR_S: u32 = 900;

/// What one card shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub site: Site,
    pub point: ServicePoint,
    pub view: View,
    pub days: Period,
    pub reply: Consumption,
    /// The same days of last year, where they are asked for and known.
    pub past: Option<Consumption>,
}

impl Shown {
    pub fn usages(&self) -> Vec<Option<Number>> {
        self.reply.spans.iter().map(|span| span.usage).collect()
    }

    pub fn total(&self) -> Number {
        spans::total(&self.reply.spans)
    }

    /// Last year's use of the spans that are measured this year.
    fn past_of_measured(&self) -> Option<Number> {
        let past = self.past.as_ref()?;
        let measured = self.reply.spans.iter().rposition(|span| span.usage.is_some())? + 1;
        let sum = spans::total(past.spans.get(..measured.min(past.spans.len()))?);
        (sum > Number::ZERO).then_some(sum)
    }

    pub fn quantity(&self, reader: Reader, number: Number) -> String {
        match self.view {
            View::Day | View::Quarters => {
                reader.exact_quantity(&self.reply.unit, &to_places(&number.to_string(), 2))
            }
            _ => reader.quantity(&self.reply.unit, &number.to_string()),
        }
    }
}

/// What the card shows. While other days are asked for, those before them stay: nothing jumps.
pub fn use_shown(
    site: Site,
    point: ServicePoint,
    choice: Choice,
    loading: Loading<Consumption>,
    past: Loading<Consumption>,
) -> Memo<Option<Shown>> {
    Memo::new(move |before: Option<&Option<Shown>>| {
        let (reply, fails) = loading.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) => (Some(loaded.reply.clone()), false),
            Outcome::Waiting => (None, false),
            Outcome::Failed(_) => (None, true),
        });
        let Some(reply) = reply else {
            return before.cloned().flatten().filter(|_| !fails);
        };
        let past = past.outcome.with(|outcome| match outcome {
            Outcome::Here(loaded) if choice.compares.get() => Some(loaded.reply.clone()),
            _ => None,
        });
        let (view, days) = (choice.view.get_untracked(), choice.days.get_untracked());
        let past = past.filter(|_| !matches!(view, View::Years(_)));
        Some(Shown { site: site.clone(), point: point.clone(), view, days, reply, past })
    })
}

/// The card, whatever the reply.
pub fn card(
    choice: Choice,
    loading: Loading<Consumption>,
    shown: Memo<Option<Shown>>,
    grain: Memo<Option<u32>>,
) -> impl IntoView {
    let waits = move || loading.outcome.with(|outcome| matches!(outcome, Outcome::Waiting));
    move || match shown.get() {
        Some(shown) => {
            let inside = inside(Reader::here(), shown, choice, grain);
            view! {
                <section class="card consumption__card" aria-busy=move || waits().then_some("true")>
                    {inside}
                </section>
            }
            .into_any()
        }
        None => loading.outcome.with(|outcome| match outcome {
            Outcome::Failed(error) => {
                let retry = Callback::new(move |()| loading.retry());
                failure(error, words::consumption_error, retry)
            }
            _ => skeletons::one_chart(),
        }),
    }
}

fn inside(reader: Reader, shown: Shown, choice: Choice, grain: Memo<Option<u32>>) -> AnyView {
    let head = head(reader, &shown);
    let compared = comparison(reader, &shown).unwrap_or_default();
    let numbers = move || {
        if shown.view == View::Quarters && grain.get().is_some_and(|seconds| seconds > QUARTER_HOUR_S) {
            return coarse(reader);
        }
        if choice.shape.get() == Shape::Table {
            return table::table(reader, &shown);
        }
        let (drawing, summary) = (chart::drawing(reader, &shown), chart::summary(reader, &shown));
        let legend = chart::legend(reader, &shown);
        let unit = words::names::unit_name(reader.language, &shown.reply.unit).to_owned();
        let named = (shown.view.name(shown.days, reader), unit);
        let tall = shown.view == View::Month;
        let spans = shown.reply.spans.clone();
        let chosen = Memo::new(move |_| place_of(&spans, choice.at.get()));
        view! { <Chart drawing=drawing summary=summary legend=legend tall=tall chosen=chosen named=named painted=choice.painted /> }.into_any()
    };
    view! {
        {head}
        <p class="card__text">{compared}</p>
        {numbers}
    }
    .into_any()
}

/// In the stead of quarter hours that the meter does not send.
fn coarse(reader: Reader) -> AnyView {
    view! { <Notice kind=NoticeKind::Plain title=words::consumption_whole_hours(reader.language) /> }
        .into_any()
}

/// The total, until when, and what it is worth.
fn head(reader: Reader, shown: &Shown) -> AnyView {
    let total = shown.total();
    let unit = Unit::from_wire(&shown.reply.unit).unwrap_or(Unit::KilowattHours);
    let is_open = spans::measured_until(&shown.reply).is_some_and(|end| end > shown.site.now);
    let until = is_open.then_some(shown.site.now);
    let until = until.map(|end| {
        let time = CivilTime::at(end, shown.site.utc_offset_s);
        words::consumption_until(reader.language, &reader.time(time))
    });
    let total_words = words::consumption_total(reader.language).to_owned();
    let worth =
        (shown.view == View::Month).then(|| spans::bill_of(&shown.point, shown.days, total)).flatten();
    let worth = worth.map(|bill| {
        let amount = bill.total.to_string();
        view! {
            <div class="card__pair-end">
                {words::consumption_worth_title(reader.language)} <br />
                <Amount value=amount unit=Unit::Money(bill.currency) size=AmountSize::FigureSmall />
            </div>
        }
    });
    view! {
        <p class="card__caption">{until.unwrap_or(total_words)}</p>
        <div class="card__pair">
            <Amount value=total.to_string() unit=unit size=AmountSize::Figure />
            {worth}
        </div>
    }
    .into_any()
}

/// More or less than last year, for the spans that are measured.
fn comparison(reader: Reader, shown: &Shown) -> Option<String> {
    shown.past.as_ref()?;
    let language = reader.language;
    let Some(past) = shown.past_of_measured() else {
        return Some(words::consumption_compare_missing(language).to_owned());
    };
    let now = shown.total();
    let difference = Number::from_millionths((now.millionths() - past.millionths()).abs());
    let percent = spans::thousandths(difference, past)
        .map(|share| reader.percent(Number::from_millionths(share * 1000)))?;
    let quantity = shown.quantity(reader, difference);
    let period = past_name(reader, shown);
    Some(match now < past {
        true => words::consumption_compare_less(language, &quantity, &period, &percent),
        false => words::consumption_compare_more(language, &quantity, &period, &percent),
    })
}

/// What last year's days are called.
pub fn past_name(reader: Reader, shown: &Shown) -> String {
    let days = shown.view.last_year(shown.days, shown.point.period.first().day());
    match shown.view {
        View::Day | View::Quarters => reader.full_day(Day(days.first())),
        view => view.name(days, reader),
    }
}
