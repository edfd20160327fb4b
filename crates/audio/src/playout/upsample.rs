//! From the rates of telephone codecs up to 48 kHz.

/// Samples of the input that one output sample is made of: delay 1.5 ms at 8 kHz.
const TAPS: usize = 24;
/// Shape of the Kaiser window for 60 dB.
const BETA: f32 = 5.65;
/// The most that is taken at once: 120 ms at 16 kHz.
const MOST: usize = 1920;

/// Puts `step − 1` samples between every two, by a windowed sinc. Memory is taken once; no output waits for a block.
pub(super) struct Upsampler {
    step: usize,
    /// One row of [`TAPS`] for each place between two samples.
    rows: Box<[[f32; TAPS]]>,
    /// The end of the last input, then this one.
    line: Box<[f32; MOST + TAPS]>,
}

impl Upsampler {
    /// By a whole number: 6 from 8 kHz, 3 from 16 kHz.
    pub(super) fn new(step: usize) -> Self {
        let length = (TAPS * step) as f32;
        let tap = |place: usize, tap: usize| {
            // Distance of this output from the input sample, in input samples.
            let n = (tap * step + place) as f32 - length / 2.0;
            let x = n / step as f32 * std::f32::consts::PI;
            let sinc = if x.abs() < 1e-6 { 1.0 } else { x.sin() / x };
            let edge = 2.0 * n / length;
            sinc * bessel(BETA * (1.0 - edge * edge).max(0.0).sqrt()) / bessel(BETA)
        };
        let row = |place: usize| {
            let mut row: [f32; TAPS] = std::array::from_fn(|n| tap(place, n));
            let sum: f32 = row.iter().sum();
            row.iter_mut().for_each(|tap| *tap /= sum);
            row
        };
        Upsampler { step, rows: (0..step).map(row).collect(), line: Box::new([0.0; MOST + TAPS]) }
    }

    /// Fills `out`; `input` gives a sample for each `step` of it, at most 120 ms at 16 kHz.
    pub(super) fn process(&mut self, input: &[f32], out: &mut [f32]) {
        let count = input.len().min(MOST);
        self.line[TAPS..TAPS + count].copy_from_slice(&input[..count]);
        for (n, group) in out.chunks_mut(self.step).take(count).enumerate() {
            let window = &self.line[n + 1..n + 1 + TAPS];
            for (sample, row) in group.iter_mut().zip(&self.rows) {
                *sample = window.iter().rev().zip(row).map(|(sample, tap)| sample * tap).sum();
            }
        }
        self.line.copy_within(count..count + TAPS, 0);
    }

    /// Forgets what was heard.
    pub(super) fn reset(&mut self) {
        self.line.fill(0.0);
    }
}

/// Modified Bessel function of order zero.
fn bessel(x: f32) -> f32 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..20 {
        term *= (x / (2.0 * n as f32)) * (x / (2.0 * n as f32));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::spectrum::tone_level;

    #[test]
    fn a_tone_stays_one_tone() {
        for (step, rate, hz) in [(6, 8000.0, 1000.0), (6, 8000.0, 3200.0), (3, 16_000.0, 6000.0)] {
            let mut up = Upsampler::new(step);
            let mut out = vec![0.0; 48_000];
            let tone: Vec<f32> =
                (0..48_000 / step).map(|n| 0.5 * (n as f32 * std::f32::consts::TAU * hz / rate).sin()).collect();
            // In uneven pieces: the seams must not be heard.
            for (input, out) in tone.chunks(77).zip(out.chunks_mut(77 * step)) {
                up.process(input, out);
            }
            let (level, rest) = tone_level(&out[4800..], 48_000, hz);
            assert!((level - 0.5).abs() < 0.02, "{hz}: {level}");
            assert!(rest < 0.01, "{hz}: {rest}");
        }
    }
}
