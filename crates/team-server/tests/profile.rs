//! The profile's paths over real sockets, byte for byte: what a foreign client sees.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use sqlx::Connection as _;
use team_server::{ServerConfig, start};
use testkit::database::Place;
use testkit::http::{self, Answer};
use testkit::picture::{GIF, png};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

const DEADLINE: Duration = Duration::from_secs(20);

testkit::on_both_databases! {
    what_the_administrator_sets_is_forbidden_to_users_and_nothing_is_changed_then_pr_04,
    pictures_are_for_the_signed_in_and_changed_by_their_owner_alone_pr_06,
    a_body_without_end_is_refused_by_its_head_pr_09,
    a_suspended_account_is_told_so_and_its_event_stream_ends_ps_02,
}

fn practice(place: &Place) -> ServerConfig {
    ServerConfig { database_url: place.url(), ..ServerConfig::practice(place.dir()) }
}

async fn ask(at: SocketAddr, line: &str, token: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let bearer = format!("Bearer {token}");
    let authorized: &[(&str, &str)] = if token.is_empty() { &[] } else { &[("Authorization", &bearer)] };
    http::ask(at, line, &[authorized, headers].concat(), body).await
}

async fn try_it(at: SocketAddr, profile: &str) -> (String, Value) {
    let answer = ask(at, "POST /v1/try", "", &[], json!({ "profile": profile }).to_string().as_bytes()).await;
    let answer = answer.json();
    (answer["token"].as_str().unwrap().to_owned(), answer["me"].clone())
}

async fn what_the_administrator_sets_is_forbidden_to_users_and_nothing_is_changed_then_pr_04(place: Place) {
    let server = start(practice(&place)).await.unwrap();
    let at = server.addr();
    let (token, me) = try_it(at, "a").await;
    for member in ["email", "role", "service", "extension", "account_status"] {
        let body = json!({ "first_name": "Eve", member: "admin" }).to_string();
        let answer = ask(at, "PATCH /v1/me", &token, &[], body.as_bytes()).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some("forbidden")), "{member}");
        assert_eq!(ask(at, "PUT /v1/me", &token, &[], body.as_bytes()).await.status, 405, "{member}");
    }
    assert_eq!(ask(at, "GET /v1/me", &token, &[], b"").await.json(), me);
    let answer = ask(at, "PATCH /v1/me", &token, &[], br#"{"last_name":"B"}"#).await.json();
    assert_eq!((&answer["name"], &answer["email"]), (&json!("Noor B"), &me["email"]), "what is absent stays");
    server.shutdown().await;
}

async fn pictures_are_for_the_signed_in_and_changed_by_their_owner_alone_pr_06(place: Place) {
    let server = start(practice(&place)).await.unwrap();
    let at = server.addr();
    let (noor, me) = try_it(at, "a").await;
    let (rana, _) = try_it(at, "b").await;
    let path = format!("/v1/users/{}/avatar", me["id"].as_str().unwrap());
    let file = png(300, 200, [9, 9, 200]);
    for (line, token) in [("PUT /v1/me/avatar", ""), ("DELETE /v1/me/avatar", "guess"), (&*format!("GET {path}"), "")] {
        assert_eq!(ask(at, line, token, &[], &file).await.status, 401, "{line}");
    }
    for method in ["PUT", "DELETE", "POST"] {
        assert_eq!(ask(at, &format!("{method} {path}"), &rana, &[], &file).await.status, 405, "{method} of another's");
    }
    assert_eq!(ask(at, &format!("GET {path}"), &rana, &[], b"").await.status, 404);
    assert_eq!(ask(at, "PUT /v1/me/avatar", &noor, &[], GIF).await.json()["code"], "picture-foreign");
    // Whatever the head says: the bytes decide.
    let put = ask(at, "PUT /v1/me/avatar", &noor, &[], &file).await;
    assert_eq!(put.status, 200);
    let revision = put.json()["avatar"].as_str().unwrap().to_owned();

    let got = ask(at, &format!("GET {path}?size=large"), &rana, &[], b"").await;
    assert_eq!((got.status, got.header("content-type")), (200, Some("image/jpeg")));
    assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
    let tag = got.header("etag").unwrap().to_owned();
    assert_eq!(tag, format!("\"{revision}.large\""));
    let same = ask(at, &format!("GET {path}?size=large"), &rana, &[("If-None-Match", &tag)], b"").await;
    assert_eq!((same.status, same.body.len()), (304, 0));
    let other = ask(at, &format!("GET {path}?size=small"), &rana, &[("If-None-Match", &tag)], b"").await;
    assert_eq!(other.status, 200, "another size is another picture");
    assert_eq!(ask(at, &format!("GET {path}?size=huge"), &rana, &[], b"").await.status, 400);
    for nobody in ["nobody", "%00", "%F0%9F%98%80"] {
        assert_eq!(ask(at, &format!("GET /v1/users/{nobody}/avatar"), &rana, &[], b"").await.status, 404, "{nobody}");
    }
    server.shutdown().await;
}

async fn a_body_without_end_is_refused_by_its_head_pr_09(place: Place) {
    let server = start(practice(&place)).await.unwrap();
    let (token, _) = try_it(server.addr(), "a").await;
    let answer = ask(server.addr(), "PUT /v1/me/avatar", &token, &[], &vec![0; 6 * 1024 * 1024]).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (413, Some("too-large")));
    let answer = ask(server.addr(), "PATCH /v1/me", &token, &[], &vec![b' '; 20 * 1024]).await;
    assert_eq!(answer.status, 413, "other bodies keep their own limit");
    server.shutdown().await;
}

async fn a_suspended_account_is_told_so_and_its_event_stream_ends_ps_02(place: Place) {
    let config = practice(&place);
    let url = config.database_url.clone();
    let server = start(config).await.unwrap();
    let at = server.addr();
    let (token, me) = try_it(at, "a").await;
    let mut events = stream(at, &token).await.expect("lets us in");
    assert!(matches!(next(&mut events).await, Some(Message::Text(hello)) if hello.contains("hello")));

    set_status(&url, &me, "suspended").await;
    let answer = ask(at, "GET /v1/me", &token, &[], b"").await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some("account-suspended")));
    let why = loop {
        match next(&mut events).await {
            Some(Message::Close(frame)) => break frame.map(|frame| u16::from(frame.code)),
            Some(_) => {}
            None => panic!("it says why"),
        }
    };
    assert_eq!(why, Some(4401));
    assert_eq!(stream(at, &token).await.err(), Some(403));
    set_status(&url, &me, "active").await;
    assert_eq!(ask(at, "GET /v1/me", &token, &[], b"").await.json(), me, "the session was not thrown away");
    server.shutdown().await;
}

/// As an administrator does it, in another process.
async fn set_status(url: &str, me: &Value, status: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    sqlx::query("UPDATE users SET status = $1 WHERE id = $2")
        .bind(status.to_owned())
        .bind(me["id"].as_str().unwrap().to_owned())
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

async fn stream(at: SocketAddr, token: &str) -> Result<WebSocketStream<TcpStream>, u16> {
    let mut request = format!("ws://{at}/v1/events").into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    match client_async(request, TcpStream::connect(at).await.unwrap()).await {
        Ok((socket, _)) => Ok(socket),
        Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

async fn next(socket: &mut WebSocketStream<TcpStream>) -> Option<Message> {
    // Reading answers pings, so the stream ends for no other reason.
    timeout(DEADLINE, socket.next()).await.expect("in time").and_then(Result::ok)
}
