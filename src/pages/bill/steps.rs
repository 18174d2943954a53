//! The steps of a working, as people read them: words above, the sum in figures below, the source at the end.

use api::bills::BillPart;
use billing::bill::{BillFacts, Tax, TaxAnswer};
use billing::formula::Formula;
use billing::fraction::Fraction;
use billing::money::Currency;
use billing::number::Number;
use billing::period::Day;
use billing::rulebook;
use billing::working::{Basis, Step};
use leptos::prelude::*;
use words::names::{label, rule_name, source_name};
use words::working::step_name;

use crate::components::working::{Agreement, Working, WorkingSource, WorkingStep};
use crate::format::to_places;
use crate::pages::reader::Reader;

/// A line of the bill beside the recomputed one.
pub struct Judged {
    /// As billed.
    pub billed: String,
    /// As recomputed.
    pub recomputed: String,
    /// Whether the two lines are the same in all their parts.
    pub agrees: bool,
    /// Of both.
    pub currency: Currency,
}

/// BIL-3: the usage from two readings of each meter.
pub fn from_readings(reader: Reader, part: &BillPart) -> WorkingStep {
    let readings = &part.readings;
    let counted = |numbers: [Number; 3]| {
        let [current, previous, multiplier] = numbers.map(|number| reader.figure(&number.to_string()));
        format!("({current} − {previous}) × {multiplier}")
    };
    let taken = readings.exchanged.iter().map(|taken| [taken.current, taken.previous, taken.multiplier]);
    let meters = taken.chain([[readings.current, readings.previous, readings.multiplier]]);
    let rule = match readings.exchanged.is_empty() {
        true => rule_name(reader.language, "BIL-3").unwrap_or_default(),
        false => words::rule_bil_3_each(reader.language),
    };
    WorkingStep {
        words: label(rule),
        formula: meters.map(counted).collect::<Vec<_>>().join(" + "),
        result: reader.figure(&part.facts.usage.to_string()),
    }
}

/// A step of the engine; how amounts are rounded is told once for the whole bill.
pub fn of(reader: Reader, step: Step<'_>, currency: Currency) -> Option<WorkingStep> {
    if step.formula == Formula::Rounding {
        return None;
    }
    Some(WorkingStep {
        words: label(step_name(reader.language, step.formula)),
        formula: in_figures(reader, step.formula, step.inputs),
        result: result_text(reader, step.formula, step.result, currency),
    })
}

/// Money with all its minor digits, as the line has it; anything else as it is.
fn result_text(reader: Reader, formula: Formula, result: Fraction, currency: Currency) -> String {
    match formula {
        Formula::Charge
        | Formula::Fee
        | Formula::ByDays
        | Formula::ByUse
        | Formula::Change
        | Formula::Relief
        | Formula::Tax => {
            let places = usize::try_from(currency.minor_digits()).unwrap_or_default();
            reader.figure(&to_places(&result.to_string(), places))
        }
        _ => exact(reader, result),
    }
}

/// An exact value; of one that does not end, its first decimals and a sign that it goes on.
fn exact(reader: Reader, value: Fraction) -> String {
    let text = value.to_string();
    match value.to_number() {
        Ok(rounded) if text.contains('/') => reader.short_figure(&rounded.to_string()),
        _ => reader.short_figure(&text),
    }
}

/// The sum in figures and signs, from left to right.
fn in_figures(reader: Reader, formula: Formula, inputs: &[Fraction]) -> String {
    let shown: Vec<String> = inputs.iter().map(|input| exact(reader, *input)).collect();
    match (formula, shown.as_slice()) {
        (
            Formula::Limit | Formula::WholeLimit | Formula::DaysShare | Formula::ByDays | Formula::ByUse,
            [a, part, of, ..],
        ) => format!("{a} × {part} ÷ {of}"),
        (Formula::MeasuredShare, [measured, usage, covered, minutes, of]) => {
            format!("{measured} + ({usage} − {covered}) × {minutes} ÷ {of}")
        }
        (Formula::FirstTier, [usage, limit]) => format!("min({usage}; {limit})"),
        (Formula::MiddleTier, [usage, limit, before]) => format!("min({usage}; {limit}) − {before}"),
        (Formula::LastTier | Formula::Remainder | Formula::Change, [a, b]) => format!("{a} − {b}"),
        (Formula::Charge | Formula::Tax, [a, b, ..]) => format!("{a} × {b}"),
        (Formula::Relief, [relief, _, left]) => format!("−min({relief}; {left})"),
        (Formula::SeasonalUse, [a, b, c]) => format!("{a} × {b} ÷ {c}"),
        (Formula::Path, [a, b, c]) => format!("{a} + {b} × {c}"),
        (Formula::Sum, parts) => parts.join(" + "),
        (_, [first, ..]) => first.clone(),
        (_, []) => String::new(),
    }
}

