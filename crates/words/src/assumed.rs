//! What is taken where no public source gives a figure, in words.

use billing::money::Currency;

use crate::phrases::{amount_words, quantity_words};
use crate::{Count, Language, sentences as words};

/// A figure of a price list or a projection that no public source gives, and what is taken for it.
pub(crate) fn assumed_in_pricing(
    language: Language,
    name: &str,
    value: &str,
) -> Option<(&'static str, String)> {
    Some(match name {
        "proration" => {
            let days = words::count_days(language, &Count::of_decimal(value, value));
            (words::assumed_proration(language), days)
        }
        "tier-rounding" => {
            let unit = words::unit_kwh(language);
            (words::assumed_tier_rounding(language), quantity_words(value, unit))
        }
        // Only Saudi schedules have a meter fee.
        "meter-fee" => (words::assumed_meter_fee(language), amount_words(language, Currency::SAR, value)),
        "start-day" => (words::assumed_start_day(language), value.to_owned()),
        "projection-margin" => {
            (words::assumed_projection_margin(language), words::assumed_percent(language, value))
        }
        _ => return None,
    })
}

/// What is taken where days around a meter's exchange share what was used.
pub(crate) fn assumed_of_exchange(
    language: Language,
    name: &str,
    value: &str,
) -> Option<(&'static str, &'static str)> {
    match (name, value) {
        ("exchange-day", "both-meters") => {
            Some((words::assumed_exchange_day(language), words::assumed_value_both_meters(language)))
        }
        _ => None,
    }
}

/// A figure that no public source gives, and what is taken for it.
pub(crate) fn assumed_words<'a>(language: Language, name: &'a str, value: &str) -> (&'a str, String) {
    if let Some(known) = assumed_in_pricing(language, name, value) {
        return known;
    }
    if let Some((name, way)) = assumed_of_exchange(language, name, value) {
        return (name, way.to_owned());
    }
    match name {
        "roll-over-share" => (words::assumed_roll_over_share(language), value.to_owned()),
        "estimate-recent-periods" => (words::assumed_estimate_recent_periods(language), value.to_owned()),
        "check-high-factor" => (words::assumed_check_high_factor(language), value.to_owned()),
        "check-low-factor" => (words::assumed_check_low_factor(language), value.to_owned()),
        "time-to-pay-day" => (words::assumed_time_to_pay_day(language), value.to_owned()),
        "debt-instalments" => (words::assumed_debt_instalments(language), value.to_owned()),
        "multiplier-claim-months" => {
            (words::assumed_multiplier_claim_months(language), counted_months(language, value))
        }
        "prepaid-stay-months" => {
            (words::assumed_prepaid_stay_months(language), counted_months(language, value))
        }
        "barrels-of-kwh" => (words::assumed_barrels_of_kwh(language), value.to_owned()),
        "co2-kg-kwh" => (words::assumed_co2_kg_kwh(language), value.to_owned()),
        "claim-months" => (words::assumed_claim_months(language), counted_months(language, value)),
        "cooling-share" => (words::assumed_cooling_share(language), words::assumed_percent(language, value)),
        "cooling-degree" => {
            (words::assumed_cooling_degree(language), words::assumed_percent(language, value))
        }
        "day-away" => (words::assumed_day_away(language), words::assumed_percent(language, value)),
        _ => assumed_way(language, name, value),
    }
}

fn counted_months(language: Language, value: &str) -> String {
    words::count_months_gen(language, &Count::of_decimal(value, value))
}

/// A way of reckoning that no public source gives, and the one that is taken.
fn assumed_way<'a>(language: Language, name: &'a str, value: &str) -> (&'a str, String) {
    let way = match value {
        "last-year" => words::assumed_value_last_year(language),
        "recent" => words::assumed_value_recent(language),
        "earlier" => words::assumed_value_earlier(language),
        "share" => words::assumed_value_share(language),
        "declared" => words::assumed_value_declared(language),
        "category" => words::assumed_value_category(language),
        "one-set" => words::assumed_value_one_set(language),
        "bill" => words::assumed_value_last_bill(language),
        "days" => words::assumed_value_days(language),
        "calendar" => words::assumed_value_calendar(language),
        "even" => words::assumed_value_even(language),
        other => other,
    };
    let name = match name {
        "estimate-method" => words::assumed_estimate_method(language),
        "category-day" => words::assumed_category_day(language),
        "mixed-use-limits" => words::assumed_mixed_use_limits(language),
        "temporary-basis" => words::assumed_temporary_basis(language),
        "temporary-schedule" => words::assumed_temporary_schedule(language),
        "grouping-limits" => words::assumed_grouping_limits(language),
        "deposit-set-off" => words::assumed_deposit_set_off(language),
        "claim-share" => words::assumed_claim_share(language),
        "prepaid-month" => words::assumed_prepaid_month(language),
        "day-course" => words::assumed_day_course(language),
        other => other,
    };
    (name, way.to_owned())
}
