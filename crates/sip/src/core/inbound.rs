//! From bytes to a message that may be acted on, or to the answer a broken one deserves.

use bytes::Bytes;
use sipx_sip::{Limits, Message, Method, parse_datagram, validate_request, validate_response};

use super::message::{Header, HeaderName, Response, header, reply};

/// What one frame turned out to be.
pub(super) enum Inbound {
    /// CRLF CRLF: answer with CRLF (RFC 5626 §3.5.1, also seen on WebSocket).
    Ping,
    /// A lone CRLF or nothing: the answer to a ping of ours.
    Pong,
    /// A message that parsed and holds what RFC 3261 §8.1.1 demands.
    Message(Box<Message>),
    /// A request that parsed but may not be acted on: this is its answer (400, 505).
    Refuse(Box<Response>),
    /// Nothing that could be answered.
    Drop,
}

/// Bounds on one message. SDP with many candidates is ~10 kB; nothing we serve comes near these.
const LIMITS: fn() -> Limits = || Limits {
    max_message_bytes: 64 * 1024,
    max_body_bytes: 48 * 1024,
    max_headers: 128,
    max_header_bytes: 8 * 1024,
    max_folding_lines: 16,
};

/// A frame is a datagram (RFC 7118 §5): no Content-Length is needed and a bad one costs only itself.
pub(super) fn read(frame: &[u8]) -> Inbound {
    if frame.iter().all(|b| matches!(b, b'\r' | b'\n')) {
        return if frame.starts_with(b"\r\n\r\n") { Inbound::Ping } else { Inbound::Pong };
    }
    let limits = LIMITS();
    if frame.len() > limits.max_message_bytes {
        return Inbound::Drop;
    }
    let Ok(message) = parse_datagram(Bytes::copy_from_slice(frame), &limits) else {
        return salvage(frame).map_or(Inbound::Drop, |r| Inbound::Refuse(Box::new(r)));
    };
    match &message {
        Message::Request(request) => match validate_request(request).into_iter().find(|f| !f.is_repairable()) {
            None => Inbound::Message(Box::new(message)),
            Some(_) if request.method == Method::Ack => Inbound::Drop,
            Some(_) if !answerable(request) => Inbound::Drop,
            Some(finding) => Inbound::Refuse(Box::new(reply(request, finding.status(), Some("bad")))),
        },
        Message::Response(response) if validate_response(response).is_empty() => Inbound::Message(Box::new(message)),
        Message::Response(_) => Inbound::Drop,
    }
}

fn answerable(request: &sipx_sip::Request) -> bool {
    ANSWER_HEADERS.iter().all(|(_, name)| request.headers.get(name).is_some())
}

const ANSWER_HEADERS: [(&str, HeaderName); 5] = [
    ("via", HeaderName::Via),
    ("from", HeaderName::From),
    ("to", HeaderName::To),
    ("call-id", HeaderName::CallId),
    ("cseq", HeaderName::CSeq),
];

/// A 400 for a request whose lines can be told apart although it does not parse (a wrong Content-Length, a broken
/// Request-URI). The sender learns at once instead of waiting 32 s. `None` when even that is impossible.
fn salvage(frame: &[u8]) -> Option<Response> {
    let mut lines = frame.split(|&b| b == b'\n').map(|l| l.strip_suffix(b"\r").unwrap_or(l)).take(130);
    let start = std::str::from_utf8(lines.next()?).ok()?;
    let method = start.split(' ').next()?;
    let looks_like_request =
        start.contains(" SIP/2.0") && !method.is_empty() && method.bytes().all(|b| b.is_ascii_uppercase());
    if !looks_like_request || method == "ACK" {
        return None;
    }
    let mut rows: Vec<Header> = Vec::new();
    for line in lines.take_while(|l| !l.is_empty()) {
        let Some(colon) = line.iter().position(|&b| b == b':') else { continue };
        let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
        let name = HeaderName::parse(&Bytes::copy_from_slice(name));
        if ANSWER_HEADERS.iter().any(|(_, wanted)| *wanted == name) && !value.is_empty() {
            rows.push(header(name, Bytes::copy_from_slice(value)));
        }
    }
    if !ANSWER_HEADERS.iter().all(|(_, name)| rows.iter().any(|row| row.name() == name)) {
        return None;
    }
    let mut response = Response::new(sipx_sip::StatusCode::new(400)?, "Bad Request");
    rows.into_iter().for_each(|row| response.headers.push(row));
    Some(response)
}
