//! A Green Button file handed over by its holder, read while it arrives.

use std::io::{self, BufRead, Read};

use api::accounts::ServicePointId;
use api::meter_files::MeterFileReply;
use api::problem::ApiError;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use futures_util::StreamExt;
use green_button::{GreenButtonError, Limits, MeterFile};
use tokio::sync::mpsc;

use super::path::PathParts;
use crate::actions::import_meter_file::import_meter_file;
use crate::auth::HolderAccount;
use crate::body::content_length;
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store::accounts;

/// Pieces that wait for the reader; a faster caller is slowed down.
const PIECES: usize = 8;

/// Takes a file into the record, whole or not at all.
pub async fn post_meter_file(
    State(app): State<AppState>,
    HolderAccount(account): HolderAccount,
    path: PathParts,
    request: Request,
) -> Result<Json<MeterFileReply>> {
    let id = ServicePointId(path.get("service_point"));
    let point = accounts::find_point(&mut *app.store.read().await?, &id).await?;
    let point = point.filter(|point| point.account == account.summary.id).ok_or(ApiError::NotFound)?;
    let limit_bytes = app.limits.upload_bytes;
    if content_length(request.headers()).is_some_and(|length| length > limit_bytes) {
        return Err(ApiError::BodyTooLarge { limit_bytes }.into());
    }
    let file = read_file(request.into_body(), limit_bytes).await?;
    Ok(Json(import_meter_file(&app.store, app.clock.now(), &point, &file).await?))
}

/// Reads on a thread of its own while the body arrives; what is held grows with the readings only.
async fn read_file(body: Body, max_bytes: u64) -> Result<MeterFile> {
    let (pieces, arriving) = mpsc::channel(PIECES);
    let limits = Limits { max_bytes, ..Limits::default() };
    let reader = tokio::task::spawn_blocking(move || green_button::read(Arriving::new(arriving), limits));
    let mut body = body.into_data_stream();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|_| io::Error::from(io::ErrorKind::ConnectionAborted));
        // The reader goes away when it has found an error: the rest is not needed.
        if pieces.send(piece).await.is_err() {
            break;
        }
    }
    drop(pieces);
    let read: Result<MeterFile, GreenButtonError> =
        reader.await.map_err(|_| Error::Bug("the reader of meter files panicked"))?;
    read.map_err(|error| words::meter_file::refusal(&error).into())
}

/// The pieces of a body as a reader wants them.
struct Arriving {
    pieces: mpsc::Receiver<io::Result<Bytes>>,
    piece: Bytes,
}

impl Arriving {
    fn new(pieces: mpsc::Receiver<io::Result<Bytes>>) -> Self {
        Self { pieces, piece: Bytes::new() }
    }
}

impl BufRead for Arriving {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.piece.is_empty() {
            match self.pieces.blocking_recv() {
                Some(piece) => self.piece = piece?,
                None => break,
            }
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, bytes: usize) {
        self.piece = self.piece.split_off(bytes.min(self.piece.len()));
    }
}

impl Read for Arriving {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}
