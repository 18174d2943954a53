//! Gathers what the elements mean: readings, their blocks, reading types, and the links between entries.

use crate::collected::{Block, Collected, Links, RawReading, ReadingType};
use crate::error::GreenButtonError;
use crate::meter_file::Quality;
use crate::number::{LAST_INSTANT, Place, Value, parse_value, parse_whole};

/// Longest text that is kept of an element. Every number and title is shorter.
const MAX_TEXT: usize = 4096;

/// Longest title that is kept, in characters.
const MAX_TITLE: usize = 200;

/// ESPI's largest power of ten is 12; a little more does no harm.
const MULTIPLIERS: std::ops::RangeInclusive<i8> = -18..=18;

#[derive(Default)]
struct OpenBlock {
    /// By its own `interval`.
    seconds: Option<u32>,
    readings: usize,
}

#[derive(Default)]
struct OpenReading {
    position: u64,
    start: Option<i64>,
    seconds: Option<u32>,
    value: Option<Value>,
    quality: Quality,
}

/// Takes elements as they open and close.
#[derive(Default)]
pub(crate) struct Collector {
    collected: Collected,
    /// Text of the innermost element; none once it is too long or has elements inside.
    text: Option<String>,
    block: Option<OpenBlock>,
    reading: Option<OpenReading>,
    reading_type: Option<ReadingType>,
    links: Links,
    in_entry: bool,
    /// The entry has something that links lead to or from.
    entry_counts: bool,
    entry_is_usage_point: bool,
    entry_title: Option<String>,
    feed_title: Option<String>,
    is_espi: bool,
}

impl Collector {
    pub(crate) fn reading_count(&self) -> usize {
        self.collected.readings.len()
    }

    pub(crate) fn open(&mut self, parents: &[String], name: &str, at: u64) -> Result<(), GreenButtonError> {
        self.text = Some(String::new());
        let parent = parents.last().map_or("", String::as_str);
        let nested = match name {
            "entry" => std::mem::replace(&mut self.in_entry, true),
            "IntervalBlock" => self.block.replace(OpenBlock::default()).is_some(),
            "IntervalReading" if parent == "IntervalBlock" => {
                self.reading.replace(OpenReading { position: at, ..OpenReading::default() }).is_some()
            }
            "ReadingType" => self.reading_type.replace(ReadingType::default()).is_some(),
            _ => false,
        };
        if nested {
            return Err(GreenButtonError::Malformed {
                position: at,
                reason: "an element inside its own kind",
            });
        }
        self.is_espi |= is_espi(name);
        match name {
            "MeterReading" => {
                self.entry_counts = true;
                self.collected.meters.push(self.collected.links.len());
            }
            "UsagePoint" => self.entry_is_usage_point = true,
            _ => {}
        }
        Ok(())
    }

    pub(crate) fn text(&mut self, text: &str) {
        let Some(so_far) = &mut self.text else { return };
        if so_far.len() + text.len() > MAX_TEXT {
            self.text = None;
        } else {
            so_far.push_str(text);
        }
    }

    pub(crate) fn link(&mut self, rel: &str, href: &str) {
        let address = address(href);
        match rel {
            "self" => self.links.own = Some(address),
            "up" => self.links.up = Some(address),
            "related" => self.links.related.push(address),
            _ => {}
        }
    }

    /// Closes the last of `open`, whose end tag is at `at`.
    pub(crate) fn close(&mut self, open: &[String], at: u64) -> Result<(), GreenButtonError> {
        let text = self.text.take();
        let nth_last = |n: usize| open.len().checked_sub(n).map_or("", |index| open[index].as_str());
        let (name, parent, grandparent) = (nth_last(1), nth_last(2), nth_last(3));
        let leaf = Leaf { text: text.as_deref().unwrap_or_default(), at };
        match (grandparent, parent, name) {
            (_, "IntervalReading", _) | ("IntervalReading", "timePeriod" | "ReadingQuality", _) => {
                return self.close_in_reading(parent, name, leaf);
            }
            ("IntervalBlock", "interval", "duration") => {
                if let Some(block) = &mut self.block {
                    leaf.set("duration", &mut block.seconds)?;
                }
            }
            (_, "ReadingType", _) => return self.close_in_type(name, leaf),
            (_, "LocalTimeParameters", "tzOffset") => {
                leaf.set("tzOffset", &mut self.collected.utc_offset_s)?;
            }
            (_, "IntervalBlock", "IntervalReading") => return self.close_reading(),
            (_, _, "IntervalBlock") => self.close_block(),
            (_, _, "ReadingType") => self.close_type(),
            (_, "entry", "title") => self.entry_title = leaf.title(),
            (_, "feed", "title") => self.feed_title = leaf.title(),
            (_, _, "entry") => self.close_entry(),
            _ => {}
        }
        Ok(())
    }

    fn close_in_reading(&mut self, parent: &str, name: &str, leaf: Leaf<'_>) -> Result<(), GreenButtonError> {
        let Some(reading) = &mut self.reading else { return Ok(()) };
        match (parent, name) {
            ("timePeriod", "start") => leaf.set("start", &mut reading.start)?,
            ("timePeriod", "duration") => leaf.set("duration", &mut reading.seconds)?,
            ("IntervalReading", "value") => {
                let place = leaf.place("value");
                set(&mut reading.value, parse_value(leaf.text, place)?, place)?;
            }
            ("ReadingQuality", "quality") => {
                let quality = Quality::from_code(parse_whole(leaf.text, leaf.place("quality"))?);
                reading.quality = reading.quality.max(quality);
            }
            _ => {}
        }
        Ok(())
    }

