//! The proof file of a bill, made in the browser from what was issued.

use api::bills::Bill;
use billing::audit::proof::{Issued, Proof};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

use crate::components::button::{Button, ButtonKind};
use crate::components::icon::IconName;
use crate::pages::reader::Reader;

/// The buttons with what the file is for.
pub fn proof(reader: Reader, bill: Bill) -> AnyView {
    let language = reader.language;
    let bill = StoredValue::new(bill);
    let download = move |()| bill.with_value(|bill| download(&file_name(bill), &text_of(bill)));
    let copied = RwSignal::new(false);
    let copy = move |()| {
        // A web view may refuse the clipboard; then the words on the button stay as they are.
        let written = window().navigator().clipboard().write_text(&bill.with_value(text_of));
        leptos::task::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
                copied.try_set(true);
            }
        });
    };
    let copy_label = move || match copied.get() {
        true => words::action_copied(language),
        false => words::bill_proof_copy(language),
    };
    view! {
        <section class="card bill-proof">
            <p class="card__text">{words::bill_proof_help(language)}</p>
            <div class="bill-proof__actions">
                <Button
                    label=words::bill_proof(language)
                    kind=ButtonKind::Outline
                    icon=IconName::File
                    on_press=Callback::new(download)
                />
                <Button label=copy_label kind=ButtonKind::Plain on_press=Callback::new(copy) />
            </div>
        </section>
    }
    .into_any()
}

fn text_of(bill: &Bill) -> String {
    let issued = Issued {
        bill: &bill.summary.id.0,
        currency: bill.summary.currency,
        parts: bill.parts.iter().map(|part| (&part.facts, &part.bill)).collect(),
        taxes: &bill.taxes,
        total: &bill.summary.total,
    };
    Proof::of(&issued).text()
}

fn file_name(bill: &Bill) -> String {
    format!("adad-proof-{}.json", bill.summary.id.0)
}

/// Hands a file to the browser. Where a web view takes none, the text can be copied.
fn download(name: &str, text: &str) {
    let made = || -> Result<(), JsValue> {
        let blob = web_sys::Blob::new_with_str_sequence(&js_sys::Array::of1(&text.into()))?;
        let address = web_sys::Url::create_object_url_with_blob(&blob)?;
        let link: web_sys::HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
        link.set_href(&address);
        link.set_download(name);
        link.click();
        web_sys::Url::revoke_object_url(&address)
    };
    made().unwrap_or_else(|error| leptos::logging::warn!("the file could not be handed over: {error:?}"));
}
