//! What the bank decided, a line of JSON each, on the disk before anybody is told.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Ordered, number};
use crate::clock::Clock;

/// A silent bank makes up its mind after so many seconds.
const SILENT_S: i64 = 12;

/// What became of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    pub(super) track_id: String,
    pub(super) amount: String,
    /// What it ends as.
    pub(super) result: String,
    /// Until then it is silent.
    pub(super) silent_until: i64,
    pub(super) payment_id: String,
    pub(super) transaction_id: String,
    pub(super) reference: String,
    pub(super) authorisation: String,
    pub(super) post_date: String,
}

impl Outcome {
    /// The outcome of a choice on the page.
    pub(super) fn chosen(choice: &str, order: &Ordered) -> Option<Self> {
        let now = Clock::of_the_machine().now();
        let (result, silent_until) = match choice {
            "CAPTURED" | "NOT CAPTURED" | "CANCELED" => (choice, 0),
            "HOST TIMEOUT, CAPTURED" => ("CAPTURED", now + SILENT_S),
            "HOST TIMEOUT, NOT CAPTURED" => ("NOT CAPTURED", now + SILENT_S),
            _ => return None,
        };
        let id = |what, digits| number(&order.track_id, what, digits);
        let began = result != "CANCELED";
        let paid = result == "CAPTURED";
        let day = crate::calendar::date_of(crate::calendar::day_number(now, crate::demo::UTC_OFFSET_S))?;
        Some(Self {
            track_id: order.track_id.clone(),
            amount: order.amount.clone(),
            result: result.to_owned(),
            silent_until,
            payment_id: id("payment", 18),
            transaction_id: if began { id("transaction", 18) } else { String::new() },
            reference: if began { id("reference", 12) } else { String::new() },
            authorisation: if paid { id("authorisation", 6) } else { String::new() },
            post_date: format!("{:02}{:02}", u8::from(day.month()), day.day()),
        })
    }

    /// What is told of it at this moment.
    pub(super) fn told_now(&self) -> &str {
        if Clock::of_the_machine().now() < self.silent_until { "HOST TIMEOUT" } else { &self.result }
    }
}

/// The bank's book.
#[derive(Debug)]
pub(super) struct Journal(Mutex<Book>);

#[derive(Debug)]
struct Book {
    file: File,
    outcomes: HashMap<String, Outcome>,
}

impl Journal {
    /// Opens the book, or begins one.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let mut outcomes = HashMap::new();
        let mut whole = 0;
        for line in BufReader::new(&file).split(b'\n') {
            let line = line?;
            // The last line of a killed process may be cut short: nobody was told of it.
            let Ok(outcome) = serde_json::from_slice::<Outcome>(&line) else { break };
            whole += line.len() as u64 + 1;
            outcomes.insert(outcome.track_id.clone(), outcome);
        }
        let length = file.metadata()?.len();
        if whole > length {
            // The last line lacks its end alone.
            file.write_all(b"\n")?;
        } else {
            file.set_len(whole)?;
        }
        Ok(Self(Mutex::new(Book { file, outcomes })))
    }

    pub(super) fn find(&self, track_id: &str) -> Option<Outcome> {
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.outcomes.get(track_id).cloned()
    }

    /// Decides a payment, unless it is decided; gives what holds.
    pub(super) fn decide(&self, track_id: &str, outcome: Outcome) -> io::Result<Outcome> {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(decided) = book.outcomes.get(track_id) {
            return Ok(decided.clone());
        }
        let mut line = serde_json::to_vec(&outcome)?;
        line.push(b'\n');
        book.file.write_all(&line)?;
        book.file.sync_data()?;
        book.outcomes.insert(track_id.to_owned(), outcome.clone());
        Ok(outcome)
    }
}
