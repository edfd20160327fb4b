//! What a receive buffer counted.

use super::losses::{BurstMetrics, LossPicture};

/// Counters since the buffer was made, and its delay now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReceiveStats {
    /// Packets taken in, redundant copies not counted.
    pub received: u64,
    /// Redundant copies (RFC 2198) that filled a hole.
    pub redundant: u64,
    /// Packets that were there already.
    pub duplicates: u64,
    /// Packets whose time had passed.
    pub late: u64,
    /// Packets that another overtook.
    pub reordered: u64,
    /// Packets of no codec that we know, damaged, empty, or too long.
    pub malformed: u64,
    /// Packets thrown away to catch up after a stall.
    pub skipped: u64,
    /// Frames (10 ms) decoded from their own packet.
    pub played_frames: u64,
    /// Frames restored from the in-band redundancy (FEC) of the next packet.
    pub fec_frames: u64,
    /// Frames restored from the deep redundancy (DRED) of a later packet.
    pub dred_frames: u64,
    /// Frames invented.
    pub concealed_frames: u64,
    /// Frames of background noise while the sender is silent.
    pub comfort_frames: u64,
    /// How often something had to be invented: runs of concealed frames.
    pub concealment_events: u64,
    /// Samples (48 kHz) left out to shorten the delay.
    pub accelerated_samples: u64,
    /// Samples (48 kHz) added to lengthen the delay.
    pub slowed_samples: u64,
    /// How often the delay was changed by stretching.
    pub stretches: u64,
    /// How often the buffer ran dry and the sound came later after all.
    pub underruns: u64,
    /// How often a stream began: the first, another SSRC, a jump.
    pub starts: u64,
    /// How much later sound is played than if each packet were played on its earliest possible arrival, milliseconds, at most 10,000.
    pub delay_ms: u32,
    /// What that delay should be, milliseconds.
    pub target_ms: u32,
    /// Sound of the last ten seconds that did not come, before repair.
    pub loss: LossPicture,
    /// The same since the beginning, for RTCP XR.
    pub bursts: BurstMetrics,
}
