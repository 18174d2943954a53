//! The way by which anybody checks a paper: its address as a picture and in words, and its code.

use api::certificates::VERIFY_PAGE;
use leptos::prelude::*;
use words::Language;

use crate::pages::reader::Reader;

/// The way of the paper of `code`; its `picture` is heard as `alt`.
pub fn check_way(reader: Reader, code: &str, picture: String, alt: fn(Language) -> &'static str) -> AnyView {
    let language = reader.language;
    let address = format!("{}{VERIFY_PAGE}{code}", location().origin().unwrap_or_default());
    view! {
        <img class="pay-link__code" src=picture alt=alt(language) />
        <p class="certificate__address">{words::certificate_verify(language, &address)}</p>
        <p class="certificate__address">
            {words::certificate_code(language)} ": " <bdi>{code.to_owned()}</bdi>
        </p>
    }
    .into_any()
}
