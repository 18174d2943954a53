//! A photo, of a meter or a report: picked or taken, looked at on the device, and shown before it is sent.

use api::own_readings::{MOST_PHOTO_BYTES, MOST_PHOTO_SIDE};
use billing::finding::Message;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::html::Canvas;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlInputElement, ImageBitmap};

/// A photo that this browser could open.
#[derive(Clone, Debug)]
pub struct Photo {
    /// The file.
    pub file: Blob,
    /// Its content type.
    pub kind: &'static str,
    picture: ImageBitmap,
}

/// Why a file is no photo for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFault {
    /// No JPEG, PNG or WebP picture, or a damaged one.
    Kind,
    /// Of so many bytes.
    TooLarge(u64),
    /// More points than we take.
    Dimensions,
}

/// What was refused about a photo.
#[derive(Clone, Debug, PartialEq)]
pub enum PhotoRefusal {
    /// By this device.
    Here(PhotoFault),
    /// By the server.
    There(Message),
    /// There are as many as are taken.
    TooMany(usize),
}

/// Points of a side as it is shown; a phone's picture has many more.
const SHOWN_SIDE: u32 = 720;
/// Bytes in which each kind names itself.
const NAMED_IN: usize = 12;

/// The files of a file input's event. The input forgets them, so that the same one can be chosen again.
pub fn picked(event: &leptos::ev::Event) -> Vec<Blob> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some((input, files)) = input.and_then(|input| Some((input.clone(), input.files()?))) else {
        return Vec::new();
    };
    let picked = (0..files.length()).filter_map(|at| files.get(at)).map(Blob::from).collect();
    input.set_value("");
    picked
}

/// Opens a file as a photo.
///
/// # Errors
/// [`PhotoFault`], as the server would refuse it.
pub async fn open(file: Blob) -> Result<Photo, PhotoFault> {
    // Files are far below 2^53 bytes, and never negative.
    let bytes = file.size() as u64;
    if bytes > MOST_PHOTO_BYTES {
        return Err(PhotoFault::TooLarge(bytes));
    }
    let kind = beginning(&file).await.as_deref().and_then(kind_of).ok_or(PhotoFault::Kind)?;
    let opening = window().create_image_bitmap_with_blob(&file).map_err(|_| PhotoFault::Kind)?;
    let picture = JsFuture::from(opening).await.map_err(|_| PhotoFault::Kind)?;
    let picture: ImageBitmap = picture.dyn_into().map_err(|_| PhotoFault::Kind)?;
    if picture.width().max(picture.height()) > MOST_PHOTO_SIDE {
        return Err(PhotoFault::Dimensions);
    }
    Ok(Photo { file, kind, picture })
}

async fn beginning(file: &Blob) -> Option<Vec<u8>> {
    let blob = file.slice_with_f64_and_f64(0.0, NAMED_IN as f64).ok()?;
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// The sides of a picture as it is shown: whole points, for to write others down takes 6 kB of code.
fn shown_size(width: u32, height: u32) -> [u32; 2] {
    let longer = u64::from(width.max(height).max(SHOWN_SIDE));
    let shown = |side: u32| (u64::from(side) * u64::from(SHOWN_SIDE) + longer / 2) / longer;
    [width, height].map(|side| u32::try_from(shown(side)).unwrap_or(SHOWN_SIDE))
}

/// The photo as it will be sent, drawn: an address of the file itself would need a wider content security policy.
pub fn shown(photo: &Photo, label: String) -> AnyView {
    let [width, height] = shown_size(photo.picture.width(), photo.picture.height());
    let canvas = NodeRef::<Canvas>::new();
    let picture = send_wrapper::SendWrapper::new(photo.picture.clone());
    canvas.on_load(move |canvas| {
        let context = canvas.get_context("2d").ok().flatten();
        let context = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
        // Where nothing can be drawn, the name below still says that a photo is chosen.
        context.map(|context| {
            let (width, height) = (f64::from(width), f64::from(height));
            context.draw_image_with_image_bitmap_and_dw_and_dh(&picture, 0.0, 0.0, width, height)
        });
    });
    view! {
        <canvas
            class="own-photo__shown"
            node_ref=canvas
            role="img"
            aria-label=label
            width=width.to_string()
            height=height.to_string()
        ></canvas>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{kind_of, shown_size};

    #[test]
    fn a_picture_is_shown_whole_and_never_larger_than_it_is() {
        for (size, shown) in [
            ([4000, 3000], [720, 540]),
            ([3000, 4000], [540, 720]),
            ([721, 1], [720, 1]),
            ([720, 720], [720, 720]),
            ([10, 4], [10, 4]),
            ([0, 0], [0, 0]),
        ] {
            assert_eq!(shown_size(size[0], size[1]), shown, "{size:?}");
        }
    }

    #[test]
    fn a_picture_names_its_kind_itself() {
        for (bytes, kind) in [
            (&b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"[..], Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n\0\0\0\r", Some("image/png")),
            (b"RIFF\x24\0\0\0WEBP", Some("image/webp")),
            (b"RIFF\x24\0\0\0WAVE", None),
            (b"GIF89a\x01\0\x01\0\0\0", None),
            (b"%PDF-1.7\n%\xe2\xe3", None),
            (b"\xff\xd8", None),
            (b"", None),
        ] {
            assert_eq!(kind_of(bytes), kind, "{bytes:?}");
        }
    }
}
