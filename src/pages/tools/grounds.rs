//! What an answer rests on: what should be known beside it, and how it was worked out, with the sources.

use billing::finding::FindingAnswer;
use billing::formula::Formula;
use billing::fraction::Fraction;
use billing::money::Currency;
use billing::working::StepAnswer;
use leptos::{html, prelude::*};
use words::names::{label, source_name};
use words::working::{formula_words, step_name};

use crate::components::icon::{Icon, IconName, IconSize};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::working::{Working, WorkingSource, WorkingStep};
use crate::format::to_places;
use crate::pages::lazy::lazy_part;
use crate::pages::reader::{Reader, say};

/// What is assumed says so by this code.
const ASSUMED: &str = "assumed-parameter";
const OWED: &str = "refund-owed";

/// Whether a working of the page is open: it stays so while its figures change.
#[derive(Clone, Copy)]
pub struct WhyOpen(RwSignal<bool>);

impl WhyOpen {
    /// Remembers it for the page.
    pub fn provide() {
        provide_context(Self(RwSignal::new(false)));
    }
}

/// The one figure of an answer.
pub fn figure(text: String) -> AnyView {
    view! { <p class="amount amount--figure"><bdi>{text}</bdi></p> }.into_any()
}

/// The findings, each a notice; what is assumed is marked.
pub fn findings(reader: Reader, findings: &[FindingAnswer]) -> AnyView {
    let notice = |finding: &FindingAnswer| {
        let message = reader.message(&finding.message);
        match finding.code.as_str() {
            ASSUMED => {
                let title = words::assumed_badge(reader.language);
                view! { <Notice kind=NoticeKind::Warn title=title icon=IconName::Info>{message}</Notice> }
                    .into_any()
            }
            OWED => view! { <Notice kind=NoticeKind::Good title=message /> }.into_any(),
            _ => view! { <Notice kind=NoticeKind::Warn title=message /> }.into_any(),
        }
    };
    findings.iter().map(notice).collect::<Vec<_>>().into_any()
}

/// "Why?", which opens on the steps and their sources. Amounts are of `currency`, where there is money in the sum.
pub fn why(reader: Reader, name: String, steps: &[StepAnswer], currency: Option<Currency>) -> AnyView {
    let steps = steps.to_vec();
    let is_open = use_context::<WhyOpen>().map_or_else(|| RwSignal::new(false), |WhyOpen(is_open)| is_open);
    let details = NodeRef::<html::Details>::new();
    let working = move || is_open.get().then(|| steps_view(reader, &steps, currency));
    let note = move |_| {
        if let Some(details) = details.get_untracked() {
            is_open.set(details.open());
        }
    };
    view! {
        <div class="bill-lines">
            <details class="bill-line" node_ref=details open=is_open.get_untracked() on:toggle=note>
                <summary class="bill-line__head">
                    <span class="bill-line__text">
                        <span class="bill-line__label">{say(words::action_why)}</span>
                        <span class="bill-line__detail">{name}</span>
                    </span>
                    <Icon name=IconName::ChevronDown size=IconSize::Text class="bill-line__chevron" />
                </summary>
                <div class="bill-line__working">{working}</div>
            </details>
        </div>
    }
    .into_any()
}

/// The steps with their sources, which travel when somebody asks for them.
pub fn steps_view(reader: Reader, steps: &[StepAnswer], currency: Option<Currency>) -> AnyView {
    lazy_part(Box::pin(steps_shown(reader, steps.to_vec(), currency)), room)
}

fn room() -> AnyView {
    view! { <span class="skeleton__line skeleton__line--short" aria-hidden="true"></span> }.into_any()
}

#[cfg_attr(feature = "split", lazy)]
async fn steps_shown(reader: Reader, steps: Vec<StepAnswer>, currency: Option<Currency>) -> AnyView {
    let (shown, sources) = (steps_of(reader, &steps, currency), sources_of(reader, &steps));
    let title = words::action_how(reader.language);
    view! { <Working title=title steps=shown sources=sources /> }.into_any()
}

