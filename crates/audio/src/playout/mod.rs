//! The speaker's path: packets in, frames to play out.

mod decoders;
mod estimate;
mod join;
mod losses;
mod mixer;
mod pace;
mod pitch;
mod receive;
mod slots;
mod stats;
mod tape;
mod upsample;

pub use losses::{BurstMetrics, LossPicture};
pub use mixer::Mixer;
pub use receive::{FrameKind, ReceiveBuffer, Received};
pub use slots::MAX_PAYLOAD_BYTES;
pub use stats::ReceiveStats;

/// Samples in a millisecond.
const MS: i64 = base::SAMPLE_RATE as i64 / 1000;