    fn close_reading(&mut self) -> Result<(), GreenButtonError> {
        let (Some(reading), Some(block)) = (self.reading.take(), &mut self.block) else { return Ok(()) };
        block.readings += 1;
        let place = Place { element: "start", position: reading.position };
        let start =
            reading.start.ok_or(GreenButtonError::Missing { element: "start", position: place.position })?;
        if !(0..=LAST_INSTANT).contains(&start) {
            return Err(place.out_of_range());
        }
        let Some(value) = reading.value else {
            self.collected.valueless += 1;
            return Ok(());
        };
        self.collected.readings.push(RawReading {
            block: self.collected.blocks.len(),
            start,
            seconds: reading.seconds.unwrap_or(0),
            value,
            quality: reading.quality,
            position: reading.position,
        });
        Ok(())
    }

    fn close_block(&mut self) {
        let Some(block) = self.block.take() else { return };
        let has_readings =
            self.collected.readings.last().is_some_and(|last| last.block == self.collected.blocks.len());
        if !has_readings {
            return;
        }
        self.entry_counts = true;
        let seconds = block.seconds.filter(|_| block.readings == 1);
        self.collected.blocks.push(Block { entry: self.collected.links.len(), seconds });
    }

    fn close_in_type(&mut self, name: &str, leaf: Leaf<'_>) -> Result<(), GreenButtonError> {
        let Some(reading_type) = &mut self.reading_type else { return Ok(()) };
        match name {
            "uom" => leaf.set("uom", &mut reading_type.uom),
            "flowDirection" => leaf.set("flowDirection", &mut reading_type.flow_direction),
            "accumulationBehaviour" => leaf.set("accumulationBehaviour", &mut reading_type.accumulation),
            "intervalLength" => leaf.set("intervalLength", &mut reading_type.interval_seconds),
            "powerOfTenMultiplier" => {
                leaf.set("powerOfTenMultiplier", &mut reading_type.multiplier)?;
                match reading_type.multiplier {
                    Some(multiplier) if !MULTIPLIERS.contains(&multiplier) => {
                        Err(leaf.place("powerOfTenMultiplier").out_of_range())
                    }
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn close_type(&mut self) {
        let Some(reading_type) = self.reading_type.take() else { return };
        self.entry_counts = true;
        self.collected.types.push((self.collected.links.len(), reading_type));
    }

    fn close_entry(&mut self) {
        let title = self.entry_title.take();
        if std::mem::take(&mut self.entry_is_usage_point) && self.collected.title.is_none() {
            self.collected.title = title;
        }
        let links = std::mem::take(&mut self.links);
        if std::mem::take(&mut self.entry_counts) {
            self.collected.links.push(links);
        }
        self.in_entry = false;
    }

    /// Everything, or nothing if no element was ESPI's.
    pub(crate) fn finish(mut self) -> Option<Collected> {
        // A file may have no entries, only ESPI elements.
        self.close_entry();
        self.collected.title = self.collected.title.or(self.feed_title);
        self.is_espi.then_some(self.collected)
    }
}

/// The text of an element without elements inside, and where its end tag begins.
#[derive(Clone, Copy)]
struct Leaf<'a> {
    text: &'a str,
    at: u64,
}

impl Leaf<'_> {
    fn place(self, element: &'static str) -> Place {
        Place { element, position: self.at }
    }

    fn set<T: TryFrom<i64> + Copy + PartialEq>(
        self,
        element: &'static str,
        slot: &mut Option<T>,
    ) -> Result<(), GreenButtonError> {
        let place = self.place(element);
        set(slot, parse_whole(self.text, place)?, place)
    }

    fn title(self) -> Option<String> {
        let words = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let title: String =
            words.chars().filter(|character| !character.is_control()).take(MAX_TITLE).collect();
        (!title.is_empty()).then_some(title)
    }
}

/// An element may stand once, or say the same again.
fn set<T: Copy + PartialEq>(slot: &mut Option<T>, value: T, place: Place) -> Result<(), GreenButtonError> {
    match slot.replace(value) {
        Some(before) if before != value => {
            Err(GreenButtonError::Repeated { element: place.element, position: place.position })
        }
        _ => Ok(()),
    }
}

fn is_espi(name: &str) -> bool {
    matches!(
        name,
        "UsagePoint"
            | "MeterReading"
            | "ReadingType"
            | "IntervalBlock"
            | "LocalTimeParameters"
            | "UsageSummary"
            | "ElectricPowerUsageSummary"
    )
}

/// An address without scheme, host and outer slashes, so that whole and relative ones can meet.
fn address(href: &str) -> String {
    let href = href.trim();
    let after_scheme = href.split_once(':').and_then(|(_, rest)| rest.strip_prefix("//"));
    let path = after_scheme.map_or(href, |rest| rest.split_once('/').map_or("", |(_, path)| path));
    path.trim_matches('/').to_owned()
}
