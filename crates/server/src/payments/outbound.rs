//! Asking a gateway over HTTP.

use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use ureq::Agent;
use ureq::http::Uri;

use super::GatewayError;

/// A gateway that does not answer for so long is down.
const TIMEOUT: Duration = Duration::from_secs(8);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// More than any answer has.
const MOST_BYTES: u64 = 64 << 10;

/// An agent that gives up in time and follows nobody.
pub(crate) fn agent() -> Agent {
    let config = Agent::config_builder().timeout_global(Some(TIMEOUT)).max_redirects(0);
    config.http_status_as_error(false).build().new_agent()
}

/// Posts a body and gives the answer's text.
pub(crate) fn post(agent: &Agent, address: &str, kind: &str, body: &str) -> Result<String, GatewayError> {
    let down = |error: ureq::Error| GatewayError::Down(error.to_string());
    let mut reply = agent.post(address).header("content-type", kind).send(body).map_err(down)?;
    if reply.status().as_u16() != 200 {
        return Err(GatewayError::Down(format!("status {}", reply.status())));
    }
    reply.body_mut().with_config().limit(MOST_BYTES).read_to_string().map_err(down)
}

/// Whether somebody listens where the address says.
pub(crate) fn is_reachable(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let Some(host) = uri.host() else { return false };
    let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
    let Ok(mut addresses) = (host, port).to_socket_addrs() else { return false };
    addresses.any(|address| TcpStream::connect_timeout(&address, CONNECT_TIMEOUT).is_ok())
}
