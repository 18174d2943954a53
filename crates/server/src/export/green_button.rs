//! Intervals of a digital meter as Green Button: ESPI resources in an Atom feed, one interval block a civil day.
//!
//! Values are thousandths of a watt-hour (`powerOfTenMultiplier` -3), the record's own smallest unit, so that
//! nothing is rounded. The feed is written in pieces, in the order of time.

use std::fmt::Write;

use api::accounts::Quality;
use sha2::{Digest, Sha256};

use super::csv::instant;
use crate::calendar::{DAY_S, date_of, day_number};
use crate::secrets::hex;
use crate::store::accounts::PointRecord;
use crate::store::intervals::Interval;

/// Writes the feed of one service point.
#[derive(Debug)]
pub struct Feed {
    usage_point: String,
    updated: String,
    utc_offset_s: i64,
    open_day: Option<i64>,
}

impl Feed {
    /// A feed as of `now`.
    #[must_use]
    pub fn new(point: &PointRecord, now: i64) -> Self {
        Self {
            usage_point: format!("UsagePoint/{}", escaped(&point.id.0)),
            updated: instant(now, point.utc_offset_s),
            utc_offset_s: point.utc_offset_s,
            open_day: None,
        }
    }

    /// What stands before the readings.
    #[must_use]
    pub fn head(&self, point: &PointRecord) -> String {
        let (usage_point, updated, title) = (&self.usage_point, &self.updated, escaped(&point.id.0));
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
             <id>{}</id>\n<title>{title}</title>\n<author><name>Adad</name></author>\n<updated>{updated}</updated>\n<link rel=\"self\" href=\"{usage_point}\"/>\n",
            urn(&format!("feed {usage_point}"))
        );
        let meter_reading = format!("{usage_point}/MeterReading");
        let usage = "<UsagePoint xmlns=\"http://naesb.org/espi\"><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>";
        let related = [meter_reading.as_str(), "LocalTimeParameters/1"];
        text += &self.entry(usage_point, "UsagePoint", &related, &title, usage);
        text += &self.entry(
            "LocalTimeParameters/1",
            "LocalTimeParameters",
            &[],
            "local time",
            &format!(
                "<LocalTimeParameters xmlns=\"http://naesb.org/espi\"><dstEndRule>FFFFFFFF</dstEndRule><dstOffset>0</dstOffset>\
                 <dstStartRule>FFFFFFFF</dstStartRule><tzOffset>{}</tzOffset></LocalTimeParameters>",
                self.utc_offset_s
            ),
        );
        let related = [format!("{meter_reading}/1/IntervalBlock"), "ReadingType/1".to_owned()];
        let related: Vec<&str> = related.iter().map(String::as_str).collect();
        let meter = "<MeterReading xmlns=\"http://naesb.org/espi\"/>";
        text += &self.entry(&format!("{meter_reading}/1"), &meter_reading, &related, "meter reading", meter);
        let kind = "<ReadingType xmlns=\"http://naesb.org/espi\"><accumulationBehaviour>4</accumulationBehaviour>\
                    <commodity>1</commodity><dataQualifier>12</dataQualifier><flowDirection>1</flowDirection><kind>12</kind>\
                    <powerOfTenMultiplier>-3</powerOfTenMultiplier><uom>72</uom></ReadingType>";
        text + &self.entry("ReadingType/1", "ReadingType", &[], "delivered energy", kind)
    }

    /// Readings that follow those written before.
    #[must_use]
    pub fn readings(&mut self, intervals: &[Interval]) -> String {
        let mut text = String::with_capacity(intervals.len() * 160);
        for interval in intervals {
            let day = day_number(interval.start, self.utc_offset_s);
            if self.open_day != Some(day) {
                text += &self.close_day();
                text += &self.begin_day(day);
            }
            let quality = match interval.quality {
                Quality::Estimated => "<ReadingQuality><quality>8</quality></ReadingQuality>",
                Quality::Actual | Quality::Customer => "",
            };
            // Writing to a text cannot fail.
            let _ = writeln!(
                text,
                "<IntervalReading>{quality}<timePeriod><duration>{}</duration><start>{}</start></timePeriod>\
                 <value>{}</value></IntervalReading>",
                interval.seconds, interval.start, interval.usage
            );
        }
        text
    }

    /// What stands after the last reading.
    #[must_use]
    pub fn tail(&mut self) -> String {
        self.close_day() + "</feed>\n"
    }

    fn begin_day(&mut self, day: i64) -> String {
        self.open_day = Some(day);
        let name = date_of(day).map(billing::period::date_text).unwrap_or_default();
        let up = format!("{}/MeterReading/1/IntervalBlock", self.usage_point);
        let begins = day * DAY_S - self.utc_offset_s;
        self.begin_entry(&format!("{up}/{name}"), &up, &[], &name)
            + &format!(
                "<IntervalBlock xmlns=\"http://naesb.org/espi\"><interval><duration>{DAY_S}</duration>\
                 <start>{begins}</start></interval>\n"
            )
    }

    fn close_day(&mut self) -> String {
        match self.open_day.take() {
            Some(_) => format!("</IntervalBlock>{}", self.end_entry()),
            None => String::new(),
        }
    }

    fn entry(&self, path: &str, up: &str, related: &[&str], title: &str, content: &str) -> String {
        format!("{}{content}{}", self.begin_entry(path, up, related, title), self.end_entry())
    }

    fn begin_entry(&self, path: &str, up: &str, related: &[&str], title: &str) -> String {
        let related: String =
            related.iter().map(|path| format!("<link rel=\"related\" href=\"{path}\"/>")).collect();
        format!(
            "<entry><id>{}</id><link rel=\"self\" href=\"{path}\"/><link rel=\"up\" href=\"{up}\"/>{related}\
             <title>{title}</title><content>",
            urn(path)
        )
    }

    fn end_entry(&self) -> String {
        format!("</content><published>{0}</published><updated>{0}</updated></entry>\n", self.updated)
    }
}

/// The same name for the same resource, whenever it is exported.
fn urn(path: &str) -> String {
    let hash = hex(&Sha256::digest(path.as_bytes()));
    format!(
        "urn:uuid:{}-{}-5{}-a{}-{}",
        &hash[..8],
        &hash[8..12],
        &hash[13..16],
        &hash[17..20],
        &hash[20..32]
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
