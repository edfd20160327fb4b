//! Resample, re-frame, measure.

use base::{FRAME_SAMPLES, SampleRate};

use crate::{Frame, Level, Meter, Resampler, SampleFifo, UnsupportedRate};

/// What waits at most before encoding: more would only be delay.
const MOST_WAITING: usize = 4 * FRAME_SAMPLES;

/// From a microphone at its own rate to 10 ms frames at 48 kHz.
///
/// The level is measured here, before anything is changed or muted: it shows what the microphone hears.
pub struct CapturePath {
    resampler: Resampler,
    waiting: SampleFifo,
    meter: Meter,
    dropped_samples: u64,
}

impl CapturePath {
    /// A path for a microphone of this rate.
    ///
    /// # Errors
    /// [`UnsupportedRate`] outside 8..=192 kHz.
    pub fn new(rate: SampleRate) -> Result<Self, UnsupportedRate> {
        Ok(CapturePath {
            resampler: Resampler::new(rate, SampleRate(base::SAMPLE_RATE))?,
            waiting: SampleFifo::new(MOST_WAITING),
            meter: Meter::default(),
            dropped_samples: 0,
        })
    }

    /// Takes what the device gave (mono, its own rate). When nobody takes frames, the oldest sound gives way.
    pub fn push(&mut self, samples: &[f32]) {
        let (waiting, dropped) = (&mut self.waiting, &mut self.dropped_samples);
        self.resampler.process(samples, |converted| *dropped += waiting.push(converted) as u64);
    }

    /// The next frame, if 10 ms have come together.
    pub fn next_frame(&mut self) -> Option<Frame> {
        let frame = self.waiting.pop_frame()?;
        self.meter.add(&frame);
        Some(frame)
    }

    /// Level of the frames since the last reading.
    pub fn level(&mut self) -> Level {
        self.meter.read()
    }

    /// Samples at 48 kHz that were thrown away because nobody took them in time.
    #[must_use]
    pub fn dropped_samples(&self) -> u64 {
        self.dropped_samples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reframes_what_comes_in_odd_pieces() {
        let mut path = CapturePath::new(SampleRate(48_000)).expect("usual rate");
        let mut frames = Vec::new();
        let sound: Vec<f32> = (0..4800).map(|n| n as f32 / 4800.0).collect();
        for piece in sound.chunks(137) {
            path.push(piece);
            frames.extend(path.next_frame());
        }
        frames.extend(path.next_frame());
        assert_eq!(frames.concat(), sound);
    }

    #[test]
    fn the_meter_hears_the_frames_that_were_taken() {
        let mut path = CapturePath::new(SampleRate(48_000)).expect("usual rate");
        path.push(&[0.5; 480]);
        assert_eq!(path.next_frame(), Some([0.5; 480]));
        assert!((path.level().rms.0 + 6.02).abs() < 0.1);
    }

    #[test]
    fn a_backlog_is_cut_to_40_ms() {
        let mut path = CapturePath::new(SampleRate(48_000)).expect("usual rate");
        path.push(&vec![0.1; 48_000]);
        assert_eq!(std::iter::from_fn(|| path.next_frame()).count(), 4);
        assert_eq!(path.dropped_samples(), 48_000 - 4 * 480);
    }
}
