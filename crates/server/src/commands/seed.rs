//! `adad seed`.

use super::CommandError;
use crate::config::Record;
use crate::store::Store;

pub(super) async fn seed(record: Record) -> Result<(), CommandError> {
    let store = Store::open(&record.database_url).await?;
    let seeded = crate::seed::seed(&store).await?;
    store.close().await;
    println!("{}", if seeded { "The demo is in the record." } else { "The record holds the demo already." });
    Ok(())
}
