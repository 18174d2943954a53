//! A receipt as whoever has its code sees it: whether it is genuine, and nothing private.

use api::payment_results::PaymentChannel;
use api::receipt_codes::{CheckedReceipt, GetReceiptCheck};
use leptos::prelude::*;

use super::checked::checked;
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::pay::receipt::channel_word;
use crate::pages::reader::Reader;

/// The page at `/verify/` and a receipt's code.
pub fn receipt_check(code: String) -> AnyView {
    checked(GetReceiptCheck { code }, words::verify_receipt_title, words::verify_receipt_error, whole)
}

fn whole(checked: &CheckedReceipt) -> AnyView {
    let checked = checked.clone();
    let shown = move || told(Reader::here(), &checked);
    view! { <div class="columns__stack">{shown}</div> }.into_any()
}

fn told(reader: Reader, checked: &CheckedReceipt) -> AnyView {
    let language = reader.language;
    let amount = reader.money(checked.currency, &checked.amount);
    let rows = [
        (words::meter_col_date(language), reader.full_day(checked.paid_on)),
        (words::receipt_amount(language), amount.clone()),
        (words::receipt_account(language), reader.digits.write(&checked.masked_account)),
        (words::receipt_channel(language), channel_word(checked.channel)(language).to_owned()),
    ];
    let row = |(term, value): (&'static str, String)| {
        view! {
            <Fact term=term>
                <bdi>{value}</bdi>
            </Fact>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
    // Nobody is to take a trial for money.
    let trial = (checked.channel == PaymentChannel::Sandbox).then(|| {
        view! {
            <Notice kind=NoticeKind::Plain icon=IconName::Info title=words::pay_sandbox_title(language)>
                <p>{words::pay_sandbox_body(language)}</p>
            </Notice>
        }
        .into_any()
    });
    view! {
        <Notice
            kind=NoticeKind::Good
            icon=IconName::Check
            title=words::verify_receipt_valid(language, &amount)
        />
        <Card>
            <Facts>{rows}</Facts>
        </Card>
        {trial}
    }
    .into_any()
}
