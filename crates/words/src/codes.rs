//! The errors and findings of the engine and the API as sentences. Figures in them are in Latin digits, dates as on
//! the wire: the same text goes to the browser, to HTTP and to the command line.

use api::problem::{ApiError, Problem};
use billing::error::{BillingError, Refusal};
use billing::finding::{Finding, Message};
use billing::number::Number;
use billing::period::Day;

use crate::acknowledgement::case_refusal_words;
use crate::assumed::{assumed_in_pricing, assumed_of_exchange, assumed_words};
use crate::dates::{day_words, wait_words};
use crate::names::{hafez_condition, tariff_name, unit_name};
use crate::payments::payment_refusal_words;
use crate::phrases::{days_words, money_words, months_words, quantity_words};
use crate::{Language, sentences as words};

/// Numbers and dates to show the form by.
const SOME_NUMBER: &str = "1600.5";
const SOME_DATE: &str = "2026-08-31";

/// What `say` gives in both languages.
#[must_use]
pub fn both(say: impl Fn(Language) -> String) -> Message {
    Message { ar: say(Language::Arabic), en: say(Language::English) }
}

/// The finding in both languages, as the engine asks for it.
#[must_use]
pub fn finding_message(finding: &Finding) -> Message {
    both(|language| finding_words(language, finding))
}

/// A fact beside a bill or a projection: what the pricing itself can find. A page that shows no other fact links no
/// other sentence.
#[must_use]
pub fn pricing_finding_words(language: Language, finding: &Finding) -> Option<String> {
    match finding {
        Finding::PeriodTooLong { days, most } => Some(period_too_long(language, *days, *most)),
        Finding::AssumedParameter { name, value } => {
            let (name, value) = assumed_in_pricing(language, name, value)?;
            Some(words::finding_assumed_parameter(language, name, &value))
        }
        _ => None,
    }
}

/// A fact beside readings that an exchanged meter's days share; it links no other sentence either.
#[must_use]
pub fn exchange_finding_words(language: Language, finding: &Finding) -> Option<String> {
    let Finding::AssumedParameter { name, value } = finding else { return None };
    let (name, way) = assumed_of_exchange(language, name, value)?;
    Some(words::finding_assumed_parameter(language, name, way))
}

/// A fact beside a result.
#[must_use]
pub fn finding_words(language: Language, finding: &Finding) -> String {
    match finding {
        Finding::PeriodTooLong { days, most } => period_too_long(language, *days, *most),
        Finding::AssumedParameter { name, value } => {
            let (name, value) = assumed_words(language, name, value);
            words::finding_assumed_parameter(language, name, &value)
        }
        Finding::MeterExchanged { on } => {
            words::finding_meter_exchanged(language, &day_words(language, Day(*on)))
        }
        Finding::RegisterRolledOver => words::finding_register_rolled_over(language).to_owned(),
        Finding::EstimatesRepeated { periods } => {
            words::finding_estimates_repeated(language, &months_words(language, *periods))
        }
        Finding::UseUnusual { usage, low, high, unit } => {
            let units = |figure: &Number| quantity_words(&figure.to_string(), unit_name(language, unit));
            words::finding_use_unusual(language, &units(usage), &units(low), &units(high))
        }
        Finding::UseNegative => words::finding_use_negative(language).to_owned(),
        Finding::UseZero => words::finding_use_zero(language).to_owned(),
        Finding::NoHistory => words::finding_no_history(language).to_owned(),
        Finding::SeparateMetersOrShares => words::finding_separate_meters_or_shares(language).to_owned(),
        Finding::Backdated { on, earliest } => words::finding_backdated(
            language,
            &day_words(language, Day(*on)),
            &day_words(language, Day(*earliest)),
        ),
        Finding::DifferentConsumers => words::finding_different_consumers(language).to_owned(),
        Finding::TiersDenied { amount } => {
            words::finding_tiers_denied(language, &money_words(language, *amount))
        }
        Finding::RefundOwed { amount } => {
            words::finding_refund_owed(language, &money_words(language, *amount))
        }
        Finding::ClaimLimited { months } => {
            words::finding_claim_limited(language, &months_words(language, *months))
        }
        Finding::MeterTestOverdue { due } => {
            words::finding_meter_test_overdue(language, &day_words(language, Day(*due)))
        }
        Finding::TestIntervalNotPublished => words::finding_test_interval_not_published(language).to_owned(),
        Finding::BudgetPassed { expected, budget } => words::finding_budget_passed(
            language,
            &money_words(language, *expected),
            &money_words(language, *budget),
        ),
        Finding::DigitalMeterNeeded => words::finding_digital_meter_needed(language).to_owned(),
        Finding::DuesUnpaid { amount } => {
            words::finding_dues_unpaid(language, &money_words(language, *amount))
        }
        Finding::MinimumStay { from } => {
            words::finding_minimum_stay(language, &day_words(language, Day(*from)))
        }
        Finding::HafezNotEligible { condition } => {
            words::finding_hafez_not_eligible(language, hafez_condition(language, *condition))
        }
        Finding::WorthToTheState => words::finding_worth_to_the_state(language).to_owned(),
        // A page that shows no debt links none of its sentences: `debt::debt_finding_words` says it.
        Finding::Debt(finding) => finding.code().to_owned(),
    }
}

