//! The debt acknowledgement as it is signed, and why a step of a case is refused.

use api::case_refusal::{CaseRefusal, PlanClosed};
use billing::collection::instalments::InstalmentsAnswer;
use billing::finding::Message;
use billing::money::Money;

use crate::codes::both;
use crate::dates::day_words;
use crate::phrases::{amount_words, instalments_gen, money_words};
use crate::{Language, sentences as words};

/// The text of an acknowledgement of `amount` on an account, with every instalment and its day.
#[must_use]
pub fn acknowledgement(account: &str, amount: Money, plan: &InstalmentsAnswer) -> Message {
    both(|language| {
        let count = i64::try_from(plan.instalments.len()).unwrap_or(i64::MAX);
        let counted = instalments_gen(language, count);
        let sum = money_words(language, amount);
        let part = |part: &billing::collection::instalments::Instalment| {
            let money = amount_words(language, plan.currency, &part.amount);
            let number = part.number.to_string();
            words::acknowledgement_part(language, &number, &money, &day_words(language, part.due))
        };
        let mut lines = vec![
            words::acknowledgement_title(language).to_owned(),
            words::acknowledgement_debt(language, account, &sum),
            words::acknowledgement_body(language).to_owned(),
            words::acknowledgement_confirm(language, &sum, &counted),
        ];
        lines.extend(plan.instalments.iter().map(part));
        lines.join("\n")
    })
}

/// Why a plan, an acknowledgement, a certificate or a step of a complaint is refused.
#[must_use]
pub fn case_refusal_words(language: Language, refusal: &CaseRefusal) -> String {
    match refusal {
        CaseRefusal::PlanNotOpen { reason } => {
            let reason = match reason {
                PlanClosed::NonCitizen => words::plan_closed_non_citizen(language),
                PlanClosed::NothingOverdue => words::plan_closed_nothing_overdue(language),
                PlanClosed::Agreed => words::plan_closed_agreed(language),
                PlanClosed::NoClaim => words::plan_closed_no_claim(language),
            };
            words::error_plan_not_open(language, reason)
        }
        CaseRefusal::AcknowledgementChanged => words::error_acknowledgement_changed(language).to_owned(),
        CaseRefusal::DuesOutstanding { amount } => {
            words::error_dues_outstanding(language, &money_words(language, *amount))
        }
        CaseRefusal::PaymentUnsettled => words::error_payment_unsettled(language).to_owned(),
        CaseRefusal::CertificateUnknown => words::error_certificate_unknown(language).to_owned(),
        CaseRefusal::ComplaintAlreadyOpen { number } => {
            words::error_complaint_already_open(language, &number.0)
        }
        CaseRefusal::ComplaintClosed => words::error_complaint_closed(language).to_owned(),
        CaseRefusal::CaseMovedOn => words::error_case_moved_on(language).to_owned(),
        CaseRefusal::AppealNotOpen => words::error_appeal_not_open(language).to_owned(),
        CaseRefusal::TooManyPhotos { most } => words::error_too_many_photos(language, &most.to_string()),
        CaseRefusal::StepOutOfOrder => words::error_step_out_of_order(language).to_owned(),
        CaseRefusal::RoleMissing => words::error_role_missing(language).to_owned(),
        CaseRefusal::ProofNeeded => words::error_proof_needed(language).to_owned(),
        CaseRefusal::ProofExpired { until } => {
            words::error_proof_expired(language, &day_words(language, *until))
        }
    }
}
