//! What a correction claims, and the monthly parts in which it may be paid (BIL-8).

use std::sync::Arc;

use api::claims::{Claim, ClaimPart, PostClaimPlan};
use api::standing::Standing;
use billing::collection::claim::assumed_of_parts;
use billing::collection::instalments::{Cause, InstalmentsRequest, instalments};
use billing::finding::{Finding, FindingAnswer};
use billing::number::Number;
use billing::period::Day;
use billing::rulebook;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;
use words::debt::every_finding_message;

use super::anew::Anew;
use super::offer::months_card;
use crate::client::{self, ClientError, new_request_id};
use crate::components::button::{Button, ButtonKind, ButtonLink};
use crate::components::card::{Card, SectionTitle};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::{Reader, say};
use crate::session::SessionState;

/// The section: what is open to be put into parts, and the parts that were chosen.
pub fn claim(standing: &Arc<Standing>, anew: Anew) -> AnyView {
    let Some(claim) = standing.claim.clone() else { return ().into_any() };
    let chosen = (!claim.parts.is_empty()).then(|| parts(standing, &claim));
    let open = claim.first_due.map(|first_due| choose(standing, &claim, first_due, anew));
    view! {
        <SectionTitle title=say(words::claim_title) />
        {open}
        {chosen}
        {move || assumed(Reader::here())}
    }
    .into_any()
}

/// What no source says of a claim in parts, and what is taken for it.
fn assumed(reader: Reader) -> AnyView {
    let one = |finding: FindingAnswer| {
        view! {
            <p class="card__text">
                <StatusTag kind=TagKind::Outline label=words::assumed_badge(reader.language) />
                " "
                {reader.message(&finding.message)}
            </p>
        }
        .into_any()
    };
    let findings = Finding::answers(&assumed_of_parts(), &every_finding_message);
    let sentences: Vec<AnyView> = findings.into_iter().map(one).collect();
    view! { <Card>{sentences}</Card> }.into_any()
}

/// A count that the rulebook gives.
fn term(id: &str) -> i64 {
    rulebook::newest_term(id).map_or(1, |term| term.count())
}

fn choose(standing: &Standing, claim: &Claim, first_due: Day, anew: Anew) -> AnyView {
    let (currency, open) = (standing.currency, claim.open.clone());
    let minor = u32::try_from(of_wire(&open, currency).minor()).unwrap_or(u32::MAX);
    let most = u32::try_from(term("sa.correction-instalments")).unwrap_or(1).min(minor);
    let choice = Choice {
        months: RwSignal::new(most),
        busy: RwSignal::new(false),
        failed: RwSignal::new(None),
        request: StoredValue::new((0, new_request_id())),
        anew,
    };
    let amount = open.clone();
    let plan = Memo::new(move |_| {
        let request = InstalmentsRequest {
            amount: Number::parse(&amount).ok()?,
            currency,
            months: choice.months.get(),
            first_due,
            down_payment: Number::ZERO,
            cause: Cause::BillingError,
        };
        instalments(&request, &every_finding_message).ok()
    });
    let said = {
        let open = open.clone();
        move || {
            let reader = Reader::here();
            let counted = reader.counted(most.into(), words::count_instalments_gen);
            let back = reader.counted(term("sa.claim-months"), words::count_months_gen);
            words::claim_open(reader.language, &reader.money(currency, &open), &counted, &back)
        }
    };
    let label = move || {
        let reader = Reader::here();
        words::claim_choose(
            reader.language,
            &reader.counted(choice.months.get().into(), words::count_instalments_gen),
        )
    };
    let press = move |()| choice.send(open.clone());
    view! {
        <div class="columns__stack">
            <Notice kind=NoticeKind::Warn title=TextProp::from(said) />
            {months_card("claim-months", choice.months, most, plan, currency)}
            <Button label=TextProp::from(label) on_press=press busy=choice.busy wide=true />
            <div role="status">{move || choice.told()}</div>
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct Choice {
    months: RwSignal<u32>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<ClientError>>,
    /// How many months were asked for, and what that request is called: the same again is the same request.
    request: StoredValue<(u32, String)>,
    anew: Anew,
}

impl Choice {
    fn send(self, amount: String) {
        let Some(account) = untrack(|| SessionState::here().account_id()) else { return };
        if self.busy.get_untracked() {
            return;
        }
        let months = self.months.get_untracked();
        if self.request.with_value(|(known, _)| *known != months) {
            self.request.set_value((months, new_request_id()));
        }
        self.busy.set(true);
        self.failed.set(None);
        let request_id = self.request.with_value(|(_, id)| id.clone());
        let reply = client::send(PostClaimPlan { account: Some(account), request_id, months, amount });
        spawn_local_scoped_with_cancellation(async move {
            let reply = reply.await;
            self.busy.try_set(false);
            match reply {
                Ok(_) => self.anew.taken(),
                Err(error) if self.anew.is_moved_on(&error) => {}
                Err(error) => self.failed.try_set(Some(error)).map_or((), drop),
            }
        });
    }

    fn told(self) -> Option<AnyView> {
        let reader = Reader::here();
        let text = match self.failed.get()? {
            ClientError::Refused(problem) => reader.message(&problem.message),
            _ => words::claim_failed(reader.language).to_owned(),
        };
        Some(view! { <Notice kind=NoticeKind::Bad title=text /> }.into_any())
    }
}

/// The parts that were chosen, each a debt of its own day.
fn parts(standing: &Arc<Standing>, claim: &Claim) -> AnyView {
    let (standing, parts) = (Arc::clone(standing), claim.parts.clone());
    let is_paid = parts.iter().all(|part| of_wire(&part.left, standing.currency).minor() == 0);
    let tiles = move || {
        let reader = Reader::here();
        parts.iter().map(|part| tile(reader, &standing, part)).collect::<Vec<_>>()
    };
    let pay = (!is_paid).then(|| {
        view! { <ButtonLink label=say(words::nav_pay) href="/pay" kind=ButtonKind::Plain /> }.into_any()
    });
    view! {
        <Card class="debt-plan">
            <p class="card__text">{say(words::claim_parts)}</p>
            <ol class="debt-months">{tiles}</ol>
            {pay}
        </Card>
    }
    .into_any()
}

fn tile(reader: Reader, standing: &Standing, part: &ClaimPart) -> AnyView {
    let left = of_wire(&part.left, standing.currency).minor();
    let (is_paid, is_missed) = (left == 0, left > 0 && part.due < Day(standing.cut.request.at.day));
    let became = match (is_paid, is_missed) {
        (true, _) => words::bill_state_paid(reader.language),
        (false, true) => words::plan_missed(reader.language),
        (false, false) => words::plan_to_come(reader.language),
    };
    // Of a part that is begun, what is left.
    let sum = if is_paid { &part.amount } else { &part.left };
    view! {
        <li class="debt-month" class:debt-month--good=is_paid class:debt-month--bad=is_missed>
            <span class="debt-month__day">{reader.day(part.due)}</span>
            <bdi class="debt-month__sum">{reader.figure(sum)}</bdi>
            <span class="debt-month__state">{became}</span>
        </li>
    }
    .into_any()
}
