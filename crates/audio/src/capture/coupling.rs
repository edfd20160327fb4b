//! Whether the microphone hears the loudspeaker at all.
//!
//! ```text
//! played ─► 8 kHz ─► spectrum, kept for 0.4 s ─┐
//!                                              ├─► coherence for each delay ─► the best of them
//! heard ──► 8 kHz ─► spectrum ─────────────────┘
//! ```
//!
//! Every 20 ms, windows of 64 ms: long enough for the early part of a room's echo to fall into the same window as its cause.
//! Two voices that know nothing of each other reach about 0.1; an echo that is louder than the room's noise 0.3 and more.

use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex, num_complex::Complex};

use super::decimated::RATE_8K_FRAME;

const WINDOW: usize = 512;
/// 250 Hz to 2.25 kHz in steps of 15.6 Hz: where speech is, and where small loudspeakers sound.
const FIRST_BIN: usize = 16;
const BINS: usize = 128;
/// Delays looked at, in hops of 20 ms: 0 to 400 ms.
const DELAYS: usize = 21;
/// Share of a new window in the averages: they reach back 0.4 s.
const SHARE: f32 = 0.045;
/// Windows until the averages tell anything: few windows are always coherent.
const FIRST: u8 = 12;
/// Quieter windows of what is played (−60 dBFS) tell nothing.
const LEAST_POWER: f32 = 1e-6;

type Spectrum = [Complex<f32>; BINS];

/// Averages for one delay.
#[derive(Clone)]
struct Averages {
    cross: Spectrum,
    played: [f32; BINS],
    heard: [f32; BINS],
    /// Windows so far.
    seen: u8,
}

/// Measures the coherence of what is heard with what is played.
pub(super) struct Coupling {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Box<[f32; WINDOW]>,
    input: Vec<f32>,
    output: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    played: Box<[f32; WINDOW]>,
    heard: Box<[f32; WINDOW]>,
    /// Spectra of what was played, each of unit power, or `None` where it was silent; newest at `newest`.
    past: Vec<Option<Spectrum>>,
    newest: usize,
    averages: Vec<Averages>,
    /// Of each delay when it was computed last: half of them every time, which is half the cost.
    coherence: [f32; DELAYS],
    half: usize,
    odd: bool,
}

/// What 20 ms told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sign {
    /// The highest coherence of all delays, 0.0..=1.0.
    pub coherence: f32,
    /// Something was played that could have been heard.
    pub playing: bool,
    /// Mean power of what was heard.
    pub heard_power: f32,
}

impl Coupling {
    pub(super) fn new() -> Self {
        let fft = RealFftPlanner::new().plan_fft_forward(WINDOW);
        let hann = |n: usize| 0.5 - 0.5 * ((n as f32 + 0.5) * std::f32::consts::TAU / WINDOW as f32).cos();
        let nothing = Averages { cross: [Complex::default(); BINS], played: [0.0; BINS], heard: [0.0; BINS], seen: 0 };
        Coupling {
            window: Box::new(std::array::from_fn(hann)),
            input: fft.make_input_vec(),
            output: fft.make_output_vec(),
            scratch: fft.make_scratch_vec(),
            fft,
            played: Box::new([0.0; WINDOW]),
            heard: Box::new([0.0; WINDOW]),
            past: vec![None; DELAYS],
            newest: 0,
            averages: vec![nothing; DELAYS],
            coherence: [0.0; DELAYS],
            half: 0,
            odd: false,
        }
    }

    /// Takes 10 ms of both at 8 kHz; every second time there is a sign.
    pub(super) fn look(&mut self, played: &[f32; RATE_8K_FRAME], heard: &[f32; RATE_8K_FRAME]) -> Option<Sign> {
        for (line, new) in [(&mut self.played, played), (&mut self.heard, heard)] {
            line.copy_within(RATE_8K_FRAME.., 0);
            line[WINDOW - RATE_8K_FRAME..].copy_from_slice(new);
        }
        self.odd = !self.odd;
        if self.odd {
            return None;
        }
        self.newest = (self.newest + 1) % DELAYS;
        let (spectrum, power) = self.spectrum(false);
        self.past[self.newest] = (power > LEAST_POWER).then_some(spectrum);
        let playing = self.past.iter().any(Option::is_some);
        let (spectrum, heard_power) = self.spectrum(true);
        if !playing {
            return Some(Sign { coherence: 0.0, playing, heard_power });
        }
        self.half = 1 - self.half;
        for (delay, averages) in self.averages.iter_mut().enumerate() {
            if let Some(played) = &self.past[(self.newest + DELAYS - delay) % DELAYS] {
                averages.update(played, &spectrum);
            }
            if delay % 2 == self.half {
                self.coherence[delay] = averages.coherence();
            }
        }
        let coherence = self.coherence.iter().copied().fold(0.0, f32::max);
        Some(Sign { coherence, playing, heard_power })
    }

    /// The bins we look at, scaled to unit power, and the power of the window.
    fn spectrum(&mut self, heard: bool) -> (Spectrum, f32) {
        let line = if heard { &self.heard } else { &self.played };
        for ((input, sample), window) in self.input.iter_mut().zip(line.iter()).zip(self.window.iter()) {
            *input = sample * window;
        }
        let power = line.iter().map(|s| s * s).sum::<f32>() / WINDOW as f32;
        self.fft
            .process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch)
            .expect("the buffers were made by this transform");
        let mut bins: Spectrum = [Complex::default(); BINS];
        bins.copy_from_slice(&self.output[FIRST_BIN..FIRST_BIN + BINS]);
        let energy: f32 = bins.iter().map(Complex::norm_sqr).sum();
        // Loud moments must not decide alone: every window counts the same.
        let scale = 1.0 / (energy + 1e-9).sqrt();
        bins.iter_mut().for_each(|bin| *bin *= scale);
        (bins, power)
    }
}

impl Averages {
    fn update(&mut self, played: &Spectrum, heard: &Spectrum) {
        self.seen = self.seen.saturating_add(1);
        for n in 0..BINS {
            let (x, y) = (played[n], heard[n]);
            self.cross[n] += (x.conj() * y - self.cross[n]) * SHARE;
            self.played[n] += (x.norm_sqr() - self.played[n]) * SHARE;
            self.heard[n] += (y.norm_sqr() - self.heard[n]) * SHARE;
        }
    }

    /// Power that the one explains of the other, in the mean over the spectrum.
    fn coherence(&self) -> f32 {
        if self.seen < FIRST {
            return 0.0;
        }
        let (mut common, mut whole) = (0.0f32, 0.0f32);
        for n in 0..BINS {
            let product = self.played[n] * self.heard[n];
            // Bins with more of what is played tell more.
            let weight = self.played[n].sqrt();
            common += weight * self.cross[n].norm_sqr() / (product + 1e-14);
            whole += weight;
        }
        common / (whole + 1e-12)
    }
}
