//! What a session is asked for, and what came out.

use std::net::IpAddr;

use base::{CodecKind, Pt, Ptime};

use crate::sdp::{Direction, Formats};

/// Every codec that there is, best first.
pub const ALL_CODECS: [CodecKind; 5] =
    [CodecKind::Opus, CodecKind::G722, CodecKind::Pcmu, CodecKind::Pcma, CodecKind::ComfortNoise];

/// What a session needs to begin.
#[derive(Clone, Debug)]
pub struct MediaConfig {
    /// Addresses to bind, one socket each, ephemeral ports; see [`crate::local_addresses`]. A wildcard would leave out
    /// the loopback interface (trap T12) and is refused.
    pub local_ips: Vec<IpAddr>,
    /// `stun:host:port`; empty for host candidates only. Gathering takes at most 500 ms, then the description goes out
    /// with what there is.
    pub ice_servers: Vec<String>,
    /// What our first offer asks for.
    pub wanted: Direction,
    /// Codecs that we speak, best first; comfort noise is one. Never empty.
    pub codecs: Vec<CodecKind>,
    /// Does our decoder make use of DRED? It is announced then.
    pub dred: bool,
}

impl MediaConfig {
    /// Opus only, both ways, no STUN.
    #[must_use]
    pub fn opus(local_ips: Vec<IpAddr>) -> Self {
        MediaConfig {
            local_ips,
            ice_servers: Vec::new(),
            wanted: Direction::SendRecv,
            codecs: vec![CodecKind::Opus],
            dred: true,
        }
    }
}

/// A codec as agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codec {
    /// Which.
    pub kind: CodecKind,
    /// What the far end calls it: the payload type of packets that we send.
    pub pt: Pt,
    /// Of the RTP clock, samples per second.
    pub clock_rate: u32,
    /// The far end's parameters: what its decoder would like (`useinbandfec`, `maxaveragebitrate`, …).
    pub fmtp: String,
}

/// What offer and answer agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negotiated {
    /// What we send speech as.
    pub codec: Codec,
    /// What the far end may send; it may change between them at any time.
    pub receives: Formats,
    /// Payload type for digits, if the far end takes them.
    pub dtmf: Option<Pt>,
    /// Payload type for comfort noise in our pauses, if the far end takes it.
    pub noise: Option<Pt>,
    /// Payload type for repeated packets (RFC 2198), if the far end takes them.
    pub red: Option<Pt>,
    /// Does the far end's decoder read our version of DRED?
    pub dred: bool,
    /// The most that the far end wants of Opus, bits per second (`maxaveragebitrate`, RFC 7587 §6.1).
    pub most_bitrate: Option<u32>,
    /// From our view.
    pub direction: Direction,
    /// How much sound the far end would like in a packet: 10, 20, 40 or 60 ms.
    pub ptime: Ptime,
}
