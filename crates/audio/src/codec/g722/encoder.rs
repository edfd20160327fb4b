//! 16 kHz samples to bytes.

use super::band::{Band, saturated};
use super::qmf::Qmf;
use crate::codec::to_pcm16;

/// Lower band: decision levels of the quantiser (table Q6), from the second one on.
const Q6: [i32; 29] = [
    35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
    1458, 1612, 1765, 1980, 2195, 2557, 2919,
];
/// Decision level of the upper band.
const Q2: i32 = 564;

/// Samples to bytes; one per outgoing stream, it remembers what it sent.
#[derive(Clone)]
pub struct Encoder {
    low: Band,
    high: Band,
    qmf: Qmf,
}

impl Default for Encoder {
    fn default() -> Self {
        Encoder::new()
    }
}

impl Encoder {
    /// An encoder that has sent nothing.
    #[must_use]
    pub fn new() -> Self {
        Encoder { low: Band::lower(), high: Band::upper(), qmf: Qmf::new() }
    }

    /// Encodes pairs of samples (16 kHz, −1.0..=1.0) to one byte each; returns the bytes written. A single last sample is not looked at.
    pub fn encode(&mut self, pcm: &[f32], out: &mut [u8]) -> usize {
        let pairs = pcm.chunks_exact(2).zip(out.iter_mut());
        pairs.map(|(pair, byte)| *byte = self.pair([to_pcm16(pair[0]), to_pcm16(pair[1])])).count()
    }

    /// Forgets what was sent.
    pub fn reset(&mut self) {
        *self = Encoder::new();
    }

    pub(super) fn pair(&mut self, [first, second]: [i16; 2]) -> u8 {
        let (even, odd) = self.qmf.push(i32::from(first), i32::from(second));
        let low = quantise_low(saturated(((odd + even) >> 14) - self.low.estimate), self.low.det);
        let high = quantise_high(saturated(((odd - even) >> 14) - self.high.estimate), self.high.det);
        self.low.adapt_lower(low);
        self.high.adapt_upper(high);
        high << 6 | low
    }
}

/// Block 1L: QUANTL with the code tables ILN and ILP.
fn quantise_low(difference: i32, det: i32) -> u8 {
    let magnitude = if difference < 0 { -(difference + 1) } else { difference };
    // The levels ascend; the first that lies above the magnitude ends its interval.
    let interval = Q6.partition_point(|level| (level * det) >> 12 <= magnitude) as u8;
    match (difference < 0, interval) {
        (true, 0 | 1) => 63 - interval,
        (true, _) => 33 - interval,
        (false, _) => 61 - interval,
    }
}

/// Block 1H: QUANTH with the code tables IHN and IHP.
fn quantise_high(difference: i32, det: i32) -> u8 {
    let magnitude = if difference < 0 { -(difference + 1) } else { difference };
    let large = magnitude >= (Q2 * det) >> 12;
    match (difference < 0, large) {
        (true, false) => 1,
        (true, true) => 0,
        (false, false) => 3,
        (false, true) => 2,
    }
}
