//! Hands a file over as it is.

use std::time::Duration;

use gloo_net::http::RequestBuilder;
use leptos::prelude::set_timeout_with_handle;
use serde::de::DeserializeOwned;
use web_sys::{AbortController, Blob};

use super::{ClientError, refusal};
use crate::json;

/// A photo takes its time on a slow line.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Posts `file`, which is of that content type, to `path` and gives the reply.
///
/// # Errors
/// [`ClientError`].
pub async fn send_file<T: DeserializeOwned>(path: &str, kind: &str, file: &Blob) -> Result<T, ClientError> {
    let controller = AbortController::new().ok();
    let end = controller.clone();
    let late = set_timeout_with_handle(move || end.iter().for_each(AbortController::abort), TIMEOUT).ok();
    let reply = exchange(path, kind, file, controller).await;
    if let Some(late) = late {
        late.clear();
    }
    json::read(&reply?).map_err(|_| ClientError::Unreadable)
}

async fn exchange(
    path: &str,
    kind: &str,
    file: &Blob,
    controller: Option<AbortController>,
) -> Result<String, ClientError> {
    let signal = controller.map(|controller| controller.signal());
    let request = RequestBuilder::new(path)
        .method(gloo_net::http::Method::POST)
        .header("accept", "application/json")
        .header("content-type", kind)
        .abort_signal(signal.as_ref())
        .body(file);
    let unreachable = |_| ClientError::Unreachable;
    let reply = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
    let text = reply.text().await.map_err(unreachable)?;
    if reply.ok() { Ok(text) } else { Err(refusal(&reply, &text)) }
}