/// Where the steps' rules stand, each once.
pub fn sources(reader: Reader, bases: impl Iterator<Item = Basis>, facts: &BillFacts) -> Vec<WorkingSource> {
    let mut known: Vec<Basis> = Vec::new();
    for basis in bases {
        if !known.contains(&basis) {
            known.push(basis);
        }
    }
    let in_force = facts.tariff.id.as_deref().and_then(|id| {
        let version = rulebook::schedule(id)?.version_on(facts.period.last())?;
        Some((version.source.instrument, Day(version.effective_from)))
    });
    let source = |basis: Basis| {
        let since = in_force.filter(|(instrument, _)| *instrument == basis.source).map(|(_, since)| since);
        WorkingSource { text: source_text(reader, basis.source, since), rule: basis.rule.to_owned() }
    };
    known.into_iter().map(source).collect()
}

fn source_text(reader: Reader, source: &str, since: Option<Day>) -> String {
    let language = reader.language;
    let Some(name) = source_name(language, source) else { return String::new() };
    let named = words::source_label(language, name);
    match since {
        Some(since) => {
            let comma = language.choose("، ", "; ");
            format!("{named}{comma}{}", words::source_in_force(language, &reader.full_day(since)))
        }
        None => named,
    }
}

/// The working with its verdict.
pub fn working(
    reader: Reader,
    steps: Vec<WorkingStep>,
    judged: Judged,
    sources: Vec<WorkingSource>,
) -> AnyView {
    let Judged { billed, recomputed, agrees, currency } = judged;
    let text = match agrees {
        true => words::bill_agrees(reader.language).to_owned(),
        false => {
            let (billed, ours) = (reader.money(currency, &billed), reader.money(currency, &recomputed));
            words::bill_differs_line(reader.language, &billed, &ours)
        }
    };
    view(reader, steps, Some(Agreement { agrees, text }), sources)
}

/// The steps of what no bill says, so that there is nothing to agree with.
pub fn alone<'a>(
    reader: Reader,
    steps: impl Iterator<Item = Step<'a>>,
    sources: Vec<WorkingSource>,
    currency: Currency,
) -> AnyView {
    // A sum of one part says nothing new.
    let steps = steps.filter(|step| step.formula != Formula::Sum || step.inputs.len() > 1);
    let steps = steps.filter_map(|step| of(reader, step, currency)).collect();
    view(reader, steps, None, sources)
}

fn view(
    reader: Reader,
    steps: Vec<WorkingStep>,
    agreement: Option<Agreement>,
    sources: Vec<WorkingSource>,
) -> AnyView {
    let title = words::action_how(reader.language);
    match agreement {
        Some(agreement) => {
            view! { <Working title=title steps=steps agreement=agreement sources=sources /> }.into_any()
        }
        None => view! { <Working title=title steps=steps sources=sources /> }.into_any(),
    }
}

/// The tax of one rate over all parts.
pub fn tax(reader: Reader, billed: &TaxAnswer, ours: Tax, currency: Currency) -> AnyView {
    let [base, rate, amount] = [ours.base.to_string(), ours.rate.to_string(), ours.amount.to_string()]
        .map(|figure| reader.figure(&figure));
    let step = WorkingStep {
        words: label(step_name(reader.language, Formula::Tax)),
        formula: format!("{base} × {rate}"),
        result: amount,
    };
    let judged = Judged {
        billed: billed.amount.clone(),
        recomputed: ours.amount.to_string(),
        agrees: ours.answer() == *billed,
        currency,
    };
    let text = source_text(reader, ours.source, None);
    working(reader, vec![step], judged, vec![WorkingSource { text, rule: "TAR-4".to_owned() }])
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;
    use crate::format::preferences::Digits;

    #[test]
    fn a_formula_is_written_in_figures() {
        let reader = Reader { language: Language::Arabic, digits: Digits::Latin };
        let whole = |units: i128| Fraction::whole(units);
        for (formula, inputs, text) in [
            (Formula::Limit, vec![whole(6000), whole(31), whole(30)], "6,000 × 31 ÷ 30"),
            (Formula::FirstTier, vec![whole(3128), whole(1000)], "min(3,128; 1,000)"),
            (Formula::MiddleTier, vec![whole(3128), whole(2000), whole(1000)], "min(3,128; 2,000) − 1,000"),
            (Formula::Charge, vec![whole(1000), Fraction::from_millionths(5000), whole(3)], "1,000 × 0.005"),
            (Formula::Fee, vec![whole(15), whole(2)], "15"),
            (Formula::Sum, vec![whole(1), whole(2), whole(3)], "1 + 2 + 3"),
        ] {
            assert_eq!(in_figures(reader, formula, &inputs), text);
        }
        let third = whole(6200).divided_by(whole(3)).unwrap();
        assert_eq!(exact(reader, third), "\u{2066}2,066.666…\u{2069}");
    }
}
