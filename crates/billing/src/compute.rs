//! Every rule by its name: JSON in, JSON out, the same bytes for each caller.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::bill::{self, BillFacts};
use crate::error::{BillingError, Refusal};
use crate::finding::Say;
use crate::tier_limits::{TierLimitsRequest, tier_limits};

/// A rule of the contract.
pub struct Rule {
    /// Its name on the wire.
    pub name: &'static str,
    run: fn(&[u8], Say<'_>) -> Result<String, Refusal>,
    /// The JSON Schemas of its request and outcome.
    #[cfg(feature = "schema")]
    pub schemas: fn() -> [schemars::Schema; 2],
}

/// All rules.
pub const RULES: [Rule; 2] = [
    Rule {
        name: "bill",
        run: |body, say| answer(&bill::calculate(&decode::<BillFacts>(body)?)?.answer(say)),
        #[cfg(feature = "schema")]
        schemas: || [schemars::schema_for!(BillFacts), schemars::schema_for!(bill::BillAnswer)],
    },
    Rule {
        name: "tier-limits",
        run: |body, _| answer(&tier_limits(&decode::<TierLimitsRequest>(body)?)?),
        #[cfg(feature = "schema")]
        schemas: || {
            [
                schemars::schema_for!(TierLimitsRequest),
                schemars::schema_for!(crate::tier_limits::TierLimitsAnswer),
            ]
        },
    },
];

/// The rule of this name.
///
/// # Errors
/// [`BillingError::UnknownRule`].
pub fn find(name: &str) -> Result<&'static Rule, Refusal> {
    const ALL: &[Rule] = &RULES;
    let unknown = || BillingError::UnknownRule { rule: name.to_owned() }.at("");
    ALL.iter().find(|rule| rule.name == name).ok_or_else(unknown)
}

/// Runs rule `name` on a JSON request: compact JSON that ends with a newline. `say` brings the findings' sentences.
///
/// # Errors
/// A [`Refusal`] with the JSON pointer of the value that caused it. No input panics.
pub fn run(name: &str, body: &[u8], say: Say<'_>) -> Result<String, Refusal> {
    (find(name)?.run)(body, say)
}

fn answer(outcome: &impl Serialize) -> Result<String, Refusal> {
    let mut text = serde_json::to_string(outcome).map_err(|_| BillingError::InvalidJson.at(""))?;
    text.push('\n');
    Ok(text)
}

/// Reads a request, with the place and the kind of what is wrong in it.
fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let request: T = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = pointer(error.path());
        refusal(&error.into_inner(), pointer)
    })?;
    json.end().map_err(|_| BillingError::InvalidJson.at(""))?;
    Ok(request)
}

/// serde tells its errors in words only; these are the words that `serde_json` and our own types use.
fn refusal(error: &serde_json::Error, pointer: String) -> Refusal {
    if !error.is_data() {
        return BillingError::InvalidJson.at("");
    }
    let text = error.to_string();
    let name = || text.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some(own) = text.strip_prefix('#') {
        return coded(own).at(pointer);
    }
    if text.starts_with("duplicate field") {
        return BillingError::InvalidJson.at("");
    }
    if text.starts_with("missing field") {
        let field = format!("{pointer}/{}", escaped(&name()));
        return BillingError::MissingField { name: name() }.at(field);
    }
    if text.starts_with("unknown field") {
        return BillingError::UnknownField { name: name() }.at(pointer);
    }
    if text.starts_with("invalid value: integer") {
        let error =
            if name().starts_with('-') { BillingError::Negative } else { BillingError::NumberTooLarge };
        return error.at(pointer);
    }
    BillingError::WrongType.at(pointer)
}

fn coded(text: &str) -> BillingError {
    let known = [BillingError::NotADecimal, BillingError::NumberTooLong, BillingError::NotADate];
    let code = text.split(' ').next().unwrap_or_default();
    known.into_iter().find(|error| error.code() == code).unwrap_or(BillingError::WrongType)
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => escaped(key),
            Segment::Enum { variant } => escaped(variant),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
