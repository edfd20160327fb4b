//! Numbers of a session.

/// Counters and measurements since the session began. What is not known is `None`, never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stats {
    /// RTP packets that left, digits included.
    pub sent_packets: u64,
    /// Their payload.
    pub sent_bytes: u64,
    /// RTP packets that arrived and were authentic.
    pub received_packets: u64,
    /// Their payload.
    pub received_bytes: u64,
    /// Packets that the sound side brought faster than the network took them; the oldest were dropped.
    pub dropped_out: u64,
    /// Packets that arrived faster than they were fetched from the event queue; the newest were dropped.
    pub dropped_in: u64,
    /// Packets of an unknown payload type, or sent to us while we hold.
    pub ignored_in: u64,
    /// Lost on the way to us (RFC 3550 A.3).
    pub lost_in: Option<u64>,
    /// Interarrival jitter here (RFC 3550 A.8).
    pub jitter_in_ms: Option<f32>,
    /// Lost on the way to the far end, as it reports.
    pub lost_out: Option<u32>,
    /// Share lost on the way to the far end in its last report interval, 0.0..=1.0.
    pub fraction_lost_out: Option<f32>,
    /// Jitter at the far end.
    pub jitter_out_ms: Option<f32>,
    /// Round trip by RTCP.
    pub rtt_ms: Option<f32>,
}
