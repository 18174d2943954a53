//! Tells those who follow an account that something new is in the record. It carries no readings: a follower asks the
//! record for what came after the last it has seen, so that nothing is lost and nothing piles up for a slow one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use api::accounts::AccountId;
use tokio::sync::watch;

/// One signal an account, and one for the end.
#[derive(Debug, Default)]
pub struct Hub {
    signals: Mutex<HashMap<AccountId, watch::Sender<()>>>,
    closed: watch::Sender<bool>,
}

impl Hub {
    /// Follows an account.
    pub fn follow(&self, account: &AccountId) -> Follower {
        let mut signals = self.signals.lock().unwrap_or_else(PoisonError::into_inner);
        let signal = signals.entry(account.clone()).or_default();
        Follower { news: signal.subscribe(), closed: self.closed.subscribe() }
    }

    /// Something new of `account` is in the record.
    pub fn tell(&self, account: &AccountId) {
        let signals = self.signals.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(signal) = signals.get(account) {
            signal.send_replace(());
        }
    }

    /// How many follow an account.
    pub fn followers(&self, account: &AccountId) -> usize {
        let signals = self.signals.lock().unwrap_or_else(PoisonError::into_inner);
        signals.get(account).map_or(0, watch::Sender::receiver_count)
    }

    /// Ends all following, for the server stops.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }
}

/// Waits for news of one account.
#[derive(Debug)]
pub struct Follower {
    news: watch::Receiver<()>,
    closed: watch::Receiver<bool>,
}

impl Follower {
    /// Forgets news so far: call it before asking the record, so that what comes meanwhile is news again.
    pub fn look(&mut self) {
        self.news.mark_unchanged();
    }

    /// Waits for news; false when the server stops.
    pub async fn wait(&mut self) -> bool {
        tokio::select! {
            news = self.news.changed() => news.is_ok(),
            _ = self.closed.wait_for(|closed| *closed) => false,
        }
    }
}
