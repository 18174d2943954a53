//! Days and times of day in words, with the reader's digits. Gregorian.

use billing::period::Day;
use words::Language;
use words::dates::month_name;

use super::preferences::Digits;

/// From the day of 1 January 1970.
const WEEKDAYS_ARABIC: [&str; 7] = ["الخميس", "الجمعة", "السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء"];
const WEEKDAYS_ENGLISH: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

const SECONDS_IN_DAY: i64 = 86_400;

/// A day of the Gregorian calendar, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDay {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl From<Day> for CivilDay {
    fn from(Day(date): Day) -> Self {
        Self { year: date.year(), month: u8::from(date.month()), day: date.day() }
    }
}

impl CivilDay {
    /// The day that is `days` after 1 January 1970.
    fn from_epoch_days(days: i64) -> Self {
        // Howard Hinnant's civil_from_days: years are counted from 1 March, so that leap days end them.
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self {
            year: i32::try_from(year).unwrap_or(i32::MAX),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(of_year - (153 * from_march + 2) / 5 + 1).unwrap_or(1),
        }
    }

    fn epoch_days(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// Its month: سبتمبر.
    pub fn month_name(self, language: Language) -> &'static str {
        month_name(language, self.month)
    }

    /// Its day of the week: الجمعة.
    pub fn weekday_name(self, language: Language) -> &'static str {
        let weekdays = match language {
            Language::Arabic => &WEEKDAYS_ARABIC,
            Language::English => &WEEKDAYS_ENGLISH,
        };
        weekdays[usize::try_from(self.epoch_days().rem_euclid(7)).unwrap_or_default()]
    }

    /// 18 سبتمبر.
    pub fn day_and_month(self, language: Language, digits: Digits) -> String {
        format!("{} {}", digits.write(&self.day.to_string()), self.month_name(language))
    }

    /// سبتمبر 2026.
    pub fn month_and_year(self, language: Language, digits: Digits) -> String {
        format!("{} {}", self.month_name(language), digits.write(&self.year.to_string()))
    }

    /// 18 سبتمبر 2026.
    pub fn full(self, language: Language, digits: Digits) -> String {
        format!("{} {}", self.day_and_month(language, digits), digits.write(&self.year.to_string()))
    }

    /// الجمعة 18 سبتمبر.
    pub fn weekday_and_day(self, language: Language, digits: Digits) -> String {
        format!("{} {}", self.weekday_name(language), self.day_and_month(language, digits))
    }
}

/// A moment on a wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilTime {
    /// The day.
    pub day: CivilDay,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl CivilTime {
    /// The local time `utc_offset_seconds` ahead of UTC, `epoch_seconds` after the start of 1970 there.
    pub fn at(epoch_seconds: i64, utc_offset_seconds: i32) -> Self {
        let local = epoch_seconds.saturating_add(i64::from(utc_offset_seconds));
        let second = local.rem_euclid(SECONDS_IN_DAY);
        Self {
            day: CivilDay::from_epoch_days(local.div_euclid(SECONDS_IN_DAY)),
            hour: u8::try_from(second / 3_600).unwrap_or_default(),
            minute: u8::try_from(second % 3_600 / 60).unwrap_or_default(),
        }
    }

    /// 8:14 م, or 8:14 pm.
    pub fn clock(self, language: Language, digits: Digits) -> String {
        let half = match (self.hour < 12, language) {
            (true, Language::Arabic) => "ص",
            (false, Language::Arabic) => "م",
            (true, Language::English) => "am",
            (false, Language::English) => "pm",
        };
        let hour = match self.hour % 12 {
            0 => 12,
            hour => hour,
        };
        format!("{}\u{a0}{half}", digits.write(&format!("{hour}:{:02}", self.minute)))
    }

    /// 20:14, for an axis or a column of hours.
    pub fn clock_24(self, digits: Digits) -> String {
        digits.write(&format!("{:02}:{:02}", self.hour, self.minute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_its_day_and_time() {
        for (epoch, text) in [
            (0, "1970-1-1 Thursday 3:00 am 03:00"),
            (-10_801, "1969-12-31 Wednesday 11:59 pm 23:59"),
            (951_814_800, "2000-2-29 Tuesday 12:00 pm 12:00"),
            (1_789_751_640, "2026-9-18 Friday 8:14 pm 20:14"),
            (4_107_531_600, "2100-3-1 Monday 12:00 am 00:00"),
        ] {
            let time = CivilTime::at(epoch, 10_800);
            let CivilDay { year, month, day } = time.day;
            let weekday = time.day.weekday_name(Language::English);
            let (clock, clock_24) =
                (time.clock(Language::English, Digits::Latin), time.clock_24(Digits::Latin));
            assert_eq!(
                format!("{year}-{month}-{day} {weekday} {clock} {clock_24}").replace('\u{a0}', " "),
                text
            );
        }
    }

    #[test]
    fn a_day_is_written_in_both_languages_and_digits() {
        let day = CivilDay { year: 2026, month: 9, day: 26 };
        assert_eq!(day.weekday_and_day(Language::Arabic, Digits::Latin), "السبت 26 سبتمبر");
        assert_eq!(day.full(Language::Arabic, Digits::ArabicIndic), "٢٦ سبتمبر ٢٠٢٦");
        assert_eq!(day.month_and_year(Language::English, Digits::Latin), "September 2026");
    }
}
