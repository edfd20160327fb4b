//! The server over real sockets, byte for byte: what a foreign client sees.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use team_server::{RunningServer, ServerConfig, StartError, start};
use testkit::database::Place;
use testkit::http::{Answer, ask};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

const DEADLINE: Duration = Duration::from_secs(10);

testkit::on_both_databases! {
    every_refusal_is_a_problem_with_a_code,
    practice_is_for_programs_on_this_computer,
    nobody_signs_in_as_a_ready_made_agent_with_a_password,
    a_session_ends_when_it_is_signed_out_or_not_used,
    a_head_that_never_ends_does_not_hold_the_server_up,
    sip_needs_its_sub_protocol_and_an_allowed_origin,
    a_second_server_on_the_same_port_is_refused_with_the_reason,
}

fn practice_config(place: &Place) -> ServerConfig {
    ServerConfig { database_url: place.url(), ..ServerConfig::practice(place.dir()) }
}

async fn practice(place: &Place) -> RunningServer {
    start(practice_config(place)).await.unwrap()
}

async fn token(addr: SocketAddr, profile: &str) -> (String, String) {
    let answer = ask(addr, "POST /v1/try", &[], &format!(r#"{{"profile":"{profile}"}}"#)).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    (word(&answer.json()["token"]), word(&answer.json()["me"]["extension"]))
}

fn check_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.json()["code"].as_str()), (status, Some(code)), "{}", answer.head);
    assert!(answer.head.contains("content-type: application/problem+json"), "{}", answer.head);
    assert_eq!(answer.json()["status"], status);
    assert_eq!(answer.json()["type"], format!("tag:rannan.local,2026:problem:{code}"));
    for member in ["title", "detail"] {
        assert!(answer.json()[member].as_str().is_some_and(|text| !text.is_empty()), "{code} has a {member}");
    }
    if status == 401 {
        assert!(answer.head.contains("www-authenticate: bearer"), "RFC 9110 §11.6.1: {}", answer.head);
    }
}

