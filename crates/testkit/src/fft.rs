//! What a recording contains: pitch and level of tones.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

/// The loudest frequency in some samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dominant {
    /// Frequency in Hz, interpolated between bins.
    pub hz: f32,
    /// Amplitude of that tone, 1.0 at full scale.
    pub amplitude: f32,
}

/// The loudest frequency above 20 Hz; nothing for fewer than 64 samples or silence (below −80 dBFS).
#[must_use]
pub fn dominant(samples: &[f32], rate: u32) -> Option<Dominant> {
    if samples.len() < 64 {
        return None;
    }
    let power = spectrum(samples);
    let bin_hz = rate as f32 / samples.len() as f32;
    let first = (20.0 / bin_hz).ceil().max(1.0) as usize;
    let top = (first..power.len() - 1).max_by(|a, b| power[*a].total_cmp(&power[*b]))?;
    let [left, middle, right] = [top - 1, top, top + 1].map(|bin| power[bin].max(f32::MIN_POSITIVE).ln());
    let offset = 0.5 * (left - right) / (left - 2.0 * middle + right);
    let hz = (top as f32 + if offset.is_finite() { offset } else { 0.0 }) * bin_hz;
    let amplitude = tone_amplitude(samples, rate, hz);
    (amplitude > 1e-4).then_some(Dominant { hz, amplitude })
}

/// Amplitude of the tone at `hz` (±40 Hz), 1.0 at full scale.
#[must_use]
pub fn tone_amplitude(samples: &[f32], rate: u32, hz: f32) -> f32 {
    let bin_hz = rate as f32 / samples.len().max(1) as f32;
    let power = spectrum(samples);
    let near = power.iter().enumerate().filter(|(bin, _)| (*bin as f32 * bin_hz - hz).abs() <= 40.0);
    (2.0 * near.map(|(_, power)| power).sum::<f32>()).sqrt()
}

/// Root mean square of everything further than 40 Hz from `hz`: noise, distortion, other voices.
#[must_use]
pub fn rest_rms(samples: &[f32], rate: u32, hz: f32) -> f32 {
    let bin_hz = rate as f32 / samples.len().max(1) as f32;
    let power = spectrum(samples);
    let far = power.iter().enumerate().filter(|(bin, _)| (*bin as f32 * bin_hz - hz).abs() > 40.0);
    far.map(|(_, power)| power).sum::<f32>().sqrt()
}

/// Root mean square of some samples.
#[must_use]
pub fn rms(samples: &[f32]) -> f32 {
    (samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32).sqrt()
}

/// A sine of this amplitude.
#[must_use]
pub fn sine(hz: f32, amplitude: f32, rate: u32, samples: usize) -> Vec<f32> {
    (0..samples)
        .map(|n| amplitude * (n as f64 * std::f64::consts::TAU * f64::from(hz) / f64::from(rate)).sin() as f32)
        .collect()
}

/// Mean square per bin, Hann window; the sum over all bins is the mean square of the samples.
fn spectrum(samples: &[f32]) -> Vec<f32> {
    let count = samples.len();
    let window = |n: usize| 0.5 - 0.5 * (n as f32 * std::f32::consts::TAU / count as f32).cos();
    let mut bins: Vec<Complex<f32>> =
        samples.iter().enumerate().map(|(n, s)| Complex::new(s * window(n), 0.0)).collect();
    FftPlanner::new().plan_fft_forward(count).process(&mut bins);
    let scale = 2.0 / (count as f32 * count as f32 * 0.375);
    bins[..count / 2].iter().map(|bin| bin.norm_sqr() * scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_pitch_and_level_between_bins() {
        let samples = sine(1003.7, 0.25, 48_000, 24_000);
        let found = dominant(&samples, 48_000).expect("a tone");
        assert!((found.hz - 1003.7).abs() < 0.2 && (found.amplitude - 0.25).abs() < 0.003, "{found:?}");
        assert!(rest_rms(&samples, 48_000, 1003.7) < 1e-3);
    }

    #[test]
    fn tells_two_tones_apart() {
        let mixed: Vec<f32> = sine(440.0, 0.4, 48_000, 48_000)
            .iter()
            .zip(sine(1000.0, 0.1, 48_000, 48_000))
            .map(|(a, b)| a + b)
            .collect();
        assert!((dominant(&mixed, 48_000).expect("a tone").hz - 440.0).abs() < 0.5);
        assert!((tone_amplitude(&mixed, 48_000, 1000.0) - 0.1).abs() < 0.002);
        assert!((rest_rms(&mixed, 48_000, 440.0) - 0.0707).abs() < 0.002);
    }

    #[test]
    fn silence_has_no_pitch() {
        assert_eq!(dominant(&[0.0; 4800], 48_000), None);
    }
}
