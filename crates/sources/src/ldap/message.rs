//! Messages: the four that we send, and those that may come.

use super::ByName;
use super::ber::{BOOLEAN, Broken, ENUMERATED, Elements, INTEGER, OCTETS, SEQUENCE, element, number, value};

/// What we ask of each entry.
const WANTED: &[&str] = &[
    "cn",
    "displayName",
    "givenName",
    "sn",
    "o",
    "company",
    "title",
    "department",
    "telephoneNumber",
    "mobile",
    "homePhone",
    "ipPhone",
    "facsimileTelephoneNumber",
    "mail",
    "entryUUID",
    "objectGUID",
];

/// Paged results (RFC 2696).
const PAGED: &str = "1.2.840.113556.1.4.319";
/// Begin TLS (RFC 4511 §4.14).
const STARTTLS: &str = "1.3.6.1.4.1.1466.20037";

/// What comes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// To which question; 0: the server says something by itself.
    pub(super) id: u32,
    /// What.
    pub(super) op: Op,
    /// Where the next page begins; empty after the last.
    pub(super) cookie: Vec<u8>,
}

/// Kinds of answers.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Op {
    BindDone(Outcome),
    Entry { dn: String, attributes: Attributes },
    Reference,
    SearchDone(Outcome),
    Extended(Outcome),
    Other,
}

/// How it went (RFC 4511 §4.1.9); 0 is well.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) code: u32,
    pub(super) message: String,
}

/// Names and values.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes(pub(super) Vec<(String, Vec<Vec<u8>>)>);

impl Attributes {
    /// By name in small letters; what follows a `;` (a language) belongs to the same name.
    pub(super) fn by_name(&self) -> ByName<'_> {
        let mut all = ByName::new();
        for (name, values) in &self.0 {
            let name = name.split(';').next().unwrap_or_default().to_ascii_lowercase();
            all.entry(name).or_default().extend(values.iter().map(Vec::as_slice));
        }
        all
    }
}

pub(super) fn bind(id: u32, user: &str, password: &str) -> Vec<u8> {
    let parts = [number(INTEGER, 3), element(OCTETS, user.as_bytes()), element(0x80, password.as_bytes())];
    message(id, &element(0x60, &parts.concat()), &[])
}

pub(super) fn starttls(id: u32) -> Vec<u8> {
    message(id, &element(0x77, &element(0x80, STARTTLS.as_bytes())), &[])
}

pub(super) fn unbind(id: u32) -> Vec<u8> {
    message(id, &element(0x42, &[]), &[])
}

/// The whole tree below `base`; aliases stay what they are.
pub(super) fn search(id: u32, base: &str, filter: &[u8], page: u32, cookie: &[u8]) -> Vec<u8> {
    let wanted: Vec<u8> = WANTED.iter().flat_map(|name| element(OCTETS, name.as_bytes())).collect();
    let parts = [
        element(OCTETS, base.as_bytes()),
        number(ENUMERATED, 2),
        number(ENUMERATED, 0),
        number(INTEGER, 0),
        number(INTEGER, 0),
        element(BOOLEAN, &[0]),
        filter.to_vec(),
        element(SEQUENCE, &wanted),
    ];
    let paged = element(SEQUENCE, &[number(INTEGER, page), element(OCTETS, cookie)].concat());
    let control = element(SEQUENCE, &[element(OCTETS, PAGED.as_bytes()), element(OCTETS, &paged)].concat());
    message(id, &element(0x63, &parts.concat()), &element(0xa0, &control))
}

fn message(id: u32, op: &[u8], controls: &[u8]) -> Vec<u8> {
    element(SEQUENCE, &[&number(INTEGER, id), op, controls].concat())
}

/// Reads one message, all of whose bytes are here.
pub(super) fn read(bytes: &[u8]) -> Result<Answer, Broken> {
    let mut parts = Elements(Elements(bytes).expect(SEQUENCE)?);
    let id = value(parts.expect(INTEGER)?)?;
    let (tag, content) = parts.next()?;
    let op = match tag {
        0x61 => Op::BindDone(outcome(content)?),
        0x64 => entry(content)?,
        0x65 => Op::SearchDone(outcome(content)?),
        0x73 => Op::Reference,
        0x78 => Op::Extended(outcome(content)?),
        _ => Op::Other,
    };
    let mut cookie = Vec::new();
    if !parts.is_empty()
        && let (0xa0, controls) = parts.next()?
    {
        cookie = next_page(controls)?;
    }
    Ok(Answer { id, op, cookie })
}

fn outcome(content: &[u8]) -> Result<Outcome, Broken> {
    let mut parts = Elements(content);
    let code = value(parts.expect(ENUMERATED)?)?;
    parts.expect(OCTETS)?;
    Ok(Outcome { code, message: text(parts.expect(OCTETS)?) })
}

fn entry(content: &[u8]) -> Result<Op, Broken> {
    let mut parts = Elements(content);
    let dn = text(parts.expect(OCTETS)?);
    let mut list = Elements(parts.expect(SEQUENCE)?);
    let mut attributes = Vec::new();
    while !list.is_empty() {
        let mut one = Elements(list.expect(SEQUENCE)?);
        let name = text(one.expect(OCTETS)?);
        let mut set = Elements(one.expect(0x31)?);
        let mut values = Vec::new();
        while !set.is_empty() {
            values.push(set.expect(OCTETS)?.to_vec());
        }
        attributes.push((name, values));
    }
    Ok(Op::Entry { dn, attributes: Attributes(attributes) })
}

fn next_page(controls: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut controls = Elements(controls);
    while !controls.is_empty() {
        let mut control = Elements(controls.expect(SEQUENCE)?);
        if control.expect(OCTETS)? != PAGED.as_bytes() {
            continue;
        }
        while !control.is_empty() {
            // Before the value there may be a boolean.
            if let (OCTETS, content) = control.next()? {
                let mut page = Elements(Elements(content).expect(SEQUENCE)?);
                page.expect(INTEGER)?;
                return Ok(page.expect(OCTETS)?.to_vec());
            }
        }
    }
    Ok(Vec::new())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
