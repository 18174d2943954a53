//! The kinds of complaints and requests: their names, and how an address names them.

use api::accounts::{ComplaintId, Country};
use api::complaints::ComplaintKind;
use words::Language;

use crate::json;
use crate::pages::reader::Reader;

/// The words of a kind.
pub fn name(kind: ComplaintKind) -> fn(Language) -> &'static str {
    match kind {
        ComplaintKind::Reading => words::complaint_reason_reading,
        ComplaintKind::Days => words::complaint_reason_days,
        ComplaintKind::Class => words::complaint_reason_class,
        ComplaintKind::Multiplier => words::complaint_reason_multiplier,
        ComplaintKind::Estimate => words::complaint_reason_estimate,
        ComplaintKind::Duplicate => words::complaint_reason_duplicate,
        ComplaintKind::Payment => words::complaint_reason_payment,
        ComplaintKind::Fee => words::complaint_reason_fee,
        ComplaintKind::NotMine => words::complaint_reason_not_mine,
        ComplaintKind::Disconnection => words::complaint_reason_disconnection,
        ComplaintKind::Voltage => words::complaint_reason_voltage,
        ComplaintKind::SomethingElse => words::complaint_reason_something_else,
        ComplaintKind::MeterTestResult => words::complaint_test_result,
        ComplaintKind::MeterTest => words::complaint_meter_test,
        ComplaintKind::SeparateMeters => words::report_separate,
        ComplaintKind::Joining => words::report_grouping,
        ComplaintKind::ChangeOfActivity => words::report_activity,
    }
}

/// What is worth knowing before a request is chosen.
pub fn help(kind: ComplaintKind) -> fn(Language) -> &'static str {
    match kind {
        ComplaintKind::MeterTestResult => words::complaint_test_result_help,
        ComplaintKind::SeparateMeters => words::report_separate_help,
        ComplaintKind::Joining => words::report_grouping_help,
        ComplaintKind::ChangeOfActivity => words::report_activity_help,
        ComplaintKind::MeterTest => words::complaint_meter_test_help,
        _ => words::complaint_other_help,
    }
}

/// What a country offers without a bill: an appeal against a meter's test is Saudi (BIL-9).
pub fn requests(country: Country) -> impl Iterator<Item = ComplaintKind> {
    let is_offered = move |kind: &ComplaintKind| match kind {
        ComplaintKind::MeterTestResult => country == Country::Sa,
        _ => true,
    };
    ComplaintKind::REQUESTS.into_iter().filter(is_offered)
}

/// Whether something is asked for or reported, and nothing complained about.
pub fn is_request(kind: ComplaintKind) -> bool {
    ComplaintKind::REQUESTS.contains(&kind) && kind != ComplaintKind::MeterTestResult
}

/// Its number, as a complaint's or a request's.
pub fn numbered(reader: Reader, kind: ComplaintKind, id: &ComplaintId) -> String {
    let (language, number) = (reader.language, reader.digits.write(&id.0));
    match is_request(kind) {
        true => words::request_title(language, &number),
        false => words::complaint_title(language, &number),
    }
}

/// Whether it is about one meter, which has to be named where there are several.
pub fn is_of_meter(kind: ComplaintKind) -> bool {
    matches!(kind, ComplaintKind::MeterTest | ComplaintKind::MeterTestResult)
}

/// Whether the reading on the meter says something about it.
pub fn takes_reading(kind: ComplaintKind) -> bool {
    use ComplaintKind::{Duplicate, Estimate, Multiplier, NotMine, Reading, SomethingElse};
    matches!(kind, Reading | Estimate | NotMine | Multiplier | Duplicate | SomethingElse) || is_of_meter(kind)
}

/// The kind of that name in an address.
pub fn of_address(name: &str) -> Option<ComplaintKind> {
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if is_name { json::read(&format!("\"{name}\"")).ok() } else { None }
}

/// A kind's name in an address.
pub fn to_address(kind: ComplaintKind) -> String {
    let text = serde_json::to_string(&kind).unwrap_or_default();
    text.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_kind() {
        for kind in [ComplaintKind::MeterTest, ComplaintKind::SomethingElse, ComplaintKind::Reading] {
            assert_eq!(of_address(&to_address(kind)), Some(kind));
        }
        for name in ["", "Reading", "reading\"", "x"] {
            assert_eq!(of_address(name), None, "{name}");
        }
    }
}
