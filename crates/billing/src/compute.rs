//! Every rule by its name: JSON in, JSON out, the same bytes for each caller.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::audit::{AuditAnswer, AuditRequest, audit};
use crate::bill::{self, BillAnswer, BillFacts};
use crate::collection::allocation::{AllocationAnswer, AllocationRequest, allocation};
use crate::collection::instalments::{InstalmentsAnswer, InstalmentsRequest, instalments};
use crate::collection::split::{SplitAnswer, SplitRequest, split};
use crate::compensation::{CompensationAnswer, CompensationRequest, compensation};
use crate::complaint::{ComplaintOutcome, ComplaintRequest, complaint};
use crate::credit::budget::{BudgetAnswer, BudgetRequest, budget};
use crate::credit::prepaid::{PrepaidAnswer, PrepaidRequest, prepaid};
use crate::credit::prepaid_switch::{PrepaidSwitchAnswer, PrepaidSwitchRequest, prepaid_switch};
use crate::disconnection::{DisconnectionAnswer, DisconnectionRequest, disconnection};
use crate::error::{BillingError, Refusal};
use crate::finding::Say;
use crate::hafez::eligibility::{EligibilityAnswer, EligibilityRequest, eligibility};
use crate::hafez::equivalents::{EquivalentsAnswer, EquivalentsRequest, equivalents};
use crate::hafez::incentive::{HafezAnswer, HafezRequest, hafez};
use crate::metering::billing_calendar::{BillingCalendarAnswer, BillingCalendarRequest, billing_calendar};
use crate::metering::consumption::{ConsumptionAnswer, ConsumptionRequest, consumption};
use crate::metering::correction::{MeterCorrectionAnswer, MeterCorrectionRequest, meter_correction};
use crate::metering::estimate::{EstimateAnswer, EstimateRequest, estimate};
use crate::metering::meter_test::{MeterTestAnswer, MeterTestRequest, meter_test};
use crate::metering::pre_issue_check::{PreIssueCheckAnswer, PreIssueCheckRequest, pre_issue_check};
use crate::metering::unmetered::{UnmeteredAnswer, UnmeteredRequest, unmetered};
use crate::projection::{ProjectionAnswer, ProjectionRequest, projection};
use crate::rating::category_change::{CategoryChangeAnswer, CategoryChangeRequest, category_change};
use crate::rating::closing_bill::{ClosingBillAnswer, ClosingBillRequest, closing_bill};
use crate::rating::fixed_bill::{FixedBillAnswer, FixedBillRequest, fixed_bill};
use crate::rating::grouping::{GroupingAnswer, GroupingRequest, grouping};
use crate::rating::mixed_use::{MixedUseAnswer, MixedUseRequest, mixed_use};
use crate::rating::rebill::{RebillAnswer, RebillRequest, rebill};
use crate::rating::temporary_supply::{TemporarySupplyAnswer, TemporarySupplyRequest, temporary_supply};
use crate::standing::plan_default::{PlanDefaultAnswer, PlanDefaultRequest, plan_default};
use crate::standing::{StandingAnswer, StandingRequest, standing};
use crate::tier_limits::{TierLimitsAnswer, TierLimitsRequest, tier_limits};

