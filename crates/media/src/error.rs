//! What can go wrong with the media of a call.

use crate::sdp::SdpError;

/// Why a media session cannot do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The description is unusable; refuse it with 488 or 400.
    #[error("unusable description: {0}")]
    BadSdp(SdpError),
    /// Nothing that both can speak, or audio was refused altogether; refuse with 488.
    #[error("no common codec")]
    NoCommonCodec,
    /// Plain RTP or SDES keys only (trap T17); refuse with 488.
    #[error("the far end offers no DTLS-SRTP")]
    NoSecurity,
    /// The far end became somebody else within the call: another certificate, or new ICE credentials out of turn. A
    /// re-offer like this is refused with 488 and the call goes on; a new call is needed to talk to them.
    #[error("the far end changed its identity within the session")]
    PeerChanged,
    /// A socket could not be opened or an address not be found.
    #[error("network: {0}")]
    Io(String),
    /// The engine refused or failed; its own words.
    #[error("media engine: {0}")]
    Engine(String),
    /// No agreement within the time that ICE allows, or the path broke for good: try an ICE restart.
    #[error("no path to the far end")]
    NoPath,
    /// Not now: an offer is under way, none is, or the session is closed.
    #[error("not possible in the present state")]
    WrongState,
    /// The far end takes no digits by RFC 4733, or nothing is agreed yet.
    #[error("the far end takes no digits")]
    NoDtmf,
    /// Not one of `0-9 * # A-D`.
    #[error("not a digit")]
    BadDigit,
    /// Too many digits are waiting.
    #[error("too many digits are waiting")]
    DtmfQueueFull,
}

impl From<SdpError> for MediaError {
    fn from(error: SdpError) -> Self {
        match error {
            SdpError::NoSecurity => MediaError::NoSecurity,
            SdpError::NoCommonCodec | SdpError::AudioRefused => MediaError::NoCommonCodec,
            SdpError::TooLarge | SdpError::NotSdp | SdpError::NoAudio | SdpError::NoIce => MediaError::BadSdp(error),
        }
    }
}
