//! A household's own days: what they say of a day to come, and how far off that was in the past.

use super::{HistoryBasis, ProjectionFacts, Terms};
use crate::error::{BillingError, Result};
use crate::fraction::Fraction;
use crate::number::{MILLION, Number};
use crate::rising::rising;

/// 52 weeks: the same weekday of last year.
const YEAR: usize = 364;
const WEEK: usize = 7;
/// Means of one, two or three days are whole numbers of sixths of millionths.
const SIXTHS: i128 = 6;

/// Days before today, oldest first.
pub(super) struct History<'a> {
    days: &'a [Option<Number>],
}

/// A quotient that is compared and multiplied before it is divided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ratio {
    over: i128,
    under: i128,
}

/// The 80 % range of actual against expected use.
pub(super) struct Margin {
    pub low: Ratio,
    pub high: Ratio,
    pub own: bool,
}

/// The level of the days just past.
pub(super) enum Level {
    /// Recent use, and that of the same weekdays last year in sixths of millionths.
    AgainstLastYear { recent: i128, last_year: i128, daily: Mean },
    /// The mean of the days of a week just past, the newest counting most.
    Recent(Mean),
}

/// A weighed sum of millionths over the weights.
#[derive(Clone, Copy)]
pub(super) struct Mean {
    sum: i128,
    weights: i128,
}

impl Ratio {
    pub(super) const ONE: Self = Self { over: 1, under: 1 };

    pub(super) fn fraction(self) -> Result<Fraction> {
        // Six places of a ratio are far finer than what it is made from, and keep the sums short.
        let under = u64::try_from(self.under).map_err(|_| BillingError::NumberTooLarge)?;
        Fraction::whole(self.over).divided_by(Fraction::whole(i128::from(under)))?.printed()
    }

    fn is_above(self, other: Self) -> bool {
        self.over * other.under > other.over * self.under
    }
}

impl<'a> History<'a> {
    /// The days that are over.
    pub(super) fn before_today(facts: &'a ProjectionFacts) -> Self {
        let past = (facts.today - facts.daily_from).whole_days();
        let past = usize::try_from(past).unwrap_or(0).min(facts.daily.len());
        Self { days: &facts.daily[..past] }
    }

    /// Days before today.
    pub(super) const fn past(&self) -> usize {
        self.days.len()
    }

    fn use_of(&self, day: usize) -> Option<i128> {
        let measured = self.days.get(day).copied().flatten()?;
        Some(i128::from(measured.millionths()))
    }

    /// Last year's mean of the weekday of `day` and the weeks beside it, of days before `before`, in sixths of millionths.
    fn last_year(&self, day: usize, before: usize) -> Option<i128> {
        let centre = day.checked_sub(YEAR)?;
        let beside = [centre.checked_sub(WEEK), Some(centre), Some(centre + WEEK)];
        let known: Vec<i128> =
            beside.into_iter().flatten().filter(|at| *at < before).filter_map(|at| self.use_of(at)).collect();
        let count = i128::try_from(known.len()).ok().filter(|count| *count > 0)?;
        Some(known.iter().sum::<i128>() * SIXTHS / count)
    }

    /// The mean of the `week` days before `before`: the oldest counts once, the newest as often as there are days. Use
    /// drifts with the season, and a whole week has each of its days.
    fn newest(&self, before: usize, week: usize) -> Mean {
        let oldest = before.saturating_sub(week);
        let weighed =
            (oldest..before).zip(1_i128..).filter_map(|(day, weight)| Some((self.use_of(day)?, weight)));
        weighed.fold(Mean { sum: 0, weights: 0 }, |mean, (used, weight)| Mean {
            sum: mean.sum + used * weight,
            weights: mean.weights + weight,
        })
    }

