//! A sum in equal monthly parts (DEB-5, BIL-8).

use billing::collection::instalments::{
    Cause, InstalmentsAnswer, InstalmentsRequest, instalments as plan_of,
};
use billing::error::Refusal;
use billing::money::{Currency, Money};
use billing::period::{Day, date_text, months_later};
use leptos::prelude::*;
use words::Language;
use words::codes::finding_message;
use words::names::{currency_sign, label, rule_name};

use super::form::{Answer, Field, Kind, Rule};
use super::grounds::{figure, findings, why};
use super::tool::{today, tool};
use super::typed::Typed;
use crate::components::card::Card;
use crate::components::table::{Column, RowMark, Table, TableRow};
use crate::pages::reader::Reader;

const DINAR: &str = "KWD";
const CURRENCIES: &[&str] = &[DINAR, "SAR"];
const DEBT: &str = "debt";
const CAUSES: &[&str] = &[DEBT, "billing-error"];

/// The page at `/tools/instalments`.
#[cfg_attr(feature = "split", lazy)]
pub async fn instalments() -> AnyView {
    let today = today();
    let first_due = date_text(months_later(today, 1).unwrap_or(today));
    let starts = Typed::of(&[
        ("currency", DINAR),
        ("cause", DEBT),
        ("amount", "100"),
        ("down_payment", "0"),
        ("months", "18"),
        ("first_due", &first_due),
    ]);
    let rule = Rule { fields, rows: None, answer: Box::new(answer) };
    tool(words::tools_instalments, words::tools_instalments_help, starts, rule)
}

fn currency_of(value: &str) -> Currency {
    if value == DINAR { Currency::KWD } else { Currency::SAR }
}

fn currency_words(language: Language, value: &str) -> String {
    currency_sign(language, currency_of(value)).to_owned()
}

fn cause_words(language: Language, value: &str) -> String {
    let words = if value == DEBT { words::tools_cause_debt } else { words::tools_cause_error };
    words(language).to_owned()
}

fn fields(typed: &Typed) -> Vec<Field> {
    let unit = match currency_of(typed.text("currency")) {
        Currency::KWD => words::currency_kwd,
        _ => words::currency_sar,
    };
    vec![
        Field::new("currency", words::tools_currency, Kind::Few(CURRENCIES, currency_words)),
        Field::new("cause", words::tools_cause, Kind::Few(CAUSES, cause_words)),
        Field::new("amount", words::tools_amount, Kind::Decimal).of(unit),
        Field::new("down_payment", words::tools_down_payment, Kind::Decimal).of(unit),
        Field::new("months", words::tools_months, Kind::Whole),
        Field::new("first_due", words::tools_first_due, Kind::Day),
    ]
}

fn plan(typed: &Typed) -> Result<InstalmentsAnswer, Refusal> {
    let cause = if typed.text("cause") == DEBT { Cause::Debt } else { Cause::BillingError };
    let request = InstalmentsRequest {
        amount: typed.number("amount")?,
        currency: currency_of(typed.text("currency")),
        months: typed.whole("months")?,
        first_due: Day(typed.day("first_due")?),
        down_payment: typed.number("down_payment")?,
        cause,
    };
    plan_of(&request, &finding_message)
}

fn answer(reader: Reader, typed: &Typed) -> Result<Answer, Refusal> {
    let plan = plan(typed)?;
    let (language, currency) = (reader.language, plan.currency);
    let money = |amount: &str| reader.money(currency, amount);
    let ends = plan.instalments.first().zip(plan.instalments.last());
    let (first, last) = ends.map_or(("", ""), |(first, last)| (first.amount.as_str(), last.amount.as_str()));
    // The first are never smaller; where they are larger, by one minor unit.
    let remainder = (first != last).then(|| {
        let smallest = money(&Money::from_minor(1, currency).to_string());
        let left = money(&divided(&plan));
        view! { <p class="card__text">{words::plan_remainder(language, &left, &smallest)}</p> }.into_any()
    });
    let id = if typed.text("cause") == DEBT { "DEB-5" } else { "BIL-8" };
    let said = format!("{}: {}", words::tools_each(language), money(first));
    let (each, parts) = (figure(money(first)), table(reader, &plan));
    let rule = label(rule_name(language, id).unwrap_or_default());
    let view = view! {
        <Card heading=words::tools_each(language)>{each} {remainder} {parts}</Card>
        {findings(reader, &plan.findings)}
        {why(reader, rule, &plan.working, Some(currency))}
    };
    Ok(Answer { said, view: view.into_any() })
}

/// What is divided: the working's own remainder after the down payment, else all.
fn divided(plan: &InstalmentsAnswer) -> String {
    let part = plan.working.iter().find_map(|step| {
        step.inputs.0.iter().find(|(name, _)| name == "amount" && step.formula.starts_with("floor"))
    });
    part.map_or_else(|| plan.total.clone(), |(_, amount)| amount.clone())
}

fn table(reader: Reader, plan: &InstalmentsAnswer) -> AnyView {
    let language = reader.language;
    let number = |text: String| view! { <bdi>{text}</bdi> }.into_any();
    let mut rows = vec![TableRow::new(vec![
        words::tools_down_payment(language).into_any(),
        ().into_any(),
        number(reader.figure(&plan.down_payment)),
    ])];
    rows.extend(plan.instalments.iter().map(|part| {
        TableRow::new(vec![
            reader.whole(part.number.into()).into_any(),
            reader.full_day(part.due).into_any(),
            number(reader.figure(&part.amount)),
        ])
    }));
    let total = number(reader.money(plan.currency, &plan.total));
    rows.push(
        TableRow::new(vec![words::tools_total(language).into_any(), ().into_any(), total])
            .marked(RowMark::Total),
    );
    let columns = vec![
        Column::words(words::tools_instalment(language)),
        Column::words(words::tools_due(language)),
        Column::number(words::tools_amount(language)),
    ];
    view! { <Table caption=words::tools_instalments(language) columns=columns rows=rows /> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_asks_the_engine_what_was_typed() {
        // 100 dinars in 18: ten of 5.556 and eight of 5.555.
        let mut typed = Typed::of(&[
            ("currency", DINAR),
            ("cause", DEBT),
            ("amount", "١٠٠"),
            ("down_payment", "0"),
            ("months", "18"),
            ("first_due", "2026-01-31"),
        ]);
        let parts = plan(&typed).unwrap();
        let amounts: Vec<_> = parts.instalments.iter().map(|part| part.amount.as_str()).collect();
        assert_eq!((amounts[9], amounts[10], parts.total.as_str()), ("5.556", "5.555", "100.000"));
        assert_eq!(divided(&parts), "100");
        for (name, text, code) in [
            ("months", "19", "too-many-months"),
            ("amount", "1.0005", "finer-than-minor-unit"),
            ("down_payment", "101", "out-of-range"),
            ("first_due", "2026-02-30", "not-a-date"),
        ] {
            let before = typed.text(name).to_owned();
            typed.set(name, text.to_owned());
            let refused = plan(&typed).unwrap_err();
            assert_eq!((refused.error.code(), refused.field), (code, format!("/{name}")));
            typed.set(name, before);
        }
    }
}
