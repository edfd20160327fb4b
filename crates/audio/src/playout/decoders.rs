//! One decoder for each way of writing speech; the receive buffer sees samples at 48 kHz only.

use base::CodecKind;

use crate::codec::opus::{self, CodecError, Decoder};

/// All decoders of one stream. Made once, so that a change of codec in mid-call allocates nothing.
pub(super) struct Decoders {
    opus: Decoder,
    enhances: bool,
}

impl Decoders {
    /// # Errors
    /// [`CodecError::Library`] when memory is short.
    pub(super) fn new() -> Result<Self, CodecError> {
        Ok(Decoders { opus: Decoder::new()?, enhances: false })
    }

    /// Samples (48 kHz) in a packet; `None` when it is not of this codec.
    pub(super) fn samples(codec: CodecKind, payload: &[u8]) -> Option<i64> {
        match codec {
            CodecKind::Opus => opus::packet_samples(payload).ok().map(|samples| samples as i64),
            CodecKind::G722 | CodecKind::Pcmu | CodecKind::Pcma | CodecKind::ComfortNoise => None,
        }
    }

    /// Whether the packet holds a copy of the one before it.
    pub(super) fn restores(codec: CodecKind, payload: &[u8]) -> bool {
        codec == CodecKind::Opus && opus::has_fec(payload)
    }

    /// Whether the sender stops after this packet because nobody speaks (RFC 6716 §2.1.9).
    pub(super) fn begins_pause(codec: CodecKind, payload: &[u8]) -> bool {
        match codec {
            CodecKind::Opus => payload.len() <= 2,
            CodecKind::ComfortNoise => true,
            CodecKind::G722 | CodecKind::Pcmu | CodecKind::Pcma => false,
        }
    }

    /// Decodes a packet; returns the samples written.
    ///
    /// # Errors
    /// [`CodecError`] when it is damaged.
    pub(super) fn decode(&mut self, codec: CodecKind, payload: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        match codec {
            CodecKind::Opus => self.opus.decode(payload, out),
            CodecKind::G722 | CodecKind::Pcmu | CodecKind::Pcma | CodecKind::ComfortNoise => Err(CodecError::Malformed),
        }
    }

    /// Restores the `out.len()` samples before a packet of which [`Decoders::restores`] is true.
    ///
    /// # Errors
    /// [`CodecError`] when it is damaged.
    pub(super) fn restore(&mut self, payload: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        self.opus.decode_fec(payload, out)
    }

    /// Invents the next samples; false when this codec cannot.
    pub(super) fn conceal(&mut self, out: &mut [f32]) -> bool {
        self.opus.conceal(out).is_ok()
    }

    /// Spends more on the sound of damaged speech, or no longer.
    pub(super) fn enhance(&mut self, on: bool) {
        if self.enhances != on {
            self.enhances = on;
            self.opus.set_enhancement(on);
        }
    }

    /// Another stream begins.
    pub(super) fn reset(&mut self) {
        self.opus.reset();
    }
}
