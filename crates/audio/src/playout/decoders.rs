//! One decoder for each way of writing speech; the receive buffer sees samples at 48 kHz only.

use base::CodecKind;

use super::upsample::Upsampler;
use crate::codec::cng::{Generator, Sid};
use crate::codec::opus::{self, CodecError, Decoder, Dred, MAX_PACKET_SAMPLES};
use crate::codec::{g711, g722};

/// Samples at 48 kHz for each byte of G.711 (one sample at 8 kHz) and G.722 (two at 16 kHz).
const PER_BYTE: usize = 6;

/// All decoders of one stream. Made once, so that a change of codec in mid-call allocates nothing.
pub(super) struct Decoders {
    codec: CodecKind,
    opus: Decoder,
    enhances: bool,
    dred: Dred,
    /// The packet that `dred` has read, and how far back it reaches.
    dred_of: Option<(i64, i64)>,
    g722: g722::Decoder,
    noise: Generator,
    from_8k: Upsampler,
    from_16k: Upsampler,
    /// Samples at the codec's own rate.
    narrow: Box<[f32; MAX_PACKET_SAMPLES / 3]>,
}

impl Decoders {
    /// # Errors
    /// [`CodecError::Library`] when memory is short.
    pub(super) fn new() -> Result<Self, CodecError> {
        Ok(Decoders {
            codec: CodecKind::Opus,
            opus: Decoder::new()?,
            enhances: false,
            dred: Dred::new()?,
            dred_of: None,
            g722: g722::Decoder::new(),
            noise: Generator::new(),
            from_8k: Upsampler::new(6),
            from_16k: Upsampler::new(3),
            narrow: Box::new([0.0; MAX_PACKET_SAMPLES / 3]),
        })
    }

    /// Samples (48 kHz) in a packet, 0 for a description of noise; `None` when it is not of this codec.
    pub(super) fn samples(codec: CodecKind, payload: &[u8]) -> Option<i64> {
        match codec {
            CodecKind::Opus => opus::packet_samples(payload).ok().map(|samples| samples as i64),
            CodecKind::G722 | CodecKind::Pcmu | CodecKind::Pcma => {
                let samples = payload.len() * PER_BYTE;
                (1..=MAX_PACKET_SAMPLES).contains(&samples).then_some(samples as i64)
            }
            CodecKind::ComfortNoise => Sid::parse(payload).map(|_| 0),
        }
    }

    /// Whether the packet holds a copy of the one before it.
    pub(super) fn restores(codec: CodecKind, payload: &[u8]) -> bool {
        codec == CodecKind::Opus && opus::has_fec(payload)
    }

    /// Whether the sender stops after this packet because nobody speaks (RFC 6716 §2.1.9, RFC 3389).
    pub(super) fn begins_pause(codec: CodecKind, payload: &[u8]) -> bool {
        match codec {
            CodecKind::Opus => payload.len() <= 2,
            CodecKind::ComfortNoise => true,
            CodecKind::G722 | CodecKind::Pcmu | CodecKind::Pcma => false,
        }
    }

    /// Goes over to another codec, which has heard nothing yet; true when it is another.
    pub(super) fn change(&mut self, codec: CodecKind) -> bool {
        let changes = codec != self.codec && codec != CodecKind::ComfortNoise;
        if changes {
            self.reset();
            self.codec = codec;
        }
        changes
    }

    /// Decodes a packet of the codec that [`Decoders::change`] chose; returns the samples written.
    ///
    /// # Errors
    /// [`CodecError`] when it is damaged.
    pub(super) fn decode(&mut self, codec: CodecKind, payload: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        let narrow = &mut self.narrow[..];
        let (count, up) = match codec {
            CodecKind::Opus => return self.opus.decode(payload, out),
            CodecKind::Pcmu => (g711::decode_ulaw(payload, narrow), &mut self.from_8k),
            CodecKind::Pcma => (g711::decode_alaw(payload, narrow), &mut self.from_8k),
            CodecKind::G722 => (self.g722.decode(payload, narrow), &mut self.from_16k),
            CodecKind::ComfortNoise => {
                self.noise.describe(&Sid::parse(payload).ok_or(CodecError::Malformed)?);
                return Ok(0);
            }
        };
        let samples = payload.len() * PER_BYTE;
        up.process(&narrow[..count], out.get_mut(..samples).ok_or(CodecError::NoRoom)?);
        Ok(samples)
    }

    /// Restores the `out.len()` samples before a packet of which [`Decoders::restores`] is true.
    ///
    /// # Errors
    /// [`CodecError`] when it is damaged.
    pub(super) fn restore(&mut self, payload: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        self.opus.decode_fec(payload, out)
    }

    /// How many samples before packet `seq` its deep redundancy reaches back; 0 without.
    pub(super) fn reach(&mut self, seq: i64, codec: CodecKind, payload: &[u8]) -> i64 {
        if codec != CodecKind::Opus || self.codec != CodecKind::Opus {
            return 0;
        }
        match self.dred_of {
            Some((known, reach)) if known == seq => reach,
            _ => {
                let reach = self.dred.read(payload) as i64;
                self.dred_of = Some((seq, reach));
                reach
            }
        }
    }

    /// Restores `out.len()` samples that begin `before` samples before the packet asked for last with [`Decoders::reach`].
    ///
    /// # Errors
    /// [`CodecError`] for a length that is no multiple of 2.5 ms.
    pub(super) fn restore_deep(&mut self, before: i64, out: &mut [f32]) -> Result<usize, CodecError> {
        self.opus.decode_dred(&self.dred, before.max(0) as usize, out)
    }

    /// Invents the next samples; false when this codec cannot.
    pub(super) fn conceal(&mut self, out: &mut [f32]) -> bool {
        self.codec == CodecKind::Opus && self.opus.conceal(out).is_ok()
    }

    /// The background that the sender described; `out` is at most 10 ms. False when it described none.
    pub(super) fn comfort(&mut self, out: &mut [f32]) -> bool {
        if self.codec == CodecKind::Opus {
            return self.opus.conceal(out).is_ok();
        }
        let narrow = &mut self.narrow[..out.len().div_ceil(PER_BYTE)];
        self.noise.fill(narrow);
        self.from_8k.process(narrow, out);
        true
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
        self.dred_of = None;
        self.g722.reset();
        self.noise.reset();
        self.from_8k.reset();
        self.from_16k.reset();
    }
}
