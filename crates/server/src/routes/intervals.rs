//! What a digital meter measured, as finely as is known, for those who draw a year of it.

use api::accounts::ServicePointId;
use api::intervals::Intervals;
use api::problem::ApiError;
use axum::Json;
use axum::extract::State;

use super::path::{PathParts, QueryParts};
use crate::auth::HolderAccount;
use crate::calendar::{DAY_S, midnight, number_of};
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::spans::SpanUse;
use crate::store::{accounts, spans};

const MOST_DAYS: i64 = 366;
/// What a meter's spans are brought to: the shortest that holds the longest of them.
const GRAINS_S: [u32; 3] = [900, 3600, 86_400];

/// Answers with the intervals of a service point.
pub async fn get_intervals(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    query: QueryParts,
) -> Result<Json<Intervals>> {
    let (from, to) = (query.day("from")?, query.day("to")?);
    let days = number_of(to) - number_of(from) + 1;
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(ApiError::ValueInvalid { field: "to".to_owned() }.into());
    }
    let mut db = app.store.read().await?;
    let id = ServicePointId(path.get("service_point"));
    let point = accounts::find_point(&mut db, &id).await?;
    let point = point.filter(|point| point.account == account.summary.id).ok_or(ApiError::NotFound)?;
    let offset = point.utc_offset_s;
    let start = midnight(from, offset);
    let within = (start, midnight(to, offset) + DAY_S);
    let longest = spans::longest(&mut db, &id, within.0, within.1).await?.unwrap_or(0);
    let seconds = GRAINS_S.into_iter().find(|grain| i64::from(*grain) >= longest).unwrap_or(GRAINS_S[2]);
    let slots = (i64::from(seconds), i64::MAX);
    let measured = spans::slots(&mut db, &id, offset, slots, within).await?;
    let usages = in_order(&measured, (start + offset) / i64::from(seconds));
    let utc_offset_seconds = i32::try_from(offset).map_err(|_| Error::Bug("an offset beyond a day"))?;
    Ok(Json(Intervals { unit: point.unit, utc_offset_seconds, start, seconds, usages }))
}

/// One for each slot from number `first` to the last that was measured.
fn in_order(measured: &[SpanUse], first: i64) -> Vec<Option<i64>> {
    let mut usages = Vec::new();
    for slot in measured {
        let place = usize::try_from(slot.number - first).unwrap_or_default();
        usages.resize(place, None);
        usages.push(Some(slot.usage));
    }
    usages
}
