//! The head-end's side, for `adad feed` and the tests: a batch is kept until the server has answered it.

use std::time::Duration;

use rumqttc::{AsyncClient, ClientError, Event, EventLoop, Packet, Publish, QoS};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::Broker;
use crate::error::Error;
use crate::secrets;

/// So long an answer is waited for before the batch is sent again.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);
const BETWEEN_TRIES: Duration = Duration::from_millis(500);
const REQUESTS: usize = 64;

/// Speaks to a broker under a head-end's name.
pub struct Sender {
    name: String,
    client: AsyncClient,
    answers: mpsc::Receiver<Publish>,
    connection: tokio::task::JoinHandle<()>,
}

impl Drop for Sender {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

/// Why nothing more can be sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The connection's task has ended.
    #[error("mqtt: {0}")]
    Ended(#[from] ClientError),
    /// The machine gives no random numbers.
    #[error(transparent)]
    Random(#[from] Error),
}

impl Sender {
    /// Speaks as the head-end `name`; must be called within a runtime.
    #[must_use]
    pub fn connect(broker: &Broker, name: &str) -> Self {
        let (client, events) = AsyncClient::new(broker.options(&format!("adad-head-end-{name}")), REQUESTS);
        let (sender, answers) = mpsc::channel(REQUESTS);
        let topic = format!("adad/{name}/answers/+");
        let connection = tokio::spawn(keep_connected(client.clone(), events, sender, topic));
        Self { name: name.to_owned(), client, answers, connection }
    }

    /// Publishes a batch of `kind` until the server has answered it; gives the answer.
    ///
    /// # Errors
    /// [`SendError`]; a broker or a server that is away is waited for.
    pub async fn send(&mut self, kind: &str, body: &str) -> Result<Vec<u8>, SendError> {
        let token = secrets::token().map_err(Error::from)?;
        let batch = token.split_at(16).0;
        let topic = format!("adad/{}/{kind}/{batch}", self.name);
        let answer_topic = format!("adad/{}/answers/{batch}", self.name);
        loop {
            self.client.publish(topic.clone(), QoS::AtLeastOnce, false, body.to_owned()).await?;
            let answered = timeout(ANSWERS_WITHIN, async {
                while let Some(answer) = self.answers.recv().await {
                    // An answer that came late belongs to an earlier batch.
                    if answer.topic == answer_topic {
                        return Some(answer.payload.to_vec());
                    }
                }
                None
            });
            if let Ok(Some(answer)) = answered.await {
                return Ok(answer);
            }
        }
    }
}

async fn keep_connected(
    client: AsyncClient,
    mut events: EventLoop,
    answers: mpsc::Sender<Publish>,
    topic: String,
) {
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                client.try_subscribe(topic.clone(), QoS::AtLeastOnce).ok();
            }
            // Nobody waits for an answer beyond those that fit.
            Ok(Event::Incoming(Packet::Publish(answer))) => drop(answers.try_send(answer)),
            Ok(_) => {}
            Err(_) => tokio::time::sleep(BETWEEN_TRIES).await,
        }
    }
}
