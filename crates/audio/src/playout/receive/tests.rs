//! Packets with arrival times in, kinds of frames out.

use std::sync::LazyLock;

use super::*;
use crate::codec::voice::{self, Voice};
use FrameKind::{Concealed, Fec, Normal, Silence};

const SSRC: Ssrc = Ssrc(0x1234);

/// A second of speech.
static PACKETS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| voice::packets(50));

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
            arrives_us: k as u64 * 20_000 + 1000,
            index: k,
            ssrc: SSRC,
            seq: first_seq.wrapping_add(k as u16),
            timestamp: first_timestamp.wrapping_add(k as u32 * 960),
        })
        .collect()
}

struct Heard {
    kinds: Vec<FrameKind>,
    sound: Vec<f32>,
    stats: ReceiveStats,
    most_delay_ms: u32,
}

/// Plays `frames` frames; the payload of packet k is `payloads[k % len]`.
fn play(mut sent: Vec<Sent>, frames: usize) -> Heard {
    let payloads = &*PACKETS;
    sent.sort_by_key(|packet| packet.arrives_us);
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let (mut kinds, mut sound, mut most_delay_ms) = (Vec::new(), Vec::new(), 0);
    let mut waiting = sent.into_iter().peekable();
    for k in 0..frames as u64 {
        let now_us = k * 10_000;
        while let Some(packet) = waiting.next_if(|packet| packet.arrives_us <= now_us) {
            let at = Now::at(Duration::from_micros(packet.arrives_us));
            let payload = &payloads[packet.index % payloads.len()];
            buffer.insert(packet.seq, packet.timestamp, packet.ssrc, payload, at);
        }
        let (frame, kind) = buffer.next_frame(Now::at(Duration::from_micros(now_us)));
        kinds.push(kind);
        sound.extend_from_slice(&frame);
        if k > 100 {
            most_delay_ms = most_delay_ms.max(buffer.stats().delay_ms);
        }
    }
    Heard { kinds, sound, stats: buffer.stats(), most_delay_ms }
}

/// Run-length form: `[(Silence, 5), (Normal, 95)]`.
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

#[test]
fn in_order_plays_everything_after_the_delay() {
    let heard = play(stream(100, 7, 1000), 150);
    assert_eq!(runs(&heard.kinds), [(Silence, 5), (Normal, 145)]);
    let spoken: Vec<f32> = Voice::default().skip(24_000).take(24_000).collect();
    let (sent, played) = (level::rms(&spoken), level::rms(&heard.sound[26_400..50_400]));
    assert!((played / sent - 1.0).abs() < 0.1, "level {sent} became {played}");
    assert_eq!((heard.stats.received, heard.stats.late, heard.stats.underruns), (75, 0, 0));
    assert_eq!((heard.stats.delay_ms, heard.stats.target_ms), (50, 40));
}

#[test]
fn a_lost_packet_is_restored_from_the_next() {
    let mut sent = stream(60, 7, 1000);
    sent.remove(30);
    let heard = play(sent, 100);
    assert_eq!(runs(&heard.kinds), [(Silence, 5), (Normal, 60), (Fec, 2), (Normal, 33)]);
}

#[test]
fn a_burst_is_concealed_and_its_end_restored() {
    let mut sent = stream(60, 7, 1000);
    sent.drain(30..33);
    let heard = play(sent, 100);
    assert_eq!(runs(&heard.kinds), [(Silence, 5), (Normal, 60), (Concealed, 4), (Fec, 2), (Normal, 29)]);
    assert_eq!(heard.stats.underruns, 0, "the sound after the hole came in time");
}

#[test]
fn an_outage_fades_to_silence_and_comes_back_with_the_same_delay() {
    let mut sent = stream(100, 7, 1000);
    sent.drain(30..55);
    let heard = play(sent, 190);
    let runs = runs(&heard.kinds);
    assert_eq!(runs[2], (Concealed, 18), "{runs:?}");
    assert_eq!(runs[3].0, Silence, "{runs:?}");
    assert!(matches!(runs.last(), Some((Normal, count)) if *count >= 60), "{runs:?}");
    assert!((30..=60).contains(&heard.stats.delay_ms), "{:?}", heard.stats);
}

