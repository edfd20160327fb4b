//! ICE, DTLS and the end of sessions.

use media::Direction::SendRecv;
use media::{MediaError, MediaEvent};

use crate::pair::{Call, End, call, checkless_call, packet};

fn value<'a>(sdp: &'a str, name: &str) -> &'a str {
    sdp.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("no {name} in {sdp}"))
}

/// Either DTLS role is taken when the far end leaves or takes the other (RFC 8842 §5.3).
#[tokio::test(flavor = "multi_thread")]
async fn both_dtls_roles_connect() {
    for (offered, answered) in [("actpass", "active"), ("active", "passive"), ("passive", "active")] {
        let (mut a, mut b) = (End::new().await, End::new().await);
        let offer = a.session.make_offer().await.unwrap().replace("a=setup:active", &format!("a=setup:{offered}"));
        let (answer, _) = b.session.answer_offer(&offer, SendRecv).await.unwrap();
        assert_eq!(value(&answer, "a=setup:"), answered, "to {offered}");
        a.session.apply_answer(&answer).await.unwrap();
        a.connected().await;
        b.connected().await;
    }
}

/// T19: the far end is checked against the fingerprint that it signalled.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_certificate_never_connects() {
    let (mut a, b) = (End::new().await, End::new().await);
    let offer = a.session.make_offer().await.unwrap();
    let (answer, _) = b.session.answer_offer(&offer, SendRecv).await.unwrap();
    let genuine = value(&answer, "a=fingerprint:sha-256 ");
    let swapped: Vec<&str> = genuine.split(':').rev().collect();
    a.session.apply_answer(&answer.replace(genuine, &swapped.join(":"))).await.unwrap();
    let failure = a.until("failure", |event| match event {
        MediaEvent::Failed(why) => Some(why),
        MediaEvent::Connected => panic!("connected to a stranger"),
        _ => None,
    });
    assert_eq!(failure.await, MediaError::NoPath);
}

/// New credentials and new sockets, either side first; sound goes on.
#[tokio::test(flavor = "multi_thread")]
async fn ice_restart_moves_the_call_to_new_sockets() {
    let mut call = call().await;
    let offer = call.a.session.make_reoffer(SendRecv, true).await.unwrap();
    assert_ne!(value(&offer, "a=ice-ufrag:"), value(&call.offer, "a=ice-ufrag:"));
    assert_ne!(value(&offer, "m=audio "), value(&call.offer, "m=audio "), "another port");
    assert_eq!(value(&offer, "a=fingerprint:"), value(&call.offer, "a=fingerprint:"));
    let (answer, at_b) = call.b.session.answer_offer(&offer, SendRecv).await.unwrap();
    assert_ne!(value(&answer, "a=ice-ufrag:"), value(&call.answer, "a=ice-ufrag:"));
    for (sdp, old) in [(&offer, &call.offer), (&answer, &call.answer)] {
        assert_eq!(sdp.matches("a=candidate:").count(), 1, "{sdp}");
        assert_ne!(value(sdp, "a=candidate:"), value(old, "a=candidate:"), "T20: addresses of closed sockets");
    }
    call.at_a = call.a.session.apply_answer(&answer).await.unwrap();
    call.at_b = at_b;
    call.assert_sound_follows_directions().await;

    let offer = call.b.session.make_reoffer(SendRecv, true).await.unwrap();
    let (answer, at_a) = call.a.session.answer_offer(&offer, SendRecv).await.unwrap();
    call.at_b = call.b.session.apply_answer(&answer).await.unwrap();
    call.at_a = at_a;
    call.assert_sound_follows_directions().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_refused_ice_restart_the_next_offer_restarts() {
    let mut call = call().await;
    let refused = call.a.session.make_reoffer(SendRecv, true).await.unwrap();
    call.a.session.rollback_offer().await.unwrap();
    let offer = call.a.session.make_reoffer(SendRecv, false).await.unwrap();
    assert_ne!(value(&offer, "a=ice-ufrag:"), value(&refused, "a=ice-ufrag:"));
    let (answer, at_b) = call.b.session.answer_offer(&offer, SendRecv).await.unwrap();
    call.at_a = call.a.session.apply_answer(&answer).await.unwrap();
    call.at_b = at_b;
    call.assert_sound_follows_directions().await;
}

/// T18: a far end that just goes is noticed by ICE consent alone, after seconds; SIP's BYE is what ends calls.
#[tokio::test(flavor = "multi_thread")]
async fn t18_a_vanished_far_end_is_noticed_by_consent() {
    let Call { mut a, b, .. } = call().await;
    drop(b.session);
    a.until("lost consent", |event| (event == MediaEvent::Disconnected).then_some(())).await;
    assert!(a.session.write(packet(0)), "consent lasts 30 s (RFC 7675 §5.1): perhaps it hears us");
}

/// Checks that find no answer are no reason to fall silent or to speak of trouble while packets come: on a link that loses every fifth
/// packet each way that happens every minute.
#[tokio::test(flavor = "multi_thread")]
async fn lost_checks_do_not_stop_a_call_that_is_well() {
    let mut call = checkless_call().await;
    let (_there, back) = (call.a.speak(), call.b.speak());
    // The engine doubts after 5 s without an answer.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(8);
    while std::time::Instant::now() < deadline {
        for end in [&mut call.a, &mut call.b] {
            end.until("packet", |event| match event {
                MediaEvent::Packet(packet) => Some(packet),
                MediaEvent::Disconnected => panic!("told while packets come"),
                _ => None,
            })
            .await;
        }
    }
    drop(back);
    call.a.until("silence", |event| (event == MediaEvent::Disconnected).then_some(())).await;
    call.b.fresh_packet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_the_last_handle_ends_the_session() {
    let Call { a, mut b, .. } = call().await;
    let second = b.session.clone();
    let End { session, events } = b;
    drop(session);
    assert!(a.session.write(packet(0)), "one handle is left");
    b = End { session: a.session.clone(), events };
    drop(second);
    b.until("end", |event| (event == MediaEvent::Closed).then_some(())).await;
    while b.events.recv().await.is_some() {}
}
