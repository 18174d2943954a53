//! What a payment today changes without a plan: the day from which transactions stay open, worked out here by the engine.

use std::sync::Arc;

use api::standing::Standing;
use billing::collection::instalments::{Cause, InstalmentsRequest, instalments};
use billing::error::Refusal;
use billing::finding::{Finding, Message};
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::{Day, months_later};
use billing::standing::{Permission, StandingRequest, standing as ask};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use time::Date;

use super::way::notice_ends;
use super::{dinars, may_plan, stopped};
use crate::components::facts::{Fact, Facts};
use crate::components::field::{Field, FieldKind};
use crate::format::Unit;
use crate::pages::pay::sum::{Limit, of_wire, read};
use crate::pages::reader::{Reader, say};

/// A first sum to try, in minor units.
const STARTS_WITH: i128 = 50_000;

/// What is asked; nothing where nothing is stopped, or where only paying all opens.
pub fn trial(standing: &Arc<Standing>, months: RwSignal<u32>) -> Option<AnyView> {
    let government = may_plan(standing).filter(|_| stopped(standing))?;
    let overdue = of_wire(&standing.overdue, standing.currency);
    if overdue.minor() == 0 {
        return None;
    }
    let begin = Begin {
        request: government.request.clone(),
        overdue,
        others_owe: dinars(government.request.debt).minor() > overdue.minor(),
        notice_ends: notice_ends(government),
    };
    let first = Money::from_minor(STARTS_WITH.min(overdue.minor()), overdue.currency());
    let typed = RwSignal::new(first.to_string());
    let sum = move || read(&typed.get(), overdue.currency(), Limit::Due(overdue)).ok();
    let wrong = move || {
        let reader = Reader::here();
        let money = |minor| {
            reader.money(overdue.currency(), &Money::from_minor(minor, overdue.currency()).to_string())
        };
        sum().is_none().then(|| words::debt_trial_wrong(reader.language, &money(1), &money(overdue.minor())))
    };
    let help = move || {
        let reader = Reader::here();
        words::debt_trial_help(reader.language, &reader.counted(months.get().into(), words::count_months_gen))
    };
    let outcome = move || sum().map(|sum| outcome(Reader::here(), &begin, sum, months.get()));
    let unit = move || Unit::Money(Currency::KWD).label(Reader::here().language);
    view! {
        <Field
            id="pay-today"
            label=say(words::debt_trial_amount)
            value=typed
            kind=FieldKind::Decimal
            unit=unit
            hint=TextProp::from(help)
            error=Signal::derive(wrong)
        />
        <div role="status">{outcome}</div>
    }
    .into_any()
    .into()
}

/// Where the trial begins.
struct Begin {
    request: StandingRequest,
    /// On this account.
    overdue: Money,
    /// Whether other properties of the holder owe too.
    others_owe: bool,
    notice_ends: Option<Day>,
}

/// A payment, and whether transactions are open after it.
struct Step {
    on: Day,
    paid: i128,
    is_open: bool,
}

fn outcome(reader: Reader, begin: &Begin, sum: Money, months: u32) -> AnyView {
    let nothing = Money::from_minor(0, sum.currency());
    let by = move |notices: bool, sum: Money| stays_open(&steps(begin, sum, months, notices));
    let told = |notices: bool| told(reader, begin, sum, by(notices, nothing), by(notices, sum));
    let limit = told(false);
    let both = (!begin.request.notices.is_empty()).then(|| {
        let both = told(true);
        view! { <Fact term=words::debt_by_both(reader.language)>{both}</Fact> }.into_any()
    });
    let calendar: Vec<AnyView> =
        steps(begin, sum, months, true).iter().map(|step| tile(reader, begin, step)).collect();
    view! {
        <Facts>
            <Fact term=words::debt_by_limit(reader.language)>{limit}</Fact>
            {both}
        </Facts>
        <p class="card__caption">{words::debt_calendar(reader.language)}</p>
        <ol class="debt-months">{calendar}</ol>
    }
    .into_any()
}

fn told(reader: Reader, begin: &Begin, sum: Money, old: Option<Day>, new: Option<Day>) -> String {
    let language = reader.language;
    let Some(new) = new else { return words::debt_trial_others(language).to_owned() };
    let (money, day) = (reader.money(sum.currency(), &sum.to_string()), |day: Day| reader.full_day(day));
    match old {
        _ if new == begin.request.on => words::debt_trial_free_today(language).to_owned(),
        Some(old) if new < old => words::debt_route_partial(language, &money, &day(old), &day(new)),
        Some(_) => words::debt_route_same(language, &money, &day(new)),
        None => words::debt_trial_free_on(language, &day(new)),
    }
}

fn tile(reader: Reader, begin: &Begin, step: &Step) -> AnyView {
    let debt = dinars(begin.request.debt);
    let left = Money::from_minor((debt.minor() - step.paid).max(0), debt.currency());
    let state = if step.is_open { words::debt_day_open } else { words::debt_day_stopped };
    view! {
        <li class="debt-month" class:debt-month--good=step.is_open class:debt-month--bad=!step.is_open>
            <span class="debt-month__day">{reader.day(step.on)}</span>
            <bdi class="debt-month__sum">{reader.figure(&left.to_string())}</bdi>
            <span class="debt-month__state">{state(reader.language)}</span>
        </li>
    }
    .into_any()
}

