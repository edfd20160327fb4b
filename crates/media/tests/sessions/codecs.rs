//! Other codecs than Opus, changes of codec within a call, and packets that repeat earlier ones.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use media::Direction::SendRecv;
use media::{ALL_CODECS, CodecKind, MediaError, MediaEvent, OutPacket};

use crate::pair::{Call, End, call_between, lossy_call, packet_of};

const OPUS: &[CodecKind] = &[CodecKind::Opus];

fn count(packet: &media::InPacket) -> u32 {
    u32::from_be_bytes(packet.payload[..].try_into().expect("four bytes"))
}

/// A packet with the two before it, as far as there were any.
fn redundant(n: u32) -> OutPacket {
    let mut payload = Vec::new();
    let older = n.saturating_sub(2)..n;
    for age in older.clone().map(|before| (n - before) * 960) {
        payload.push(0x80 | 111);
        payload.extend_from_slice(&(age << 10 | 4).to_be_bytes()[1..]);
    }
    payload.push(111);
    older.chain([n]).for_each(|count| payload.extend_from_slice(&count.to_be_bytes()));
    OutPacket { payload: payload.into(), red: true, ..packet_of(CodecKind::Opus, n) }
}

/// Each codec by itself, both ways: payload type, clock of speech and of digits, reports.
#[tokio::test(flavor = "multi_thread")]
async fn every_codec_connects_with_its_own_clock() {
    for (kind, pt, digits) in
        [(CodecKind::Pcmu, 0, 126), (CodecKind::Pcma, 8, 126), (CodecKind::G722, 9, 126), (CodecKind::Opus, 111, 110)]
    {
        let mut call = call_between(&ALL_CODECS, &[kind]).await;
        for side in [&call.at_a, &call.at_b] {
            assert_eq!((side.codec.kind, side.codec.pt.0, side.codec.clock_rate), (kind, pt, kind.clock_rate()));
            assert_eq!(side.dtmf.map(|pt| pt.0), Some(digits), "{kind:?}: digits in the clock of speech");
            assert_eq!(side.red.is_some(), kind == CodecKind::Opus);
        }
        let (_from_a, _from_b) =
            (call.a.speak_as(move |n| packet_of(kind, n)), call.b.speak_as(move |n| packet_of(kind, n)));
        let first = call.b.packet().await;
        let second = call.b.packet().await;
        assert_eq!((first.pt.0, first.codec, first.redundant), (pt, kind, false));
        assert_eq!(second.timestamp.wrapping_sub(first.timestamp), kind.clock_rate() / 50, "{kind:?}");
        call.a.session.send_dtmf('7', 100).unwrap();
        let heard = call.b.until("digit", |event| match event {
            MediaEvent::Dtmf { digit, duration_ms } => Some((digit, duration_ms)),
            _ => None,
        });
        assert_eq!(heard.await, ('7', 100), "{kind:?}");
        while call.a.session.stats().rtt_ms.is_none() {
            call.a.packet().await;
        }
        let stats = call.a.session.stats();
        assert_eq!((stats.codec_in, stats.codec_out, stats.ignored_in), (Some(kind), Some(kind), 0));
        assert_eq!((stats.lost_in, stats.lost_out), (Some(0), Some(0)), "{kind:?}");
        assert!(stats.jitter_out_ms.is_some_and(|ms| ms < 200.0), "{kind:?}: {stats:?}");
    }
}

/// The answerer may speak another codec than we do, at any time, without a word.
#[tokio::test(flavor = "multi_thread")]
async fn the_far_end_changes_codec_in_mid_call() {
    let mut call = call_between(&ALL_CODECS, &ALL_CODECS).await;
    assert_eq!(call.at_a.codec.kind, CodecKind::Opus);
    let speech = call.b.speak();
    let opus = call.a.packet().await;
    drop(speech);
    let _speech = call.b.speak_as(|n| packet_of(CodecKind::Pcma, n));
    let changed = call
        .a
        .until("A-law", |event| match event {
            MediaEvent::Packet(packet) if packet.codec == CodecKind::Pcma => Some(packet),
            _ => None,
        })
        .await;
    assert_eq!((changed.pt.0, changed.ssrc), (8, opus.ssrc), "the same stream goes on");
    assert!(changed.timestamp.wrapping_sub(opus.timestamp) < 48_000 * 30, "its timestamp goes on (RFC 7160)");
    let noise = OutPacket { payload: vec![60].into(), ..packet_of(CodecKind::ComfortNoise, 0) };
    call.b.session.write(noise);
    let noise = call.a.until("comfort noise", |event| match event {
        MediaEvent::Packet(packet) if packet.codec == CodecKind::ComfortNoise => Some(packet.pt.0),
        _ => None,
    });
    assert_eq!(noise.await, 13);
    let stats = call.a.session.stats();
    assert_eq!((stats.lost_in, stats.ignored_in), (Some(0), 0));
}

