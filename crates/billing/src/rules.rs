//! The ids of the rules that this crate is for, what kind each is, and where it is computed.

/// What a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Figures from figures.
    Sum,
    /// A yes or no with its reasons.
    Decision,
    /// A fact beside a result.
    Finding,
    /// Dated figures of the rulebooks.
    Data,
    /// Shown by the portal from what others compute.
    Page,
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleId {
    /// Such as `TAR-5`.
    pub id: &'static str,
    /// What it is.
    pub kind: Kind,
    /// The contract's name of the request that computes or tells it; empty where none does.
    pub contract: &'static str,
    /// The function behind it, from the crate's root; for data the rulebook's folder.
    pub function: &'static str,
}

const fn rule(id: &'static str, kind: Kind, contract: &'static str, function: &'static str) -> RuleId {
    RuleId { id, kind, contract, function }
}

/// All rules of sections A to C, those of projection, prepayment and Hafez, and the two sums that have no id of their own.
pub const RULES: [RuleId; 56] = [
    rule("TAR-1", Kind::Sum, "bill", "bill::calculate"),
    rule("TAR-2", Kind::Sum, "bill", "bill::calculate"),
    rule("TAR-3", Kind::Data, "bill", "rulebooks/kw"),
    rule("TAR-4", Kind::Data, "bill", "rulebooks/sa"),
    rule("TAR-5", Kind::Sum, "tier-limits", "tier_limits::tier_limits"),
    rule("TAR-6", Kind::Finding, "audit", "audit::answer::audit"),
    rule("TAR-7", Kind::Sum, "category-change", "rating::category_change::category_change"),
    rule("TAR-8", Kind::Sum, "mixed-use", "rating::mixed_use::mixed_use"),
    rule("TAR-9", Kind::Sum, "unmetered", "metering::unmetered::unmetered"),
    rule("TAR-10", Kind::Sum, "temporary-supply", "rating::temporary_supply::temporary_supply"),
    rule("TAR-11", Kind::Decision, "grouping", "rating::grouping::grouping"),
    rule("TAR-12", Kind::Sum, "fixed-bill", "rating::fixed_bill::fixed_bill"),
    rule("TAR-13", Kind::Sum, "closing-bill", "rating::closing_bill::closing_bill"),
    rule("BIL-1", Kind::Finding, "bill", "bill::calculate"),
    rule("BIL-2", Kind::Sum, "billing-calendar", "metering::billing_calendar::billing_calendar"),
    rule("BIL-3", Kind::Sum, "consumption", "metering::consumption::consumption"),
    rule("BIL-4", Kind::Sum, "estimate", "metering::estimate::estimate"),
    rule("BIL-5", Kind::Decision, "pre-issue-check", "metering::pre_issue_check::pre_issue_check"),
    rule("BIL-6", Kind::Sum, "meter-correction", "metering::correction::meter_correction"),
    rule("BIL-7", Kind::Sum, "rebill", "rating::rebill::rebill"),
    rule("BIL-8", Kind::Sum, "rebill", "rating::rebill::rebill"),
    rule("BIL-9", Kind::Page, "complaint", "complaint::complaint"),
    rule("BIL-10", Kind::Page, "audit", "audit::answer::audit"),
    rule("BIL-11", Kind::Sum, "estimate", "metering::estimate::estimate"),
    rule("BIL-12", Kind::Finding, "meter-test", "metering::meter_test::meter_test"),
    rule("BIL-13", Kind::Data, "rebill", "rating::rebill::rebill"),
    rule("DEB-1", Kind::Decision, "standing", "standing::standing"),
    rule("DEB-2", Kind::Decision, "standing", "standing::standing"),
    rule("DEB-3", Kind::Decision, "standing", "standing::standing"),
    rule("DEB-4", Kind::Decision, "plan-default", "standing::plan_default::plan_default"),
    rule("DEB-5", Kind::Sum, "instalments", "collection::instalments::instalments"),
    rule("DEB-6", Kind::Data, "standing", "rulebooks/kw"),
    rule("DEB-7", Kind::Data, "disconnection", "rulebooks/sa"),
    rule("DIS-1", Kind::Decision, "disconnection", "disconnection::disconnection"),
    rule("DIS-2", Kind::Decision, "disconnection", "disconnection::disconnection"),
    rule("DIS-3", Kind::Decision, "disconnection", "disconnection::disconnection"),
    rule("DIS-4", Kind::Decision, "complaint", "complaint::complaint"),
    rule("DIS-5", Kind::Decision, "disconnection", "disconnection::disconnection"),
    rule("DIS-6", Kind::Decision, "disconnection", "disconnection::disconnection"),
    rule("DIS-7", Kind::Data, "compensation", "rulebooks/sa"),
    rule("DIS-8", Kind::Page, "", ""),
    rule("COM-1", Kind::Sum, "complaint", "complaint::complaint"),
    rule("COM-2", Kind::Sum, "compensation", "compensation::compensation"),
    rule("PRO-1", Kind::Sum, "projection", "projection::answer::projection"),
    rule("PRO-2", Kind::Sum, "projection", "projection::answer::projection"),
    rule("PRO-3", Kind::Sum, "projection", "projection::answer::projection"),
    rule("PRE-1", Kind::Sum, "prepaid", "credit::prepaid::prepaid"),
    rule("PRE-2", Kind::Decision, "prepaid-switch", "credit::prepaid_switch::prepaid_switch"),
    rule("PRE-4", Kind::Sum, "budget", "credit::budget::budget"),
    rule("MET-6", Kind::Data, "prepaid-switch", "credit::prepaid_switch::prepaid_switch"),
    rule("HAF-1", Kind::Decision, "hafez-eligibility", "hafez::eligibility::eligibility"),
    rule("HAF-2", Kind::Sum, "hafez", "hafez::incentive::hafez"),
    rule("HAF-3", Kind::Sum, "hafez", "hafez::incentive::hafez"),
    rule("HAF-4", Kind::Sum, "consumption-equivalents", "hafez::equivalents::equivalents"),
    rule("allocation", Kind::Sum, "allocation", "collection::allocation::allocation"),
    rule("split", Kind::Sum, "split", "collection::split::split"),
];
