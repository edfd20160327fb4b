//! What should not happen and does.

use super::FrameKind::{Normal, Silence};
use super::*;

#[test]
fn malformed_packets_are_counted_and_dropped() {
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let huge = vec![0x78; 1501];
    for payload in [&[][..], &[0x7b, 0x3f], &huge] {
        let packet = Received { seq: 1, timestamp: 0, ssrc: SSRC, codec: CodecKind::Opus, redundant: false, payload };
        buffer.insert(packet, Now::ZERO);
    }
    assert_eq!((buffer.stats().malformed, buffer.stats().received), (3, 0));
    assert_eq!(buffer.next_frame(Now::ZERO).1, Silence);
}

#[test]
fn after_a_stall_the_backlog_is_thrown_away() {
    let mut sent = stream(300, 7, 1000);
    for packet in &mut sent[100..130] {
        packet.arrives_us = 2_600_000;
    }
    let heard = play(sent, 598);
    assert!(heard.most_waiting <= MOST_WAITING, "{} ms waited", heard.most_waiting / MS);
    assert!(heard.delays[360..].iter().all(|delay| *delay <= 470), "{:?}", heard.stats);
    assert!(heard.kinds[300..].iter().all(|kind| *kind == Normal), "{:?}", runs(&heard.kinds));
}

#[test]
fn a_loudspeaker_that_stood_still_does_not_hear_old_sound_for_long() {
    let payloads: &'static [Vec<u8>] = &PACKETS;
    let mut buffer = ReceiveBuffer::new().expect("memory");
    for (k, packet) in stream(300, 7, 1000).iter().enumerate() {
        let now = Now::at(Duration::from_micros(packet.arrives_us));
        buffer.insert(received(packet, &payloads[k % 100]), now);
        if !(100..150).contains(&k) {
            buffer.next_frame(now);
            buffer.next_frame(now + Duration::from_millis(10));
            assert!(buffer.waiting() <= MOST_WAITING);
        }
    }
    assert!(buffer.stats().delay_ms <= 60, "{:?}", buffer.stats());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]
    #[test]
    fn whatever_comes_a_frame_leaves(
        events in proptest::collection::vec((0u16.., 0u32.., 0u32..3, 0usize..104, 0usize..4, 0u64..60), 1..250),
        near in proptest::bool::ANY,
        copies in proptest::bool::ANY,
    ) {
        let mut payloads = PACKETS.clone();
        payloads.push(vec![]);
        payloads.push(vec![0x7b, 0x3f, 1]);
        payloads.push(vec![0x78]);
        payloads.push(vec![0x80; 40]);
        let mut buffer = ReceiveBuffer::new().expect("memory");
        let mut now = Now::ZERO;
        for (seq, timestamp, ssrc, payload, pulls, ms) in events {
            let (seq, timestamp) =
                if near { (seq % 150, u32::from(seq % 150) * 960 + timestamp % 3000) } else { (seq, timestamp) };
            let ssrc = Ssrc(if near { ssrc / 2 } else { ssrc });
            let redundant = copies && payload % 3 == 0;
            let codec = match payload % 11 {
                7 => CodecKind::Pcmu,
                8 => CodecKind::G722,
                9 => CodecKind::ComfortNoise,
                _ => CodecKind::Opus,
            };
            let payload = &payloads[payload];
            let packet = Received { seq, timestamp, ssrc, codec, redundant, payload };
            buffer.insert(packet, now);
            now = now + Duration::from_millis(if pulls == 0 { 0 } else { ms });
            for _ in 0..pulls {
                now = now + Duration::from_millis(10);
                let (frame, _) = buffer.next_frame(now);
                assert!(frame.iter().all(|sample| sample.is_finite() && sample.abs() <= 1.0));
                assert!(buffer.waiting() <= MOST_WAITING, "{} ms wait", buffer.waiting() / MS);
            }
        }
        assert!(buffer.stats().delay_ms <= 10_000);
    }
}
