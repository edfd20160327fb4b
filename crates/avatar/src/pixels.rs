//! Decoded pixels, in the order of the file.

use image::metadata::Orientation;

use crate::crop::Size;

/// Red, green, blue, 8 bits each, row by row without gaps, as stored in the file.
pub(crate) struct Pixels {
    pub size: Size,
    pub rgb: Vec<u8>,
    /// What makes the stored picture stand upright.
    pub upright: Orientation,
}

/// The orientation that EXIF states, or as it is when EXIF is missing, damaged or says something that does not exist.
pub(crate) fn upright_by(exif: Option<&[u8]>) -> Orientation {
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}
