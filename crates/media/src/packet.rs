//! What passes the door while a call lasts.

use std::time::Instant;

use base::{CodecKind, Pt, Ssrc};
use bytes::Bytes;

use crate::MediaError;

/// An encoded packet to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutPacket {
    /// How they were made. A codec that is not agreed (any more) is not sent.
    pub codec: CodecKind,
    /// The codec's bytes.
    pub payload: Bytes,
    /// How much later this packet's sound is than that of the packet before, ticks of the codec's RTP clock: 960 for 20 ms of
    /// Opus, 160 for the others, more after a pause. The first packet's value is not used.
    pub ticks: u32,
    /// First packet after silence (RFC 3551 §4.1).
    pub marker: bool,
    /// Is the payload a redundant one (RFC 2198), packets before it included? Only if the far end takes them
    /// ([`crate::Negotiated::red`]); the types inside are the far end's.
    pub red: bool,
}

/// A packet of speech that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPacket {
    /// How to decode it.
    pub codec: CodecKind,
    /// Payload type, one of those agreed.
    pub pt: Pt,
    /// Whose stream. It may change within a call.
    pub ssrc: Ssrc,
    /// Sequence number.
    pub seq: u16,
    /// Timestamp in the codec's clock.
    pub timestamp: u32,
    /// First after silence.
    pub marker: bool,
    /// Was it repeated in a later packet (RFC 2198), because it did not come by itself so far?
    pub redundant: bool,
    /// The codec's bytes.
    pub payload: Bytes,
    /// When it was read from the socket.
    pub arrived: Instant,
}

/// What a session tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaEvent {
    /// ICE and DTLS are done, or ICE is back after [`MediaEvent::Disconnected`]: packets pass both ways.
    Connected,
    /// Our first RTP packet is on its way.
    FirstSent,
    /// Speech.
    Packet(InPacket),
    /// The far end pressed a key (RFC 4733), told once, when it is up again.
    Dtmf {
        /// `0-9 * # A-D`.
        digit: char,
        /// How long it was down.
        duration_ms: u16,
    },
    /// The far end has not answered for 5 s (RFC 7675). It may come back.
    Disconnected,
    /// No path, or the handshake failed. Only an ICE restart can help, and only after a path was lost.
    Failed(MediaError),
    /// The last event.
    Closed,
}
