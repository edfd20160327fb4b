//! Two devices, two clocks: the sound of one is brought to the other's clock.
//!
//! ```text
//! one device ─► resampler ─► queue ─► a frame for every frame of the other
//!                   ▲          │
//!                   └─ ratio ◄─┘ fill against its target, PI loop, ±1000 ppm
//! ```
//!
//! Without it the echo's way would grow or shrink all the time (200 ppm are 10 samples a second), which costs the canceller 10 to 15 dB.

use audioadapter_buffers::direct::InterleavedSlice;
use base::FRAME_SAMPLES;
use rubato::{Adjustable, Async, FixedAsync, PolynomialDegree, Resampler as _};

use crate::SampleFifo;

/// The most that is corrected. Sound cards are within ±300 ppm; more is a fault that resampling cannot mend.
const MOST: f64 = 1000e-6;
/// The loop's natural frequency, radians a second: quickly to the right place first, then slowly, so that it cannot be heard or followed
/// by the canceller.
const FAST: f64 = 0.35;
const SLOW: f64 = 0.08;
const DAMPING: f64 = 0.9;
/// Steps of 10 ms until it is slow.
const FAST_STEPS: u32 = 2000;
const STEP_S: f64 = 0.01;
/// The fill saws up and down with the devices' periods: averaged over a second.
const SMOOTH: f64 = 0.01;

/// Resamples 48 kHz to 48 kHz and a little.
pub(super) struct DriftCorrector {
    resampler: Async<f32>,
    waiting: SampleFifo,
    block: Box<[f32; FRAME_SAMPLES]>,
    converted: Box<[f32]>,
    target: f64,
    fill: Option<f64>,
    /// What the loop has learnt the clocks to differ by.
    learnt: f64,
    ratio: f64,
    steps: u32,
}

impl DriftCorrector {
    /// Keeps `target` samples in the queue behind it, on average over what [`DriftCorrector::measure`] is told.
    pub(super) fn new(target: usize) -> Self {
        let resampler = Async::new_poly(1.0, 1.01, PolynomialDegree::Septic, FRAME_SAMPLES, 1, FixedAsync::Input)
            .expect("a ratio of one and a block of 10 ms are valid");
        let room = resampler.output_frames_max();
        DriftCorrector {
            resampler,
            waiting: SampleFifo::new(64 * FRAME_SAMPLES),
            block: Box::new([0.0; FRAME_SAMPLES]),
            converted: vec![0.0; room].into_boxed_slice(),
            target: target as f64,
            fill: None,
            learnt: 0.0,
            ratio: 1.0,
            steps: 0,
        }
    }

    /// Once every 10 ms of the other clock: how many samples wait behind it. What waits inside for a whole block is counted here.
    pub(super) fn measure(&mut self, waiting: usize) {
        let now = (waiting + self.waiting.len()) as f64;
        let fill = self.fill.map_or(now, |fill| fill + (now - fill) * SMOOTH);
        self.fill = Some(fill);
        self.steps = self.steps.saturating_add(1);
        let frequency = if self.steps < FAST_STEPS { FAST } else { SLOW };
        let rate = f64::from(base::SAMPLE_RATE);
        // Too much waits: this clock is fast, and fewer samples must come out.
        let error = fill - self.target;
        let pull = 2.0 * DAMPING * frequency / rate * error;
        let learnt = self.learnt + frequency * frequency / rate * error * STEP_S;
        let wanted = learnt + pull;
        // At its limit the loop learns nothing, or it would take as long to come back.
        if wanted.abs() < MOST {
            self.learnt = learnt;
        }
        self.ratio = 1.0 - wanted.clamp(-MOST, MOST);
        // The ratio is within the limits given to the resampler.
        let _ = self.resampler.set_resample_ratio(self.ratio, true);
    }

    /// Takes what the one device gave (48 kHz by its clock); hands out the same by the other clock.
    pub(super) fn process(&mut self, samples: &[f32], mut out: impl FnMut(&[f32])) {
        for piece in samples.chunks(FRAME_SAMPLES) {
            self.waiting.push(piece);
            while self.waiting.len() >= FRAME_SAMPLES {
                self.waiting.pop(&mut self.block[..]);
                let count = self.convert();
                out(&self.converted[..count]);
            }
        }
    }

    /// By how much the one device's clock is fast, parts per million, as far as known.
    #[cfg(test)]
    fn drift_ppm(&self) -> f32 {
        (self.learnt * 1e6) as f32
    }

    /// Another device: nothing is known.
    pub(super) fn reset(&mut self) {
        self.resampler.reset();
        self.waiting.clear();
        (self.fill, self.learnt, self.ratio, self.steps) = (None, 0.0, 1.0, 0);
    }

    fn convert(&mut self) -> usize {
        let room = self.converted.len();
        let input =
            InterleavedSlice::new(&self.block[..], 1, FRAME_SAMPLES).expect("one channel of exactly this length");
        let mut output =
            InterleavedSlice::new_mut(&mut self.converted[..], 1, room).expect("one channel of exactly this length");
        let (_, written) = self
            .resampler
            .process_into_buffer(&input, &mut output, None)
            .expect("the block has the chunk size and the output has room for the largest result");
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A microphone that is `ppm` fast, for so many seconds; the fill at each step and what was learnt.
    fn run(ppm: f64, seconds: usize) -> (Vec<usize>, f32) {
        // Measured before a frame is taken: one more stays behind.
        let mut corrector = DriftCorrector::new(960);
        let mut queue = SampleFifo::new(48_000);
        queue.push(&[0.0; 480]);
        let (mut given, mut fills) = (0usize, Vec::new());
        for step in 1..=seconds * 100 {
            let due = (step as f64 * 480.0 * (1.0 + ppm * 1e-6)) as usize;
            corrector.process(&vec![0.1; due - given], |samples| {
                queue.push(samples);
            });
            given = due;
            corrector.measure(queue.len());
            queue.skip(480);
            fills.push(queue.len());
        }
        (fills, corrector.drift_ppm())
    }

    #[test]
    fn the_queue_stays_at_its_target_and_the_clocks_are_known() {
        for ppm in [-300.0, -50.0, 0.0, 200.0, 300.0] {
            let (fills, learnt) = run(ppm, 120);
            let late = &fills[6000..];
            let (least, most) = (late.iter().min().expect("steps"), late.iter().max().expect("steps"));
            assert!((f64::from(learnt) - ppm).abs() < 15.0, "{ppm} ppm: learnt {learnt}");
            assert!(most - least <= 560, "{ppm} ppm: the queue goes from {least} to {most}");
        }
    }

    #[test]
    fn a_mad_clock_is_corrected_as_far_as_it_goes_and_no_further() {
        let (_, learnt) = run(5000.0, 30);
        assert!(learnt.abs() <= 1000.0, "{learnt}");
    }

    #[test]
    fn sound_keeps_its_shape() {
        let mut corrector = DriftCorrector::new(480);
        let mut out = Vec::new();
        let tone: Vec<f32> =
            (0..96_000).map(|n| 0.5 * (n as f32 * std::f32::consts::TAU * 3000.0 / 48_000.0).sin()).collect();
        for piece in tone.chunks(480) {
            corrector.measure(484);
            corrector.process(piece, |samples| out.extend_from_slice(samples));
        }
        let (level, rest) = crate::codec::spectrum::tone_level(&out[48_000..], 48_000, 3000.0);
        assert!((level - 0.5).abs() < 0.01 && rest < 0.002, "{level}, {rest}");
    }
}
