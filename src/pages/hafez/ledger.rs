//! The year's rewards: their sum, and month by month beside the baseline (HAF-2, HAF-3).

use api::hafez::HafezService;
use billing::hafez::incentive::{HafezEarned, HafezMonth};
use billing::money::Currency;
use billing::number::Number;
use billing::period::{CalendarMonth, Day};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::curve::{cap_of, percent};
use crate::components::amount::{Amount, AmountSize};
use crate::components::card::{Card, SectionTitle};
use crate::components::page_state::EmptyState;
use crate::format::Unit;
use crate::pages::reader::{Reader, say};

/// The sum of the year so far, and what earlier years brought.
pub fn total(reader: Reader, service: &HafezService, year: i32) -> AnyView {
    let language = reader.language;
    let Some(earned) = &service.earned else {
        return view! { <EmptyState title=say(words::nav_hafez) body=say(words::hafez_empty) /> }.into_any();
    };
    let sum = words::hafez_year_total(language, "");
    let title = sum.replace(['\u{2068}', '\u{2069}', ':'], "").trim().to_owned();
    let credit = |credit: &api::hafez::HafezCredit| {
        let amount = reader.money(Currency::KWD, &credit.amount);
        let text = words::hafez_credited(language, &amount, &reader.digits.write(&credit.year.to_string()));
        view! { <p class="card__text">{text}</p> }.into_any()
    };
    let credits: Vec<AnyView> = service.credits.iter().map(credit).collect();
    let year = reader.digits.write(&year.to_string());
    let total = earned.total.clone();
    view! {
        <Card heading=title aside=move || year.clone()>
            <p class="hafez-total">
                <Amount value=total unit=Unit::Money(Currency::KWD) size=AmountSize::Display />
            </p>
            <p class="card__caption">{say(words::hafez_paid_when)}</p>
            {credits}
        </Card>
    }
    .into_any()
}

/// Each month with its bar: what was used, the baseline as a mark, what it earned. The newest first.
pub fn months(reader: Reader, service: &HafezService) -> AnyView {
    let Some(earned) = &service.earned else { return ().into_any() };
    let most = service.months.iter().flat_map(|month| [month.baseline, month.actual]).max();
    let scale = most.map_or(1, Number::millionths).max(1);
    let row =
        |(facts, earned): (&HafezMonth, &HafezEarned)| month_view(reader, service, facts, earned, scale);
    let mut rows: Vec<AnyView> = service.months.iter().zip(&earned.months).map(row).collect();
    rows.reverse();
    rows.extend(service.without_baseline.iter().map(|month| no_baseline(reader, *month)));
    let language = reader.language;
    view! {
        <SectionTitle title=say(words::hafez_months_title) aside=TextProp::from(say(words::hafez_months_aside)) />
        <ul class="card hafez-months">
            {rows}
            <li class="hafez-month hafez-month--total">
                <span class="hafez-month__name">{words::hafez_total(language)}</span>
                <bdi class="hafez-month__reward">{reader.money(Currency::KWD, &earned.total)}</bdi>
            </li>
        </ul>
    }
    .into_any()
}

fn month_view(
    reader: Reader,
    service: &HafezService,
    facts: &HafezMonth,
    earned: &HafezEarned,
    scale: i64,
) -> AnyView {
    let language = reader.language;
    let more = facts.actual.millionths() - facts.baseline.millionths();
    let is_more = more > 0;
    let told = if is_more {
        let quantity = reader.quantity(&service.unit, &Number::from_millionths(more).to_string());
        words::hafez_month_more(language, &quantity)
    } else {
        let quantity = reader.quantity(&service.unit, &earned.saved);
        words::hafez_month_saved(language, &quantity, &percent(reader, &earned.saving_rate))
    };
    let rate = earned.incentive_rate.as_deref().unwrap_or("0");
    let is_capped = Number::parse(rate).ok() == cap_of(service);
    let rate = match is_capped {
        true => words::hafez_cap(language, &percent(reader, rate)),
        false => percent(reader, rate),
    };
    let width = |units: Number| share(units.millionths(), scale);
    view! {
        <li class="hafez-month">
            <span class="hafez-month__name">{reader.month_name(Day(facts.month.first_day()))}</span>
            <span class="hafez-month__told">{told}</span>
            <bdi class="hafez-month__reward">{reader.money(Currency::KWD, &earned.incentive)}</bdi>
            <span class="hafez-month__bar" aria-hidden="true">
                <span
                    class="hafez-month__used"
                    class:hafez-month__used--more=is_more
                    style:inline-size=width(facts.actual)
                ></span>
                <span class="hafez-month__mark" style:inset-inline-start=width(facts.baseline)></span>
            </span>
            <span class="hafez-month__rate" class:hafez-month__rate--cap=is_capped>
                {rate}
            </span>
        </li>
    }
    .into_any()
}

fn no_baseline(reader: Reader, month: CalendarMonth) -> AnyView {
    view! {
        <li class="hafez-month">
            <span class="hafez-month__name">{reader.month_name(Day(month.first_day()))}</span>
            <span class="hafez-month__told">{words::hafez_month_no_baseline(reader.language)}</span>
        </li>
    }
    .into_any()
}

/// A share of a width, to a thousandth.
fn share(part: i64, whole: i64) -> String {
    let thousandths = i128::from(part) * 1_000 / i128::from(whole.max(1));
    let thousandths = thousandths.clamp(0, 1_000);
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_bar_is_a_share_of_the_longest() {
        for (part, whole, width) in
            [(0, 10, "0.0%"), (5, 10, "50.0%"), (10, 10, "100.0%"), (11, 10, "100.0%"), (1, 0, "100.0%")]
        {
            assert_eq!(share(part, whole), width, "{part} of {whole}");
        }
    }
}
