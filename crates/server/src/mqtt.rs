//! Head-ends that speak by MQTT 3.1.1 instead of HTTP, with the same bodies. `NAME` is the head-end's name:
//!
//! | topic | who speaks | body |
//! | --- | --- | --- |
//! | `adad/NAME/readings/BATCH` | head-end | as for `POST /api/v1/readings` |
//! | `adad/NAME/events/BATCH` | head-end | as for `POST /api/v1/meter-events` |
//! | `adad/NAME/acknowledgements/BATCH` | head-end | as for `POST /api/v1/commands/acknowledgements` |
//! | `adad/NAME/answers/BATCH` | server | what the same request would get by HTTP, once it is in the record |
//! | `adad/NAME/commands` | server | a command, again every half minute until it is acknowledged |
//!
//! `BATCH` is what the head-end calls a batch; it may be left out, and then nothing is answered. A head-end keeps a
//! batch until its answer has come and sends it again otherwise: a broker that is killed takes what it had not written
//! with it, and what comes twice is kept once. Commands for meters that take the word of any head-end go to `any`.
//!
//! The broker decides who may speak: let it ask for a password or a certificate, and give each head-end its own
//! topics alone (Mosquitto: `pattern write adad/%u/readings/#` and so on). The server takes a name from the topic if
//! `adad head-end add` has made it and it was not revoked; `demo` speaks where the server runs a demo.
//!
//! QoS 1 throughout. The server's session outlives its connection, and a message is acknowledged after the commit:
//! what arrives while no server is there waits at the broker. Of several servers of one record one receives, by a lease;
//! another takes its session over when it is gone.

pub mod receive;
pub mod send;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use rumqttc::{MqttOptions, TlsConfiguration, Transport};

/// The name under which `adad feed` speaks.
pub const DEMO: &str = "demo";
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// A thousand readings take about 130 kB.
const LARGEST_MESSAGE: usize = 1 << 20;
const PORT: u16 = 1883;
const TLS_PORT: u16 = 8883;

/// Where a broker is, and how it is reached.
#[derive(Clone, Debug)]
pub struct Broker {
    host: String,
    port: u16,
    /// The certificates that sign the broker's, as PEM; those of the machine where there are none.
    ca: Option<Vec<u8>>,
    tls: bool,
    login: Option<(String, String)>,
}

/// Why a broker cannot be reached as it was named.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// The address.
    #[error("a broker's address is mqtt://HOST:PORT or mqtts://HOST:PORT")]
    Address,
    /// The certificates.
    #[error("{}: {error}", file.display())]
    Certificates {
        /// Which file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl Broker {
    /// The broker at `mqtt://HOST:PORT`, or with TLS at `mqtts://HOST:PORT`, whose certificate is signed by those in
    /// `ca`.
    ///
    /// # Errors
    /// [`BrokerError`].
    pub fn at(
        address: &str,
        ca: Option<PathBuf>,
        login: Option<(String, String)>,
    ) -> Result<Self, BrokerError> {
        let (scheme, place) = address.split_once("://").ok_or(BrokerError::Address)?;
        let tls = match scheme {
            "mqtt" => false,
            "mqtts" => true,
            _ => return Err(BrokerError::Address),
        };
        let place = place.trim_end_matches('/');
        let (host, port) = match place.rsplit_once(':') {
            // The last part of an IPv6 address is no port.
            Some((host, port)) if !place.ends_with(']') => {
                (host, port.parse().map_err(|_| BrokerError::Address)?)
            }
            _ => (place, if tls { TLS_PORT } else { PORT }),
        };
        if host.is_empty() || host.contains(['/', '@']) {
            return Err(BrokerError::Address);
        }
        let read =
            |file: PathBuf| std::fs::read(&file).map_err(|error| BrokerError::Certificates { file, error });
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { host, port, ca: ca.map(read).transpose()?, tls, login })
    }

    fn options(&self, client: &str) -> MqttOptions {
        let mut options = MqttOptions::new(client, &self.host, self.port);
        options.set_keep_alive(KEEP_ALIVE).set_max_packet_size(LARGEST_MESSAGE, LARGEST_MESSAGE);
        if let Some((name, password)) = &self.login {
            options.set_credentials(name, password);
        }
        if self.tls {
            options.set_transport(match &self.ca {
                Some(ca) => Transport::tls_with_config(TlsConfiguration::Simple {
                    ca: ca.clone(),
                    alpn: None,
                    client_auth: None,
                }),
                None => Transport::tls_with_default_config(),
            });
        }
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_host_port_and_tls() {
        for (address, expected) in [
            ("mqtt://127.0.0.1:1884", Some(("127.0.0.1", 1884, false))),
            ("mqtt://broker", Some(("broker", 1883, false))),
            ("mqtts://broker/", Some(("broker", 8883, true))),
            ("mqtts://[::1]:9", Some(("::1", 9, true))),
            ("mqtt://[::1]", Some(("::1", 1883, false))),
            ("mqtt://", None),
            ("mqtt://broker:port", None),
            ("mqtt://name:word@broker:1", None),
            ("http://broker", None),
            ("broker", None),
        ] {
            let broker = Broker::at(address, None, None).ok();
            let found = broker.as_ref().map(|broker| (broker.host.as_str(), broker.port, broker.tls));
            assert_eq!(found, expected, "{address}");
        }
        assert!(Broker::at("mqtts://broker", Some("no/such/file".into()), None).is_err());
    }
}
