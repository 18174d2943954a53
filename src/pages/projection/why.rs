//! Why: what the projection rests on, its working and its sources, what is assumed, and the working of the trial.

use billing::finding::Finding;
use billing::number::Number;
use billing::period::Day;
use billing::projection::{HistoryBasis, Projection};
use billing::rulebook;
use leptos::prelude::*;
use words::codes::finding_words;
use words::names::tier_name;

use super::figures::Base;
use super::trial::Trial;
use crate::components::disclosure::Disclosure;
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::reader::{Reader, say};
use crate::pages::tools::grounds::steps_view;

/// The cards below the figures.
pub fn why(base: StoredValue<Base>, trial: Trial) -> AnyView {
    let answer = move || base.with_value(|base| projected(Reader::here(), base));
    let tried = move || {
        let reader = Reader::here();
        trial
            .tried
            .with(|tried| {
                let tried = tried.as_ref()?;
                let currency = Some(tried.bill.currency);
                let steps = steps_view(reader, &tried.working.answer(), None);
                let bill = steps_view(reader, &tried.bill.working.answer(), currency);
                Some(view! { {steps} {bill} }.into_any())
            })
            .into_any()
    };
    let with_changes = move || {
        trial.is_changed.get().then(|| {
            view! { <Disclosure label=say(words::projection_end_changed) icon=IconName::Document answer=tried /> }
                .into_any()
        })
    };
    let assumed = move || {
        let reader = Reader::here();
        trial.tried.with(|tried| {
            let findings = tried.as_ref().map(|tried| tried.findings.clone()).unwrap_or_default();
            notices(reader, &findings)
        })
    };
    view! {
        <div class="card card--flush">
            <Disclosure label=say(words::action_how) icon=IconName::Info answer=answer />
            {with_changes}
        </div>
        {assumed}
    }
    .into_any()
}

/// What is assumed, each said once and marked.
fn notices(reader: Reader, findings: &[Finding]) -> AnyView {
    if findings.is_empty() {
        return ().into_any();
    }
    let said: Vec<AnyView> = findings
        .iter()
        .map(|finding| view! { <p>{finding_words(reader.language, finding)}</p> }.into_any())
        .collect();
    let title = words::assumed_badge(reader.language);
    view! { <Notice kind=NoticeKind::Warn title=title icon=IconName::Info>{said}</Notice> }.into_any()
}

fn projected(reader: Reader, base: &Base) -> AnyView {
    let said: Vec<AnyView> = sentences(reader, base)
        .into_iter()
        .map(|sentence| view! { <p class="card__text">{sentence}</p> }.into_any())
        .collect();
    let projection = &base.projection;
    let steps = steps_view(reader, &projection.working.answer(), None);
    let currency = Some(projection.middle.bill.currency);
    let bill = steps_view(reader, &projection.middle.bill.working.answer(), currency);
    view! { {said} {steps} {bill} }.into_any()
}

/// PRO-1 to PRO-3 of this projection in words.
fn sentences(reader: Reader, base: &Base) -> Vec<String> {
    let language = reader.language;
    let Projection { low, middle, high, basis, margin_is_own, crossings, .. } = &base.projection;
    let quantity = |number: Number| base.unit.text(&number.to_string(), language, reader.digits);
    let money =
        |path: &billing::projection::Path| reader.money(path.bill.currency, &path.bill.total.to_string());
    let remaining = Number::from_millionths(middle.usage.millionths() - base.facts.used.millionths());
    let basis = match basis {
        HistoryBasis::LastYear => words::why_pro_1_basis_own(language),
        HistoryBasis::RecentDays => words::why_pro_1_basis_recent(language),
    };
    let mut said = vec![words::why_pro_1(language, &quantity(base.facts.used), &quantity(remaining), basis)];
    let (from, to) = (quantity(low.usage), quantity(high.usage));
    said.push(match (margin_is_own, held_percent()) {
        (true, Some(percent)) => {
            let percent = words::assumed_percent(language, &reader.figure(&percent.to_string()));
            words::why_pro_1_band(language, &from, &to, &percent)
        }
        _ => words::why_pro_1_band_assumed(language, &from, &to),
    });
    for crossing in crossings {
        let (Some(on), Some(earliest), Some(latest)) =
            (crossing.expected, crossing.earliest, crossing.latest)
        else {
            continue;
        };
        let limit = quantity(crossing.limit.to_number().unwrap_or_default());
        let day = |day| reader.day(Day(day));
        let tier = tier_name(language, crossing.tier - 1);
        said.push(words::why_pro_2(language, &tier, &limit, &day(on), &day(earliest), &day(latest)));
    }
    said.push(words::why_pro_3(language, &money(low), &money(middle), &money(high)));
    said
}

/// How often the margin holds, in percent: all but what it leaves out at both ends.
fn held_percent() -> Option<i64> {
    rulebook::newest_term("common.projection-tail-percent").map(|term| 100 - 2 * term.count())
}
