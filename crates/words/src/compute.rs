//! The one function behind `adad compute`, `POST /api/v1/compute/{rule}` and the browser: the same bytes for the same
//! request.

use billing::audit::proof;
use billing::compute::{RULES, Rule, run_in};
use billing::error::Refusal;
use billing::finding::Message;
use billing::money::Currency;
use serde::Serialize;

use crate::codes::{billing_error_words, both};
use crate::debt::every_finding_message;
use crate::sentences as words;

/// Runs rule `rule` on the request `body`: compact JSON that ends with a newline.
///
/// # Errors
/// A [`Refusal`] with the JSON pointer of the value that caused it; [`refusal_json`] writes it.
pub fn compute(rule: &str, body: &[u8]) -> Result<String, Refusal> {
    if rule == "audit" && proof::is_proof(body) {
        return proof::replay(body).map(|proof| proof_json(&proof));
    }
    compute_in(RULES, rule, body)
}

/// The same for one group of rules: in the browser each group travels by itself.
///
/// # Errors
/// As [`compute`].
pub fn compute_in(rules: &[Rule], rule: &str, body: &[u8]) -> Result<String, Refusal> {
    run_in(rules, rule, body, &every_finding_message)
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

/// What is said of a proof file that comes out the same, a line of JSON.
fn proof_json(proof: &proof::Proof) -> String {
    let told = Proven {
        proof: &proof.format,
        bill: &proof.bill,
        matches: true,
        currency: proof.currency,
        total: &proof.total,
        sha256: &proof.sha256,
        message: both(|language| words::proof_matches(language, &proof.bill)),
    };
    let mut json = serde_json::to_string(&told).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Proven<'a> {
    proof: &'a str,
    bill: &'a str,
    matches: bool,
    currency: Currency,
    total: &'a str,
    sha256: &'a str,
    message: Message,
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
    fn a_proof_file_is_replayed_and_says_so_in_both_languages() {
        let request = br#"{"tariff":{"id":"kw.electricity.private"},
            "period":{"from":"2026-07-28","to":"2026-08-27"},"usage":"3128"}"#;
        let facts: billing::bill::BillFacts = serde_json::from_slice(request).unwrap();
        let bill: billing::bill::BillAnswer =
            serde_json::from_str(&compute("bill", request).unwrap()).unwrap();
        let issued = proof::Issued {
            bill: "100217783-2026-08",
            currency: bill.currency,
            parts: vec![(&facts, &bill)],
            taxes: &[],
            total: &bill.total,
        };
        let text = proof::Proof::of(&issued).text();
        let said = compute("audit", text.as_bytes()).unwrap();
        let begins = r#"{"proof":"adad-proof-1","bill":"100217783-2026-08","matches":true,"currency":"KWD","total":"6.256","#;
        assert!(said.starts_with(begins), "{said}");
        assert!(said.contains("تطابق") && said.contains("to the same bytes"), "{said}");
        let refused = refusal_json(&compute("audit", text.replace("6.256", "6.255").as_bytes()).unwrap_err());
        let code = r#""code":"proof-differs","field":"/parts/0/bill/lines/0/amount""#;
        assert!(refused.contains(code) && refused.contains("6.255"), "{refused}");
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
