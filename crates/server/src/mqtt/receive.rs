//! The server's side: takes what head-ends publish, answers it, and hands out commands.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use api::problem::ApiError;
use rumqttc::{AsyncClient, Event, EventLoop, Packet, Publish, QoS};
use serde::Serialize;
use tokio::sync::mpsc;
use words::codes::api_problem;

use super::{Broker, DEMO};
use crate::actions::send_command::acknowledge;
use crate::actions::take_meter_events::take_meter_events;
use crate::actions::take_readings::take_readings;
use crate::auth::HeadEnd;
use crate::body::{parse, parse_batch};
use crate::clock::Clock;
use crate::error::{Error, Result, log_fault};
use crate::secrets;
use crate::state::AppState;
use crate::store::{commands, head_ends, leases};

/// The lease of whoever receives, and for how long it is taken.
const LEASE: &str = "mqtt";
const LEASE_S: i64 = 6;
const RENEW: Duration = Duration::from_secs(2);
const BETWEEN_TRIES: Duration = Duration::from_secs(1);
/// Messages that wait here; the broker keeps the rest, for it sends no more than twenty that are not acknowledged.
const WAITING: usize = 32;
/// Acknowledgements and answers that wait for the connection.
const REQUESTS: usize = 256;
/// A command that nobody acknowledges is said again.
const SAY_AGAIN: Duration = Duration::from_secs(30);
const MOST_COMMANDS: i64 = 1_000;
const ANY: &str = "any";

/// How this record receives.
#[derive(Clone, Debug)]
pub struct Receiving {
    /// Where.
    pub broker: Broker,
    /// The name of the session, one a record.
    pub client: String,
    /// Whether [`DEMO`] may speak.
    pub demo: bool,
}

/// Receives, as long as the server runs and no other server of this record does.
pub async fn receive(app: AppState, receiving: Receiving) {
    let me = match secrets::token() {
        Ok(me) => me,
        Err(error) => return drop(log_fault(&format!("mqtt: {error}"))),
    };
    loop {
        match take_lease(&app, &me).await {
            Ok(true) => Session::begin(&app, &receiving, &me).run().await,
            Ok(false) => {}
            Err(error) => drop(log_fault(&format!("mqtt: {error}"))),
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
}

/// By the machine's clock: a test's clock stands, and a demo's is another on each machine.
async fn take_lease(app: &AppState, me: &str) -> Result<bool> {
    let now = Clock::of_the_machine().now();
    let mut record = app.store.begin().await?;
    let taken = leases::take(&mut record, LEASE, me, now, now + LEASE_S).await?;
    record.commit().await?;
    Ok(taken)
}

/// A connection to the broker, and what goes over it.
struct Session<'a> {
    app: &'a AppState,
    receiving: &'a Receiving,
    me: &'a str,
    client: AsyncClient,
    messages: mpsc::Receiver<Publish>,
    connection: tokio::task::JoinHandle<()>,
    said: HashMap<String, Instant>,
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        // Without a farewell: the broker keeps the session for whoever comes next.
        self.connection.abort();
    }
}

impl<'a> Session<'a> {
    fn begin(app: &'a AppState, receiving: &'a Receiving, me: &'a str) -> Self {
        let mut options = receiving.broker.options(&receiving.client);
        options.set_clean_session(false).set_manual_acks(true);
        let (client, events) = AsyncClient::new(options, REQUESTS);
        let (sender, messages) = mpsc::channel(WAITING);
        let connection = tokio::spawn(keep_connected(client.clone(), events, sender));
        Self { app, receiving, me, client, messages, connection, said: HashMap::new() }
    }

    /// Until the lease is another's.
    async fn run(mut self) {
        let mut renew = tokio::time::interval(RENEW);
        loop {
            tokio::select! {
                message = self.messages.recv() => match message {
                    Some(message) => self.take(message).await,
                    None => return,
                },
                _ = renew.tick() => match take_lease(self.app, self.me).await {
                    Ok(true) => {
                        if let Err(error) = self.say_commands().await {
                            log_fault(&format!("mqtt, commands: {error}"));
                        }
                    }
                    Ok(false) => return,
                    // While the record does not answer nothing can be taken, and nothing is acknowledged.
                    Err(error) => drop(log_fault(&format!("mqtt: {error}"))),
                },
            }
        }
    }

    /// Takes a message, however long the record needs; only then it is acknowledged.
    async fn take(&self, message: Publish) {
        let Some(topic) = Topic::parse(&message.topic) else {
            return self.acknowledge(&message).await;
        };
        let answer = loop {
            match self.answer(&topic, &message.payload).await {
                Ok(answer) => break answer,
                Err(Error::Api(refusal)) if !matches!(refusal, ApiError::ServerBusy) => {
                    break text(&api_problem(&refusal));
                }
                Err(Error::Api(_)) => tokio::time::sleep(BETWEEN_TRIES).await,
                Err(error) => {
                    log_fault(&format!("mqtt: {error}"));
                    tokio::time::sleep(BETWEEN_TRIES).await;
                }
            }
        };
        if let Some(batch) = topic.batch {
            self.publish(format!("adad/{}/answers/{batch}", topic.name), answer).await;
        }
        self.acknowledge(&message).await;
    }

