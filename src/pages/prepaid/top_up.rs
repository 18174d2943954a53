//! What a top-up brings: so many units for a sum, such a sum for so many units, and for how long. All by the engine.

use api::accounts::ServicePointId;
use api::payments::PostPayment;
use billing::bill::{self, BillFacts};
use billing::credit::prepaid::{PrepaidRequest, prepaid};
use billing::finding::{Finding, Message};
use billing::fraction::Fraction;
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::CalendarMonth;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::components::button::Button;
use crate::components::card::Card;
use crate::components::field::{Field, FieldKind};
use crate::format::Unit;
use crate::format::typed::{decimal, whole};
use crate::pages::pay::attempt::Attempt;
use crate::pages::pay::channels::has_channels;
use crate::pages::pay::waiting::{Held, held};
use crate::pages::pay::wish::page_language;
use crate::pages::reader::{Reader, say};
use crate::pages::states::phone;
use crate::session::SessionState;

/// More units than a home buys at once; a search ends there.
const MOST_UNITS: u32 = 1_000_000;

/// The card in which a top-up is tried out and paid. Each of its two fields follows the other; `again` asks anew for the
/// credit.
pub fn top_up(
    currency: Currency,
    request: PrepaidRequest,
    point: ServicePointId,
    again: Callback<()>,
) -> AnyView {
    let (amount, units) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let tried = RwSignal::new(false);
    let request = StoredValue::new(request);
    follow_each_other(currency, request, amount, units);
    let wrong = Signal::derive(move || {
        let typed = amount.get();
        let reader = Reader::here();
        let smallest = reader.money(currency, &Money::from_minor(1, currency).to_string());
        ((tried.get() || !typed.trim().is_empty()) && sum(&typed, currency).is_none())
            .then(|| words::prepaid_topup_wrong(reader.language, &smallest))
    });
    let wrong_units = Signal::derive(move || {
        let typed = units.get();
        let is_count = whole(&typed).is_ok_and(|units| (1..=MOST_UNITS).contains(&units));
        (!typed.trim().is_empty() && !is_count)
            .then(|| words::prepaid_units_wrong(Reader::here().language).to_owned())
    });
    let bought = move || {
        let text = sum(&amount.get(), currency)
            .and_then(|sum| request.with_value(|asked| said(asked, currency, sum)));
        text.map(|text| view! { <p class="card__text"><b>{text}</b></p> }.into_any())
    };
    view! {
        <Card heading=say(words::prepaid_topup_title)>
            <Field
                id="top-up-amount"
                label=say(words::prepaid_topup_amount)
                value=amount
                kind=FieldKind::Decimal
                unit=move || Unit::Money(currency).label(Reader::here().language)
                error=wrong
            />
            <Field
                id="top-up-units"
                label=say(words::prepaid_topup_units)
                value=units
                kind=FieldKind::Decimal
                hint=TextProp::from(say(words::prepaid_topup_help))
                error=wrong_units
            />
            <div aria-live="polite">{bought}</div>
            {way(currency, amount, tried, point, again)}
        </Card>
    }
    .into_any()
}

/// The button to the bank's page, where this account is paid for here.
fn way(
    currency: Currency,
    amount: RwSignal<String>,
    tried: RwSignal<bool>,
    point: ServicePointId,
    again: Callback<()>,
) -> AnyView {
    if !has_channels() {
        let phone = phone();
        let where_to = move || {
            let reader = Reader::here();
            words::prepaid_topup_where(reader.language, &reader.digits.write(phone))
        };
        return view! { <p class="card__caption">{where_to}</p> }.into_any();
    }
    let attempt = Attempt::begin(again);
    let account = StoredValue::new(untrack(|| SessionState::here().account_id()));
    let label = move || {
        let reader = Reader::here();
        match sum(&amount.get(), currency) {
            Some(sum) => {
                words::prepaid_topup_button(reader.language, &reader.money(currency, &sum.to_string()))
            }
            None => words::prepaid_topup_title(reader.language).to_owned(),
        }
    };
    let topped_up = point.clone();
    let asked = move || {
        let amount = sum(&amount.get_untracked(), currency)?;
        Some(Held { amount, top_up: Some(topped_up.clone()) })
    };
    let press = move |()| {
        tried.set(true);
        let Some(sum) = sum(&amount.get_untracked(), currency) else { return };
        let language = untrack(Reader::here).language;
        let asked = format!("{sum}\n{point}\n{}", language.code());
        let post = PostPayment {
            account: account.get_value(),
            request_id: attempt.request_id(&asked),
            amount: sum.to_string(),
            ahead: false,
            bills: Vec::new(),
            top_up: Some(point.clone()),
            payer: String::new(),
            language: page_language(language),
        };
        attempt.start(post, "/prepaid".to_owned(), None);
    };
    view! {
        <div role="status">{attempt.told(Signal::derive(|| false))} {held(attempt, asked, again)}</div>
        <Button label=label on_press=press busy=attempt.busy wide=true />
        <p class="card__caption">{say(words::pay_going_to_bank)}</p>
    }
    .into_any()
}

