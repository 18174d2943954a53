//! Why this bill differs from the one before: parts that add up to the difference, each open to its working.

use api::bills::Bill;
use billing::audit::comparison::{Cause, Comparison, Reason, compare};
use billing::money::{Currency, Money};
use leptos::prelude::*;

use super::{related, steps};
use crate::client::ClientError;
use crate::components::bill_line::{BillLine, BillLines, BillTotal};
use crate::components::notice::{Notice, NoticeKind};
use crate::format::{Unit, signed};
use crate::pages::reader::Reader;
use crate::pages::refusal::{self, Refused};
use crate::pages::states::failure;

/// The answer. It travels when it is asked for.
pub async fn why(reader: Reader, bill: Bill, retry: Callback<()>) -> AnyView {
    match ask(&bill).await {
        Ok(Some(before)) => answer(reader, before, bill),
        Ok(None) => {
            view! { <p class="card__text">{words::bill_differs_first(reader.language)}</p> }.into_any()
        }
        Err(error) => failure(&error, words::bill_differs_failed, retry),
    }
}

/// The bill before with the parts of both.
struct Before {
    bill: Bill,
    parts: [Vec<billing::audit::comparison::ComparedPart>; 2],
}

async fn ask(bill: &Bill) -> Result<Option<Before>, ClientError> {
    let Some(before) = related::ask_earlier(bill).await? else { return Ok(None) };
    let parts = [related::compared(&before).await?, related::compared(bill).await?];
    Ok(Some(Before { bill: before, parts }))
}

fn answer(reader: Reader, Before { bill: before, parts: [old, new] }: Before, bill: Bill) -> AnyView {
    let comparison = match compare(&old, &new) {
        Ok(comparison) => comparison,
        Err(refused) => {
            let text = refusal::refusal(Refused::Sum(refused.error));
            return view! { <p class="card__text">{text}</p> }.into_any();
        }
    };
    let (currency, language) = (bill.summary.currency, reader.language);
    let is_as_billed = comparison.before.to_string() == before.summary.total
        && comparison.after.to_string() == bill.summary.total;
    let altered = (!is_as_billed).then(|| {
        view! { <Notice kind=NoticeKind::Warn title=words::bill_differs_altered(language) /> }.into_any()
    });
    let named = |bill: &Bill| words::bill_title(language, &reader.month(bill.summary.month));
    let (earlier, later) = (named(&before), named(&bill));
    let title = title(reader, &comparison, &before, currency);
    let sum = words::bill_differs_sum(language, &reader.money(currency, &comparison.difference.to_string()));
    let unchanged = unchanged(reader, &comparison);
    let (first, last) = (comparison.before.to_string(), comparison.after.to_string());
    let count = comparison.reasons.len();
    let shown = StoredValue::new(Shown { reader, comparison, before, bill, currency });
    let lines: Vec<AnyView> = (0..count).filter_map(|at| reason_view(shown, at)).collect();
    let unit = Unit::Money(currency);
    view! {
        {altered}
        <h3>{title}</h3>
        <BillLines>
            <BillTotal label=earlier value=first unit=unit />
            {lines}
            <BillTotal label=later value=last unit=unit />
        </BillLines>
        <p class="card__caption">{sum} " " {unchanged}</p>
    }
    .into_any()
}

fn title(reader: Reader, comparison: &Comparison, before: &Bill, currency: Currency) -> String {
    let month = reader.month(before.summary.month);
    let minor = comparison.difference.minor();
    let amount = Money::from_minor(minor.abs(), currency).to_string();
    let amount = reader.money(currency, &amount);
    match minor {
        0 => words::bill_differs_same(reader.language, &month),
        1.. => words::bill_differs_more(reader.language, &amount, &month),
        _ => words::bill_differs_less(reader.language, &amount, &month),
    }
}

/// What did not change, but for what this bill does not have at all.
fn unchanged(reader: Reader, comparison: &Comparison) -> String {
    let told = [Cause::Days, Cause::Price, Cause::Reading];
    let causes = comparison.unchanged().filter(|cause| told.contains(cause));
    let causes: Vec<_> = causes.map(|cause| cause_name(reader, cause)).collect();
    if causes.is_empty() {
        return String::new();
    }
    words::bill_differs_unchanged(reader.language, &causes.join(reader.language.choose("، ", ", ")))
}

struct Shown {
    reader: Reader,
    comparison: Comparison,
    before: Bill,
    bill: Bill,
    currency: Currency,
}

fn reason_view(shown: StoredValue<Shown>, at: usize) -> Option<AnyView> {
    let (label, detail, value, unit) = shown.with_value(|shown| {
        let Shown { reader, comparison, bill, currency, .. } = shown;
        let reason = comparison.reasons.get(at)?;
        let name = cause_name(*reader, reason.cause).to_owned();
        let part = reason.part.filter(|_| bill.parts.len() > 1).and_then(|part| bill.parts.get(part));
        let label = match part {
            Some(part) => words::bill_line_of(reader.language, &name, reader.commodity(part.commodity)),
            None => name,
        };
        let value = signed(&reason.amount.to_string(), reader.digits);
        Some((label, detail(shown, reason), value, Unit::Money(*currency)))
    })?;
    let working = move || {
        shown.with_value(|Shown { reader, comparison, currency, .. }| {
            let reason = comparison.reasons.get(at)?;
            Some(steps::alone(*reader, comparison.steps_of(reason), Vec::new(), *currency))
        })
    };
    Some(view! { <BillLine label=label detail=detail value=value unit=unit working=working /> }.into_any())
}

/// The days of both bills, or the units that came or went.
fn detail(shown: &Shown, reason: &Reason) -> String {
    let Shown { reader, before, bill, .. } = shown;
    let part = reason.part.and_then(|part| bill.parts.get(part));
    let unit = part.and_then(|part| part.bill.lines.iter().find_map(|line| line.unit.clone()));
    let units = reason.units.zip(unit).map(|(units, unit)| {
        let units = signed(&units.to_string(), reader.digits);
        format!("\u{2066}{units}\u{2069}\u{a0}{}", words::names::unit_name(reader.language, &unit))
    });
    let days = |bill: &Bill| reader.counted(bill.summary.period.days(), words::count_days_gen);
    match reason.cause {
        Cause::Days => words::bill_differs_days_detail(reader.language, &days(before), &days(bill)),
        _ => units.unwrap_or_default(),
    }
}

const fn cause_name(reader: Reader, cause: Cause) -> &'static str {
    let language = reader.language;
    match cause {
        Cause::Reading => words::bill_differs_reading(language),
        Cause::Price => words::bill_differs_price(language),
        Cause::Days => words::bill_differs_days(language),
        Cause::Use => words::bill_differs_use(language),
        Cause::Tier => words::bill_differs_tier(language),
        Cause::Fees => words::bill_differs_fees(language),
        Cause::Tax => words::bill_differs_tax(language),
    }
}
