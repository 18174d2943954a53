//! The plan that was agreed: how it stands, what became of each instalment, and what a missed one means (DEB-3, DEB-4).

use std::sync::Arc;

use api::plans::{Plan, PlanPart};
use api::standing::Standing;
use billing::period::Day;
use billing::standing::plan_default::PlanState;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::sign::{on_paper, texts};
use crate::clock::Clock;
use crate::components::button::{ButtonKind, ButtonLink};
use crate::components::card::{Card, SectionTitle};
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::day::CivilTime;
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::{Reader, say};

/// The newest plan.
pub fn plan(standing: &Arc<Standing>) -> Option<AnyView> {
    let plan = Arc::new(standing.plan.clone()?);
    let on = standing.government.as_ref()?.request.on;
    let shown = Arc::clone(&plan);
    let clock = Clock::here();
    let signed = {
        let (name, at) = (plan.signed_by.clone(), plan.signed_at);
        move || {
            let reader = Reader::here();
            let time = reader.time(CivilTime::at(at, clock.utc_offset_s()));
            words::plan_signed(reader.language, &name, &time)
        }
    };
    let acknowledgement = plan.acknowledgement.clone();
    let text = move || texts(&acknowledgement);
    view! {
        <SectionTitle title=say(words::plan_title) />
        <Card class="debt-plan">
            {move || facts(Reader::here(), &shown, on)}
            <p class="card__caption">{signed}</p>
        </Card>
        <div class="card card--flush">
            <Disclosure label=say(words::plan_text) icon=IconName::Document answer=text />
        </div>
        {on_paper(&plan.acknowledgement)}
    }
    .into_any()
    .into()
}

fn facts(reader: Reader, plan: &Plan, on: Day) -> AnyView {
    let (language, currency) = (reader.language, plan.currency);
    let left = plan.instalments.iter().filter(|part| part.paid.is_none()).count();
    let counted = reader.counted(i64::try_from(left).unwrap_or(i64::MAX), words::plan_left);
    // Of a plan that ended no instalment is left: all of it is due.
    let is_open = plan.standing.state != PlanState::Cancelled;
    let counted = is_open.then(|| view! { <h3>{counted}</h3> }.into_any());
    let next = plan.standing.next_due.and_then(|due| plan.instalments.iter().find(|part| part.due == due));
    let next = next.map(|part| {
        let money = reader.money(currency, &part.amount);
        view! { <p class="card__text">{words::plan_next(language, &money, &reader.full_day(part.due))}</p> }
            .into_any()
    });
    let tiles: Vec<AnyView> = plan.instalments.iter().map(|part| tile(reader, plan, part, on)).collect();
    view! {
        <div class="debt-head">
            {counted}
            {state(reader, plan.standing.state)}
        </div>
        {next}
        {pay(reader, plan)}
        {consequence(reader, plan)}
        <ol class="debt-months">{tiles}</ol>
    }
    .into_any()
}

/// The way to pay what the plan asks for next, with the sum filled in.
fn pay(reader: Reader, plan: &Plan) -> Option<AnyView> {
    let due_now = of_wire(&plan.standing.due_now, plan.currency);
    let next = plan.standing.next_due.and_then(|due| plan.instalments.iter().find(|part| part.due == due));
    let sum = match (due_now.minor() > 0, next) {
        (true, _) => due_now,
        (false, Some(part)) => of_wire(&part.amount, plan.currency),
        (false, None) => return None,
    };
    let label = words::debt_pay_button(reader.language, &reader.money(plan.currency, &sum.to_string()));
    let href = format!("/pay?amount={sum}");
    Some(view! { <ButtonLink href=href label=label kind=ButtonKind::Outline /> }.into_any())
}

fn state(reader: Reader, state: PlanState) -> AnyView {
    let (kind, icon, label): (_, _, fn(words::Language) -> &'static str) = match state {
        PlanState::Kept => (TagKind::Good, IconName::Check, words::plan_state_kept),
        PlanState::Complete => (TagKind::Good, IconName::Check, words::plan_state_complete),
        PlanState::Behind => (TagKind::Warn, IconName::Clock, words::plan_state_behind),
        PlanState::Cancelled => (TagKind::Bad, IconName::Alert, words::plan_state_cancelled),
    };
    view! { <StatusTag kind=kind label=label(reader.language) icon=icon /> }.into_any()
}

/// What the rule says of a missed instalment: both laws speak in its findings.
fn consequence(reader: Reader, plan: &Plan) -> Option<AnyView> {
    let said = plan.standing.findings.iter().map(|finding| {
        let text = reader.digits.write(&reader.message(&finding.message));
        view! { <p>{text}</p> }.into_any()
    });
    let said: Vec<AnyView> = said.collect();
    (!said.is_empty()).then(|| {
        let title = TextProp::from(words::plan_consequence(reader.language));
        view! { <Notice kind=NoticeKind::Bad title=title>{said}</Notice> }.into_any()
    })
}

fn tile(reader: Reader, plan: &Plan, part: &PlanPart, on: Day) -> AnyView {
    let language = reader.language;
    let is_missed = part.due < on && part.paid.is_none_or(|paid| paid > part.due);
    let is_paid = part.paid.is_some();
    let became = match part.paid {
        Some(day) => words::plan_paid_on(language, &reader.day(day)),
        None if is_missed => words::plan_missed(language).to_owned(),
        // Of a plan that ended nothing is to come: all of it is due.
        None if plan.standing.state == PlanState::Cancelled => String::new(),
        None => words::plan_to_come(language).to_owned(),
    };
    view! {
        <li class="debt-month" class:debt-month--good=is_paid class:debt-month--bad=is_missed && !is_paid>
            <span class="debt-month__day">{reader.day(part.due)}</span>
            <bdi class="debt-month__sum">{reader.figure(&part.amount)}</bdi>
            <span class="debt-month__state">{became}</span>
        </li>
    }
    .into_any()
}
