//! Numbers of a session.

use base::CodecKind;

/// Counters and measurements since the session began. What is not known is `None`, never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stats {
    /// What we send speech as.
    pub codec_out: Option<CodecKind>,
    /// What the last packet of speech that arrived was.
    pub codec_in: Option<CodecKind>,
    /// RTP packets that left, digits included.
    pub sent_packets: u64,
    /// Their payload.
    pub sent_bytes: u64,
    /// RTP packets that arrived and were authentic.
    pub received_packets: u64,
    /// Their payload.
    pub received_bytes: u64,
    /// Packets that the sound side brought faster than the network took them (the oldest were dropped), or in a codec that is
    /// not agreed.
    pub dropped_out: u64,
    /// Packets that arrived faster than they were fetched from the event queue; the newest were dropped.
    pub dropped_in: u64,
    /// Packets of an unknown payload type, or sent to us while we hold, and redundant ones that cannot be read.
    pub ignored_in: u64,
    /// Packets that were lost and came again inside a later one (RFC 2198).
    pub repaired_in: u64,
    /// Lost on the way to us (RFC 3550 A.3).
    pub lost_in: Option<u64>,
    /// Share lost on the way to us in the last seconds, 0.0..=1.0.
    pub fraction_lost_in: Option<f32>,
    /// How many packets in a row are lost on the way to us, on average, when any are: 1.0 is single losses.
    pub burst_in: Option<f32>,
    /// Interarrival jitter here (RFC 3550 A.8).
    pub jitter_in_ms: Option<f32>,
    /// Lost on the way to the far end, as it reports.
    pub lost_out: Option<u32>,
    /// Share lost on the way to the far end in its last report interval, 0.0..=1.0.
    pub fraction_lost_out: Option<f32>,
    /// As `burst_in`, at the far end, if it tells (RFC 3611 §4.1).
    pub burst_out: Option<f32>,
    /// Jitter at the far end.
    pub jitter_out_ms: Option<f32>,
    /// Round trip by RTCP.
    pub rtt_ms: Option<f32>,
    /// Reports that came from the far end.
    pub reports_in: u64,
    /// What the far end says of its own playing, if it tells (RFC 3611 §4.7).
    pub far: Option<FarPlayout>,
}

/// What our own playing adds to our reports (RFC 3611 §4.7).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Playout {
    /// Share of packets that came too late to be played, 0.0..=1.0.
    pub late: f32,
    /// How much sound waits in the jitter buffer.
    pub buffer_ms: u16,
    /// How much could wait at most.
    pub buffer_most_ms: u16,
    /// From the packet to the ear and from the mouth to the packet, together.
    pub delay_ms: u16,
    /// What the E-model makes of this call's sound, 0..=100.
    pub r_factor: Option<u8>,
}

/// What the far end says of its playing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FarPlayout {
    /// Share of our packets that came too late there, 0.0..=1.0.
    pub late: f32,
    /// Its jitter buffer.
    pub buffer_ms: u16,
    /// Its delay beside the network's, both ways.
    pub delay_ms: u16,
    /// Its own judgement, 0..=100.
    pub r_factor: Option<u8>,
}
