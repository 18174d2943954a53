//! The only place that fetches. A request ends when its page goes, and after [`TIMEOUT`] at the latest.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use api::endpoint::{Endpoint, Method};
use api::problem::Problem;
use gloo_net::http::{RequestBuilder, Response};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::{AbortController, AbortSignal};

use crate::json;

mod early;
mod files;
mod kept;
mod loading;
mod request_id;

pub use early::{after_paint, breathe, cards, pages_style, session_known};
pub use files::send_file;
pub use kept::forget;
pub use loading::{Loaded, Loading, Outcome, use_loading};
pub use request_id::new_request_id;

const TIMEOUT: Duration = Duration::from_secs(10);
const UNAUTHORISED: u16 = 401;

/// Why there is no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// The server could not be reached.
    Unreachable,
    /// It did not answer in time.
    TimedOut,
    /// The page that asked is gone.
    Aborted,
    /// It answered something that is not of this version of the wire.
    Unreadable,
    /// It refused.
    Refused(Box<Problem>),
}

impl ClientError {
    /// What the employee at 153 can look up.
    pub fn code(&self) -> &str {
        match self {
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed-out",
            Self::Aborted => "aborted",
            Self::Unreadable => "unreadable",
            Self::Refused(problem) => &problem.code,
        }
    }

    /// Whether the network, not the server, is the reason.
    pub fn is_network(&self) -> bool {
        matches!(self, Self::Unreachable | Self::TimedOut)
    }
}

/// What to do when the server asks for a sign-in. The app provides it.
#[derive(Clone, Copy)]
pub struct OnSignInRequired(pub Callback<()>);

/// Sends `endpoint` and gives its reply.
///
/// # Errors
/// [`ClientError`]; a refusal for want of a session also runs [`OnSignInRequired`].
pub fn send<E: Endpoint>(endpoint: E) -> impl Future<Output = Result<E::Reply, ClientError>> {
    let body = (E::METHOD == Method::Post).then(|| serde_json::to_string(&endpoint));
    let text = send_text(E::METHOD, endpoint.path(), body.transpose());
    async move { parse::<E>(&text.await?) }
}

/// Asks for `endpoint` and keeps its reply; without a network, gives the one that was kept.
///
/// # Errors
/// [`ClientError`], as [`send`].
pub fn ask<E: Endpoint>(endpoint: E) -> impl Future<Output = Result<E::Reply, ClientError>> {
    let path = endpoint.path();
    let text = send_text(E::METHOD, path.clone(), Ok(None));
    async move {
        let kept = match text.await {
            Ok(text) => {
                kept::keep(&path, &text);
                text
            }
            Err(error) if error.is_network() => kept::find(&path).ok_or(error)?.text,
            Err(error) => return Err(error),
        };
        parse::<E>(&kept)
    }
}

/// Reads a reply. One of no content is `null`.
pub fn parse<E: Endpoint>(text: &str) -> Result<E::Reply, ClientError> {
    let text = if text.is_empty() { "null" } else { text };
    json::read(text).map_err(|_| ClientError::Unreadable)
}

/// Begins a request in the current owner, whose end aborts it.
fn send_text(
    method: Method,
    path: String,
    body: serde_json::Result<Option<String>>,
) -> impl Future<Output = Result<String, ClientError>> {
    let on_sign_in_required = use_context::<OnSignInRequired>();
    let controller = AbortController::new().ok();
    if let Some(controller) = controller.clone().map(SendWrapper::new) {
        on_cleanup(move || controller.abort());
    }
    async move {
        let body = body.map_err(|_| ClientError::Unreadable)?;
        let reply = in_time(method, &path, body, controller).await;
        if let (Err(ClientError::Refused(problem)), Some(OnSignInRequired(run))) =
            (&reply, on_sign_in_required)
            && problem.status == UNAUTHORISED
        {
            run.try_run(());
        }
        reply
    }
}

async fn in_time(
    method: Method,
    path: &str,
    body: Option<String>,
    controller: Option<AbortController>,
) -> Result<String, ClientError> {
    let late = Rc::new(Cell::new(false));
    let timer = controller.clone().and_then(|controller| {
        let late = Rc::clone(&late);
        let end = move || {
            late.set(true);
            controller.abort();
        };
        set_timeout_with_handle(end, TIMEOUT).ok()
    });
    let signal = controller.map(|controller| controller.signal());
    let reply = exchange(method, path, body, signal.as_ref()).await;
    if let Some(timer) = timer {
        timer.clear();
    }
    match reply {
        Err(ClientError::Unreachable) if late.get() => Err(ClientError::TimedOut),
        Err(ClientError::Unreachable) if signal.is_some_and(|signal| signal.aborted()) => {
            Err(ClientError::Aborted)
        }
        reply => reply,
    }
}

async fn exchange(
    method: Method,
    path: &str,
    body: Option<String>,
    signal: Option<&AbortSignal>,
) -> Result<String, ClientError> {
    let taken = if method == Method::Get { early::take(path).await } else { None };
    let reply = match taken {
        Some(reply) => reply,
        None => request(method, path, body, signal).await?,
    };
    let text = reply.text().await.map_err(|_| ClientError::Unreachable)?;
    if reply.ok() { Ok(text) } else { Err(refusal(&reply, &text)) }
}

async fn request(
    method: Method,
    path: &str,
    body: Option<String>,
    signal: Option<&AbortSignal>,
) -> Result<Response, ClientError> {
    let method = match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let request =
        RequestBuilder::new(path).method(method).header("accept", "application/json").abort_signal(signal);
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    };
    let unreachable = |_| ClientError::Unreachable;
    request.map_err(unreachable)?.send().await.map_err(unreachable)
}

/// A refusal, or what a proxy on the way said instead of the server.
fn refusal(reply: &Response, text: &str) -> ClientError {
    match json::read::<Problem>(text) {
        Ok(problem) => ClientError::Refused(Box::new(problem)),
        // A gateway that cannot reach the server answers in its own words.
        Err(_) if reply.status() >= 502 => ClientError::Unreachable,
        Err(_) => ClientError::Unreadable,
    }
}
