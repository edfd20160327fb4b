//! The microphone's path: device samples in, frames to encode out.

mod path;

pub use path::CapturePath;
