//! `/metrics` and `/healthz` over real sockets.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::SocketAddr;
use std::time::Duration;

use base::Secret;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use team_server::{MetricsSettings, NewUser, ServerConfig, StartError, add_user, start};
use testkit::database::Place;
use testkit::http;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

const DEADLINE: Duration = Duration::from_secs(20);
const LOOPBACK: &str = "127.0.0.1:0";

testkit::on_both_databases! {
    metrics_tell_what_happens_and_nothing_of_anybody,
    health_is_told_at_both_places,
}

async fn ask(at: SocketAddr, line: &str, token: &str, body: &str) -> (u16, String) {
    let answer = http::ask_as(at, token, line, body).await;
    (answer.status, answer.text().to_owned())
}

fn config(place: &Place, token: Option<&str>) -> ServerConfig {
    ServerConfig {
        database_url: place.url(),
        metrics: Some(MetricsSettings { bind: LOOPBACK.parse().unwrap(), token: token.map(Secret::new) }),
        ..ServerConfig::in_dir(LOOPBACK.parse().unwrap(), place.dir())
    }
}

/// The value of the line that begins so.
fn value(text: &str, start: &str) -> f64 {
    let line = text.lines().find(|line| line.strip_prefix(start).is_some_and(|rest| rest.starts_with(' ')));
    line.and_then(|line| line.rsplit(' ').next()).and_then(|number| number.parse().ok()).unwrap_or(0.0)
}

/// The only labels that there are.
const LABELS: [&str; 7] = ["method", "route", "status", "question", "outcome", "le", "version"];

async fn metrics_tell_what_happens_and_nothing_of_anybody(place: Place) {
    let config = config(&place, Some("Canary-metrics"));
    let (email, name) = ("canary-mail@example.com".to_owned(), "Canary-Name".to_owned());
    let new =
        NewUser { email, name, extension: "7654321".into(), password: Secret::new("Canary-Word-1"), admin: false };
    add_user(&config.database_url, new).await.unwrap();
    let server = start(config).await.unwrap();
    let (at, door) = (server.addr(), server.metrics_addr().expect("it is set up"));
    let body = json!({"email": "canary-mail@example.com", "password": "Canary-Word-1", "device": "Canary-Device"});
    let (status, answer) = ask(at, "POST /v1/login", "", &body.to_string()).await;
    assert_eq!(status, 200);
    let token = serde_json::from_str::<Value>(&answer).unwrap()["token"].as_str().unwrap().to_owned();
    for line in [
        "GET /v1/me",
        "GET /v1/me?canary=1",
        "GET /v1/users/canary-id/avatar",
        "GET /canary/7654321",
        "CANARY /v1/me",
        "GET /v1/contacts?book=personal&since=canary",
        "DELETE /v1/contacts/canary?book=personal&edit=canary",
    ] {
        ask(at, line, &token, "").await;
    }
    let mut request = format!("ws://{at}/v1/events?since=7654321").into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    let mut stream = tokio_tungstenite::connect_async(request).await.unwrap().0;
    timeout(DEADLINE, stream.next()).await.expect("hello in time").unwrap().unwrap();

    assert_eq!(ask(at, "GET /metrics", &token, "").await.0, 404, "not where phones are served");
    for wrong in ["", "guess", &token] {
        assert_eq!(ask(door, "GET /metrics", wrong, "").await.0, 401);
    }
    assert_eq!(ask(door, "GET /v1/me", "Canary-metrics", "").await.0, 404, "nothing but metrics at this door");
    let (status, text) = ask(door, "GET /metrics", "Canary-metrics", "").await;
    assert_eq!(status, 200);
    for (start, expected) in [
        ("rannan_http_requests_total{method=\"GET\",route=\"/v1/me\",status=\"200\"}", 2.0),
        ("rannan_http_requests_total{method=\"other\",route=\"/v1/me\",status=\"405\"}", 1.0),
        ("rannan_http_requests_total{method=\"GET\",route=\"/v1/users/{id}/avatar\",status=\"404\"}", 1.0),
        ("rannan_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"}", 2.0),
        ("rannan_http_request_duration_seconds_count{route=\"/v1/login\"}", 1.0),
        ("rannan_sessions", 1.0),
        ("rannan_event_streams", 1.0),
        ("rannan_database_up", 1.0),
    ] {
        assert_eq!(value(&text, start), expected, "{start} in {text}");
    }
    assert!(value(&text, "rannan_database_answer_seconds_count{question=\"session\"}") >= 6.0, "{text}");
    assert!(value(&text, "rannan_process_memory_bytes") > 1e6 || !cfg!(target_os = "linux"), "{text}");

    for (what, secret) in [("extension", "7654321"), ("session", token.as_str()), ("canary", "canary")] {
        assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "the metrics hold a {what}: {text}");
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let labels = line.split_once('{').map_or("", |(_, rest)| rest);
        for label in
            labels.split("=\"").filter_map(|before| before.rsplit(['{', ',', '"']).next()).filter(|it| !it.is_empty())
        {
            let is_name = labels.contains(&format!("{label}=\""));
            assert!(!is_name || LABELS.contains(&label), "{label} in {line}");
        }
    }
    drop(stream);
    server.shutdown().await;
}

async fn health_is_told_at_both_places(place: Place) {
    let server = start(ServerConfig { metrics: None, ..config(&place, None) }).await.unwrap();
    assert_eq!(server.metrics_addr(), None);
    for path in ["/v1/health", "/healthz"] {
        let (status, body) = ask(server.addr(), &format!("GET {path}"), "", "").await;
        let health: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, &health["product"], &health["version"]), (200, &json!("rannan"), &json!("0.1.0")));
        assert_eq!(health["instance"], server.instance());
    }
    server.shutdown().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_and_metrics_say_that_the_database_is_away_and_that_it_is_back() {
    let place = Place::postgres();
    let server = start(config(&place, None)).await.unwrap();
    let (at, door) = (server.addr(), server.metrics_addr().unwrap());
    let url = place.url();
    tokio::task::spawn_blocking(move || testkit::postgres::refuse_connections(&url, true)).await.unwrap();
    let (status, problem) = ask(at, "GET /healthz", "", "").await;
    assert_eq!(status, 503);
    assert!(problem.contains("\"busy\""), "{problem}");
    let text = ask(door, "GET /metrics", "", "").await.1;
    assert_eq!(value(&text, "rannan_database_up"), 0.0);
    let url = place.url();
    tokio::task::spawn_blocking(move || testkit::postgres::refuse_connections(&url, false)).await.unwrap();
    assert_eq!(ask(at, "GET /healthz", "", "").await.0, 200);
    let text = ask(door, "GET /metrics", "", "").await.1;
    assert_eq!(value(&text, "rannan_database_up"), 1.0);
    server.shutdown().await;
}

#[tokio::test]
async fn on_a_network_metrics_need_a_token() {
    let place = Place::sqlite();
    let mut config = config(&place, None);
    config.metrics = Some(MetricsSettings { bind: "0.0.0.0:0".parse().unwrap(), token: None });
    assert!(matches!(start(config.clone()).await.err(), Some(StartError::MetricsOnNetwork { .. })));
    config.metrics = Some(MetricsSettings { bind: "0.0.0.0:0".parse().unwrap(), token: Some(Secret::new("t")) });
    start(config).await.unwrap().shutdown().await;
}
