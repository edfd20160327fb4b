//! Time of the microphone's path per 10 ms frame: `cargo bench -p audio --bench capture`.

#[path = "../tests/rooms/speech.rs"]
#[allow(dead_code, reason = "only the voice is needed")]
mod speech;
mod timing;

use audio::Frame;
use audio::capture::{CaptureChain, DriftCorrector, EchoMode, Microphone, NoiseMode};

fn voice(seed: u64, pitch: f32) -> Vec<Frame> {
    let mut voice = speech::Speaker::new(seed, pitch);
    (0..2000).map(|_| std::array::from_fn(|_| 0.3 * voice.next().unwrap_or(0.0))).collect()
}

fn main() {
    let (played, near) = (voice(1, 210.0), voice(2, 115.0));
    let chain = |name: &str, settings: Microphone, echo: f32| {
        let mut chain = CaptureChain::new(settings);
        // Ten seconds to settle: by then the canceller has stepped back where there is no echo.
        let mut step = |n: usize| {
            let (played, near) = (&played[n % 2000], &near[n % 2000]);
            let heard: Frame = std::array::from_fn(|k| 0.5 * near[k] * f32::from(n % 700 > 350) + echo * played[k]);
            chain.render(played);
            chain.process(&heard, false)
        };
        for n in 0..1500 {
            std::hint::black_box(step(n));
        }
        timing::per_call(name, 20, step);
    };
    let full = Microphone { echo: EchoMode::On, ..Microphone::default() };
    let off = Microphone { echo: EchoMode::Off, ..Microphone::default() };
    chain("full chain (echo, standard noise, gain)", full, 0.3);
    chain("full chain, strong noise", Microphone { noise: NoiseMode::Strong, ..full }, 0.3);
    chain("echo alone", Microphone { echo: EchoMode::On, ..Microphone::UNTOUCHED }, 0.3);
    chain("headset: Auto stepped back, standard noise", Microphone::default(), 0.0);
    chain(
        "headset: Auto stepped back, no noise stage",
        Microphone { noise: NoiseMode::Off, ..Microphone::default() },
        0.0,
    );
    chain("echo off, standard noise", off, 0.0);
    chain("echo off, strong noise", Microphone { noise: NoiseMode::Strong, ..off }, 0.0);
    chain("high-pass, gain, limiter, speech detector", Microphone { noise: NoiseMode::Off, ..off }, 0.0);
    chain("untouched (speech detector alone)", Microphone::UNTOUCHED, 0.0);
    let mut corrector = DriftCorrector::new(480);
    timing::per_call("drift corrector", 20, |n| {
        corrector.measure(480 + n % 3);
        let mut count = 0;
        corrector.process(&near[n % 2000], |samples| count += samples.len());
        count
    });
}
