//! Numbers, amounts and days as people read them. A number stays the decimal string it arrived as: digits are
//! grouped, rounded and swapped as text, so no float ever touches it.

pub mod day;
pub mod preferences;
pub mod typed;

use billing::money::Currency;
use words::Language;
use words::figures::in_threes;

use self::preferences::Digits;

/// A true minus, as wide as a plus.
const MINUS: char = '\u{2212}';
/// Number and unit never part at a line's end.
const NO_BREAK: &str = "\u{a0}";

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money.
    Money(Currency),
    /// Electricity.
    KilowattHours,
    /// Power.
    Kilowatts,
    /// Water.
    ImperialGallons,
}

impl Unit {
    /// The unit that the wire calls `kWh`, `kW` or `imp gal`.
    pub fn from_wire(name: &str) -> Option<Self> {
        match name {
            "kWh" => Some(Self::KilowattHours),
            "kW" => Some(Self::Kilowatts),
            "imp gal" => Some(Self::ImperialGallons),
            _ => None,
        }
    }

    /// As it stands beside the number.
    pub fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Money(currency), language) => currency_label(currency, language),
            (Self::KilowattHours, Language::Arabic) => "ك.و.س",
            (Self::KilowattHours, Language::English) => "kWh",
            (Self::Kilowatts, Language::Arabic) => "كيلوواط",
            (Self::Kilowatts, Language::English) => "kW",
            (Self::ImperialGallons, Language::Arabic) => "جالون إمبراطوري",
            (Self::ImperialGallons, Language::English) => "imp gal",
        }
    }

    /// A currency comes first in English: KD 36.600.
    pub fn leads(self, language: Language) -> bool {
        matches!((self, language), (Self::Money(_), Language::English))
    }

    /// Digits after the point that are shown: all of money, none of energy and water, two of power.
    fn places(self) -> usize {
        match self {
            Self::Money(currency) => currency.minor_digits() as usize,
            Self::Kilowatts => 2,
            Self::KilowattHours | Self::ImperialGallons => 0,
        }
    }

    /// The number without its unit, grouped, with the places that this unit shows.
    pub fn figure(self, value: &str, digits: Digits) -> String {
        grouped(&to_places(value, self.places()), digits)
    }

    /// Number and unit, unbroken, for a sentence of `words`, which isolates it.
    pub fn text(self, value: &str, language: Language, digits: Digits) -> String {
        let (figure, label) = (self.figure(value, digits), self.label(language));
        let (first, second) = if self.leads(language) { (label, &*figure) } else { (&*figure, label) };
        format!("{first} {second}").replace(' ', NO_BREAK)
    }
}

fn currency_label(currency: Currency, language: Language) -> &'static str {
    match (currency, language) {
        (Currency::KWD, Language::Arabic) => "د.ك",
        (Currency::KWD, Language::English) => "KD",
        (Currency::BHD, Language::Arabic) => "د.ب",
        (Currency::BHD, Language::English) => "BD",
        (Currency::SAR, Language::Arabic) => "ر.س",
        (other, _) => other.code(),
    }
}

/// `value` grouped in threes, in the chosen digits, with a true minus. What is no decimal comes back unchanged.
pub fn grouped(value: &str, digits: Digits) -> String {
    let Some((sign, whole, part)) = split(value) else { return value.to_owned() };
    let mut text = String::with_capacity(value.len() + 6);
    if sign {
        text.push(MINUS);
    }
    text.push_str(&in_threes(whole));
    if let Some(part) = part {
        text.push('.');
        text.push_str(part);
    }
    digits.write(&text)
}

/// As [`grouped`], with a plus before what is above zero: for differences.
pub fn signed(value: &str, digits: Digits) -> String {
    let text = grouped(value, digits);
    let is_positive = split(value).is_some_and(|(negative, whole, part)| {
        !negative && (whole.bytes().chain(part.unwrap_or_default().bytes())).any(|digit| digit != b'0')
    });
    if is_positive { format!("+{text}") } else { text }
}

