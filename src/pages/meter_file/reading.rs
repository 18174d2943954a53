//! From the chosen file to its readings, on this device.

use api::problem::ApiError;
use green_button::{GreenButtonError, Limits, MeterFile};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

/// Read at once; small enough that the progress is seen to move.
const PIECE: u64 = 1 << 20;

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Read(pub std::sync::Arc<MeterFile>);

/// Why a file was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed(GreenButtonError);

impl Failed {
    /// As the server's import would refuse it.
    pub fn refusal(&self) -> ApiError {
        words::meter_file::refusal(&self.0)
    }
}

/// The file of a file input's event.
pub fn picked(event: &leptos::ev::Event) -> Option<File> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    input.files()?.get(0)
}

/// Its length in bytes.
pub fn size(file: &File) -> u64 {
    // Files are far below 2^53 bytes, and never negative.
    file.size() as u64
}

/// Reads the whole file, telling `done` how far it is.
///
/// # Errors
/// What the reader of meter files refuses, and what the device does.
pub async fn read(file: &File, done: RwSignal<u64>) -> Result<Read, Failed> {
    let (size, limits) = (size(file), Limits::default());
    if size > limits.max_bytes {
        return Err(Failed(GreenButtonError::TooLarge { limit: limits.max_bytes }));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    let mut position = 0;
    while position < size {
        let end = (position + PIECE).min(size);
        let failed = || Failed(GreenButtonError::Read { position, kind: std::io::ErrorKind::Other });
        let piece = piece(file, position, end).await.ok_or_else(failed)?;
        bytes.extend_from_slice(&piece);
        position = end;
        done.try_set(position);
    }
    green_button::read(&bytes[..], limits).map(|file| Read(std::sync::Arc::new(file))).map_err(Failed)
}

async fn piece(file: &File, from: u64, to: u64) -> Option<Vec<u8>> {
    // Both are far below 2^53, where a float is exact.
    let blob = file.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
