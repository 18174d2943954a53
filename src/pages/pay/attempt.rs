//! An attempt to pay, from the button to the bank's page. What is asked for twice is asked for under one name, so that
//! a second press, a reload or a line that broke starts nothing more.

use std::future::Future;
use std::pin::Pin;

use api::endpoint::Endpoint;
use api::payment_results::PaymentId;
use api::payments::PaymentStarted;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::{ClientError, new_request_id, send};
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::reader::Reader;
use crate::pages::states::phone;

/// Where this tab remembers the page that a payment was made from.
const BACK: &str = "adad.paid-from.";

/// What is to be done when the server has answered.
pub type Farewell = Pin<Box<dyn Future<Output = ()>>>;

/// An attempt and how it goes.
#[derive(Clone, Copy)]
pub struct Attempt {
    /// Whether it is on its way; it stays so until the page is left.
    pub busy: RwSignal<bool>,
    /// Why the bank's page did not open.
    pub failed: RwSignal<Option<ClientError>>,
    /// What was asked for last, and the name it was asked for under.
    named: StoredValue<Option<(String, String)>>,
}

impl Attempt {
    /// Nothing asked for yet. `back` runs when the holder comes back to the page by the browser's own way.
    pub fn begin(back: Callback<()>) -> Self {
        let attempt =
            Self { busy: RwSignal::new(false), failed: RwSignal::new(None), named: StoredValue::new(None) };
        // A page that the browser kept is shown as it was left: at work.
        let shown = window_event_listener_untyped("pageshow", move |_| {
            if attempt.busy.try_get_untracked() == Some(true) {
                attempt.busy.set(false);
                back.run(());
            }
        });
        on_cleanup(move || shown.remove());
        attempt
    }

    /// What an earlier visit has asked for, and under which name.
    pub fn resume(self, asked: String, request_id: String) {
        self.named.set_value(Some((asked, request_id)));
    }

    /// The name of the request for `asked`: the same for the same.
    pub fn request_id(self, asked: &str) -> String {
        if let Some((known, request_id)) = self.named.get_value()
            && known == asked
        {
            return request_id;
        }
        let request_id = new_request_id();
        self.named.set_value(Some((asked.to_owned(), request_id.clone())));
        request_id
    }

    /// Sends `post` and leaves for the bank's page. Afterwards the result's page leads back to `from`.
    pub fn start<E>(self, post: E, from: String, farewell: Option<Farewell>)
    where
        E: Endpoint<Reply = PaymentStarted> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failed.set(None);
        let reply = send(post);
        spawn_local(async move {
            let reply = reply.await;
            // What the server has answered is not wanted any more; what did not reach it is.
            let has_answered = !reply.as_ref().is_err_and(ClientError::is_network);
            if let Some(farewell) = farewell.filter(|_| has_answered) {
                farewell.await;
            }
            let failed = match reply {
                Ok(started) => {
                    remember(&started.payment, &from);
                    match location().set_href(&started.page) {
                        Ok(()) => return,
                        Err(_) => ClientError::Unreadable,
                    }
                }
                Err(error) => error,
            };
            self.busy.try_set(false);
            self.failed.try_set(Some(failed));
        });
    }

    /// Why the bank's page did not open, in words; `kept` says whether the device keeps what was wanted.
    pub fn told(self, kept: Signal<bool>) -> AnyView {
        let told = move || {
            let reader = Reader::here();
            let title = match self.failed.get()? {
                ClientError::Refused(problem) => reader.message(&problem.message),
                error if error.is_network() && kept.get() => words::pay_offline(reader.language).to_owned(),
                error if error.is_network() => words::pay_offline_unkept(reader.language).to_owned(),
                _ => words::pay_start_error(reader.language, &reader.digits.write(phone())),
            };
            Some(view! { <Notice kind=NoticeKind::Bad title=title /> }.into_any())
        };
        told.into_any()
    }
}

fn remember(payment: &PaymentId, from: &str) {
    // Where nothing can be stored, the result's page leads to Pay.
    if let Some(storage) = window().session_storage().ok().flatten() {
        storage.set_item(&format!("{BACK}{payment}"), from).ok();
    }
}

/// The page that `payment` was made from in this tab.
pub fn paid_from(payment: &PaymentId) -> Option<String> {
    window().session_storage().ok().flatten()?.get_item(&format!("{BACK}{payment}")).ok()?
}
