//! Packets, digits, statistics, echo.

use std::sync::atomic::Ordering;
use std::time::Duration;

use media::{Direction, Echo, EchoEnd, MediaError, MediaEvent};

use crate::pair::{DEADLINE, End, call, call_edited, packet};

/// T15, T16: the first packet arrives like any other, and numbers count from it by one.
#[tokio::test(flavor = "multi_thread")]
async fn t15_t16_nothing_is_lost_at_the_beginning() {
    let (mut a, mut b) = (End::new().await, End::new().await);
    let offer = a.session.make_offer().await.unwrap();
    assert!(!a.session.write(packet(7)), "not connected");
    let (answer, _) = b.session.answer_offer(&offer, Direction::SendRecv).await.unwrap();
    a.session.apply_answer(&answer).await.unwrap();
    b.connected().await;
    a.connected().await;
    let _speech = a.speak();
    a.until("first packet out", |event| (event == MediaEvent::FirstSent).then_some(())).await;
    let mut last = b.packet().await;
    assert!(last.marker, "the first packet begins a talk spurt");
    for _ in 0..50 {
        let next = b.packet().await;
        assert_eq!(next.seq, last.seq.wrapping_add(1), "after {last:?}");
        assert_eq!(next.timestamp, last.timestamp.wrapping_add(960));
        assert_eq!(next.ssrc, last.ssrc);
        last = next;
    }
    let stats = b.session.stats();
    assert_eq!((stats.lost_in, stats.dropped_in, stats.ignored_in), (Some(0), 0, 0));
    assert!(stats.received_packets >= 51 && stats.received_bytes == 4 * stats.received_packets, "{stats:?}");
}

/// The packets made just before the connection is up are heard first, without a gap to those after it.
#[tokio::test(flavor = "multi_thread")]
async fn the_freshest_packets_wait_for_the_connection() {
    let (mut a, mut b) = (End::new().await, End::new().await);
    let offer = a.session.make_offer().await.unwrap();
    let (answer, _) = b.session.answer_offer(&offer, Direction::SendRecv).await.unwrap();
    let _speech = b.speak();
    a.session.apply_answer(&answer).await.unwrap();
    let first = a.packet().await;
    let count = u32::from_be_bytes(first.payload[..].try_into().unwrap());
    let second = u32::from_be_bytes(a.packet().await.payload[..].try_into().unwrap());
    assert_eq!(second, count + 1);
    b.connected().await;
    assert_eq!(b.session.stats().dropped_out, 0);
}

/// T14: loss, jitter in milliseconds and round trip, both sides.
#[tokio::test(flavor = "multi_thread")]
async fn t14_reports_become_statistics() {
    let mut call = call().await;
    let before = call.a.session.stats();
    assert_eq!((before.rtt_ms, before.lost_out, before.lost_in, before.jitter_in_ms), (None, None, None, None));
    let (_from_a, _from_b) = (call.a.speak(), call.b.speak());
    while call.a.session.stats().rtt_ms.is_none() || call.b.session.stats().rtt_ms.is_none() {
        tokio::join!(call.a.packet(), call.b.packet());
    }
    for stats in [call.a.session.stats(), call.b.session.stats()] {
        assert_eq!((stats.lost_out, stats.fraction_lost_out, stats.lost_in), (Some(0), Some(0.0), Some(0)));
        assert!(stats.rtt_ms.is_some_and(|ms| (0.0..500.0).contains(&ms)), "{stats:?}");
        assert!(stats.jitter_in_ms.is_some_and(|ms| ms < 200.0), "{stats:?}");
        assert!(stats.jitter_out_ms.is_some_and(|ms| ms < 200.0), "ticks would be 48 times as many: {stats:?}");
        assert!(stats.sent_packets > 0 && stats.received_packets > 0);
    }
}

async fn digits(end: &mut End, count: usize) -> String {
    let mut heard = String::new();
    while heard.len() < count {
        let dtmf =
            |event| if let MediaEvent::Dtmf { digit, duration_ms } = event { Some((digit, duration_ms)) } else { None };
        let (digit, duration_ms) = end.until("digit", dtmf).await;
        assert_eq!(duration_ms, 100);
        heard.push(digit);
    }
    heard
}

#[tokio::test(flavor = "multi_thread")]
async fn digits_arrive_once_each_in_order_and_speech_goes_on() {
    let mut call = call().await;
    let _speech = call.a.speak();
    call.b.packet().await;
    for digit in "*43#a".chars() {
        call.a.session.send_dtmf(digit, 100).unwrap();
    }
    assert_eq!(call.a.session.send_dtmf('x', 100), Err(MediaError::BadDigit));
    assert_eq!(digits(&mut call.b, 5).await, "*43#A");
    let before = call.b.fresh_packet().await;
    let after = call.b.packet().await;
    assert_eq!(after.seq, before.seq.wrapping_add(1));
    assert_eq!(call.b.session.stats().lost_in, Some(0), "digits share the sequence of speech");
}

/// A peer that thinks in 8 kHz gets its own payload type and its own units.
#[tokio::test(flavor = "multi_thread")]
async fn digits_in_the_far_ends_clock() {
    let mut call = call_edited(|sdp| {
        sdp.replace("SAVPF 111 63 110", "SAVPF 111 63 101")
            .replace(":110 telephone-event/48000", ":101 telephone-event/8000")
            .replace(":110 ", ":101 ")
    })
    .await;
    assert_eq!(call.at_b.dtmf.map(|pt| pt.0), Some(101));
    call.b.session.send_dtmf('5', 100).unwrap();
    assert_eq!(digits(&mut call.a, 1).await, "5");
    call.a.session.send_dtmf('6', 100).unwrap();
    assert_eq!(digits(&mut call.b, 1).await, "6");
}

#[tokio::test(flavor = "multi_thread")]
async fn echo_returns_payloads_in_their_rhythm_and_ends_with_the_session() {
    let (mut a, b) = (End::new().await, End::new().await);
    let offer = a.session.make_offer().await.unwrap();
    let (answer, _) = b.session.answer_offer(&offer, Direction::SendRecv).await.unwrap();
    let echo = Echo::new(b.session.clone(), b.events);
    let returned = echo.returned();
    let running = tokio::spawn(echo.run());
    a.session.apply_answer(&answer).await.unwrap();
    a.connected().await;
    let _speech = a.speak();
    let mut last = a.packet().await;
    for _ in 0..25 {
        let next = a.packet().await;
        let count = |packet: &media::InPacket| u32::from_be_bytes(packet.payload[..].try_into().unwrap());
        let steps = count(&next) - count(&last);
        assert_eq!(next.timestamp.wrapping_sub(last.timestamp), 960 * steps, "time is kept");
        assert_eq!(next.seq.wrapping_sub(last.seq), 1, "numbers are its own");
        last = next;
    }
    assert!(returned.load(Ordering::Relaxed) >= 26);
    b.session.close().await;
    assert_eq!(running.await.unwrap(), EchoEnd::Closed);
}

/// A listener who does not fetch costs a second of memory, not more, and still learns the end.
#[tokio::test(flavor = "multi_thread")]
async fn an_idle_listener_is_bounded() {
    let mut call = call().await;
    let speech = call.a.speak();
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    let full = async {
        while call.b.session.stats().dropped_in < 10 {
            tick.tick().await;
        }
    };
    tokio::time::timeout(DEADLINE, full).await.expect("the queue fills up");
    drop(speech);
    let waiting = call.b.events.len();
    assert!((32..=80).contains(&waiting), "{waiting}");
    call.b.session.close().await;
    call.b.until("end", |event| (event == MediaEvent::Closed).then_some(())).await;
}
