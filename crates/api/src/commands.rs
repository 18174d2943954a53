//! What a head-end is asked to do to a meter, and its word that it did (MET-4, PRE-2).

use serde::{Deserialize, Serialize};

use crate::accounts::ServicePointId;
use crate::endpoint::{Endpoint, Method};
use crate::meter_events::CutReason;

/// Asks which commands wait. Needs the head-end's key; a meter's commands go to the head-end that it reports to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GetCommands {}

/// The commands that wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commands {
    /// Oldest first, at most 1,000.
    pub commands: Vec<Command>,
}

/// Something to do to a meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Its id, for the acknowledgement.
    pub id: String,
    /// Where.
    pub service_point: ServicePointId,
    /// The number on the meter's plate.
    pub meter: String,
    /// When it was asked for.
    pub asked_at: i64,
    /// What to do.
    pub order: Order,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Order {
    /// Cut the supply.
    Disconnect {
        /// Why; the meter's event says the same.
        reason: CutReason,
    },
    /// Restore the supply.
    Connect,
    /// From now on the meter runs on credit.
    Prepaid,
    /// From now on the meter is billed.
    Postpaid,
}

/// Says what became of a command. The same again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostAcknowledgement {
    /// Which command.
    pub command: String,
    /// When the meter answered.
    pub at: i64,
    /// What it answered.
    pub result: CommandResult,
}

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommandResult {
    /// The meter did it.
    Done,
    /// The meter cannot.
    Refused,
}

impl Endpoint for GetCommands {
    type Reply = Commands;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/commands";
}

impl Endpoint for PostAcknowledgement {
    type Reply = ();
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/commands/acknowledgements";
}
