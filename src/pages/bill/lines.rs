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
#[component]
pub fn Lines(bill: Bill, recomputed: Option<Recomputed>) -> impl IntoView {
    let Bill { summary, parts, taxes, .. } = bill;
    let currency = summary.currency;
    let several = parts.len() > 1;
    let (calculated, sums) = recomputed.map(|recomputed| (recomputed.parts, recomputed.sums)).unzip();
    let part_lines = parts.into_iter().enumerate().map(|(at, part)| {
        let calculated = calculated.as_ref().and_then(|parts| parts.get(at)).cloned();
        part_lines(part, calculated, currency, several)
    });
    let part_lines = part_lines.collect_view();
    let known: Vec<Tax> = sums.map(|sums| sums.taxes).unwrap_or_default();
    let tax_lines = taxes.into_iter().map(move |tax| {
        let ours = known.iter().find(|known| known.answer().rate == tax.rate).copied();
        tax_line(tax, ours, currency)
    });
    let rounding = move || {
        let reader = Reader::here();
        words::bill_rounding_note(reader.language, minor_unit_name(reader.language, currency))
    };
    view! {
        <SectionTitle title=say(words::bill_lines_title) aside=TextProp::from(say(words::bill_lines_help)) />
        <BillLines>
            {part_lines} {tax_lines.collect_view()}
            <BillTotal label=say(words::bill_line_total) value=summary.total unit=Unit::Money(currency) />
        </BillLines>
        <p class="card__caption bill-rounding">{rounding}</p>
    }
}

fn part_lines(
    part: BillPart,
    calculated: Option<Calculated>,
    currency: Currency,
    several: bool,
) -> impl IntoView {
    let lines = part.bill.lines.clone();
    let part = StoredValue::new((part, calculated));
    lines.into_iter().map(|line| line_view(line, part, currency, several)).collect_view()
}

type Part = StoredValue<(BillPart, Option<Calculated>)>;

fn line_view(line: LineAnswer, part: Part, currency: Currency, several: bool) -> impl IntoView {
    let commodity = part.with_value(|(part, _)| part.commodity);
    let code = line.code.clone();
    let label = move || {
        let reader = Reader::here();
        let name = line_name(reader.language, &code);
        match several {
            true => words::bill_line_of(reader.language, &name, reader.commodity(commodity)),
            false => name,
        }
    };
    let charge = line.clone();
    let detail = move || detail(Reader::here(), &charge, currency);
    let amount = line.amount.clone();
    let differs =
        part.with_value(|(_, calculated)| calculated.as_ref().is_some_and(|bill| !agrees(bill, &line)));
    let working = move || {
        part.with_value(|(part, calculated)| line_working(part, calculated.as_ref(), &line, currency))
    };
    view! {
        <BillLine
            label=label
            detail=TextProp::from(detail)
            value=amount
            unit=Unit::Money(currency)
            differs=differs
            working=working
        />
    }
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

fn line_working(
    part: &BillPart,
    calculated: Option<&Calculated>,
    line: &LineAnswer,
    currency: Currency,
) -> AnyView {
    let found = calculated.and_then(|bill| {
        let ours = bill.lines.iter().find(|ours| ours.code == line.code)?;
        Some((bill, ours))
    });
    let Some((bill, ours)) = found else {
        return view! { <p class="card__text">{say(words::bill_line_unknown)}</p> }.into_any();
    };
    let mut steps: Vec<_> = ours.charge.iter().map(|_| steps::from_readings(part)).collect();
    steps.extend(bill.steps_of(ours).filter_map(steps::of));
    let judged = Judged {
        billed: line.amount.clone(),
        recomputed: ours.amount.to_string(),
        agrees: agrees(bill, line),
        currency,
    };
    let sources = steps::sources(bill.steps_of(ours).map(|step| step.basis), &part.facts);
    steps::working(steps, judged, sources)
}

fn tax_line(tax: TaxAnswer, ours: Option<Tax>, currency: Currency) -> impl IntoView {
    let rate = tax.rate.clone();
    let label = move || words::bill_line_vat(Reader::here().language, &Reader::here().percent_text(&rate));
    let value = tax.amount.clone();
    let differs = ours.is_none_or(|ours| ours.answer() != tax);
    let working = move || match ours {
        Some(ours) => steps::tax(&tax, ours, currency),
        None => view! { <p class="card__text">{say(words::bill_line_unknown)}</p> }.into_any(),
    };
    view! { <BillLine label=label value=value unit=Unit::Money(currency) differs=differs working=working /> }
}
