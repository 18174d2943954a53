//! Refusals in words. Few readers meet one, so the words of them all travel by themselves when one is met.

use api::problem::ApiError;
use billing::error::BillingError;
use leptos::prelude::*;
use words::codes::{api_error_words, billing_error_words};

use crate::pages::lazy::lazy_part;
use crate::pages::reader::Reader;

/// What was refused.
pub enum Refused {
    /// A file, by the words of the server's import.
    File(ApiError),
    /// A sum.
    Sum(BillingError),
    /// The recomputation of a bill.
    Recheck(BillingError),
}

/// Fetches the words before one is met, for a page that works without a connection.
pub fn fetch_ahead() {
    #[cfg(feature = "split")]
    leptos::task::spawn_local(__preload_refusal_words());
}

/// The refusal in the reader's words, as soon as they have come.
pub fn refusal(refused: Refused) -> AnyView {
    lazy_part(Box::pin(refusal_words(refused)), || "…".into_any())
}

#[cfg_attr(feature = "split", lazy)]
async fn refusal_words(refused: Refused) -> AnyView {
    let text = move || {
        let Reader { language, digits } = Reader::here();
        digits.write(&match &refused {
            Refused::File(error) => api_error_words(language, error),
            Refused::Sum(error) => billing_error_words(language, error),
            Refused::Recheck(error) => {
                words::bill_seal_unavailable(language, &billing_error_words(language, error))
            }
        })
    };
    text.into_any()
}