fn period_too_long(language: Language, days: i64, most: i64) -> String {
    words::why_bil_1(language, &days_words(language, days), &days_words(language, most))
}

/// Why the engine refuses.
#[must_use]
pub fn billing_error_words(language: Language, error: &BillingError) -> String {
    match error {
        BillingError::InvalidJson => words::error_invalid_json(language).to_owned(),
        BillingError::UnknownRule { rule } => words::error_unknown_rule(language, rule),
        BillingError::UnknownField { name } => words::error_unknown_field(language, name),
        BillingError::MissingField { name } => words::error_missing_field(language, name),
        BillingError::WrongType => words::error_wrong_type(language).to_owned(),
        BillingError::NotADecimal => words::error_not_a_decimal(language, SOME_NUMBER),
        BillingError::NumberTooLong => words::error_number_too_long(language).to_owned(),
        BillingError::NumberTooLarge => words::error_number_too_large(language).to_owned(),
        BillingError::Negative => words::error_negative(language).to_owned(),
        BillingError::OutOfRange { least, most } => {
            words::error_out_of_range(language, &least.to_string(), &most.to_string())
        }
        BillingError::NotADate => words::error_not_a_date(language, SOME_DATE),
        BillingError::PeriodReversed { from, to } => words::error_period_reversed(
            language,
            &day_words(language, Day(*from)),
            &day_words(language, Day(*to)),
        ),
        BillingError::UnknownTariff { tariff } => words::error_unknown_tariff(language, tariff),
        BillingError::NoTariffInForce { tariff, on, first } => {
            let name = tariff_name(language, tariff).unwrap_or(tariff);
            words::error_no_tariff_in_force(
                language,
                name,
                &day_words(language, Day(*on)),
                &day_words(language, Day(*first)),
            )
        }
        BillingError::PriceNotPublished { tariff } => {
            words::error_price_not_published(language, tariff_name(language, tariff).unwrap_or(tariff))
        }
        BillingError::BreakerMissing => words::error_breaker_missing(language).to_owned(),
        BillingError::LimitsNotRising => words::error_limits_not_rising(language).to_owned(),
        BillingError::UsageBeyondLastTier => words::error_usage_beyond_last_tier(language).to_owned(),
        BillingError::IntervalsDisagree => words::error_intervals_disagree(language).to_owned(),
        BillingError::HistoryTooShort => words::error_history_too_short(language).to_owned(),
        BillingError::ReadingFell { current, previous } => {
            words::error_reading_fell(language, &current.to_string(), &previous.to_string())
        }
        BillingError::MultiplierInvalid => words::error_multiplier_invalid(language).to_owned(),
        BillingError::SharesNotWhole { sum } => words::error_shares_not_whole(language, &sum.to_string()),
        BillingError::TooManyMonths { most } => words::error_too_many_months(language, &most.to_string()),
        BillingError::FinerThanMinorUnit { smallest } => {
            words::error_finer_than_minor_unit(language, &money_words(language, *smallest))
        }
        BillingError::NoPastPeriods => words::error_no_past_periods(language).to_owned(),
        BillingError::NoBaseline => words::error_no_baseline(language).to_owned(),
        BillingError::MonthTwice => words::error_month_twice(language).to_owned(),
        BillingError::PeriodsApart => words::error_periods_apart(language).to_owned(),
        BillingError::TariffsDisagree => words::error_tariffs_disagree(language).to_owned(),
        BillingError::WrongCount { needed } => words::error_wrong_count(language, &needed.to_string()),
        BillingError::NoRuleInForce { on, first } => words::error_no_rule_in_force(
            language,
            &day_words(language, Day(*on)),
            &day_words(language, Day(*first)),
        ),
        BillingError::CalendarEnds { on, first, last } => {
            let day = |date| day_words(language, Day(date));
            words::error_calendar_ends(language, &day(*first), &day(*last), &day(*on))
        }
        BillingError::WorkingAltered { .. } => words::error_working_altered(language).to_owned(),
        BillingError::ProofDiffers { place, given, made } => {
            let place = if place.is_empty() { "/" } else { place };
            words::error_proof_differs(language, place, given, made)
        }
    }
}

