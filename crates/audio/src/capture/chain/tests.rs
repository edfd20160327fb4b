use super::*;
use crate::codec::spectrum::tone_level;
use crate::codec::voice::Voice;

const ALL: Microphone = Microphone { echo: EchoMode::On, noise: NoiseMode::Strong, gain: true, high_pass: true };

fn tone(hz: f32, amplitude: f32, seconds: usize) -> Vec<Frame> {
    (0..seconds * 100)
        .map(|frame| {
            std::array::from_fn(|n| {
                amplitude * ((frame * 480 + n) as f32 * std::f32::consts::TAU * hz / 48_000.0).sin()
            })
        })
        .collect()
}

fn voice(gain: f32, seconds: usize) -> Vec<Frame> {
    let mut voice = Voice::default();
    (0..seconds * 100).map(|_| std::array::from_fn(|_| gain * voice.next().unwrap_or(0.0))).collect()
}

/// A little noise, the same every time: digital silence is nowhere in the world.
fn room(amplitude: f32) -> impl FnMut() -> Frame {
    let mut chance = 1u32;
    move || {
        std::array::from_fn(|_| {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            amplitude * (chance as i32 as f32 / 2_147_483_648.0)
        })
    }
}

fn run(chain: &mut CaptureChain, frames: &[Frame]) -> Vec<f32> {
    let mut out = Vec::new();
    for frame in frames {
        chain.render(&SILENT_FRAME);
        out.extend_from_slice(&chain.process(frame, false));
    }
    out
}

/// By how many samples `out` is behind `sound`.
fn delay(sound: &[Frame], out: &[f32]) -> usize {
    let sound = sound.concat();
    let part = &sound[24_000..48_000];
    let likeness = |lag: usize| part.iter().zip(&out[24_000 + lag..]).map(|(a, b)| a * b).sum::<f32>();
    (0..1500).max_by(|a, b| likeness(*a).total_cmp(&likeness(*b))).expect("lags")
}

#[test]
fn untouched_is_bit_exact() {
    let sound = voice(0.7, 1);
    assert_eq!(run(&mut CaptureChain::new(Microphone::UNTOUCHED), &sound), sound.concat());
}

/// The table in the module's head.
#[test]
fn each_stage_adds_the_delay_that_is_said() {
    use NoiseMode::{Off, Standard, Strong};
    let sound = voice(0.7, 3);
    for (echo, noise, least_ms, most_ms) in [
        (EchoMode::Off, Off, 0.0, 0.6),
        (EchoMode::Off, Standard, 6.0, 8.0),
        (EchoMode::Off, Strong, 9.5, 10.5),
        (EchoMode::On, Off, 6.0, 8.0),
        (EchoMode::On, Standard, 12.0, 14.0),
    ] {
        let mut chain = CaptureChain::new(Microphone { echo, noise, gain: true, high_pass: true });
        let out = run(&mut chain, &sound);
        let ms = delay(&sound, &out) as f32 / 48.0;
        assert!((least_ms..=most_ms).contains(&ms), "{echo:?} with {noise:?} noise suppression delays by {ms} ms");
    }
}

#[test]
fn settings_change_in_mid_call_without_a_click() {
    let sound = tone(500.0, 0.3, 1);
    let mut chain = CaptureChain::new(Microphone::UNTOUCHED);
    let mut loudest_step = 0.0f32;
    let mut last = 0.0;
    let mut settings = Microphone::UNTOUCHED;
    for round in 0..12u32 {
        settings.high_pass = round & 1 != 0;
        settings.echo = if round & 2 != 0 { EchoMode::On } else { EchoMode::Off };
        settings.noise = [NoiseMode::Off, NoiseMode::Standard, NoiseMode::Strong][round as usize % 3];
        chain.set(settings);
        for sample in run(&mut chain, &sound) {
            loudest_step = loudest_step.max((sample - last).abs());
            last = sample;
        }
    }
    // The tone itself moves by 0.02 a sample at most; a click would be ten times that.
    assert!(loudest_step < 0.045, "{loudest_step}");
}

