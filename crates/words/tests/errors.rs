//! Every refusal of the wire has a sentence under its own code in both languages.

use api::batches::ItemFault;
use api::case_refusal::{CaseRefusal, PlanClosed};
use api::payment_refusal::PaymentRefusal;
use api::problem::ApiError;
use billing::error::BillingError;
use billing::money::{Currency, Money};
use billing::number::Number;
use billing::period::{Day, parse_date};
use words::Language;
use words::batches::item_fault_words;
use words::codes::{api_error_words, billing_error_words};

/// The key of a code, as the deck names it.
fn key(code: &str) -> String {
    format!("[error_{}]", code.replace('-', "_"))
}

fn billing_errors() -> Vec<BillingError> {
    use BillingError::*;
    let name = || "name".to_owned();
    let day = |text| parse_date(text).expect("a day of the calendar");
    vec![
        InvalidJson,
        UnknownRule { rule: name() },
        UnknownField { name: name() },
        MissingField { name: name() },
        WrongType,
        NotADecimal,
        NumberTooLong,
        NumberTooLarge,
        Negative,
        OutOfRange { least: Number::ZERO, most: Number::from_units(1) },
        NotADate,
        PeriodReversed { from: day("2026-08-31"), to: day("2026-08-01") },
        UnknownTariff { tariff: name() },
        NoTariffInForce {
            tariff: "sa.electricity.residential".to_owned(),
            on: day("1999-01-01"),
            first: day("2000-10-01"),
        },
        PriceNotPublished { tariff: "kw.water.non-productive".to_owned() },
        BreakerMissing,
        LimitsNotRising,
        UsageBeyondLastTier,
        IntervalsDisagree,
        HistoryTooShort,
        ReadingFell { current: Number::ZERO, previous: Number::from_units(1) },
        MultiplierInvalid,
        SharesNotWhole { sum: Number::ZERO },
        TooManyMonths { most: 10 },
        FinerThanMinorUnit { smallest: Money::from_minor(1, Currency::SAR) },
        NoPastPeriods,
        NoBaseline,
        MonthTwice,
        PeriodsApart,
        TariffsDisagree,
        WrongCount { needed: 12 },
        NoRuleInForce { on: day("2024-12-31"), first: day("2025-01-01") },
        CalendarEnds { on: day("2040-01-01"), first: day("2017-05-27"), last: day("2031-03-24") },
        WorkingAltered { step: 1 },
    ]
}

fn api_errors() -> Vec<ApiError> {
    use ApiError::*;
    let fils = |minor| Money::from_minor(minor, Currency::KWD);
    let day = |text| parse_date(text).expect("a day of the calendar");
    vec![
        SignInRequired,
        KeyWrong,
        AccountNotFound,
        NotFound,
        MethodNotAllowed,
        CodeWrong,
        TooManyRequests { wait_seconds: 30 },
        BodyTooLarge { limit_bytes: 64 << 20 },
        BodyMalformed { position: 7 },
        ValueInvalid { field: "/usage".to_owned() },
        BodyNotObject,
        ContentType,
        ForeignOrigin,
        FileKind,
        FileDamaged { position: 7, element: None },
        FileDamaged { position: 7, element: Some("espi:value".to_owned()) },
        FileCutShort { position: 7 },
        FileEmpty,
        FileNoEnergy,
        PhotoKind,
        PhotoDimensions { most: 12_000 },
        ReadingWindowClosed { from: Day(day("2026-09-18")), to: Day(day("2026-09-27")) },
        ReadingUnlikely { low: "1".to_owned(), high: "2".to_owned(), unit: "kWh".to_owned() },
        HafezCondition { condition: billing::hafez::eligibility::HafezCondition::Year },
        Case(CaseRefusal::PlanNotOpen { reason: PlanClosed::NonCitizen }),
        Case(CaseRefusal::AcknowledgementChanged),
        Case(CaseRefusal::DuesOutstanding { amount: fils(1) }),
        Case(CaseRefusal::PaymentUnsettled),
        Case(CaseRefusal::CertificateUnknown),
        Payment(PaymentRefusal::AmountZero { smallest: fils(1) }),
        Payment(PaymentRefusal::AmountTooPrecise { smallest: fils(1) }),
        Payment(PaymentRefusal::AmountAboveDue { amount: fils(2), due: fils(1) }),
        Payment(PaymentRefusal::LinkAboveDue { due: fils(1) }),
        Payment(PaymentRefusal::AmountAboveLink { limit: fils(1) }),
        Payment(PaymentRefusal::AmountTooLarge { most: fils(9) }),
        Payment(PaymentRefusal::LinkAlreadyPaid),
        Payment(PaymentRefusal::InProgress { seconds: 70 }),
        Payment(PaymentRefusal::GatewayUnavailable),
        Payment(PaymentRefusal::BankSilent),
        Payment(PaymentRefusal::NotPaidHere),
        Payment(PaymentRefusal::NotificationFalse),
        RepeatConflict,
        LinkUnknown,
        LinkExpired { on: Day(day("2026-09-19")) },
        ServerBusy,
        ServerFault { reference: "7F".to_owned() },
    ]
}

fn item_faults() -> Vec<ItemFault> {
    use ItemFault::*;
    vec![
        Malformed { field: "/usage".to_owned() },
        MeterUnknown,
        MeterKind,
        SpanLength { most_seconds: 86_400 },
        Negative,
        Future,
        ClockOff,
        Spike { most: Number::from_units(1) },
        Overlaps,
        RepeatConflict,
    ]
}

#[test]
fn every_error_speaks_under_its_own_code() {
    let deck = std::fs::read_to_string("sentences/errors.toml").unwrap();
    let told = |code: &str, [arabic, english]: [String; 2]| {
        assert!(deck.contains(&key(code)), "{code} has no sentence");
        assert!(arabic.contains(' ') && !arabic.is_ascii(), "{code}: {arabic}");
        assert!(english.contains(' ') && english != arabic, "{code}: {english}");
        assert!(arabic.ends_with('.') && english.ends_with('.'), "{code}");
    };
    for error in billing_errors() {
        told(error.code(), Language::ALL.map(|language| billing_error_words(language, &error)));
    }
    for fault in item_faults() {
        told(fault.code(), Language::ALL.map(|language| item_fault_words(language, &fault)));
    }
    for error in api_errors() {
        told(error.code(), Language::ALL.map(|language| api_error_words(language, &error)));
    }
}

#[test]
fn an_error_names_what_it_is_about() {
    let bare = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
    let error = BillingError::NoTariffInForce {
        tariff: "sa.electricity.residential".to_owned(),
        on: parse_date("1999-01-01").unwrap(),
        first: parse_date("2000-10-01").unwrap(),
    };
    assert_eq!(
        bare(billing_error_words(Language::Arabic, &error)),
        "ليست لدينا تعرفة «كهرباء القطاع السكني في السعودية» ليوم 1 يناير 1999. أول يوم متاح 1 أكتوبر 2000."
    );
    assert_eq!(
        bare(billing_error_words(Language::English, &error)),
        "We hold no tariff for residential electricity in Saudi Arabia on 1 January 1999. \
         The first day we can work with is 1 October 2000."
    );
    assert_eq!(
        bare(api_error_words(Language::Arabic, &ApiError::TooManyRequests { wait_seconds: 120 })),
        "وصلتنا طلبات كثيرة في وقت قصير. يمكنك المحاولة بعد دقيقتين."
    );
}
