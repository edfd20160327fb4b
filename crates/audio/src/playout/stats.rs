//! What a receive buffer counted.

/// Counters since the buffer was made, and its delay now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReceiveStats {
    /// Packets taken in.
    pub received: u64,
    /// Packets that were there already.
    pub duplicates: u64,
    /// Packets whose time had passed.
    pub late: u64,
    /// Packets that overtook another.
    pub reordered: u64,
    /// Packets that are no Opus, empty, or too long.
    pub malformed: u64,
    /// Packets thrown away to catch up after a stall.
    pub skipped: u64,
    /// Frames (10 ms) decoded from their own packet.
    pub played_frames: u64,
    /// Frames restored from the next packet.
    pub fec_frames: u64,
    /// Frames invented.
    pub concealed_frames: u64,
    /// Frames left out to shorten the delay.
    pub shortened_frames: u64,
    /// How often the buffer ran dry and the sound came later after all.
    pub underruns: u64,
    /// How often a stream began: the first, another SSRC, a jump.
    pub starts: u64,
    /// Sound waiting, milliseconds.
    pub delay_ms: u32,
    /// Sound that should wait, milliseconds.
    pub target_ms: u32,
}
