//! Every rule of the engine, for anybody.

use axum::extract::Request;
use axum::http::header;
use axum::response::IntoResponse;

use super::path::PathParts;
use crate::body;
use crate::error::{Error, Result};

/// A bill with a year of quarter hours takes about 2 MB.
const MOST_BYTES: usize = 4 << 20;

/// Answers as `adad compute` does, with the same bytes.
pub async fn compute(path: PathParts, request: Request) -> Result<impl IntoResponse> {
    let facts = body::read(request, MOST_BYTES).await?;
    let answer = words::compute::compute(&path.get("rule"), &facts).map_err(Error::Refused)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], answer))
}
