//! The head-end's side of the API.

use std::thread::sleep;
use std::time::Duration;

use api::endpoint::Endpoint;
use api::readings::{GetMeters, IntervalReading, Meters, PostReadings, ReadingsTaken};
use ureq::Agent;

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
        let address = format!("{}{}", self.server, PostReadings::ROUTE);
        let body = PostReadings { readings };
        let taken: ReadingsTaken = self.patiently(|| {
            let request = self.agent.post(&address).header("authorization", &self.bearer);
            request.send_json(&body)?.body_mut().read_json()
        })?;
        for refused in taken.refused {
            eprintln!("adad: {}", refused.message.en);
        }
        Ok(())
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
