//! What metrics tell of phones and calls.

use std::net::SocketAddr;

use serde_json::Value;
use sip::ua::Event;
use team_server::{MetricsSettings, ServerConfig, start};
use testkit::database::Place;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::phones::*;
use crate::statuses::{AT_ONCE, OFFER, Stream, choose};

testkit::on_both_databases! {
    phones_and_calls_are_counted_and_not_named,
}

async fn metrics(door: SocketAddr) -> String {
    let mut stream = TcpStream::connect(door).await.unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut text = String::new();
    timeout(DEADLINE, stream.read_to_string(&mut text)).await.expect("an answer in time").unwrap();
    text
}

fn value(text: &str, name: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

async fn phones_and_calls_are_counted_and_not_named(place: Place) {
    let bind = "127.0.0.1:0".parse().unwrap();
    let settings = MetricsSettings { bind, token: None };
    let server = start(ServerConfig { metrics: Some(settings), ..practice_config(&place) }).await.unwrap();
    let (addr, door) = (server.addr(), server.metrics_addr().unwrap());
    let mut a = Phone::registered(addr, "a", 1).await;
    let mut b = Phone::registered(addr, "b", 2).await;
    let (to_a, to_b) = (a.aor.user.clone(), b.aor.user.clone());
    let token_b = token(addr, "b").await;
    let mut news = Stream::open(addr, &token_b).await;

    let call = a.call(&to_b, OFFER.into()).await;
    let rings = b.wait(|e| if let Event::Invited { id, .. } = e { Some(*id) } else { None }).await;
    // What the team sees is told once it is so.
    let is_on_a_call = |event: &Value| event["data"]["extension"] == *to_a && event["data"]["call"].is_object();
    news.wait(DEADLINE, is_on_a_call).await;
    let text = metrics(door).await;
    let told = ["rannan_registrations", "rannan_calls", "rannan_event_streams"].map(|name| value(&text, name));
    assert_eq!(told, [Some(2), Some(1), Some(1)], "{text}");
    b.with(|ua, now| ua.reject(now, rings, 603)).await;
    assert_eq!(a.failed(call).await, 603);
    news.wait(DEADLINE, |event| event["type"] == "call.ended").await;

    assert_eq!(choose(addr, &token_b, "dnd", "").await.0, 200);
    let call = a.call(&to_b, OFFER.into()).await;
    assert_eq!(a.failed(call).await, 486);
    news.wait(AT_ONCE, |event| event["type"] == "call.blocked").await;
    // The news are told first and counted then, by one task: the next one says that it is done.
    b.call(&to_a, OFFER.into()).await;
    news.wait(DEADLINE, |event| event["type"] == "call.started").await;
    let text = metrics(door).await;
    assert_eq!(value(&text, "rannan_calls_ended_total{outcome=\"declined\"}"), Some(1), "{text}");
    assert_eq!(value(&text, "rannan_calls_blocked_total"), Some(1), "{text}");
    // Somebody's extension is the status with which a WebSocket begins.
    let text = text.replace("status=\"101\"", "");
    for somebody in [&to_a, &to_b, &token_b] {
        let quoted = format!("\"{somebody}\"");
        assert!(!text.contains(&quoted), "{quoted} in {text}");
    }
    server.shutdown().await;
}
