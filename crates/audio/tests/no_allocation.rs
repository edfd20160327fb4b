//! The per-frame path does not allocate: the audio worker may call it in real time.

mod counting;

use std::time::Duration;

use audio::capture::CapturePath;
use audio::codec::opus::{Encoder, EncoderConfig, MAX_PACKET_BYTES};
use audio::playout::{Mixer, ReceiveBuffer, Received};
use audio::tones::{Tone, ToneGenerator};
use audio::{Bridge, Frame, Resampler, SILENT_FRAME, SampleFifo};
use base::{CodecKind, Now, SampleRate, Ssrc, SuperviseMode};
use counting::allocations_so_far;

/// A guest in a call, whose mode changes all the time.
#[test]
fn a_guest_does_not_allocate() {
    let modes = SuperviseMode::every();
    let mut bridge = Bridge::new(SuperviseMode::Listen);
    let voice: Frame = std::array::from_fn(|n| (n as f32 / 10.0).sin() * 0.6);
    let before = allocations_so_far();
    for step in 0..2000usize {
        if step % 37 == 0 {
            bridge.set(modes[step / 37 % modes.len()], step % 5 == 0);
        }
        bridge.hear(Some(&voice), Some(&voice));
        bridge.speak(&voice, step % 11 != 0);
    }
    assert_eq!(allocations_so_far() - before, 0);
}

/// Microphone at 44.1 kHz → packet → receive buffer (with loss) → mixer with a tone → 44.1 kHz.
#[test]
fn nothing_allocates_between_microphone_and_loudspeaker() {
    let mut capture = CapturePath::new(SampleRate(44_100)).expect("usual rate");
    let mut encoder = Encoder::new(EncoderConfig::default()).expect("default values are valid");
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut tone = ToneGenerator::new(Tone::Ringback, 1.0);
    let mut mixer = Mixer::default();
    let mut back = Resampler::new(SampleRate(48_000), SampleRate(44_100)).expect("usual rate");
    let mut played = SampleFifo::new(4410);
    let microphone: [f32; 441] = std::array::from_fn(|n| (n as f32 / 10.0).sin() * 0.3);
    let mut packet = [0u8; MAX_PACKET_BYTES];
    let mut pcm = [0.0; 960];
    let (mut half, mut sent) = (false, 0u16);
    let mut before = 0;
    for step in 0..600u64 {
        if step == 50 {
            before = allocations_so_far();
        }
        let now = Now::at(Duration::from_millis(step * 10));
        capture.push(&microphone);
        while let Some(frame) = capture.next_frame() {
            let muted = step % 7 == 0;
            pcm[if half { 480..960 } else { 0..480 }].copy_from_slice(if muted { &SILENT_FRAME } else { &frame });
            if half {
                let len = encoder.encode(&pcm, &mut packet).expect("room for any packet");
                // Single losses, a burst and an outage.
                if sent % 9 != 0 && !(100..104).contains(&sent) && !(150..180).contains(&sent) {
                    let (timestamp, ssrc, payload) = (u32::from(sent) * 960, Ssrc(1), &packet[..len]);
                    let codec = CodecKind::Opus;
                    buffer.insert(Received { seq: sent, timestamp, ssrc, codec, redundant: false, payload }, now);
                }
                sent += 1;
            }
            half = !half;
        }
        mixer.add(&buffer.next_frame(now).0);
        mixer.add(&tone.next_frame().expect("ringback repeats"));
        back.process(&mixer.finish(), |samples| {
            played.push(samples);
        });
        played.skip(441);
        capture.level();
    }
    let stats = buffer.stats();
    assert!(stats.fec_frames > 10 && stats.concealed_frames > 10, "the path was walked: {stats:?}");
    assert_eq!(allocations_so_far() - before, 0);
}
