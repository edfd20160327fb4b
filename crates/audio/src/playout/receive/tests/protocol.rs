//! What senders do with numbers, timestamps and sources.

use super::FrameKind::{Concealed, Fec, Normal, Silence};
use super::*;

#[test]
fn what_was_said_is_played_at_its_level() {
    let heard = play(stream(100, 7, 1000), 199);
    assert_eq!(runs(&heard.kinds), [(Silence, 1), (Normal, 198)]);
    let spoken: Vec<f32> = voice::Voice::default().skip(24_000).take(48_000).collect();
    let (sent, played) = (level::rms(&spoken), level::rms(&heard.sound[26_400..74_400]));
    assert!((played / sent - 1.0).abs() < 0.1, "level {sent} became {played}");
    assert_eq!((heard.stats.received, heard.stats.late, heard.stats.underruns), (99, 0, 0));
}

#[test]
fn a_lost_packet_is_restored_from_the_next() {
    let mut sent = stream(60, 7, 1000);
    sent.remove(30);
    let heard = play(sent, 115);
    assert!((1..=3).contains(&heard.count(Fec)), "{:?}", runs(&heard.kinds));
    // The first loss of a call finds the buffer short: a frame may be invented, or a period played twice.
    assert!(heard.count(Concealed) <= 1, "{:?}", runs(&heard.kinds));
    assert_eq!(heard.stats.loss, LossPicture { lost: 1, events: 1, longest: 1, ..heard.stats.loss });
}

#[test]
fn an_outage_fades_to_silence_and_comes_back_with_the_same_delay() {
    let mut sent = stream(150, 7, 1000);
    sent.drain(30..80);
    let heard = play(sent, 290);
    assert!((28..=32).contains(&heard.count(Concealed)), "{:?}", runs(&heard.kinds));
    assert!(heard.count(Silence) >= 58, "{:?}", runs(&heard.kinds));
    assert!(matches!(runs(&heard.kinds).last(), Some((Normal, count)) if *count >= 120), "{:?}", runs(&heard.kinds));
    assert!((12..=50).contains(&heard.stats.delay_ms), "{:?}", heard.stats);
}

#[test]
fn silence_that_the_sender_does_not_count_is_no_delay() {
    // After hold: numbers and timestamps go on as if no time had passed.
    let mut sent = stream(150, 7, 1000);
    sent[50..].iter_mut().for_each(|packet| packet.arrives_us += 3_000_000);
    let heard = play(sent, 590);
    assert!((12..=40).contains(&heard.stats.delay_ms), "{:?}", heard.stats);
    assert!(heard.kinds[410..].iter().all(|kind| *kind == Normal), "{:?}", runs(&heard.kinds));
}

#[test]
fn silence_that_the_sender_counts_is_no_loss() {
    let mut sent = stream(150, 7, 1000);
    for packet in &mut sent[50..] {
        packet.arrives_us += 2_000_000;
        packet.timestamp += 96_000;
    }
    let heard = play(sent, 490);
    assert_eq!((heard.stats.loss.lost, heard.stats.late, heard.stats.underruns), (0, 0, 0), "{:?}", heard.stats);
    assert!((12..=40).contains(&heard.stats.delay_ms), "{:?}", heard.stats);
}

#[test]
fn duplicates_are_counted_and_not_played_twice() {
    let mut sent = stream(60, 7, 1000);
    let again: Vec<Sent> =
        sent.iter().step_by(3).map(|packet| Sent { arrives_us: packet.arrives_us + 7000, ..*packet }).collect();
    sent.extend(again);
    let heard = play(sent, 118);
    assert_eq!(runs(&heard.kinds), [(Silence, 1), (Normal, 117)]);
    assert_eq!(heard.stats.duplicates, 20);
}

#[test]
fn both_numbers_wrap() {
    let heard = play(stream(60, 65_520, u32::MAX - 10_000), 118);
    assert_eq!(runs(&heard.kinds), [(Silence, 1), (Normal, 117)]);
    assert_eq!(heard.stats.starts, 1);
}

