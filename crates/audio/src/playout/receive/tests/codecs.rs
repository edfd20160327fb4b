//! Other ways of writing speech, and deep redundancy.

use super::FrameKind::{ComfortNoise, Concealed, Dred, Normal};
use super::*;
use crate::codec::cng::Sid;
use crate::codec::opus::{Encoder, EncoderConfig, MAX_PACKET_BYTES};
use crate::codec::spectrum::tone_level;
use crate::codec::{g711, g722};
use base::Dbfs;

/// 440 Hz at this rate, from the sample `from` on.
fn tone(rate: u32, from: usize, count: usize) -> Vec<f32> {
    let at = |n: usize| 0.4 * (n as f32 * std::f32::consts::TAU * 440.0 / rate as f32).sin();
    (from..from + count).map(at).collect()
}

struct Sender {
    opus: Encoder,
    g722: g722::Encoder,
}

impl Sender {
    fn new() -> Self {
        Sender { opus: Encoder::new(EncoderConfig::default()).expect("valid"), g722: g722::Encoder::new() }
    }

    /// Packet `k` of 20 ms and the duration in ticks.
    fn packet(&mut self, codec: CodecKind, k: usize) -> (Vec<u8>, u32) {
        let mut out = vec![0; MAX_PACKET_BYTES];
        let len = match codec {
            CodecKind::Opus => self.opus.encode(&tone(48_000, k * 960, 960), &mut out).expect("room"),
            CodecKind::Pcmu => g711::encode_ulaw(&tone(8000, k * 160, 160), &mut out),
            CodecKind::Pcma => g711::encode_alaw(&tone(8000, k * 160, 160), &mut out),
            CodecKind::G722 => self.g722.encode(&tone(16_000, k * 320, 320), &mut out),
            CodecKind::ComfortNoise => Sid::new(Dbfs(-50.0), &[]).write(&mut out),
        };
        out.truncate(len);
        (out, codec.clock_rate() / 50)
    }
}

/// Plays packet k of 20 ms with `codec(k)`; `None` is lost.
fn play_codecs(count: usize, codec: impl Fn(usize) -> CodecKind, lost: impl Fn(usize) -> bool) -> Heard {
    let mut sender = Sender::new();
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut heard = Heard::default();
    let mut timestamp = 77u32;
    for k in 0..count {
        let (payload, ticks) = sender.packet(codec(k), k);
        let now = Now::from_millis(k as u64 * 20 + 5);
        if !lost(k) {
            let (seq, ssrc, codec) = (k as u16, SSRC, codec(k));
            buffer.insert(Received { seq, timestamp, ssrc, codec, redundant: false, payload: &payload }, now);
        }
        timestamp = timestamp.wrapping_add(ticks);
        for half in 0..2 {
            let (frame, kind) = buffer.next_frame(now + Duration::from_millis(half * 10));
            heard.sound.extend_from_slice(&frame);
            heard.kinds.push(kind);
        }
    }
    heard.stats = buffer.stats();
    heard
}

#[test]
fn every_codec_is_heard() {
    for codec in [CodecKind::Opus, CodecKind::Pcmu, CodecKind::Pcma, CodecKind::G722] {
        let heard = play_codecs(100, |_| codec, |_| false);
        let (level, rest) = tone_level(&heard.sound[48_000..], 48_000, 440.0);
        assert!((level - 0.4).abs() < 0.05 && rest < 0.03, "{codec:?}: level {level}, rest {rest}");
        assert_eq!(heard.count(Normal), 200, "{codec:?}: {:?}", runs(&heard.kinds));
    }
}

#[test]
fn a_change_of_codec_in_mid_call_is_not_heard_as_a_gap() {
    let order = [CodecKind::Opus, CodecKind::Pcmu, CodecKind::G722, CodecKind::Pcma, CodecKind::Opus];
    let heard = play_codecs(250, |k| order[k / 50], |_| false);
    assert_eq!((heard.stats.starts, heard.stats.late, heard.stats.malformed), (1, 0, 0), "{:?}", heard.stats);
    assert!(heard.count(Normal) >= 496, "{:?}", runs(&heard.kinds));
    assert!((5..=40).contains(&heard.stats.delay_ms), "{:?}", heard.stats);
    let quiet = heard.sound[9600..].chunks_exact(480).map(level::rms).fold(1.0, f32::min);
    assert!(quiet > 0.12, "a change is a hole: {quiet}");
    let steepest = heard.sound[9600..].windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    assert!(steepest < 0.15, "a change clicks: {steepest}");
}

#[test]
fn a_codec_without_concealment_gets_ours() {
    let heard = play_codecs(100, |_| CodecKind::Pcmu, |k| k % 20 == 10);
    assert!(heard.count(Concealed) >= 8, "{:?}", runs(&heard.kinds));
    let (level, rest) = tone_level(&heard.sound[19_200..91_200], 48_000, 440.0);
    assert!(level > 0.33 && rest < 0.12, "level {level}, rest {rest}");
}

#[test]
fn comfort_noise_fills_the_pause_and_speech_comes_back_in_time() {
    let heard = play_codecs(
        200,
        |k| if k == 100 { CodecKind::ComfortNoise } else { CodecKind::Pcma },
        |k| (101..150).contains(&k),
    );
    // The sender was silent from 2.0 to 3.0 s and numbered no packets: here they count as lost, and still noise is heard.
    let noise = level::rms(&heard.sound[48_000 * 5 / 2..48_000 * 14 / 5]);
    assert!(heard.count(ComfortNoise) >= 90, "{:?}", runs(&heard.kinds));
    assert!((0.001..0.01).contains(&noise), "noise at {noise}");
    assert!(heard.kinds[310..].iter().all(|kind| *kind == Normal), "{:?}", runs(&heard.kinds));
}

#[test]
fn bursts_are_filled_from_deep_redundancy_once_the_buffer_reaches_so_far() {
    let config = EncoderConfig { fec: false, loss_percent: 30, dred_ms: 1000, ..EncoderConfig::default() };
    let mut encoder = Encoder::new(config).expect("valid");
    let mut voice = voice::Voice::default();
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut kinds = Vec::new();
    let mut out = [0; MAX_PACKET_BYTES];
    for k in 0..1000usize {
        let pcm: [f32; 960] = std::array::from_fn(|_| voice.next().unwrap_or(0.0));
        let len = encoder.encode(&pcm, &mut out).expect("room");
        let now = Now::from_millis(k as u64 * 20 + 5);
        // Five of forty are lost.
        if k % 40 < 35 {
            let (seq, timestamp, payload) = (k as u16, k as u32 * 960, &out[..len]);
            let codec = CodecKind::Opus;
            buffer.insert(Received { seq, timestamp, ssrc: SSRC, codec, redundant: false, payload }, now);
        }
        kinds.extend([buffer.next_frame(now).1, buffer.next_frame(now + Duration::from_millis(10)).1]);
    }
    let stats = buffer.stats();
    let settled = |kind: FrameKind| kinds[1000..].iter().filter(|other| **other == kind).count();
    assert!(stats.target_ms >= 110, "{stats:?}");
    // 12 bursts of 10 frames each.
    assert!(settled(Dred) >= 80 && settled(Concealed) <= 40, "{} and {}", settled(Dred), settled(Concealed));
}
