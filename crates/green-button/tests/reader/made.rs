//! Small made-up meter files.

use green_button::{GreenButtonError, Limits, MeterFile};

/// The start of 2026 in Kuwait.
pub(crate) const NEW_YEAR: i64 = 1_767_214_800;

/// Energy in Wh, delivered, by the hour.
pub(crate) const WATT_HOURS: &str = "<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom>";

pub(crate) fn read(xml: &str) -> Result<MeterFile, GreenButtonError> {
    green_button::read(xml.as_bytes(), Limits::default())
}

pub(crate) fn feed(entries: &[String]) -> String {
    format!(r#"<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>"#, entries.concat())
}

/// An entry with `rel href` links and content.
pub(crate) fn entry(links: &[(&str, &str)], content: &str) -> String {
    let links: String =
        links.iter().map(|(rel, href)| format!(r#"<link rel="{rel}" href="{href}"/>"#)).collect();
    format!("<entry>{links}<content>{content}</content></entry>")
}

pub(crate) fn reading_type(inside: &str) -> String {
    format!("<ReadingType>{inside}</ReadingType>")
}

pub(crate) fn block(inside: &str) -> String {
    format!("<IntervalBlock>{inside}</IntervalBlock>")
}

/// A reading `hour` hours into the year.
pub(crate) fn hour(hour: i64, value: &str) -> String {
    timed(NEW_YEAR + hour * 3600, 3600, value)
}

pub(crate) fn timed(start: i64, seconds: u32, value: &str) -> String {
    reading(&format!(
        "<timePeriod><duration>{seconds}</duration><start>{start}</start></timePeriod><value>{value}</value>"
    ))
}

pub(crate) fn reading(inside: &str) -> String {
    format!("<IntervalReading>{inside}</IntervalReading>")
}

/// A file of one reading type and one block, without links.
pub(crate) fn file(type_inside: &str, block_inside: &str) -> String {
    feed(&[entry(&[], &reading_type(type_inside)), entry(&[], &block(block_inside))])
}

/// Start in hours into the year, and usage.
pub(crate) fn hours(file: &MeterFile) -> Vec<(i64, i64)> {
    file.readings.iter().map(|reading| ((reading.start - NEW_YEAR) / 3600, reading.usage_micro)).collect()
}
