//! CSV as RFC 4180 has it: a line of names first, lines that end with CR LF. All is ASCII, so no program needs a mark
//! to tell the encoding. A text that a spreadsheet would take for a formula begins with an apostrophe.

use api::accounts::Commodity;
use api::bills::BillSummary;
use billing::number::Number;
use billing::period::date_text;
use serde::Serialize;
use serde_json::Value;

use crate::calendar::{DAY_S, date_of, day_number};
use crate::store::accounts::PointRecord;

/// The names of [`bill_line`].
pub const BILL_NAMES: &str = "bill,kind,corrects,corrected_by,period_from,period_to,issued_on,due_on,currency,total,state,\
                              electricity_kwh,water_imp_gal\r\n";
/// The names of [`reading_line`].
pub const READING_NAMES: &str =
    "service_point,commodity,meter,start,end,register_start,register_end,usage,unit,quality\r\n";

/// One bill.
#[must_use]
pub fn bill_line(bill: &BillSummary) -> String {
    let id = |id: &Option<api::accounts::BillId>| id.as_ref().map(|id| text(&id.0)).unwrap_or_default();
    let used = |commodity: Commodity| -> String {
        let ours = bill.usages.iter().filter(|used| used.commodity == commodity);
        let usages: Vec<i64> = ours.map(|used| used.usage.millionths()).collect();
        // What is not supplied is no zero.
        if usages.is_empty() {
            String::new()
        } else {
            Number::from_millionths(usages.iter().sum()).to_string()
        }
    };
    line(&[
        text(&bill.id.0),
        word(&bill.kind),
        id(&bill.corrects),
        id(&bill.corrected_by),
        date_text(bill.period.first()),
        date_text(bill.period.last()),
        date_text(bill.issued_on.0),
        date_text(bill.due_on.0),
        word(&bill.currency),
        bill.total.clone(),
        word(&bill.state),
        used(Commodity::Electricity),
        used(Commodity::Water),
    ])
}

/// Use from one instant to another, with the registers at both where it was read there.
#[derive(Clone, Debug)]
pub struct ReadingLine {
    /// First second.
    pub start: i64,
    /// The first second after it.
    pub end: i64,
    /// At both ends.
    pub registers: Option<(Number, Number)>,
    /// Units.
    pub usage: Number,
    /// How it came about.
    pub quality: api::accounts::Quality,
}

/// One line of use.
#[must_use]
pub fn reading_line(point: &PointRecord, used: &ReadingLine) -> String {
    let register = |pick: fn(&(Number, Number)) -> Number| {
        used.registers.as_ref().map(|both| pick(both).to_string()).unwrap_or_default()
    };
    line(&[
        text(&point.id.0),
        word(&point.commodity),
        text(&point.meter.number),
        instant(used.start, point.utc_offset_s),
        instant(used.end, point.utc_offset_s),
        register(|both| both.0),
        register(|both| both.1),
        used.usage.to_string(),
        text(&point.unit),
        word(&used.quality),
    ])
}

/// `2026-09-18T20:14:00+03:00`
#[must_use]
pub fn instant(at: i64, utc_offset_s: i64) -> String {
    let day = date_of(day_number(at, utc_offset_s)).map(date_text).unwrap_or_default();
    let second = (at + utc_offset_s).rem_euclid(DAY_S);
    let sign = if utc_offset_s < 0 { '-' } else { '+' };
    let ahead = utc_offset_s.abs();
    let (hours, minutes) = (second / 3600, second / 60 % 60);
    format!(
        "{day}T{hours:02}:{minutes:02}:{:02}{sign}{:02}:{:02}",
        second % 60,
        ahead / 3600,
        ahead / 60 % 60
    )
}

/// A text of the record as a cell: quoted where it must be, and never a formula.
#[must_use]
pub fn text(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let safe = if formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains([',', '"', '\r', '\n']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn line(cells: &[String]) -> String {
    cells.join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        for (given, cell) in [
            ("plain", "plain"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
        ] {
            assert_eq!(text(given), cell);
        }
    }

    #[test]
    fn an_instant_is_local_with_its_offset() {
        assert_eq!(instant(crate::clock::DEMO_STARTS_AT, 10_800), "2026-09-18T20:14:00+03:00");
        assert_eq!(instant(0, -12_600), "1969-12-31T20:30:00-03:30");
    }
}
