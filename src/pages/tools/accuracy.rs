//! A meter that was tested: the true use behind it, in whose favour the difference is, and how much it is (BIL-6,
//! BIL-8, BIL-11).

use billing::error::Refusal;
use billing::finding::FindingAnswer;
use billing::metering::correction::{MeterCorrectionRequest, Runs, meter_correction};
use billing::metering::estimate::{EstimateRequest, MissingCause, MissingDays, estimate};
use billing::metering::meter_test::{MeterKind, MeterTestAnswer, MeterTestRequest, meter_test};
use billing::metering::past::{PastPeriod, Quality};
use billing::number::Number;
use billing::period::{Day, Period, date_text, months_later};
use billing::rating::rebill::{Correction, RebillAnswer, RebillRequest, RebilledPeriod, rebill};
use billing::working::StepAnswer;
use leptos::prelude::*;
use words::Language;
use words::codes::finding_message;
use words::names::{label, line_name, rule_name};

use super::form::{Answer, Field, Kind, Rule};
use super::grounds::{figure, findings, why};
use super::tariffs::{breaker, choice, facts, needs_breaker, published, unit_of};
use super::tool::{today, tool};
use super::typed::{Typed, at};
use crate::components::card::Card;
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::pages::reader::Reader;

const FAST: &str = "fast";
const STOPPED: &str = "stopped";
const RUNS: &[&str] = &[FAST, "slow", STOPPED];

/// The page at `/tools/meter-accuracy`.
#[cfg_attr(feature = "split", lazy)]
pub async fn accuracy() -> AnyView {
    let today = today();
    let first = today.replace_day(1).ok();
    let month = |back: i64| {
        let first = first.and_then(|first| months_later(first, -back));
        let last = first.and_then(|first| months_later(first, 1)).and_then(time::Date::previous_day);
        [first, last].map(|day| day.map(date_text).unwrap_or_default())
    };
    let ([from, to], [past_from, past_to]) = (month(1), month(13));
    let starts = Typed::of(&[
        ("runs", FAST),
        ("error_percent", "4"),
        ("tariff", "sa.electricity.residential"),
        ("breaker_amps", "100"),
        ("from", &from),
        ("to", &to),
        ("recorded", "1040"),
        ("on", &date_text(today)),
        ("past_from", &past_from),
        ("past_to", &past_to),
        ("past_usage", "900"),
    ]);
    let rule = Rule { fields, rows: None, answer: Box::new(answer) };
    tool(words::tools_accuracy, words::tools_accuracy_help, starts, rule)
}

fn runs_words(language: Language, value: &str) -> String {
    let words = match value {
        FAST => words::tools_runs_fast,
        STOPPED => words::tools_runs_stopped,
        _ => words::tools_runs_slow,
    };
    words(language).to_owned()
}

fn fields(typed: &Typed) -> Vec<Field> {
    let tariff = typed.text("tariff");
    let unit = unit_of(tariff);
    let ids = published().map(|schedule| schedule.id).collect();
    let mut fields = vec![Field::new("runs", words::tools_runs, Kind::Few(RUNS, runs_words))];
    if typed.text("runs") != STOPPED {
        fields.push(
            Field::new("error_percent", words::tools_error_percent, Kind::Decimal).of(words::unit_percent),
        );
    }
    fields.extend([
        Field::new("recorded", words::tools_recorded, Kind::Decimal).of(unit),
        Field::new("from", words::tools_from, Kind::Day),
        Field::new("to", words::tools_to, Kind::Day),
        Field::new("on", words::tools_found_on, Kind::Day),
        choice("tariff", words::tools_tariff, ids).wide(),
    ]);
    if needs_breaker(tariff) {
        fields.push(breaker());
    }
    // The interval is a Saudi rule.
    if tariff.starts_with("sa.") {
        fields.push(Field::new("last_test", words::tools_last_test, Kind::Day).optional());
    }
    if typed.text("runs") == STOPPED {
        fields.extend([
            Field::new("past_from", words::tools_past_from, Kind::Day),
            Field::new("past_to", words::tools_past_to, Kind::Day),
            Field::new("past_usage", words::tools_past_usage, Kind::Decimal).of(unit),
        ]);
    }
    fields
}

/// The use as it should have been billed, and what that rests on.
struct Right {
    usage: Number,
    rule: &'static str,
    findings: Vec<FindingAnswer>,
    working: Vec<StepAnswer>,
}

fn right(typed: &Typed, period: Period, recorded: Number) -> Result<Right, Refusal> {
    if typed.text("runs") == STOPPED {
        return estimated(typed, period);
    }
    let runs = if typed.text("runs") == FAST { Runs::Fast } else { Runs::Slow };
    let request = MeterCorrectionRequest { recorded, error_percent: typed.number("error_percent")?, runs };
    let answer = meter_correction(&request, &finding_message)?;
    let usage = Number::parse(&answer.actual).map_err(|error| at(error, "recorded"))?;
    Ok(Right { usage, rule: "BIL-6", findings: answer.findings, working: answer.working })
}

