//! Digest access authentication (RFC 7616, RFC 3261 §22, RFC 8760) over the pinned crate's arithmetic.

use super::message::{HeaderName, Headers};

pub(crate) use sipx_sip::auth::{Algorithm, Challenge, Credentials, respond};

/// Reads all Digest challenges of a 401 or 407, strongest first of each realm. What we do not understand (Basic, unknown
/// algorithms, `auth-int` alone) is left out, as RFC 8760 §2.4 demands.
pub(crate) fn challenges(headers: &Headers) -> Vec<Challenge> {
    let both = [(HeaderName::WwwAuthenticate, false), (HeaderName::ProxyAuthenticate, true)];
    let mut found: Vec<Challenge> = both
        .iter()
        .flat_map(|(name, proxy)| headers.get_all(name).filter_map(|h| challenge(&h.value(), *proxy)))
        .take(MAX_CHALLENGES)
        .collect();
    found.sort_by_key(|c| std::cmp::Reverse(c.algorithm.strength()));
    let mut best: Vec<Challenge> = Vec::new();
    for c in found {
        if !best.iter().any(|b| b.realm == c.realm && b.from_proxy == c.from_proxy) {
            best.push(c);
        }
    }
    best
}

/// More protection spaces than this in one answer is an attack or a mistake.
const MAX_CHALLENGES: usize = 8;

/// Reads one challenge. The pinned parser reads quoted strings byte by byte as Latin-1, which would hash a UTF-8 realm
/// wrongly; every character is put back to its byte and read as UTF-8.
pub(crate) fn challenge(value: &[u8], from_proxy: bool) -> Option<Challenge> {
    let mut challenge = Challenge::parse(value, from_proxy)?;
    challenge.realm = latin1_as_utf8(challenge.realm);
    challenge.nonce = latin1_as_utf8(challenge.nonce);
    challenge.opaque = challenge.opaque.map(latin1_as_utf8);
    Some(challenge)
}

fn latin1_as_utf8(text: String) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|b| String::from_utf8(b).ok()).unwrap_or(text)
}
