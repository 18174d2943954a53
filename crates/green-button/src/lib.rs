//! Reads Green Button meter files (NAESB ESPI in Atom XML) into interval readings: bytes in, readings out.
//!
//! The crate knows no file, network, clock or float. It reads the XML as a stream: what it holds grows with
//! the readings, not with the text around them. Elements are matched by their local name, so any style of
//! namespaces is understood. Either the whole file is read, or there is one [`GreenButtonError`] that names
//! the byte or the element, and nothing else.
//!
//! # What counts as usage
//! A reading is summed when its reading type says energy in watt-hours (`uom` 72), delivered (`flowDirection`
//! 1, 0 or absent), for the interval alone (`accumulationBehaviour` 4, 0 or absent: a register reading is no
//! usage), and when its value is not negative. All else is counted in [`MeterFile::other_types`]. Values of
//! summaries and the `interval` of a block are no readings.
//!
//! # Which reading type a block has
//! 1. The one in the block's own entry, or one that the entry links to.
//! 2. The one that the entry of its meter reading holds or links to. A block belongs to a meter reading that
//!    shares its entry or links to it (`related`) or to its collection, or whose address its own begins with.
//! 3. Without such links: the file's reading type, if all the file's reading types are the same.
//! 4. Otherwise it cannot be determined, and its readings are not summed ([`NotSummed::Undetermined`]).
//!
//! # How long a reading lasts
//! Its own `duration`; if that is missing or zero, its reading type's `intervalLength`; else, for the only
//! reading of a block, the block's `interval`; else it is an error. A reading without a value is counted in
//! [`MeterFile::valueless`] and leaves a gap.
//!
//! # Readings that meet
//! The same interval with the same value twice is one reading. Of readings with the same start, and of readings that
//! overlap, the first in the file is kept and the other reported: no moment is summed twice.
//!
//! ```
//! let xml = br#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>
//!   <ReadingType xmlns="http://naesb.org/espi"><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType>
//! </content></entry><entry><content>
//!   <IntervalBlock xmlns="http://naesb.org/espi"><IntervalReading>
//!     <timePeriod><duration>3600</duration><start>1700000000</start></timePeriod><value>1250</value>
//!   </IntervalReading></IntervalBlock>
//! </content></entry></feed>"#;
//! let file = green_button::read(&xml[..], green_button::Limits::default())?;
//! assert_eq!(file.total_micro, 1_250_000); // 1.25 kWh
//! # Ok::<(), green_button::GreenButtonError>(())
//! ```

mod assemble;
mod collect;
mod collected;
mod error;
mod links;
mod meter_file;
mod number;
mod source;
mod walk;

use std::io::BufRead;

pub use error::GreenButtonError;
pub use meter_file::{Conflict, Gap, Interval, MeterFile, NotSummed, OtherType, Quality};

/// How much of a file is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole file. A file of exactly this size is read.
    pub max_bytes: u64,
    /// Bytes of one piece: a tag, a text, a comment.
    pub max_piece_bytes: u64,
    /// Elements inside each other.
    pub max_depth: usize,
}

impl Default for Limits {
    /// 64 MiB, 1 MiB a piece, 64 deep: a year of quarter hours is about 10 MB and 8 deep.
    fn default() -> Self {
        Self { max_bytes: 64 << 20, max_piece_bytes: 1 << 20, max_depth: 64 }
    }
}

/// Reads a whole meter file.
///
/// # Errors
/// See [`GreenButtonError`]; on any of them nothing is returned.
pub fn read(input: impl BufRead, limits: Limits) -> Result<MeterFile, GreenButtonError> {
    read_with_progress(input, limits, &mut |_, _| {})
}

/// Reads a whole meter file and tells `progress` the bytes and readings read so far, about every 64 KiB and at
/// the end.
///
/// # Errors
/// See [`GreenButtonError`]; on any of them nothing is returned.
pub fn read_with_progress(
    mut input: impl BufRead,
    limits: Limits,
    progress: &mut dyn FnMut(u64, usize),
) -> Result<MeterFile, GreenButtonError> {
    // Behind `dyn` the reader is compiled once, however many kinds of input there are.
    let collected = walk::walk(&mut input, limits, progress)?;
    assemble::assemble(collected)
}
