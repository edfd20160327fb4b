//! The speaker's path: packets in, frames to play out.

mod mixer;
mod receive;
mod slots;
mod stats;

pub use mixer::Mixer;
pub use receive::{FrameKind, ReceiveBuffer};
pub use slots::MAX_PAYLOAD_BYTES;
pub use stats::ReceiveStats;
