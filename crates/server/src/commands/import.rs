//! `adad import green-button FILE`.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use api::accounts::{AccountId, Commodity};
use green_button::Limits;

use super::CommandError;
use crate::actions::import_meter_file::import_meter_file;
use crate::clock::Clock;
use crate::config::Record;
use crate::store::accounts::{PointRecord, points};
use crate::store::{Store, settings};

pub(super) async fn import(
    path: PathBuf,
    account: String,
    service_point: Option<String>,
    record: Record,
    max_bytes: u64,
) -> Result<(), CommandError> {
    let file = File::open(&path).map_err(|error| CommandError::File { path, error })?;
    let file = green_button::read(BufReader::new(file), Limits { max_bytes, ..Limits::default() })?;
    let store = Store::open(&record.database_url).await?;
    let point = choose_point(&store, AccountId(account), service_point).await?;
    let ahead = settings::find(&mut *store.read().await?, settings::DEMO_AHEAD_S).await?;
    let clock = Clock::Running { ahead_s: ahead.unwrap_or(0) };
    let reply = import_meter_file(&store, clock.now(), &point, &file).await?;
    store.close().await;
    println!("{} readings, {} kWh, to {}", reply.readings, reply.total, point.id);
    println!(
        "new {}, known {}, in conflict with the record {}",
        reply.kept.added, reply.kept.repeated, reply.kept.conflicting
    );
    println!(
        "in the file: gaps {}, duplicates {}, conflicts {}, readings of other kinds {}",
        reply.gaps, reply.duplicates, reply.conflicts, reply.other
    );
    Ok(())
}

/// The point asked for, or the account's only electricity point.
async fn choose_point(
    store: &Store,
    account: AccountId,
    asked: Option<String>,
) -> Result<PointRecord, CommandError> {
    let mut points = points(&mut *store.read().await?, &account).await?;
    points.retain(|point| point.commodity == Commodity::Electricity);
    if let Some(asked) = asked {
        points.retain(|point| point.id.0 == asked);
    }
    match points.len() {
        1 => Ok(points.remove(0)),
        0 => Err(CommandError::Says(format!("account {account} has no such electricity point"))),
        _ => {
            let names: Vec<_> = points.iter().map(|point| point.id.0.as_str()).collect();
            Err(CommandError::Says(format!("name one with --service-point: {}", names.join(", "))))
        }
    }
}
