//! Opus (RFC 6716, RTP payload RFC 7587) over libopus; the only place that knows its C interface.
//!
//! Mono, 48 kHz, floating point. Loss is fought with in-band FEC (LBRR), deep redundancy (DRED) and the decoder's deep PLC.

mod decoder;
mod dred;
mod encoder;
mod voices;

use opusic_sys as sys;

pub use decoder::Decoder;
pub use dred::Dred;
pub use encoder::{Encoder, EncoderConfig};
pub use voices::{MAX_VOICES_BYTES, VoicesDecoder, VoicesEncoder};

/// Most bytes that one frame of an Opus packet can need (RFC 6716 §3.4: 1275), plus its table of contents byte.
pub const MAX_PACKET_BYTES: usize = 1276;
/// Most samples that one packet can hold: 120 ms.
pub const MAX_PACKET_SAMPLES: usize = 5760;
/// Samples of the packets that we send: 20 ms.
pub const PACKET_SAMPLES: usize = 2 * base::FRAME_SAMPLES;

/// What libopus refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The packet is damaged or is not Opus. Conceal instead.
    #[error("not a valid Opus packet")]
    Malformed,
    /// The output has no room for the packet.
    #[error("the buffer is too small")]
    NoRoom,
    /// A value outside its range.
    #[error("a value is out of range")]
    BadValue,
    /// Memory or an internal fault of the library (its error code).
    #[error("libopus error {0}")]
    Library(i32),
}

fn checked(code: i32) -> Result<usize, CodecError> {
    match code {
        0.. => Ok(code as usize),
        sys::OPUS_BAD_ARG => Err(CodecError::BadValue),
        sys::OPUS_BUFFER_TOO_SMALL => Err(CodecError::NoRoom),
        sys::OPUS_INVALID_PACKET => Err(CodecError::Malformed),
        other => Err(CodecError::Library(other)),
    }
}

/// How many samples (48 kHz) a packet holds, 120..=5760.
///
/// # Errors
/// [`CodecError::Malformed`] when the head of the packet is no Opus (RFC 6716 §3.2).
pub fn packet_samples(packet: &[u8]) -> Result<usize, CodecError> {
    if packet.is_empty() {
        return Err(CodecError::Malformed);
    }
    // SAFETY: pointer and length are of one slice that is not empty.
    let samples = checked(unsafe {
        sys::opus_packet_get_nb_samples(packet.as_ptr(), packet.len() as i32, base::SAMPLE_RATE as i32)
    })?;
    if (120..=MAX_PACKET_SAMPLES).contains(&samples) { Ok(samples) } else { Err(CodecError::Malformed) }
}

/// Whether the packet carries a copy of the sound before it.
#[must_use]
pub fn has_fec(packet: &[u8]) -> bool {
    // SAFETY: pointer and length are of one slice; the empty one is not passed.
    !packet.is_empty() && unsafe { sys::opus_packet_has_lbrr(packet.as_ptr(), packet.len() as i32) } > 0
}

#[cfg(test)]
mod tests;
