//! What happened to a complaint, oldest first.

use api::complaint_steps::{ComplaintStep, StepBy, StepKind, TestTrigger};
use api::complaints::{Complaint, ComplaintKind};
use billing::complaint::AppealTo;
use billing::money::Currency;
use leptos::prelude::*;

use super::kinds;
use crate::clock::Clock;
use crate::components::card::{Card, CardLink};
use crate::format::day::CivilTime;
use crate::pages::meter::tests_done::test_words;
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::{Reader, say};

/// The card of all steps.
pub fn steps(reader: Reader, complaint: &Complaint) -> AnyView {
    let rows: Vec<AnyView> = complaint.steps.iter().map(|step| row(reader, complaint, step)).collect();
    view! {
        <Card heading=say(words::complaint_steps_title)>
            <ol class="complaint-steps">{rows}</ol>
        </Card>
    }
    .into_any()
}

fn row(reader: Reader, complaint: &Complaint, step: &ComplaintStep) -> AnyView {
    let time = reader.time(CivilTime::at(step.at, Clock::here().utc_offset_s()));
    let by = match step.by {
        StepBy::Holder => words::complaint_by_holder(reader.language),
        StepBy::Staff => words::complaint_by_staff(reader.language),
        StepBy::Authority => words::complaint_by_authority(reader.language),
    };
    let note = (!step.note.is_empty())
        .then(|| view! { <p class="complaint-steps__note" dir="auto">{step.note.clone()}</p> }.into_any());
    let bill = match &step.what {
        StepKind::Corrected { bill, total, claimed, .. } => {
            let total = reader.money(complaint.summary.currency, total);
            let label = words::complaint_to_new_bill(reader.language, &total);
            let currency = complaint.summary.currency;
            let parts = (currency == Currency::SAR && is_above_zero(claimed, currency)).then(|| {
                view! { <CardLink href="/debt" label=words::claim_ways(reader.language) /> }.into_any()
            });
            Some(view! { <CardLink href=format!("/bills/{bill}") label=label /> {parts} }.into_any())
        }
        _ => None,
    };
    let what = what(reader, complaint.summary.currency, complaint.summary.kind, &step.what);
    view! {
        <li class="complaint-steps__step">
            <p class="complaint-steps__what">{what}</p>
            <p class="card__caption">{time} " · " {by}</p>
            {note}
            {bill}
        </li>
    }
    .into_any()
}

fn what(reader: Reader, currency: Currency, kind: ComplaintKind, what: &StepKind) -> String {
    let language = reader.language;
    let said = match what {
        StepKind::Filed if kinds::is_request(kind) => words::request_step_filed(language),
        StepKind::Filed => words::complaint_step_filed(language),
        StepKind::EvidenceAdded => words::complaint_step_evidence(language),
        StepKind::TakenUp => words::complaint_step_taken_up(language),
        StepKind::TestOrdered { trigger: TestTrigger::ImplausibleBill } => {
            return words::complaint_step_test_free(language, words::provider_sa(language));
        }
        StepKind::TestOrdered { trigger: TestTrigger::CustomerAsked } => {
            words::complaint_step_test_asked(language)
        }
        StepKind::Tested { test } => {
            return words::complaint_step_tested(
                language,
                &reader.full_day(test.on),
                &test_words(reader, test),
            );
        }
        StepKind::Corrected { owed, claimed, .. } => return corrected(reader, currency, owed, claimed),
        StepKind::RestorationOrdered => words::complaint_step_restored(language),
        StepKind::Answered { accepted } => answered(reader, kind, *accepted),
        StepKind::Appealed { to: AppealTo::Authority } => {
            return words::complaint_step_appealed(language, words::authority_sa(language));
        }
        StepKind::Appealed { to: AppealTo::Ministry } => words::complaint_step_grievance(language),
        StepKind::AppealDecided { accepted: true } => words::complaint_step_appeal_won(language),
        StepKind::AppealDecided { accepted: false } => words::complaint_step_appeal_lost(language),
        StepKind::Compensated { amount, paid_by } => {
            let amount = reader.money(currency, amount);
            return match paid_by {
                Some(day) => words::complaint_step_compensated_by(language, &amount, &reader.full_day(*day)),
                None => words::complaint_step_compensated(language, &amount),
            };
        }
        StepKind::Withdrawn if kinds::is_request(kind) => words::request_step_withdrawn(language),
        StepKind::Withdrawn => words::complaint_step_withdrawn(language),
        StepKind::Closed => words::complaint_step_closed(language),
    };
    said.to_owned()
}

fn answered(reader: Reader, kind: ComplaintKind, accepted: bool) -> &'static str {
    let is_request = ComplaintKind::REQUESTS.contains(&kind);
    match (is_request, accepted) {
        (true, true) => words::complaint_step_granted(reader.language),
        (true, false) => words::complaint_step_refused(reader.language),
        (false, true) => words::complaint_step_accepted(reader.language),
        (false, false) => words::complaint_step_rejected(reader.language),
    }
}

fn corrected(reader: Reader, currency: Currency, owed: &str, claimed: &str) -> String {
    let money = |amount: &str| reader.money(currency, amount);
    match (is_above_zero(owed, currency), is_above_zero(claimed, currency)) {
        (true, _) => words::complaint_step_corrected_owed(reader.language, &money(owed)),
        (false, true) => words::complaint_step_corrected_claimed(reader.language, &money(claimed)),
        (false, false) => words::complaint_step_corrected(reader.language).to_owned(),
    }
}

fn is_above_zero(amount: &str, currency: Currency) -> bool {
    of_wire(amount, currency).minor() > 0
}
