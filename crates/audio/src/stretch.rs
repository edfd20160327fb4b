//! Faster or slower speech of the same pitch (WSOLA: waveform similarity overlap-add, Verhelst and Roelands 1993).

use std::collections::VecDeque;

use base::FRAME_SAMPLES;

use crate::Frame;

/// Each step puts out this much, and joins it with the step before over as much: 10 ms.
const HOP: usize = FRAME_SAMPLES;
/// How far a piece may be from where it should come from, so that it fits what went before: 8 ms, a period of a low voice.
const SEARCH: usize = 384;
/// Every so many samples are compared: enough to see where periods agree.
const STRIDE: usize = 4;

/// Takes samples, gives 10 ms at another speed. The sound comes out 20 ms late.
#[derive(Clone, Debug)]
pub struct Stretch {
    speed: f32,
    /// What was taken and may still be needed.
    waiting: VecDeque<f32>,
    /// Where the next piece should begin in `waiting`, with what is left of a sample.
    nominal: f64,
    /// What would follow the last piece by nature.
    tail: Option<Frame>,
}

impl Stretch {
    /// 0.5..=2.0 times as fast; outside of that, the nearest.
    #[must_use]
    pub fn new(speed: f32) -> Self {
        let speed = if speed.is_finite() { speed.clamp(0.5, 2.0) } else { 1.0 };
        Stretch { speed, waiting: VecDeque::new(), nominal: 0.0, tail: None }
    }

    /// Takes what was recorded.
    pub fn push(&mut self, samples: &[f32]) {
        self.waiting.extend(samples);
    }

    /// The next 10 ms; `None`: it needs more.
    pub fn next_frame(&mut self) -> Option<Frame> {
        let nominal = self.nominal as usize;
        if self.waiting.len() < nominal + SEARCH + 2 * HOP {
            return None;
        }
        let at = match &self.tail {
            None => nominal,
            Some(tail) => self.best(tail, nominal),
        };
        let piece = |n: usize| self.waiting[at + n];
        let frame = match &self.tail {
            None => std::array::from_fn(piece),
            Some(tail) => std::array::from_fn(|n| {
                let rise = 0.5 - 0.5 * (std::f32::consts::PI * (n as f32 + 0.5) / HOP as f32).cos();
                tail[n] * (1.0 - rise) + piece(n) * rise
            }),
        };
        self.tail = Some(std::array::from_fn(|n| piece(HOP + n)));
        self.nominal += HOP as f64 * f64::from(self.speed);
        // The search goes back from where the next piece should begin.
        let done = (self.nominal as usize).saturating_sub(SEARCH);
        self.waiting.drain(..done);
        self.nominal -= done as f64;
        Some(frame)
    }

    /// Where a piece fits best: the largest correlation, by the size of what is there.
    fn best(&self, tail: &Frame, nominal: usize) -> usize {
        if self.speed == 1.0 {
            return nominal;
        }
        let score = |at: usize| {
            let (mut product, mut energy) = (0.0, 1e-6);
            for n in (0..HOP).step_by(STRIDE) {
                let sample = self.waiting[at + n];
                product += sample * tail[n];
                energy += sample * sample;
            }
            product / energy.sqrt()
        };
        let candidates = (nominal.saturating_sub(SEARCH)..=nominal + SEARCH).step_by(2);
        candidates.map(|at| (at, score(at))).max_by(|a, b| a.1.total_cmp(&b.1)).map_or(nominal, |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::spectrum::{loudest, tone_level};

    fn stretched(speed: f32, sound: &[f32]) -> Vec<f32> {
        let mut stretch = Stretch::new(speed);
        let mut out = Vec::new();
        for chunk in sound.chunks(960) {
            stretch.push(chunk);
            while let Some(frame) = stretch.next_frame() {
                out.extend_from_slice(&frame);
            }
        }
        out
    }

    #[test]
    fn the_length_changes_and_the_pitch_does_not() {
        let sound: Vec<f32> =
            (0..96_000).map(|n| 0.5 * (n as f32 * 220.0 / 48_000.0 * std::f32::consts::TAU).sin()).collect();
        for speed in [0.75, 1.0, 1.25, 1.5, 2.0] {
            let out = stretched(speed, &sound);
            let expected = 96_000.0 / speed;
            assert!((out.len() as f32 - expected).abs() < 2000.0, "{speed}: {} of {expected}", out.len());
            let middle = &out[4800..4800 + 24_000];
            assert!((loudest(middle, 48_000) - 220.0).abs() < 4.0, "{speed}");
            let (level, rest) = tone_level(middle, 48_000, 220.0);
            assert!(level > 0.45 && rest < 0.05, "{speed}: {level}, {rest}");
            let step = out.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
            assert!(step < 0.03, "{speed}: no click, {step}");
        }
    }

    #[test]
    fn at_its_own_speed_it_is_the_same_sound() {
        let sound: Vec<f32> = (0..9600).map(|n| ((n * 7919) % 1000) as f32 / 2000.0).collect();
        let out = stretched(1.0, &sound);
        assert!(out.len() > 7000);
        assert!(out.iter().zip(&sound).all(|(a, b)| (a - b).abs() < 1e-5));
    }

    #[test]
    fn nonsense_is_brought_into_range() {
        for speed in [f32::NAN, -1.0, 0.0, 1e9] {
            assert!(!stretched(speed, &[0.1; 9600]).is_empty());
        }
    }
}
