//! The two laws side by side, from the day of the second: the limit of 2024 or any debt, and the notice of 2025 (DEB-1 to
//! DEB-3).

use api::standing::{Government, Standing};
use billing::rulebook::Term;
use billing::rulebook::debt::term_on;
use billing::standing::Residency;
use leptos::prelude::*;

use super::dinars;
use crate::components::card::CardLink;
use crate::components::icon::IconName;
use crate::components::status_tag::{StatusTag, TagKind};
use crate::pages::reader::Reader;

/// The cards; nothing before the second law.
pub fn laws(reader: Reader, standing: &Standing) -> AnyView {
    let Some(government) = &standing.government else { return ().into_any() };
    let Some(notice) = term_on("kw.notice-days", government.request.on.0) else { return ().into_any() };
    let days = reader.counted(notice.count(), words::count_days_gen);
    let by_notice = words::why_deb_3(reader.language, &days);
    let first = first(reader, government);
    let second =
        law(reader, words::debt_law_notice(reader.language), Some(stops(government, "DEB-3")), by_notice);
    view! {
        <div class="debt-laws">
            {first}
            {second}
        </div>
    }
    .into_any()
}

fn stops(government: &Government, rule: &str) -> bool {
    government.answer.reasons.iter().any(|reason| reason == rule)
}

/// The rule that was there before.
fn first(reader: Reader, government: &Government) -> AnyView {
    let (language, on) = (reader.language, government.request.on.0);
    let since = |term: &Term| reader.full_day(billing::period::Day(term.effective_from));
    match government.request.residency {
        Residency::Citizen => {
            let terms = term_on("kw.debt-limit", on).zip(term_on("kw.missed-in-a-row", on));
            let body = terms.map(|(limit, missed)| {
                let money = dinars(limit.value);
                let money = reader.money(money.currency(), &money.to_string());
                let months = reader.counted(missed.count(), words::count_months_gen);
                words::debt_law_limit_body(language, &since(limit), &money, &months)
            });
            let is_stop = Some(stops(government, "DEB-1"));
            law(reader, words::debt_law_limit(language), is_stop, body.unwrap_or_default())
        }
        Residency::NonCitizen => {
            let term = term_on("kw.debt-limit-non-citizens", on);
            let body = term.map(|term| words::debt_law_any_body(language, &since(term)));
            let is_stop = Some(stops(government, "DEB-2"));
            law(reader, words::debt_law_any(language), is_stop, body.unwrap_or_default())
        }
        Residency::Company => {
            let body = words::debt_law_company_body(language).to_owned();
            law(reader, words::debt_law_limit(language), None, body)
        }
    }
}

fn law(reader: Reader, title: &'static str, stops: Option<bool>, body: String) -> AnyView {
    let (kind, icon, label) = match stops {
        Some(true) => (TagKind::Bad, IconName::Lock, words::debt_law_stops(reader.language)),
        Some(false) => (TagKind::Good, IconName::Check, words::debt_law_stops_not(reader.language)),
        None => (TagKind::Plain, IconName::Info, words::debt_law_none(reader.language)),
    };
    view! {
        <div class="debt-law">
            <h3>{title}</h3>
            <p>
                <StatusTag kind=kind label=label icon=icon />
            </p>
            <p class="card__text">{body}</p>
        </div>
    }
    .into_any()
}

/// How a stop is appealed, and what the law says of its answer.
pub fn appeal(reader: Reader, standing: &Standing) -> AnyView {
    let Some(on) = standing.government.as_ref().map(|government| government.request.on.0) else {
        return ().into_any();
    };
    let Some((answer, suit)) = term_on("kw.grievance-days", on).zip(term_on("kw.suit-days", on)) else {
        return ().into_any();
    };
    let days = |term: &Term| reader.counted(term.count(), words::count_days_gen);
    let law = words::why_deb_3_grievance(reader.language, &days(answer), &days(suit));
    view! {
        <p class="card__text">{law}</p>
        <p class="card__text">{words::debt_grievance_how(reader.language)}</p>
        <CardLink href="/complaints" label=words::nav_complaints(reader.language) />
    }
    .into_any()
}