/// The steps as people read them; how amounts are rounded is told by the words of each.
fn steps_of(reader: Reader, steps: &[StepAnswer], currency: Option<Currency>) -> Vec<WorkingStep> {
    let mut told: Vec<(WorkingStep, usize)> = Vec::new();
    for step in steps.iter().filter_map(|step| step_of(reader, step, currency)) {
        match told.last_mut() {
            // Equal parts, such as instalments, are told once.
            Some((last, times)) if last.formula == step.formula && last.words == step.words => *times += 1,
            _ => told.push((step, 1)),
        }
    }
    let named = |(step, times): (WorkingStep, usize)| match times {
        1 => step,
        _ => {
            let times = reader.whole(times as u64);
            WorkingStep { words: words::tools_step_times(reader.language, &step.words, &times), ..step }
        }
    };
    told.into_iter().map(named).collect()
}

fn step_of(reader: Reader, step: &StepAnswer, currency: Option<Currency>) -> Option<WorkingStep> {
    let formula = Formula::of_text(&step.formula)?;
    let words = match formula {
        Formula::Rounding => return None,
        // A bill without tax adds up no taxes.
        Formula::Sum if step.inputs.0.is_empty() => return None,
        // Who gets the fils left over is what people ask about.
        Formula::Part => formula_words(reader.language, formula),
        _ => step_name(reader.language, formula),
    };
    let money = currency.filter(|_| is_money(formula));
    let result = match money {
        Some(currency) => {
            let places = usize::try_from(currency.minor_digits()).unwrap_or_default();
            reader.figure(&to_places(&step.result, places))
        }
        None => exact(reader, &step.result),
    };
    Some(WorkingStep { words: label(words), formula: in_figures(reader, formula, &step.inputs.0), result })
}

/// Whether a formula gives money wherever there is money in the sum.
const fn is_money(formula: Formula) -> bool {
    matches!(
        formula,
        Formula::Charge
            | Formula::Fee
            | Formula::ByDays
            | Formula::Relief
            | Formula::Tax
            | Formula::Part
            | Formula::Sum
            | Formula::Remainder
            | Formula::AboveLimit
            | Formula::Overcharge
            | Formula::Excess
            | Formula::Smaller
    )
}

/// An exact value; of one that does not end, its first decimals and a sign that it goes on.
fn exact(reader: Reader, value: &str) -> String {
    let rounded = (value.contains('/')).then(|| Fraction::parse(value).ok()?.to_number().ok()).flatten();
    reader.short_figure(&rounded.map_or_else(|| value.to_owned(), |rounded| rounded.to_string()))
}

/// The sum in figures and signs, from left to right: the formula with its inputs in the places of their names.
fn in_figures(reader: Reader, formula: Formula, inputs: &[(String, String)]) -> String {
    if formula.inputs().is_empty() {
        let sign = if formula == Formula::Sum { " + " } else { "; " };
        return inputs.iter().map(|(_, value)| exact(reader, value)).collect::<Vec<_>>().join(sign);
    }
    let value = |name: &str| inputs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let mut text = String::new();
    let mut word = String::new();
    for letter in unrounded(formula.text()).chars().chain([' ']) {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        match value(&word) {
            Some(value) => text.push_str(&exact(reader, value)),
            None => text.push_str(&reader.figure(&word)),
        }
        word.clear();
        // A comma would look like one between groups of digits.
        text.push(if letter == ',' { ';' } else { letter });
    }
    let shown = text.trim_end();
    match (formula, value("extra"), value("digits").and_then(|digits| digits.parse::<usize>().ok())) {
        // Rounded down to the fils, and one more of those that were left over.
        (Formula::Part, Some("1"), Some(digits)) => {
            format!("⌊{shown}⌋ + {}", reader.figure(&to_places(&format!("0.{:0>digits$}", 1), digits)))
        }
        (Formula::Part, ..) => format!("⌊{shown}⌋"),
        _ => shown.to_owned(),
    }
}

