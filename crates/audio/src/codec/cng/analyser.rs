//! A description from noise.

use base::Dbfs;

use super::Sid;

/// Reflection coefficients that we send: enough for the colour of a room or a fan.
const ORDER: usize = 8;
/// Samples looked at together: 30 ms at 8 kHz.
const WINDOW: usize = 240;

/// Listens to noise at 8 kHz and describes it. Averages over the last second or so.
#[derive(Clone)]
pub struct Analyser {
    window: [f32; WINDOW],
    filled: usize,
    /// Smoothed autocorrelation for lags 0..=ORDER, per sample.
    correlation: [f32; ORDER + 1],
    power: f32,
    windows: u32,
}

impl Default for Analyser {
    fn default() -> Self {
        Analyser::new()
    }
}

impl Analyser {
    /// Has heard nothing.
    #[must_use]
    pub fn new() -> Self {
        Analyser { window: [0.0; WINDOW], filled: 0, correlation: [0.0; ORDER + 1], power: 0.0, windows: 0 }
    }

    /// Listens to samples at 8 kHz in which nobody speaks.
    pub fn hear(&mut self, mut samples: &[f32]) {
        while !samples.is_empty() {
            let (now, later) = samples.split_at(samples.len().min(WINDOW - self.filled));
            self.window[self.filled..self.filled + now.len()].copy_from_slice(now);
            self.filled += now.len();
            samples = later;
            if self.filled == WINDOW {
                self.filled = 0;
                self.look();
            }
        }
    }

    /// The description of what was heard; `None` before the first 30 ms.
    #[must_use]
    pub fn describe(&self) -> Option<Sid> {
        let level = Dbfs::from_amplitude(self.power.sqrt());
        (self.windows > 0).then(|| Sid::new(level, &self.reflection()))
    }

    /// Forgets what was heard.
    pub fn reset(&mut self) {
        *self = Analyser::new();
    }

    fn look(&mut self) {
        let shaped: [f32; WINDOW] = std::array::from_fn(|n| {
            let hann = 0.5 - 0.5 * ((n as f32 + 0.5) * std::f32::consts::TAU / WINDOW as f32).cos();
            self.window[n] * hann
        });
        self.windows = (self.windows + 1).min(32);
        let share = 1.0 / self.windows as f32;
        let power = self.window.iter().map(|s| s * s).sum::<f32>() / WINDOW as f32;
        self.power += (power - self.power) * share;
        for (lag, smooth) in self.correlation.iter_mut().enumerate() {
            let product: f32 = shaped[lag..].iter().zip(&shaped).map(|(a, b)| a * b).sum();
            *smooth += (product - *smooth) * share;
        }
    }

    /// Levinson's recursion in the form of Schur; silence and nonsense give a flat spectrum.
    fn reflection(&self) -> [f32; ORDER] {
        // A little white noise (−40 dB) keeps a pure tone from a filter at the edge of stability.
        let mut forward = self.correlation;
        forward[0] *= 1.0001;
        let mut backward = forward;
        let mut k = [0.0; ORDER];
        for stage in 0..ORDER {
            if backward[0] <= f32::MIN_POSITIVE {
                break;
            }
            k[stage] = (-forward[stage + 1] / backward[0]).clamp(-0.99, 0.99);
            for lag in (stage + 1..=ORDER).rev() {
                let (f, b) = (forward[lag], backward[lag - stage - 1]);
                forward[lag] = f + k[stage] * b;
                backward[lag - stage - 1] = b + k[stage] * f;
            }
        }
        k
    }
}
