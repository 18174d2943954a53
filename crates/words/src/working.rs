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
        Formula::ByUse => words::formula_by_use_name(language),
        Formula::Remainder => words::formula_remainder_name(language),
        Formula::Relief => words::formula_relief_name(language),
        Formula::Sum => words::formula_sum_name(language),
        Formula::Tax => words::formula_tax_name(language),
        Formula::SeasonalUse => words::formula_seasonal_use_name(language),
        Formula::Path => words::formula_path_name(language),
        Formula::Consumption => words::formula_consumption_name(language),
        Formula::RollOver => words::formula_roll_over_name(language),
        Formula::TrueFast => words::formula_true_fast_name(language),
        Formula::TrueSlow => words::formula_true_slow_name(language),
        Formula::Remultiplied => words::formula_remultiplied_name(language),
        Formula::Change => words::formula_change_name(language),
        Formula::Overcharge => words::formula_overcharge_name(language),
        Formula::Power => words::formula_power_name(language),
        Formula::LoadUse => words::formula_load_use_name(language),
        Formula::Daily => words::formula_daily_name(language),
        Formula::Estimate => words::formula_estimate_name(language),
        Formula::Median => words::formula_median_name(language),
        Formula::Bound => words::formula_bound_name(language),
        Formula::ShareOfUse => words::formula_share_of_use_name(language),
        Formula::ShareLimit => words::formula_share_limit_name(language),
        Formula::FeeTimes => words::formula_fee_times_name(language),
        Formula::Average => words::formula_average_name(language),
        Formula::Excess => words::formula_excess_name(language),
        Formula::Smaller => words::formula_smaller_name(language),
        Formula::Part => words::formula_part_name(language),
        Formula::MonthDays => words::formula_month_days_name(language),
        Formula::NextYear => words::formula_next_year_name(language),
        Formula::Saved => words::formula_saved_name(language),
        Formula::SavingRate => words::formula_saving_rate_name(language),
        Formula::IncentiveRate => words::formula_incentive_rate_name(language),
        Formula::Incentive => words::formula_incentive_name(language),
        Formula::ValueIncentive => words::formula_value_incentive_name(language),
        Formula::RateOfBill => words::formula_rate_of_bill_name(language),
        Formula::StateCost => words::formula_state_cost_name(language),
        Formula::CutOff => words::formula_cut_off_name(language),
        Formula::Barrels => words::formula_barrels_name(language),
        Formula::CarbonDioxide => words::formula_carbon_dioxide_name(language),
        Formula::Cooled => words::formula_cooled_name(language),
        Formula::Away => words::formula_away_name(language),
        Formula::AboveLimit => words::formula_above_limit_name(language),
        Formula::Overtime => words::formula_overtime_name(language),
        Formula::BegunSpans | Formula::FullSpans => words::formula_spans_name(language),
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
        Formula::ByUse => words::formula_by_use(language),
        Formula::Remainder => words::formula_remainder(language),
        Formula::Relief => words::formula_relief(language),
        Formula::Sum => words::formula_sum(language),
        Formula::Tax => words::formula_tax(language),
        Formula::SeasonalUse => words::formula_seasonal_use(language),
        Formula::Path => words::formula_path(language),
        Formula::Consumption => words::formula_consumption(language),
        Formula::RollOver => words::formula_roll_over(language),
        Formula::TrueFast => words::formula_true_fast(language),
        Formula::TrueSlow => words::formula_true_slow(language),
        Formula::Remultiplied => words::formula_remultiplied(language),
        Formula::Change => words::formula_change(language),
        Formula::Overcharge => words::formula_overcharge(language),
        Formula::Power => words::formula_power(language),
        Formula::LoadUse => words::formula_load_use(language),
        Formula::Daily => words::formula_daily(language),
        Formula::Estimate => words::formula_estimate(language),
        Formula::Median => words::formula_median(language),
        Formula::Bound => words::formula_bound(language),
        Formula::ShareOfUse => words::formula_share_of_use(language),
        Formula::ShareLimit => words::formula_share_limit(language),
        Formula::FeeTimes => words::formula_fee_times(language),
        Formula::Average => words::formula_average(language),
        Formula::Excess => words::formula_excess(language),
        Formula::Smaller => words::formula_smaller(language),
        Formula::Part => words::formula_part(language),
        Formula::MonthDays => words::formula_month_days(language),
        Formula::NextYear => words::formula_next_year(language),
        Formula::Saved => words::formula_saved(language),
        Formula::SavingRate => words::formula_saving_rate(language),
        Formula::IncentiveRate => words::formula_incentive_rate(language),
        Formula::Incentive => words::formula_incentive(language),
        Formula::ValueIncentive => words::formula_value_incentive(language),
        Formula::RateOfBill => words::formula_rate_of_bill(language),
        Formula::StateCost => words::formula_state_cost(language),
        Formula::CutOff => words::formula_cut_off(language),
        Formula::Barrels => words::formula_barrels(language),
        Formula::CarbonDioxide => words::formula_carbon_dioxide(language),
        Formula::Cooled => words::formula_cooled(language),
        Formula::Away => words::formula_away(language),
        Formula::AboveLimit => words::formula_above_limit(language),
        Formula::Overtime => words::formula_overtime(language),
        Formula::BegunSpans => words::formula_begun_spans(language),
        Formula::FullSpans => words::formula_full_spans(language),
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
        None => match (fixed_input(language, name), numbered_input(language, name)) {
            (Some(known), _) => known.into(),
            (None, Some(known)) => known.into(),
            (None, None) => return line_name(language, name),
        },
    };
    label(&known)
}

