//! From 48 kHz down to the rates of telephone codecs.

use base::FRAME_SAMPLES;

use crate::Frame;

/// Taps for each step of division: stop band −60 dB, so wide that speech up to 0.86 of the new band's edge is untouched.
const TAPS_PER_STEP: usize = 44;
/// The same for those who only look at the sound: speech up to 0.6 of the edge.
const ROUGH_TAPS_PER_STEP: usize = 16;
/// Shape of the Kaiser window for 60 dB.
const BETA: f32 = 5.65;

/// Takes every third or sixth sample of a band-limited copy. Unlike [`crate::Resampler`] it works in whole frames, without waiting for a
/// block: 10 ms in, exactly 10 ms out. The delay is half its length: 1.4 ms to 16 kHz, 2.7 ms to 8 kHz.
#[derive(Clone)]
pub(crate) struct Decimator {
    step: usize,
    taps: Box<[f32]>,
    /// The end of the last frame, then this one.
    line: Box<[f32]>,
}

impl Decimator {
    /// To 16 kHz: 160 samples a frame.
    pub(crate) fn to_16k() -> Self {
        Decimator::new(3, TAPS_PER_STEP)
    }

    /// To 8 kHz: 80 samples a frame.
    pub(crate) fn to_8k() -> Self {
        Decimator::new(6, TAPS_PER_STEP)
    }

    /// To 8 kHz for those who only look at the sound: a third of the cost and of the delay.
    pub(crate) fn roughly_to_8k() -> Self {
        Decimator::new(6, ROUGH_TAPS_PER_STEP)
    }

    fn new(step: usize, taps_per_step: usize) -> Self {
        let count = taps_per_step * step;
        let middle = (count - 1) as f32 / 2.0;
        // The middle of the transition band, which ends a little above the new Nyquist frequency.
        let cutoff = (1.0 - 3.1 / taps_per_step as f32) / step as f32;
        let mut taps: Box<[f32]> = (0..count)
            .map(|n| {
                let x = n as f32 - middle;
                let inside = 1.0 - (x / (middle + 1.0)).powi(2);
                cutoff * sinc(cutoff * x) * bessel(BETA * inside.max(0.0).sqrt()) / bessel(BETA)
            })
            .collect();
        let sum: f32 = taps.iter().sum();
        taps.iter_mut().for_each(|tap| *tap /= sum);
        Decimator { step, line: vec![0.0; count - 1 + FRAME_SAMPLES].into_boxed_slice(), taps }
    }

    /// Converts a frame; `out` is filled and should have 480 / step samples.
    pub(crate) fn convert(&mut self, frame: &Frame, out: &mut [f32]) {
        let kept = self.taps.len() - 1;
        self.line.copy_within(FRAME_SAMPLES.., 0);
        self.line[kept..].copy_from_slice(frame);
        for (sample, window) in out.iter_mut().zip(self.line.windows(self.taps.len()).step_by(self.step)) {
            *sample = dot(window, &self.taps);
        }
    }
}

/// In eight lanes, so that it can be done with vectors.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let mut lanes = [0.0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for n in 0..8 {
            lanes[n] += a[n] * b[n];
        }
    }
    lanes.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}

fn sinc(x: f32) -> f32 {
    let x = std::f32::consts::PI * x;
    if x.abs() < 1e-6 { 1.0 } else { x.sin() / x }
}

/// Modified Bessel function of order zero, by its series.
fn bessel(x: f32) -> f32 {
    let mut term = 1.0f32;
    let mut sum = 1.0f32;
    for n in 1..24 {
        term *= (x / (2.0 * n as f32)).powi(2);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::spectrum::tone_level;
    use crate::level::rms;

    fn convert(mut decimator: Decimator, size: usize, hz: f32) -> Vec<f32> {
        let tone: Vec<f32> =
            (0..48_000).map(|n| 0.5 * (n as f32 * std::f32::consts::TAU * hz / 48_000.0).sin()).collect();
        let mut out = vec![0.0; size * 100];
        for (frame, out) in tone.as_chunks::<FRAME_SAMPLES>().0.iter().zip(out.chunks_mut(size)) {
            decimator.convert(frame, out);
        }
        out.split_off(size * 10)
    }

    #[test]
    fn speech_passes_and_what_would_fold_does_not() {
        for hz in [200.0, 1000.0, 3000.0, 3400.0] {
            let (level, rest) = tone_level(&convert(Decimator::to_8k(), 80, hz), 8000, hz);
            assert!((level - 0.5).abs() < 0.01 && rest < 0.001, "8 kHz, {hz} Hz: {level} and {rest}");
        }
        for hz in [200.0, 3000.0, 6000.0, 6900.0] {
            let (level, rest) = tone_level(&convert(Decimator::to_16k(), 160, hz), 16_000, hz);
            assert!((level - 0.5).abs() < 0.01 && rest < 0.001, "16 kHz, {hz} Hz: {level} and {rest}");
        }
        for hz in [4100.0, 5000.0, 11_000.0] {
            assert!(rms(&convert(Decimator::to_8k(), 80, hz)) < 0.001, "{hz} Hz folds");
        }
        for hz in [8200.0, 12_000.0] {
            assert!(rms(&convert(Decimator::to_16k(), 160, hz)) < 0.001, "{hz} Hz folds");
        }
    }
}
