//! What the receive side costs for each 10 ms of sound: `cargo bench -p audio --bench playout`.

use std::time::Duration;

use audio::codec::opus::{Encoder, EncoderConfig, MAX_PACKET_BYTES};
use audio::playout::{ReceiveBuffer, Received};
use base::{CodecKind, Now, Ssrc};
use criterion::{Criterion, criterion_group, criterion_main};

/// Pulses at a gliding pitch through a resonance: what a speech codec and a pitch search find plausible.
fn packets(config: EncoderConfig) -> Vec<Vec<u8>> {
    let mut encoder = Encoder::new(config).expect("valid values");
    let (mut n, mut phase, mut state) = (0u32, 0.0f32, [0.0f32; 2]);
    let mut sample = || {
        let seconds = n as f32 / 48_000.0;
        n += 1;
        phase += (120.0 + 25.0 * (seconds * 8.0).sin()) / 48_000.0;
        let pulse = if phase >= 1.0 { 0.6 } else { 0.0 };
        phase = phase.fract();
        let out = pulse + 1.985 * state[0] - 0.992 * state[1];
        state = [out, state[0]];
        (out * (0.2 + 0.8 * (seconds * 13.0).sin().abs()) * 0.1).clamp(-0.9, 0.9)
    };
    (0..500)
        .map(|_| {
            let pcm: [f32; 960] = std::array::from_fn(|_| sample());
            let mut out = [0; MAX_PACKET_BYTES];
            let len = encoder.encode(&pcm, &mut out).expect("room for any packet");
            out[..len].to_vec()
        })
        .collect()
}

/// A call that goes on for ever: one frame each time it is asked.
struct Call {
    buffer: ReceiveBuffer,
    packets: Vec<Vec<u8>>,
    frame: u64,
    lost: fn(u64) -> bool,
    delay_ms: fn(u64) -> u64,
}

impl Call {
    fn new(config: EncoderConfig, lost: fn(u64) -> bool, delay_ms: fn(u64) -> u64) -> Self {
        let buffer = ReceiveBuffer::new().expect("memory");
        let mut call = Call { buffer, packets: packets(config), frame: 0, lost, delay_ms };
        (0..2000).for_each(|_| call.step());
        call
    }

    fn step(&mut self) {
        let now_ms = self.frame * 10 + 1000;
        self.frame += 1;
        for number in (now_ms / 20).saturating_sub(20)..=now_ms / 20 {
            let arrives = number * 20 + (self.delay_ms)(number);
            if (now_ms - 9..=now_ms).contains(&arrives) && !(self.lost)(number) {
                let (seq, timestamp) = (number as u16, (number * 960) as u32);
                let payload = &self.packets[number as usize % self.packets.len()];
                let (ssrc, codec) = (Ssrc(1), CodecKind::Opus);
                let packet = Received { seq, timestamp, ssrc, codec, redundant: false, payload };
                self.buffer.insert(packet, Now::at(Duration::from_millis(now_ms)));
            }
        }
        std::hint::black_box(self.buffer.next_frame(Now::at(Duration::from_millis(now_ms))));
    }
}

fn each_frame(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("receive, each 10 ms");
    let plain = EncoderConfig::default();
    let deep = EncoderConfig { fec: false, loss_percent: 30, dred_ms: 1000, ..plain };
    let mut cases = [
        ("clean", Call::new(plain, |_| false, |_| 0)),
        ("10 % lost, FEC", Call::new(plain, |number| number % 10 == 3, |_| 0)),
        ("20 % lost in bursts, deep concealment", Call::new(plain, |number| number % 50 < 10, |_| 0)),
        ("20 % lost in bursts, DRED", Call::new(deep, |number| number % 50 < 10, |_| 0)),
        (
            "jitter that comes and goes, stretching",
            Call::new(plain, |_| false, |number| if number % 400 < 100 { number * 7 % 90 } else { 0 }),
        ),
        ("nothing comes", Call::new(plain, |number| number > 200, |_| 0)),
    ];
    for (name, call) in &mut cases {
        group.bench_function(*name, |bencher| bencher.iter(|| call.step()));
    }
    group.finish();
}

criterion_group!(benches, each_frame);
criterion_main!(benches);
