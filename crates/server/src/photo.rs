//! Photos of meters: any bytes in, a small JPEG out, without where and with what it was taken.

use std::io::Cursor;

use api::own_readings::{MOST_PHOTO_BYTES, MOST_PHOTO_SIDE as MOST_SIDE};
use api::problem::ApiError;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// Bytes of the largest photo.
pub const MOST_BYTES: usize = MOST_PHOTO_BYTES as usize;
/// A decoder takes no more memory than this.
const MOST_MEMORY: u64 = 256 << 20;
/// A register is read well in this many points.
const KEPT_SIDE: u32 = 1_600;
const KEPT_QUALITY: u8 = 80;

/// A photo as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPhoto {
    /// JPEG.
    pub jpeg: Vec<u8>,
    /// In points.
    pub width: u32,
    /// In points.
    pub height: u32,
}

/// Draws a JPEG, PNG or WebP picture again, upright and no larger than needed. Nothing but its points is kept.
///
/// # Errors
/// [`ApiError::BodyTooLarge`], [`ApiError::PhotoDimensions`], and [`ApiError::PhotoKind`] for all else.
pub fn keep(bytes: &[u8]) -> Result<KeptPhoto, ApiError> {
    if bytes.len() > MOST_BYTES {
        return Err(ApiError::BodyTooLarge { limit_bytes: MOST_BYTES as u64 });
    }
    let format = image::guess_format(bytes).map_err(refusal)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(ApiError::PhotoKind);
    }
    let (mut picture, upright) = decode(bytes, format).map_err(refusal)?;
    if picture.width() > KEPT_SIDE || picture.height() > KEPT_SIDE {
        picture = picture.thumbnail(KEPT_SIDE, KEPT_SIDE);
    }
    picture.apply_orientation(upright);
    let picture = picture.to_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, KEPT_QUALITY).encode_image(&picture).map_err(refusal)?;
    Ok(KeptPhoto { jpeg, width: picture.width(), height: picture.height() })
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Orientation), ImageError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    // Not every decoder asks the limits by itself.
    let (width, height) = decoder.dimensions();
    limits.check_dimensions(width, height)?;
    limits.reserve(decoder.total_bytes())?;
    // A picture that does not say stands as it is.
    let upright = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder)?, upright))
}

fn refusal(error: ImageError) -> ApiError {
    match error {
        ImageError::Limits(_) => ApiError::PhotoDimensions { most: MOST_SIDE },
        _ => ApiError::PhotoKind,
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageBuffer, Rgb};

    use super::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let points = ImageBuffer::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, 0]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(points).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG with an EXIF block that turns it by a quarter and says where it was taken.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"29.3759 N 47.9774 E");
        let mut bytes = jpeg[..2].to_vec();
        bytes.extend_from_slice(&[0xff, 0xe1]);
        bytes.extend_from_slice(&(exif.len() as u16 + 2).to_be_bytes());
        bytes.extend_from_slice(&exif);
        bytes.extend_from_slice(&jpeg[2..]);
        bytes
    }

    #[test]
    fn a_picture_becomes_a_small_jpeg() {
        for (format, size, kept) in [
            (ImageFormat::Jpeg, (40, 30), (40, 30)),
            (ImageFormat::Png, (3_200, 100), (1_600, 50)),
            (ImageFormat::WebP, (1_600, 1_600), (1_600, 1_600)),
        ] {
            let photo = keep(&picture(size.0, size.1, format)).unwrap();
            assert_eq!((photo.width, photo.height), kept, "{format:?}");
            let again = image::load_from_memory_with_format(&photo.jpeg, ImageFormat::Jpeg).unwrap();
            assert_eq!((again.width(), again.height()), kept, "{format:?}");
        }
    }

    #[test]
    fn where_it_was_taken_is_forgotten_and_it_stands_upright() {
        let bytes = with_exif(&picture(40, 30, ImageFormat::Jpeg));
        let photo = keep(&bytes).unwrap();
        assert_eq!((photo.width, photo.height), (30, 40), "turned as the camera says");
        let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
        assert!(holds(&bytes, b"47.9774") && !holds(&photo.jpeg, b"47.9774") && !holds(&photo.jpeg, b"Exif"));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let png = picture(40, 30, ImageFormat::Png);
        let wide = picture(MOST_SIDE + 1, 1, ImageFormat::Png);
        // A head that promises 60,000 by 60,000 points, with a right checksum: 10.8 GB once unpacked.
        let mut bomb = png.clone();
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let checksum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
        let too_large = ApiError::PhotoDimensions { most: MOST_SIDE };
        for (bytes, refusal, what) in [
            (Vec::new(), ApiError::PhotoKind, "nothing"),
            (b"a photo".to_vec(), ApiError::PhotoKind, "text"),
            (b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), ApiError::PhotoKind, "another kind"),
            (png[..png.len() / 2].to_vec(), ApiError::PhotoKind, "cut"),
            (wide, too_large.clone(), "too wide"),
            (bomb, too_large, "a bomb"),
            (vec![0; MOST_BYTES + 1], ApiError::BodyTooLarge { limit_bytes: 8 << 20 }, "oversize"),
        ] {
            assert_eq!(keep(&bytes), Err(refusal), "{what}");
        }
    }

    /// Every picture with a byte changed, a bit at a time by place: refused or kept, and no panic.
    #[test]
    fn no_bytes_panic() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let good = with_exif_where_it_fits(&picture(24, 16, format), format);
            for at in 0..good.len() {
                let mut bad = good.clone();
                bad[at] ^= 1 << (at % 8);
                let _ = keep(&bad);
                bad[at] = 0xff;
                let _ = keep(&bad);
                let _ = keep(&good[..at]);
            }
        }
    }

    fn with_exif_where_it_fits(bytes: &[u8], format: ImageFormat) -> Vec<u8> {
        if format == ImageFormat::Jpeg { with_exif(bytes) } else { bytes.to_vec() }
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
        })
    }
}
