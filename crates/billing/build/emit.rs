//! Writes the rulebooks as Rust statics.

use std::fmt::Write;

use crate::shape::{Instrument, Rulebook, Schedule, Source, Sources, Version, date, millionths};

pub(crate) fn instruments(code: &mut String, sources: &Sources) {
    named_instruments(code, "INSTRUMENTS", &sources.instrument);
    named_instruments(code, "DEBT_INSTRUMENTS", &sources.debt_instrument);
}

fn named_instruments(code: &mut String, name: &str, instruments: &[Instrument]) {
    let _ = writeln!(code, "static {name}: &[Instrument] = &[");
    for source in instruments {
        let _ = writeln!(
            code,
            "Instrument {{ id: {:?}, title_ar: {:?}, title_en: {:?}, address: {:?} }},",
            source.id, source.title_ar, source.title_en, source.address
        );
    }
    code.push_str("];\n");
}

pub(crate) fn schedules(code: &mut String, books: &[(&str, &Rulebook)]) -> Result<(), String> {
    let mut all: Vec<&Schedule> = books.iter().flat_map(|(_, book)| &book.schedule).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    if let Some(twice) = all.windows(2).find(|pair| pair[0].id == pair[1].id) {
        return Err(format!("{} stands twice", twice[0].id));
    }
    code.push_str("static SCHEDULES: &[Schedule] = &[\n");
    for schedule in all {
        let _ = writeln!(
            code,
            "Schedule {{ id: {:?}, unit: {:?}, currency: Currency::{}, versions: &[",
            schedule.id, schedule.unit, schedule.currency
        );
        for one in &schedule.version {
            version(code, one)?;
        }
        code.push_str("] },\n");
    }
    code.push_str("];\n");
    Ok(())
}

fn version(code: &mut String, version: &Version) -> Result<(), String> {
    let _ = write!(
        code,
        "Version {{ effective_from: {}, source: {}, proration_source: {}, published: {}, assumed: &[",
        day(&version.effective_from)?,
        source(&version.source),
        source(version.proration.as_ref().unwrap_or(&version.source)),
        !version.not_published
    );
    for assumed in &version.assumed {
        let _ = write!(code, "Assumed {{ name: {:?}, value: {:?} }},", assumed.name, assumed.value);
    }
    let rounding = if version.whole_unit_limits { "WholeUnit" } else { "Exact" };
    let _ = write!(
        code,
        "], prices: Prices {{ base_days: {}, prorate_tiers: {}, tier_rounding: TierRounding::{rounding}, \
         bands: Cow::Borrowed(&[Band {{ usage_up_to: None, method: Method::Graduated, fees: Cow::Borrowed(&[]), \
         tiers: Cow::Borrowed(&[",
        version.base_days,
        version.proration.is_some()
    );
    for tier in &version.tiers {
        let (up_to, price) = (optional(tier.up_to.as_deref())?, optional(tier.price.as_deref())?);
        let _ = write!(code, "Tier {{ up_to: {up_to}, price: {price} }},");
    }
    code.push_str("]) }]), fees: Cow::Borrowed(&[");
    for fee in &version.fees {
        let _ = write!(
            code,
            "Fee {{ line_code: Cow::Borrowed({:?}), source: {}, prorated: false, amount: FeeAmount::ByBreaker(&[",
            format!("fee.{}", fee.code),
            source(&fee.source)
        );
        for row in &fee.by_breaker {
            let amount = number(&row.amount)?;
            let _ = write!(code, "BreakerFee {{ up_to: {:?}, amount: {amount} }},", row.up_to);
        }
        code.push_str("]) },");
    }
    code.push_str("]) } },\n");
    Ok(())
}

pub(crate) fn taxes(code: &mut String, books: &[(&str, &Rulebook)]) -> Result<(), String> {
    code.push_str("static TAXES: &[(&str, &[TaxRate])] = &[\n");
    for (country, book) in books.iter().filter(|(_, book)| !book.tax.is_empty()) {
        let _ = write!(code, "({country:?}, &[");
        for tax in &book.tax {
            let _ = write!(
                code,
                "TaxRate {{ effective_from: {}, rate: {}, source: {} }},",
                day(&tax.effective_from)?,
                number(&tax.rate)?,
                source(&tax.source)
            );
        }
        code.push_str("]),\n");
    }
    code.push_str("];\n");
    Ok(())
}

pub(crate) fn terms(code: &mut String, books: &[(&str, &Rulebook)]) -> Result<(), String> {
    named_terms(code, "TERMS", books.iter().filter(|(_, book)| book.debt.is_none()))?;
    named_terms(code, "DEBT_TERMS", books.iter().filter(|(_, book)| book.debt.is_some()))
}

fn named_terms<'a>(
    code: &mut String,
    name: &str,
    books: impl Iterator<Item = &'a (&'a str, &'a Rulebook)>,
) -> Result<(), String> {
    let mut all: Vec<_> = books.flat_map(|(_, book)| &book.term).collect();
    all.sort_by(|a, b| (&a.id, &a.effective_from).cmp(&(&b.id, &b.effective_from)));
    let _ = writeln!(code, "static {name}: &[Term] = &[");
    for term in all {
        let _ = writeln!(
            code,
            "Term {{ id: {:?}, effective_from: {}, value: {}, text: {:?}, source: {} }},",
            term.id,
            day(&term.effective_from)?,
            number(&term.value)?,
            term.value,
            source(&term.source)
        );
    }
    code.push_str("];\n");
    Ok(())
}

pub(crate) fn source(source: &Source) -> String {
    let confidence = match source.confidence.as_str() {
        "seed" => "Seed",
        "public" => "Public",
        _ => "Assumed",
    };
    format!("Source {{ instrument: {:?}, confidence: Confidence::{confidence} }}", source.instrument)
}

pub(crate) fn day(text: &str) -> Result<String, String> {
    let date = date(text)?;
    Ok(format!("checked_date({}, {})", date.year(), date.ordinal()))
}

pub(crate) fn number(text: &str) -> Result<String, String> {
    Ok(format!("Number::from_millionths({})", millionths(text)?))
}

pub(crate) fn optional(text: Option<&str>) -> Result<String, String> {
    text.map_or(Ok("None".to_owned()), |text| Ok(format!("Some({})", number(text)?)))
}
