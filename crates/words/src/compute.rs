//! The one function behind `adad compute`, `POST /api/v1/compute/{rule}` and the browser: the same bytes for the same
//! request.

use billing::compute::{RULES, Rule, run_in};
use billing::error::Refusal;
use billing::finding::Message;
use serde::Serialize;

use crate::codes::{billing_error_words, both, finding_message};

/// Runs rule `rule` on the request `body`: compact JSON that ends with a newline.
///
/// # Errors
/// A [`Refusal`] with the JSON pointer of the value that caused it; [`refusal_json`] writes it.
pub fn compute(rule: &str, body: &[u8]) -> Result<String, Refusal> {
    compute_in(RULES, rule, body)
}

/// The same for one group of rules: in the browser each group travels by itself.
///
/// # Errors
/// As [`compute`].
pub fn compute_in(rules: &[Rule], rule: &str, body: &[u8]) -> Result<String, Refusal> {
    run_in(rules, rule, body, &finding_message)
}

/// A refusal as the command line writes it: `{"error":{"code","field","message":{"ar","en"}}}` and a newline.
#[must_use]
pub fn refusal_json(refusal: &Refusal) -> String {
    let error = Told {
        code: refusal.error.code(),
        field: &refusal.field,
        message: both(|language| billing_error_words(language, &refusal.error)),
    };
    let mut json = serde_json::to_string(&Answer { error }).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Answer<'a> {
    error: Told<'a>,
}

#[derive(Serialize)]
struct Told<'a> {
    code: &'static str,
    field: &'a str,
    message: Message,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_is_one_line_with_findings_in_both_languages() {
        let request = br#"{"tariff":{"id":"sa.electricity.residential"},
            "period":{"from":"2026-08-01","to":"2026-09-02"},"usage":"6300","breaker_amps":100}"#;
        let answer = compute("bill", request).unwrap();
        assert!(answer.starts_with(r#"{"currency":"SAR","days":33,"#), "{answer}");
        assert!(answer.ends_with("}\n") && answer.matches('\n').count() == 1);
        assert!(answer.contains(r#"{"code":"period-too-long","message":{"ar":"بين القراءتين "#), "{answer}");
    }

    #[test]
    fn a_refusal_names_code_field_and_both_sentences() {
        let refusal = compute("bill", b"{").unwrap_err();
        assert_eq!(
            refusal_json(&refusal),
            concat!(
                r#"{"error":{"code":"invalid-json","field":"","message":{"#,
                r#""ar":"لم نتمكن من قراءة الطلب. المطلوب نص سليم بصيغة JSON لا يتكرر فيه اسم.","#,
                r#""en":"We could not read the request. Send well-formed JSON in which no name stands twice."}}}"#,
                "\n"
            )
        );
        let unknown = refusal_json(&compute("no-such-rule", b"{}").unwrap_err());
        assert!(unknown.contains(r#""code":"unknown-rule","field":"""#), "{unknown}");
    }
}
