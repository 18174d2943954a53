//! What waits for the holder, over all their accounts.

use api::attention::Attention;
use axum::Json;
use axum::extract::State;

use crate::actions::attention::attention_of;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::state::AppState;

/// What waits.
pub async fn get_attention(State(app): State<AppState>, signed_in: SignedIn) -> Result<Json<Attention>> {
    let mut db = app.store.read().await?;
    Ok(Json(attention_of(&mut db, &signed_in.session.holder, app.clock.now()).await?))
}