async fn every_refusal_is_a_problem_with_a_code(place: Place) {
    let server = practice(&place).await;
    let at = server.addr();
    let good = r#"{"email":"a@b.c","password":"p"}"#;
    let long = format!(r#"{{"email":"a@b.c","password":"{}"}}"#, "x".repeat(20_000));
    let html = [("Content-Type", "text/html")];
    let cookie = [("Authorization", "Basic abc")];
    for (line, headers, body, status, code) in [
        ("GET /nothing", &[][..], "", 404, "not-found"),
        ("GET /v1/login", &[], "", 405, "method-not-allowed"),
        ("GET /v1/me", &[], "", 401, "not-signed-in"),
        ("GET /v1/me", &cookie, "", 401, "not-signed-in"),
        ("POST /v1/me/sip-credentials", &[("Authorization", "Bearer guess")], "", 401, "not-signed-in"),
        ("POST /v1/login", &html, good, 415, "not-json"),
        ("POST /v1/login", &[], "{\"email\":", 400, "bad-request"),
        ("POST /v1/login", &[], r#"{"email":1,"password":"p"}"#, 422, "bad-body"),
        ("POST /v1/login", &[], r#"{"email":"no address","password":"p"}"#, 422, "bad-body"),
        ("POST /v1/login", &[], &long, 413, "too-large"),
        ("POST /v1/login", &[], good, 401, "wrong-credentials"),
        ("POST /v1/try", &[], r#"{"profile":""}"#, 422, "bad-body"),
        ("GET /v1/events", &[], "", 401, "not-signed-in"),
        ("GET /sip", &[], "", 400, "bad-request"),
    ] {
        check_problem(&ask(at, line, headers, body).await, status, code);
    }
    server.shutdown().await;
}

async fn practice_is_for_programs_on_this_computer(place: Place) {
    let server = practice(&place).await;
    let body = r#"{"profile":"x"}"#;
    for headers in [
        &[("Origin", "http://evil.test")][..],
        &[("Origin", "null")],
        &[("Host", "evil.test")],
        &[("Host", "192.168.1.9:80")],
        &[("Host", "127.0.0.1"), ("Host", "evil.test")],
    ] {
        let answer = ask(server.addr(), "POST /v1/try", headers, body).await;
        assert!(matches!(answer.status, 400 | 403), "{headers:?}: {}", answer.head);
    }
    assert_eq!(ask(server.addr(), "POST /v1/try", &[("Host", "localhost")], body).await.status, 200);
    server.shutdown().await;

    let server = start(ServerConfig { practice: false, ..practice_config(&place) }).await.unwrap();
    check_problem(&ask(server.addr(), "POST /v1/try", &[], body).await, 404, "not-found");
    server.shutdown().await;

    let mut config = practice_config(&place);
    config.bind = "0.0.0.0:0".parse().unwrap();
    assert!(matches!(start(config).await.err(), Some(StartError::PracticeOnNetwork { .. })));
}

async fn nobody_signs_in_as_a_ready_made_agent_with_a_password(place: Place) {
    let server = practice(&place).await;
    for password in ["!", "", "*"] {
        let body = format!(r#"{{"email":"noor@rannan.local","password":"{password}"}}"#);
        check_problem(&ask(server.addr(), "POST /v1/login", &[], &body).await, 401, "wrong-credentials");
    }
    server.shutdown().await;
}

async fn a_session_ends_when_it_is_signed_out_or_not_used(place: Place) {
    let mut config = practice_config(&place);
    config.session_lifetime = Duration::from_secs(2);
    let server = start(config).await.unwrap();
    let (token, _) = token(server.addr(), "x").await;
    let bearer = format!("Bearer {token}");
    let authorized = [("Authorization", bearer.as_str())];
    let me = async || ask(server.addr(), "GET /v1/me", &authorized, "").await.status;
    assert_eq!(me().await, 200);
    let end = tokio::time::Instant::now() + DEADLINE;
    let mut unused = tokio::time::interval(Duration::from_millis(2500));
    unused.tick().await;
    while me().await == 200 {
        assert!(tokio::time::Instant::now() < end, "the session outlives its lifetime without use");
        unused.tick().await;
    }
    server.shutdown().await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_database_is_private_and_holds_no_token() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::sqlite();
    let server = practice(&place).await;
    let (token, _) = token(server.addr(), "x").await;
    server.shutdown().await;
    for entry in std::fs::read_dir(place.dir()).unwrap() {
        let path = entry.unwrap().path();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{path:?} {mode:o}");
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(token.len()).any(|w| w == token.as_bytes()), "{path:?} holds the token");
    }
}

async fn a_head_that_never_ends_does_not_hold_the_server_up(place: Place) {
    let mut config = practice_config(&place);
    config.max_connections = 3;
    let server = start(config).await.unwrap();
    let mut slow = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(server.addr()).await.unwrap();
        stream.write_all(b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
        slow.push(stream);
    }
    assert_eq!(ask(server.addr(), "GET /v1/health", &[], "").await.status, 200);
    let mut huge = TcpStream::connect(server.addr()).await.unwrap();
    let _ = huge.write_all(&[b'a'; 200_000]).await;
    let mut rest = Vec::new();
    let _ = timeout(DEADLINE, huge.read_to_end(&mut rest)).await.expect("an endless head is refused");
    let began = tokio::time::Instant::now();
    server.shutdown().await;
    assert!(began.elapsed() < Duration::from_secs(4), "half-open requests do not delay the end");
}

async fn sip_needs_its_sub_protocol_and_an_allowed_origin(place: Place) {
    let mut config = practice_config(&place);
    config.allowed_origins = Some(vec!["https://team.example.com".into()]);
    let server = start(config).await.unwrap();
    let try_with = async |protocol: Option<&str>, origin: Option<&str>| {
        let mut request = format!("ws://{}/sip", server.addr()).into_client_request().unwrap();
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", protocol.parse().unwrap());
        }
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        let stream = TcpStream::connect(server.addr()).await.unwrap();
        match tokio_tungstenite::client_async(request, stream).await {
            Ok((_, response)) => response.status().as_u16(),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => response.status().as_u16(),
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(try_with(None, None).await, 400);
    assert_eq!(try_with(Some("chat"), None).await, 400);
    assert_eq!(try_with(Some("sip"), Some("https://evil.test")).await, 403);
    server.shutdown().await;
}

async fn a_second_server_on_the_same_port_is_refused_with_the_reason(place: Place) {
    let server = practice(&place).await;
    let other = Place::sqlite();
    let mut config = practice_config(&other);
    config.bind = server.addr();
    match start(config).await.err() {
        Some(StartError::Bind { at, .. }) => assert_eq!(at, server.addr()),
        other => panic!("{other:?}"),
    }
    server.shutdown().await;
}
