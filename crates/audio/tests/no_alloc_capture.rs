//! What the microphone's path and the sending codecs take from the allocator per frame.

mod counting;

use audio::Frame;
use audio::capture::{CaptureChain, EchoMode, Microphone, NoiseMode, Reference};
use audio::codec::VoiceEncoder;
use audio::codec::protect::Protection;
use base::{CodecKind, Pt, Ptime};
use counting::allocations_so_far;

/// Allocations over 200 calls, after 50 to settle.
fn allocations(mut call: impl FnMut(usize)) -> u64 {
    (0..50).for_each(&mut call);
    let before = allocations_so_far();
    (50..250).for_each(&mut call);
    allocations_so_far() - before
}

fn sound(n: usize) -> Frame {
    std::array::from_fn(|k| ((n * 480 + k) as f32 / 17.0).sin() * 0.2 + ((n * 480 + k) as f32 / 5.3).sin() * 0.1)
}

#[test]
fn every_sending_codec_works_without_the_allocator() {
    for kind in [CodecKind::Opus, CodecKind::G722, CodecKind::Pcmu, CodecKind::Pcma] {
        let mut encoder = VoiceEncoder::new(kind, Ptime(20)).expect("valid");
        encoder.offer_red(Some(Pt(111)));
        let count = allocations(|n| {
            let protection = Protection { red: n % 40 < 20, loss_percent: (n % 30) as u8 + 5, ..Protection::default() };
            encoder.protect(&protection).expect("valid");
            encoder.encode(&sound(n)).expect("room");
        });
        assert_eq!(count, 0, "{kind:?}");
    }
}

#[test]
fn the_headset_path_and_the_reference_work_without_the_allocator() {
    for noise in [NoiseMode::Off, NoiseMode::Standard] {
        let settings = Microphone { echo: EchoMode::Off, noise, gain: true, high_pass: true };
        let mut chain = CaptureChain::new(settings);
        let mut reference = Reference::default();
        let count = allocations(|n| {
            reference.play(&sound(n + 7), true);
            chain.render(&reference.next_frame());
            chain.process(&sound(n), n % 50 < 5);
        });
        assert_eq!(count, 0, "{noise:?} noise suppression");
    }
}

/// AEC3's and RNNoise's ports allocate small vectors inside; they run on the worker's thread only. The bound keeps an eye on it.
#[test]
fn the_libraries_allocations_do_not_grow() {
    for (name, echo, noise, most_per_frame) in [
        ("echo canceller", EchoMode::On, NoiseMode::Off, 400),
        ("watching for echo", EchoMode::Auto, NoiseMode::Off, 400),
        ("strong noise suppression", EchoMode::Off, NoiseMode::Strong, 60),
    ] {
        let mut chain = CaptureChain::new(Microphone { echo, noise, gain: true, high_pass: true });
        let count = allocations(|n| {
            chain.render(&sound(n + 7));
            chain.process(&sound(n), false);
        });
        println!("{name}: {} allocations a frame", count as f32 / 200.0);
        assert!(count <= most_per_frame * 200, "{name}: {} a frame", count / 200);
    }
}
