//! What is overdue, how far from the limit, and why the holder stands so.

use api::standing::{Government, Standing};
use billing::money::Money;
use billing::rulebook::debt::term_on;
use billing::standing::Residency;
use billing::working::StepAnswer;
use leptos::prelude::*;
use words::debt::debt_source_name;

use super::{dinars, permission, reasons};
use crate::components::amount::{Amount, AmountSize};
use crate::components::card::Card;
use crate::format::Unit;
use crate::pages::pay::sum::of_wire;
use crate::pages::reader::Reader;
use crate::pages::tools::grounds;

/// The card at the top.
pub fn head(reader: Reader, standing: &Standing) -> AnyView {
    let (language, currency) = (reader.language, standing.currency);
    let government = standing.government.as_ref();
    // Of a non-citizen all that is due counts, overdue or not.
    let all_counts =
        government.is_some_and(|government| government.request.residency == Residency::NonCitizen);
    let (heading, amount) = if all_counts {
        (words::pay_due(language), standing.due.clone())
    } else {
        (words::debt_overdue(language), standing.overdue.clone())
    };
    let more = (!all_counts && standing.due != standing.overdue).then(|| {
        let text = words::debt_all_due(language, &reader.money(currency, &standing.due));
        view! { <p class="card__text">{text}</p> }.into_any()
    });
    let stands = government.map(|government| permission(reader, government.answer.transactions));
    let why = government.map(|government| why(reader, government));
    let bar = government.and_then(|government| bar(reader, government));
    view! {
        <Card>
            <div class="debt-head">
                <h2>{heading}</h2>
                {stands}
            </div>
            <p>
                <Amount value=amount unit=Unit::Money(currency) size=AmountSize::Display />
            </p>
            {bar}
            {more}
            {why}
        </Card>
    }
    .into_any()
}

/// The debt beside the citizens' limit, to scale.
fn bar(reader: Reader, government: &Government) -> Option<AnyView> {
    let request = &government.request;
    let term = term_on("kw.debt-limit", request.on.0).filter(|_| request.residency == Residency::Citizen)?;
    let (debt, limit) = (dinars(request.debt), dinars(term.value));
    let whole = debt.minor().max(limit.minor());
    if debt.minor() == 0 || whole == 0 {
        return None;
    }
    let share = move |part: Money| format!("{}%", part.minor() * 100 / whole);
    let apart = Money::from_minor((debt.minor() - limit.minor()).abs(), debt.currency());
    let money = |sum: Money| reader.money(sum.currency(), &sum.to_string());
    let is_above = debt.minor() > limit.minor();
    let beside = if is_above { words::debt_above } else { words::debt_below };
    view! {
        <div class="debt-bar" class:debt-bar--above=is_above>
            <div class="debt-bar__track" aria-hidden="true">
                <span class="debt-bar__debt" style:inline-size=share(debt)></span>
                <span class="debt-bar__limit" style:inset-inline-start=share(limit)></span>
            </div>
            <p class="debt-bar__words">
                <span>{words::debt_limit(reader.language, &money(limit))}</span>
                <span>{beside(reader.language, &money(apart))}</span>
            </p>
        </div>
    }
    .into_any()
    .into()
}

fn why(reader: Reader, government: &Government) -> AnyView {
    let answer = &government.answer;
    let currency = dinars(government.request.debt).currency();
    let steps = (!answer.working.is_empty()).then(|| {
        let name = words::debt_why(reader.language).to_owned();
        view! {
            {grounds::why(reader, name, &answer.working, Some(currency))}
            {sources(reader, &answer.working)}
        }
        .into_any()
    });
    let counted = properties(reader, government);
    view! {
        {reasons(reader, &answer.findings)}
        {counted}
        {steps}
    }
    .into_any()
}

/// What each property adds, where there are several.
fn properties(reader: Reader, government: &Government) -> Option<AnyView> {
    let owing = |debt: &&api::standing::AccountDebt| {
        of_wire(&debt.debt, dinars(government.request.debt).currency()).minor() > 0
    };
    let row = |debt: &api::standing::AccountDebt| {
        let currency = dinars(government.request.debt).currency();
        let text = format!("{}: {}", reader.message(&debt.property), reader.money(currency, &debt.debt));
        view! { <p class="card__text">{text}</p> }.into_any()
    };
    let rows: Vec<AnyView> = government.debts.iter().filter(owing).map(row).collect();
    (rows.len() > 1).then(|| {
        view! {
            <p class="card__caption">{words::debt_properties(reader.language)}</p>
            {rows}
        }
        .into_any()
    })
}

/// The documents behind the steps.
fn sources(reader: Reader, steps: &[StepAnswer]) -> AnyView {
    let mut known: Vec<&str> = Vec::new();
    for step in steps {
        if !known.contains(&step.source.as_str()) {
            known.push(&step.source);
        }
    }
    let line = |source: &str| {
        let name = debt_source_name(reader.language, source)?;
        let text = reader.digits.write(&words::source_label(reader.language, name));
        Some(view! { <p class="card__caption">{text}</p> }.into_any())
    };
    known.into_iter().filter_map(line).collect::<Vec<_>>().into_any()
}
