//! Synthetic rooms: what a microphone hears of a loudspeaker and of a person, the same in every run.

#![allow(dead_code, reason = "each test takes what it needs")]

pub mod speech;

use rustfft::{FftPlanner, num_complex::Complex};
use speech::{Chance, Speaker};

pub const RATE: usize = 48_000;

/// One of the scenarios of docs/benchmarks.md, 60 s at most.
pub struct Room {
    /// What the loudspeaker plays.
    pub played: Vec<f32>,
    /// What the microphone hears of it.
    pub echo: Vec<f32>,
    /// What it hears of the person.
    pub near: Vec<f32>,
    /// And of everything else.
    pub noise: Vec<f32>,
}

impl Room {
    /// Overdriven loudspeaker, strong echo; 0–20 s far end only, 20–40 both, 40–50 near end only, 50–60 far end only.
    pub fn a() -> Room {
        let played = far_end(60, |t| !(40.0..50.0).contains(&t));
        let driven: Vec<f32> = played.iter().map(|s| (2.0 * s).tanh() / 2.0).collect();
        let near = near_end(60, |t| (20.0..50.0).contains(&t));
        Room { echo: delayed(&reverberant(&driven, 0.5), |_| 0.100), played, near, noise: microphone_noise(60) }
    }

    /// As A with the far end only; the way through the sound system grows from 60 to 140 ms at 20 s.
    pub fn b() -> Room {
        let played = far_end(40, |_| true);
        let driven: Vec<f32> = played.iter().map(|s| (2.0 * s).tanh() / 2.0).collect();
        let echo = delayed(&reverberant(&driven, 0.5), |t| if t < 20.0 { 0.060 } else { 0.140 });
        Room { echo, played, near: vec![0.0; 40 * RATE], noise: microphone_noise(40) }
    }

    /// The microphone's clock is 200 ppm slow: it hears everything a little faster than it was played.
    pub fn c() -> Room {
        let played = far_end(40, |_| true);
        let echo = delayed(&reverberant(&played, 0.5), |t| 0.080 - 200e-6 * t);
        Room { echo, played, near: vec![0.0; 40 * RATE], noise: microphone_noise(40) }
    }

    /// A weak linear echo; both speak from 15 s on.
    pub fn d() -> Room {
        let played = far_end(40, |_| true);
        let near = near_end(40, |t| t >= 15.0);
        Room { echo: delayed(&reverberant(&played, 0.12), |_| 0.060), played, near, noise: microphone_noise(40) }
    }

    /// A headset: nothing of what is played is heard; both speak.
    pub fn headset() -> Room {
        let played = far_end(40, |t| (t % 8.0) < 5.0);
        let near = near_end(40, |t| (t % 8.0) > 4.0);
        Room { echo: vec![0.0; played.len()], played, near, noise: microphone_noise(40) }
    }

    /// What the microphone gives.
    pub fn microphone(&self) -> Vec<f32> {
        (0..self.echo.len()).map(|n| (self.echo[n] + self.near[n] + self.noise[n]).clamp(-1.0, 1.0)).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "recordings are for measuring by hand; the tests make their own voices")]
fn recorded(name: &str, seconds: usize) -> Option<Vec<f32>> {
    let raw = std::fs::read(std::env::var_os(name)?).ok()?;
    let sound: Vec<f32> = raw.as_chunks::<2>().0.iter().map(|b| f32::from(i16::from_le_bytes(*b)) / 32_768.0).collect();
    Some(sound.into_iter().cycle().take(seconds * RATE).collect())
}

/// Loudest sample at −3 dBFS, and only while `on`.
fn gated(mut sound: Vec<f32>, on: impl Fn(f32) -> bool) -> Vec<f32> {
    let peak = sound.iter().fold(0.0f32, |peak, s| peak.max(s.abs()));
    sound.iter_mut().for_each(|s| *s *= 0.708 / peak);
    let mut gain = 0.0f32;
    for (n, sample) in sound.iter_mut().enumerate() {
        let step = if on(n as f32 / RATE as f32) { 1.0 } else { -1.0 } / 480.0;
        gain = (gain + step).clamp(0.0, 1.0);
        *sample *= gain;
    }
    sound
}

