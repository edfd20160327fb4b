//! One HTTP request on a connection of its own, byte for byte: what a foreign client sends and sees.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than any answer takes on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Status line and headers, in small letters.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, in small letters as all of the head; `name` too.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The body as text.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    /// The body as JSON; `null` when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

/// Asks. `line` is method and path; `headers` replace those of the same name: `Host`, and a content type of JSON.
///
/// # Errors
/// When there is no whole answer, because the server is gone.
///
/// # Panics
/// When there is no answer in time, or something else than HTTP.
pub async fn try_ask(
    at: SocketAddr,
    line: &str,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> std::io::Result<Answer> {
    let body = body.as_ref();
    let host = at.to_string();
    let mut head = format!("{line} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    let usual = [("Host", host.as_str()), ("Content-Type", "application/json")];
    let replaced = |name: &str| headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
    for (name, value) in usual.into_iter().filter(|(name, _)| !replaced(name)).chain(headers.iter().copied()) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(at).await?;
    stream.write_all(format!("{head}\r\n").as_bytes()).await?;
    // Whoever refuses by the head alone may close before the body is sent, and the reset may follow what is read: what came counts.
    let _ = stream.write_all(body).await;
    let mut bytes = Vec::new();
    let _ = timeout(DEADLINE, stream.read_to_end(&mut bytes)).await.expect("an answer in time");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or(ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8(bytes[..end].to_vec()).expect("a head of text").to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
    Ok(Answer { status, head, body: bytes[end + 4..].to_vec() })
}

/// The same of a server that is there.
///
/// # Panics
/// As [`try_ask`], and when there is no whole answer.
pub async fn ask(at: SocketAddr, line: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
    try_ask(at, line, headers, body).await.expect("a whole answer")
}

/// The same with a session.
///
/// # Panics
/// As [`ask`].
pub async fn ask_as(at: SocketAddr, token: &str, line: &str, body: impl AsRef<[u8]>) -> Answer {
    ask(at, line, &[("Authorization", &format!("Bearer {token}"))], body).await
}
