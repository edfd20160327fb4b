//! How loud it is.

use base::Dbfs;

/// A level over the frames since the last reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// The loudest sample.
    pub peak: Dbfs,
    /// Root mean square; a full-scale sine reads −3.01 dBFS.
    pub rms: Dbfs,
}

/// Adds up samples until it is read.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    peak: f32,
    square_sum: f64,
    count: u64,
}

impl Meter {
    /// Looks at some samples.
    pub fn add(&mut self, samples: &[f32]) {
        let mut square_sum = 0.0f32;
        for &sample in samples {
            self.peak = self.peak.max(sample.abs());
            square_sum += sample * sample;
        }
        self.square_sum += f64::from(square_sum);
        self.count += samples.len() as u64;
    }

    /// The level since the last reading; silence when nothing was added.
    pub fn read(&mut self) -> Level {
        let taken = std::mem::take(self);
        let mean = if taken.count == 0 { 0.0 } else { taken.square_sum / taken.count as f64 };
        Level { peak: Dbfs::from_amplitude(taken.peak), rms: Dbfs::from_amplitude(mean.sqrt() as f32) }
    }
}

/// Root mean square of some samples, linear.
pub(crate) fn rms(samples: &[f32]) -> f32 {
    let sum: f32 = samples.iter().map(|s| s * s).sum();
    (sum / samples.len().max(1) as f32).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_scale_sine_reads_minus_3_rms_and_0_peak() {
        let sine: Vec<f32> = (0..4800).map(|n| (n as f32 * std::f32::consts::TAU / 48.0).sin()).collect();
        let mut meter = Meter::default();
        sine.chunks(480).for_each(|frame| meter.add(frame));
        let level = meter.read();
        assert!((level.rms.0 + 3.01).abs() < 0.02, "{level:?}");
        assert!(level.peak.0.abs() < 0.02, "{level:?}");
    }

    #[test]
    fn nothing_and_zeros_are_silence() {
        let mut meter = Meter::default();
        assert_eq!(meter.read().rms, Dbfs::SILENCE);
        meter.add(&[0.0; 480]);
        assert_eq!(meter.read().peak, Dbfs::SILENCE);
    }
}
