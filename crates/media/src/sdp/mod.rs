//! Descriptions (RFC 8866) as telephony writes them, reduced to what a call needs. Pure text in, text out.
//!
//! ```text
//!  peer's text ──▶ Peer::read ──┬──▶ codec, direction, ptime      (we decide)
//!                               └──▶ engine_text ──▶ engine        (transport only)
//!  engine's text ──▶ Own::read ──▶ Wire::write ──▶ peer            (we write every line)
//! ```
//!
//! The engine never sees what a peer wrote and a peer never sees what the engine wrote. The engine is told one audio
//! section that always sends and receives; hold, rejected sections, payload types and the default candidate are ours.
//! That is what keeps the engine's offer/answer faults away from calls; `docs/protocols/sdp.md` lists them.

mod direction;
mod formats;
mod lines;
mod own;
mod peer;
#[cfg(test)]
mod tests;
mod transport;

pub use direction::{Direction, answer_direction, direction_of};
pub use formats::{Carries, DRED_PARAMETER, DRED_VERSION, Event, Formats, most_bitrate, reads_dred};
pub use own::{Own, Wire, fix_local};
pub use peer::{Kind, Offered, Peer, Slot, codecs_of, normalise};
pub use transport::{Candidate, Setup, Transport};

/// Longest description that is looked at, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Why a description cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SdpError {
    /// Longer than [`MAX_BYTES`].
    #[error("the description is longer than 64 kB")]
    TooLarge,
    /// Not a session description at all.
    #[error("this is not a session description")]
    NotSdp,
    /// No audio section.
    #[error("the description offers no audio")]
    NoAudio,
    /// Every audio section has port 0.
    #[error("the far end refused the audio")]
    AudioRefused,
    /// No DTLS fingerprint that we can check (SHA-256), as in plain RTP and SDES.
    #[error("the far end offers no DTLS-SRTP")]
    NoSecurity,
    /// No ICE credentials.
    #[error("the far end does not speak ICE")]
    NoIce,
    /// No codec that we have.
    #[error("no common codec")]
    NoCommonCodec,
}
