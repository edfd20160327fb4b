//! The same SQL on PostgreSQL. Runs when `RANNAN_TEST_POSTGRES` names an empty database (`postgres://user@host/db`); the journey is the
//! one that the other suites take on SQLite: migrate, seed, add a user, sign in, use and end sessions, start again.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use base::Secret;
use team_server::{AddUserError, NewUser, ServerConfig, add_user, start};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn ask(addr: std::net::SocketAddr, line: &str, token: &str, body: &str) -> (u16, serde_json::Value) {
    let head = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json");
    let length = body.len();
    let text = format!("{head}\r\nAuthorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n{body}");
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
}

#[tokio::test]
async fn the_journey_of_a_session_works_on_postgresql_too() {
    let Ok(url) = std::env::var("RANNAN_TEST_POSTGRES") else {
        println!("RANNAN_TEST_POSTGRES is not set: only SQLite was tried");
        return;
    };
    let new = |extension: &str| NewUser {
        email: "sara@example.com".into(),
        name: "سارة".into(),
        extension: extension.into(),
        password: Secret::new("Correct-Horse-7"),
        admin: false,
    };
    add_user(&url, new("201")).await.unwrap();
    assert!(matches!(add_user(&url, new("202")).await, Err(AddUserError::Taken)));
    for round in 0..2 {
        let mut config = ServerConfig::practice(std::path::Path::new("unused"));
        config.database_url = url.clone();
        let server = start(config).await.unwrap();
        let login = r#"{"email":"Sara@example.com","password":"Correct-Horse-7","device":"x"}"#;
        let mut tokens = Vec::new();
        for _ in 0..25 {
            let (status, body) = ask(server.addr(), "POST /v1/login", "", login).await;
            assert_eq!((status, body["me"]["name"].as_str()), (200, Some("سارة")));
            tokens.push(body["token"].as_str().unwrap().to_owned());
        }
        let me = async |token: &str| ask(server.addr(), "GET /v1/me", token, "").await.0;
        assert_eq!(me(&tokens[0]).await, 401, "only the newest sessions are kept");
        assert_eq!(me(&tokens[24]).await, 200);
        assert_eq!(ask(server.addr(), "POST /v1/logout", &tokens[24], "").await.0, 204);
        assert_eq!(me(&tokens[24]).await, 401);
        let mut extensions = Vec::new();
        for profile in ["a", "b", "a"] {
            let (status, body) = ask(server.addr(), "POST /v1/try", "", &format!(r#"{{"profile":"{profile}"}}"#)).await;
            assert_eq!(status, 200, "round {round}: {body}");
            extensions.push(body["me"]["extension"].as_str().unwrap().to_owned());
        }
        assert_eq!(extensions, ["101", "102", "101"]);
        server.shutdown().await;
    }
}