#[test]
fn another_ssrc_is_another_stream_that_sounds_at_once() {
    let mut sent = stream(100, 7, 1000);
    for (k, packet) in sent[50..].iter_mut().enumerate() {
        packet.ssrc = Ssrc(0x9999);
        packet.seq = packet.seq.wrapping_add(30_000);
        packet.timestamp = 5 + k as u32 * 960;
    }
    // A straggler of the old stream must not switch back.
    sent.push(Sent { arrives_us: 1_060_000, index: 50, ssrc: SSRC, seq: 57, timestamp: 49_000 });
    let heard = play(sent, 198);
    assert_eq!((heard.stats.starts, heard.stats.late), (2, 1));
    assert!(heard.count(Concealed) <= 1, "{:?}", runs(&heard.kinds));
    assert!(heard.steepest(99..104) < 0.5, "the change clicks: {}", heard.steepest(99..104));
}

#[test]
fn a_sender_that_counts_anew_is_followed() {
    let mut sent = stream(150, 20_000, 1_000_000);
    for (k, packet) in sent[50..].iter_mut().enumerate() {
        packet.seq = k as u16;
        packet.timestamp = k as u32 * 960;
    }
    let heard = play(sent, 290);
    assert_eq!(heard.stats.starts, 2, "{:?}", heard.stats);
    assert!(heard.kinds[130..].iter().all(|kind| *kind == Normal), "{:?}", runs(&heard.kinds));
}

#[test]
fn a_jump_of_the_timestamp_does_not_wait_for_it() {
    let mut sent = stream(150, 7, 1000);
    sent[50..].iter_mut().for_each(|packet| packet.timestamp = packet.timestamp.wrapping_add(48_000 * 3600));
    let heard = play(sent, 290);
    assert!(heard.count(Concealed) + heard.count(Silence) <= 6, "{:?}", runs(&heard.kinds));
    assert!((5..=40).contains(&heard.stats.delay_ms), "{:?}", heard.stats);
}

#[test]
fn redundant_copies_fill_holes_and_say_nothing_about_time() {
    let payloads: &'static [Vec<u8>] = &PACKETS;
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut kinds = Vec::new();
    for (k, packet) in stream(100, 7, 1000).iter().enumerate() {
        let now = Now::from_millis(k as u64 * 20);
        if k % 10 != 5 {
            buffer.insert(received(packet, &payloads[k]), now);
            if k > 0 {
                let before = Sent { seq: packet.seq - 1, timestamp: packet.timestamp - 960, ..*packet };
                buffer.insert(Received { redundant: true, ..received(&before, &payloads[k - 1]) }, now);
            }
        }
        kinds.extend([buffer.next_frame(now).1, buffer.next_frame(now + Duration::from_millis(10)).1]);
    }
    let stats = buffer.stats();
    assert_eq!((stats.redundant, stats.duplicates, stats.reordered, stats.late), (10, 0, 0, 0), "{stats:?}");
    assert_eq!(stats.loss.lost, 10, "what a copy replaced was lost all the same: {stats:?}");
    assert!(kinds[60..].iter().all(|kind| *kind == Normal), "{:?}", runs(&kinds));
    assert!(stats.delay_ms >= 25, "the copy comes a packet later: {stats:?}");
}

#[test]
fn cleared_for_hold_it_starts_again() {
    let payloads: &'static [Vec<u8>] = &PACKETS;
    let mut buffer = ReceiveBuffer::new().expect("memory");
    let mut last = Silence;
    for (k, packet) in stream(50, 7, 1000).iter().enumerate() {
        if k == 25 {
            buffer.clear();
            assert_eq!(buffer.next_frame(Now::from_millis(500)).1, Silence);
        }
        let now = Now::from_millis(k as u64 * 20);
        buffer.insert(received(packet, &payloads[k]), now);
        buffer.next_frame(now);
        last = buffer.next_frame(now + Duration::from_millis(10)).1;
    }
    assert_eq!((last, buffer.stats().starts), (Normal, 2));
}
