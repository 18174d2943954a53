//! What the server says, from `words`.

use api::problem::ApiError;
use billing::error::BillingError;
use billing::finding::{Finding, Message};

/// The sentence of a refusal of the API.
pub fn of_api_error(error: &ApiError) -> Message {
    let text = error.code().to_owned();
    Message { ar: text.clone(), en: text }
}

/// The sentence of a refusal of the engine.
pub fn of_billing_error(error: &BillingError) -> Message {
    Message { ar: error.to_string(), en: error.to_string() }
}

/// The sentence of a finding.
pub fn of_finding(finding: &Finding) -> Message {
    Message { ar: finding.code().to_owned(), en: finding.code().to_owned() }
}
