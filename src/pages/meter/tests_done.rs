//! The tests of a meter, the next one, and what else the rules find (BIL-12).

use api::meters::{MeterTest, TestResult};
use leptos::prelude::*;

use super::Shown;
use crate::components::card::SectionTitle;
use crate::components::facts::{Fact, Facts};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::table::{Column, Table, TableRow};
use crate::pages::reader::{Reader, say};

/// A term that no source gives.
const ASSUMED: &str = "assumed-parameter";

/// Tests done, the next one's day, and the findings.
pub(super) fn tests_done(shown: &Shown<'_>) -> AnyView {
    let Shown { reader, page, .. } = shown;
    let language = reader.language;
    let columns = vec![
        Column::words(words::meter_col_date(language)),
        Column::words(words::meter_test_result(language)),
    ];
    let row = |test: &MeterTest| {
        TableRow::new(vec![reader.full_day(test.on).into_any(), test_words(*reader, test).into_any()])
    };
    let tests = match page.tests.as_slice() {
        [] => view! { <p class="card__text">{words::meter_tests_none(language)}</p> }.into_any(),
        tests => {
            let rows = tests.iter().map(row).collect();
            view! { <Table caption=words::meter_tests_title(language) columns=columns rows=rows /> }
                .into_any()
        }
    };
    let next = match page.next_test {
        Some(next) => {
            let next = reader.full_day(next);
            view! { <Facts><Fact term=say(words::meter_test_next)>{next}</Fact></Facts> }.into_any()
        }
        None => view! { <p class="card__caption">{words::meter_test_unset(language)}</p> }.into_any(),
    };
    let findings = page.findings.iter().map(|finding| {
        let words = reader.message(&finding.message);
        match finding.code.as_str() {
            ASSUMED => view! { <p class="card__caption">{words}</p> }.into_any(),
            _ => view! { <Notice kind=NoticeKind::Warn title=words /> }.into_any(),
        }
    });
    let findings: Vec<AnyView> = findings.collect();
    view! {
        <SectionTitle title=say(words::meter_tests_title) />
        <section class="card">{tests} {next} {findings}</section>
    }
    .into_any()
}

/// What a test found.
pub fn test_words(reader: Reader, test: &MeterTest) -> String {
    let percent = format!("{}%", reader.figure(&test.error_percent.to_string()));
    match test.result {
        TestResult::Accurate => words::meter_test_accurate(reader.language).to_owned(),
        TestResult::Fast => words::meter_test_fast(reader.language, &percent),
        TestResult::Slow => words::meter_test_slow(reader.language, &percent),
    }
}
