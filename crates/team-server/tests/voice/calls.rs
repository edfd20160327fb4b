//! Calls to the echo and between two phones.

use std::time::Duration;

use bytes::Bytes;
use media::{CodecKind, Direction, MediaConfig, MediaEvent, MediaSession, OutPacket};
use sip::ua::{DialogId, Event};
use team_server::{ServerConfig, start};
use testkit::database::Place;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::phones::*;

testkit::on_both_databases! {
    echo_returns_what_it_hears_also_after_hold,
    echo_serves_sixteen_and_is_then_busy,
    echo_refuses_what_it_cannot_speak,
    echo_hangs_up_when_the_path_is_lost,
    two_users_call_each_other,
    call_survives_a_restart_of_the_server,
}

async fn session() -> (MediaSession, mpsc::Receiver<MediaEvent>) {
    let config = MediaConfig::opus(vec![[127, 0, 0, 1].into()]);
    MediaSession::new(config).await.unwrap()
}

async fn connected(events: &mut mpsc::Receiver<MediaEvent>) {
    let wait = async {
        while let Some(event) = events.recv().await {
            match event {
                MediaEvent::Connected => return,
                MediaEvent::Failed(why) => panic!("{why}"),
                _ => {}
            }
        }
        panic!("the session closed");
    };
    timeout(DEADLINE, wait).await.expect("media connect in time");
}

/// Sends packets that carry their number and waits until enough of them came back.
async fn hear_oneself(session: &MediaSession, events: &mut mpsc::Receiver<MediaEvent>, mark: u8) {
    let mut pace = tokio::time::interval(Duration::from_millis(20));
    let mut back: Vec<u8> = Vec::new();
    let mut number = 0u8;
    let talk = async {
        while back.len() < 20 {
            tokio::select! {
                        _ = pace.tick() => {
                            session.write(OutPacket {
                codec: CodecKind::Opus,
                payload: Bytes::from(vec![mark, number, 7, 7]),
                ticks: 960,
                marker: number == 0,
                red: false,
            });
                            number = number.wrapping_add(1);
                        }
                        event = events.recv() => match event {
                            Some(MediaEvent::Packet(packet)) if packet.payload.first() == Some(&mark) => back.push(packet.payload[1]),
                            Some(MediaEvent::Failed(why)) => panic!("{why}"),
                            Some(_) => {}
                            None => panic!("the session closed"),
                        },
                    }
        }
    };
    timeout(DEADLINE, talk).await.expect("packets come back in time");
    assert!(back.windows(2).all(|w| w[0] < w[1]), "in order and once: {back:?}");
}

async fn echo_returns_what_it_hears_also_after_hold(place: Place) {
    let server = practice(&place).await;
    let mut phone = Phone::registered(server.addr(), "first", 1).await;
    let (session, mut events) = session().await;
    let id = phone.call("*43", session.make_offer().await.unwrap()).await;
    let answer = phone.accepted(id).await;
    session.apply_answer(&answer).await.unwrap();
    connected(&mut events).await;
    hear_oneself(&session, &mut events, 1).await;

    for (mark, wanted) in [(2, Direction::SendOnly), (3, Direction::SendRecv)] {
        let offer = session.make_reoffer(wanted, false).await.unwrap();
        phone.with(|ua, now| ua.reoffer(now, id, offer)).await;
        let answer = phone
            .wait(|e| match e {
                Event::ReofferAnswered { answer, .. } => Some(answer.clone().expect("an answer")),
                Event::ReofferFailed { code, .. } => panic!("{code}"),
                _ => None,
            })
            .await;
        let agreed = session.apply_answer(&answer).await.unwrap();
        assert_eq!(agreed.direction, wanted);
        if wanted == Direction::SendRecv {
            hear_oneself(&session, &mut events, mark).await;
        }
    }
    phone.hang_up(id).await;
    session.close().await;
    server.shutdown().await;
}