/// One of several alike: `register-2`.
fn numbered_input(language: Language, name: &str) -> Option<String> {
    let (kind, place) = name.split_once('-')?;
    Some(match kind {
        "register" => words::input_register(language, place),
        "load" => words::input_load(language, place),
        "period" => words::input_period(language, place),
        "bill" => words::input_bill(language, place),
        "instalment" => words::input_instalment(language, place),
        "part" => words::input_part(language, place),
        "share" => words::input_category_share(language, place),
        "topup" => words::input_topup(language, place),
        "month" => words::input_month(language, place),
        _ => return None,
    })
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
        "of_usage" => words::input_of_usage(language),
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
        _ => return measured_input(language, name),
    })
}

/// The inputs of metering, corrections and parts.
fn measured_input(language: Language, name: &str) -> Option<&'static str> {
    Some(match name {
        "current" => words::input_current(language),
        "previous" => words::input_previous(language),
        "multiplier" => words::input_multiplier(language),
        "range" => words::input_range(language),
        "recorded" => words::input_recorded(language),
        "error_percent" => words::input_error_percent(language),
        "right" => words::input_right(language),
        "wrong" => words::input_wrong(language),
        "new" => words::input_new(language),
        "old" => words::input_old(language),
        "watts" => words::input_watts(language),
        "count" => words::input_count(language),
        "hours" => words::input_hours(language),
        "median" => words::input_median(language),
        "factor" => words::input_factor(language),
        "share" => words::input_share(language),
        "times" => words::input_times(language),
        "debt" => words::input_debt(language),
        "weight" => words::input_weight(language),
        "of_weights" => words::input_of_weights(language),
        "extra" => words::input_extra(language),
        "month_days" => words::input_month_days(language),
        "issue_day" => words::input_issue_day(language),
        "year" => words::input_year(language),
        "years" => words::input_years(language),
        "down_payment" => words::input_down_payment(language),
        "credit_before" => words::input_credit_before(language),
        _ => return saving_input(language, name),
    })
}

/// The inputs of a saving and what it is worth.
fn saving_input(language: Language, name: &str) -> Option<&'static str> {
    Some(match name {
        "baseline" => words::input_baseline(language),
        "actual" => words::input_actual(language),
        "saved" => words::input_saved(language),
        "saving_rate" => words::input_saving_rate(language),
        "multiple" => words::input_multiple(language),
        "cap" => words::input_cap(language),
        "bill" => words::input_hafez_bill(language),
        "incentive_rate" => words::input_incentive_rate(language),
        "baseline_bill" => words::input_baseline_bill(language),
        "incentive" => words::input_incentive(language),
        "cost" => words::input_cost(language),
        "per" => words::input_per(language),
        "barrels" => words::input_barrels(language),
        "of_kwh" => words::input_of_kwh(language),
        "kg_per_kwh" => words::input_kg_per_kwh(language),
        "cooling_percent" => words::input_cooling_percent(language),
        "degrees" => words::input_degrees(language),
        "degree_percent" => words::input_degree_percent(language),
        "away_percent" => words::input_away_percent(language),
        "elapsed" => words::input_elapsed(language),
        "within" => words::input_within(language),
        "further" => words::input_further(language),
        "overtime" => words::input_overtime(language),
        "span" => words::input_span(language),
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
            ("register-2", "العداد رقم \u{2068}2\u{2069}", "Register \u{2068}2\u{2069}"),
            ("tax.0.15", "الضريبة", "Tax"),
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
