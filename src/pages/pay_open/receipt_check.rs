//! A receipt as whoever has its code sees it: whether it is genuine, and nothing private.

use api::payment_results::PaymentChannel;
use api::receipt_codes::{CheckedReceipt, GetReceiptCheck};
use leptos::prelude::*;

use crate::client::use_loading;
use crate::components::button::IconButton;
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::page_header::PageHeader;
use crate::pages::loaded::{strip, when_here};
use crate::pages::page::{print, use_title};
use crate::pages::pay::receipt::channel_word;
use crate::pages::reader::{Reader, say};
use crate::pages::skeletons;

/// The page at `/verify/` and a receipt's code.
pub fn receipt_check(code: String) -> AnyView {
    use_title(|| words::verify_receipt_title(Reader::here().language).to_owned());
    let loading = use_loading(move || Some(GetReceiptCheck { code: code.clone() }));
    view! {
        <div class="frame__narrow">
            {strip(loading)}
            <PageHeader title=say(words::verify_receipt_title)>
                <IconButton label=say(words::action_print) icon=IconName::Print on_press=print />
            </PageHeader>
            {when_here(loading, skeletons::one_block, words::verify_receipt_error, whole)}
        </div>
    }
    .into_any()
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