async fn echo_serves_sixteen_and_is_then_busy(place: Place) {
    let server = practice(&place).await;
    let mut phone = Phone::registered(server.addr(), "first", 1).await;
    let (session, _events) = session().await;
    let offer = session.make_offer().await.unwrap();
    let mut calls = Vec::new();
    for _ in 0..16 {
        let id = phone.call("*43", offer.clone()).await;
        phone.accepted(id).await;
        calls.push(id);
    }
    let one_more = phone.call("*43", offer.clone()).await;
    assert_eq!(phone.failed(one_more).await, 486);
    phone.hang_up(calls[0]).await;
    let again = phone.call("*43", offer).await;
    phone.accepted(again).await;
    server.shutdown().await;
}

async fn echo_refuses_what_it_cannot_speak(place: Place) {
    let server = practice(&place).await;
    let mut phone = Phone::registered(server.addr(), "first", 1).await;
    let plain = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    for offer in [plain, "nonsense"] {
        let id = phone.call("*43", offer.to_owned()).await;
        assert_eq!(phone.failed(id).await, 488, "{offer}");
    }
    server.shutdown().await;
}

async fn echo_hangs_up_when_the_path_is_lost(place: Place) {
    let server = practice(&place).await;
    let mut phone = Phone::registered(server.addr(), "first", 1).await;
    let (session, _events) = session().await;
    let id = phone.call("*43", session.make_offer().await.unwrap()).await;
    phone.accepted(id).await;
    // Our answer is never applied, so nobody is at the other end of its path.
    session.close().await;
    let longest = Duration::from_secs(60);
    phone.wait_for(longest, |e| matches!(e, Event::Ended { id: it, .. } if *it == id).then_some(())).await;
    server.shutdown().await;
}

/// Sets up a call between two phones; the media do not matter here.
async fn talking(a: &mut Phone, b: &mut Phone) -> (DialogId, DialogId) {
    let to = b.aor.user.clone();
    let at_a = a.call(&to, "v=0\r\n".into()).await;
    let at_b = b
        .wait(|e| match e {
            Event::Invited { id, .. } => Some(*id),
            _ => None,
        })
        .await;
    b.with(|ua, now| ua.ring(now, at_b)).await;
    a.wait(|e| matches!(e, Event::Provisional { code: 180, .. }).then_some(())).await;
    b.with(|ua, now| ua.answer(now, at_b, "v=0\r\n".into())).await;
    a.accepted(at_a).await;
    b.wait(|e| matches!(e, Event::Confirmed { .. }).then_some(())).await;
    (at_a, at_b)
}

/// One phone hangs up; both learn of the end.
async fn bye(a: &mut Phone, at_a: DialogId, b: &mut Phone, at_b: DialogId) {
    a.with(|ua, now| ua.hang_up(now, at_a)).await;
    b.wait(|e| matches!(e, Event::Ended { id, .. } if *id == at_b).then_some(())).await;
    a.wait(|e| matches!(e, Event::Closed { id } if *id == at_a).then_some(())).await;
}

async fn two_users_call_each_other(place: Place) {
    let server = practice(&place).await;
    let mut a = Phone::registered(server.addr(), "first", 1).await;
    let mut b = Phone::registered(server.addr(), "second", 2).await;
    let (at_a, at_b) = talking(&mut a, &mut b).await;
    bye(&mut a, at_a, &mut b, at_b).await;
    let (at_b, at_a) = talking(&mut b, &mut a).await;
    bye(&mut a, at_a, &mut b, at_b).await;
    server.shutdown().await;
}

async fn call_survives_a_restart_of_the_server(place: Place) {
    let server = practice(&place).await;
    let addr = server.addr();
    let mut a = Phone::registered(addr, "first", 1).await;
    let mut b = Phone::registered(addr, "second", 2).await;
    let (at_a, at_b) = talking(&mut a, &mut b).await;
    server.shutdown().await;
    let config = ServerConfig { bind: addr, ..practice_config(&place) };
    let server = start(config).await.unwrap();
    a.reconnect(addr).await;
    // b is still away when a hangs up: the BYE waits for it.
    a.with(|ua, now| ua.hang_up(now, at_a)).await;
    b.reconnect(addr).await;
    b.wait(|e| matches!(e, Event::Ended { id, .. } if *id == at_b).then_some(())).await;
    a.wait(|e| matches!(e, Event::Closed { id } if *id == at_a).then_some(())).await;
    server.shutdown().await;
}