    /// The level of the days before `before`.
    pub(super) fn level(&self, before: usize, terms: &Terms) -> Option<Level> {
        let window = before.saturating_sub(terms.recent_days)..before;
        let (mut days, mut both, mut last_year) = (0, 0, 0);
        for (day, used) in window.filter_map(|day| Some((day, self.use_of(day)?))) {
            days += 1;
            if let Some(past) = self.last_year(day, before) {
                both += used;
                last_year += past;
            }
        }
        let newest = self.newest(before, terms.week_days);
        // A week in which nothing was measured says nothing, and the days before it do.
        let daily = if newest.weights > 0 { newest } else { self.newest(before, terms.recent_days) };
        match (days, last_year) {
            (0, _) => None,
            (_, 0) => Some(Level::Recent(daily)),
            _ => Some(Level::AgainstLastYear { recent: both, last_year, daily }),
        }
    }

    /// The range of the errors that the same projection would have made a week ago, two weeks ago ...,
    /// by the same kind of history.
    pub(super) fn margin(&self, left: i64, basis: HistoryBasis, terms: &Terms) -> Margin {
        let ahead = usize::try_from(left).unwrap_or(0).max(1);
        let errors: Vec<Ratio> = (1..)
            .map_while(|weeks: usize| self.past().checked_sub(ahead + weeks * WEEK))
            .take_while(|before| match basis {
                HistoryBasis::LastYear => *before > YEAR + terms.recent_days,
                HistoryBasis::RecentDays => *before >= terms.week_days,
            })
            .filter_map(|before| self.error(before, ahead, basis, terms))
            .collect();
        if errors.len() < terms.least_errors {
            let percent = i128::from(terms.first_margin_percent);
            return Margin {
                low: Ratio { over: 100 - percent, under: 100 },
                high: Ratio { over: 100 + percent, under: 100 },
                own: false,
            };
        }
        let errors = rising(&errors, |a, b| a.over * b.under > b.over * a.under);
        // The next error falls between two of these as often as between any others: with few of them, outside all.
        let tail = ((errors.len() + 1) * terms.tail_percent / 100).saturating_sub(1);
        let (low, high) = (errors[tail], errors[errors.len() - 1 - tail]);
        Margin {
            low: if low.is_above(Ratio::ONE) { Ratio::ONE } else { low },
            high: if high.is_above(Ratio::ONE) { high } else { Ratio::ONE },
            own: true,
        }
    }

    /// Actual against expected use of the `ahead` days from `before`, knowing only the days before it.
    fn error(&self, before: usize, ahead: usize, basis: HistoryBasis, terms: &Terms) -> Option<Ratio> {
        let known = History { days: &self.days[..before] };
        let level = known.level(before, terms).filter(|level| level.basis() == basis)?;
        let (mut actual, mut expected) = (0, 0);
        for day in before..before + ahead {
            actual += self.use_of(day)?;
            let whole = level.of_day(&known, day);
            expected += whole.over / whole.under;
        }
        (expected > 0).then_some(Ratio { over: actual, under: expected })
    }
}

impl Level {
    pub(super) const fn basis(&self) -> HistoryBasis {
        match self {
            Self::AgainstLastYear { .. } => HistoryBasis::LastYear,
            Self::Recent(_) => HistoryBasis::RecentDays,
        }
    }

    /// The expected use of `day`, in millionths.
    pub(super) fn of_day(&self, history: &History<'_>, day: usize) -> DayUse {
        let mean = match self {
            Self::AgainstLastYear { recent, last_year, daily } => {
                match history.last_year(day, history.past()) {
                    Some(past) => return DayUse { over: past * recent, under: *last_year },
                    None => daily,
                }
            }
            Self::Recent(daily) => daily,
        };
        DayUse { over: mean.sum, under: mean.weights }
    }
}

/// A day's use, in millionths, as a quotient.
pub(super) struct DayUse {
    over: i128,
    under: i128,
}

impl DayUse {
    /// In units, to six places.
    pub(super) fn fraction(&self) -> Result<Fraction> {
        let whole = self.over / self.under;
        let million = i128::from(MILLION);
        Fraction::whole(whole).divided_by(Fraction::whole(million))
    }
}
