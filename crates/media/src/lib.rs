//! The audio of one call: offer and answer, ICE, DTLS-SRTP, encoded packets in and out. The only room that names the
//! `webrtc` crate and its core `rtc`.
//!
//! ```text
//!   peer's SDP ─▶ sdp::Peer ─┐                          ┌─▶ MediaEvent::Packet ─▶ jitter buffer
//!                        MediaSession ── engine ── taps ┤
//!   our SDP ◀─── sdp::Wire ──┘     ▲                    └─▶ tally ─▶ Stats
//!   OutPacket ─▶ queue ─▶ sender ──┘ (numbers, digits)
//! ```
//!
//! No codec and no sound here: payloads are bytes. The engine is used for transport alone (ICE, DTLS, SRTP, RTCP); every
//! decision about descriptions is in [`sdp`], because the engine's own are wrong for telephony in ways that
//! `docs/protocols/sdp.md` lists. What is not done: plain RTP and SDES peers, TURN over TCP, video.

pub mod dtmf;
pub mod quality;
pub mod red;
pub mod sdp;

mod addresses;
mod config;
mod doorstep;
mod echo;
mod engine;
mod error;
mod packet;
mod reports;
mod sender;
mod session;
mod signalling;
mod stats;
mod stream;
mod tap;
mod traffic;

pub use addresses::local_addresses;
pub use base::CodecKind;
pub use config::{ALL_CODECS, Codec, MediaConfig, Negotiated};
pub use echo::{Echo, EchoEnd};
pub use error::MediaError;
pub use packet::{InPacket, MediaEvent, OutPacket};
pub use sdp::Direction;
pub use session::MediaSession;
pub use stats::{FarPlayout, Playout, Stats};
