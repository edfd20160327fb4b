//! Files of one or two voices: samples ↔ packets that stand in an Ogg file.

use std::ptr::NonNull;

use opusic_sys as sys;

use super::{CodecError, MAX_PACKET_SAMPLES, PACKET_SAMPLES, checked};
use crate::ogg::Layout;

/// Most bytes of a packet of two voices.
pub const MAX_VOICES_BYTES: usize = 2 * super::MAX_PACKET_BYTES + 2;
/// Bits per second of one voice: nobody hears a difference to more in speech.
const VOICE_BITRATE: i32 = 24_000;
/// Half of what the line spends: a recording runs beside the call.
const COMPLEXITY: i32 = 5;

/// Two voices to packets. They share nothing, so nothing of one is ever heard in the other.
pub struct VoicesEncoder(NonNull<sys::OpusMSEncoder>);

// SAFETY: the state is plain memory owned by this value, without thread affinity; `&mut self` keeps calls apart.
unsafe impl Send for VoicesEncoder {}

impl VoicesEncoder {
    /// 24 kbit/s for each voice at most, less while it is silent.
    ///
    /// # Errors
    /// [`CodecError::Library`] when memory is short.
    pub fn new() -> Result<Self, CodecError> {
        let mut code = 0;
        // SAFETY: the mapping has as many entries as channels; null is handled below.
        let raw = unsafe {
            sys::opus_multistream_encoder_create(
                base::SAMPLE_RATE as i32,
                2,
                2,
                0,
                [0u8, 1].as_ptr(),
                sys::OPUS_APPLICATION_VOIP,
                &mut code,
            )
        };
        checked(code)?;
        let mut encoder = VoicesEncoder(NonNull::new(raw).ok_or(CodecError::Library(sys::OPUS_ALLOC_FAIL))?);
        encoder.request(sys::OPUS_SET_BITRATE_REQUEST, 2 * VOICE_BITRATE)?;
        encoder.request(sys::OPUS_SET_COMPLEXITY_REQUEST, COMPLEXITY)?;
        encoder.request(sys::OPUS_SET_SIGNAL_REQUEST, sys::OPUS_SIGNAL_VOICE)?;
        Ok(encoder)
    }

    /// 20 ms of two channels that take turns (1920 numbers). Returns the length of the packet; [`MAX_VOICES_BYTES`] always suffices.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] for another length, [`CodecError::NoRoom`] when `out` is too small.
    pub fn encode(&mut self, pcm: &[f32], out: &mut [u8]) -> Result<usize, CodecError> {
        if pcm.len() != 2 * PACKET_SAMPLES {
            return Err(CodecError::BadValue);
        }
        let room = out.len().min(MAX_VOICES_BYTES) as i32;
        // SAFETY: `pcm` holds two channels of exactly the samples announced, `out` at least `room` bytes.
        checked(unsafe {
            let samples = PACKET_SAMPLES as i32;
            sys::opus_multistream_encode_float(self.0.as_ptr(), pcm.as_ptr(), samples, out.as_mut_ptr(), room)
        })
    }

    fn request(&mut self, request: i32, value: i32) -> Result<(), CodecError> {
        // SAFETY: every request used here takes one int by value.
        checked(unsafe { sys::opus_multistream_encoder_ctl(self.0.as_ptr(), request, value) }).map(drop)
    }
}

impl Drop for VoicesEncoder {
    fn drop(&mut self) {
        // SAFETY: created by opus_multistream_encoder_create, destroyed once.
        unsafe { sys::opus_multistream_encoder_destroy(self.0.as_ptr()) }
    }
}

/// Packets of a file to samples.
pub struct VoicesDecoder {
    state: NonNull<sys::OpusMSDecoder>,
    channels: usize,
}

// SAFETY: as for `VoicesEncoder`.
unsafe impl Send for VoicesDecoder {}

impl VoicesDecoder {
    /// For packets of this kind.
    ///
    /// # Errors
    /// [`CodecError::Library`] when memory is short.
    pub fn new(layout: Layout) -> Result<Self, CodecError> {
        let (streams, coupled) = layout.streams();
        let channels = layout.channels();
        let mut code = 0;
        // SAFETY: the mapping has at least as many entries as channels; null is handled below.
        let raw = unsafe {
            sys::opus_multistream_decoder_create(
                base::SAMPLE_RATE as i32,
                channels as i32,
                i32::from(streams),
                i32::from(coupled),
                [0u8, 1].as_ptr(),
                &mut code,
            )
        };
        checked(code)?;
        let state = NonNull::new(raw).ok_or(CodecError::Library(sys::OPUS_ALLOC_FAIL))?;
        Ok(VoicesDecoder { state, channels })
    }

