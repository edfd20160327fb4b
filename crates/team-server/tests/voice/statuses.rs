//! What a status does to calls, and what the team sees of it.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use sip::ua::Event;
use testkit::database::Place;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::phones::*;

/// What is told at once is told within this.
pub const AT_ONCE: Duration = Duration::from_secs(1);

pub async fn choose(addr: SocketAddr, token: &str, status: &str, text: &str) -> (u16, Value) {
    request(addr, "PUT", "/v1/me/status", token, &json!({"status": status, "text": text}).to_string()).await
}

/// The event stream of a session.
pub struct Stream(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Stream {
    pub async fn open(addr: SocketAddr, token: &str) -> Stream {
        let mut request = format!("ws://{addr}/v1/events").into_client_request().unwrap();
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        let mut stream = Stream(tokio_tungstenite::connect_async(request).await.unwrap().0);
        stream.wait(DEADLINE, |event| event["type"] == "hello").await;
        stream
    }

    pub async fn wait(&mut self, longest: Duration, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        let search = async {
            loop {
                let Some(Ok(message)) = self.0.next().await else { panic!("the stream ended") };
                let Message::Text(text) = message else { continue };
                let event: Value = serde_json::from_str(&text).unwrap();
                if wanted(&event) {
                    return event;
                }
            }
        };
        timeout(longest, search).await.expect("the event comes in time")
    }

    pub async fn sees(&mut self, longest: Duration, extension: &str, status: &str) -> Value {
        let is_it = |event: &Value| {
            event["type"] == "presence.changed"
                && event["data"]["extension"] == extension
                && event["data"]["status"] == status
        };
        self.wait(longest, is_it).await["data"].clone()
    }
}

pub const OFFER: &str = "v=0\r\n";

testkit::on_both_databases! {
    do_not_disturb_is_busy_for_callers_and_calls_out_st_04,
    team_sees_a_change_within_a_second_st_06_st_11_st_13,
    phone_that_falls_silent_is_offline_within_30_s_st_11,
    marked_offline_at_sign_in_nothing_rings_until_a_status_is_chosen_st_07,
    statuses_survive_a_restart_of_the_server_and_hold_from_the_first_call_st_04,
    signed_out_everywhere_is_offline_although_a_phone_is_still_registered_st_10,
}

async fn do_not_disturb_is_busy_for_callers_and_calls_out_st_04(place: Place) {
    let server = practice(&place).await;
    let addr = server.addr();
    let mut a = Phone::registered(addr, "a", 1).await;
    let mut b = Phone::registered(addr, "b", 2).await;
    let (to_a, to_b) = (a.aor.user.clone(), b.aor.user.clone());
    let token_b = token(addr, "b").await;
    let mut news_of_b = Stream::open(addr, &token_b).await;
    assert_eq!(choose(addr, &token_b, "dnd", "").await.0, 200);

    let call = a.call(&to_b, OFFER.into()).await;
    assert_eq!(a.failed(call).await, 486);
    let is_blocked = |event: &Value| event["type"] == "call.blocked";
    let blocked = news_of_b.wait(AT_ONCE, is_blocked).await;
    assert_eq!((&blocked["data"]["from"], &blocked["data"]["code"]), (&json!(to_a), &json!(486)));

    let out = b.call(&to_a, OFFER.into()).await;
    let rings = a.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    a.with(|ua, now| ua.reject(now, rings, 603)).await;
    assert_eq!(b.failed(out).await, 603, "the call out came through; nothing rang at b meanwhile");

    for status in ["available", "break", "meeting"] {
        assert_eq!(choose(addr, &token_b, status, "").await.0, 200);
        let call = a.call(&to_b, OFFER.into()).await;
        let rings = b.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
        b.with(|ua, now| ua.reject(now, rings, 603)).await;
        assert_eq!(a.failed(call).await, 603, "{status} lets internal calls through (ST-02, ST-03, ST-05)");
    }
    server.shutdown().await;
}

async fn team_sees_a_change_within_a_second_st_06_st_11_st_13(place: Place) {
    let server = practice(&place).await;
    let addr = server.addr();
    let token_a = token(addr, "a").await;
    let mut a = Stream::open(addr, &token_a).await;
    let b = Phone::registered(addr, "b", 2).await;
    let extension = b.aor.user.clone();
    a.sees(DEADLINE, &extension, "available").await;

    let token_b = token(addr, "b").await;
    for (status, text) in [("break", ""), ("other", "تدريب على CRM"), ("dnd", "")] {
        let began = Instant::now();
        assert_eq!(choose(addr, &token_b, status, text).await.0, 200);
        let seen = a.sees(AT_ONCE, &extension, status).await;
        assert_eq!(seen["text"], text);
        assert!(began.elapsed() < AT_ONCE, "{status} took {:?}", began.elapsed());
    }
    drop(b);
    a.sees(DEADLINE, &extension, "offline").await;
    let (_, team) = request(addr, "GET", "/v1/presence", &token_a, "").await;
    let people = team["people"].as_array().unwrap();
    assert_eq!(people.len(), 8, "the whole team");
    assert!(people.iter().all(|person| person["status"] == "offline"), "{team}");
    server.shutdown().await;
}

async fn phone_that_falls_silent_is_offline_within_30_s_st_11(place: Place) {
    let server = practice(&place).await;
    let addr = server.addr();
    let mut a = Stream::open(addr, &token(addr, "a").await).await;
    // Its connection stays open, and nobody answers on it.
    let silent = Phone::registered(addr, "b", 2).await;
    let extension = silent.aor.user.clone();
    a.sees(DEADLINE, &extension, "available").await;
    a.sees(Duration::from_secs(30), &extension, "offline").await;
    drop(silent);
    server.shutdown().await;
}

async fn marked_offline_at_sign_in_nothing_rings_until_a_status_is_chosen_st_07(place: Place) {
    let server = practice(&place).await;
    let addr = server.addr();
    let first = token(addr, "b").await;
    let body = json!({"offline_at_sign_in": true}).to_string();
    let (status, mine) = request(addr, "PUT", "/v1/me/status/settings", &first, &body).await;
    assert_eq!((status, &mine["marked_offline"]), (200, &json!(false)), "it counts from the next sign-in on");
    assert_eq!(choose(addr, &first, "break", "").await.0, 200);

    let mut a = Phone::registered(addr, "a", 1).await;
    let mut b = Phone::registered(addr, "b", 2).await;
    let to_b = b.aor.user.clone();
    let (_, mine) = request(addr, "GET", "/v1/me/status", &first, "").await;
    assert_eq!((&mine["marked_offline"], &mine["status"]), (&json!(true), &json!("break")));
    let call = a.call(&to_b, OFFER.into()).await;
    assert_eq!(a.failed(call).await, 480);

    let (_, mine) = choose(addr, &first, "break", "").await;
    assert_eq!(mine["marked_offline"], false);
    let call = a.call(&to_b, OFFER.into()).await;
    let rings = b.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    b.with(|ua, now| ua.reject(now, rings, 603)).await;
    assert_eq!(a.failed(call).await, 603);
    server.shutdown().await;
}

async fn statuses_survive_a_restart_of_the_server_and_hold_from_the_first_call_st_04(place: Place) {
    let server = practice(&place).await;
    let addr = server.addr();
    let mut a = Phone::registered(addr, "a", 1).await;
    let mut b = Phone::registered(addr, "b", 2).await;
    let to_b = b.aor.user.clone();
    assert_eq!(choose(addr, &token(addr, "b").await, "dnd", "").await.0, 200);
    server.shutdown().await;

    let mut config = practice_config(&place);
    config.bind = addr;
    let server = team_server::start(config).await.unwrap();
    a.reconnect(addr).await;
    b.reconnect(addr).await;
    let call = a.call(&to_b, OFFER.into()).await;
    assert_eq!(a.failed(call).await, 486);
    server.shutdown().await;
}

async fn signed_out_everywhere_is_offline_although_a_phone_is_still_registered_st_10(place: Place) {
    let server = practice(&place).await;
    let addr = server.addr();
    let mut a = Phone::registered(addr, "a", 1).await;
    let token_b = token(addr, "b").await;
    let b = Phone::registered_with(addr, &token_b, "b", 2).await;
    assert_eq!(request(addr, "POST", "/v1/logout", &token_b, "").await.0, 204);
    let call = a.call(&b.aor.user, OFFER.into()).await;
    assert_eq!(a.failed(call).await, 480);
    server.shutdown().await;
}