    async fn answer(&self, topic: &Topic<'_>, body: &[u8]) -> Result<String> {
        let head_end = self.head_end(topic.name).await?;
        let (app, now) = (self.app, self.app.clock.now());
        Ok(match topic.kind {
            Kind::Readings => text(&take_readings(app, &head_end, &parse_batch(body, "readings")?).await?),
            Kind::Events => text(&take_meter_events(app, &head_end, &parse_batch(body, "events")?).await?),
            Kind::Acknowledgements => {
                acknowledge(&app.store, now, &head_end, &parse(body)?).await?;
                text(&())
            }
        })
    }

    async fn head_end(&self, name: &str) -> Result<HeadEnd> {
        if name == DEMO && self.receiving.demo {
            return Ok(HeadEnd { name: String::new() });
        }
        let known =
            !name.contains('\0') && head_ends::may_speak(&mut *self.app.store.read().await?, name).await?;
        if known { Ok(HeadEnd { name: name.to_owned() }) } else { Err(ApiError::KeyWrong.into()) }
    }

    /// Publishes the commands that wait and were not said lately.
    async fn say_commands(&mut self) -> Result<()> {
        let mut db = self.app.store.read().await?;
        let waiting = commands::all_waiting(&mut db, MOST_COMMANDS).await?;
        self.said.retain(|id, _| waiting.iter().any(|(_, command)| command.id == *id));
        for (head_end, command) in waiting {
            if self.said.get(&command.id).is_some_and(|said| said.elapsed() < SAY_AGAIN) {
                continue;
            }
            let any = if self.receiving.demo { DEMO } else { ANY };
            let topic = format!("adad/{}/commands", head_end.as_deref().unwrap_or(any));
            self.publish(topic, text(&command)).await;
            self.said.insert(command.id, Instant::now());
        }
        Ok(())
    }

    async fn publish(&self, topic: String, body: String) {
        // It fails only when the connection's task is gone, and then so is this session.
        self.client.publish(topic, QoS::AtLeastOnce, false, body).await.ok();
    }

    async fn acknowledge(&self, message: &Publish) {
        self.client.ack(message).await.ok();
    }
}

/// Connects, again and again, and hands over what comes.
async fn keep_connected(client: AsyncClient, mut events: EventLoop, messages: mpsc::Sender<Publish>) {
    let mut is_told = false;
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                is_told = false;
                for kind in ["readings", "events", "acknowledgements"] {
                    for topic in [format!("adad/+/{kind}"), format!("adad/+/{kind}/+")] {
                        // Asked for anew on each connection: a broker that lost its sessions knows of none.
                        client.try_subscribe(topic, QoS::AtLeastOnce).ok();
                    }
                }
            }
            Ok(Event::Incoming(Packet::Publish(message))) => {
                if messages.send(message).await.is_err() {
                    return;
                }
            }
            Ok(_) => {}
            Err(error) => {
                // Once a loss, not once a try.
                if !std::mem::replace(&mut is_told, true) {
                    log_fault(&format!("mqtt: {error}"));
                }
                tokio::time::sleep(BETWEEN_TRIES).await;
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Readings,
    Events,
    Acknowledgements,
}

/// A topic that a head-end publishes to.
#[derive(Debug, PartialEq, Eq)]
struct Topic<'a> {
    name: &'a str,
    kind: Kind,
    batch: Option<&'a str>,
}

impl<'a> Topic<'a> {
    fn parse(topic: &'a str) -> Option<Self> {
        let mut levels = topic.strip_prefix("adad/")?.split('/');
        let name = levels.next()?;
        let kind = match levels.next()? {
            "readings" => Kind::Readings,
            "events" => Kind::Events,
            "acknowledgements" => Kind::Acknowledgements,
            _ => return None,
        };
        let batch = levels.next();
        levels.next().is_none().then_some(Self { name, kind, batch })
    }
}

fn text<T: Serialize>(value: &T) -> String {
    // What goes over the wire always has a JSON.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_names_the_head_end_the_kind_and_the_batch() {
        for (topic, expected) in [
            ("adad/north/readings", Some(("north", Kind::Readings, None))),
            ("adad/north/events/7", Some(("north", Kind::Events, Some("7")))),
            ("adad/north/acknowledgements/7", Some(("north", Kind::Acknowledgements, Some("7")))),
            ("adad/north/answers/7", None),
            ("adad/north", None),
            ("adad/north/readings/7/8", None),
            ("other/north/readings", None),
        ] {
            let found = Topic::parse(topic).map(|topic| (topic.name, topic.kind, topic.batch));
            assert_eq!(found, expected, "{topic}");
        }
    }
}
