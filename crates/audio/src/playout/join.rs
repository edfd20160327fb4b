//! From what was played to something that does not follow from it, without a click.

use super::pitch::{self, LONGEST, WINDOW};
use super::tape::{self, HISTORY};

/// The cross-fade, 5 ms.
const OVERLAP: usize = 240;
/// Below this it does not matter where the new sound sets in.
const ALIKE: f32 = 0.3;

/// Sound that goes on from a tail by repeating its last pitch period, for a cross-fade.
pub(super) struct Continuation {
    samples: [f32; LONGEST + WINDOW],
    period: usize,
}

impl Continuation {
    /// Extends `tail`, which has [`HISTORY`] samples.
    pub(super) fn new(tail: &[f32]) -> Self {
        let period = pitch::backward(tail, HISTORY - WINDOW).shift;
        let cycle = &tail[HISTORY - period..];
        let mut samples = [0.0; LONGEST + WINDOW];
        for (sample, again) in samples.iter_mut().zip(cycle.iter().cycle()) {
            *sample = *again;
        }
        Continuation { samples, period }
    }

    pub(super) fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// Where `fresh` sets in best (less than a period after the tail); fades its beginning in over ours.
    /// Returns the samples of ours to play before `fresh`.
    pub(super) fn lead_in(&self, fresh: &mut [f32]) -> &[f32] {
        let overlap = OVERLAP.min(fresh.len());
        let compared = WINDOW.min(fresh.len());
        let mut best = (0, ALIKE);
        if compared >= OVERLAP {
            for shift in (0..self.period).step_by(2) {
                let likeness = pitch::likeness(&self.samples[shift..shift + compared], &fresh[..compared]);
                if likeness > best.1 {
                    best = (shift, likeness);
                }
            }
        }
        for (n, sample) in fresh[..overlap].iter_mut().enumerate() {
            let weight = tape::fade(n, overlap);
            *sample = *sample * weight + self.samples[best.0 + n] * (1.0 - weight);
        }
        &self.samples[..best.0]
    }

    /// Fades the beginning of `fresh` in over ours, at once.
    pub(super) fn over(&self, fresh: &mut [f32]) {
        let overlap = OVERLAP.min(fresh.len());
        for (n, sample) in fresh[..overlap].iter_mut().enumerate() {
            let weight = tape::fade(n, overlap);
            *sample = *sample * weight + self.samples[n] * (1.0 - weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_that_begins_anew_sets_in_at_the_right_moment() {
        let tone = |n: usize| (n as f32 / 210.0 * std::f32::consts::TAU).sin();
        let played: Vec<f32> = (0..HISTORY).map(tone).collect();
        let mut fresh: Vec<f32> = (0..960).map(|n| tone(n + 77)).collect();
        let continuation = Continuation::new(&played);
        let lead = continuation.lead_in(&mut fresh).to_vec();
        let heard: Vec<f32> = played.into_iter().chain(lead).chain(fresh).collect();
        let steepest = heard.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(steepest < 0.04, "{steepest}");
        let quiet = heard.chunks_exact(105).map(crate::level::rms).fold(1.0, f32::min);
        assert!(quiet > 0.6, "the joint is no hole: {quiet}");
    }
}
