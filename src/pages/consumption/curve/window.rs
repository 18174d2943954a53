//! The part of a year that the curve shows, and the moments that are named below it.

use crate::components::zoom_bar::Move;

const DAY_S: i64 = 86_400;

/// Spans from `from` to before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: usize,
    pub to: usize,
}

impl Window {
    pub const fn length(self) -> usize {
        self.to - self.from
    }

    /// After a move over `all` spans, of which at least `least` stay in sight: a quarter of what is shown earlier or
    /// later, half of it nearer, twice as much farther. Where the move leads nowhere it is the same.
    pub fn moved(self, to: Move, all: usize, least: usize) -> Self {
        let (length, quarter) = (self.length(), (self.length() / 4).max(1));
        match to {
            Move::Earlier => Self::at(self.from.saturating_sub(quarter), length, all),
            Move::Later => Self::at(self.from + quarter, length, all),
            Move::First => Self::at(0, length, all),
            Move::Last => Self::at(all, length, all),
            Move::Nearer => {
                let nearer = (length / 2).max(least).min(length);
                Self::at(self.from + (length - nearer) / 2, nearer, all)
            }
            Move::Farther => {
                let farther = (length * 2).min(all);
                Self::at(self.from.saturating_sub((farther - length) / 2), farther, all)
            }
        }
    }

    /// So many spans, from the `from`th where there are so many after it.
    fn at(from: usize, length: usize, all: usize) -> Self {
        let length = length.min(all);
        let from = from.min(all - length);
        Self { from, to: from + length }
    }
}

/// How moments are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// 18:00
    Clock,
    /// 18 September
    Day,
    /// September
    Month,
}

/// A few local moments from `from` to before `to`, in seconds, evenly apart, and how they are named; where months are
/// wanted, each day is given and the caller keeps those that begin one.
pub fn moments(from: i64, to: i64, utc_offset_s: i64) -> (Named, Vec<i64>) {
    /// Names that fit on a phone.
    const MOST: i64 = 5;
    const HOUR_S: i64 = 3600;
    /// From here on months are named.
    const MONTHS_S: i64 = 100 * DAY_S;
    let length = to - from;
    let (named, step) = if length > MONTHS_S {
        (Named::Month, DAY_S)
    } else if length > 4 * DAY_S {
        let steps = [1, 2, 3, 7, 14, 28].map(|days| days * DAY_S);
        (Named::Day, steps.into_iter().find(|step| length / step < MOST).unwrap_or(28 * DAY_S))
    } else {
        let steps = [1, 2, 3, 6, 12, 24].map(|hours| hours * HOUR_S);
        (Named::Clock, steps.into_iter().find(|step| length / step < MOST).unwrap_or(DAY_S))
    };
    let first = (from + utc_offset_s + step - 1).div_euclid(step) * step - utc_offset_s;
    let count = (to - first + step - 1).div_euclid(step).max(0);
    (named, (0..count).map(|at| first + at * step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_moves_within_what_there_is() {
        let all = Window { from: 0, to: 100 };
        for (window, to, moved) in [
            (all, Move::Nearer, (25, 75)),
            (all, Move::Farther, (0, 100)),
            (all, Move::Earlier, (0, 100)),
            (all, Move::Later, (0, 100)),
            (Window { from: 25, to: 75 }, Move::Earlier, (13, 63)),
            (Window { from: 25, to: 75 }, Move::Later, (37, 87)),
            (Window { from: 5, to: 55 }, Move::Earlier, (0, 50)),
            (Window { from: 45, to: 95 }, Move::Later, (50, 100)),
            (Window { from: 25, to: 75 }, Move::First, (0, 50)),
            (Window { from: 25, to: 75 }, Move::Last, (50, 100)),
            (Window { from: 25, to: 75 }, Move::Farther, (0, 100)),
            (Window { from: 80, to: 100 }, Move::Farther, (60, 100)),
            (Window { from: 0, to: 10 }, Move::Nearer, (1, 9)),
            (Window { from: 0, to: 8 }, Move::Nearer, (0, 8)),
        ] {
            let found = window.moved(to, 100, 8);
            assert_eq!((found.from, found.to), moved, "{to:?} from {window:?}");
        }
        assert_eq!(Window { from: 0, to: 0 }.moved(Move::Nearer, 0, 8), Window { from: 0, to: 0 });
    }

    #[test]
    fn moments_begin_hours_and_days_where_the_meter_is() {
        let offset = 3 * 3600;
        let midnight = 20_000 * DAY_S - offset;
        let (named, hours) = moments(midnight + 60, midnight + DAY_S, offset);
        assert_eq!((named, hours), (Named::Clock, [1, 2, 3].map(|at| midnight + at * 6 * 3600).to_vec()));
        let (named, days) = moments(midnight, midnight + 7 * DAY_S, offset);
        assert_eq!(named, Named::Day);
        assert!(days.len() <= 5 && days.iter().all(|day| (day + offset) % DAY_S == 0), "{days:?}");
        let (named, days) = moments(midnight, midnight + 365 * DAY_S, offset);
        assert_eq!((named, days.len()), (Named::Month, 365));
    }
}
