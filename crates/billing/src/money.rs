//! Rounded money in whole minor units.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::error::{BillingError, Result};
use crate::fraction::Fraction;

/// A currency and, with it, its minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the ISO 4217 codes speak for themselves")]
pub enum Currency {
    KWD,
    BHD,
    OMR,
    JOD,
    SAR,
    AED,
    QAR,
    EGP,
    MYR,
}

impl Currency {
    /// Digits after the point in the smallest amount that can be paid: fils 3, halalas 2.
    #[must_use]
    pub const fn minor_digits(self) -> u32 {
        match self {
            Self::KWD | Self::BHD | Self::OMR | Self::JOD => 3,
            Self::SAR | Self::AED | Self::QAR | Self::EGP | Self::MYR => 2,
        }
    }

    /// The ISO 4217 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::KWD => "KWD",
            Self::BHD => "BHD",
            Self::OMR => "OMR",
            Self::JOD => "JOD",
            Self::SAR => "SAR",
            Self::AED => "AED",
            Self::QAR => "QAR",
            Self::EGP => "EGP",
            Self::MYR => "MYR",
        }
    }
}

/// Rounded money: whole minor units of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    minor: i128,
    currency: Currency,
}

impl Money {
    /// `minor` fils, halalas ...
    #[must_use]
    pub const fn from_minor(minor: i128, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// An exact amount that was rounded already.
    ///
    /// # Errors
    /// [`BillingError::NumberTooLarge`] if it does not fit.
    pub fn of_rounded(amount: Fraction, currency: Currency) -> Result<Self> {
        Ok(Self { minor: amount.round(currency.minor_digits())?, currency })
    }

    /// Reads `12.345` as money of `currency`, with exactly its minor digits or fewer.
    ///
    /// # Errors
    /// [`BillingError::NotADecimal`] for another form or a part below the minor unit.
    pub fn parse(text: &str, currency: Currency) -> Result<Self> {
        let amount = Fraction::parse(text)?;
        let money = Self::of_rounded(amount, currency)?;
        if money.fraction() == amount { Ok(money) } else { Err(BillingError::NotADecimal) }
    }

    /// In minor units.
    #[must_use]
    pub const fn minor(self) -> i128 {
        self.minor
    }

    /// Of which currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// For arithmetic, in major units.
    #[must_use]
    pub fn fraction(self) -> Fraction {
        Fraction::from_units(self.minor, self.currency.minor_digits())
    }
}

impl fmt::Display for Money {
    /// With exactly the currency's minor digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Decimal::try_from_i128_with_scale(self.minor, self.currency.minor_digits()) {
            Ok(decimal) => decimal.fmt(f),
            // Beyond 28 digits there is no bill; the minor units still tell the truth.
            Err(_) => write!(f, "{}e-{}", self.minor, self.currency.minor_digits()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_carries_exactly_the_minor_digits() {
        for (minor, currency, shown) in [
            (36_600, Currency::KWD, "36.600"),
            (0, Currency::KWD, "0.000"),
            (-5, Currency::KWD, "-0.005"),
            (154_905, Currency::SAR, "1549.05"),
            (1, Currency::SAR, "0.01"),
        ] {
            let money = Money::from_minor(minor, currency);
            assert_eq!(money.to_string(), shown);
            assert_eq!(Money::parse(shown, currency).unwrap(), money);
        }
        assert_eq!(Money::parse("0.0005", Currency::KWD), Err(BillingError::NotADecimal));
    }
}
