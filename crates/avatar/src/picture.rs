//! An opened picture: what can be shown of it, and what becomes of it.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

use crate::crop::{Crop, OutsidePicture, Size, Turn};
use crate::encode::{Encoded, encode};
use crate::kind::Kind;
use crate::limits::Limits;
use crate::pixels::Pixels;
use crate::refused::Refused;
use crate::{jpeg, png};

/// Sides of the two squares that are kept, in pixels: 512 serves the call stage and the profile (88 px) on any screen and
/// every zoom, 128 the lists (24 to 40 px) on screens of up to three times the density.
pub const SIDES: [u32; 2] = [512, 128];

/// The longest side that a preview may have, in pixels.
pub const PREVIEW_SIDE: u32 = 2048;

/// What a picture should have on its shorter side, in pixels (SPEC PR-10).
const RECOMMENDED_SIDE: u32 = 200;

/// Decodes a picture that a person picked, within [`Limits::PICKED`].
///
/// # Errors
/// [`Refused`] says why not; size, kind and claimed dimensions are judged before anything is decoded.
pub fn open(bytes: &[u8]) -> Result<Picture, Refused> {
    open_within(bytes, &Limits::PICKED)
}

/// Decodes a picture within limits of the caller's: a server that is asked by many takes less of each.
///
/// # Errors
/// As [`open`].
pub fn open_within(bytes: &[u8], limits: &Limits) -> Result<Picture, Refused> {
    let kind = Kind::of(bytes);
    if let Kind::Foreign(foreign) = kind {
        return Err(Refused::Foreign(foreign));
    }
    limits.check_file(bytes.len())?;
    let pixels = match kind {
        Kind::Jpeg => jpeg::decode(bytes, limits)?,
        Kind::Png => png::decode(bytes, limits)?,
        Kind::Foreign(_) | Kind::Unknown => return Err(Refused::Unknown),
    };
    Ok(Picture { pixels })
}

/// A decoded picture of one or more pixels. Sizes and crops speak of it upright, as EXIF says it should be seen.
pub struct Picture {
    pixels: Pixels,
}

/// What a person should be told about a picture that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// It will look coarse: the shorter side has fewer than `recommended` pixels (SPEC PR-10).
    Small {
        /// Pixels that the shorter side should have.
        recommended: u32,
    },
}

/// The crop in the two sizes of [`SIDES`]. A crop with fewer pixels is not blown up: then the sides are smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// At most 512 × 512.
    pub large: Encoded,
    /// At most 128 × 128.
    pub small: Encoded,
}

impl Picture {
    /// Size when it stands upright.
    #[must_use]
    pub fn size(&self) -> Size {
        let stored = self.pixels.size;
        match self.pixels.upright {
            Orientation::NoTransforms
            | Orientation::FlipHorizontal
            | Orientation::FlipVertical
            | Orientation::Rotate180 => stored,
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => stored.transposed(),
        }
    }

    /// What the person should know before going on; it hinders nothing.
    #[must_use]
    pub fn warning(&self) -> Option<Warning> {
        let small = self.size().shorter() < RECOMMENDED_SIDE;
        small.then_some(Warning::Small { recommended: RECOMMENDED_SIDE })
    }

    /// The whole picture upright, its longer side at most `max_side` pixels and never more than [`PREVIEW_SIDE`].
    #[must_use]
    pub fn preview(&self, max_side: u32) -> Encoded {
        let stored = self.pixels.size;
        let longer = stored.width.max(stored.height);
        let wanted = max_side.clamp(1, PREVIEW_SIDE).min(longer);
        let scaled = |side: u32| {
            let rounded = (u64::from(side) * u64::from(wanted) + u64::from(longer) / 2) / u64::from(longer);
            (rounded as u32).max(1)
        };
        let mut shown = self.scale((0, 0), stored, Size::new(scaled(stored.width), scaled(stored.height)));
        shown.apply_orientation(self.pixels.upright);
        encode(&shown)
    }

    /// The square `crop` of the upright picture, then turned, in both sizes. The same bytes, crop and turn give the same
    /// result on the same kind of processor.
    ///
    /// # Errors
    /// [`OutsidePicture`] if the square is empty or reaches over the edge; see [`Crop::pushed_into`].
    pub fn render(&self, crop: Crop, turn: Turn) -> Result<Rendered, OutsidePicture> {
        let seen = self.size();
        crop.check(seen)?;
        let stored = crop.as_stored(seen, self.pixels.upright);
        let [large, small] = SIDES.map(|side| side.min(crop.side));
        let mut square = self.scale((stored.x, stored.y), Size::new(crop.side, crop.side), Size::new(large, large));
        square.apply_orientation(self.pixels.upright);
        square.apply_orientation(turn.orientation());
        let tiny =
            scale(square.as_bytes(), Size::new(large, large), (0, 0), Size::new(large, large), Size::new(small, small));
        Ok(Rendered { large: encode(&square), small: encode(&tiny) })
    }

    fn scale(&self, at: (u32, u32), part: Size, to: Size) -> DynamicImage {
        scale(&self.pixels.rgb, self.pixels.size, at, part, to)
    }
}

/// Scales the rectangle of size `part` at `at`. Catmull-Rom because its weights are polynomials: sines differ in their last
/// digit from one system's library to another's.
fn scale(rgb: &[u8], size: Size, at: (u32, u32), part: Size, to: Size) -> DynamicImage {
    let source = ImageRef::new(size.width, size.height, rgb, PixelType::U8x3).expect("decoders fill whole pictures");
    let mut scaled = Image::new(to.width, to.height, PixelType::U8x3);
    let options = ResizeOptions::new()
        .crop(at.0.into(), at.1.into(), part.width.into(), part.height.into())
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&source, &mut scaled, &options).expect("the part was checked to lie within the picture");
    let pixels = RgbImage::from_raw(to.width, to.height, scaled.into_vec());
    DynamicImage::ImageRgb8(pixels.expect("three bytes for each pixel"))
}