/// A meter that stood still has no percentage: its days are estimated.
fn estimated(typed: &Typed, period: Period) -> Result<Right, Refusal> {
    let past = PastPeriod {
        period: typed.period("past_from", "past_to")?,
        usage: typed.number("past_usage")?,
        quality: Quality::Actual,
    };
    let missing = MissingDays { period, history: vec![past], cause: MissingCause::MeterFault };
    let request = EstimateRequest { missing: Some(missing), settle: None };
    let answer = estimate(&request, &finding_message).map_err(|refused| match refused.field.as_str() {
        "/missing/history/0/usage" => at(refused.error, "past_usage"),
        "/missing/history" | "/missing/history/0/period/to" => at(refused.error, "past_to"),
        _ => refused,
    })?;
    let usage = answer.estimate.map(|estimate| Number::parse(&estimate.usage)).transpose();
    let usage = usage.map_err(|error| at(error, "past_usage"))?.unwrap_or_default();
    Ok(Right { usage, rule: "BIL-11", findings: answer.findings, working: answer.working })
}

fn rebilled(typed: &Typed, right: &Right, period: Period, recorded: Number) -> Result<RebillAnswer, Refusal> {
    let bill = facts(typed, typed.text("tariff"), period, recorded)?;
    let request = RebillRequest {
        on: Day(typed.day("on")?),
        correction: Correction::default(),
        periods: vec![RebilledPeriod { bill, usage: Some(right.usage), tariff: None }],
        instalments: None,
    };
    rebill(&request, &finding_message).map_err(|refused| match refused.field.as_str() {
        "/periods/0/bill/usage" | "/periods/0/usage" => at(refused.error, "recorded"),
        "/periods/0/bill/period/from" => at(refused.error, "from"),
        "/periods/0/bill/period/to" => at(refused.error, "to"),
        "/periods/0/bill/breaker_amps" => at(refused.error, "breaker_amps"),
        _ => refused,
    })
}

/// When the meter is tested again (BIL-12), where its last test is given.
fn periodic(typed: &Typed) -> Result<Option<MeterTestAnswer>, Refusal> {
    if typed.text("last_test").is_empty() || !typed.text("tariff").starts_with("sa.") {
        return Ok(None);
    }
    let (last_test, on) = (Day(typed.day("last_test")?), Day(typed.day("on")?));
    meter_test(&MeterTestRequest { last_test, kind: MeterKind::Smart, on }, &finding_message).map(Some)
}

fn answer(reader: Reader, typed: &Typed) -> Result<Answer, Refusal> {
    let (period, recorded) = (typed.period("from", "to")?, typed.number("recorded")?);
    let right = right(typed, period, recorded)?;
    let bills = rebilled(typed, &right, period, recorded)?;
    let language = reader.language;
    let said = favour(reader, &bills);
    let unit = billing::rulebook::schedule(typed.text("tariff")).map_or("kWh", |schedule| schedule.unit);
    let title = match right.rule {
        "BIL-11" => words::tools_estimated_use(language),
        _ => words::tools_true_use(language),
    };
    let periodic = periodic(typed)?;
    let next_test = periodic.as_ref().and_then(|test| test.next_test).map(|next| {
        let text = words::tools_next_test(language, &reader.full_day(next));
        view! { <p class="card__caption">{text}</p> }.into_any()
    });
    let mut beside = right.findings.clone();
    beside.extend(periodic.iter().flat_map(|test| test.findings.clone()));
    beside.extend(bills.findings.iter().filter(|finding| !right.findings.contains(finding)).cloned());
    let rule = |id| label(rule_name(language, id).unwrap_or_default());
    let used = figure(reader.exact_quantity(unit, &right.usage.to_string()));
    let (told, lines) = (said.clone(), table(reader, &bills));
    let view = view! {
        <Card heading=title>{used} <p class="card__text">{told}</p> {next_test}</Card>
        {findings(reader, &beside)}
        <Card heading=words::tools_difference_lines(language)>{lines}</Card>
        {why(reader, rule(right.rule), &right.working, None)}
        {why(reader, rule("BIL-8"), &bills.working, Some(bills.currency))}
    };
    Ok(Answer { said, view: view.into_any() })
}

/// Whose the difference is, and how it is paid.
fn favour(reader: Reader, bills: &RebillAnswer) -> String {
    let is_none = |amount: &str| amount.bytes().all(|byte| !matches!(byte, b'1'..=b'9'));
    let money = |amount: &str| reader.money(bills.currency, amount);
    let language = reader.language;
    if !is_none(&bills.owed) {
        words::tools_favour_customer(language, &money(&bills.owed))
    } else if !is_none(&bills.claim) {
        let most = reader.figure(&bills.most_instalments.to_string());
        words::tools_favour_provider(language, &money(&bills.claim), &most)
    } else {
        words::tools_favour_none(language).to_owned()
    }
}

