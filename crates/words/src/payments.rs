//! Payments in words: why one is refused.

use api::payment_refusal::PaymentRefusal;

use crate::dates::wait_words;
use crate::phrases::money_words;
use crate::{Language, sentences as words};

/// Why a payment, or a link for one, is refused.
#[must_use]
pub fn payment_refusal_words(language: Language, refusal: &PaymentRefusal) -> String {
    let money = |amount| money_words(language, amount);
    match refusal {
        PaymentRefusal::AmountZero { smallest } => words::error_amount_zero(language, &money(*smallest)),
        PaymentRefusal::AmountTooPrecise { smallest } => {
            words::error_amount_too_precise(language, &money(*smallest))
        }
        PaymentRefusal::AmountAboveDue { amount, due } => {
            words::error_amount_above_due(language, &money(*amount), &money(*due))
        }
        PaymentRefusal::LinkAboveDue { due } => words::error_link_above_due(language, &money(*due)),
        PaymentRefusal::AmountAboveLink { limit } => words::error_amount_above_link(language, &money(*limit)),
        PaymentRefusal::AmountTooLarge { most } => words::error_amount_too_large(language, &money(*most)),
        PaymentRefusal::LinkAlreadyPaid => words::error_link_already_paid(language).to_owned(),
        PaymentRefusal::InProgress { seconds } => {
            words::error_payment_in_progress(language, &wait_words(language, *seconds))
        }
        PaymentRefusal::GatewayUnavailable => words::error_gateway_unavailable(language).to_owned(),
        PaymentRefusal::BankSilent => words::error_bank_silent(language).to_owned(),
        PaymentRefusal::NotPaidHere => words::error_not_paid_here(language).to_owned(),
        PaymentRefusal::NotificationFalse => words::error_notification_false(language).to_owned(),
    }
}
