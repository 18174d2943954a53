//! `adad seed`.

use api::accounts::MeterKind;

use super::CommandError;
use crate::config::Seed;
use crate::store::Store;
use crate::synthetic::add_accounts;

pub(super) async fn seed(ask: Seed) -> Result<(), CommandError> {
    let store = Store::open(&ask.record.database_url).await?;
    let seeded = crate::seed::seed(&store).await?;
    println!("{}", if seeded { "The demo is in the record." } else { "The record holds the demo already." });
    if ask.accounts > 0 {
        let kind = if ask.digital { MeterKind::Digital } else { MeterKind::Mechanical };
        let added = add_accounts(&store, ask.accounts, kind).await?;
        println!("{added} made-up accounts were added.");
    }
    store.close().await;
    Ok(())
}