    /// Decodes a packet; its channels take turns in `out`. Returns the samples of each. Twice [`MAX_PACKET_SAMPLES`] always suffices.
    ///
    /// # Errors
    /// [`CodecError::Malformed`] for what is no such packet, [`CodecError::NoRoom`] when `out` is too small.
    pub fn decode(&mut self, packet: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        if packet.is_empty() {
            return Err(CodecError::Malformed);
        }
        let room = (out.len() / self.channels).min(MAX_PACKET_SAMPLES) as i32;
        let length = i32::try_from(packet.len()).map_err(|_| CodecError::Malformed)?;
        // SAFETY: `packet` is a valid slice; `out` has at least `room` floats for each channel.
        checked(unsafe {
            let state = self.state.as_ptr();
            sys::opus_multistream_decode_float(state, packet.as_ptr(), length, out.as_mut_ptr(), room, 0)
        })
    }
}

impl Drop for VoicesDecoder {
    fn drop(&mut self) {
        // SAFETY: created by opus_multistream_decoder_create, destroyed once.
        unsafe { sys::opus_multistream_decoder_destroy(self.state.as_ptr()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Amplitude of a tone in one channel.
    fn amplitude(sound: &[f32], channel: usize, hz: f32) -> f32 {
        let samples: Vec<f32> = sound.chunks_exact(2).map(|pair| pair[channel]).collect();
        let (mut re, mut im) = (0.0, 0.0);
        for (n, sample) in samples.iter().enumerate() {
            let turn = n as f32 / samples.len() as f32 * std::f32::consts::TAU;
            let phase = hz * n as f32 / 48_000.0 * std::f32::consts::TAU;
            let sample = sample * (0.5 - 0.5 * turn.cos());
            re += sample * phase.cos();
            im += sample * phase.sin();
        }
        4.0 * (re * re + im * im).sqrt() / samples.len() as f32
    }

    #[test]
    fn two_voices_stay_apart_rg_12() {
        let (mut encoder, mut decoder) =
            (VoicesEncoder::new().unwrap(), VoicesDecoder::new(Layout::TwoVoices).unwrap());
        let mut out = Vec::new();
        let (mut packet, mut pcm) = ([0; MAX_VOICES_BYTES], [0.0; 2 * MAX_PACKET_SAMPLES]);
        let mut bytes = 0;
        for frame in 0..100 {
            let sound: Vec<f32> = (0..2 * PACKET_SAMPLES)
                .map(|n| {
                    let hz = if n % 2 == 0 { 600.0 } else { 1500.0 };
                    let at = (frame * PACKET_SAMPLES + n / 2) as f32 / 48_000.0;
                    0.3 * (at * hz * std::f32::consts::TAU).sin()
                })
                .collect();
            let length = encoder.encode(&sound, &mut packet).unwrap();
            bytes += length;
            let samples = decoder.decode(&packet[..length], &mut pcm).unwrap();
            assert_eq!(samples, PACKET_SAMPLES);
            out.extend_from_slice(&pcm[..2 * samples]);
        }
        let late = &out[2 * 48_000..];
        for (channel, own, other) in [(0, 600.0, 1500.0), (1, 1500.0, 600.0)] {
            assert!((amplitude(late, channel, own) - 0.3).abs() < 0.03, "{}", amplitude(late, channel, own));
            let across = 20.0 * (amplitude(late, channel, other) / 0.3).log10();
            assert!(across < -60.0, "{across} dB across");
        }
        assert!(bytes < 14_000, "two seconds in {bytes} bytes");
    }

    #[test]
    fn bad_packets_are_refused() {
        let mut decoder = VoicesDecoder::new(Layout::TwoVoices).unwrap();
        let mut pcm = [0.0; 2 * MAX_PACKET_SAMPLES];
        assert_eq!(decoder.decode(&[], &mut pcm), Err(CodecError::Malformed));
        for packet in [&[0xff; 9][..], &[3, 1], &[0]] {
            assert!(decoder.decode(packet, &mut pcm).is_err(), "{packet:?}");
        }
    }
}
