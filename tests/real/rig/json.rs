//! A request to the team server without any of our code: for what a test wants to know on its own.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::Value;

use super::DEADLINE;

/// POSTs JSON and gives the JSON of a 2xx answer.
pub fn post(to: SocketAddr, path: &str, token: Option<&str>, body: &Value) -> Value {
    ask(to, "POST", path, token, &body.to_string())
}

fn ask(to: SocketAddr, method: &str, path: &str, token: Option<&str>, body: &str) -> Value {
    let bearer = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nContent-Type: application/json\r\n{bearer}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(to).expect("the server listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a time above zero");
    stream.write_all(request.as_bytes()).expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an HTTP answer");
    assert!(head.starts_with("HTTP/1.1 2"), "{path}: {answer}");
    let json = &body[body.find('{').expect("a JSON object")..=body.rfind('}').expect("a JSON object")];
    serde_json::from_str(json).expect("JSON")
}

/// GETs the JSON of a 2xx answer.
pub fn get(to: SocketAddr, path: &str, token: &str) -> Value {
    ask(to, "GET", path, Some(token), "")
}

/// PUTs JSON and gives the JSON of a 2xx answer.
pub fn put(to: SocketAddr, path: &str, token: &str, body: &Value) -> Value {
    ask(to, "PUT", path, Some(token), &body.to_string())
}

/// PATCHes JSON and gives the JSON of a 2xx answer.
pub fn patch(to: SocketAddr, path: &str, token: &str, body: &Value) -> Value {
    ask(to, "PATCH", path, Some(token), &body.to_string())
}
