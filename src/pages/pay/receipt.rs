//! A receipt: what KNET's certification asks of one (kuwait.md 5.2) and what the bank says besides.

use api::payment_results::{PaymentChannel, PaymentResult, PaymentState};
use leptos::prelude::*;
use words::Language;

use crate::clock::Clock;
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};

/// The facts of a payment, on screen and on paper.
pub fn receipt(result: &PaymentResult) -> AnyView {
    let clock = Clock::here();
    let result = result.clone();
    let facts = move || {
        let reader = Reader::here();
        let at = result.settled_at.unwrap_or(result.started_at);
        let bank = result.bank.clone().unwrap_or_default();
        let written = |text: &str| reader.digits.write(text);
        let rows = [
            (words::receipt_date as fn(Language) -> &'static str, time(reader, at, clock.utc_offset_s())),
            (words::receipt_result, state_word(result.state)(reader.language).to_owned()),
            (words::receipt_amount, reader.money(result.currency, &result.amount)),
            (words::receipt_account, written(&result.masked_account)),
            (words::receipt_payer, result.payer.clone()),
            (words::receipt_channel, channel_word(result.channel)(reader.language).to_owned()),
            (words::receipt_payment_id, bank.payment_id),
            (words::receipt_track_id, result.track_id.clone()),
            (words::receipt_transaction_id, bank.transaction_id),
            (words::receipt_reference, bank.reference),
            (words::receipt_authorisation, bank.authorisation),
        ];
        let row = |(term, value): (fn(Language) -> &'static str, String)| {
            // Numbers of the bank are not grouped and not translated: somebody may have to read them out.
            (!value.is_empty()).then(|| {
                view! {
                    <Fact term=say(term)>
                        <bdi class="receipt__value">{value}</bdi>
                    </Fact>
                }
                .into_any()
            })
        };
        rows.into_iter().filter_map(row).collect::<Vec<_>>()
    };
    view! { <Facts>{facts}</Facts> }.into_any()
}

/// What its paper is called: only money that arrived has a receipt. `state` is none until it is known.
pub fn paper_title(state: Option<PaymentState>) -> fn(Language) -> &'static str {
    match state {
        Some(PaymentState::Captured) => words::receipt_title,
        _ => words::payment_details,
    }
}

/// A moment with its year, as a receipt has it.
pub fn time(reader: Reader, at: i64, utc_offset_s: i32) -> String {
    let at = CivilTime::at(at, utc_offset_s);
    let comma = reader.language.choose("،", ",");
    let (day, clock) =
        (at.day.full(reader.language, reader.digits), at.clock(reader.language, reader.digits));
    reader.directed(&format!("{day}{comma} {clock}"))
}

/// By which way a payment came, in words.
pub fn channel_word(channel: PaymentChannel) -> fn(Language) -> &'static str {
    match channel {
        PaymentChannel::Knet => words::pay_channel_knet,
        PaymentChannel::Sandbox => words::pay_sandbox_title,
        PaymentChannel::Elsewhere => words::pay_channel_elsewhere,
    }
}

/// Where a payment stands, in a word.
pub fn state_word(state: PaymentState) -> fn(Language) -> &'static str {
    match state {
        PaymentState::Pending => words::pay_state_pending,
        PaymentState::Captured => words::pay_state_captured,
        PaymentState::Declined => words::pay_state_declined,
        PaymentState::Cancelled => words::pay_state_cancelled,
        PaymentState::Unknown => words::pay_state_unknown,
    }
}

/// The same as a tag.
pub fn state_tag(state: PaymentState) -> AnyView {
    let (kind, icon) = match state {
        PaymentState::Captured => (TagKind::Good, IconName::Check),
        PaymentState::Declined => (TagKind::Bad, IconName::Alert),
        PaymentState::Cancelled => (TagKind::Plain, IconName::Leave),
        PaymentState::Unknown | PaymentState::Pending => (TagKind::Warn, IconName::Clock),
    };
    view! { <StatusTag kind=kind label=say(state_word(state)) icon=icon /> }.into_any()
}