/// A formula without the rounding around it, which the words tell.
fn unrounded(text: &str) -> &str {
    let Some(inside) = text.strip_prefix("round(").or_else(|| text.strip_prefix("floor(")) else {
        return text;
    };
    let inside = inside.rsplit_once(')').map_or(inside, |(inside, _)| inside);
    match inside.rsplit_once(", ") {
        Some((sum, _)) => sum,
        None => inside,
    }
}

fn sources_of(reader: Reader, steps: &[StepAnswer]) -> Vec<WorkingSource> {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for step in steps {
        let basis = (step.rule.as_str(), step.source.as_str());
        if !known.contains(&basis) {
            known.push(basis);
        }
    }
    let source = |(rule, source): (&str, &str)| {
        let name = source_name(reader.language, source).unwrap_or_default();
        let text = if name.is_empty() { String::new() } else { words::source_label(reader.language, name) };
        WorkingSource { text, rule: rule.to_owned() }
    };
    known.into_iter().map(source).collect()
}

#[cfg(test)]
mod tests {
    use billing::working::Inputs;
    use words::Language;

    use super::*;
    use crate::format::preferences::Digits;

    fn step(formula: Formula, inputs: &[(&str, &str)], result: &str) -> StepAnswer {
        let inputs = inputs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        StepAnswer {
            rule: "TAR-5".to_owned(),
            formula: formula.text().to_owned(),
            inputs: Inputs(inputs.collect()),
            result: result.to_owned(),
            source: "own-sum".to_owned(),
        }
    }

    #[test]
    fn a_step_is_the_formula_in_figures_without_its_rounding() {
        let reader = Reader { language: Language::English, digits: Digits::Latin };
        let part = [("amount", "10"), ("weight", "1"), ("of_weights", "3"), ("digits", "2")];
        let with = |extra| [&part[..], &[("extra", extra)]].concat();
        for (formula, inputs, result, currency, sum, shown) in [
            (
                Formula::Limit,
                &[("limit", "1000"), ("days", "31"), ("base_days", "30")][..],
                "3100/3",
                None,
                "1,000 × 31 ÷ 30",
                "\u{2066}1,033.333…\u{2069}",
            ),
            (
                Formula::LoadUse,
                &[("watts", "1500"), ("hours", "12"), ("days", "31")][..],
                "558",
                None,
                "1,500 × 12 × 31 ÷ 1,000",
                "558",
            ),
            (
                Formula::TrueFast,
                &[("recorded", "1040"), ("error_percent", "4")][..],
                "1000",
                None,
                "1,040 × 100 ÷ (100 + 4)",
                "1,000",
            ),
            (
                Formula::Charge,
                &[("quantity", "1000"), ("price", "0.005"), ("digits", "3")][..],
                "5",
                Some(Currency::KWD),
                "1,000 × 0.005",
                "5.000",
            ),
            (
                Formula::FirstTier,
                &[("usage", "6300"), ("limit", "6000")][..],
                "6000",
                Some(Currency::SAR),
                "min(6,300; 6,000)",
                "6,000",
            ),
            (Formula::Sum, &[("load-1", "80"), ("load-2", "700")][..], "780", None, "80 + 700", "780"),
            (Formula::Part, &with("1")[..], "3.34", Some(Currency::SAR), "⌊10 × 1 ÷ 3⌋ + 0.01", "3.34"),
            (Formula::Part, &with("0")[..], "3.33", Some(Currency::SAR), "⌊10 × 1 ÷ 3⌋", "3.33"),
        ] {
            let step = step_of(reader, &step(formula, inputs, result), currency).unwrap();
            assert_eq!((step.formula.as_str(), step.result.as_str()), (sum, shown), "{formula:?}");
        }
    }

    #[test]
    fn how_amounts_are_rounded_is_no_step_of_its_own() {
        let reader = Reader { language: Language::Arabic, digits: Digits::Latin };
        assert!(steps_of(reader, &[step(Formula::Rounding, &[("digits", "3")], "3")], None).is_empty());
    }
}
