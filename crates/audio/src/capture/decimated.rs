//! The telephone band, for those who only look.

use crate::Frame;
use crate::codec::Decimator;

/// Samples of 10 ms at 8 kHz.
pub(super) const RATE_8K_FRAME: usize = 80;

/// Keeps what is left of a frame at 8 kHz.
pub(super) struct Decimated(Decimator);

impl Decimated {
    pub(super) fn new() -> Self {
        Decimated(Decimator::roughly_to_8k())
    }

    pub(super) fn frame(&mut self, frame: &Frame) -> [f32; RATE_8K_FRAME] {
        let mut out = [0.0; RATE_8K_FRAME];
        self.0.convert(frame, &mut out);
        out
    }
}
