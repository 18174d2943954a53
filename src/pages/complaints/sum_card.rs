//! At the top: what is in dispute of a bill, and the rest with the way to pay it.

use api::bills::BillState;
use leptos::prelude::*;

use super::form::{Form, Outcome};
use super::sums::{Seen, whole};
use crate::components::amount::{Amount, AmountSize};
use crate::components::button::{ButtonKind, ButtonLink};
use crate::components::card::Card;
use crate::format::Unit;
use crate::pages::reader::{Reader, say};

/// The card of a disputed bill.
pub fn sum_card(form: &Form, outcome: RwSignal<Outcome>) -> Option<AnyView> {
    let bill = form.bill.as_ref()?;
    let (is_open, due_on) = (bill.summary.state != BillState::Paid, bill.summary.due_on);
    // A reading that cannot be is no reading: the whole bill is in dispute.
    let whole = whole(bill).ok();
    let known = Memo::new(move |_| match outcome.get() {
        Some(Ok(sums)) => Some(sums),
        _ => whole.clone(),
    });
    let amount = move || {
        known.get().map(|sums| {
            let value = sums.disputed.to_string();
            view! { <Amount value=value unit=Unit::Money(sums.currency) size=AmountSize::Figure /> }
        })
    };
    let rest = move || {
        let (reader, sums) = (Reader::here(), known.get()?);
        let undisputed = reader.money(sums.currency, &sums.undisputed.to_string());
        if sums.undisputed.minor() == 0 {
            let is_read = !matches!(sums.seen, Seen::Nothing);
            let hint = (!is_read).then(|| words::complaint_disputed_whole(reader.language));
            return hint.map(|hint| view! { <p class="card__text">{hint}</p> }.into_any());
        }
        let text = words::complaint_undisputed(reader.language, &undisputed, &reader.full_day(due_on));
        let pay = is_open.then(|| {
            let label = words::complaint_pay_undisputed(reader.language, &undisputed);
            let href = format!("/pay?amount={}", sums.undisputed);
            view! { <ButtonLink href=href label=label kind=ButtonKind::Outline /> }.into_any()
        });
        Some(
            view! {
                <p class="card__text">{text}</p>
                {pay}
            }
            .into_any(),
        )
    };
    Some(
        view! {
            <Card heading=say(words::complaint_disputed_title)>
                <div aria-live="polite">{amount}</div>
                {rest}
            </Card>
        }
        .into_any(),
    )
}
