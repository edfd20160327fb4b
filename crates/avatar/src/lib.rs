//! The circle that stands for a person: a photograph cropped to a square, or initials on a tint.
//!
//! ```text
//! bytes of a stranger ─► Kind (by content) ─► limits ─► jpeg | png ─► Picture (RGB, 8 bits, as stored)
//!                                                                       │ preview: whole, upright, JPEG
//!                                                       Crop, Turn ─────┴ render: square, upright, two sizes, JPEG
//! names ─► Initials      person's id ─► Tint
//! ```
//!
//! Pure functions over bytes: the engine runs them on its blocking pool before upload, the team server once more after it.
//! A whole decoded picture is held in memory (at most [`Limits::memory_bytes`]), so keep one at a time. Nothing of the file
//! but its pixels and its orientation reaches the output: metadata, colour profiles and comments stay behind
//! (docs/decisions/0008-pictures.md).

mod crop;
mod encode;
mod initials;
mod jpeg;
mod kind;
mod limits;
mod picture;
mod pixels;
mod png;
mod refused;
mod tint;

pub use crop::{Crop, OutsidePicture, Size, Turn};
pub use encode::{Encoded, MEDIA_TYPE};
pub use initials::Initials;
pub use kind::{Foreign, Kind};
pub use limits::Limits;
pub use picture::{PREVIEW_SIDE, Picture, Rendered, SIDES, Warning, open, open_within};
pub use refused::Refused;
pub use tint::Tint;