#[test]
fn muted_is_digital_silence_and_the_hint_comes_for_speech_only() {
    let mut chain = CaptureChain::new(Microphone { echo: EchoMode::Off, ..Microphone::WHOLE });
    let mut room = room(0.001);
    let mut hints = Vec::new();
    let mut say = |chain: &mut CaptureChain, frames: &[Frame], muted: bool| {
        let mut silent = true;
        for (n, frame) in frames.iter().enumerate() {
            let noise = room();
            let heard: Frame = std::array::from_fn(|k| frame[k] + noise[k]);
            chain.render(&SILENT_FRAME);
            let out = chain.process(&heard, muted);
            silent &= n == 0 || out == SILENT_FRAME;
        }
        hints.push(chain.speaks_while_muted());
        silent
    };
    let quiet = vec![SILENT_FRAME; 300];
    let speech = voice(0.5, 2);
    assert!(!say(&mut chain, &quiet, false));
    assert!(say(&mut chain, &quiet, true), "muted, only the room");
    assert!(say(&mut chain, &speech, true), "muted, speaking");
    assert!(say(&mut chain, &quiet, true), "muted, silent again");
    assert!(say(&mut chain, &speech, true));
    assert!(!say(&mut chain, &speech[..10], false), "heard again at once");
    assert_eq!(hints, [false, false, true, false, true, false]);
}

#[test]
fn clicks_and_hum_are_not_speech() {
    let mut detector = SpeechDetector::new();
    let mut room = room(0.001);
    let mut speaks = 0;
    for n in 0..1000usize {
        let mut frame = room();
        // A keyboard: 20 ms of decaying noise, four times a second; a steady hum.
        if n % 25 < 2 {
            let key = room();
            (0..480).for_each(|k| frame[k] += 150.0 * key[k] * (-((n % 25 * 480 + k) as f32) / 200.0).exp());
        }
        (0..480)
            .for_each(|k| frame[k] += 0.02 * ((n * 480 + k) as f32 * std::f32::consts::TAU * 100.0 / 48_000.0).sin());
        speaks += usize::from(detector.hear(&frame) && n > 300);
    }
    assert_eq!(speaks, 0);
    let voiced = voice(0.3, 3).iter().filter(|frame| detector.hear(frame)).count();
    assert!(voiced > 240, "{voiced} of 300 frames");
}

#[test]
fn quiet_speech_is_brought_up_and_loud_speech_never_clips() {
    let settings = Microphone { echo: EchoMode::Off, noise: NoiseMode::Off, gain: true, high_pass: true };
    let level = |out: &[f32]| 20.0 * crate::level::rms(out).log10();
    let quiet = voice(0.03, 12);
    let out = run(&mut CaptureChain::new(settings), &quiet);
    let gained = level(&out[480_000..]) - level(&quiet.concat()[480_000..]);
    assert!((12.0..31.0).contains(&gained), "{gained} dB");
    let loud: Vec<Frame> = voice(1.0, 4).iter().map(|frame| frame.map(|s| (s * 4.0).clamp(-1.0, 1.0))).collect();
    let out = run(&mut CaptureChain::new(settings), &loud);
    assert!(out.iter().all(|s| s.abs() <= 0.8911));
}

#[test]
fn a_tone_passes_the_bands_unharmed() {
    let settings = Microphone { echo: EchoMode::On, ..Microphone::UNTOUCHED };
    for hz in [300.0, 3000.0, 7000.0, 12_000.0] {
        let out = run(&mut CaptureChain::new(settings), &tone(hz, 0.3, 2));
        let (level, _) = tone_level(&out[48_000..], 48_000, hz);
        assert!((20.0 * (level / 0.3).log10()).abs() < 1.0, "{hz} Hz: {level}");
    }
}

#[test]
fn nonsense_samples_do_not_stay() {
    let mut chain = CaptureChain::new(ALL);
    chain.render(&[f32::INFINITY; 480]);
    let _ = chain.process(&[f32::NAN; 480], false);
    let out = run(&mut chain, &voice(0.5, 2));
    assert!(out[48_000..].iter().all(|s| s.is_finite()), "one bad frame must not silence the call");
}
