//! What a meter tells beside its readings (MET-2 to MET-5), and what the customer answers.

use billing::number::Number;
use billing::period::Day;
use serde::{Deserialize, Serialize};

use crate::accounts::{AccountId, ServicePointId};
use crate::batches::RefusedItem;
use crate::endpoint::{Endpoint, Method};

/// Hands over events, at most 1,000 at once. Needs `Authorization: Bearer` with the head-end's key. The same event
/// again, by the head-end's own id, changes nothing. One that cannot be right is answered by its index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostMeterEvents {
    /// In any order.
    pub events: Vec<ReportedEvent>,
}

/// An event as the head-end reports it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportedEvent {
    /// What the head-end calls it: 1 to 64 characters, its own for each event.
    pub id: String,
    /// Where.
    pub service_point: ServicePointId,
    /// When it happened.
    pub at: i64,
    /// What happened.
    pub what: MeterHappening,
}

/// What can happen at a meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum MeterHappening {
    /// MET-2: the voltage rose and the meter cut the supply, to protect the appliances.
    VoltageHigh {
        /// To so many volts.
        volts: Number,
    },
    /// MET-2: the voltage fell and the meter cut the supply, to protect the appliances.
    VoltageLow {
        /// To so many volts.
        volts: Number,
    },
    /// The voltage is steady again and the supply came back by itself.
    VoltageSteady,
    /// MET-3: something that may point to tampering with the meter.
    Tamper,
    /// MET-3: something that may point to somebody else drawing from the customer's supply.
    Theft,
    /// MET-4: the supply was cut remotely.
    Disconnected {
        /// Why.
        reason: CutReason,
    },
    /// MET-4: the supply was restored.
    Connected,
    /// MET-5: the meter found a fault of its own or of its supply.
    Fault {
        /// When the repair team was told, once it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told_at: Option<i64>,
    },
}

impl MeterHappening {
    /// The word of its kind on the wire.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VoltageHigh { .. } => "voltage-high",
            Self::VoltageLow { .. } => "voltage-low",
            Self::VoltageSteady => "voltage-steady",
            Self::Tamper => "tamper",
            Self::Theft => "theft",
            Self::Disconnected { .. } => "disconnected",
            Self::Connected => "connected",
            Self::Fault { .. } => "fault",
        }
    }

    /// The kinds that cut a supply for its voltage, and bring it back.
    pub const OF_VOLTAGE: [&str; 3] = ["voltage-high", "voltage-low", "voltage-steady"];
    /// The kinds that cut a supply remotely, and bring it back.
    pub const REMOTE: [&str; 2] = ["disconnected", "connected"];

    /// Whether it cuts the supply.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        matches!(self, Self::VoltageHigh { .. } | Self::VoltageLow { .. } | Self::Disconnected { .. })
    }

    /// Whether the customer may dispute it, or add what they know (MET-3).
    #[must_use]
    pub const fn is_disputable(&self) -> bool {
        matches!(self, Self::Tamper | Self::Theft)
    }
}

/// Why a supply was cut remotely (MET-4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CutReason {
    /// Work on the network.
    Maintenance {
        /// Until this instant.
        until: i64,
    },
    /// Overdue bills.
    Debt {
        /// How much was overdue, in the account's currency.
        amount: String,
    },
    /// Unsteady voltage.
    Protection,
    /// The customer asked for it.
    Request {
        /// On this day.
        on: Day,
    },
}

/// What became of a batch of events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterEventsTaken {
    /// New.
    pub added: u64,
    /// Known already.
    pub repeated: u64,
    /// Those that were not taken, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<RefusedItem>,
}

impl Endpoint for PostMeterEvents {
    type Reply = MeterEventsTaken;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/meter-events";
}

/// An event of the customer's meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterEvent {
    /// Its id.
    pub id: String,
    /// When it happened.
    pub at: i64,
    /// What happened.
    pub what: MeterHappening,
    /// What the customer said to it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<EventNote>,
}

/// What the customer says to an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventNote {
    /// When it came.
    pub at: i64,
    /// In the customer's own words.
    pub text: String,
}

/// Disputes tampering, or adds to a report of theft (MET-3). The same request again gives the same reply and adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostEventNote {
    /// Whose.
    #[serde(skip)]
    pub account: Option<AccountId>,
    /// Where.
    #[serde(skip)]
    pub service_point: Option<ServicePointId>,
    /// What the caller calls this request, 1 to 64 characters: a new one for each note.
    pub request_id: String,
    /// Which event.
    pub event: String,
    /// What the customer says, 1 to [`MOST_NOTE`] characters.
    pub text: String,
}

/// Characters of the longest note, and of the longest description of a fault.
pub const MOST_NOTE: usize = 1_000;

impl Endpoint for PostEventNote {
    type Reply = EventNote;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/accounts/{account}/service-points/{service_point}/meter-event-notes";

    fn path(&self) -> String {
        let text = |id: Option<&String>| id.cloned().unwrap_or_default();
        let account = text(self.account.as_ref().map(|id| &id.0));
        let point = text(self.service_point.as_ref().map(|id| &id.0));
        format!("/api/v1/accounts/{account}/service-points/{point}/meter-event-notes")
    }
}
