//! Photos of meters, handed over and seen again.

use api::own_readings::Photo;
use api::problem::ApiError;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::path::PathParts;
use crate::actions::take_own_reading::keep_photo;
use crate::auth::HolderAccount;
use crate::body;
use crate::error::{Error, Result};
use crate::photo::{self, MOST_BYTES};
use crate::state::AppState;
use crate::store::photos;

/// Each decoder may take much memory: the others wait.
static DECODERS: Semaphore = Semaphore::const_new(2);

/// Keeps a photo, drawn again without what the camera wrote into it.
pub async fn post_photo(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    request: Request,
) -> Result<Json<Photo>> {
    let bytes = body::read(request, MOST_BYTES).await?;
    let turn = DECODERS.acquire().await.map_err(|_| Error::Bug("the decoders are closed"))?;
    let kept = tokio::task::spawn_blocking(move || photo::keep(&bytes));
    // A decoder that fails on a hostile picture fails alone.
    let kept = kept.await.map_err(|_| ApiError::PhotoKind)??;
    drop(turn);
    let id = keep_photo(&app.store, app.clock.now(), &account.summary.id, &kept).await?;
    Ok(Json(Photo { photo: id, width: kept.width, height: kept.height }))
}

/// The photo as JPEG.
pub async fn get_photo(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
) -> Result<Response> {
    let id = path.get("photo");
    let jpeg = photos::find(&mut *app.store.read().await?, &account.summary.id, &id).await?;
    let kind = HeaderValue::from_static("image/jpeg");
    Ok(([(header::CONTENT_TYPE, kind)], jpeg.ok_or(ApiError::NotFound)?).into_response())
}
