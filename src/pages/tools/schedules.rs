//! What a use costs under two published tariffs, with their fees and taxes (TAR-1 to TAR-4).

use billing::bill::{self, BillAnswer, BillFacts};
use billing::error::Refusal;
use billing::money::{Currency, Money};
use billing::period::{date_text, months_later};
use billing::rulebook;
use leptos::prelude::*;
use words::codes::finding_message;
use words::names::line_name;

use super::form::{Answer, Field, Kind, Rule};
use super::grounds::{figure, findings, why};
use super::tariffs::{breaker, choice, facts, needs_breaker, published, tariff_words, unit_of};
use super::tool::{today, tool};
use super::typed::{Typed, at};
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::pages::reader::Reader;

/// The page at `/tools/schedules`.
#[cfg_attr(feature = "split", lazy)]
pub async fn schedules() -> AnyView {
    // The month before: its days are all known.
    let first = today().replace_day(1).ok();
    let last = first.and_then(time::Date::previous_day);
    let first = first.and_then(|first| months_later(first, -1));
    let [first, last] = [first, last].map(|day| day.map(date_text).unwrap_or_default());
    let starts = Typed::of(&[
        ("tariff", "kw.electricity.investment"),
        ("other", "kw.electricity.investment.statutory"),
        ("usage", "3000"),
        ("from", &first),
        ("to", &last),
        ("breaker_amps", "100"),
    ]);
    let rule = Rule { fields, rows: None, answer: Box::new(answer) };
    tool(words::tools_schedules, words::tools_schedules_help, starts, rule)
}

/// The tariffs that count the same unit as `id`.
fn beside(id: &str) -> Vec<&'static str> {
    let unit = rulebook::schedule(id).map(|schedule| schedule.unit);
    published().filter(|other| unit.is_none_or(|unit| other.unit == unit)).map(|other| other.id).collect()
}

fn fields(typed: &Typed) -> Vec<Field> {
    let ids = published().map(|schedule| schedule.id).collect();
    let (tariff, other) = (typed.text("tariff"), typed.text("other"));
    let mut fields = vec![
        choice("tariff", words::tools_tariff, ids).wide(),
        choice("other", words::tools_other_tariff, beside(tariff)).wide(),
        Field::new("from", words::tools_from, Kind::Day),
        Field::new("to", words::tools_to, Kind::Day),
        Field::new("usage", words::tools_usage, Kind::Decimal).of(unit_of(tariff)),
    ];
    if needs_breaker(tariff) || needs_breaker(other) {
        fields.push(breaker());
    }
    fields
}

fn bill_of(typed: &Typed, field: &str) -> Result<BillAnswer, Refusal> {
    let facts: BillFacts =
        facts(typed, typed.text(field), typed.period("from", "to")?, typed.number("usage")?)?;
    let bill = bill::calculate(&facts).map_err(|refused| match refused.field.as_str() {
        "/period/from" => at(refused.error, "from"),
        "/period/to" => at(refused.error, "to"),
        "/tariff/id" => at(refused.error, field),
        _ => refused,
    })?;
    Ok(bill.answer(&finding_message))
}

/// The second total less the first, where they are of one currency.
fn difference(bill: &BillAnswer, other: &BillAnswer) -> Option<Money> {
    let total = |bill: &BillAnswer| Money::parse(&bill.total, bill.currency).ok();
    let (bill, other) = (total(bill)?, total(other)?);
    (bill.currency() == other.currency())
        .then(|| Money::from_minor(other.minor() - bill.minor(), bill.currency()))
}

fn answer(reader: Reader, typed: &Typed) -> Result<Answer, Refusal> {
    let (bill, other) = (bill_of(typed, "tariff")?, bill_of(typed, "other")?);
    let language = reader.language;
    let money = |bill: &BillAnswer| reader.money(bill.currency, &bill.total);
    let compared = match difference(&bill, &other) {
        None => words::tools_two_currencies(language).to_owned(),
        Some(difference) => {
            let shown = Money::from_minor(difference.minor().abs(), difference.currency());
            let shown = reader.money(difference.currency(), &shown.to_string());
            match difference.minor() {
                0 => words::tools_same(language).to_owned(),
                1.. => words::tools_more(language, &shown),
                _ => words::tools_less(language, &shown),
            }
        }
    };
    let name = |field| tariff_words(language, typed.text(field));
    let said = format!("{}: {}. {compared}", name("other"), money(&other));
    let mut beside = bill.findings.clone();
    beside.extend(other.findings.iter().filter(|finding| !bill.findings.contains(finding)).cloned());
    let (other_name, other_total) = (name("other"), figure(money(&other)));
    let own_total = format!("{}: {}", words::tools_tariff(language), money(&bill));
    let view = view! {
        <Card heading=words::tools_other_tariff(language)>
            <p class="card__text">{other_name}</p>
            {other_total}
            <p class="card__text">{compared}</p>
            <p class="card__caption">{own_total}</p>
        </Card>
        {bill_view(reader, typed.text("tariff"), &bill)}
        {bill_view(reader, typed.text("other"), &other)}
        {findings(reader, &beside)}
    };
    Ok(Answer { said, view: view.into_any() })
}

