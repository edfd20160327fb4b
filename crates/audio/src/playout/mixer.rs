//! Several sounds on one loudspeaker.

use crate::{Frame, SILENT_FRAME};

/// The loudest sample that leaves the mixer.
const CEILING: f32 = 0.98;
/// How much of the way back to full volume is gone per frame: about 100 ms.
const RECOVERY: f32 = 0.1;

/// Adds frames and keeps the sum below full scale by turning it down, not by clipping it.
#[derive(Debug)]
pub struct Mixer {
    sum: Frame,
    gain: f32,
}

impl Default for Mixer {
    fn default() -> Self {
        Mixer { sum: SILENT_FRAME, gain: 1.0 }
    }
}

impl Mixer {
    /// Adds one source to the frame under way.
    pub fn add(&mut self, frame: &Frame) {
        self.sum.iter_mut().zip(frame).for_each(|(sum, sample)| *sum += sample);
    }

    /// The frame under way would pass untouched: nothing was turned down lately.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.gain >= 0.9999
    }

    /// Ends the frame under way and begins the next. The gain moves from the end of the last frame in a straight line;
    /// what still stands out at its beginning is cut.
    pub fn finish(&mut self) -> Frame {
        let mut out = std::mem::replace(&mut self.sum, SILENT_FRAME);
        let peak = out.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
        let allowed = if peak > CEILING { CEILING / peak } else { 1.0 };
        let target = allowed.min(self.gain + (1.0 - self.gain) * RECOVERY);
        if self.gain < 0.9999 || target < 1.0 {
            let step = (target - self.gain) / out.len() as f32;
            for (n, sample) in out.iter_mut().enumerate() {
                *sample = (*sample * (self.gain + step * n as f32)).clamp(-CEILING, CEILING);
            }
        }
        self.gain = target;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_source_passes_untouched() {
        let mut mixer = Mixer::default();
        let frame: Frame = std::array::from_fn(|n| (n as f32 / 30.0).sin() * 0.7);
        mixer.add(&frame);
        assert_eq!(mixer.finish(), frame);
    }

    #[test]
    fn two_loud_sources_stay_below_full_scale_and_come_back() {
        let mut mixer = Mixer::default();
        let loud: Frame = std::array::from_fn(|n| (n as f32 / 30.0).sin() * 0.9);
        for _ in 0..20 {
            mixer.add(&loud);
            mixer.add(&loud);
            assert!(mixer.finish().iter().all(|s| s.abs() <= CEILING));
        }
        for _ in 0..100 {
            mixer.add(&loud);
            mixer.finish();
        }
        mixer.add(&loud);
        let recovered = mixer.finish();
        assert!(recovered.iter().zip(&loud).all(|(a, b)| (a - b).abs() < 0.01), "full volume is back after a second");
    }
}