/// Why the API refuses.
#[must_use]
pub fn api_error_words(language: Language, error: &ApiError) -> String {
    match error {
        ApiError::SignInRequired => words::error_sign_in_required(language).to_owned(),
        ApiError::KeyWrong => words::error_key_wrong(language).to_owned(),
        ApiError::StaffKeyWrong => words::error_staff_key_wrong(language).to_owned(),
        ApiError::AccountNotFound => words::error_account_not_found(language).to_owned(),
        ApiError::NotFound => words::error_not_found(language).to_owned(),
        ApiError::MethodNotAllowed => words::error_method_not_allowed(language).to_owned(),
        ApiError::CodeWrong => words::error_code_wrong(language).to_owned(),
        ApiError::TooManyRequests { wait_seconds } => {
            words::error_too_many_requests(language, &wait_words(language, *wait_seconds))
        }
        ApiError::BodyTooLarge { limit_bytes } => {
            words::error_body_too_large(language, &size_words(language, *limit_bytes))
        }
        ApiError::BodyMalformed { position } => words::error_body_malformed(language, &position.to_string()),
        ApiError::ValueInvalid { field } => words::error_value_invalid(language, field),
        ApiError::BodyNotObject => words::error_body_not_object(language).to_owned(),
        ApiError::ContentType => words::error_content_type(language).to_owned(),
        ApiError::ForeignOrigin => words::error_foreign_origin(language).to_owned(),
        ApiError::FileKind => words::error_file_kind(language, words::meter_file_kinds(language)),
        ApiError::FileDamaged { position, element: None } => {
            words::error_file_damaged(language, &position.to_string())
        }
        ApiError::FileDamaged { position, element: Some(element) } => {
            words::error_file_damaged_element(language, element, &position.to_string())
        }
        ApiError::FileCutShort { position } => words::error_file_cut_short(language, &position.to_string()),
        ApiError::FileEmpty => words::error_file_empty(language).to_owned(),
        ApiError::FileNoEnergy => words::error_file_no_energy(language).to_owned(),
        ApiError::PhotoKind => words::error_photo_kind(language).to_owned(),
        ApiError::PhotoDimensions { most } => words::error_photo_dimensions(language, &most.to_string()),
        ApiError::ReadingWindowClosed { from, to } => words::error_reading_window_closed(
            language,
            &day_words(language, *from),
            &day_words(language, *to),
        ),
        ApiError::ReadingUnlikely { low, high, unit } => {
            let units = |figure| quantity_words(figure, unit_name(language, unit));
            words::error_reading_unlikely(language, &units(low), &units(high))
        }
        ApiError::HafezCondition { condition } => {
            words::error_hafez_condition(language, hafez_condition(language, *condition))
        }
        ApiError::Case(refusal) => case_refusal_words(language, refusal),
        ApiError::Payment(refusal) => payment_refusal_words(language, refusal),
        ApiError::RepeatConflict => words::error_repeat_conflict(language).to_owned(),
        ApiError::LinkUnknown => words::error_link_unknown(language).to_owned(),
        ApiError::LinkExpired { on } => words::error_link_expired(language, &day_words(language, *on)),
        ApiError::ServerBusy => words::error_server_busy(language).to_owned(),
        ApiError::ServerFault { reference } => words::error_server_fault(language, reference),
    }
}

/// A size in whole megabytes or kilobytes of 1,024, rounded down: the most that is certainly allowed.
#[must_use]
pub fn size_words(language: Language, bytes: u64) -> String {
    const KILO: u64 = 1024;
    match bytes / KILO / KILO {
        0 => words::size_kb(language, &(bytes / KILO).to_string()),
        megabytes => words::size_mb(language, &megabytes.to_string()),
    }
}

/// The engine's refusal as a problem on the wire.
#[must_use]
pub fn refusal_problem(refusal: &Refusal) -> Problem {
    let status = match refusal.error {
        BillingError::InvalidJson => 400,
        BillingError::UnknownRule { .. } => 404,
        _ => 422,
    };
    let message = both(|language| billing_error_words(language, &refusal.error));
    problem(refusal.error.code(), status, Some(refusal.field.clone()), message)
}

/// The API's refusal as a problem on the wire.
#[must_use]
pub fn api_problem(error: &ApiError) -> Problem {
    let field = match error {
        ApiError::ValueInvalid { field } => Some(field.clone()),
        ApiError::ReadingUnlikely { .. } | ApiError::ReadingWindowClosed { .. } => {
            Some("/register".to_owned())
        }
        ApiError::Payment(refusal) if refusal.is_about_amount() => Some("/amount".to_owned()),
        _ => None,
    };
    problem(error.code(), error.status(), field, both(|language| api_error_words(language, error)))
}

