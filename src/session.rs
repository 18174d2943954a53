//! Who is signed in, and which of the holder's accounts is chosen.

use api::accounts::{AccountId, AccountSummary};
use api::session::{GetSession, Session, SignOut};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::{self, ClientError};

/// Where the chosen account is remembered on this device.
const CHOSEN_KEY: &str = "adad.account";

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq)]
pub enum SignedIn {
    /// Being asked.
    Unknown,
    /// Yes.
    Yes(Session),
    /// No.
    No,
    /// The question failed.
    Failed(ClientError),
}

/// The session, for every page.
#[derive(Clone, Copy)]
pub struct SessionState {
    /// Whether somebody is signed in.
    pub signed_in: RwSignal<SignedIn>,
    chosen: RwSignal<Option<AccountId>>,
    /// The sign-out was asked for on this page, which the sign-in page then confirms.
    pub just_left: RwSignal<bool>,
}

impl SessionState {
    /// Who is signed in: known from the start, or the server is asked.
    pub fn open() -> Self {
        let chosen = storage().and_then(|storage| storage.get_item(CHOSEN_KEY).ok()?).map(AccountId);
        let state = Self {
            signed_in: RwSignal::new(SignedIn::Unknown),
            chosen: RwSignal::new(chosen),
            just_left: RwSignal::new(false),
        };
        let known = client::session_known().and_then(|text| client::parse::<GetSession>(&text).ok());
        match known {
            Some(session) => state.signed_in.set(SignedIn::Yes(session)),
            None => state.ask(),
        }
        state
    }

    /// The session of the app.
    pub fn here() -> Self {
        expect_context()
    }

    /// Asks again.
    pub fn ask(self) {
        self.signed_in.set(SignedIn::Unknown);
        let reply = client::send(GetSession {});
        spawn_local(async move {
            let answer = match reply.await {
                Ok(session) => SignedIn::Yes(session),
                Err(ClientError::Refused(problem)) if problem.status == 401 => SignedIn::No,
                Err(error) => SignedIn::Failed(error),
            };
            self.signed_in.try_set(answer);
        });
    }

    /// The holder has signed in.
    pub fn begin(self, session: Session) {
        self.just_left.set(false);
        let first = session.accounts.first().map(|account| account.id.clone());
        self.signed_in.set(SignedIn::Yes(session));
        if let Some(first) = first {
            self.choose(first);
        }
    }

    /// The server no longer knows the session.
    pub fn end(self) {
        self.signed_in.set(SignedIn::No);
    }

    /// Chooses one of the holder's accounts.
    pub fn choose(self, account: AccountId) {
        if let Some(storage) = storage() {
            // Where nothing can be stored, the choice lasts until the portal is closed.
            storage.set_item(CHOSEN_KEY, &account.0).ok();
        }
        self.chosen.set(Some(account));
    }

    /// The holder's accounts.
    pub fn accounts(self) -> Vec<AccountSummary> {
        self.signed_in.with(|signed_in| match signed_in {
            SignedIn::Yes(session) => session.accounts.clone(),
            _ => Vec::new(),
        })
    }

    /// The chosen account, or the first when the choice is not the holder's.
    pub fn account(self) -> Option<AccountSummary> {
        let chosen = self.chosen.get();
        let mut accounts = self.accounts();
        let place = accounts.iter().position(|account| Some(&account.id) == chosen.as_ref()).unwrap_or(0);
        (!accounts.is_empty()).then(|| accounts.swap_remove(place))
    }

    /// The chosen account's number.
    pub fn account_id(self) -> Option<AccountId> {
        self.account().map(|account| account.id)
    }

    /// Signs out and forgets what this device holds of the holder.
    pub async fn sign_out(self) -> Result<(), ClientError> {
        client::send(SignOut {}).await?;
        client::forget();
        if let Some(storage) = storage() {
            storage.remove_item(CHOSEN_KEY).ok();
        }
        self.chosen.set(None);
        self.just_left.set(true);
        self.signed_in.set(SignedIn::No);
        Ok(())
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
