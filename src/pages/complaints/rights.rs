//! What the law gives while a complaint runs: protection and a clock where a source names them, and no word of either
//! where none does.

use api::accounts::Country;
use billing::complaint::{ComplaintOutcome, Subject};
use billing::finding::FindingAnswer;
use billing::period::Day;
use leptos::prelude::*;
use words::Count;

use super::form::Outcome;
use super::{calendar, sums};
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::components::icon::IconName;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::status_tag::{StatusTag, TagKind};
use crate::pages::reader::{Reader, say};

/// The findings that speak of protection; the rest speak of the clock.
const PROTECTED: &str = "protected-from-cut";
const NOT_PROTECTED: &str = "no-protection-published";
const RESTORED: &str = "restored-at-once";
const ASSUMED: &str = "assumed-parameter";

/// What a complaint that is sent today may rely on.
pub fn expected(
    reader: Reader,
    country: Country,
    about: Subject,
    today: Option<Day>,
    outcome: Outcome,
) -> Option<AnyView> {
    let sums = outcome.and_then(Result::ok);
    let rights = sums::rights(country, about, today?, sums.as_ref())?;
    let note = rights.answer_due.map(|_| words::complaint_clock_if_sent(reader.language));
    Some(view(reader, &rights, (today?, today?), note))
}

/// What a complaint may rely on, with the findings of the rule; `days` are that of its receipt and today.
pub fn view(
    reader: Reader,
    rights: &ComplaintOutcome,
    days: (Day, Day),
    note: Option<&'static str>,
) -> AnyView {
    let of = |code: &str| {
        let found = rights.findings.iter().find(|finding| finding.code == code);
        found.map(|finding| reader.message(&finding.message))
    };
    let protection = of(PROTECTED).map(|message| {
        let title = words::complaint_protection_title(reader.language);
        view! { <Notice kind=NoticeKind::Good title=title>{message}</Notice> }.into_any()
    });
    let none = of(NOT_PROTECTED).map(|message| {
        let title = words::complaint_protection_none_title(reader.language);
        view! { <Notice kind=NoticeKind::Plain icon=IconName::Info title=title>{message}</Notice> }.into_any()
    });
    let restored =
        of(RESTORED).map(|message| view! { <Notice kind=NoticeKind::Good title=message /> }.into_any());
    view! {
        {restored}
        {protection}
        {none}
        {clock(reader, rights, days, note)}
    }
    .into_any()
}

fn clock(
    reader: Reader,
    rights: &ComplaintOutcome,
    (received, today): (Day, Day),
    note: Option<&'static str>,
) -> Option<AnyView> {
    let is_said = |finding: &&FindingAnswer| {
        ![PROTECTED, NOT_PROTECTED, RESTORED, ASSUMED].contains(&finding.code.as_str())
    };
    let said: Vec<AnyView> = (rights.findings.iter().filter(is_said))
        .map(|finding| reader.message(&finding.message))
        .map(|message| view! { <p class="card__text">{message}</p> }.into_any())
        .collect();
    let left = rights.working_days_left.filter(|_| note.is_none()).map(|left| {
        let text = reader.counted(left, words::complaint_clock);
        view! { <p class="complaint-clock">{text}</p> }.into_any()
    });
    let assumed: Vec<AnyView> = (rights.findings.iter().filter(|finding| finding.code == ASSUMED))
        .map(|finding| reader.message(&finding.message))
        .map(|message| {
            view! {
                <p class="card__text">
                    <StatusTag kind=TagKind::Outline label=words::assumed_badge(reader.language) />
                    " "
                    {message}
                </p>
            }
            .into_any()
        })
        .collect();
    let weeks = rights.answer_due.filter(|_| rights.working_days_left.is_some());
    let weeks = weeks.map(|due| calendar::calendar(reader, received, today, due));
    let dates = dates(reader, rights);
    let is_empty = said.is_empty() && left.is_none() && assumed.is_empty();
    let aside = move || note;
    (!is_empty).then(|| {
        view! {
            <Card heading=say(words::complaint_clock_title) aside=aside>
                {left}
                {said}
                {weeks}
                {dates}
                {assumed}
            </Card>
        }
        .into_any()
    })
}

/// The days of a grievance, where one was filed.
fn dates(reader: Reader, rights: &ComplaintOutcome) -> Option<AnyView> {
    let fact = |term: fn(words::Language) -> &'static str, day: Option<Day>| {
        let day = reader.full_day(day?);
        Some(view! { <Fact term=say(term)>{day}</Fact> }.into_any())
    };
    let due = fact(words::complaint_grievance_due, rights.grievance_due);
    let suit = fact(words::complaint_suit_until, rights.suit_until);
    (due.is_some() || suit.is_some()).then(|| view! { <Facts>{due} {suit}</Facts> }.into_any())
}

/// Working days until the answer is due.
pub fn days_left(reader: Reader, left: i64) -> String {
    let say: fn(words::Language, &Count<'_>) -> String = words::complaint_clock;
    reader.counted(left, say)
}
