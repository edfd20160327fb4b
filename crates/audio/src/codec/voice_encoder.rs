//! Frames to packets, whatever codec was agreed on.
//!
//! ```text
//! 48 kHz frame ─┬─ Opus ────────────────────────────┐
//!               ├─ ÷3 ─► G.722 (8 000 ticks/s) ─────┼─► every ptime a payload ─► RED ─► packet
//!               └─ ÷6 ─► G.711 (8 000 ticks/s) ─────┘
//! ```

use base::{CodecKind, FRAME_MS, FRAME_SAMPLES, Pt, Ptime};

use super::decimate::Decimator;
use super::opus::{self, CodecError, EncoderConfig};
use super::protect::Protection;
use super::red::{self, RedWriter};
use super::{g711, g722};
use crate::Frame;

/// Frames in the longest packet, 60 ms.
const MOST_FRAMES: usize = 6;
/// Bytes of the longest payload.
const MOST_BYTES: usize = opus::MAX_PACKET_BYTES;

/// What goes into one RTP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeechPacket<'a> {
    /// The payload.
    pub payload: &'a [u8],
    /// How far the RTP timestamp moves with it, in ticks of the codec's clock (48 000 a second for Opus, else 8 000).
    pub ticks: u32,
    /// It is a redundant payload (RFC 2198) and takes that payload type.
    pub is_red: bool,
}

/// One call's sending codec: 10 ms frames in, packets out. Nothing allocates per frame; changing the codec does.
pub struct VoiceEncoder {
    kind: CodecKind,
    frames_per_packet: usize,
    speech: Speech,
    /// Samples of the packet under way, at the codec's own rate.
    pcm: Box<[f32; MOST_FRAMES * FRAME_SAMPLES]>,
    frames: usize,
    payload: Box<[u8; MOST_BYTES]>,
    packed: Box<[u8; 2 * MOST_BYTES + red::HEADER_BYTES]>,
    red: RedWriter,
    /// Payload type of the speech inside redundant packets, when the far end takes them.
    red_of: Option<Pt>,
    protection: Protection,
}

enum Speech {
    Opus(opus::Encoder),
    G722 { down: Decimator, encoder: Box<g722::Encoder> },
    Pcmu { down: Decimator },
    Pcma { down: Decimator },
}

impl VoiceEncoder {
    /// A sender for this codec and 10, 20, 40 or 60 ms a packet.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] for another packet time or for comfort noise, which is no codec for speech; [`CodecError::Library`].
    pub fn new(kind: CodecKind, ptime: Ptime) -> Result<Self, CodecError> {
        let protection = Protection::default();
        Ok(VoiceEncoder {
            kind,
            frames_per_packet: frames_per_packet(ptime)?,
            speech: Speech::new(kind, &protection)?,
            pcm: Box::new([0.0; MOST_FRAMES * FRAME_SAMPLES]),
            frames: 0,
            payload: Box::new([0; MOST_BYTES]),
            packed: Box::new([0; 2 * MOST_BYTES + red::HEADER_BYTES]),
            red: RedWriter::new(),
            red_of: None,
            protection,
        })
    }

