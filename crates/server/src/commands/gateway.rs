//! `adad gateway`, and starting it as a child of a demo.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpListener;

use super::CommandError;
use crate::config::gateway::{Gateway, Payments, merchant};
use crate::error::Error;
use crate::gateway::{INQUIRY, Merchant, PAGE, router};
use crate::payments::knet::Knet;
use crate::payments::knet::cipher::Key;
use crate::secrets;
use crate::store::{Store, StoreError, exports, sqlite_file};

/// A gateway that was just killed may still hold the port.
const TRIES: u32 = 50;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);
/// The gateway of a server that was just killed ends within this.
const TRIES_OF_USUAL: u32 = 10;
/// From a demo's port to that of its gateway.
const PORTS_BETWEEN: u16 = 10;
const SECRET: &str = "sandbox-gateway";

pub(super) async fn gateway(ask: Gateway) -> Result<(), CommandError> {
    let merchant = merchant().map_err(CommandError::Says)?;
    let routes = router(merchant, &ask.journal)
        .map_err(|error| CommandError::File { path: ask.journal.clone(), error })?;
    let mut listener = TcpListener::bind(ask.listen).await;
    for _ in 0..TRIES {
        if listener.is_ok() {
            break;
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
        listener = TcpListener::bind(ask.listen).await;
    }
    let listener = listener.map_err(|error| CommandError::Listen { address: ask.listen, error })?;
    println!("adad gateway, a sandbox, on http://{}", listener.local_addr()?);
    if ask.until_input_ends {
        // A thread that waits for input is never joined: the process ends with it.
        std::thread::spawn(|| {
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            std::process::exit(0);
        });
    }
    axum::serve(listener, routes).await?;
    Ok(())
}

/// The sandbox of a demo: a child that ends when we do, however that is.
pub(super) struct Sandbox(Child);

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It ends by itself when its input does; this is only sooner.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port for the gateway of a server at `address`: the usual one, or another where that is taken.
async fn free_near(address: SocketAddr) -> Result<SocketAddr, CommandError> {
    let mut usual = address;
    usual.set_port(address.port().checked_add(PORTS_BETWEEN).unwrap_or(address.port() - PORTS_BETWEEN));
    for _ in 0..TRIES_OF_USUAL {
        if TcpListener::bind(usual).await.is_ok() {
            return Ok(usual);
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    Ok(TcpListener::bind((address.ip(), 0)).await?.local_addr()?)
}

/// Starts the sandbox beside a server that listens on `address`, and gives the gateway that speaks with it.
pub(super) async fn start_sandbox(
    payments: &Payments,
    store: &Store,
    database_url: &str,
    address: SocketAddr,
    public_url: &str,
) -> Result<(Sandbox, Knet), CommandError> {
    let new = secrets::token().map_err(Error::from)?;
    let mut record = store.begin().await?;
    let secret = exports::secret(&mut record, SECRET, &new).await?;
    record.commit().await.map_err(StoreError::from)?;
    let (key, password) = (&secret[..16], &secret[16..28]);
    let listen = free_near(address).await?;
    let beside = sqlite_file(database_url).map(|file| Path::new(file).with_extension("gateway.jsonl"));
    let journal = beside.unwrap_or_else(|| Path::new("data/gateway.jsonl").to_owned());
    let child = Command::new(std::env::current_exe()?)
        .args(["gateway", "--until-input-ends", "--listen", &listen.to_string(), "--journal"])
        .arg(&journal)
        .env("ADAD_KNET_ID", SECRET)
        .env("ADAD_KNET_PASSWORD", password)
        .env("ADAD_KNET_KEY", key)
        .stdin(Stdio::piped())
        .spawn()?;
    let key = Key::parse(key).ok_or(Error::Bug("a key of sixteen characters is none"))?;
    let merchant = Merchant { id: SECRET.to_owned(), password: password.to_owned(), key };
    // The page has the host that the browser knows the portal by.
    let origin = public_url.strip_suffix(&format!(":{}", address.port())).unwrap_or("http://127.0.0.1");
    let page = format!("{origin}:{}{PAGE}", listen.port());
    let inquiry = format!("http://{listen}{INQUIRY}");
    Ok((Sandbox(child), payments.terminal(merchant, page, inquiry, public_url, true)))
}
