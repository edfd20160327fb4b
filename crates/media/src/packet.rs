//! What passes the door while a call lasts.

use std::time::Instant;

use base::{Pt, Ssrc};
use bytes::Bytes;

use crate::MediaError;

/// An encoded packet to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutPacket {
    /// The codec's bytes.
    pub payload: Bytes,
    /// How many samples at 48 kHz this packet's sound is later than that of the packet before: 960 for 20 ms packets
    /// without pauses. The first packet's value is not used.
    pub samples_48k: u32,
    /// First packet after silence (RFC 3551 §4.1).
    pub marker: bool,
}

/// A packet of speech that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPacket {
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
