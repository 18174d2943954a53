//! What anybody may see who has its address: how a payment ended, the page of a payment link, and a certificate. All work
//! without a session, for the bank may send a payer back into another browser than the one that was signed in.

mod certificate;
mod checked;
mod link;
mod receipt_check;
mod result;

use api::payment_results::PaymentId;
use api::receipt_codes::RECEIPT_CODE;
use leptos::prelude::*;

use crate::components::app_frame::Brand;
use crate::components::page_header::LanguageSwitch;
use crate::pages::not_found;
use crate::pages::page::framed;
use crate::pages::reader::say;
use crate::pages::skeletons;
use crate::router::{Page, Place};
use crate::session::{SessionState, SignedIn};

/// The pages at `/pay/result/`, `/pay/l/` and `/verify/`.
#[cfg_attr(feature = "split", lazy)]
pub async fn pay_open() -> AnyView {
    let session = SessionState::here();
    let signed_in = Memo::new(move |_| {
        session.signed_in.with(|signed_in| match signed_in {
            SignedIn::Unknown => None,
            SignedIn::Yes(_) => Some(true),
            SignedIn::No | SignedIn::Failed(_) => Some(false),
        })
    });
    let shown = move || match signed_in.get() {
        None => skeletons::sign_in(),
        Some(true) => framed(page()),
        Some(false) => alone(page()),
    };
    shown.into_any()
}

fn page() -> AnyView {
    let below = match Place::here().page_now() {
        Page::PayOpen(below) => below,
        Page::Verify(code) if code.starts_with(RECEIPT_CODE) => return receipt_check::receipt_check(code),
        Page::Verify(code) => return certificate::certificate(code),
        _ => return not_found::not_found(),
    };
    match below.split_once('/') {
        Some(("result", payment)) => result::result(PaymentId(payment.to_owned())),
        Some(("l", token)) => link::link(token),
        _ => not_found::not_found(),
    }
}

/// Without the way around, which is the holder's.
fn alone(page: AnyView) -> AnyView {
    view! {
        <main class="frame__main">
            <div class="pay-open">
                <div class="pay-open__brand">
                    <Brand name=say(words::brand_name) />
                    <LanguageSwitch label=say(words::language_switch) />
                </div>
                {page}
            </div>
        </main>
    }
    .into_any()
}
