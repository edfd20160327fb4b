//! Why a file does not become a picture.

use thiserror::Error;

use crate::crop::Size;
use crate::kind::Foreign;

/// Why bytes were not accepted. What the person can do differs for each, so each is told apart; the words are the window's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// There are no bytes.
    #[error("the file is empty")]
    Empty,
    /// More bytes than allowed; nothing was decoded (SPEC PR-09).
    #[error("{size_bytes} bytes, {limit_bytes} are allowed")]
    TooManyBytes {
        /// What the file has.
        size_bytes: usize,
        /// What is allowed.
        limit_bytes: usize,
    },
    /// A kind of file that we know and do not take, whatever its name says (SPEC PR-08).
    #[error("this is a file of kind {0}, not JPEG or PNG")]
    Foreign(Foreign),
    /// Not a file that we know.
    #[error("neither JPEG nor PNG")]
    Unknown,
    /// More pixels than allowed; nothing was decoded.
    #[error("{}x{} pixels, {limit_pixels} in all are allowed", size.width, size.height)]
    TooManyPixels {
        /// What the header claims.
        size: Size,
        /// Width times height that is allowed.
        limit_pixels: u64,
    },
    /// Decoding would take more memory or time than an avatar is worth.
    #[error("decoding would take too much memory or time")]
    TooComplex,
    /// JPEG of a process that cameras do not use (arithmetic, lossless, hierarchical, 12 bits, two channels).
    #[error("a JPEG of a rare process")]
    Unsupported,
    /// The file ends before the picture does: a broken download or copy.
    #[error("the file is cut off")]
    Truncated,
    /// The bytes contradict themselves.
    #[error("the file is damaged")]
    Damaged,
}

impl Refused {
    /// A stable word for the bridge and for scripts. Not for people.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Refused::Empty => "empty",
            Refused::TooManyBytes { .. } => "too-many-bytes",
            Refused::Foreign(_) => "foreign",
            Refused::Unknown => "unknown",
            Refused::TooManyPixels { .. } => "too-many-pixels",
            Refused::TooComplex => "too-complex",
            Refused::Unsupported => "unsupported",
            Refused::Truncated => "truncated",
            Refused::Damaged => "damaged",
        }
    }
}
