//! The head-end's side of the API.

use std::collections::BTreeSet;
use std::thread::sleep;
use std::time::Duration;

use api::accounts::ServicePointId;
use api::commands::{CommandResult, Commands, GetCommands, Order, PostAcknowledgement};
use api::endpoint::Endpoint;
use api::meter_events::{MeterEventsTaken, MeterHappening, PostMeterEvents, ReportedEvent};
use api::readings::{GetMeters, IntervalReading, Meters, PostReadings, ReadingsTaken};
use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::Agent;

use super::source::Source;
use crate::commands::CommandError;

/// A server that starts, or restarts, is waited for.
const TRIES: u32 = 60;
const BETWEEN_TRIES: Duration = Duration::from_secs(1);
const TIMEOUT: Duration = Duration::from_secs(30);

/// Speaks with one server.
pub(super) struct HeadEnd {
    agent: Agent,
    server: String,
    bearer: String,
}

impl HeadEnd {
    pub(super) fn new(server: &str, key: String) -> Self {
        let agent = Agent::config_builder().timeout_global(Some(TIMEOUT)).build().new_agent();
        Self { agent, server: server.trim_end_matches('/').to_owned(), bearer: format!("Bearer {key}") }
    }

    /// The meters that report by themselves.
    pub(super) fn wait_for_meters(&self) -> Result<Meters, CommandError> {
        let address = format!("{}{}", self.server, GetMeters::ROUTE);
        self.patiently(|| {
            let mut reply = self.agent.get(&address).header("authorization", &self.bearer).call()?;
            reply.body_mut().read_json()
        })
    }

    /// Hands readings over. The same again changes nothing, so a reply that was lost does no harm.
    pub(super) fn send(&self, readings: Vec<IntervalReading>) -> Result<(), CommandError> {
        let taken: ReadingsTaken = self.post(PostReadings::ROUTE, &PostReadings { readings })?;
        for refused in taken.refused {
            eprintln!("adad: {}", refused.message.en);
        }
        Ok(())
    }

    /// Does what is asked of the meters that are fed, tells it as their events, and acknowledges it. `cut` are those
    /// that are cut.
    pub(super) fn obey(
        &self,
        now: i64,
        source: &Source,
        cut: &mut BTreeSet<ServicePointId>,
    ) -> Result<(), CommandError> {
        let address = format!("{}{}", self.server, GetCommands::ROUTE);
        let Commands { commands } = self.patiently(|| {
            let mut reply = self.agent.get(&address).header("authorization", &self.bearer).call()?;
            reply.body_mut().read_json()
        })?;
        for command in commands.into_iter().filter(|command| source.feeds(&command.service_point)) {
            let what = match command.order {
                Order::Disconnect { reason } => Some(MeterHappening::Disconnected { reason }),
                Order::Connect => Some(MeterHappening::Connected),
                Order::Prepaid | Order::Postpaid => None,
            };
            if let Some(what) = what {
                match what.is_cut() {
                    true => cut.insert(command.service_point.clone()),
                    false => cut.remove(&command.service_point),
                };
                let id = command.id.clone();
                let event = ReportedEvent { id, service_point: command.service_point, at: now, what };
                let _: MeterEventsTaken =
                    self.post(PostMeterEvents::ROUTE, &PostMeterEvents { events: vec![event] })?;
            }
            let done = PostAcknowledgement { command: command.id, at: now, result: CommandResult::Done };
            self.post::<_, ()>(PostAcknowledgement::ROUTE, &done)?;
        }
        Ok(())
    }

    fn post<B: Serialize, T: DeserializeOwned>(&self, route: &str, body: &B) -> Result<T, CommandError> {
        let address = format!("{}{route}", self.server);
        self.patiently(|| {
            let request = self.agent.post(&address).header("authorization", &self.bearer);
            request.send_json(body)?.body_mut().read_json()
        })
    }

    fn patiently<T>(&self, ask: impl Fn() -> Result<T, ureq::Error>) -> Result<T, CommandError> {
        for _ in 1..TRIES {
            match ask() {
                // What the server refuses once it will refuse again.
                Err(ureq::Error::StatusCode(status)) if status < 500 => {
                    return Err(ureq::Error::StatusCode(status).into());
                }
                Err(_) => sleep(BETWEEN_TRIES),
                Ok(reply) => return Ok(reply),
            }
        }
        Ok(ask()?)
    }
}
