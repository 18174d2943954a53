//! The plan that is offered: months by hand, instalments to the last minor unit (DEB-5).

use std::sync::Arc;

use api::standing::Standing;
use billing::collection::instalments::{
    Cause, Instalment, InstalmentsAnswer, InstalmentsRequest, instalments,
};
use billing::money::Currency;
use billing::number::Number;
use billing::period::{Day, months_later};
use billing::rulebook;
use billing::standing::plan_default::PlanState;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::debt::every_finding_message;

use super::anew::Anew;
use super::sign::sign;
use super::{may_plan, reasons, stopped};
use crate::components::card::{Card, SectionTitle};
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::slider::{Slider, SliderWords};
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::{Reader, say};
use crate::pages::states::phone;
use crate::pages::tools::grounds;

/// Whether there is such a section: not while a plan runs or where nothing is overdue.
pub fn is_there(standing: &Standing) -> bool {
    let owes = of_wire(&standing.overdue, standing.currency).minor() > 0;
    let runs = |state| matches!(state, PlanState::Kept | PlanState::Behind);
    let has_plan = standing.plan.as_ref().is_some_and(|plan| runs(plan.standing.state));
    standing.government.is_some()
        && match may_plan(standing) {
            Some(_) => owes && !has_plan,
            None => stopped(standing),
        }
}

/// The section, where it [is there](is_there).
pub fn offer(standing: &Arc<Standing>, months: RwSignal<u32>, anew: Anew) -> AnyView {
    let today = standing.government.as_ref().map(|government| government.request.on);
    let card = match (may_plan(standing), today) {
        (Some(_), Some(today)) => form(standing, today, months, anew),
        _ => others(),
    };
    view! {
        <SectionTitle title=say(words::plan_title) />
        {card}
    }
    .into_any()
}

fn others() -> AnyView {
    let text = move || {
        let reader = Reader::here();
        words::plan_others(reader.language, &reader.digits.write(phone()))
    };
    view! {
        <Card>
            <p class="card__text">{text}</p>
        </Card>
    }
    .into_any()
}

fn form(standing: &Arc<Standing>, today: Day, months: RwSignal<u32>, anew: Anew) -> AnyView {
    let most = rulebook::newest_term("kw.debt-instalments").map_or(1, |term| term.count());
    let most = u32::try_from(most).unwrap_or(1);
    let plan = Memo::new({
        let standing = Arc::clone(standing);
        move |_| planned(&standing, today, months.get())
    });
    view! {
        {months_card("plan-months", months, most, plan, standing.currency)}
        <Notice kind=NoticeKind::Warn title=say(words::plan_one_missed) />
        {sign(months, anew)}
    }
    .into_any()
}

/// Months by hand, and what each choice comes to.
pub fn months_card(
    id: &'static str,
    months: RwSignal<u32>,
    most: u32,
    plan: Memo<Option<InstalmentsAnswer>>,
    currency: Currency,
) -> AnyView {
    let largest = move || {
        let reader = Reader::here();
        let first = plan.with(|plan| plan.as_ref()?.instalments.first().map(|part| part.amount.clone()));
        words::plan_effect(reader.language, &reader.money(currency, &first.unwrap_or_default()))
    };
    let counted = |count: u32| Reader::here().counted(count.into(), words::count_months_gen);
    let words = SliderWords {
        label: say(words::plan_months).into(),
        value: TextProp::from(move || counted(months.get())),
        effect: TextProp::from(largest),
        steps: (say(words::plan_fewer).into(), say(words::plan_more).into()),
        ends: (TextProp::from(move || counted(1)), TextProp::from(move || counted(most))),
    };
    // A slider begins at nothing, a plan at one month.
    let value = Signal::derive(move || months.get().saturating_sub(1));
    let of_plan = move |make: fn(Reader, &InstalmentsAnswer) -> AnyView| {
        move || plan.with(|plan| plan.as_ref().map(|plan| make(Reader::here(), plan)))
    };
    // What is open stays open while the months change.
    let each = move || of_plan(each).into_any();
    view! {
        <Card>
            <Slider
                id=id
                words=words
                value=value
                most=most.saturating_sub(1)
                on_change=move |value: u32| months.set(value + 1)
            />
            {of_plan(preview)}
            <div class="bill-lines">
                <Disclosure label=say(words::plan_each) icon=IconName::Clock answer=each />
            </div>
            {of_plan(ground)}
        </Card>
    }
    .into_any()
}

/// As the server would offer it today.
fn planned(standing: &Standing, today: Day, months: u32) -> Option<InstalmentsAnswer> {
    let request = InstalmentsRequest {
        amount: Number::parse(&standing.overdue).ok()?,
        currency: standing.currency,
        months,
        first_due: Day(months_later(today.0, 1)?),
        down_payment: Number::ZERO,
        cause: Cause::Debt,
    };
    instalments(&request, &every_finding_message).ok()
}

fn preview(reader: Reader, plan: &InstalmentsAnswer) -> AnyView {
    let (language, currency) = (reader.language, plan.currency);
    let count = i64::try_from(plan.instalments.len()).unwrap_or(i64::MAX);
    let counted = reader.counted(count, words::count_instalments_gen);
    let last = plan.instalments.last().map(|part| reader.full_day(part.due)).unwrap_or_default();
    let total = reader.money(currency, &plan.total);
    let sentence = words::plan_preview(language, &total, &counted, &last, &total);
    let smallest = plan.instalments.first().zip(plan.instalments.last());
    // The first are never smaller; where they are larger, by one minor unit.
    let remainder = smallest.filter(|(first, last)| first.amount != last.amount).map(|_| {
        let one = billing::money::Money::from_minor(1, currency).to_string();
        let text = words::plan_remainder(language, &total, &reader.money(currency, &one));
        view! { <p class="card__text">{text}</p> }.into_any()
    });
    view! {
        <p class="card__text">{sentence}</p>
        {remainder}
    }
    .into_any()
}

/// Each instalment and its day.
fn each(reader: Reader, plan: &InstalmentsAnswer) -> AnyView {
    let tile = |part: &Instalment| {
        view! {
            <li class="debt-month">
                <span class="debt-month__day">{reader.day(part.due)}</span>
                <bdi class="debt-month__sum">{reader.figure(&part.amount)}</bdi>
            </li>
        }
        .into_any()
    };
    view! { <ol class="debt-months">{plan.instalments.iter().map(tile).collect::<Vec<_>>()}</ol> }.into_any()
}

fn ground(reader: Reader, plan: &InstalmentsAnswer) -> AnyView {
    let name = words::plan_title(reader.language).to_owned();
    view! {
        {reasons(reader, &plan.findings)}
        {grounds::why(reader, name, &plan.working, Some(plan.currency))}
    }
    .into_any()
}