/// Today with a sum, then the rest in equal parts, month by month; `notices` where the law of 2025 counts.
fn steps(begin: &Begin, sum: Money, months: u32, notices: bool) -> Vec<Step> {
    let mut payments = vec![(begin.request.on.0, sum.minor())];
    payments.extend(rest(begin, sum, months).unwrap_or_default());
    // A notice stops transactions on its own day, whatever is paid around it.
    payments.extend(begin.notice_ends.filter(|_| notices).map(|day| (day.0, 0)));
    payments.sort_by_key(|(day, _)| *day);
    let mut paid = 0;
    let step = |(day, amount): (Date, i128)| {
        paid += amount;
        let is_open = is_open(begin, paid, Day(day), notices);
        Step { on: Day(day), paid, is_open }
    };
    payments.into_iter().map(step).collect()
}

fn rest(begin: &Begin, sum: Money, months: u32) -> Result<Vec<(Date, i128)>, Refusal> {
    let left = Money::from_minor(begin.overdue.minor() - sum.minor(), sum.currency());
    let Some(first_due) = months_later(begin.request.on.0, 1).filter(|_| left.minor() > 0) else {
        return Ok(Vec::new());
    };
    // No part is smaller than the smallest coin.
    let most = u32::try_from(left.minor()).unwrap_or(u32::MAX);
    let request = InstalmentsRequest {
        amount: number(left),
        currency: left.currency(),
        months: months.min(most),
        first_due: Day(first_due),
        down_payment: Number::ZERO,
        cause: Cause::Debt,
    };
    let plan = instalments(&request, &unsaid)?;
    let part = |part: &billing::collection::instalments::Instalment| {
        (part.due.0, of_wire(&part.amount, left.currency()).minor())
    };
    Ok(plan.instalments.iter().map(part).collect())
}

fn is_open(begin: &Begin, paid: i128, on: Day, notices: bool) -> bool {
    let mut request = begin.request.clone();
    let debt = dinars(request.debt);
    let left = Money::from_minor((debt.minor() - paid).max(0), debt.currency());
    if left.minor() == 0 {
        return true;
    }
    request.on = on;
    request.debt = number(left);
    if !notices {
        request.notices.clear();
    }
    for notice in &mut request.notices {
        // With debts on several properties nobody knows here which of them a notice names: it counts until all is paid.
        if !begin.others_owe {
            let named = dinars(notice.debt);
            notice.debt = number(Money::from_minor((named.minor() - paid).max(0), named.currency()));
        }
    }
    ask(&request, &unsaid).is_ok_and(|answer| answer.transactions == Permission::Allowed)
}

/// The first step from which on all is open.
fn stays_open(steps: &[Step]) -> Option<Day> {
    let closed = steps.iter().rposition(|step| !step.is_open);
    steps.get(closed.map_or(0, |place| place + 1)).map(|step| step.on)
}

fn number(money: Money) -> Number {
    // A sum of money is always a number of the engine's.
    Number::parse(&money.to_string()).unwrap_or(Number::ZERO)
}

/// The findings stand on the page already.
fn unsaid(_: &Finding) -> Message {
    Message { ar: String::new(), en: String::new() }
}

#[cfg(test)]
mod tests {
    use billing::period::parse_date;
    use billing::standing::{Residency, ServedNotice};

    use super::*;

    fn day(text: &str) -> Day {
        Day(parse_date(text).unwrap())
    }

    fn begin(notices: Vec<ServedNotice>) -> Begin {
        let notice_ends = notices.first().map(|_| day("2026-10-01"));
        let request = StandingRequest {
            residency: Residency::Citizen,
            on: day("2026-09-18"),
            debt: Number::from_units(1_200),
            missed_consecutive_instalments: 0,
            plan: None,
            notices,
        };
        let overdue = Money::from_minor(1_200_000, Currency::KWD);
        Begin { request, overdue, others_owe: false, notice_ends }
    }

    #[test]
    fn a_debt_falls_to_the_limit_and_a_notice_holds_until_all_is_paid() {
        let notice = ServedNotice { served: day("2026-09-01"), debt: Number::from_units(1_200) };
        for (notices, paid, opens) in [
            // A hundred each month: 500 are left after the seventh.
            (vec![], 0, "2027-04-18"),
            (vec![], 699_999, "2026-10-18"),
            (vec![], 700_000, "2026-09-18"),
            (vec![notice], 700_000, "2027-09-18"),
            (vec![notice], 1_199_999, "2026-10-18"),
            (vec![notice], 1_200_000, "2026-09-18"),
        ] {
            let begin = begin(notices);
            let steps = steps(&begin, Money::from_minor(paid, Currency::KWD), 12, true);
            assert_eq!(stays_open(&steps), Some(day(opens)), "{paid} with {:?}", begin.request.notices);
        }
    }

    #[test]
    fn what_others_owe_may_keep_all_stopped() {
        let mut begin = begin(Vec::new());
        begin.overdue = Money::from_minor(100_000, Currency::KWD);
        begin.others_owe = true;
        let steps = steps(&begin, Money::from_minor(0, Currency::KWD), 12, true);
        assert_eq!(stays_open(&steps), None);
    }
}
