//! The tables beside prices, taxes and terms: links with other bodies, guaranteed standards, days on which something
//! holds, and the months of the Umm al-Qura calendar.

use std::fmt::Write;

use serde::Deserialize;

use crate::emit::{day, number, optional, source};
use crate::shape::{Source, Sources, date, rising};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tables {
    #[serde(default)]
    link: Vec<Link>,
    #[serde(default)]
    standard: Vec<Standard>,
    #[serde(default)]
    span: Vec<Span>,
    #[serde(default)]
    hijri_year: Vec<HijriYear>,
}

/// How a body's link stands for some groups, from a day on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    body: String,
    groups: Vec<String>,
    state: String,
    effective_from: String,
    /// True where the state is attested from that day, but began on an unknown one before it.
    #[serde(default)]
    first_day_unknown: bool,
    source: Source,
}

/// What is promised within a time, and what a breach is worth.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Standard {
    id: String,
    effective_from: String,
    /// `residential`, `other`, `urban` or `rural`; all where absent.
    variant: Option<String>,
    unit: String,
    /// In that unit; where the provider sets the time within bounds, the least and the most.
    within: String,
    within_at_most: Option<String>,
    /// Absent where it was not published.
    amount: Option<String>,
    further: Option<Further>,
    source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Further {
    amount: String,
    per: String,
    #[serde(default)]
    parts_count: bool,
}

/// Days from the first to the last, once or in every year from then on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    id: String,
    from: String,
    to: String,
    #[serde(default)]
    yearly: bool,
    source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HijriYear {
    year: u16,
    ramadan: String,
    shawwal: String,
    dhu_al_hijja: String,
}

const GROUPS: [&str; 3] = ["citizen", "non-citizen", "company"];

impl Tables {
    pub(crate) fn check(&self, country: &str, sources: &Sources) -> Result<(), String> {
        let prefix = format!("{country}.");
        let ids = self.standard.iter().map(|entry| &entry.id).chain(self.span.iter().map(|entry| &entry.id));
        if let Some(id) = ids.into_iter().find(|id| !id.starts_with(&prefix)) {
            return Err(format!("{id} should begin with {prefix}"));
        }
        for link in &self.link {
            link.source.check(sources)?;
            if let Some(group) = link.groups.iter().find(|group| !GROUPS.contains(&group.as_str())) {
                return Err(format!("{}: {group} is no group", link.body));
            }
        }
        for standard in &self.standard {
            standard.source.check(sources)?;
            if standard.amount.is_none() && standard.further.is_some() {
                return Err(format!("{}: a further sum without a first", standard.id));
            }
        }
        for span in &self.span {
            span.source.check(sources)?;
            if date(&span.from)? > date(&span.to)? {
                return Err(format!("{} ends before it begins", span.id));
            }
        }
        let months =
            self.hijri_year.iter().flat_map(|year| [&year.ramadan, &year.shawwal, &year.dhu_al_hijja]);
        rising(months.map(String::as_str))
    }
}

pub(crate) fn emit(code: &mut String, tables: &[&Tables]) -> Result<(), String> {
    code.push_str("static LINKS: &[Link] = &[\n");
    for link in tables.iter().flat_map(|table| &table.link) {
        let group = |name: &str| link.groups.iter().any(|group| group == name);
        let _ = writeln!(
            code,
            "Link {{ body: Body::{}, groups: [{}, {}, {}], state: LinkState::{}, effective_from: {}, first_day_known: {}, source: {} }},",
            camel(&link.body),
            group(GROUPS[0]),
            group(GROUPS[1]),
            group(GROUPS[2]),
            camel(&link.state),
            day(&link.effective_from)?,
            !link.first_day_unknown,
            source(&link.source)
        );
    }
    code.push_str("];\nstatic STANDARDS: &[Promise] = &[\n");
    for standard in tables.iter().flat_map(|table| &table.standard) {
        standard.emit(code)?;
    }
    code.push_str("];\nstatic SPANS: &[Span] = &[\n");
    for span in tables.iter().flat_map(|table| &table.span) {
        let _ = writeln!(
            code,
            "Span {{ id: {:?}, from: {}, to: {}, yearly: {}, source: {} }},",
            span.id,
            day(&span.from)?,
            day(&span.to)?,
            span.yearly,
            source(&span.source)
        );
    }
    code.push_str("];\nstatic HIJRI_YEARS: &[HijriYear] = &[\n");
    for year in tables.iter().flat_map(|table| &table.hijri_year) {
        let _ = writeln!(
            code,
            "HijriYear {{ year: {}, ramadan: {}, shawwal: {}, dhu_al_hijja: {} }},",
            year.year,
            day(&year.ramadan)?,
            day(&year.shawwal)?,
            day(&year.dhu_al_hijja)?
        );
    }
    code.push_str("];\n");
    Ok(())
}

impl Standard {
    fn emit(&self, code: &mut String) -> Result<(), String> {
        let variant = self
            .variant
            .as_deref()
            .map_or("None".to_owned(), |name| format!("Some(Variant::{})", camel(name)));
        let further = match &self.further {
            None => "None".to_owned(),
            Some(further) => format!(
                "Some(Further {{ amount: {}, per: {}, parts_count: {} }})",
                number(&further.amount)?,
                number(&further.per)?,
                further.parts_count
            ),
        };
        let _ = writeln!(
            code,
            "Promise {{ id: {:?}, effective_from: {}, variant: {variant}, unit: Unit::{}, within: {}, within_at_most: {}, amount: {}, further: {further}, source: {} }},",
            self.id,
            day(&self.effective_from)?,
            camel(&self.unit),
            number(&self.within)?,
            optional(self.within_at_most.as_deref())?,
            optional(self.amount.as_deref())?,
            source(&self.source)
        );
        Ok(())
    }
}

/// `in-force` as a variant's name. What is no variant does not compile, and the compiler names it.
fn camel(word: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    word.split('-').map(part).collect()
}