    /// Takes 10 ms; every packet time gives a packet. On an error the sound of this packet is lost, not the call.
    ///
    /// # Errors
    /// [`CodecError::Library`]; the others cannot happen with what [`VoiceEncoder::new`] let through.
    pub fn encode(&mut self, frame: &Frame) -> Result<Option<SpeechPacket<'_>>, CodecError> {
        let size = self.frame_samples();
        self.speech.take(frame, &mut self.pcm[self.frames * size..(self.frames + 1) * size]);
        self.frames += 1;
        if self.frames < self.frames_per_packet {
            return Ok(None);
        }
        let pcm = &self.pcm[..self.frames * size];
        let ticks = ticks(self.kind, self.frames);
        self.frames = 0;
        let len = self.speech.encode(pcm, &mut self.payload[..])?;
        let payload = &self.payload[..len];
        if let Some(pt) = self.red_of.filter(|_| self.protection.red) {
            let len = self.red.write(pt, payload, ticks, &mut self.packed[..]);
            return Ok(Some(SpeechPacket { payload: &self.packed[..len], ticks, is_red: true }));
        }
        if self.red_of.is_some() {
            self.red.remember(payload, ticks);
        }
        Ok(Some(SpeechPacket { payload, ticks, is_red: false }))
    }

    /// Changes what protects against loss. Takes effect with the next packet; costs nothing when nothing changed.
    ///
    /// # Errors
    /// [`CodecError`] when a value is out of range; the values before stay in force where the library refused.
    pub fn protect(&mut self, protection: &Protection) -> Result<(), CodecError> {
        if *protection == self.protection {
            return Ok(());
        }
        if let Speech::Opus(encoder) = &mut self.speech {
            encoder.set(&config(protection))?;
        }
        self.protection = *protection;
        Ok(())
    }

    /// The far end takes redundant packets with this payload type inside (or no longer, with `None`). Whether they are sent is up to
    /// [`Protection::red`].
    pub fn offer_red(&mut self, inside: Option<Pt>) {
        self.red_of = inside;
        self.red.forget();
    }

    /// Another codec or packet time in mid-call. What was gathered for the packet under way is dropped; returns its length in ticks of
    /// the *old* codec's clock, so that the timestamp can count it.
    ///
    /// # Errors
    /// As for [`VoiceEncoder::new`]; then the old codec goes on.
    pub fn switch(&mut self, kind: CodecKind, ptime: Ptime) -> Result<u32, CodecError> {
        let frames_per_packet = frames_per_packet(ptime)?;
        if kind != self.kind {
            self.speech = Speech::new(kind, &self.protection)?;
        }
        let dropped = self.pause();
        self.kind = kind;
        self.frames_per_packet = frames_per_packet;
        Ok(dropped)
    }

    /// Nothing is sent for a while (hold): drops the packet under way and returns its length in ticks.
    pub fn pause(&mut self) -> u32 {
        self.red.forget();
        ticks(self.kind, std::mem::take(&mut self.frames))
    }

    /// The codec in use.
    #[must_use]
    pub fn kind(&self) -> CodecKind {
        self.kind
    }

    fn frame_samples(&self) -> usize {
        match self.kind {
            CodecKind::Opus => FRAME_SAMPLES,
            CodecKind::G722 => FRAME_SAMPLES / 3,
            CodecKind::Pcmu | CodecKind::Pcma | CodecKind::ComfortNoise => FRAME_SAMPLES / 6,
        }
    }
}

impl Speech {
    fn new(kind: CodecKind, protection: &Protection) -> Result<Self, CodecError> {
        Ok(match kind {
            CodecKind::Opus => Speech::Opus(opus::Encoder::new(config(protection))?),
            CodecKind::G722 => Speech::G722 { down: Decimator::to_16k(), encoder: Box::new(g722::Encoder::new()) },
            CodecKind::Pcmu => Speech::Pcmu { down: Decimator::to_8k() },
            CodecKind::Pcma => Speech::Pcma { down: Decimator::to_8k() },
            CodecKind::ComfortNoise => return Err(CodecError::BadValue),
        })
    }

    fn take(&mut self, frame: &Frame, out: &mut [f32]) {
        match self {
            Speech::Opus(_) => out.copy_from_slice(frame),
            Speech::G722 { down, .. } | Speech::Pcmu { down } | Speech::Pcma { down } => down.convert(frame, out),
        }
    }

    fn encode(&mut self, pcm: &[f32], out: &mut [u8]) -> Result<usize, CodecError> {
        match self {
            Speech::Opus(encoder) => encoder.encode(pcm, out),
            Speech::G722 { encoder, .. } => Ok(encoder.encode(pcm, out)),
            Speech::Pcmu { .. } => Ok(g711::encode_ulaw(pcm, out)),
            Speech::Pcma { .. } => Ok(g711::encode_alaw(pcm, out)),
        }
    }
}

fn config(protection: &Protection) -> EncoderConfig {
    EncoderConfig {
        bitrate: protection.bitrate,
        complexity: protection.complexity,
        fec: protection.fec,
        loss_percent: protection.loss_percent,
        dred_ms: protection.dred_ms,
        dtx: false,
    }
}

fn frames_per_packet(ptime: Ptime) -> Result<usize, CodecError> {
    match ptime.0 {
        10 | 20 | 40 | 60 => Ok(usize::from(ptime.0) / FRAME_MS as usize),
        _ => Err(CodecError::BadValue),
    }
}

fn ticks(kind: CodecKind, frames: usize) -> u32 {
    kind.clock_rate() / 1000 * FRAME_MS * frames as u32
}

#[cfg(test)]
mod tests;
