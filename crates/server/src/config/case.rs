//! What an operator says of a debt, a complaint or a dire need.

use api::accounts::{ComplaintId, ServicePointId};
use api::complaint_steps::TestTrigger;
use api::meters::{MeterTest, TestResult};
use api::staff::{StaffRole, StaffStep};
use billing::number::Number;
use billing::period::Day;
use clap::{Args, Subcommand, ValueEnum};
use time::Date;

use super::Record;
use super::operator::{Tested, day, number};

/// About a debt, a complaint or a dire need, and what is done about it.
#[derive(Clone, Debug, Subcommand)]
pub enum CaseAsk {
    /// Notes that a notice or warning of all that is overdue was served.
    Notice {
        /// Its id: the same again changes nothing.
        #[arg(long)]
        id: String,
        /// The account number.
        #[arg(long)]
        account: String,
        /// Which step.
        #[arg(long, value_enum)]
        step: Step,
        /// The day on which it was served, 2026-10-01.
        #[arg(long, value_name = "DAY", value_parser = day)]
        served_on: Date,
        /// Where the record is.
        #[command(flatten)]
        record: Record,
    },
    /// Lists the complaints that are not ended, oldest first.
    List(Record),
    /// Shows a complaint with its sums, its clock and its steps.
    Show(OneComplaint),
    /// Takes a step of a complaint.
    Step {
        /// Which complaint.
        #[command(flatten)]
        complaint: OneComplaint,
        /// Who takes it.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Words for the customer.
        #[arg(long, default_value = "")]
        note: String,
        /// What is done.
        #[command(subcommand)]
        step: TakenStep,
    },
    /// Lists the hospital reports that nobody has looked at.
    Needs(Record),
    /// Says whether a hospital's report proves a dire need.
    ReviewNeed {
        /// Which need.
        #[arg(long, value_name = "ID")]
        need: String,
        /// Whether it does.
        #[arg(long, value_enum)]
        outcome: Outcome,
        /// Who looked at it.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Words for the record.
        #[arg(long, default_value = "")]
        note: String,
        /// Where the record is.
        #[command(flatten)]
        record: Record,
    },
    /// Gives somebody of the staff a key, which is printed once: the record keeps only its hash.
    AddStaff {
        /// Their name.
        #[arg(value_parser = staff_name)]
        name: String,
        /// What they may do.
        #[arg(long, value_enum)]
        role: Role,
        /// Where the record is.
        #[command(flatten)]
        record: Record,
    },
    /// Ends somebody's key.
    RevokeStaff {
        /// Their name.
        name: String,
        /// Where the record is.
        #[command(flatten)]
        record: Record,
    },
}

/// A complaint.
#[derive(Clone, Debug, Args)]
pub struct OneComplaint {
    /// Its number.
    #[arg(long = "complaint", value_name = "NUMBER")]
    pub number: String,
    /// Where the record is.
    #[command(flatten)]
    pub record: Record,
}

impl OneComplaint {
    /// Its number.
    #[must_use]
    pub fn id(&self) -> ComplaintId {
        ComplaintId(self.number.clone())
    }
}

/// What is done to a complaint.
#[derive(Clone, Debug, Subcommand)]
pub enum TakenStep {
    /// From now on somebody has it.
    TakeUp,
    /// Orders a test of the meter.
    OrderTest {
        /// Why: it says who pays for it.
        #[arg(long, value_enum)]
        trigger: Trigger,
    },
    /// Enters what the test found.
    EnterTest {
        /// The day of the test, 2026-09-14.
        #[arg(long, value_name = "DAY", value_parser = day)]
        on: Date,
        /// What it found.
        #[arg(long, value_enum)]
        result: Tested,
        /// How far off it was, in percent of the true use.
        #[arg(long, value_name = "PERCENT", default_value = "0", value_parser = number)]
        error_percent: Number,
        /// Since when it ran so: the bills whose days begin then or later are corrected.
        #[arg(long, value_name = "DAY", value_parser = day)]
        since: Option<Date>,
    },
    /// Corrects the disputed bill by the right reading at the end of its period.
    CorrectReading {
        /// The service point.
        #[arg(long, value_name = "ID")]
        service_point: String,
        /// What the register showed.
        #[arg(long, value_parser = number)]
        current: Number,
    },
    /// Corrects a wrong multiplier, and every bill made with it.
    CorrectMultiplier {
        /// The right one.
        #[arg(long, value_parser = number)]
        right: Number,
    },
    /// Restores the supply at once and without a fee.
    Restore,
    /// The answer: the customer was right.
    Accept,
    /// The answer: the bill stands.
    Reject,
    /// Enters what an appeal or a grievance came to.
    DecideAppeal {
        /// Whether it was for the customer.
        #[arg(long, value_enum)]
        outcome: Outcome,
    },
    /// Credits what the broken standards come to.
    Compensate {
        /// The sum, where none was published.
        #[arg(long, value_parser = number)]
        amount: Option<Number>,
    },
    /// Nothing is left to do.
    Close,
}

impl TakenStep {
    /// The same as the API has it.
    #[must_use]
    pub fn step(self) -> StaffStep {
        match self {
            Self::TakeUp => StaffStep::TakeUp,
            Self::OrderTest { trigger: Trigger::ImplausibleBill } => {
                StaffStep::OrderTest { trigger: TestTrigger::ImplausibleBill }
            }
            Self::OrderTest { trigger: Trigger::CustomerAsked } => {
                StaffStep::OrderTest { trigger: TestTrigger::CustomerAsked }
            }
            Self::EnterTest { on, result, error_percent, since } => {
                let test = MeterTest { on: Day(on), result: TestResult::from(result), error_percent };
                StaffStep::EnterTest { test, since: since.map(Day) }
            }
            Self::CorrectReading { service_point, current } => {
                StaffStep::CorrectReading { service_point: ServicePointId(service_point), current }
            }
            Self::CorrectMultiplier { right } => StaffStep::CorrectMultiplier { right },
            Self::Restore => StaffStep::OrderRestoration,
            Self::Accept => StaffStep::Answer { accepted: true },
            Self::Reject => StaffStep::Answer { accepted: false },
            Self::DecideAppeal { outcome } => StaffStep::DecideAppeal { accepted: outcome == Outcome::Yes },
            Self::Compensate { amount } => StaffStep::Compensate { amount },
            Self::Close => StaffStep::Close,
        }
    }
}

/// A step of the ladder before a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// The first notice (Saudi Arabia).
    Notice,
    /// The last one before a cut (Saudi Arabia).
    FinalNotice,
    /// One of the warnings (Kuwait).
    Warning,
}

/// Why a meter is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Trigger {
    /// The bill is not plausible: at the provider's cost.
    ImplausibleBill,
    /// The customer asked for it.
    CustomerAsked,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Outcome {
    /// For the customer.
    Yes,
    /// Against.
    No,
}

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// All but deciding appeals.
    Officer,
    /// Deciding appeals and grievances, and nothing else.
    Authority,
}

impl From<Role> for StaffRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Officer => Self::Officer,
            Role::Authority => Self::Authority,
        }
    }
}

fn staff_name(text: &str) -> Result<String, String> {
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    match plain && !text.is_empty() {
        true => Ok(text.to_owned()),
        false => Err("a name of the staff has small letters, digits and hyphens".to_owned()),
    }
}
