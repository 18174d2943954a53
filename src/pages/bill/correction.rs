//! A bill that was corrected, or that corrects another: both linked, why, and what is the customer's.

use api::accounts::BillId;
use api::bills::{Bill, BillCorrection, CorrectionReason};
use leptos::prelude::*;

use crate::components::card::CardLink;
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::Reader;

/// The notice. It travels with the bills that it concerns.
pub fn correction(reader: Reader, bill: Bill) -> AnyView {
    let language = reader.language;
    let corrected = bill.summary.corrected_by.as_ref().map(|by| {
        view! {
            <section class="card">
                <Notice kind=NoticeKind::Warn title=words::bill_corrected(language) icon=IconName::Info>
                    {words::bill_corrected_body(language)}
                </Notice>
                {link(by, words::bill_corrected_link(language))}
            </section>
        }
        .into_any()
    });
    let corrects = bill.correction.as_ref().map(|correction| corrects(reader, &bill, correction));
    view! {
        {corrected}
        {corrects}
    }
    .into_any()
}

fn corrects(reader: Reader, bill: &Bill, correction: &BillCorrection) -> AnyView {
    let language = reader.language;
    let reason = match correction.reason {
        CorrectionReason::Settlement => words::bill_correction_settlement(language),
        CorrectionReason::Multiplier => words::bill_correction_multiplier(language),
        CorrectionReason::MeterTest => words::bill_correction_meter_test(language),
        CorrectionReason::Complaint => words::bill_correction_complaint(language),
    };
    let above_zero = |amount: &str| of_wire(amount, bill.summary.currency).minor() > 0;
    let money = |term: &'static str, amount: &String| {
        let amount = reader.money(bill.summary.currency, amount);
        view! {
            <Fact term=term>
                <bdi>{amount}</bdi>
            </Fact>
        }
        .into_any()
    };
    let owed =
        above_zero(&correction.owed).then(|| money(words::bill_correction_owed(language), &correction.owed));
    let not_claimed = above_zero(&correction.not_claimed)
        .then(|| money(words::bill_correction_not_claimed(language), &correction.not_claimed));
    let in_parts = above_zero(&correction.in_parts)
        .then(|| money(words::bill_correction_in_parts(language), &correction.in_parts));
    let cash = above_zero(&correction.owed)
        .then(|| view! { <p class="card__caption">{words::bill_correction_cash(language)}</p> }.into_any());
    let first = bill.summary.corrects.as_ref().map(|id| link(id, words::bill_corrects_link(language)));
    let by = correction.settled_by.as_ref().map(|id| link(id, words::bill_settled_link(language)));
    view! {
        <section class="card">
            <Notice kind=NoticeKind::Good title=words::bill_corrects(language) />
            <Facts>
                <Fact term=words::bill_correction_reason(language)>{reason}</Fact>
                {owed}
                {not_claimed}
                {in_parts}
            </Facts>
            {cash}
            {first}
            {by}
        </section>
    }
    .into_any()
}

fn link(bill: &BillId, label: &'static str) -> AnyView {
    view! { <CardLink href=format!("/bills/{bill}") label=label /> }.into_any()
}
