//! Bytes to 16 kHz samples.

use super::band::Band;
use super::qmf::Qmf;
use crate::codec::from_pcm16;

/// Lower band: inverse quantiser with all six bits (table QM6).
const QM6: [i32; 64] = [
    -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
    -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
    -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
    4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136,
];

/// Bytes to samples; one per incoming stream, it remembers what it heard. Any byte is valid.
#[derive(Clone)]
pub struct Decoder {
    low: Band,
    high: Band,
    qmf: Qmf,
}

impl Default for Decoder {
    fn default() -> Self {
        Decoder::new()
    }
}

impl Decoder {
    /// A decoder that has heard nothing.
    #[must_use]
    pub fn new() -> Self {
        Decoder { low: Band::lower(), high: Band::upper(), qmf: Qmf::new() }
    }

    /// Decodes into `out` (16 kHz, −1.0..=1.0), two samples a byte; returns how many were written. Stops when `out` has no room for two more.
    pub fn decode(&mut self, bytes: &[u8], out: &mut [f32]) -> usize {
        let mut written = 0;
        for (byte, pair) in bytes.iter().zip(out.chunks_exact_mut(2)) {
            for (to, sample) in pair.iter_mut().zip(self.byte(*byte)) {
                *to = from_pcm16(sample);
            }
            written += 2;
        }
        written
    }

    /// Forgets what was heard: another stream begins.
    pub fn reset(&mut self) {
        *self = Decoder::new();
    }

    pub(super) fn byte(&mut self, byte: u8) -> [i16; 2] {
        let (code, high_code) = (byte & 63, byte >> 6);
        let low = self.low.estimate + ((self.low.det * QM6[usize::from(code)]) >> 15);
        self.low.adapt_lower(code);
        let estimate = self.high.estimate;
        let high = estimate + self.high.adapt_upper(high_code);
        let (low, high) = (limited(low), limited(high));
        let (even, odd) = self.qmf.push(low + high, low - high);
        [odd, even].map(|sum| (sum >> 11).clamp(-32_768, 32_767) as i16)
    }
}

/// Block 6: LIMIT, to 15 bits.
fn limited(value: i32) -> i32 {
    value.clamp(-16_384, 16_383)
}
