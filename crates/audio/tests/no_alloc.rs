//! The receive buffer takes its memory when it is made: neither loss nor jitter nor a change of stream or codec allocates.

mod counting;

use std::time::Duration;

use audio::codec::opus::{Encoder, EncoderConfig, MAX_PACKET_BYTES};
use audio::playout::{ReceiveBuffer, Received};
use base::{CodecKind, Now, Ssrc};
use counting::allocations_so_far;

/// Something with a pitch that wanders, so that stretching finds work.
fn packets(count: usize) -> Vec<Vec<u8>> {
    let mut encoder = Encoder::new(EncoderConfig::default()).expect("default values are valid");
    let mut phase = 0.0f32;
    (0..count)
        .map(|k| {
            let pcm: [f32; 960] = std::array::from_fn(|_| {
                phase = (phase + (110.0 + 30.0 * (k as f32 / 17.0).sin()) / 48_000.0).fract();
                0.3 * (phase * std::f32::consts::TAU).sin() + 0.2 * (phase * 3.0 * std::f32::consts::TAU).sin()
            });
            let mut packet = [0; MAX_PACKET_BYTES];
            let len = encoder.encode(&pcm, &mut packet).expect("room for any packet");
            packet[..len].to_vec()
        })
        .collect()
}

/// Another codec each second: there and back between all of them, with losses and a pause with comfort noise.
#[test]
fn a_change_of_codec_does_not_allocate() {
    use CodecKind::{ComfortNoise, G722, Opus, Pcma, Pcmu};
    let opus = packets(50);
    // G.711 and G.722 have a byte for each tick of 8 kHz; any byte is sound.
    let bytes: Vec<u8> = (0..160u32).map(|n| (n * 37 % 251) as u8).collect();
    let order = [Opus, Pcmu, G722, Opus, Pcma, ComfortNoise, Pcma, G722, Pcmu, Opus];
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut timestamp = 0u32;
    let before = allocations_so_far();
    for number in 0..1000u16 {
        let codec = order[usize::from(number) / 50 % order.len()];
        let payload = match codec {
            Opus => &opus[usize::from(number) % opus.len()][..],
            ComfortNoise => &[50],
            Pcmu | Pcma | G722 => &bytes[..],
        };
        let now = Now::from_millis(u64::from(number) * 20);
        if number % 11 != 0 {
            buffer.insert(Received { seq: number, timestamp, ssrc: Ssrc(1), codec, redundant: false, payload }, now);
        }
        timestamp += codec.clock_rate() / 50;
        buffer.next_frame(now);
        buffer.next_frame(now + Duration::from_millis(10));
    }
    let allocations = allocations_so_far() - before;
    let stats = buffer.stats();
    let walked = [stats.played_frames, stats.fec_frames, stats.concealed_frames, stats.comfort_frames];
    assert!(walked.iter().all(|count| *count > 20), "the path was walked: {stats:?}");
    assert_eq!((stats.starts, stats.malformed, allocations), (1, 0, 0));
}

#[test]
fn insert_and_next_frame_do_not_allocate() {
    let sent = packets(200);
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut random = 1u32;
    let mut chance = move |percent: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) % 100 < percent
    };
    let before = allocations_so_far();
    for k in 0..6000u64 {
        let now = Now::at(Duration::from_millis(k * 10));
        // Every six seconds another network: clean, random loss, bursts, pauses, hold, another source.
        let (phase, step) = (k / 600, k % 600);
        let lost = match phase % 5 {
            1 => chance(20),
            2 => step % 50 < 14,
            _ => false,
        };
        let paused = phase % 5 == 3 && step % 100 < 20;
        if k % 2 == 0 && !lost && !paused {
            let packets = if phase % 5 == 3 && step % 100 == 20 { 0..11 } else { 0..1 };
            for back in packets.rev() {
                let Some(number) = (k / 2).checked_sub(back) else { continue };
                let (seq, timestamp) = (number as u16, (number * 960) as u32);
                let payload = &sent[number as usize % sent.len()];
                let (ssrc, codec) = (Ssrc(if phase < 7 { 1 } else { 2 }), CodecKind::Opus);
                buffer.insert(Received { seq, timestamp, ssrc, codec, redundant: chance(10), payload }, now);
            }
        }
        if phase == 8 && step == 0 {
            buffer.clear();
        }
        buffer.next_frame(now);
        assert!(buffer.stats().target_ms <= 200);
    }
    let allocations = allocations_so_far() - before;
    let stats = buffer.stats();
    let walked = [
        stats.fec_frames,
        stats.concealed_frames,
        stats.slowed_samples,
        stats.accelerated_samples,
        stats.redundant,
        stats.underruns,
    ];
    assert!(walked.iter().all(|count| *count > 0), "the path was walked: {stats:?}");
    assert_eq!(allocations, 0);
}
