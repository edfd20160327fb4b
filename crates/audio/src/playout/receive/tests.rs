//! Packets with arrival times in, kinds of frames out.

mod codecs;
mod corners;
mod protocol;
mod ptimes;
mod traces;

use std::sync::LazyLock;
use std::time::Duration;

use super::*;
use crate::codec::voice;
use crate::level;
use crate::playout::LossPicture;

const SSRC: Ssrc = Ssrc(0x1234);

/// Two seconds of speech.
static PACKETS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| voice::packets(100));

/// One packet on the wire.
#[derive(Clone, Copy)]
struct Sent {
    arrives_us: u64,
    index: usize,
    ssrc: Ssrc,
    seq: u16,
    timestamp: u32,
}

/// Packets `0..count` from the given first numbers, one each 20 ms.
fn stream(count: usize, first_seq: u16, first_timestamp: u32) -> Vec<Sent> {
    (0..count)
        .map(|k| Sent {
            arrives_us: k as u64 * 20_000 + 4000,
            index: k,
            ssrc: SSRC,
            seq: first_seq.wrapping_add(k as u16),
            timestamp: first_timestamp.wrapping_add(k as u32 * 960),
        })
        .collect()
}

#[derive(Default)]
struct Heard {
    kinds: Vec<FrameKind>,
    sound: Vec<f32>,
    stats: ReceiveStats,
    /// Delay after each frame, milliseconds.
    delays: Vec<u32>,
    most_waiting: i64,
}

impl Heard {
    fn count(&self, kind: FrameKind) -> usize {
        self.kinds.iter().filter(|other| **other == kind).count()
    }

    fn mean_delay_ms(&self, from_frame: usize) -> f32 {
        let delays = &self.delays[from_frame..];
        delays.iter().sum::<u32>() as f32 / delays.len() as f32
    }

    /// The steepest step between samples in this range of frames, compared with what `Voice` does by itself (about 0.3).
    fn steepest(&self, frames: std::ops::Range<usize>) -> f32 {
        let sound = &self.sound[frames.start * FRAME_SAMPLES..frames.end * FRAME_SAMPLES];
        sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
    }
}

fn received(packet: &Sent, payload: &'static [u8]) -> Received<'static> {
    let Sent { seq, timestamp, ssrc, .. } = *packet;
    Received { seq, timestamp, ssrc, codec: CodecKind::Opus, redundant: false, payload }
}

/// Plays `frames` frames; the payload of packet k is `PACKETS[k % len]`.
fn play(mut sent: Vec<Sent>, frames: usize) -> Heard {
    let payloads: &'static [Vec<u8>] = &PACKETS;
    sent.sort_by_key(|packet| packet.arrives_us);
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut heard = Heard::default();
    let mut waiting = sent.into_iter().peekable();
    for k in 0..frames as u64 {
        let now_us = k * 10_000;
        while let Some(packet) = waiting.next_if(|packet| packet.arrives_us <= now_us) {
            let at = Now::at(Duration::from_micros(packet.arrives_us));
            buffer.insert(received(&packet, &payloads[packet.index % payloads.len()]), at);
        }
        let (frame, kind) = buffer.next_frame(Now::at(Duration::from_micros(now_us)));
        heard.kinds.push(kind);
        heard.sound.extend_from_slice(&frame);
        heard.delays.push(buffer.stats().delay_ms);
        heard.most_waiting = heard.most_waiting.max(buffer.waiting());
    }
    heard.stats = buffer.stats();
    heard
}

/// Run-length form: `[(Silence, 1), (Normal, 99)]`.
fn runs(kinds: &[FrameKind]) -> Vec<(FrameKind, usize)> {
    let mut runs: Vec<(FrameKind, usize)> = Vec::new();
    for kind in kinds {
        match runs.last_mut() {
            Some((last, count)) if last == kind => *count += 1,
            _ => runs.push((*kind, 1)),
        }
    }
    runs
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Chance(u64);

impl Chance {
    /// 0.0..1.0
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
