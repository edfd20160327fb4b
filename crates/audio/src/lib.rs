//! Sound as numbers: frames in, frames out. No clock, no device, no thread; nothing in the per-frame calls allocates.
//!
//! ```text
//! device samples ─► capture (resample, re-frame, mute, meter) ─► codec::opus encode ─► packet
//! packet ─► playout::ReceiveBuffer (order, delay, FEC, concealment) ─► playout::Mixer ─► resample ─► device samples
//!                                              tones::ToneGenerator ──────┘
//! ```

mod bridge;
pub mod capture;
pub mod codec;
mod fifo;
mod level;
pub mod ogg;
pub mod playout;
mod resample;
mod stretch;
pub mod tones;

pub use bridge::{Bridge, Said};
pub use fifo::SampleFifo;
pub use level::{Level, Meter};
pub use resample::{Resampler, UnsupportedRate};
pub use stretch::Stretch;

/// 10 ms of sound: 480 samples, 48 kHz mono, −1.0..=1.0.
pub type Frame = [f32; base::FRAME_SAMPLES];

/// A frame of digital silence.
pub const SILENT_FRAME: Frame = [0.0; base::FRAME_SAMPLES];
