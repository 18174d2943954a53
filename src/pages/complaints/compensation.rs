//! What is the customer's: the sum that was billed too much, and what a broken standard is worth, each with its why.

use api::complaints::{Compensation, Complaint};
use api::refunds::RefundState;
use billing::moment::Moment;
use billing::period::Day;
use leptos::prelude::*;
use words::debt::standard_name;

use crate::components::card::{Card, CardLink};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::format::day::CivilTime;
use crate::pages::reader::{Reader, say};
use crate::pages::tools::grounds;

/// The refunds and the compensations of a case, where there are any.
pub fn owed(reader: Reader, complaint: &Complaint) -> AnyView {
    let currency = complaint.summary.currency;
    let refunds = complaint.refunds.iter().filter(|refund| refund.state != RefundState::Withdrawn);
    let refunds = refunds.map(|refund| {
        let title = words::refund_notice(
            reader.language,
            &reader.money(currency, &refund.amount),
            &reader.month(refund.month),
        );
        let link = (refund.state == RefundState::Owed).then(|| {
            let label = words::refund_choose(reader.language);
            view! { <CardLink href="/pay/receipts" label=label /> }.into_any()
        });
        view! { <Notice kind=NoticeKind::Good icon=IconName::Check title=title>{link}</Notice> }.into_any()
    });
    let refunds: Vec<AnyView> = refunds.collect();
    let broken: Vec<AnyView> = (complaint.compensations.iter().filter(|one| one.answer.broken))
        .map(|one| card(reader, one))
        .collect();
    view! {
        {refunds}
        {broken}
    }
    .into_any()
}

fn card(reader: Reader, one: &Compensation) -> AnyView {
    let answer = &one.answer;
    let id = serde_json::to_string(&one.request.standard).unwrap_or_default();
    let name = standard_name(reader.language, id.trim_matches('"')).to_owned();
    let amount = answer.amount.as_ref().map(|amount| grounds::figure(reader.money(answer.currency, amount)));
    let title = name.clone();
    let caption = move || view! { <span>{title.clone()}</span> };
    let findings = grounds::findings(reader, &answer.findings);
    // A cut that was forbidden is a breach by itself: there is nothing to work out, but something to say.
    let why = if answer.working.is_empty() {
        let Moment { day, minute } = one.request.started;
        let part = |part: u16| u8::try_from(part).unwrap_or_default();
        let at = CivilTime { day: Day(day).into(), hour: part(minute / 60), minute: part(minute % 60) };
        let time = reader.time(at);
        let said = words::compensation_forbidden_cut(reader.language, &time);
        view! { <p class="card__text">{said}</p> }.into_any()
    } else {
        grounds::why(reader, name, &answer.working, Some(answer.currency))
    };
    view! {
        <Card heading=say(words::compensation_title) aside=caption>
            {amount}
            {findings}
            {why}
        </Card>
    }
    .into_any()
}
