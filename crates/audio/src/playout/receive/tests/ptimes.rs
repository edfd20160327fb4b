//! Packets of other lengths than ours, and senders that are silent when nobody speaks.

use super::FrameKind::{ComfortNoise, Concealed, Fec, Normal};
use super::*;
use crate::codec::opus::{Encoder, EncoderConfig, MAX_PACKET_BYTES};

/// A sender whose packets hold so many milliseconds, heard for `seconds`; `sound(n)` is its sample n, `lost(k)` says whether packet k is.
fn hear(
    config: EncoderConfig,
    packet_ms: usize,
    seconds: usize,
    mut sound: impl Iterator<Item = f32>,
    lost: impl Fn(usize) -> bool,
) -> Heard {
    let mut encoder = Encoder::new(config).expect("valid");
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut heard = Heard::default();
    let (mut out, mut seq) = ([0; MAX_PACKET_BYTES], 0u16);
    for k in 0..seconds * 1000 / packet_ms {
        let pcm: Vec<f32> = sound.by_ref().take(packet_ms * 48).collect();
        let len = encoder.encode(&pcm, &mut out).expect("room");
        let now = Now::from_millis((k * packet_ms) as u64 + 5);
        // One or two bytes are what libopus returns for a packet that need not be sent: its number is not used.
        if len > 2 || !config.dtx {
            if !lost(k) {
                let (timestamp, codec, payload) = ((k * packet_ms * 48) as u32, CodecKind::Opus, &out[..len]);
                buffer.insert(Received { seq, timestamp, ssrc: SSRC, codec, redundant: false, payload }, now);
            }
            seq += 1;
        }
        for frame in 0..packet_ms as u64 / 10 {
            let (frame, kind) = buffer.next_frame(now + Duration::from_millis(frame * 10));
            heard.sound.extend_from_slice(&frame);
            heard.kinds.push(kind);
            heard.delays.push(buffer.stats().delay_ms);
            heard.most_waiting = heard.most_waiting.max(buffer.waiting());
        }
    }
    heard.stats = buffer.stats();
    heard
}

#[test]
fn packets_of_any_usual_length_are_played_whole() {
    // Packet time; the delay it may cost.
    for (packet_ms, most_delay) in [(10, 30), (20, 30), (40, 35), (60, 35)] {
        let heard = hear(EncoderConfig::default(), packet_ms, 6, voice::Voice::default(), |_| false);
        let invented = heard.count(Concealed) + heard.count(ComfortNoise);
        assert_eq!(invented, 0, "{packet_ms} ms: {:?}", runs(&heard.kinds));
        assert!(heard.mean_delay_ms(300) <= most_delay as f32, "{packet_ms} ms: {} ms", heard.mean_delay_ms(300));
        assert_eq!((heard.stats.late, heard.stats.malformed, heard.stats.starts), (0, 0, 1), "{packet_ms} ms");
    }
}

#[test]
fn a_lost_packet_of_any_usual_length_is_mended() {
    for packet_ms in [10, 20, 40, 60] {
        // Each tenth packet: so many frames are missing in the last eight seconds.
        let heard = hear(EncoderConfig::default(), packet_ms, 10, voice::Voice::default(), |k| k % 10 == 7);
        let settled = |kind: FrameKind| heard.kinds[200..].iter().filter(|other| **other == kind).count();
        let (normal, fec, concealed) = (settled(Normal), settled(Fec), settled(Concealed));
        assert!((700..=740).contains(&normal), "{packet_ms} ms: {:?}", runs(&heard.kinds));
        assert!(fec >= 40 && concealed <= 40, "{packet_ms} ms: {fec} restored, {concealed} invented");
    }
}

#[test]
fn a_sender_that_is_silent_between_words_loses_nothing() {
    let config = EncoderConfig { dtx: true, ..EncoderConfig::default() };
    // Two seconds of speech, two of hardly anything.
    let mut noise = Chance(3);
    let sound = voice::Voice::default().enumerate().map(move |(n, speech)| {
        let hiss = (noise.next() as f32 - 0.5) * 0.0005;
        if n / 96_000 % 2 == 0 { speech + hiss } else { hiss }
    });
    let heard = hear(config, 20, 12, sound, |_| false);
    let stats = heard.stats;
    assert!(stats.received < 560, "the sender paused: {stats:?}");
    assert_eq!((stats.loss.lost, stats.late, stats.starts), (0, 0, 1), "{stats:?}");
    assert!(heard.count(ComfortNoise) > 50, "{:?}", runs(&heard.kinds));
    assert!(stats.target_ms <= 40 && heard.mean_delay_ms(400) <= 45.0, "a pause is no jitter: {stats:?}");
    // Speech is back in its place, and the pause is quiet.
    for second in [1, 5, 9] {
        assert!(level::rms(&heard.sound[second * 48_000..][..24_000]) > 0.03, "speech at {second} s");
    }
    for second in [3, 7, 11] {
        assert!(level::rms(&heard.sound[second * 48_000..][..24_000]) < 0.003, "silence at {second} s");
    }
}
