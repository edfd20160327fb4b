//! How a call sounds, and who could mend it: what was measured in, a judgement once a second and a passport at the end out.

mod emodel;
mod judge;
mod log;

pub use emodel::{Impairments, mos, r_factor};
pub(crate) use log::QualityLog;

use base::CodecKind;
use model::VoiceProtection;

/// What media and sound measured of a call in the last second. Counts are since the call began.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// What arrives.
    pub heard: WayMeasured,
    /// What leaves, as the far end reports it.
    pub spoken: WayMeasured,
    /// Does speech go out, and come in, as agreed (not on hold)?
    pub sends: bool,
    /// See `sends`.
    pub receives: bool,
    /// Round trip of the media.
    pub rtt_ms: Option<f32>,
    /// Round trip to the server that we are registered at: says how our own connection is.
    pub server_rtt_ms: Option<f32>,
    /// Sound in our receive buffer.
    pub buffer_ms: u32,
    /// Frames (10 ms) played from their own packets, since the call began.
    pub played_frames: u64,
    /// Frames restored from redundancy.
    pub repaired_frames: u64,
    /// Frames invented.
    pub concealed_frames: u64,
    /// Packets that came too late.
    pub late_packets: u64,
    /// Packets that this computer dropped because it was too slow, either way.
    pub stalled_packets: u64,
    /// Share of our packets that came too late at the far end (RFC 3611 §4.7), if it tells.
    pub far_late: Option<f32>,
    /// What the far end adds to the delay, if it tells.
    pub far_delay_ms: Option<u32>,
    /// The microphone is missing, busy, refused or lost.
    pub microphone_fault: bool,
    /// How our voice is protected.
    pub protection: VoiceProtection,
}

/// One direction.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WayMeasured {
    /// Codec in use.
    pub codec: Option<CodecKind>,
    /// Packets since the call began.
    pub packets: u64,
    /// Lost since the call began.
    pub lost_packets: u64,
    /// Share lost in the last seconds, 0.0..=1.0; `None` while nobody has told.
    pub lost: Option<f32>,
    /// Packets lost in a row on average, when any are.
    pub burst: Option<f32>,
    /// Jitter.
    pub jitter_ms: Option<f32>,
}