/// A rule of the contract.
pub struct Rule {
    /// Its name on the wire.
    pub name: &'static str,
    run: fn(&[u8], Say<'_>) -> Result<String, Refusal>,
    /// The JSON Schemas of its request and outcome.
    #[cfg(feature = "schema")]
    pub schemas: fn() -> [schemars::Schema; 2],
}

macro_rules! rule {
    ($name:literal, $request:ty, $answer:ty, $run:expr) => {
        Rule {
            name: $name,
            run: |body, say| {
                let run: fn(&$request, Say<'_>) -> Result<$answer, Refusal> = $run;
                answer(&run(&decode(body)?, say)?)
            },
            #[cfg(feature = "schema")]
            schemas: || [schemars::schema_for!($request), schemars::schema_for!($answer)],
        }
    };
}

macro_rules! rules {
    ($($(#[$doc:meta])* $group:ident, $names:ident: { $($name:literal: $request:ty => $answer:ty, $run:expr;)* })*) => {
        $(
            $(#[$doc])*
            pub const $group: &[Rule] = &[$(rule!($name, $request, $answer, $run)),*];

            /// The names of the same rules. To name a rule is not to link it: in the browser each group travels by itself.
            pub const $names: &[&str] = &[$($name),*];
        )*

        /// All rules.
        pub const RULES: &[Rule] = &[$($(rule!($name, $request, $answer, $run)),*),*];
    };
}

rules! {
    /// What a usage costs, and under which prices.
    PRICING, PRICING_NAMES: {
        "bill": BillFacts => BillAnswer, |facts, say| Ok(bill::calculate(facts)?.answer(say));
        "tier-limits": TierLimitsRequest => TierLimitsAnswer, |request, _| tier_limits(request);
        "category-change": CategoryChangeRequest => CategoryChangeAnswer, category_change;
        "mixed-use": MixedUseRequest => MixedUseAnswer, mixed_use;
        "unmetered": UnmeteredRequest => UnmeteredAnswer, unmetered;
        "temporary-supply": TemporarySupplyRequest => TemporarySupplyAnswer, temporary_supply;
        "grouping": GroupingRequest => GroupingAnswer, grouping;
        "fixed-bill": FixedBillRequest => FixedBillAnswer, fixed_bill;
        "closing-bill": ClosingBillRequest => ClosingBillAnswer, closing_bill;
    }
    /// How a usage comes about.
    METERING, METERING_NAMES: {
        "billing-calendar": BillingCalendarRequest => BillingCalendarAnswer, billing_calendar;
        "consumption": ConsumptionRequest => ConsumptionAnswer, consumption;
        "estimate": EstimateRequest => EstimateAnswer, estimate;
        "pre-issue-check": PreIssueCheckRequest => PreIssueCheckAnswer, pre_issue_check;
        "meter-correction": MeterCorrectionRequest => MeterCorrectionAnswer, meter_correction;
        "meter-test": MeterTestRequest => MeterTestAnswer, meter_test;
    }
    /// Bills that were issued: checking, correcting, sharing and paying them.
    ISSUED, ISSUED_NAMES: {
        "rebill": RebillRequest => RebillAnswer, rebill;
        "audit": AuditRequest => AuditAnswer, audit;
        "instalments": InstalmentsRequest => InstalmentsAnswer, instalments;
        "allocation": AllocationRequest => AllocationAnswer, allocation;
        "split": SplitRequest => SplitAnswer, split;
    }
    /// What owing and complaining bring about.
    OWED, OWED_NAMES: {
        "standing": StandingRequest => StandingAnswer, standing;
        "plan-default": PlanDefaultRequest => PlanDefaultAnswer, plan_default;
        "complaint": ComplaintRequest => ComplaintOutcome, complaint;
        "compensation": CompensationRequest => CompensationAnswer, compensation;
        "disconnection": DisconnectionRequest => DisconnectionAnswer, disconnection;
    }
    /// What is to come, and what saving brings.
    AHEAD, AHEAD_NAMES: {
        "projection": ProjectionRequest => ProjectionAnswer, projection;
        "prepaid": PrepaidRequest => PrepaidAnswer, prepaid;
        "prepaid-switch": PrepaidSwitchRequest => PrepaidSwitchAnswer, prepaid_switch;
        "budget": BudgetRequest => BudgetAnswer, budget;
        "hafez-eligibility": EligibilityRequest => EligibilityAnswer, eligibility;
        "hafez": HafezRequest => HafezAnswer, hafez;
        "consumption-equivalents": EquivalentsRequest => EquivalentsAnswer, equivalents;
    }
}

/// The rule of this name.
///
/// # Errors
/// [`BillingError::UnknownRule`].
pub fn find(name: &str) -> Result<&'static Rule, Refusal> {
    find_in(RULES, name)
}

fn find_in<'a>(rules: &'a [Rule], name: &str) -> Result<&'a Rule, Refusal> {
    let unknown = || BillingError::UnknownRule { rule: name.to_owned() }.at("");
    rules.iter().find(|rule| rule.name == name).ok_or_else(unknown)
}

/// Runs rule `name` on a JSON request: compact JSON that ends with a newline. `say` brings the findings' sentences.
///
/// # Errors
/// A [`Refusal`] with the JSON pointer of the value that caused it. No input panics.
pub fn run(name: &str, body: &[u8], say: Say<'_>) -> Result<String, Refusal> {
    run_in(RULES, name, body, say)
}

/// The same for one of `rules`: [`PRICING`], [`METERING`], [`ISSUED`], [`OWED`] or [`AHEAD`].
///
/// # Errors
/// As [`run`]; [`BillingError::UnknownRule`] for a rule of another group.
pub fn run_in(rules: &[Rule], name: &str, body: &[u8], say: Say<'_>) -> Result<String, Refusal> {
    (find_in(rules, name)?.run)(body, say)
}

fn answer(outcome: &impl Serialize) -> Result<String, Refusal> {
    let mut text = serde_json::to_string(outcome).map_err(|_| BillingError::InvalidJson.at(""))?;
    text.push('\n');
    Ok(text)
}

/// Reads a request, with the place and the kind of what is wrong in it.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let request: T = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = pointer(error.path());
        refusal(&error.into_inner(), pointer)
    })?;
    json.end().map_err(|_| BillingError::InvalidJson.at(""))?;
    Ok(request)
}

/// serde tells its errors in words only; these are the words that `serde_json` and our own types use.
fn refusal(error: &serde_json::Error, pointer: String) -> Refusal {
    if !error.is_data() {
        return BillingError::InvalidJson.at("");
    }
    let text = error.to_string();
    let name = || text.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some(own) = text.strip_prefix('#') {
        return coded(own).at(pointer);
    }
    if text.starts_with("duplicate field") {
        return BillingError::InvalidJson.at("");
    }
    if text.starts_with("missing field") {
        let field = format!("{pointer}/{}", escaped(&name()));
        return BillingError::MissingField { name: name() }.at(field);
    }
    if text.starts_with("unknown field") {
        return BillingError::UnknownField { name: name() }.at(pointer);
    }
    if text.starts_with("invalid value: integer") {
        let error =
            if name().starts_with('-') { BillingError::Negative } else { BillingError::NumberTooLarge };
        return error.at(pointer);
    }
    BillingError::WrongType.at(pointer)
}

fn coded(text: &str) -> BillingError {
    let known = [BillingError::NotADecimal, BillingError::NumberTooLong, BillingError::NotADate];
    let code = text.split(' ').next().unwrap_or_default();
    known.into_iter().find(|error| error.code() == code).unwrap_or(BillingError::WrongType)
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => escaped(key),
            Segment::Enum { variant } => escaped(variant),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
