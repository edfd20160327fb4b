//! What a queue tells in headers: its name to the agent, the place to the caller. Written by our edge alone, which takes these rows off
//! whatever a client sends.

use std::time::Duration;

use bytes::Bytes;

use crate::core::{Header, HeaderName, Headers, header, number, text};

/// To the agent, in INVITE: the name of the queue, in percent-encoded UTF-8.
const QUEUE: &str = "X-Rannan-Queue";
/// To the caller, in 182: the place, 1 is next.
const POSITION: &str = "X-Rannan-Position";
/// To the caller, in 182: how many seconds it will take, as far as known.
const WAIT: &str = "X-Rannan-Wait";
/// Characters of a name that are read.
const MAX_NAME: usize = 200;

/// Where a caller stands in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePlace {
    /// 1 is next.
    pub position: u32,
    /// How long it will take, as far as known.
    pub wait_s: Option<u32>,
}

/// The row that names the queue.
pub(crate) fn queue_header(name: &str) -> Header {
    header(named(QUEUE), percent_encoded(name))
}

/// The rows that say where the caller stands.
pub(crate) fn place_headers(position: usize, wait: Option<Duration>) -> impl Iterator<Item = Header> {
    let wait = wait.map(|wait| header(named(WAIT), wait.as_secs().min(u64::from(u32::MAX)).to_string()));
    std::iter::once(header(named(POSITION), position.to_string())).chain(wait)
}

/// Takes off what only our edge may say.
pub(crate) fn strip(headers: &mut Headers) {
    for name in [QUEUE, POSITION, WAIT, super::pickup::PICKUP] {
        headers.remove_all(&named(name));
    }
}

/// The name of the queue; `None` if it is not there or no text.
pub(crate) fn queue_of(headers: &Headers) -> Option<String> {
    let name = percent_decoded(&text(headers, &named(QUEUE))?)?;
    let clean: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    (!clean.trim().is_empty()).then_some(clean)
}

/// Where the caller stands; `None` if it is not said.
pub(crate) fn place_of(headers: &Headers) -> Option<QueuePlace> {
    let position = number(headers, &named(POSITION)).filter(|place| *place > 0)?;
    Some(QueuePlace { position, wait_s: number(headers, &named(WAIT)) })
}

pub(super) fn named(name: &str) -> HeaderName {
    HeaderName::parse(&Bytes::copy_from_slice(name.as_bytes()))
}

pub(super) fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
        bytes.push(digit(rest.next()?)? * 16 + digit(rest.next()?)?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_queues_survive_the_wire() {
        for name in ["Sales", "المبيعات", "a%b c\";\r\n"] {
            assert!(percent_encoded(name).is_ascii());
            assert_eq!(percent_decoded(&percent_encoded(name)).as_deref(), Some(name));
        }
        for broken in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(percent_decoded(broken), None, "{broken}");
        }
    }

    #[test]
    fn what_is_written_is_read_and_can_be_taken_off() {
        let mut headers = Headers::new();
        headers.push(queue_header("المبيعات"));
        place_headers(3, Some(Duration::from_secs(90))).for_each(|row| headers.push(row));
        assert_eq!(queue_of(&headers).as_deref(), Some("المبيعات"));
        assert_eq!(place_of(&headers), Some(QueuePlace { position: 3, wait_s: Some(90) }));
        strip(&mut headers);
        assert_eq!((queue_of(&headers), place_of(&headers)), (None, None));
    }
}
