//! What a bill has on paper alone: whose it is, its days, and how to pay.

use api::accounts::Country;
use api::bills::{Bill, BillState};
use leptos::prelude::*;

use crate::components::facts::{Fact, Facts};
use crate::pages::reader::Reader;
use crate::pages::states::phone;

/// SADAD's number of the company (PAY-4).
const SADAD_BILLER: &str = "002";

/// The block at the head of the page.
pub fn paper(reader: Reader, bill: Bill) -> AnyView {
    let (language, summary) = (reader.language, &bill.summary);
    let phone = reader.digits.write(phone());
    let pay = match bill.account.country {
        Country::Sa => words::bill_pay_saudi(language, &reader.digits.write(SADAD_BILLER), &phone),
        Country::Kw => words::bill_pay_kuwait(language, &phone),
    };
    let fact = |term: &'static str, value: String| {
        view! {
            <Fact term=term>
                <bdi>{value}</bdi>
            </Fact>
        }
        .into_any()
    };
    let facts = vec![
        fact(words::bill_account(language), reader.digits.write(&bill.account.id.0)),
        fact(words::bill_number(language), reader.digits.write(&summary.id.0)),
        fact(words::bill_issue_day(language), reader.full_day(summary.issued_on)),
        fact(words::bill_due_day(language), reader.full_day(summary.due_on)),
    ];
    view! {
        <div class="bill-paper">
            <Facts>{facts}</Facts>
            {(summary.state != BillState::Paid).then(|| view! { <p class="bill-paper__pay">{pay}</p> })}
        </div>
    }
    .into_any()
}