/// Whoever is typed into leads; what follows is set without being followed itself.
fn follow_each_other(
    currency: Currency,
    request: StoredValue<PrepaidRequest>,
    amount: RwSignal<String>,
    units: RwSignal<String>,
) {
    let led = RwSignal::new(String::new());
    Effect::new(move |_| {
        let typed = amount.get();
        if typed != led.get_untracked() {
            led.set(typed.clone());
            let bought =
                sum(&typed, currency).and_then(|sum| request.with_value(|asked| units_for(asked, sum)));
            units.set(bought.map(|bought| bought.to_string()).unwrap_or_default());
        }
    });
    Effect::new(move |_| {
        let typed = units.get();
        let follows = sum(&led.get_untracked(), currency)
            .and_then(|sum| request.with_value(|asked| units_for(asked, sum)))
            .map(|bought| bought.to_string())
            .unwrap_or_default();
        if typed != follows {
            let costs =
                whole(&typed).ok().and_then(|units| request.with_value(|asked| cost_of(asked, units)));
            let costs = costs.map(|costs| costs.to_string()).unwrap_or_default();
            led.set(costs.clone());
            amount.set(costs);
        }
    });
}

/// What a sum buys and for how long the credit will last with it.
fn said(request: &PrepaidRequest, currency: Currency, sum: Money) -> Option<String> {
    let reader = Reader::here();
    let language = reader.language;
    let mut more = request.clone();
    more.top_ups.push(Number::parse(&sum.to_string()).ok()?);
    let answer = prepaid(&more, &unsaid).ok()?;
    let units = units_for(request, sum)?;
    let (amount, quantity) =
        (reader.money(currency, &sum.to_string()), reader.quantity("kWh", &units.to_string()));
    Some(match answer.ends.days {
        Some(days) => {
            let days = reader.counted(i64::try_from(days).unwrap_or(i64::MAX), words::count_days_gen);
            words::prepaid_topup_buys(language, &amount, &quantity, &days)
        }
        None => words::prepaid_topup_buys_long(language, &amount, &quantity),
    })
}

/// The most whole units that a sum buys at this month's prices, from where its tiers stand.
fn units_for(request: &PrepaidRequest, sum: Money) -> Option<u32> {
    let (mut enough, mut too_many) = (0, MOST_UNITS);
    if cost_of(request, too_many)?.minor() <= sum.minor() {
        return Some(too_many);
    }
    while too_many - enough > 1 {
        let units = enough.midpoint(too_many);
        if cost_of(request, units)?.minor() <= sum.minor() { enough = units } else { too_many = units }
    }
    Some(enough)
}

/// What so many more units cost in this calendar month.
fn cost_of(request: &PrepaidRequest, units: u32) -> Option<Money> {
    let period = CalendarMonth::of(request.today.0).period();
    let bill = |usage: Number| {
        bill::calculate(&BillFacts::of_schedule(&request.tariff, period, usage, request.breaker_amps)).ok()
    };
    let with = request.used.fraction().plus(Fraction::count(i64::from(units))).ok()?.to_number().ok()?;
    let (with, without) = (bill(with)?, bill(request.used)?);
    Some(Money::from_minor(with.total.minor() - without.total.minor(), with.currency))
}

/// A sum above zero in whole minor units.
fn sum(typed: &str, currency: Currency) -> Option<Money> {
    let sum = decimal(typed).ok().filter(|sum| *sum > Number::ZERO)?;
    Money::parse(&sum.to_string(), currency).ok()
}

/// The findings stand beside the credit already.
fn unsaid(_: &Finding) -> Message {
    Message { ar: String::new(), en: String::new() }
}

#[cfg(test)]
mod tests {
    use billing::period::{Day, parse_date};

    use super::*;

    fn request(tariff: &str, used: u32) -> PrepaidRequest {
        let day = |text| Day(parse_date(text).unwrap());
        PrepaidRequest {
            tariff: tariff.into(),
            breaker_amps: None,
            today: day("2026-09-18"),
            day_passed_permille: 500,
            credit_before: Number::from_units(1),
            top_ups: Vec::new(),
            used: Number::from_units(used),
            daily_from: day("2026-09-17"),
            daily: vec![Some(Number::from_units(20))],
        }
    }

    #[test]
    fn a_sum_buys_units_from_where_the_tiers_stand() {
        for (tariff, used, sum, units) in [
            // 5 fils each.
            ("kw.electricity.investment", 300, "1.000", 200),
            ("kw.electricity.investment", 300, "0.004", 0),
            ("kw.electricity.investment", 300, "0.005", 1),
            // The first 1,000 at 5, then 10: of 6.000, 2.500 buy the last 500 of the first tier.
            ("kw.electricity.investment.statutory", 500, "6.000", 850),
        ] {
            let request = request(tariff, used);
            let sum = Money::parse(sum, Currency::KWD).unwrap();
            assert_eq!(units_for(&request, sum), Some(units), "{tariff} {sum}");
            assert!(cost_of(&request, units).unwrap().minor() <= sum.minor());
            assert!(cost_of(&request, units + 1).unwrap().minor() > sum.minor());
        }
    }
}
