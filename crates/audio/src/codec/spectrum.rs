//! For tests: how much of one tone there is in some samples, and how much of everything else.

use rustfft::{FftPlanner, num_complex::Complex};

/// Amplitude of the tone at `hz` and root mean square of what is more than 40 Hz away from it.
pub(crate) fn tone_level(samples: &[f32], rate: u32, hz: f32) -> (f32, f32) {
    let count = samples.len();
    let mut bins: Vec<Complex<f32>> = samples
        .iter()
        .enumerate()
        .map(|(n, s)| {
            let hann = 0.5 - 0.5 * (n as f32 * std::f32::consts::TAU / count as f32).cos();
            Complex::new(s * hann, 0.0)
        })
        .collect();
    FftPlanner::new().plan_fft_forward(count).process(&mut bins);
    let bin_hz = rate as f32 / count as f32;
    // Power sums are independent of how a tone falls between bins; 3/8 is the mean square of the Hann window.
    let scale = 2.0 / (count as f32 * count as f32 * 0.375);
    let (mut tone, mut rest) = (0.0f32, 0.0f32);
    for (index, bin) in bins[..count / 2].iter().enumerate() {
        let near = (index as f32 * bin_hz - hz).abs() <= 40.0;
        *(if near { &mut tone } else { &mut rest }) += bin.norm_sqr() * scale;
    }
    ((2.0 * tone).sqrt(), rest.sqrt())
}

/// The frequency with the most energy.
pub(crate) fn loudest(samples: &[f32], rate: u32) -> f32 {
    let count = samples.len();
    let mut bins: Vec<Complex<f32>> = samples.iter().map(|s| Complex::new(*s, 0.0)).collect();
    FftPlanner::new().plan_fft_forward(count).process(&mut bins);
    let top = (1..count / 2).max_by(|a, b| bins[*a].norm_sqr().total_cmp(&bins[*b].norm_sqr())).unwrap_or(0);
    top as f32 * rate as f32 / count as f32
}