/// Somebody far away, while `on`.
fn far_end(seconds: usize, on: impl Fn(f32) -> bool) -> Vec<f32> {
    let sound = recorded("ROOM_FAR", seconds);
    gated(sound.unwrap_or_else(|| Speaker::new(1, 210.0).take(seconds * RATE).collect()), on)
}

/// Somebody in the room, while `on`.
fn near_end(seconds: usize, on: impl Fn(f32) -> bool) -> Vec<f32> {
    let sound = recorded("ROOM_NEAR", seconds);
    gated(sound.unwrap_or_else(|| Speaker::new(2, 115.0).take(seconds * RATE).collect()), on)
}

fn microphone_noise(seconds: usize) -> Vec<f32> {
    let mut chance = Chance::new(9);
    let amplitude = 10f32.powf(-65.0 / 20.0) * 3f32.sqrt();
    (0..seconds * RATE).map(|_| chance.even() * amplitude).collect()
}

/// Through a room with a reverberation time of 250 ms: a direct sound and exponentially decaying noise, of unit energy times `gain`.
fn reverberant(sound: &[f32], gain: f32) -> Vec<f32> {
    let mut chance = Chance::new(3);
    let mut response: Vec<f32> = (0..RATE / 4)
        .map(|n| chance.normal() * (-6.9078 * n as f32 / (0.25 * RATE as f32)).exp() * if n == 0 { 0.0 } else { 1.0 })
        .collect();
    response[0] = 4.0;
    let energy: f32 = response.iter().map(|s| s * s).sum();
    response.iter_mut().for_each(|tap| *tap *= gain / energy.sqrt());
    convolved(sound, &response)
}

fn convolved(sound: &[f32], response: &[f32]) -> Vec<f32> {
    let size = (2 * response.len()).next_power_of_two();
    let step = size - response.len();
    let mut planner = FftPlanner::new();
    let (forward, back) = (planner.plan_fft_forward(size), planner.plan_fft_inverse(size));
    let complex = |part: &[f32]| {
        let mut out: Vec<Complex<f32>> = part.iter().map(|s| Complex::new(*s, 0.0)).collect();
        out.resize(size, Complex::default());
        out
    };
    let mut filter = complex(response);
    forward.process(&mut filter);
    let mut out = vec![0.0; sound.len() + size];
    for (index, part) in sound.chunks(step).enumerate() {
        let mut block = complex(part);
        forward.process(&mut block);
        block.iter_mut().zip(&filter).for_each(|(a, b)| *a *= b);
        back.process(&mut block);
        for (to, from) in out[index * step..].iter_mut().zip(&block) {
            *to += from.re / size as f32;
        }
    }
    out.truncate(sound.len());
    out
}

/// Delayed by a time that may change, seconds; interpolated.
fn delayed(sound: &[f32], delay: impl Fn(f64) -> f64) -> Vec<f32> {
    let at = |n: i64| usize::try_from(n).ok().and_then(|n| sound.get(n)).copied().unwrap_or(0.0);
    (0..sound.len())
        .map(|n| {
            let place = n as f64 - delay(n as f64 / RATE as f64) * RATE as f64;
            let (whole, part) = (place.floor() as i64, (place - place.floor()) as f32);
            if part < 1e-6 {
                return at(whole);
            }
            // Windowed sinc over sixteen samples.
            (-7..=8i64)
                .map(|k| {
                    let x = std::f32::consts::PI * (k as f32 - part);
                    let window = 0.5 + 0.5 * (x / 9.0).cos();
                    at(whole + k) * window * if x.abs() < 1e-6 { 1.0 } else { x.sin() / x }
                })
                .sum()
        })
        .collect()
}

/// Power of a stretch, seconds.
pub fn power(sound: &[f32], from: f32, to: f32) -> f64 {
    let part = &sound[(from * RATE as f32) as usize..((to * RATE as f32) as usize).min(sound.len())];
    part.iter().map(|s| f64::from(s * s)).sum::<f64>() / part.len().max(1) as f64
}

pub fn db(ratio: f64) -> f64 {
    10.0 * ratio.max(1e-30).log10()
}
