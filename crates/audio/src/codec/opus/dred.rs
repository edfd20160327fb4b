//! Deep redundancy: sound of up to a second before a packet, written in a few bytes in its padding.
//!
//! libopus calls the format experimental and gives it a version: redundancy of another version is not seen.

use std::ptr::NonNull;

use opusic_sys as sys;

use super::{CodecError, checked};

/// What one packet remembers of the sound before it. Kept beside a [`super::Decoder`], which turns it into samples.
pub struct Dred {
    parser: NonNull<sys::OpusDREDDecoder>,
    state: NonNull<sys::OpusDRED>,
}

// SAFETY: both states are plain memory owned by this value, without thread affinity; `&mut self` keeps calls apart.
unsafe impl Send for Dred {}

impl Dred {
    /// Remembers nothing.
    ///
    /// # Errors
    /// [`CodecError::Library`] when memory is short.
    pub fn new() -> Result<Self, CodecError> {
        let mut code = 0;
        // SAFETY: a valid place for the code; null is handled below.
        let parser = unsafe { sys::opus_dred_decoder_create(&mut code) };
        checked(code)?;
        let parser = NonNull::new(parser).ok_or(CodecError::Library(sys::OPUS_ALLOC_FAIL))?;
        // SAFETY: as above.
        let state = unsafe { sys::opus_dred_alloc(&mut code) };
        match NonNull::new(state) {
            Some(state) => Ok(Dred { parser, state }),
            None => {
                // SAFETY: created above, destroyed once.
                unsafe { sys::opus_dred_decoder_destroy(parser.as_ptr()) };
                Err(CodecError::Library(sys::OPUS_ALLOC_FAIL))
            }
        }
    }

    /// Reads what `packet` remembers; returns how many samples (48 kHz) before its beginning it reaches back, 0 when it remembers
    /// nothing. Costs about 50 µs when there is something.
    pub fn read(&mut self, packet: &[u8]) -> usize {
        if packet.is_empty() {
            return 0;
        }
        let (len, most, rate) = (packet.len() as i32, base::SAMPLE_RATE as i32, base::SAMPLE_RATE as i32);
        let mut end = 0;
        // SAFETY: both states are valid, pointer and length are of one slice, `end` is a valid place.
        let reach = unsafe {
            let (parser, state) = (self.parser.as_ptr(), self.state.as_ptr());
            sys::opus_dred_parse(parser, state, packet.as_ptr(), len, most, rate, &mut end, 0)
        };
        usize::try_from(reach).unwrap_or(0)
    }

    pub(super) fn state(&self) -> *const sys::OpusDRED {
        self.state.as_ptr()
    }
}

impl Drop for Dred {
    fn drop(&mut self) {
        // SAFETY: created by the library, destroyed once each.
        unsafe {
            sys::opus_dred_free(self.state.as_ptr());
            sys::opus_dred_decoder_destroy(self.parser.as_ptr());
        }
    }
}
