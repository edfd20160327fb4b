//! How much of a stranger's picture we are willing to look at.

use crate::crop::Size;
use crate::refused::Refused;

/// What a picture may cost. Everything here is judged from headers, before a pixel is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file (SPEC PR-09).
    pub file_bytes: usize,
    /// Width times height.
    pub pixels: u64,
    /// The longer side in pixels.
    pub side: u32,
    /// Pixels and coefficients that the decoder holds at once.
    pub memory_bytes: u64,
    /// Scans of a JPEG: cameras write up to 14, each costs a pass over the whole picture.
    pub scans: u32,
    /// Scans times pixels: what many passes over a big picture may cost.
    pub scanned_pixels: u64,
}

impl Limits {
    /// For a file that a person picked: 5 MiB, 48 megapixels (the largest telephones), 384 MiB while it is open.
    pub const PICKED: Limits = Limits {
        file_bytes: 5 * 1024 * 1024,
        pixels: 8192 * 6144,
        side: 20_000,
        memory_bytes: 384 * 1024 * 1024,
        scans: 64,
        scanned_pixels: 640_000_000,
    };

    pub(crate) fn check_file(&self, size_bytes: usize) -> Result<(), Refused> {
        match size_bytes {
            0 => Err(Refused::Empty),
            _ if size_bytes > self.file_bytes => {
                Err(Refused::TooManyBytes { size_bytes, limit_bytes: self.file_bytes })
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn check_size(&self, size: Size) -> Result<(), Refused> {
        if size.width == 0 || size.height == 0 {
            return Err(Refused::Damaged);
        }
        if size.pixels() > self.pixels || size.width.max(size.height) > self.side {
            return Err(Refused::TooManyPixels { size, limit_pixels: self.pixels });
        }
        Ok(())
    }

    pub(crate) fn check_memory(&self, needed_bytes: u64) -> Result<(), Refused> {
        if needed_bytes > self.memory_bytes { Err(Refused::TooComplex) } else { Ok(()) }
    }

    pub(crate) fn check_scans(&self, scans: u32, size: Size) -> Result<(), Refused> {
        let passes = u64::from(scans).saturating_mul(size.pixels());
        if scans > self.scans || passes > self.scanned_pixels { Err(Refused::TooComplex) } else { Ok(()) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::PICKED
    }
}