/// A bill by its lines, with its total and its working.
fn bill_view(reader: Reader, tariff: &str, bill: &BillAnswer) -> AnyView {
    let language = reader.language;
    let money = |amount: &str| {
        let amount = reader.money(bill.currency, amount);
        view! { <bdi>{amount}</bdi> }.into_any()
    };
    let row = |term: String, amount: &str| {
        let amount = money(amount);
        view! { <Fact term=term>{amount}</Fact> }.into_any()
    };
    let mut rows: Vec<AnyView> =
        bill.lines.iter().map(|line| row(line_name(language, &line.code), &line.amount)).collect();
    rows.extend(
        bill.taxes
            .iter()
            .map(|tax| row(words::bill_line_vat(language, &reader.percent_text(&tax.rate)), &tax.amount)),
    );
    rows.push(row(words::bill_line_total(language).to_owned(), &bill.total));
    let vat = (bill.currency == Currency::SAR && bill.taxes.is_empty())
        .then(|| view! { <p class="card__caption">{words::tools_vat_none(language)}</p> }.into_any());
    let name = tariff_words(language, tariff);
    view! {
        <Card heading=name.clone()>
            <Facts>{rows}</Facts>
            {vat}
        </Card>
        {why(reader, name, &bill.working, Some(bill.currency))}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(tariff: &str, other: &str) -> Typed {
        Typed::of(&[
            ("tariff", tariff),
            ("other", other),
            ("usage", "3000"),
            ("from", "2026-07-28"),
            ("to", "2026-08-27"),
            ("breaker_amps", "100"),
        ])
    }

    #[test]
    fn the_same_use_is_priced_under_both() {
        // crates/billing/README.md: 15.000 at the flat rate, 5.167 + 10.333 + 14.000 on the law's tiers.
        let typed = typed("kw.electricity.investment", "kw.electricity.investment.statutory");
        let (bill, other) = (bill_of(&typed, "tariff").unwrap(), bill_of(&typed, "other").unwrap());
        assert_eq!((bill.total.as_str(), other.total.as_str()), ("15.000", "29.500"));
        assert_eq!(difference(&bill, &other).unwrap().to_string(), "14.500");
    }

    #[test]
    fn a_saudi_bill_has_its_meter_fee_and_vat() {
        let mut typed = typed("sa.electricity.residential", "kw.electricity.private");
        typed.set("usage", "6300".to_owned());
        let (bill, other) = (bill_of(&typed, "tariff").unwrap(), bill_of(&typed, "other").unwrap());
        assert_eq!((bill.total.as_str(), difference(&bill, &other)), ("1335.15", None));
        typed.set("breaker_amps", "x".to_owned());
        assert_eq!(bill_of(&typed, "tariff").unwrap_err().field, "/breaker_amps");
    }

    #[test]
    fn a_refusal_stands_at_the_field_of_the_form() {
        let mut typed = typed("kw.electricity.investment", "sa.electricity.residential");
        typed.set("from", "2010-01-01".to_owned());
        typed.set("to", "2010-01-31".to_owned());
        let refused = bill_of(&typed, "tariff").unwrap_err();
        assert_eq!((refused.error.code(), refused.field.as_str()), ("no-tariff-in-force", "/from"));
        typed.set("usage", "-1".to_owned());
        assert_eq!(bill_of(&typed, "other").unwrap_err().field, "/usage");
    }

    #[test]
    fn only_what_counts_the_same_unit_stands_beside_a_tariff() {
        assert!(beside("kw.water.private").iter().all(|id| id.contains("water")));
        assert!(beside("sa.electricity.residential").contains(&"kw.electricity.private"));
    }
}