#[test]
fn silence_that_the_sender_does_not_count_starts_a_new_delay() {
    // After hold: numbers and timestamps go on as if no time had passed.
    let mut sent = stream(100, 7, 1000);
    sent[50..].iter_mut().for_each(|packet| packet.arrives_us += 3_000_000);
    let heard = play(sent, 460);
    assert_eq!(heard.stats.underruns, 0, "{:?}", heard.stats);
    assert!((30..=60).contains(&heard.stats.delay_ms), "{:?}", heard.stats);
    assert_eq!(heard.stats.played_frames as usize, heard.kinds.iter().filter(|k| **k == Normal).count());
    assert!(heard.kinds[410..].iter().all(|kind| *kind == Normal));
}

#[test]
fn overtaking_within_the_delay_is_not_heard() {
    let mut sent = stream(60, 7, 1000);
    sent[30].arrives_us += 25_000;
    let heard = play(sent, 100);
    assert_eq!(runs(&heard.kinds), [(Silence, 5), (Normal, 95)]);
    assert_eq!(heard.stats.reordered, 1);
}

#[test]
fn the_first_packet_may_be_overtaken_too() {
    let mut sent = stream(60, 7, 1000);
    sent[0].arrives_us += 25_000;
    let heard = play(sent, 100);
    assert_eq!(heard.stats.late, 0);
    assert!(heard.kinds[8..].iter().all(|kind| *kind == Normal), "{:?}", runs(&heard.kinds));
}

#[test]
fn duplicates_are_counted_and_not_played_twice() {
    let mut sent = stream(60, 7, 1000);
    let again: Vec<Sent> =
        sent.iter().step_by(3).map(|packet| Sent { arrives_us: packet.arrives_us + 7000, ..*packet }).collect();
    sent.extend(again);
    let heard = play(sent, 100);
    assert_eq!(runs(&heard.kinds), [(Silence, 5), (Normal, 95)]);
    assert_eq!(heard.stats.duplicates, 17);
}

#[test]
fn both_numbers_wrap() {
    let heard = play(stream(60, 65_520, u32::MAX - 10_000), 100);
    assert_eq!(runs(&heard.kinds), [(Silence, 5), (Normal, 95)]);
    assert_eq!(heard.stats.starts, 1);
}

#[test]
fn another_ssrc_is_another_stream() {
    let mut sent = stream(100, 7, 1000);
    for packet in &mut sent[50..] {
        packet.ssrc = Ssrc(0x9999);
        packet.seq = packet.seq.wrapping_add(30_000);
        packet.timestamp = packet.timestamp.wrapping_mul(77);
    }
    for (k, packet) in sent[50..].iter_mut().enumerate() {
        packet.timestamp = 5 + k as u32 * 960;
    }
    // A straggler of the old stream must not switch back.
    sent.push(Sent { arrives_us: 1_060_000, index: 50, ssrc: SSRC, seq: 57, timestamp: 49_000 });
    let heard = play(sent, 190);
    assert_eq!((heard.stats.starts, heard.stats.late), (2, 1));
    assert!(heard.kinds[110..].iter().all(|kind| *kind == Normal), "{:?}", runs(&heard.kinds));
}

#[test]
fn a_sender_that_counts_anew_is_followed() {
    let mut sent = stream(100, 20_000, 1_000_000);
    for (k, packet) in sent[50..].iter_mut().enumerate() {
        packet.seq = k as u16;
        packet.timestamp = k as u32 * 960;
    }
    let heard = play(sent, 190);
    assert_eq!(heard.stats.starts, 2, "{:?}", heard.stats);
    assert!(heard.kinds[130..].iter().all(|kind| *kind == Normal), "{:?}", runs(&heard.kinds));
}

#[test]
fn a_jump_of_the_timestamp_does_not_wait_for_it() {
    let mut sent = stream(100, 7, 1000);
    sent[50..].iter_mut().for_each(|packet| packet.timestamp = packet.timestamp.wrapping_add(48_000 * 3600));
    let heard = play(sent, 190);
    assert_eq!(runs(&heard.kinds), [(Silence, 5), (Normal, 185)]);
}

