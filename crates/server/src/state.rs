//! What every request can reach.

use std::ops::Deref;
use std::sync::Arc;

use api::accounts::AccountId;

use crate::clock::Clock;
use crate::hub::Hub;
use crate::intake::Intake;
use crate::limiter::Limiter;
use crate::payments::Gateway;
use crate::portal::Portal;
use crate::store::Store;

/// The window in which sign-in is counted.
const SIGN_IN_WINDOW_S: i64 = 15 * 60;

/// The window in which requests without a session about payments are counted.
const PAYMENT_WINDOW_S: i64 = 15 * 60;

/// What an operator may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a meter file.
    pub upload_bytes: u64,
    /// Codes an account may ask for in a quarter of an hour; an address gets ten times as many requests.
    pub sign_in_codes: u32,
    /// Seconds that a meter's report may be ahead of the server's time: none but a demo that is fed faster than time
    /// passes gets more than `data/plausible.toml` says.
    pub ahead_s: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { upload_bytes: 64 << 20, sign_in_codes: 10, ahead_s: 0 }
    }
}

/// How a one-time code reaches the holder of an account.
pub type CodeSender = Box<dyn Fn(&AccountId, &str) + Send + Sync>;

/// The parts of a running server.
pub struct App {
    /// The record.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Tells followers of news.
    pub hub: Hub,
    /// Bounds what waits to be written.
    pub intake: Intake,
    /// The built portal.
    pub portal: Portal,
    /// What an operator chose.
    pub limits: Limits,
    /// Whether the session cookie is sent over https only.
    pub https_only: bool,
    /// The hash of the head-end's key.
    pub head_end_key_hash: String,
    /// How codes are sent.
    pub send_code: CodeSender,
    /// Counts tries to sign in.
    pub sign_in_tries: Limiter,
    /// Where payments are made, if anywhere.
    pub gateway: Option<Box<dyn Gateway>>,
    /// The origin under which browsers and gateways reach this server, `https://adad.example`.
    pub public_url: String,
    /// Counts requests without a session about payments.
    pub payment_tries: Limiter,
}

impl App {
    /// A limiter for sign-in.
    #[must_use]
    pub fn sign_in_limiter() -> Limiter {
        Limiter::new(SIGN_IN_WINDOW_S)
    }

    /// A limiter for requests without a session about payments.
    #[must_use]
    pub fn payment_limiter() -> Limiter {
        Limiter::new(PAYMENT_WINDOW_S)
    }
}

/// The server's state, shared by all requests.
#[derive(Clone)]
pub struct AppState(Arc<App>);

impl AppState {
    /// Shares `app`.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self(Arc::new(app))
    }
}

impl Deref for AppState {
    type Target = App;

    fn deref(&self) -> &App {
        &self.0
    }
}
