//! The head-end's side by MQTT.

use api::readings::{IntervalReading, PostReadings, ReadingsTaken};
use tokio::runtime::{Builder, Runtime};

use crate::commands::CommandError;
use crate::mqtt::send::Sender;
use crate::mqtt::{Broker, DEMO};

/// Speaks to a broker as the demo's head-end.
pub(super) struct ByMqtt {
    // Its task runs in `runtime`, so it goes first.
    sender: Sender,
    runtime: Runtime,
}

impl ByMqtt {
    pub(super) fn connect(broker: &Broker) -> Result<Self, CommandError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let sender = runtime.block_on(async { Sender::connect(broker, DEMO) });
        Ok(Self { sender, runtime })
    }

    /// Hands readings over; a broker or a server that is away is waited for.
    pub(super) fn send(&mut self, readings: Vec<IntervalReading>) -> Result<(), CommandError> {
        let body = serde_json::to_string(&PostReadings { readings }).map_err(std::io::Error::from)?;
        let answer = self.runtime.block_on(self.sender.send("readings", &body))?;
        match serde_json::from_slice::<ReadingsTaken>(&answer) {
            Ok(taken) => {
                for refused in taken.refused {
                    eprintln!("adad: {}", refused.message.en);
                }
                Ok(())
            }
            Err(_) => Err(CommandError::Says(format!(
                "the server refuses readings by MQTT: {}",
                String::from_utf8_lossy(&answer)
            ))),
        }
    }
}
