//! Parked calls: seen by whom it is given, taken, called back, and gone when the caller is (RG-08).

use std::net::SocketAddr;
use std::time::Duration;

use base::Aor;
use media::{MediaConfig, MediaEvent, MediaSession};
use serde_json::{Value, json};
use sip::ua::{DialogId, Event, Referral};
use testkit::database::Place;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::directory::{PASSWORD, make, sign_in};
use crate::phones::*;
use crate::rights::change;
use crate::status_admin::with_administrator;
use crate::statuses::{OFFER, Stream};

testkit::on_both_databases! {
    a_parked_call_is_heard_seen_and_taken_by_whoever_may_rg_02_rg_08,
    nobody_takes_it_and_it_rings_back_until_the_caller_leaves_rg_08,
}

struct Person {
    token: String,
    extension: &'static str,
}

async fn person(addr: SocketAddr, admin: &str, extension: &'static str, rights: Value) -> Person {
    let email = format!("u{extension}@example.com");
    let wish = json!({"extension": extension, "name": format!("User {extension}"), "email": email, "password": PASSWORD, "role": "user"});
    let (status, card) = make(addr, admin, &wish).await;
    assert_eq!(status, 201, "{card}");
    let changed = change(addr, admin, card["id"].as_str().unwrap(), |card| {
        for (name, on) in rights.as_object().unwrap() {
            card["switches"][name] = on.clone();
        }
    });
    assert_eq!(changed.await.0, 200);
    let (_, session) = sign_in(addr, &email, PASSWORD).await;
    Person { token: session["token"].as_str().unwrap().to_owned(), extension }
}

impl Person {
    async fn phone(&self, addr: SocketAddr, seed: u64) -> Phone {
        Phone::registered_with(addr, &self.token, self.extension, seed).await
    }

    async fn parked(&self, addr: SocketAddr) -> Vec<Value> {
        let (status, parked) = request(addr, "GET", "/v1/parked", &self.token, "").await;
        assert_eq!(status, 200);
        parked["calls"].as_array().unwrap().clone()
    }

    async fn parks(&self, addr: SocketAddr) -> (u16, Value) {
        request(addr, "POST", "/v1/parked", &self.token, "").await
    }
}

/// What is told next about parked calls.
async fn told(stream: &mut Stream) -> Value {
    let event = stream.wait(DEADLINE, |event| event["type"] == "parked.changed").await;
    event["data"]["calls"].clone()
}

/// Calls with sound and is answered.
async fn calls(phone: &mut Phone, to: &str) -> (DialogId, MediaSession, mpsc::Receiver<MediaEvent>) {
    let (session, events) = MediaSession::new(MediaConfig::opus(vec![[127, 0, 0, 1].into()])).await.unwrap();
    let id = phone.call(to, session.make_offer().await.unwrap()).await;
    let answer = phone.accepted(id).await;
    session.apply_answer(&answer).await.unwrap();
    (id, session, events)
}

async fn hears(events: &mut mpsc::Receiver<MediaEvent>) {
    let packet = async {
        while let Some(event) = events.recv().await {
            if matches!(event, MediaEvent::Packet(_)) {
                return;
            }
        }
        panic!("the sound ended");
    };
    timeout(DEADLINE, packet).await.expect("something is played");
}

/// What the far end of this call is told to do.
async fn is_sent(phone: &mut Phone, id: DialogId) -> (String, Referral) {
    let longest = Duration::from_secs(30);
    phone
        .wait_for(longest, |e| match e {
            Event::Referred { id: it, to, referral } if *it == id => Some((to.clone(), referral.clone())),
            _ => None,
        })
        .await
}