#[test]
fn a_late_packet_is_played_and_the_delay_grows() {
    let mut sent = stream(400, 7, 1000);
    for packet in &mut sent[100..] {
        packet.arrives_us += 70_000;
    }
    let heard = play(sent, 600);
    assert_eq!(heard.stats.late, 0, "{:?}", heard.stats);
    assert!(heard.stats.underruns >= 1 && heard.stats.target_ms > 40, "{:?}", heard.stats);
    assert!(heard.stats.concealed_frames <= 12, "{:?}", heard.stats);
    assert!(heard.kinds[300..].iter().all(|kind| *kind == Normal), "{:?}", runs(&heard.kinds));
}

#[test]
fn after_a_stall_the_backlog_is_thrown_away() {
    let mut sent = stream(300, 7, 1000);
    for packet in &mut sent[100..130] {
        packet.arrives_us = 2_600_000;
    }
    let heard = play(sent, 600);
    assert!(heard.stats.skipped >= 15, "{:?}", heard.stats);
    assert!(heard.stats.delay_ms <= 130, "{:?}", heard.stats);
}

#[test]
fn drift_of_300_ppm_is_absorbed_both_ways() {
    for (name, period_us) in [("fast", 19_994), ("slow", 20_006)] {
        let mut sent = stream(12_000, 7, 1000);
        sent.iter_mut().enumerate().for_each(|(k, packet)| packet.arrives_us = k as u64 * period_us);
        let heard = play(sent, 23_900);
        let repaired = heard.stats.concealed_frames + heard.stats.shortened_frames;
        assert!(heard.most_delay_ms <= 110, "{name}: {} ms", heard.most_delay_ms);
        assert!((1..=30).contains(&repaired), "{name}: {:?}", heard.stats);
        assert_eq!(heard.stats.late + heard.stats.skipped, 0, "{name}: {:?}", heard.stats);
    }
}

#[test]
fn malformed_packets_are_counted_and_concealed() {
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let huge = vec![0x78; 1501];
    for payload in [&[][..], &[0x7b, 0x3f], &huge] {
        buffer.insert(1, 0, SSRC, payload, Now::ZERO);
    }
    assert_eq!((buffer.stats().malformed, buffer.stats().received), (3, 0));
    assert_eq!(buffer.next_frame(Now::ZERO).1, Silence);
}

#[test]
fn cleared_for_hold_it_starts_again() {
    let payloads = &*PACKETS;
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut last = Silence;
    for (k, payload) in payloads.iter().enumerate() {
        if k == 25 {
            buffer.clear();
            assert_eq!(buffer.next_frame(Now::from_millis(500)).1, Silence);
        }
        let now = Now::from_millis(k as u64 * 20);
        buffer.insert(k as u16, k as u32 * 960, SSRC, payload, now);
        buffer.next_frame(now);
        last = buffer.next_frame(now + Duration::from_millis(10)).1;
    }
    assert_eq!((last, buffer.stats().starts), (Normal, 2));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_comes_a_frame_leaves(
        events in proptest::collection::vec((0u16.., 0u32.., 0u32..3, 0usize..52, 0usize..4), 1..200),
        near in proptest::bool::ANY,
    ) {
        let mut payloads = PACKETS.clone();
        payloads.push(vec![]);
        payloads.push(vec![0x7b, 0x3f, 1]);
        let mut buffer = ReceiveBuffer::new().expect("memory");
        let mut now = Now::ZERO;
        for (seq, timestamp, ssrc, payload, pulls) in events {
            let (seq, timestamp) = if near { (seq % 100, u32::from(seq % 100) * 960 + timestamp % 3000) } else { (seq, timestamp) };
            buffer.insert(seq, timestamp, Ssrc(ssrc), &payloads[payload], now);
            for _ in 0..pulls {
                now = now + Duration::from_millis(10);
                let (frame, _) = buffer.next_frame(now);
                assert!(frame.iter().all(|sample| sample.is_finite() && sample.abs() < 4.0));
            }
        }
    }
}
