//! What an endpoint is.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The verb of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Asks for a change.
    Post,
    /// Ends something.
    Delete,
}

/// A request and the reply it gets. The value itself is the body of a `POST`; what stands in the path is skipped there.
pub trait Endpoint: Serialize {
    /// What comes back.
    type Reply: Serialize + DeserializeOwned;
    /// The verb.
    const METHOD: Method;
    /// The path with its `{placeholders}`, as the server routes it.
    const ROUTE: &'static str;

    /// The path with its query, as the portal asks for it.
    fn path(&self) -> String {
        Self::ROUTE.to_owned()
    }
}