/// A re-offer takes Opus away and brings it back: both sides follow; what is still of the old codec is not sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_reoffer_changes_the_codec_and_back() {
    let Call { mut a, b, at_b, .. } = call_between(&ALL_CODECS, &ALL_CODECS).await;
    assert_eq!(at_b.codec.kind, CodecKind::Opus);
    let narrow = |sdp: &str| {
        let kept = sdp.lines().filter(|line| !line.starts_with("a=rtpmap:111") && !line.starts_with("a=rtpmap:63"));
        kept.map(|line| format!("{line}\r\n"))
            .collect::<String>()
            .replace("SAVPF 111 63 9 0 8 13 110 126", "SAVPF 8 0 126")
    };
    let offer = a.session.make_reoffer(SendRecv, false).await.unwrap();
    let (answer, at_b) = b.session.answer_offer(&narrow(&offer), SendRecv).await.unwrap();
    assert!(answer.contains("SAVPF 8 0 126\r\n"), "{answer}");
    let at_a = a.session.apply_answer(&answer).await.unwrap();
    assert_eq!((at_a.codec.kind, at_b.codec.kind), (CodecKind::Pcma, CodecKind::Pcma));
    assert_eq!((at_a.dtmf.map(|pt| pt.0), at_a.red, at_a.dred), (Some(126), None, false));
    let dropped = b.session.stats().dropped_out;
    b.session.write(packet_of(CodecKind::Opus, 1));
    let _speech = b.speak_as(|n| packet_of(CodecKind::Pcma, n));
    assert_eq!(a.fresh_packet().await.codec, CodecKind::Pcma);
    assert_eq!(b.session.stats().dropped_out, dropped + 1, "Opus is not agreed any more");

    let offer = a.session.make_reoffer(SendRecv, false).await.unwrap();
    assert!(offer.contains("SAVPF 111 63 9 0 8 13 110 126\r\n"), "{offer}");
    let (answer, at_b) = b.session.answer_offer(&offer, SendRecv).await.unwrap();
    let at_a = a.session.apply_answer(&answer).await.unwrap();
    assert_eq!((at_a.codec.kind, at_b.codec.kind), (CodecKind::Opus, CodecKind::Opus));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_common_is_refused_on_both_sides() {
    let (a, b) = (End::speaking(&[CodecKind::Pcma, CodecKind::ComfortNoise]).await, End::speaking(OPUS).await);
    let offer = a.session.make_offer().await.unwrap();
    assert!(offer.contains("SAVPF 8 13 126\r\n"), "{offer}");
    assert_eq!(b.session.answer_offer(&offer, SendRecv).await, Err(MediaError::NoCommonCodec));
    let strange = b.session.make_offer().await.unwrap();
    assert_eq!(a.session.apply_answer(&strange).await, Err(MediaError::NoCommonCodec), "the offer stays open");
}

/// RFC 2198: what the network lost comes with the next packet, once, marked and with its own numbers.
#[tokio::test(flavor = "multi_thread")]
async fn repeated_packets_fill_what_was_lost() {
    let mut call = call_between(OPUS, OPUS).await;
    let told = std::sync::Arc::new(AtomicU32::new(0));
    let speaks = told.clone();
    let _speech = call.a.speak_as(move |n| {
        speaks.store(n, Ordering::Relaxed);
        redundant(n)
    });
    let mut seen = BTreeMap::new();
    while seen.len() < 50 {
        let packet = call.b.packet().await;
        assert_eq!((packet.pt.0, packet.codec), (111, CodecKind::Opus), "the block's own type");
        assert_eq!(seen.insert(packet.seq, count(&packet)), None, "each comes once");
    }
    assert_eq!(call.b.session.stats().repaired_in, 0, "nothing was lost on loopback");
    assert!(told.load(Ordering::Relaxed) >= 49);
}

/// Two of twelve packets in a row are lost on the way, and all are heard.
#[tokio::test(flavor = "multi_thread")]
async fn lost_packets_come_with_the_next_one() {
    let mut call = lossy_call(|packet| packet % 12 >= 10).await;
    let _speech = call.a.speak_as(redundant);
    let mut seen = BTreeMap::new();
    while seen.len() < 60 {
        let packet = call.b.packet().await;
        let expected = seen.get(&packet.seq.wrapping_sub(1)).map(|(count, timestamp)| (count + 1, timestamp + 960u32));
        let got = (count(&packet), packet.timestamp);
        assert!(expected.is_none_or(|expected| expected == got), "{packet:?}, expected {expected:?}");
        assert_eq!(seen.insert(packet.seq, got), None, "each comes once");
    }
    let (first, last) = (seen.first_key_value().unwrap().1.0, seen.last_key_value().unwrap().1.0);
    assert_eq!(last - first, 59, "without a hole");
    let stats = call.b.session.stats();
    assert!(stats.repaired_in >= 8 && stats.lost_in.is_some_and(|lost| lost >= 8), "{stats:?}");
}

/// Each packet twice, as it is: half of the first ones are lost on the way, and all are heard, once, a packet time later.
#[tokio::test(flavor = "multi_thread")]
async fn packets_sent_twice_survive_and_come_once() {
    // On the wire: 1, 2, 1 again, 3, 2 again, 4, 3 again …
    let mut call = lossy_call(|packet| packet % 4 == 0).await;
    call.a.session.repeat(true);
    let _speech = call.a.speak();
    let mut seen = BTreeMap::new();
    while seen.len() < 60 {
        let packet = call.b.packet().await;
        assert_eq!(seen.insert(packet.seq, count(&packet)), None, "each comes once");
    }
    let settled: Vec<u16> = seen.keys().copied().take(58).collect();
    let holes = settled.windows(2).filter(|pair| pair[1] != pair[0].wrapping_add(1)).count();
    assert_eq!(holes, 0, "{settled:?}");
    let (sent, heard) = (call.a.session.stats().sent_packets, seen.len() as u64);
    assert!(sent >= 2 * heard - 4, "{sent} packets left for {heard}");
}
