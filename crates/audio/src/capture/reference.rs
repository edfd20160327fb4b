//! What was played, in the rhythm of the microphone: the echo canceller's reference.
//!
//! ```text
//! played, 10 ms of the loudspeaker's clock ─► drift corrector (while echo is cancelled) ─► queue ─► 10 ms of the microphone's clock
//! ```
//!
//! The queue holds a frame in reserve, since the two devices do not call at the same moments. It makes the reference 10 ms late, and an
//! echo comes later still: what is played waits in the loudspeaker's buffer for 20 ms and more.

use base::FRAME_SAMPLES;

use super::drift::DriftCorrector;
use crate::{Frame, SILENT_FRAME, SampleFifo};

/// Waiting when a frame is about to be taken: that one, and one in reserve.
const TARGET: usize = 2 * FRAME_SAMPLES;
/// More than this is no rhythm but a standstill of the microphone.
const MOST: usize = 5 * FRAME_SAMPLES;

/// Carries what is played from the loudspeaker's clock to the microphone's. Never allocates after it is made.
pub struct Reference {
    corrector: DriftCorrector,
    waiting: SampleFifo,
    exact: bool,
    /// Something was played and not all of it was taken.
    flows: bool,
}

impl Default for Reference {
    fn default() -> Self {
        Reference {
            corrector: DriftCorrector::new(TARGET),
            waiting: SampleFifo::new(MOST + 2 * FRAME_SAMPLES),
            exact: false,
            flows: false,
        }
    }
}

impl Reference {
    /// The loudspeaker plays these 10 ms. `exact`: the canceller needs the clocks to agree; who only looks whether there is an echo does
    /// not, and saves the resampling.
    pub fn play(&mut self, frame: &Frame, exact: bool) {
        if exact != self.exact {
            self.exact = exact;
            self.corrector.reset();
        }
        if !self.flows {
            self.flows = true;
            self.waiting.push(&SILENT_FRAME);
        }
        let Reference { corrector, waiting, .. } = self;
        if exact {
            corrector.process(frame, |samples| _ = waiting.push(samples));
        } else {
            waiting.push(frame);
        }
        if self.waiting.len() > MOST {
            self.waiting.skip(self.waiting.len() - TARGET);
        }
    }

    /// What belongs to the next 10 ms of the microphone; silence when nothing is played.
    pub fn next_frame(&mut self) -> Frame {
        if self.flows && self.exact {
            self.corrector.measure(self.waiting.len());
        }
        self.waiting.pop_frame().unwrap_or_else(|| {
            self.flows = false;
            self.waiting.clear();
            SILENT_FRAME
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(number: usize) -> Frame {
        std::array::from_fn(|n| (number * FRAME_SAMPLES + n) as f32)
    }

    #[test]
    fn what_is_played_comes_a_frame_later_and_whole() {
        let mut reference = Reference::default();
        let mut out = Vec::new();
        for number in 0..20 {
            reference.play(&frame(number), false);
            out.push(reference.next_frame());
        }
        assert_eq!(out[0], SILENT_FRAME);
        assert!((1..20).all(|n| out[n] == frame(n - 1)));
    }

    #[test]
    fn devices_that_call_at_odd_moments_lose_nothing() {
        let mut reference = Reference::default();
        let (mut played, mut out) = (0, Vec::new());
        // Two at once, then none.
        for step in 0..40 {
            for _ in 0..if step % 2 == 0 { 2 } else { 0 } {
                reference.play(&frame(played), false);
                played += 1;
            }
            out.push(reference.next_frame());
        }
        assert!((1..40).all(|n| out[n] == frame(n - 1)));
    }

    #[test]
    fn after_silence_the_reserve_is_laid_in_again() {
        let mut reference = Reference::default();
        reference.play(&frame(0), false);
        assert_eq!([reference.next_frame(), reference.next_frame()], [SILENT_FRAME, frame(0)]);
        assert!((0..5).all(|_| reference.next_frame() == SILENT_FRAME));
        reference.play(&frame(1), false);
        assert_eq!([reference.next_frame(), reference.next_frame()], [SILENT_FRAME, frame(1)]);
    }

    #[test]
    fn a_microphone_that_stands_still_does_not_make_it_grow_old() {
        let mut reference = Reference::default();
        (0..100).for_each(|number| reference.play(&frame(number), false));
        let left = std::iter::from_fn(|| Some(reference.next_frame()).filter(|frame| *frame != SILENT_FRAME)).count();
        assert!((2..=5).contains(&left), "{left}");
    }

    /// A loudspeaker 200 ppm fast: without correction a sample is lost every 104 ms.
    #[test]
    fn clocks_apart_are_brought_together() {
        let mut reference = Reference::default();
        let tone = |n: usize| 0.5 * (n as f32 * std::f32::consts::TAU * 1000.0 / 48_000.0).sin();
        let (mut played, mut out) = (0, Vec::new());
        for step in 1..=9000usize {
            while played * FRAME_SAMPLES < (step as f64 * 480.0 * 1.0002) as usize {
                reference.play(&std::array::from_fn(|n| tone(played * FRAME_SAMPLES + n)), true);
                played += 1;
            }
            out.extend_from_slice(&reference.next_frame());
        }
        // 1000 Hz of the one clock are 1000.2 Hz of the other; a lost or doubled sample would be a residue.
        let late = &out[out.len() - 480_000..];
        let (level, rest) = crate::codec::spectrum::tone_level(late, 48_000, 1000.2);
        assert!((level - 0.5).abs() < 0.01 && rest < 0.01, "{level}, {rest}");
    }
}
