//! The lines of a bill; each opens in place on its working.

use api::bills::{Bill, BillPart};
use billing::bill::{Bill as Calculated, LineAnswer, Tax, TaxAnswer};
use billing::money::Currency;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use words::names::{line_name, minor_unit_name};

use super::steps::{self, Judged};
use crate::components::bill_line::{BillLine, BillLines, BillTotal};
use crate::components::card::SectionTitle;
use crate::format::Unit;
use crate::pages::reader::{Reader, say};
use crate::pages::recheck::Recomputed;

/// All lines, the taxes and the total.
pub fn lines(reader: Reader, bill: &Bill, recomputed: Option<Recomputed>) -> AnyView {
    let (currency, language) = (bill.summary.currency, reader.language);
    let (mut calculated, taxes) = match recomputed {
        Some(Recomputed { parts, sums, .. }) => (parts.into_iter().map(Some).collect(), sums.taxes),
        None => (Vec::new(), Vec::new()),
    };
    calculated.resize(bill.parts.len(), None);
    let several = bill.parts.len() > 1;
    let mut lines: Vec<AnyView> = Vec::new();
    for (part, calculated) in bill.parts.iter().zip(calculated) {
        let shown = Shown { reader, part: part.clone(), calculated, currency, several };
        let shown = StoredValue::new(shown);
        lines.extend((0..part.bill.lines.len()).filter_map(|at| line_view(shown, at)));
    }
    for tax in &bill.taxes {
        let ours = taxes.iter().find(|known| known.answer().rate == tax.rate).copied();
        lines.push(tax_line(reader, tax.clone(), ours, currency));
    }
    let rounding = words::bill_rounding_note(language, minor_unit_name(language, currency));
    let (total, unit) = (bill.summary.total.clone(), Unit::Money(currency));
    let aside = TextProp::from(words::bill_lines_help(language));
    view! {
        <SectionTitle title=words::bill_lines_title(language) aside=aside />
        <BillLines>
            {lines}
            <BillTotal label=words::bill_line_total(language) value=total unit=unit />
        </BillLines>
        <p class="card__caption bill-rounding">{rounding}</p>
    }
    .into_any()
}

/// A part of the bill beside the recomputed one; each line's working is made when it is opened.
struct Shown {
    reader: Reader,
    part: BillPart,
    calculated: Option<Calculated>,
    currency: Currency,
    several: bool,
}

fn line_view(shown: StoredValue<Shown>, at: usize) -> Option<AnyView> {
    shown.with_value(|Shown { reader, part, calculated, currency, several }| {
        let line = part.bill.lines.get(at)?;
        let name = line_name(reader.language, &line.code);
        let label = match several {
            true => words::bill_line_of(reader.language, &name, reader.commodity(part.commodity)),
            false => name,
        };
        let differs = calculated.as_ref().is_some_and(|bill| !agrees(bill, line));
        let (detail, value) = (TextProp::from(detail(*reader, line, *currency)), line.amount.clone());
        let (unit, working) = (Unit::Money(*currency), move || line_working(shown, at));
        let view = view! {
            <BillLine label=label detail=detail value=value unit=unit differs=differs working=working />
        };
        Some(view.into_any())
    })
}

fn detail(reader: Reader, line: &LineAnswer, currency: Currency) -> String {
    let (Some(quantity), Some(unit), Some(price)) = (&line.quantity, &line.unit, &line.price) else {
        return String::new();
    };
    let unit = words::names::unit_name(reader.language, unit);
    let quantity = format!("{}\u{a0}{unit}", reader.short_figure(quantity));
    let price = billing::number::Number::parse(price)
        .map_or_else(|_| price.clone(), |price| reader.price(currency, price));
    words::bill_line_times(reader.language, &quantity, &price)
}

/// Whether the recomputed bill has the very same line.
fn agrees(bill: &Calculated, line: &LineAnswer) -> bool {
    bill.answer(&|_| billing::finding::Message::default()).lines.contains(line)
}

fn line_working(shown: StoredValue<Shown>, at: usize) -> AnyView {
    let working = shown.with_value(|Shown { reader, part, calculated, currency, .. }| {
        let line = part.bill.lines.get(at)?;
        let bill = calculated.as_ref()?;
        let ours = bill.lines.iter().find(|ours| ours.code == line.code)?;
        let mut steps: Vec<_> = ours.charge.iter().map(|_| steps::from_readings(*reader, part)).collect();
        steps.extend(bill.steps_of(ours).filter_map(|step| steps::of(*reader, step, *currency)));
        let judged = Judged {
            billed: line.amount.clone(),
            recomputed: ours.amount.to_string(),
            agrees: agrees(bill, line),
            currency: *currency,
        };
        let sources = steps::sources(*reader, bill.steps_of(ours).map(|step| step.basis), &part.facts);
        Some(steps::working(*reader, steps, judged, sources))
    });
    working.unwrap_or_else(unknown)
}

fn unknown() -> AnyView {
    view! { <p class="card__text">{say(words::bill_line_unknown)}</p> }.into_any()
}

fn tax_line(reader: Reader, tax: TaxAnswer, ours: Option<Tax>, currency: Currency) -> AnyView {
    let label = words::bill_line_vat(reader.language, &reader.percent_text(&tax.rate));
    let (value, unit) = (tax.amount.clone(), Unit::Money(currency));
    let differs = ours.is_none_or(|ours| ours.answer() != tax);
    let working = move || match ours {
        Some(ours) => steps::tax(reader, &tax, ours, currency),
        None => unknown(),
    };
    view! { <BillLine label=label value=value unit=unit differs=differs working=working /> }.into_any()
}
