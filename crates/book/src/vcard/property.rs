//! One property: `item1.TEL;TYPE=cell:+966 50 123 4567`.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::charset::{Charset, decode_named};

/// Parameters of one property that are looked at.
const MOST_PARAMETERS: usize = 32;

/// A property, its value still as bytes.
pub(super) struct Property {
    /// Lower case; empty when there is none.
    pub group: String,
    /// Upper case.
    pub name: String,
    /// Upper case name and value; the name is empty for the bare words of 2.1.
    pub parameters: Vec<(String, String)>,
    raw: Vec<u8>,
}

impl Property {
    /// `None` when the line has no name or no colon.
    pub fn read(line: &[u8]) -> Option<Property> {
        let colon = unquoted(line, b':').or_else(|| line.iter().position(|b| *b == b':'))?;
        let head = String::from_utf8_lossy(&line[..colon]).into_owned();
        let mut parts = split_unquoted(&head, ';');
        let name = parts.next()?.trim().to_ascii_uppercase();
        let (group, name) = match name.rsplit_once('.') {
            Some((group, name)) => (group.to_ascii_lowercase(), name.to_owned()),
            None => (String::new(), name),
        };
        let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || !name.chars().all(word) {
            return None;
        }
        let parameters = parts.take(MOST_PARAMETERS).map(parameter).collect();
        Some(Property { group, name, parameters, raw: line[colon + 1..].to_vec() })
    }

    /// Whether a type is given, as `TYPE=cell`, in a list or as a bare word.
    pub fn is_type(&self, wanted: &str) -> bool {
        self.parameters
            .iter()
            .filter(|(name, _)| name.is_empty() || name == "TYPE")
            .any(|(_, value)| value.split(',').any(|one| one.trim().eq_ignore_ascii_case(wanted)))
    }

    pub fn parameter(&self, wanted: &str) -> Option<&str> {
        self.parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    /// The value as text, escapes still in it.
    pub fn text(&self, fallback: Charset) -> String {
        let bytes: Cow<'_, [u8]> =
            if self.is_encoded("QUOTED-PRINTABLE") { quoted_printable(&self.raw).into() } else { (&self.raw).into() };
        let named =
            self.parameter("CHARSET").and_then(|label| decode_named(label.as_bytes(), &bytes).map(Cow::into_owned));
        named.unwrap_or_else(|| match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => fallback.decode(&bytes).into_owned(),
        })
    }

    /// The bytes of a picture that stands in the card itself.
    pub fn binary(&self) -> Option<Vec<u8>> {
        let data = if self.is_encoded("BASE64") || self.is_encoded("B") {
            &self.raw[..]
        } else {
            let uri = self.raw.strip_prefix(b"data:")?;
            let comma = uri.iter().position(|b| *b == b',')?;
            &uri[comma + 1..]
        };
        let data: Vec<u8> = data.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
        LENIENT.decode(data).ok().filter(|bytes| !bytes.is_empty())
    }

    fn is_encoded(&self, how: &str) -> bool {
        self.parameters
            .iter()
            .any(|(name, value)| (name.is_empty() || name == "ENCODING") && value.eq_ignore_ascii_case(how))
    }
}

/// Splits a value at separators that are not escaped; the parts are unescaped.
pub(super) fn split_value(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let part = parts.last_mut().expect("there is always a last part");
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => part.push('\n'),
                Some(c @ ('\\' | ',' | ';' | ':')) => part.push(c),
                // Not an escape: 2.1 has none but `\;`.
                Some(other) => part.extend(['\\', other]),
                None => part.push('\\'),
            },
            c if c == separator => parts.push(String::new()),
            c => part.push(c),
        }
    }
    parts
}

/// Unescapes a value that is one text.
pub(super) fn unescaped(text: &str) -> String {
    split_value(text, '\0').join("\0")
}

fn parameter(text: &str) -> (String, String) {
    match text.split_once('=') {
        Some((name, value)) => (name.trim().to_ascii_uppercase(), value.replace('"', "").trim().to_owned()),
        None => (String::new(), text.trim().to_owned()),
    }
}

fn unquoted(line: &[u8], wanted: u8) -> Option<usize> {
    let mut quoted = false;
    line.iter().position(|b| {
        quoted ^= *b == b'"';
        *b == wanted && !quoted
    })
}

fn split_unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == separator && !quoted
    })
}

/// RFC 2045 §6.7; what is no escape stays as it is.
fn quoted_printable(raw: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let digit = |at: usize| raw.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (raw[at], digit(at + 1), digit(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
            }
            (other, _, _) => {
                bytes.push(other);
                at += 1;
            }
        }
    }
    bytes
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);
