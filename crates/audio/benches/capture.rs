//! Time of the microphone's path per 10 ms frame: `cargo bench -p audio --bench capture`.

#[path = "../tests/rooms/speech.rs"]
#[allow(dead_code, reason = "only the voice is needed")]
mod speech;
mod timing;

use audio::Frame;
use audio::capture::{CaptureChain, EchoMode, Microphone, NoiseMode, Reference};

fn voice(seed: u64, pitch: f32) -> Vec<Frame> {
    let mut voice = speech::Speaker::new(seed, pitch);
    (0..2000).map(|_| std::array::from_fn(|_| 0.3 * voice.next().unwrap_or(0.0))).collect()
}

fn main() {
    let (played, near) = (voice(1, 210.0), voice(2, 115.0));
    let mut chance = 1u32;
    let mut hiss = || {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        chance as i32 as f32 / 2_147_483_648.0
    };
    // −55 dBFS: a fan.
    let noise: Vec<Frame> = (0..100).map(|_| std::array::from_fn(|_| 0.003 * hiss())).collect();
    let chain = |name: &str, settings: Microphone, echo: f32, loudness: f32| {
        let mut chain = CaptureChain::new(settings);
        // Ten seconds to settle: by then the canceller has stepped back where there is no echo.
        let mut step = |n: usize| {
            let (played, near, noise) = (&played[n % 2000], &near[n % 2000], &noise[n % 100]);
            let heard: Frame = std::array::from_fn(|k| {
                0.5 * near[k] * f32::from(n % 700 > 350) + echo * played[k] + loudness * noise[k]
            });
            chain.render(played);
            chain.process(&heard, false)
        };
        for n in 0..1500 {
            std::hint::black_box(step(n));
        }
        timing::per_call(name, 20, step);
    };
    let full = Microphone { echo: EchoMode::On, ..Microphone::WHOLE };
    let off = Microphone { echo: EchoMode::Off, ..Microphone::WHOLE };
    let no_noise = |settings| Microphone { noise: NoiseMode::Off, ..settings };
    let strong = |settings| Microphone { noise: NoiseMode::Strong, ..settings };
    chain("full chain (echo, standard noise, gain)", full, 0.3, 1.0);
    chain("full chain, strong noise", strong(full), 0.3, 1.0);
    chain("echo alone", Microphone { echo: EchoMode::On, ..Microphone::UNTOUCHED }, 0.3, 1.0);
    chain("headset: Auto stepped back, standard noise", Microphone::WHOLE, 0.0, 1.0);
    chain("headset in a quiet room", Microphone::WHOLE, 0.0, 0.0);
    chain("echo off, standard noise", off, 0.0, 1.0);
    chain("echo off, strong noise", strong(off), 0.0, 1.0);
    chain("high-pass, gain, limiter, speech detector", no_noise(off), 0.0, 1.0);
    chain("untouched (speech detector alone)", Microphone::UNTOUCHED, 0.0, 1.0);
    for (name, exact) in [("reference, clocks corrected", true), ("reference, only watched", false)] {
        let mut reference = Reference::default();
        timing::per_call(name, 20, |n| {
            reference.play(&played[n % 2000], exact);
            reference.next_frame()
        });
    }
}
