//! The names of what goes into a formula.

use super::Formula;

impl Formula {
    /// The names of its inputs in order; none where it takes any number.
    #[must_use]
    pub const fn inputs(self) -> &'static [&'static str] {
        match self {
            Self::Rounding => &["digits"],
            Self::Limit | Self::WholeLimit => &["limit", "days", "base_days"],
            Self::DaysShare => &["usage", "days", "period_days"],
            Self::MeasuredShare => &["measured", "usage", "covered", "minutes", "uncovered_minutes"],
            Self::FirstTier => &["usage", "limit"],
            Self::MiddleTier => &["usage", "limit", "limit_before"],
            Self::LastTier => &["usage", "limit_before"],
            Self::Charge => &["quantity", "price", "digits"],
            Self::Fee => &["fee", "digits"],
            Self::ByDays => &["amount", "days", "of_days", "digits"],
            Self::ByUse => &["amount", "usage", "of_usage", "digits"],
            Self::Remainder => &["amount", "earlier"],
            Self::Relief => &["relief", "digits", "left"],
            Self::Sum | Self::Median => &[],
            Self::Tax => &["base", "rate", "digits"],
            Self::SeasonalUse => &["last_year", "recent", "recent_last_year"],
            Self::Path => &["used", "expected", "ratio"],
            Self::Consumption => &["current", "previous", "multiplier"],
            Self::RollOver => &["current", "range", "previous", "multiplier"],
            Self::TrueFast | Self::TrueSlow => &["recorded", "error_percent"],
            Self::Remultiplied => &["usage", "right", "wrong"],
            Self::Change => &["new", "old"],
            Self::Overcharge => &["old", "new"],
            Self::Power => &["watts", "count"],
            Self::LoadUse => &["watts", "hours", "days"],
            Self::Daily => &["usage", "days"],
            Self::Estimate => &["usage", "days", "of_days"],
            Self::Bound => &["median", "factor", "days"],
            Self::ShareOfUse => &["usage", "share"],
            Self::ShareLimit => &["limit", "share"],
            Self::FeeTimes => &["fee", "times", "digits"],
            Self::Average => &["amount", "count", "digits"],
            Self::Excess => &["amount", "earlier"],
            Self::Smaller => &["left", "debt"],
            Self::Part => &["amount", "weight", "of_weights", "extra", "digits"],
            Self::MonthDays => &["month_days", "issue_day"],
            Self::NextYear => &["year", "years"],
            Self::Saved => &["baseline", "actual"],
            Self::SavingRate => &["saved", "baseline"],
            Self::IncentiveRate => &["saving_rate", "multiple", "cap"],
            Self::Incentive => &["bill", "incentive_rate", "digits"],
            Self::ValueIncentive => &["baseline_bill", "bill", "multiple", "digits"],
            Self::RateOfBill => &["incentive", "bill"],
            Self::StateCost => &["saved", "cost", "per", "digits"],
            Self::CutOff => &["amount"],
            Self::Barrels => &["saved", "barrels", "of_kwh"],
            Self::CarbonDioxide => &["saved", "kg_per_kwh"],
            Self::Cooled => &["usage", "cooling_percent", "degrees", "degree_percent"],
            Self::Away => &["usage", "away_percent"],
            Self::AboveLimit => &["debt", "limit"],
            Self::Overtime => &["elapsed", "within"],
            Self::BegunSpans | Self::FullSpans => &["amount", "further", "overtime", "span"],
        }
    }
}