/// `value` with exactly `places` digits after the point: zeros are added, and more digits are rounded, half away
/// from zero. What is no decimal comes back unchanged.
pub fn to_places(value: &str, places: usize) -> String {
    let Some((sign, whole, part)) = split(value) else { return value.to_owned() };
    let part = part.unwrap_or_default();
    let kept = &part[..part.len().min(places)];
    let mut digits = format!("0{whole}{kept:0<places$}").into_bytes();
    if part.as_bytes().get(places).is_some_and(|next| *next >= b'5') {
        add_one(&mut digits);
    }
    let sign = if sign && digits.iter().any(|digit| *digit != b'0') { "-" } else { "" };
    let (whole, part) = digits.split_at(digits.len() - places);
    let whole = String::from_utf8_lossy(whole);
    let part = String::from_utf8_lossy(part);
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        significant => significant,
    };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Adds one to the last of some decimal digits; the first is zero, so the carry ends.
fn add_one(digits: &mut [u8]) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
}

/// Whether it is negative, the digits before the point and those after it.
fn split(value: &str) -> Option<(bool, &str, Option<&str>)> {
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, value),
    };
    let (whole, part) = match digits.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (plain(whole) && part.is_none_or(plain)).then_some((sign, whole, part))
}

/// What was typed, with Latin digits for Arabic-Indic and Persian ones.
pub fn latin_digits(typed: &str) -> String {
    let latin = |letter: char| match letter {
        '\u{660}'..='\u{669}' => char::from_digit(letter as u32 - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(letter as u32 - 0x6f0, 10),
        _ => None,
    };
    typed.chars().map(|letter| latin(letter).unwrap_or(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_in_threes_before_the_point_only() {
        for (value, text) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1000", "−1,000"),
            ("1234567.891234", "1,234,567.891234"),
            ("12 kWh", "12 kWh"),
            ("", ""),
            (".5", ".5"),
        ] {
            assert_eq!(grouped(value, Digits::Latin), text);
        }
        assert_eq!(grouped("1234.5", Digits::ArabicIndic), "١٬٢٣٤٫٥");
    }

    #[test]
    fn places_are_added_and_rounded_half_away_from_zero() {
        for (value, places, text) in [
            ("36.6", 3, "36.600"),
            ("36", 3, "36.000"),
            ("0.0005", 3, "0.001"),
            ("0.0004999", 3, "0.000"),
            ("-0.0004", 3, "0.000"),
            ("-0.0005", 3, "-0.001"),
            ("999.999", 2, "1000.00"),
            ("4425.305", 0, "4425"),
            ("0.5", 0, "1"),
            ("007.1", 1, "7.1"),
            ("none", 2, "none"),
        ] {
            assert_eq!(to_places(value, places), text, "{value} to {places}");
        }
    }

    #[test]
    fn a_difference_above_zero_has_a_plus() {
        for (value, text) in [("36.00", "+36.00"), ("-27.6", "−27.6"), ("0.00", "0.00")] {
            assert_eq!(signed(value, Digits::Latin), text);
        }
    }

    #[test]
    fn money_has_its_currency_before_it_in_english_and_after_it_in_arabic() {
        let dinar = Unit::Money(Currency::KWD);
        assert_eq!(dinar.text("36.6", Language::English, Digits::Latin), "KD\u{a0}36.600");
        assert_eq!(dinar.text("36.6", Language::Arabic, Digits::Latin), "36.600\u{a0}د.ك");
        let riyal = Unit::Money(Currency::SAR);
        assert_eq!(riyal.text("1549.05", Language::English, Digits::Latin), "SAR\u{a0}1,549.05");
    }

    #[test]
    fn boot_js_names_the_currencies_as_the_portal_does() {
        let boot = include_str!("../public/boot.js");
        for currency in [Currency::KWD, Currency::SAR] {
            let [english, arabic] =
                [Language::English, Language::Arabic].map(|language| currency_label(currency, language));
            let line = format!("{}: {{ en: \"{english}\", ar: \"{arabic}\" }}", currency.code());
            assert!(boot.contains(&line), "boot.js lacks: {line}");
        }
    }

    #[test]
    fn any_digits_may_be_typed() {
        assert_eq!(latin_digits("٠١٢ ۳۴۵ 678"), "012 345 678");
    }
}
