//! Everything a file says, before it is decided what counts. Readings stay raw, since a block may stand before
//! the reading type that says what its values are.

use crate::meter_file::Quality;
use crate::number::Value;

/// The addresses of an entry.
#[derive(Default)]
pub(crate) struct Links {
    pub(crate) own: Option<String>,
    pub(crate) up: Option<String>,
    pub(crate) related: Vec<String>,
}

/// What the values of a reading mean.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ReadingType {
    pub(crate) uom: Option<u32>,
    pub(crate) multiplier: Option<i8>,
    pub(crate) flow_direction: Option<u32>,
    pub(crate) accumulation: Option<u32>,
    pub(crate) interval_seconds: Option<u32>,
}

/// Readings that stand together.
#[derive(Clone, Copy)]
pub(crate) struct Block {
    pub(crate) entry: usize,
    /// The length of the block's only reading, as far as the block's own interval tells it.
    pub(crate) seconds: Option<u32>,
}

/// A reading as the file has it.
pub(crate) struct RawReading {
    pub(crate) block: usize,
    pub(crate) start: i64,
    /// 0 if the reading does not say.
    pub(crate) seconds: u32,
    pub(crate) value: Value,
    pub(crate) quality: Quality,
    pub(crate) position: u64,
}

/// Everything a file says.
#[derive(Default)]
pub(crate) struct Collected {
    pub(crate) readings: Vec<RawReading>,
    pub(crate) blocks: Vec<Block>,
    /// Reading types with their entries.
    pub(crate) types: Vec<(usize, ReadingType)>,
    /// Entries of meter readings.
    pub(crate) meters: Vec<usize>,
    /// Of entries with any of the above.
    pub(crate) links: Vec<Links>,
    pub(crate) title: Option<String>,
    pub(crate) utc_offset_s: Option<i32>,
    pub(crate) valueless: u64,
}

impl Collected {
    pub(crate) fn links_of(&self, entry: usize) -> Option<&Links> {
        self.links.get(entry)
    }
}
