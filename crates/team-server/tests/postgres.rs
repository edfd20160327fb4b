//! What only PostgreSQL can do: go away and come back, and serve two servers at once.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::SocketAddr;

use serde_json::{Value, json};
use team_server::{ServerConfig, start};
use testkit::database::Place;
use testkit::http;
use testkit::postgres::end_connections;

async fn ask(at: SocketAddr, line: &str, token: &str, body: &str) -> (u16, Value) {
    let answer = http::ask_as(at, token, line, body).await;
    (answer.status, answer.json())
}

async fn try_it(at: SocketAddr, profile: &str) -> (u16, Value) {
    ask(at, "POST /v1/try", "", &json!({ "profile": profile }).to_string()).await
}

fn config(place: &Place) -> ServerConfig {
    ServerConfig { database_url: place.url(), ..ServerConfig::practice(place.dir()) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_goes_on_after_postgres_has_ended_its_connections() {
    let place = Place::postgres();
    let server = start(config(&place)).await.unwrap();
    let at = server.addr();
    let token = try_it(at, "a").await.1["token"].as_str().unwrap().to_owned();
    for _ in 0..3 {
        let url = place.url();
        tokio::task::spawn_blocking(move || end_connections(&url)).await.unwrap();
        assert_eq!(ask(at, "GET /v1/me", &token, "").await.0, 200);
    }
    server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_that_start_at_once_on_an_empty_database_share_it() {
    let place = Place::postgres();
    let (one, two) = tokio::join!(start(config(&place)), start(config(&place)));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(one.instance(), two.instance());
    let token = try_it(one.addr(), "a").await.1["token"].as_str().unwrap().to_owned();
    assert_eq!(ask(two.addr(), "GET /v1/me", &token, "").await.0, 200, "a session holds at both");

    // Eight profiles at once, at both: each of the eight agents is given to one of them.
    let (a, b, c, d) = (one.addr(), two.addr(), one.addr(), two.addr());
    let got = tokio::join!(
        try_it(a, "b"),
        try_it(b, "c"),
        try_it(c, "d"),
        try_it(d, "e"),
        try_it(a, "f"),
        try_it(b, "g"),
        try_it(c, "h")
    );
    let got = [got.0, got.1, got.2, got.3, got.4, got.5, got.6];
    assert!(got.iter().all(|(status, _)| *status == 200), "{got:?}");
    let mut extensions: Vec<_> = got.iter().map(|(_, answer)| answer["me"]["extension"].to_string()).collect();
    extensions.sort();
    extensions.dedup();
    assert_eq!(extensions.len(), 7);
    assert_eq!(try_it(a, "i").await.0, 409);
    one.shutdown().await;
    two.shutdown().await;
}

/// Everybody comes at nine o'clock: sign-ins of one person on many computers, statuses, edits of one book, all at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_stand_in_nobodys_way() {
    let place = Place::postgres();
    let server = start(config(&place)).await.unwrap();
    let at = server.addr();
    let token = try_it(at, "a").await.1["token"].as_str().unwrap().to_owned();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let token = token.clone();
        tasks.spawn(async move {
            let (signed_in, _) = try_it(at, "b").await;
            let status = ["break", "dnd", "meeting"][number % 3];
            let (chosen, _) = ask(at, "PUT /v1/me/status", &token, &json!({ "status": status }).to_string()).await;
            let edit = json!({"id": format!("{:032x}", number + 1), "base": 0, "edit": format!("t.{number}"), "card": {"first_name": "Noor"}});
            let push = json!({"book": "personal", "edits": [edit]}).to_string();
            let (pushed, results) = ask(at, "POST /v1/contacts/push", &token, &push).await;
            (signed_in, chosen, pushed, results["results"][0]["outcome"] == "kept")
        });
    }
    for answer in tasks.join_all().await {
        // A choice that was overtaken by a later one is told so.
        assert!(matches!(answer, (200, 200 | 409, 200, true)), "{answer:?}");
    }
    let (_, page) = ask(at, "GET /v1/contacts?book=personal", &token, "").await;
    assert_eq!((&page["newest"], &page["left"]), (&json!(40), &json!(0)), "every edit has a number of its own");
    server.shutdown().await;
}
