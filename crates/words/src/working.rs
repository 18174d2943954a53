//! The words of a working: what a step is, its formula, its inputs.

use std::borrow::Cow;

use billing::formula::Formula;

use crate::names::{label, line_name};
use crate::{Count, Language, sentences as words};

/// What a step works out, inside a sentence: "share of the first tier".
#[must_use]
pub const fn step_name(language: Language, formula: Formula) -> &'static str {
    match formula {
        Formula::Rounding => words::formula_rounding_name(language),
        Formula::Limit => words::formula_limit_name(language),
        Formula::WholeLimit => words::formula_whole_limit_name(language),
        Formula::DaysShare => words::formula_days_share_name(language),
        Formula::MeasuredShare => words::formula_measured_share_name(language),
        Formula::FirstTier => words::formula_first_tier_name(language),
        Formula::MiddleTier => words::formula_middle_tier_name(language),
        Formula::LastTier => words::formula_last_tier_name(language),
        Formula::Charge => words::formula_charge_name(language),
        Formula::Fee => words::formula_fee_name(language),
        Formula::ByDays => words::formula_by_days_name(language),
        Formula::Remainder => words::formula_remainder_name(language),
        Formula::Relief => words::formula_relief_name(language),
        Formula::Sum => words::formula_sum_name(language),
        Formula::Tax => words::formula_tax_name(language),
        Formula::SeasonalUse => words::formula_seasonal_use_name(language),
        Formula::Path => words::formula_path_name(language),
    }
}

/// A formula in words, as people say it: "limit × days ÷ base days". It follows the direction of the page.
#[must_use]
pub const fn formula_words(language: Language, formula: Formula) -> &'static str {
    match formula {
        Formula::Rounding => words::formula_rounding(language),
        Formula::Limit => words::formula_limit(language),
        Formula::WholeLimit => words::formula_whole_limit(language),
        Formula::DaysShare => words::formula_days_share(language),
        Formula::MeasuredShare => words::formula_measured_share(language),
        Formula::FirstTier => words::formula_first_tier(language),
        Formula::MiddleTier => words::formula_middle_tier(language),
        Formula::LastTier => words::formula_last_tier(language),
        Formula::Charge => words::formula_charge(language),
        Formula::Fee => words::formula_fee(language),
        Formula::ByDays => words::formula_by_days(language),
        Formula::Remainder => words::formula_remainder(language),
        Formula::Relief => words::formula_relief(language),
        Formula::Sum => words::formula_sum(language),
        Formula::Tax => words::formula_tax(language),
        Formula::SeasonalUse => words::formula_seasonal_use(language),
        Formula::Path => words::formula_path(language),
    }
}

/// The input that a working calls `name`, as a label. A sum calls its parts by the code of their line, by `day 3`
/// ahead, or by one name several times: `base (2)`.
#[must_use]
pub fn input_name(language: Language, name: &str) -> String {
    if let Some((name, count)) = name.strip_suffix(')').and_then(|name| name.split_once(" (")) {
        return words::input_again(language, &input_name(language, name), count);
    }
    let known: Cow<'_, str> = match name.strip_prefix("day ") {
        Some("0") => words::input_today(language).into(),
        Some(days) => {
            let days = words::count_days_gen(language, &Count::of_decimal(days, days));
            words::time_ahead(language, &days).into()
        }
        None => match fixed_input(language, name) {
            Some(known) => known.into(),
            None => return line_name(language, name),
        },
    };
    label(&known)
}

fn fixed_input(language: Language, name: &str) -> Option<&'static str> {
    Some(match name {
        "digits" => words::input_digits(language),
        "limit" => words::input_limit(language),
        "days" => words::input_days(language),
        "base_days" => words::input_base_days(language),
        "usage" => words::input_usage(language),
        "period_days" => words::input_period_days(language),
        "measured" => words::input_measured(language),
        "covered" => words::input_covered(language),
        "minutes" => words::input_minutes(language),
        "uncovered_minutes" => words::input_uncovered_minutes(language),
        "limit_before" => words::input_limit_before(language),
        "quantity" => words::input_quantity(language),
        "price" => words::input_price(language),
        "fee" => words::input_fee(language),
        "amount" => words::input_amount(language),
        "of_days" => words::input_of_days(language),
        "earlier" => words::input_earlier(language),
        "relief" => words::input_relief(language),
        "left" => words::input_left(language),
        "base" => words::input_base(language),
        "rate" => words::input_rate(language),
        "last_year" => words::input_last_year(language),
        "recent" => words::input_recent(language),
        "recent_last_year" => words::input_recent_last_year(language),
        "used" => words::input_used(language),
        "expected" => words::input_expected(language),
        "ratio" => words::input_ratio(language),
        "subtotal" => words::input_subtotal(language),
        "tax" => words::input_tax(language),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_of_every_formula_has_a_name() {
        for formula in billing::formula::ALL {
            for name in formula.inputs() {
                assert!(fixed_input(Language::Arabic, name).is_some(), "{formula:?}: {name}");
            }
        }
    }

    #[test]
    fn the_parts_of_a_sum_have_names() {
        for (name, arabic, english) in [
            ("tier-1", "الشريحة الأولى", "Tier 1"),
            ("subtotal", "المجموع قبل الضريبة", "Total before tax"),
            ("day 0", "بقية اليوم", "The rest of today"),
            ("day 1", "بعد \u{2068}يوم واحد\u{2069}", "In \u{2068}1 day\u{2069}"),
            (
                "base (2)",
                "\u{2068}المبلغ الخاضع للضريبة\u{2069} (\u{2068}2\u{2069})",
                "\u{2068}Taxable amount\u{2069} (\u{2068}2\u{2069})",
            ),
        ] {
            assert_eq!(input_name(Language::Arabic, name), arabic, "{name}");
            assert_eq!(input_name(Language::English, name), english, "{name}");
        }
    }
}
