//! How this reader reads: language and digits, and what pages say with them.

use api::accounts::{Commodity, Quality};
use billing::finding::Message;
use billing::money::Currency;
use billing::number::Number;
use billing::period::Day;
use leptos::prelude::*;
use words::{Count, Language};

use crate::format::Unit;
use crate::format::day::{CivilDay, CivilTime};
use crate::format::grouped;
use crate::format::preferences::{Digits, Preferences};

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
const DAY_S: i64 = 24 * HOUR_S;

/// The reader's language and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The language.
    pub language: Language,
    /// The shape of the digits.
    pub digits: Digits,
}

impl Reader {
    /// The reader as it is now. What calls this runs again when the reader chooses something else.
    pub fn here() -> Self {
        let preferences = Preferences::current();
        Self { language: preferences.language.get(), digits: preferences.digits.get() }
    }

    /// The same digits in the other language.
    pub const fn other(self) -> Self {
        let language = match self.language {
            Language::Arabic => Language::English,
            Language::English => Language::Arabic,
        };
        Self { language, ..self }
    }

    /// A decimal, grouped.
    pub fn figure(self, value: &str) -> String {
        grouped(value, self.digits)
    }

    /// A whole number, grouped.
    pub fn whole(self, value: u64) -> String {
        self.figure(&value.to_string())
    }

    /// Money with its currency.
    pub fn money(self, currency: Currency, amount: &str) -> String {
        Unit::Money(currency).text(amount, self.language, self.digits)
    }

    /// A price: in whole minor units where it has no smaller part.
    pub fn price(self, currency: Currency, price: Number) -> String {
        let minor = billing::fraction::Fraction::whole(10_i128.pow(currency.minor_digits()));
        let whole = price.fraction().times(minor).ok().map(|minor| minor.to_string());
        let count = whole.as_deref().and_then(|whole| whole.parse::<i64>().ok());
        match (currency, count) {
            (Currency::KWD, Some(fils)) => self.counted(fils, words::count_fils),
            (Currency::SAR, Some(halalas)) => self.counted(halalas, words::count_halalas),
            _ => {
                format!("{} {}", self.figure(&price.to_string()), Unit::Money(currency).label(self.language))
            }
        }
    }

    /// A quantity in the wire's `unit`, to whole units.
    pub fn quantity(self, unit: &str, value: &str) -> String {
        match Unit::from_wire(unit) {
            Some(unit) => unit.text(value, self.language, self.digits),
            None => format!("{} {unit}", self.figure(value)),
        }
    }

    /// A quantity with all its decimals.
    pub fn exact_quantity(self, unit: &str, value: &str) -> String {
        format!("{}\u{a0}{}", self.figure(value), words::names::unit_name(self.language, unit))
    }

    /// A decimal that may be long: three places, and a sign that it goes on, which stays at the number's own end.
    pub fn short_figure(self, value: &str) -> String {
        const PLACES: usize = 3;
        match value.split_once('.') {
            Some((whole, part)) if part.len() > PLACES => {
                let shown = part.get(..PLACES).unwrap_or_default();
                format!("\u{2066}{}…\u{2069}", self.figure(&format!("{whole}.{shown}")))
            }
            _ => self.figure(value),
        }
    }

    /// September.
    pub fn month_name(self, day: Day) -> &'static str {
        CivilDay::from(day).month_name(self.language)
    }

    /// Power in kilowatts from watts.
    pub fn power(self, watts: Number) -> String {
        Unit::Kilowatts.text(&kilowatts(watts), self.language, self.digits)
    }

    /// A share, such as 15 % from `0.15`.
    pub fn percent(self, share: Number) -> String {
        let percent = Number::from_millionths(share.millionths().saturating_mul(100));
        format!("{}%", self.figure(&percent.to_string()))
    }

    /// A share as the wire writes it.
    pub fn percent_text(self, share: &str) -> String {
        Number::parse(share).map_or_else(|_| share.to_owned(), |share| self.percent(share))
    }

    /// 28 September.
    pub fn day(self, day: Day) -> String {
        CivilDay::from(day).day_and_month(self.language, self.digits)
    }

    /// 28 September 2026.
    pub fn full_day(self, day: Day) -> String {
        CivilDay::from(day).full(self.language, self.digits)
    }

    /// Saturday 26 September.
    pub fn weekday(self, day: Day) -> String {
        CivilDay::from(day).weekday_and_day(self.language, self.digits)
    }

    /// September 2026.
    pub fn month(self, day: Day) -> String {
        CivilDay::from(day).month_and_year(self.language, self.digits)
    }

    /// 18 September, 8:14 pm.
    pub fn time(self, at: CivilTime) -> String {
        let (day, clock) =
            (at.day.day_and_month(self.language, self.digits), at.clock(self.language, self.digits));
        let comma = self.language.choose("،", ",");
        format!("{day}{comma} {clock}")
    }

    /// A number of days, as a subject.
    pub fn days(self, days: i64) -> String {
        self.counted(days, words::count_days)
    }

    /// A length of time after a preposition, in its largest unit.
    pub fn ago_gen(self, seconds: i64) -> String {
        match seconds.max(0) {
            seconds if seconds < MINUTE_S => self.counted(seconds, words::count_seconds_gen),
            seconds if seconds < HOUR_S => self.counted(seconds / MINUTE_S, words::count_minutes_gen),
            seconds if seconds < DAY_S => self.counted(seconds / HOUR_S, words::count_hours_gen),
            seconds => self.counted(seconds / DAY_S, words::count_days_gen),
        }
    }

    /// A counted phrase.
    pub fn counted(self, count: i64, say: fn(Language, &Count<'_>) -> String) -> String {
        let count = u64::try_from(count).unwrap_or_default();
        say(self.language, &Count::new(count, &self.whole(count)))
    }

    /// A text made of isolated parts alone has no direction of its own; this gives it the language's, so that it can
    /// stand inside a sentence.
    pub fn directed(self, text: &str) -> String {
        format!("{}{text}", self.language.choose("\u{200f}", "\u{200e}"))
    }

    /// What the engine or the server says in both languages.
    pub fn message(self, message: &Message) -> String {
        self.language.choose(&message.ar, &message.en).to_owned()
    }

    /// A commodity's name.
    pub const fn commodity(self, commodity: Commodity) -> &'static str {
        match commodity {
            Commodity::Electricity => words::commodity_electricity(self.language),
            Commodity::Water => words::commodity_water(self.language),
        }
    }

    /// How a reading came about.
    pub const fn quality(self, quality: Quality) -> &'static str {
        match quality {
            Quality::Actual => words::quality_actual(self.language),
            Quality::Customer => words::quality_customer(self.language),
            Quality::Estimated => words::quality_estimated(self.language),
        }
    }
}

/// A sentence without values, in the reader's language as it is and as it may change.
pub fn say(text: fn(Language) -> &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || text(Preferences::current().language.get())
}

/// Watts as kilowatts, exact.
pub fn kilowatts(watts: Number) -> String {
    watts.fraction().divided_by(billing::fraction::Fraction::whole(1000)).map_or_else(
        // Only a power beyond all meters does not fit.
        |_| watts.to_string(),
        |kilowatts| kilowatts.to_string(),
    )
}
