//! Packets to samples.

use std::ptr::NonNull;

use opusic_sys as sys;

use super::dred::Dred;
use super::{CodecError, MAX_PACKET_SAMPLES, checked};

/// Decoder complexity at which a small neural network (LACE) takes coding noise out of speech; from 5 on lost sound is invented by one, too.
const USUAL: i32 = 6;
/// Decoder complexity from which on NoLACE runs.
const ENHANCEMENT: i32 = 7;

/// Packets to samples; one per incoming stream, it remembers what it heard.
pub struct Decoder(NonNull<sys::OpusDecoder>);

// SAFETY: as for `Encoder`.
unsafe impl Send for Decoder {}

impl Decoder {
    /// A mono decoder with deep concealment, which costs nothing until a packet is lost, and LACE (decoder complexity 6).
    ///
    /// # Errors
    /// [`CodecError::Library`] when memory is short.
    pub fn new() -> Result<Self, CodecError> {
        let mut code = 0;
        // SAFETY: valid constants and a valid place for the code; null is handled below.
        let raw = unsafe { sys::opus_decoder_create(base::SAMPLE_RATE as i32, 1, &mut code) };
        checked(code)?;
        let mut decoder = Decoder(NonNull::new(raw).ok_or(CodecError::Library(sys::OPUS_ALLOC_FAIL))?);
        decoder.set_complexity(USUAL)?;
        Ok(decoder)
    }

    /// Decodes one packet into `out`; returns the samples written. [`MAX_PACKET_SAMPLES`] always suffices.
    ///
    /// # Errors
    /// [`CodecError::Malformed`] for what is no Opus packet, [`CodecError::NoRoom`] when `out` is too small.
    pub fn decode(&mut self, packet: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        if packet.is_empty() {
            return Err(CodecError::Malformed);
        }
        self.run(Some(packet), out, false)
    }

    /// Restores the sound directly *before* `next_packet` from its redundancy. `out` must be as long as the lost packet was.
    ///
    /// # Errors
    /// As [`Decoder::decode`].
    pub fn decode_fec(&mut self, next_packet: &[u8], out: &mut [f32]) -> Result<usize, CodecError> {
        if next_packet.is_empty() {
            return Err(CodecError::Malformed);
        }
        self.run(Some(next_packet), out, true)
    }

    /// Restores `out.len()` samples (a multiple of 2.5 ms) that begin `before` samples before the packet that `dred` has read.
    /// Restore what is lost from the oldest to the newest, then decode that packet.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] for another length.
    pub fn decode_dred(&mut self, dred: &Dred, before: usize, out: &mut [f32]) -> Result<usize, CodecError> {
        let (before, room) = (before.min(base::SAMPLE_RATE as usize) as i32, out.len().min(MAX_PACKET_SAMPLES) as i32);
        // SAFETY: both states are valid; `out` has at least `room` floats for one channel.
        checked(unsafe {
            sys::opus_decoder_dred_decode_float(self.0.as_ptr(), dred.state(), before, out.as_mut_ptr(), room)
        })
    }

    /// Invents the next `out.len()` samples (a multiple of 2.5 ms) from what was heard before.
    ///
    /// # Errors
    /// [`CodecError::BadValue`] for another length.
    pub fn conceal(&mut self, out: &mut [f32]) -> Result<usize, CodecError> {
        self.run(None, out, false)
    }

    /// Repairs the sound of damaged speech with a larger neural network (NoLACE instead of LACE): better when packets are missing, at
    /// about 80 µs more for each 20 ms.
    pub fn set_enhancement(&mut self, on: bool) {
        let complexity = if on { ENHANCEMENT } else { USUAL };
        self.set_complexity(complexity).expect("both are values that libopus knows");
    }

    /// Forgets what was heard: another stream begins.
    pub fn reset(&mut self) {
        // SAFETY: the request takes no argument; it cannot fail on a valid decoder.
        unsafe { sys::opus_decoder_ctl(self.0.as_ptr(), sys::OPUS_RESET_STATE) };
    }

    fn set_complexity(&mut self, complexity: i32) -> Result<(), CodecError> {
        // SAFETY: the request takes one int by value.
        checked(unsafe { sys::opus_decoder_ctl(self.0.as_ptr(), sys::OPUS_SET_COMPLEXITY_REQUEST, complexity) })
            .map(drop)
    }

    fn run(&mut self, packet: Option<&[u8]>, out: &mut [f32], fec: bool) -> Result<usize, CodecError> {
        let (data, len) = packet.map_or((std::ptr::null(), 0), |p| (p.as_ptr(), p.len() as i32));
        let room = out.len().min(MAX_PACKET_SAMPLES) as i32;
        // SAFETY: `data` is null with length 0 or a valid slice; `out` has at least `room` floats for one channel.
        checked(unsafe { sys::opus_decode_float(self.0.as_ptr(), data, len, out.as_mut_ptr(), room, i32::from(fec)) })
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: created by opus_decoder_create, destroyed once.
        unsafe { sys::opus_decoder_destroy(self.0.as_ptr()) }
    }
}