fn table(reader: Reader, bills: &RebillAnswer) -> AnyView {
    let language = reader.language;
    let number = |text: String| view! { <bdi>{text}</bdi> }.into_any();
    let Some(period) = bills.periods.first() else { return ().into_any() };
    let row = |name: String, old: &str, new: &str, difference: &str| {
        let difference = crate::format::signed(difference, reader.digits);
        TableRow::new(vec![
            name.into_any(),
            number(reader.figure(old)),
            number(reader.figure(new)),
            number(difference),
        ])
    };
    let mut rows: Vec<TableRow> = period
        .lines
        .iter()
        .map(|line| row(line_name(language, &line.code), &line.old, &line.new, &line.difference))
        .collect();
    let (old, new) = (&period.old.total, &period.new.total);
    let total = row(words::tools_total(language).to_owned(), old, new, &period.difference);
    rows.push(total.marked(RowMark::Total));
    let columns = vec![
        Column::words(words::tools_line(language)),
        Column::number(words::tools_as_billed(language)),
        Column::number(words::tools_as_right(language)),
        Column::number(words::tools_difference(language)),
    ];
    view! { <Table caption=words::tools_difference_lines(language) columns=columns rows=rows /> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(runs: &str, recorded: &str, percent: &str) -> Typed {
        Typed::of(&[
            ("runs", runs),
            ("error_percent", percent),
            ("recorded", recorded),
            ("tariff", "sa.electricity.residential"),
            ("breaker_amps", "100"),
            ("from", "2026-08-01"),
            ("to", "2026-08-31"),
            ("on", "2026-10-01"),
            ("past_from", "2025-08-01"),
            ("past_to", "2025-08-31"),
            ("past_usage", "900"),
        ])
    }

    fn outcome(typed: &Typed) -> Result<(String, RebillAnswer), Refusal> {
        let (period, recorded) = (typed.period("from", "to")?, typed.number("recorded")?);
        let right = right(typed, period, recorded)?;
        let bills = rebilled(typed, &right, period, recorded)?;
        Ok((right.usage.to_string(), bills))
    }

    #[test]
    fn a_fast_meter_is_in_the_customers_favour_and_a_slow_or_stopped_one_in_the_providers() {
        // 1,040 × 100 ÷ 104 = 1,000: 40 kWh × 0.18 × 1.15 = 8.28.
        // 960 × 100 ÷ 96 = 1,000, and the same difference the other way.
        for (runs, recorded, percent, usage, owed, claim) in [
            (FAST, "1040", "4", "1000", "8.28", "0.00"),
            ("slow", "960", "4", "1000", "0.00", "8.28"),
            // The same month last year had 900 kWh in as many days: 900 × 0.18 × 1.15.
            (STOPPED, "0", "", "900", "0.00", "186.30"),
            (FAST, "1000", "0", "1000", "0.00", "0.00"),
        ] {
            let (right, bills) = outcome(&typed(runs, recorded, percent)).unwrap();
            assert_eq!(
                (right.as_str(), bills.owed.as_str(), bills.claim.as_str()),
                (usage, owed, claim),
                "{runs}"
            );
        }
    }

    #[test]
    fn a_refusal_stands_at_the_field_of_the_form() {
        for (runs, name, text, code) in [
            ("slow", "error_percent", "100", "out-of-range"),
            (FAST, "error_percent", "-1", "negative"),
            (FAST, "recorded", "-1", "negative"),
            (FAST, "to", "2026-07-31", "period-reversed"),
            (FAST, "from", "1999-01-01", "no-tariff-in-force"),
            (STOPPED, "past_usage", "-1", "negative"),
        ] {
            let mut typed = typed(runs, "1000", "4");
            typed.set(name, text.to_owned());
            let refused = outcome(&typed).map(drop).unwrap_err();
            assert_eq!((refused.error.code(), refused.field), (code, format!("/{name}")), "{runs} {text}");
        }
        // A period that came after says nothing of the days before.
        let mut later = typed(STOPPED, "0", "");
        later.set("past_from", "2026-09-01".to_owned());
        later.set("past_to", "2026-09-30".to_owned());
        let refused = outcome(&later).map(drop).unwrap_err();
        assert_eq!((refused.error.code(), refused.field.as_str()), ("no-past-periods", "/past_to"));
    }

    #[test]
    fn a_smart_meter_is_tested_every_five_years() {
        let mut typed = typed(FAST, "1040", "4");
        assert_eq!(periodic(&typed).unwrap(), None);
        typed.set("last_test", "2021-09-30".to_owned());
        let test = periodic(&typed).unwrap().unwrap();
        assert_eq!(
            (test.next_test.map(|day| date_text(day.0)).as_deref(), test.overdue),
            (Some("2026-09-30"), true)
        );
        typed.set("last_test", "2026-10-02".to_owned());
        assert_eq!(periodic(&typed).unwrap_err().field, "/on");
    }
}