async fn a_parked_call_is_heard_seen_and_taken_by_whoever_may_rg_02_rg_08(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let parks = json!({"parking": true});
    let noor = person(addr, &admin, "701", parks.clone()).await;
    let rana = person(addr, &admin, "702", parks.clone()).await;
    let discreet = person(addr, &admin, "704", json!({"parking": true, "show_my_calls": false})).await;
    let stranger = person(addr, &admin, "703", json!({})).await;
    let [mut at_rana, mut at_stranger] = [rana.phone(addr, 1).await, stranger.phone(addr, 2).await];
    let mut stream = Stream::open(addr, &rana.token).await;

    assert_eq!(stranger.parks(addr).await.0, 403);
    let (status, place) = noor.parks(addr).await;
    assert_eq!((status, place), (200, json!({"slot": 1, "dial": "*6801"})));
    assert_eq!(discreet.parks(addr).await.1["slot"], 2);
    let nowhere = at_stranger.call("*6803", OFFER.into()).await;
    assert_eq!(at_stranger.failed(nowhere).await, 404);

    // The caller's phone follows the REFER of whoever parks: here it calls the place by itself.
    let (parked, sound, mut heard) = calls(&mut at_stranger, "*6801").await;
    hears(&mut heard).await;
    let seen = told(&mut stream).await;
    assert_eq!(
        (&seen[0]["slot"], &seen[0]["with"]["number"], &seen[0]["comes_back"]),
        (&json!(1), &json!("703"), &json!(false))
    );
    assert_eq!(seen[0]["by_name"], "User 701");
    assert_eq!(rana.parked(addr).await, seen.as_array().unwrap().clone());
    assert!(stranger.parked(addr).await.is_empty(), "no right to park");

    let (second, other_sound, _heard) = calls(&mut at_stranger, "*6802").await;
    let seen = told(&mut stream).await;
    assert_eq!((&seen[1]["slot"], seen[1].get("with")), (&json!(2), None), "704 shares no calls");
    at_stranger.hang_up(second).await;
    other_sound.close().await;
    assert_eq!(told(&mut stream).await.as_array().unwrap().len(), 1);

    let may_not = person(addr, &admin, "705", json!({})).await;
    let mut at_may_not = may_not.phone(addr, 4).await;
    let refused = at_may_not.call("*6801", OFFER.into()).await;
    assert_eq!(at_may_not.failed(refused).await, 403);

    let (came, picker_sound, _events) = calls(&mut at_rana, "*6801").await;
    let (to, referral) = is_sent(&mut at_stranger, parked).await;
    assert!(referral.is_attended(), "the two get each other");
    let target: Aor = to.trim_start_matches("sip:").parse().unwrap();
    assert_eq!(target.user, "702");
    at_stranger.with(|ua, now| ua.accept_refer(now, parked)).await;
    at_stranger.with(|ua, now| ua.invite_referred(now, &target, OFFER.into(), referral).1).await;
    let rings = at_rana.wait(|e| match e {
        Event::Invited { id, replaces, from, .. } => Some((*id, *replaces, from.number.clone())),
        _ => None,
    });
    let (id, replaces, from) = rings.await;
    assert_eq!((replaces, from.as_str()), (Some(came), "703"));
    at_rana.with(|ua, now| ua.answer(now, id, OFFER.into())).await;
    at_stranger.wait(|e| matches!(e, Event::Accepted { .. }).then_some(())).await;
    at_stranger.with(|ua, now| ua.notify_refer(now, parked, 200)).await;
    at_stranger.wait(|e| matches!(e, Event::Ended { id, .. } if *id == parked).then_some(())).await;
    at_rana.wait(|e| matches!(e, Event::Ended { id, .. } if *id == came).then_some(())).await;
    assert_eq!(told(&mut stream).await, json!([]));
    assert_eq!(noor.parks(addr).await.1["slot"], 1, "free again");
    for session in [sound, picker_sound] {
        session.close().await;
    }
    server.shutdown().await;
}

async fn nobody_takes_it_and_it_rings_back_until_the_caller_leaves_rg_08(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let noor = person(addr, &admin, "701", json!({"parking": true})).await;
    let caller = person(addr, &admin, "703", json!({})).await;
    let soon = r#"{"ring_back_s":5}"#;
    assert_eq!(request(addr, "PUT", "/v1/admin/parking", &noor.token, soon).await.0, 403);
    assert_eq!(request(addr, "GET", "/v1/admin/parking", &admin, "").await.1, json!({"ring_back_s": 180}));
    assert_eq!(request(addr, "PUT", "/v1/admin/parking", &admin, soon).await, (200, json!({"ring_back_s": 5})));
    let (mut phone, mut stream) = (caller.phone(addr, 1).await, Stream::open(addr, &noor.token).await);
    assert_eq!(noor.parks(addr).await.0, 200);
    let (parked, sound, _events) = calls(&mut phone, "*6801").await;
    assert_eq!(told(&mut stream).await[0]["comes_back"], false);
    let (to, referral) = is_sent(&mut phone, parked).await;
    assert!(to.starts_with("sip:701@") && !referral.is_attended(), "{to}");
    assert_eq!(told(&mut stream).await[0]["comes_back"], true);
    // Nobody answers there.
    phone.with(|ua, now| ua.accept_refer(now, parked)).await;
    phone.with(|ua, now| ua.notify_refer(now, parked, 480)).await;
    assert_eq!(told(&mut stream).await[0]["comes_back"], false, "it waits on");
    phone.hang_up(parked).await;
    assert_eq!(told(&mut stream).await, json!([]));
    sound.close().await;
    server.shutdown().await;
}
