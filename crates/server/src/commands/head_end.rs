//! `adad head-end`: the keys of head-ends, and their meters.

use super::CommandError;
use crate::clock::Clock;
use crate::config::operator::HeadEnd;
use crate::error::Error;
use crate::secrets;
use crate::store::{Store, StoreError, head_ends};

pub(super) async fn head_end(ask: HeadEnd) -> Result<(), CommandError> {
    let (HeadEnd::Add(named) | HeadEnd::Revoke(named) | HeadEnd::Assign { head_end: named, .. }) = &ask;
    let (store, name) = (Store::open(&named.record.database_url).await?, &named.name);
    let mut record = store.begin().await?;
    let now = Clock::of_the_machine().now();
    let told = match &ask {
        HeadEnd::Add(_) => {
            let key = secrets::token().map_err(Error::from)?;
            head_ends::add(&mut record, name, &secrets::hash(&key), now).await.map_err(|error| {
                CommandError::Says(format!("{name} cannot be added, perhaps it was before: {error}"))
            })?;
            format!("{name}: its key, which is not shown again:\n{key}")
        }
        HeadEnd::Revoke(_) => {
            if !head_ends::revoke(&mut record, name, now).await? {
                return Err(CommandError::Says(format!("no head-end {name} has a key")));
            }
            format!("{name}: its key opens nothing any more")
        }
        HeadEnd::Assign { meter, .. } => {
            if head_ends::point_of_meter(&mut record, meter).await?.is_none() {
                return Err(CommandError::Says(format!("--meter: no meter {meter}")));
            }
            if !head_ends::may_speak(&mut record, name).await? {
                return Err(CommandError::Says(format!("no head-end {name} has a key")));
            }
            head_ends::assign(&mut record, meter, name).await?;
            format!("meter {meter} takes the word of {name} alone")
        }
    };
    record.commit().await.map_err(StoreError::from)?;
    store.close().await;
    println!("{told}");
    Ok(())
}
