use crate::error::GreenButtonError;
use crate::number::LAST_INSTANT;

/// Seconds of a week.
const WEEK_S: i64 = 7 * 24 * 3600;

/// What a meter file says, with its readings in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterFile {
    /// The usage point's title, else the feed's.
    pub title: Option<String>,
    /// Seconds that the meter's standard time is ahead of UTC (`tzOffset`), if given. All instants here are UTC.
    pub utc_offset_s: Option<i32>,
    /// Delivered energy by interval, ascending by start, none overlapping another. Never empty.
    pub readings: Vec<Interval>,
    /// Sum of the readings, in millionths of a kWh.
    pub total_micro: i64,
    /// Start of the first reading, in seconds since 1970 UTC.
    pub start: i64,
    /// End of the last reading, in seconds since 1970 UTC.
    pub end: i64,
    /// Times between readings that no reading covers, ascending.
    pub gaps: Vec<Gap>,
    /// Readings left out because they repeat a kept one exactly.
    pub duplicates: u64,
    /// Readings left out because a kept one has their start, but another value or length; in the file's order.
    pub conflicts: Vec<Conflict>,
    /// Readings left out because they overlap a kept one with another start; in the file's order.
    pub overlaps: Vec<Conflict>,
    /// Readings that have no value.
    pub valueless: u64,
    /// What else the file holds, reported and not summed.
    pub other_types: Vec<OtherType>,
}

/// Energy delivered in one interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// First second, since 1970 UTC.
    pub start: i64,
    /// Length, never 0.
    pub seconds: u32,
    /// Millionths of a kWh, never negative.
    pub usage_micro: i64,
    /// How the value was come by.
    pub quality: Quality,
}

impl Interval {
    /// The first second after the interval, since 1970 UTC.
    pub fn end(&self) -> i64 {
        self.start.saturating_add(i64::from(self.seconds))
    }
}

/// How a reading's value was come by, by its `ReadingQuality`. Of several, the one listed last here counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    /// The file does not say.
    #[default]
    Unstated,
    /// Metered: valid (0), raw (14), validated (17), verified (18), revenue quality (19).
    Actual,
    /// Any other ESPI code, such as edited (7), questionable (10), derived (11) or mixed (13).
    Other(u16),
    /// Estimated by reference day (8) or interpolation (9), or projected (12).
    Estimated,
}

impl Quality {
    /// The quality of an ESPI code.
    pub fn from_code(code: u16) -> Self {
        match code {
            0 | 14 | 17 | 18 | 19 => Self::Actual,
            8 | 9 | 12 => Self::Estimated,
            other => Self::Other(other),
        }
    }
}

/// A time without readings between two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// First second without a reading, since 1970 UTC.
    pub start: i64,
    /// Length, never 0.
    pub seconds: i64,
}

/// Two readings that cannot both count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The first in the file, which is summed.
    pub kept: Interval,
    /// The later one, which is not.
    pub left_out: Interval,
}

/// A kind of reading that is not summed, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherType {
    /// Why it is not summed.
    pub reason: NotSummed,
    /// ESPI unit code, if known; 72 is Wh.
    pub uom: Option<u32>,
    /// Power of ten that values are multiplied by.
    pub multiplier: i8,
    /// ESPI direction code, if given; 19 is reverse.
    pub flow_direction: Option<u32>,
    /// ESPI accumulation code, if given; 4 is for the interval alone.
    pub accumulation: Option<u32>,
    /// How many readings; 0 for a type that is only declared.
    pub readings: u64,
}

/// Why readings are not summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotSummed {
    /// Not in watt-hours.
    Unit,
    /// Not delivered to the customer.
    Direction,
    /// A register's or another running value, not the usage of an interval.
    Accumulation,
    /// The reading type cannot be determined.
    Undetermined,
    /// Delivered energy below zero.
    Negative,
}

impl MeterFile {
    /// Moves all instants so that the file plays now: by the whole number of weeks that brings the first reading's
    /// start nearest to, but not after, `now` (so at most a week before it). If the file states its offset
    /// from UTC, the hour is kept too: what began at 20:00 there begins at 20:00 in a place that is
    /// `utc_offset_s` ahead of UTC; `utc_offset_s` is not used otherwise. Weekday, order and lengths stay; `utc_offset_s` becomes
    /// the file's offset. Gives the seconds moved by.
    ///
    /// # Errors
    /// [`GreenButtonError::OutOfRange`] if an instant would leave the years 1970 to 9999; nothing is moved then.
    pub fn shift_to(&mut self, now: i64, utc_offset_s: i32) -> Result<i64, GreenButtonError> {
        let zone_s = self.utc_offset_s.map_or(0, |offset_s| i64::from(offset_s) - i64::from(utc_offset_s));
        let does_not_fit = GreenButtonError::OutOfRange { element: "start", position: 0 };
        let there = self.start.checked_add(zone_s).ok_or(does_not_fit.clone())?;
        let weeks = now.checked_sub(there).ok_or(does_not_fit.clone())?.div_euclid(WEEK_S);
        let shift = weeks * WEEK_S + zone_s;
        // Left-out readings may lie before the first and after the last one kept.
        let (first, last) = self.bounds();
        let fits =
            |instant: i64| instant.checked_add(shift).is_some_and(|at| (0..=LAST_INSTANT).contains(&at));
        if !fits(first) || !fits(last) {
            return Err(does_not_fit);
        }
        self.move_by(shift);
        self.utc_offset_s = self.utc_offset_s.map(|_| utc_offset_s);
        Ok(shift)
    }

    fn bounds(&self) -> (i64, i64) {
        let left_out = self.conflicts.iter().chain(&self.overlaps).map(|pair| &pair.left_out);
        left_out
            .fold((self.start, self.end), |(first, last), out| (first.min(out.start), last.max(out.end())))
    }

    fn move_by(&mut self, shift: i64) {
        let pairs = self.conflicts.iter_mut().chain(&mut self.overlaps);
        let paired = pairs.flat_map(|pair| [&mut pair.kept, &mut pair.left_out]);
        for reading in self.readings.iter_mut().chain(paired) {
            reading.start += shift;
        }
        for gap in &mut self.gaps {
            gap.start += shift;
        }
        self.start += shift;
        self.end += shift;
    }
}