fn problem(code: &str, status: u16, field: Option<String>, message: Message) -> Problem {
    let r#type = format!("urn:adad:problem:{code}");
    Problem { r#type, title: message.en.clone(), status, code: code.to_owned(), field, message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::money::{Currency, Money};
    use billing::rulebook;

    #[test]
    fn every_assumption_of_the_rulebooks_has_its_words() {
        let versions = rulebook::schedules().iter().flat_map(|schedule| schedule.versions);
        for assumed in versions.flat_map(|version| version.assumed) {
            let (name, _) = assumed_words(Language::Arabic, assumed.name, assumed.value);
            assert_ne!(name, assumed.name);
        }
    }

    #[test]
    fn every_assumed_term_has_its_words() {
        let terms = rulebook::terms().iter().filter(|term| !term.id.starts_with("common.projection"));
        for finding in terms.filter_map(rulebook::Term::finding) {
            let Finding::AssumedParameter { name, value } = &finding else { continue };
            for language in Language::ALL {
                assert_ne!(assumed_words(language, name, value).0, *name);
            }
        }
    }

    #[test]
    fn every_assumed_way_has_its_words() {
        for (name, value) in [
            ("estimate-method", "last-year"),
            ("estimate-method", "recent"),
            ("exchange-day", "both-meters"),
            ("category-day", "earlier"),
            ("mixed-use-limits", "share"),
            ("temporary-basis", "declared"),
            ("temporary-schedule", "category"),
            ("grouping-limits", "one-set"),
            ("deposit-set-off", "bill"),
            ("claim-share", "days"),
            ("prepaid-month", "calendar"),
            ("day-course", "even"),
        ] {
            let (shown, way) = assumed_words(Language::Arabic, name, value);
            assert!(shown != name && way != value, "{name}");
        }
    }

    #[test]
    fn a_figure_in_a_finding_has_its_unit() {
        let bare = |finding: &Finding| {
            finding_message(finding).en.replace(['\u{2068}', '\u{2069}'], "").replace('\u{a0}', " ")
        };
        let amount = Money::from_minor(9660, Currency::SAR);
        assert_eq!(
            bare(&Finding::RefundOwed { amount }).split(". ").next(),
            Some("A sum of SAR 96.60 is yours")
        );
        let fee = bare(&Finding::AssumedParameter { name: "meter-fee", value: "15" });
        assert!(fee.ends_with("to be SAR 15."), "{fee}");
        assert!(bare(&Finding::EstimatesRepeated { periods: 3 }).contains("for 3 months"));
        let unusual = Finding::UseUnusual {
            usage: Number::from_units(12_401),
            low: Number::from_units(1860),
            high: Number::from_units(12_400),
            unit: "kWh".to_owned(),
        };
        let unusual = bare(&unusual);
        assert!(
            unusual.contains("At 12,401 kWh") && unusual.contains("1,860 kWh to 12,400 kWh"),
            "{unusual}"
        );
    }

    #[test]
    fn findings_speak_both_languages() {
        let long = finding_message(&Finding::PeriodTooLong { days: 33, most: 31 });
        assert_eq!(
            long.ar.replace(['\u{2068}', '\u{2069}'], ""),
            "بين القراءتين 33 يومًا، والحد الأقصى 31 يومًا. حُسبت الفاتورة مع شرائحك كاملة."
        );
        let assumed = finding_message(&Finding::AssumedParameter { name: "proration", value: "30" });
        assert_eq!(
            assumed.en.replace(['\u{2068}', '\u{2069}'], ""),
            "This result rests on a figure that has not been published: the base days of the tier limits, \
             which we assume to be 30 days."
        );
    }

    #[test]
    fn waits_and_sizes_are_words() {
        let bare = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
        for (seconds, english, arabic) in [
            (0, "less than a second", "أقل من ثانية"),
            (2, "2 seconds", "ثانيتين"),
            (59, "59 seconds", "59 ثانية"),
            (60, "1 minute", "دقيقة واحدة"),
            (61, "2 minutes", "دقيقتين"),
            (600, "10 minutes", "10 دقائق"),
        ] {
            assert_eq!(bare(wait_words(Language::English, seconds)), english);
            assert_eq!(bare(wait_words(Language::Arabic, seconds)), arabic);
        }
        for (bytes, shown) in [(0, "0 kB"), (1024, "1 kB"), (64 << 20, "64 MB"), ((2 << 20) - 1, "1 MB")] {
            assert_eq!(bare(size_words(Language::English, bytes)), shown);
        }
    }

    #[test]
    fn a_problem_has_the_status_of_the_contract() {
        for (error, status) in [
            (BillingError::InvalidJson, 400),
            (BillingError::UnknownRule { rule: "x".to_owned() }, 404),
            (BillingError::Negative, 422),
        ] {
            let problem = refusal_problem(&error.clone().at("/usage"));
            assert_eq!(problem.status, status, "{error}");
            assert_eq!(problem.field.as_deref(), Some("/usage"));
            assert_eq!(problem.r#type, format!("urn:adad:problem:{}", error.code()));
        }
    }
}
