//! Where in the picture the face is.

use image::metadata::Orientation;
use thiserror::Error;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Size {
    pub(crate) const fn new(width: u32, height: u32) -> Size {
        Size { width, height }
    }

    pub(crate) fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    pub(crate) fn transposed(self) -> Size {
        Size::new(self.height, self.width)
    }

    /// The shorter side in pixels: the side of the largest crop.
    #[must_use]
    pub fn shorter(self) -> u32 {
        self.width.min(self.height)
    }
}

/// A square in pixels of the upright picture, before any [`Turn`]: `x` from the left, `y` from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// Pixels left of the square.
    pub x: u32,
    /// Pixels above the square.
    pub y: u32,
    /// Pixels on each side, at least 1.
    pub side: u32,
}

/// The square is empty or reaches over the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the square {crop:?} is not within {}x{}", size.width, size.height)]
pub struct OutsidePicture {
    /// What was asked for.
    pub crop: Crop,
    /// The upright picture.
    pub size: Size,
}

impl Crop {
    /// The largest square in the middle.
    #[must_use]
    pub fn centre_of(size: Size) -> Crop {
        let side = size.shorter();
        Crop { x: (size.width - side) / 2, y: (size.height - side) / 2, side }
    }

    /// The nearest square that lies within `size`: first made small enough, then moved inside. For a window that rounds.
    #[must_use]
    pub fn pushed_into(self, size: Size) -> Crop {
        let side = self.side.min(size.shorter()).max(1);
        Crop { x: self.x.min(size.width.saturating_sub(side)), y: self.y.min(size.height.saturating_sub(side)), side }
    }

    pub(crate) fn check(self, size: Size) -> Result<(), OutsidePicture> {
        let fits = |at: u32, side: u32| at.checked_add(self.side).is_some_and(|end| end <= side);
        let inside = self.side > 0 && fits(self.x, size.width) && fits(self.y, size.height);
        if inside { Ok(()) } else { Err(OutsidePicture { crop: self, size }) }
    }

    /// The same square in the pixels as stored, where `upright` leads from stored to seen and `seen` is the upright size.
    pub(crate) fn as_stored(self, seen: Size, upright: Orientation) -> Crop {
        let from_right = seen.width - self.x - self.side;
        let from_bottom = seen.height - self.y - self.side;
        let (x, y) = match upright {
            Orientation::NoTransforms => (self.x, self.y),
            Orientation::FlipHorizontal => (from_right, self.y),
            Orientation::Rotate180 => (from_right, from_bottom),
            Orientation::FlipVertical => (self.x, from_bottom),
            Orientation::Rotate90FlipH => (self.y, self.x),
            Orientation::Rotate90 => (self.y, from_right),
            Orientation::Rotate270FlipH => (from_bottom, from_right),
            Orientation::Rotate270 => (from_bottom, self.x),
        };
        Crop { x, y, side: self.side }
    }
}

/// What the person turned by hand after it stood upright: quarters of a circle, clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// As the camera held it.
    #[default]
    None,
    /// 90° clockwise.
    Quarter,
    /// On its head.
    Half,
    /// 270° clockwise.
    ThreeQuarters,
}

impl Turn {
    pub(crate) fn orientation(self) -> Orientation {
        match self {
            Turn::None => Orientation::NoTransforms,
            Turn::Quarter => Orientation::Rotate90,
            Turn::Half => Orientation::Rotate180,
            Turn::ThreeQuarters => Orientation::Rotate270,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size::new(30, 20);

    #[test]
    fn crop_over_the_edge_is_outside() {
        let check = |x, y, side| Crop { x, y, side }.check(SIZE).is_ok();
        assert!(check(0, 0, 20) && check(10, 0, 20) && check(29, 19, 1));
        assert!(!check(11, 0, 20) && !check(0, 1, 20) && !check(0, 0, 0) && !check(30, 0, 1));
        assert!(!check(u32::MAX, 0, 1) && !check(0, u32::MAX, u32::MAX));
    }

    #[test]
    fn pushed_crop_is_always_inside() {
        for x in [0, 5, 29, 30, u32::MAX] {
            for side in [0, 1, 20, 21, u32::MAX] {
                let pushed = Crop { x, y: x, side }.pushed_into(SIZE);
                assert_eq!(pushed.check(SIZE), Ok(()), "{pushed:?}");
            }
        }
        let inside = Crop { x: 3, y: 4, side: 5 };
        assert_eq!(inside.pushed_into(SIZE), inside);
    }

    #[test]
    fn centre_of_a_line_is_one_pixel() {
        assert_eq!(Crop::centre_of(Size::new(9, 1)), Crop { x: 4, y: 0, side: 1 });
    }
}
