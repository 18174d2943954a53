//! Words of the customer on their way to the server. They are never lost on the way.

use api::endpoint::Endpoint;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::{ClientError, new_request_id, send};
use crate::pages::reader::Reader;
use crate::session::SessionState;

const UNAUTHORISED: u16 = 401;

/// A text, and where it stands.
#[derive(Clone, Copy)]
pub struct Writing {
    /// As it is typed.
    pub text: RwSignal<String>,
    /// What is wrong, in the reader's language when it was found.
    pub error: RwSignal<Option<String>>,
    /// Whether it is on its way.
    pub busy: RwSignal<bool>,
    request_id: StoredValue<String>,
    session: SessionState,
}

impl Writing {
    /// Nothing yet.
    pub fn begin() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
            request_id: StoredValue::new(new_request_id()),
            session: SessionState::here(),
        }
    }

    /// What this request is called: sent twice, it counts once.
    pub fn request_id(self) -> String {
        self.request_id.get_value()
    }

    /// Sends `post`; when it has arrived the text goes and `arrived` gets the reply.
    pub fn send<E>(self, post: E, arrived: Callback<E::Reply>)
    where
        E: Endpoint + 'static,
        E::Reply: 'static,
    {
        let reader = untrack(Reader::here);
        self.error.set(None);
        self.busy.set(true);
        let reply = send(post);
        spawn_local(async move {
            match reply.await {
                Ok(reply) => {
                    self.text.try_set(String::new());
                    self.request_id.try_set_value(new_request_id());
                    self.busy.try_set(false);
                    arrived.try_run(reply);
                }
                Err(error) => self.failed(reader, error),
            }
        });
    }

    /// Says what was wrong; nothing that was written is lost.
    pub fn failed(self, reader: Reader, error: ClientError) {
        self.busy.try_set(false);
        let words = match error {
            ClientError::Refused(problem) if problem.status == UNAUTHORISED => return self.session.end(),
            ClientError::Refused(problem) => {
                if problem.code == "repeat-conflict" {
                    // The first one had arrived although its answer had not: this is another.
                    self.request_id.try_set_value(new_request_id());
                }
                reader.message(&problem.message)
            }
            error if error.is_network() => words::meter_send_failed(reader.language).to_owned(),
            _ => words::error_unreadable(reader.language).to_owned(),
        };
        self.error.try_set(Some(words));
    }
}
