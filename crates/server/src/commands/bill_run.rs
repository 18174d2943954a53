//! `adad bill-run`: the monthly run, and the release of a bill that it held.

use std::time::{Duration, Instant};

use billing::error::Refusal;
use billing::period::{Period, date_text};
use words::Language;
use words::codes::billing_error_words;

use super::CommandError;
use crate::actions::run_bills::{LEASE_S, end_of, period_of_month, release, run_bills};
use crate::clock::Clock;
use crate::config::BillRun;
use crate::error::Error;
use crate::secrets;
use crate::store::{Store, held_bills, settings};

pub(super) async fn bill_run(ask: BillRun) -> Result<(), CommandError> {
    let period = ask.period.as_deref().map(period_of_month).transpose().map_err(|error| match error {
        Error::Refused(Refusal { error, .. }) => {
            CommandError::Says(format!("--period: {}", billing_error_words(Language::English, &error)))
        }
        error => error.into(),
    })?;
    let store = Store::open(&ask.record.database_url).await?;
    let ahead = settings::find(&mut *store.read().await?, settings::DEMO_AHEAD_S).await?;
    let clock = Clock::Running { ahead_s: ahead.unwrap_or(0) };
    if let Some(id) = &ask.release {
        println!("issued: {}", release(&store, &clock, id).await?);
    }
    if let Some(period) = period {
        run(&store, &clock, period).await?;
    }
    store.close().await;
    Ok(())
}

async fn run(store: &Store, clock: &Clock, period: Period) -> Result<(), CommandError> {
    if clock.now() < end_of(period) {
        let last = date_text(period.last());
        return Err(CommandError::Says(format!("the period is not over before the end of {last}")));
    }
    let (began, holder) = (Instant::now(), secrets::token().map_err(Error::from)?);
    let mut waits = 0;
    let run = loop {
        if let Some(run) = run_bills(store, clock, period, &holder, true).await? {
            break run;
        }
        if waits == 0 {
            println!("Another run is at work, or was killed less than {LEASE_S} seconds ago: waiting.");
        }
        waits += 1;
        tokio::time::sleep(Duration::from_secs(1)).await;
    };
    let (from, to) = (date_text(period.first()), date_text(period.last()));
    println!("{from} to {to}: issued {}, issued before {}, held {}", run.issued, run.known, run.held);
    for held in held_bills::of_period(&mut *store.read().await?, period).await? {
        let told = held.reasons.iter().filter(|reason| reason.code != "assumed-parameter");
        // A terminal shows the marks that keep a figure's direction as boxes.
        let sentence = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
        let reasons: Vec<_> =
            told.map(|reason| format!("{}: {}", reason.code, sentence(&reason.message.en))).collect();
        println!("held {}: {}", held.id, reasons.join(" "));
    }
    println!("{} accounts in {:.1} s", run.issued + run.known + run.held, began.elapsed().as_secs_f64());
    Ok(())
}
