//! Pixels to what is kept and sent: baseline JPEG with full chroma and nothing but the picture in it.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType};

use crate::crop::Size;

/// Media type of everything this room writes.
pub const MEDIA_TYPE: &str = "image/jpeg";

/// At 90 a face of 512 × 512 is 30 to 90 kB and shows no blocks.
const QUALITY: u8 = 90;

/// A picture as written. The same pixels give the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// A JPEG file.
    pub bytes: Vec<u8>,
    /// Its size in pixels.
    pub size: Size,
}

pub(crate) fn encode(picture: &DynamicImage) -> Encoded {
    let size = Size::new(picture.width(), picture.height());
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(picture.as_bytes(), size.width, size.height, ExtendedColorType::Rgb8)
        .expect("a Vec takes every byte, and both sides are between 1 and 65535");
    Encoded { bytes, size }
}
