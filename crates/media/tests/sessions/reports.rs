//! What the far end learns from our reports.

use media::CodecKind;

use crate::pair::{call, call_between, call_edited, lossy_call, packet_of};

/// The far end's playing, in its own words (RFC 3611 §4.7).
#[tokio::test(flavor = "multi_thread")]
async fn playing_is_told_to_the_far_end() {
    let mut call = call().await;
    let (_from_a, _from_b) = (call.a.speak(), call.b.speak());
    let playout = media::Playout { late: 0.25, buffer_ms: 60, buffer_most_ms: 200, delay_ms: 95, r_factor: Some(80) };
    call.b.session.note_playout(playout);
    while call.a.session.stats().far.is_none() {
        tokio::join!(call.a.packet(), call.b.packet());
    }
    let far = call.a.session.stats().far.expect("waited for it");
    assert_eq!((far.late, far.buffer_ms, far.delay_ms, far.r_factor), (0.25, 60, 95, Some(80)));
    let stats = call.a.session.stats();
    assert!(stats.reports_in > 0);
    assert_eq!(stats.burst_out, None, "nothing was lost");
}

/// Losses one by one (RFC 3611): the sender learns that they come five in a row, although no report says so by itself.
#[tokio::test(flavor = "multi_thread")]
async fn bursts_are_told_to_the_sender() {
    let mut call = lossy_call(|packet| packet % 50 >= 45).await;
    let _from_a = call.a.speak();
    let whole = |run: Option<f32>| run.is_some_and(|run| run > 4.0);
    // Here a packet counts as lost only when it can no longer have been overtaken: the far end's report may be quicker.
    while !whole(call.a.session.stats().burst_out) || !whole(call.b.session.stats().burst_in) {
        call.b.packet().await;
    }
    let (at_a, at_b) = (call.a.session.stats(), call.b.session.stats());
    assert!(at_a.burst_out.is_some_and(|run| (4.0..=5.1).contains(&run)), "{at_a:?}");
    assert!(at_b.burst_in.is_some_and(|run| (4.0..=5.1).contains(&run)), "{at_b:?}");
    assert!(at_a.lost_out.is_some_and(|lost| lost >= 4), "{at_a:?}");
}

/// Who did not ask for extended reports gets none.
#[tokio::test(flavor = "multi_thread")]
async fn extended_reports_are_for_those_who_ask() {
    let mut call = call_edited(|sdp| {
        sdp.lines().filter(|line| !line.starts_with("a=rtcp-xr")).map(|line| format!("{line}\r\n")).collect()
    })
    .await;
    let (_from_a, _from_b) = (call.a.speak(), call.b.speak());
    call.b.session.note_playout(media::Playout::default());
    while call.a.session.stats().reports_in < 2 {
        tokio::join!(call.a.packet(), call.b.packet());
    }
    let stats = call.a.session.stats();
    assert_eq!((stats.far, stats.burst_out), (None, None));
    assert!(stats.rtt_ms.is_some() && stats.lost_out == Some(0), "{stats:?}");
}

/// Who only listens reports as well (a receiver report), and a codec of another clock has no jitter of its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_listener_reports_too() {
    let mut call = call_between(&[CodecKind::Pcmu], &[CodecKind::Pcmu]).await;
    let _from_a = call.a.speak_as(|n| packet_of(CodecKind::Pcmu, n));
    while call.a.session.stats().reports_in < 2 {
        call.b.packet().await;
    }
    let stats = call.a.session.stats();
    assert_eq!(stats.lost_out, Some(0));
    assert!(stats.jitter_out_ms.is_some_and(|ms| ms < 200.0), "{stats:?}");
    assert!(stats.rtt_ms.is_some(), "our sender reports were answered: {stats:?}");
}
