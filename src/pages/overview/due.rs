//! What is owed, and whether the newest bill stands the browser's own recomputation.

use api::accounts::AccountId;
use api::bills::{BillState, BillSummary, GetBill};
use billing::money::Currency;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use leptos::text_prop::TextProp;

use crate::client;
use crate::components::button::{ButtonKind, ButtonLink};
use crate::components::due_card::DueCard;
use crate::components::seal::{SealLine, SealState};
use crate::format::Unit;
use crate::pages::reader::{Reader, say};
use crate::pages::recheck::recompute;

/// The due card.
#[component]
pub fn Due(due: String, currency: Currency, bills: Vec<BillSummary>, account: AccountId) -> impl IntoView {
    let owes = due.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    let newest = bills.first().cloned();
    // The oldest: what should have been paid before says more than what may still wait.
    let unpaid = bills.iter().rfind(|bill| bill.state != BillState::Paid).cloned();
    let label = if owes { words::overview_due_title } else { words::overview_due_none };
    let note = move || note(unpaid.as_ref());
    let link = newest.as_ref().map(|bill| {
        let href = format!("/bills/{}", bill.id);
        view! { <ButtonLink href=href label=say(words::overview_explain) kind=ButtonKind::OnHero /> }
    });
    let pay = owes.then(|| {
        view! { <ButtonLink href="/pay" label=say(words::overview_pay_now) kind=ButtonKind::OnHero /> }
            .into_any()
    });
    let asked = newest.map(|bill| GetBill { account, bill: bill.id });
    let checks = asked.is_some();
    let state = use_check(asked);
    let seal = move || {
        let text = move || match state.get() {
            SealState::Checking => words::bill_seal_checking(Reader::here().language),
            SealState::Match => words::overview_checked(Reader::here().language),
            SealState::Differs => words::overview_check_differs(Reader::here().language),
            SealState::Unavailable => words::overview_check_unavailable(Reader::here().language),
        };
        checks.then(|| view! { <SealLine state=state text=text /> }.into_any())
    };
    view! {
        <DueCard
            label=say(label)
            value=due
            unit=Unit::Money(currency)
            note=TextProp::from(note)
            seal=seal
            class="columns__five"
        >
            {pay}
            {link}
        </DueCard>
    }
}

fn note(unpaid: Option<&BillSummary>) -> String {
    let reader = Reader::here();
    match unpaid {
        Some(bill) if bill.state == BillState::Overdue => {
            words::overview_due_overdue(reader.language, &reader.day(bill.due_on))
        }
        Some(bill) => {
            words::overview_due_bill(reader.language, reader.month_name(bill.month), &reader.day(bill.due_on))
        }
        None => String::new(),
    }
}

/// Fetches the bill and works it out again.
fn use_check(asked: Option<GetBill>) -> Signal<SealState> {
    let state = RwSignal::new(SealState::Checking);
    if let Some(asked) = asked {
        spawn_local_scoped_with_cancellation(async move {
            // The figures are painted first.
            client::after_paint().await;
            let checked = check(asked).await;
            // The holder may have gone elsewhere meanwhile.
            state.try_set(checked);
        });
    }
    state.into()
}

/// A part of its own: a whole bill, its facts and their comparison are much code, and the figures do not wait for it.
#[cfg_attr(feature = "split", lazy)]
async fn check(asked: GetBill) -> SealState {
    match client::ask(asked).await.map(|bill| recompute(&bill)) {
        Ok(Ok(recomputed)) if recomputed.difference.is_none() => SealState::Match,
        Ok(Ok(_)) => SealState::Differs,
        _ => SealState::Unavailable,
    }
}
