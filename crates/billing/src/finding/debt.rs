//! Facts about debts, cuts, complaints and compensation.

use time::Date;

use crate::disconnection::times::ForbiddenTime;
use crate::money::Money;

/// One fact beside a decision of section C of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DebtFinding {
    /// A citizen's debt is above the limit, and stops transactions (DEB-1).
    DebtAboveLimit {
        /// All that is owed.
        debt: Money,
        /// What may be owed.
        limit: Money,
        /// The least that frees.
        pay: Money,
    },
    /// A citizen owes something, and it stops nothing (DEB-1).
    DebtWithinLimit {
        /// All that is owed.
        debt: Money,
        /// What may be owed.
        limit: Money,
        /// Months of missed instalments that would stop transactions.
        months: i64,
    },
    /// Instalments were missed month after month, which stops transactions (DEB-1).
    InstalmentsMissed {
        /// How many in a row.
        months: i64,
        /// What frees.
        pay: Money,
    },
    /// Any debt of a non-citizen stops transactions and travel (DEB-2).
    AnyDebtStops {
        /// The first day of that rule.
        since: Date,
        /// All that is owed.
        debt: Money,
    },
    /// The time of a notice ran out, which stops transactions (DEB-3).
    NoticeRanOut {
        /// The days it gave.
        days: i64,
    },
    /// A notice was served, and its time still runs (DEB-3).
    NoticeRuns {
        /// The first day on which it stops transactions.
        from: Date,
    },
    /// A plan that is kept lifts the stop (DEB-3, DEB-4).
    PlanLiftsStop,
    /// A missed instalment ended the plan (DEB-3).
    PlanCancelled {
        /// The day of that instalment.
        due: Date,
        /// What is due now.
        left: Money,
    },
    /// Instalments under an acknowledgement stopped, so its enforcement may begin (DEB-4).
    EnforcementBegins,
    /// What is overdue allows no cut (DEB-7).
    BelowCutLimit {
        /// What may be overdue.
        limit: Money,
        /// Bills that may be unpaid.
        bills: i64,
        /// Days of the first notice.
        notice_days: i64,
        /// Days of the final notice.
        final_days: i64,
    },
    /// Not every notice that comes before a cut was served (DIS-1).
    NoticesMissing {
        /// Still to come.
        missing: i64,
    },
    /// The time of the last notice still runs (DIS-1).
    CutNotBefore {
        /// The first day on which it has passed.
        on: Date,
    },
    /// Private housing loses its water only (DIS-2).
    WaterOnly,
    /// Other premises lose their electricity (DIS-2).
    ElectricityCut {
        /// The schedule that names their category.
        tariff: &'static str,
    },
    /// Nothing is overdue, or it is secured (DIS-2).
    DuesSettled,
    /// A complaint about the bill is open (DIS-3).
    ComplaintOpen {
        /// What is not in dispute and stays payable.
        undisputed: Money,
    },
    /// A medical need is registered (DIS-5).
    DireNeed {
        /// Above which the regulator may consent to a cut.
        limit: Money,
    },
    /// An emergency counts from the customer's word (DIS-5).
    Emergency {
        /// For so many days.
        days: i64,
    },
    /// A medical need without its proof, on a second meter or with dues at its entry protects nobody yet (DIS-5).
    DireNeedIncomplete,
    /// No cut at this time (DIS-6).
    NotNow {
        /// Why.
        time: ForbiddenTime,
    },
    /// The sum is for no consumption by the meter, and cuts nothing (DIS-6).
    NotMetered,
    /// The examination days around this day are not on record (DIS-6).
    ExamDaysUnknown,
    /// The bill was wrong after a cut: restored at once, without a fee (DIS-4).
    RestoredAtOnce,
    /// By when the provider answers (COM-1).
    AnswerDue {
        /// Working days it has.
        working_days: i64,
        /// The last of them.
        on: Date,
    },
    /// The answer is late (COM-1).
    AnswerLate {
        /// When it was due.
        due: Date,
        /// Working days since.
        working_days: i64,
    },
    /// No cut over this bill before the answer (DIS-3).
    ProtectedFromCut,
    /// No source promises protection while a complaint is open (Kuwait).
    NoProtectionPublished {
        /// What is not in dispute and may be paid meanwhile; zero where the whole bill is in dispute.
        undisputed: Money,
    },
    /// No source names a time for an answer (Kuwait, COM-1).
    NoClockPublished {
        /// Days for the answer to a grievance about stopped transactions; none before the law of 2025.
        days: Option<i64>,
    },
    /// A grievance comes before a suit (DEB-3).
    GrievanceFirst {
        /// Days for its answer.
        answer_days: i64,
        /// Days to sue after it.
        suit_days: i64,
    },
    /// The result of a meter test may be appealed (BIL-9).
    TestAppeal,
    /// A guaranteed standard was broken (COM-2).
    CompensationOwed {
        /// Which: the id of the rulebook.
        standard: &'static str,
        /// How much.
        amount: Money,
    },
    /// A standard was broken whose sum was not published (COM-2).
    SumNotPublished {
        /// Which.
        standard: &'static str,
    },
    /// By when a compensation is paid (COM-2).
    PaidBy {
        /// The last working day.
        on: Date,
    },
}

impl DebtFinding {
    /// The stable code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DebtAboveLimit { .. } => "debt-above-limit",
            Self::DebtWithinLimit { .. } => "debt-within-limit",
            Self::InstalmentsMissed { .. } => "instalments-missed",
            Self::AnyDebtStops { .. } => "any-debt-stops",
            Self::NoticeRanOut { .. } => "notice-ran-out",
            Self::NoticeRuns { .. } => "notice-runs",
            Self::PlanLiftsStop => "plan-lifts-stop",
            Self::PlanCancelled { .. } => "plan-cancelled",
            Self::EnforcementBegins => "enforcement-begins",
            Self::BelowCutLimit { .. } => "below-cut-limit",
            Self::NoticesMissing { .. } => "notices-missing",
            Self::CutNotBefore { .. } => "cut-not-before",
            Self::WaterOnly => "water-only",
            Self::ElectricityCut { .. } => "electricity-cut",
            Self::DuesSettled => "dues-settled",
            Self::ComplaintOpen { .. } => "complaint-open",
            Self::DireNeed { .. } => "dire-need",
            Self::Emergency { .. } => "emergency",
            Self::DireNeedIncomplete => "dire-need-incomplete",
            Self::NotNow { .. } => "not-now",
            Self::NotMetered => "not-metered",
            Self::ExamDaysUnknown => "exam-days-unknown",
            Self::RestoredAtOnce => "restored-at-once",
            Self::AnswerDue { .. } => "answer-due",
            Self::AnswerLate { .. } => "answer-late",
            Self::ProtectedFromCut => "protected-from-cut",
            Self::NoProtectionPublished { .. } => "no-protection-published",
            Self::NoClockPublished { .. } => "no-clock-published",
            Self::GrievanceFirst { .. } => "grievance-first",
            Self::TestAppeal => "test-appeal",
            Self::CompensationOwed { .. } => "compensation-owed",
            Self::SumNotPublished { .. } => "sum-not-published",
            Self::PaidBy { .. } => "paid-by",
        }
    }
}
