//! Cards of a file, each a contact or a reason why not.

use std::borrow::Cow;

use model::{Contact, ContactField, ContactNumber, NumberKind};

use super::line::{Line, Lines};
use super::property::{Property, split_value, unescaped};
use crate::chars::{clean, clean_line, clean_number};
use crate::charset::Charset;
use crate::label::{kind_of_label, only_one_primary};
use crate::name;

/// Bytes of one card with its picture.
const LARGEST_CARD: usize = 8 * 1024 * 1024;
/// Properties of one card.
const MOST_PROPERTIES: usize = 1000;
/// Numbers, addresses, groups, fields of one contact.
const MOST_OF_A_KIND: usize = 100;
/// Bytes of one value that is text.
const LONGEST_TEXT: usize = 64 * 1024;

/// A card that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Where it begins, from 1.
    pub line: u64,
    /// What it says; without id, in the personal book.
    pub contact: Contact,
    /// Its name in the book that it comes from (UID), for recognising it again.
    pub uid: Option<String>,
    /// A picture that stands in the card itself.
    pub photo: Option<Photo>,
}

/// A picture as it stood in the card: nobody has looked whether it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo(pub Vec<u8>);

/// A card that could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct CardError {
    /// Where it begins, from 1.
    pub line: u64,
    /// Why.
    pub fault: Fault,
}

/// Why a card cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// Neither a name nor anything to call or write to.
    #[error("no name, number or address in it")]
    Empty,
    /// The file or the next card begins before this one ends: it is cut off.
    #[error("the card has no end")]
    NoEnd,
    /// Larger than 8 MiB, or more than 1000 properties.
    #[error("the card is too large")]
    TooLarge,
    /// The whole file holds no card.
    #[error("this is no vCard file")]
    NoCards,
}

/// Reads the cards of a file, one at a time; drop the iterator to stop.
#[must_use]
pub fn read(bytes: &[u8]) -> Cards<'_> {
    let charset = Charset::sniff(bytes);
    let (bytes, fallback) = match charset {
        Charset::Utf16Le | Charset::Utf16Be => {
            (Cow::Owned(charset.decode(bytes).into_owned().into_bytes()), Charset::Utf8)
        }
        // Each property is decoded alone: some files mix.
        Charset::Utf8 | Charset::Windows1256 | Charset::Windows1252 => {
            (Cow::Borrowed(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)), charset)
        }
    };
    Cards { bytes, done: 0, line: 0, fallback, pending: None, found: false, over: false }
}

/// The cards of a file. See [`read`].
pub struct Cards<'a> {
    bytes: Cow<'a, [u8]>,
    done: usize,
    line: u64,
    fallback: Charset,
    /// The line of a BEGIN that was met where an END was due.
    pending: Option<u64>,
    found: bool,
    over: bool,
}

impl Iterator for Cards<'_> {
    type Item = Result<Card, CardError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let Some(begin) = self.pending.take().or_else(|| self.begin()) else {
            self.over = true;
            return (!self.found).then_some(Err(CardError { line: 1, fault: Fault::NoCards }));
        };
        self.found = true;
        let card = self.properties().and_then(|properties| contact(begin, &properties, self.fallback));
        Some(card.map_err(|fault| CardError { line: begin, fault }))
    }
}

impl Cards<'_> {
    /// Bytes read so far, of how many: for showing progress.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.bytes.len())
    }

    fn line(&mut self) -> Option<Line> {
        let mut lines = Lines::at(&self.bytes, self.done, self.line);
        let line = lines.next(LARGEST_CARD + 1);
        (self.done, self.line) = lines.position();
        line
    }

    fn begin(&mut self) -> Option<u64> {
        loop {
            let line = self.line()?;
            if is(&line, "BEGIN:VCARD") {
                return Some(line.number);
            }
        }
    }

    /// The properties up to END. A card inside (AGENT of 2.1) is skipped.
    fn properties(&mut self) -> Result<Vec<Property>, Fault> {
        let (mut properties, mut size, mut inside, mut agent) = (Vec::new(), 0, 0_u32, false);
        let mut too_large = false;
        loop {
            let line = self.line().ok_or(Fault::NoEnd)?;
            if is(&line, "BEGIN:VCARD") {
                if !agent && inside == 0 {
                    self.pending = Some(line.number);
                    return Err(Fault::NoEnd);
                }
                inside += 1;
                agent = false;
                continue;
            }
            if is(&line, "END:VCARD") {
                if inside == 0 {
                    return if too_large { Err(Fault::TooLarge) } else { Ok(properties) };
                }
                inside -= 1;
                continue;
            }
            size += line.bytes.len();
            too_large |= size > LARGEST_CARD || properties.len() >= MOST_PROPERTIES;
            if inside > 0 || too_large {
                continue;
            }
            // A line that is no property is a line break that some program forgot to escape.
            if let Some(property) = Property::read(&line.bytes) {
                agent = property.name == "AGENT";
                properties.push(property);
            }
        }
    }
}

fn is(line: &Line, wanted: &str) -> bool {
    let text: Vec<u8> =
        line.bytes.iter().copied().filter(|b| !b.is_ascii_whitespace()).take(wanted.len() + 1).collect();
    text.eq_ignore_ascii_case(wanted.as_bytes())
}

fn contact(line: u64, properties: &[Property], fallback: Charset) -> Result<Card, Fault> {
    let mut card = Card { line, contact: Contact::default(), uid: None, photo: None };
    let mut full_name = String::new();
    for property in properties {
        if property.name == "PHOTO" {
            card.photo = card.photo.or_else(|| property.binary().map(Photo));
            continue;
        }
        let text = property.text(fallback);
        if text.len() > LONGEST_TEXT {
            continue;
        }
        match property.name.as_str() {
            "FN" if full_name.is_empty() => full_name = clean_line(&unescaped(&text)),
            "UID" => card.uid = Some(clean_line(&unescaped(&text))).filter(|uid| !uid.is_empty()),
            "TEL" => telephone(&mut card.contact, property, &text, properties, fallback),
            _ => take(&mut card.contact, &property.name, &text),
        }
    }
    let contact = &mut card.contact;
    only_one_primary(&mut contact.numbers);
    if name::shown(contact) != full_name {
        contact.display_name = full_name;
    }
    if name::shown(contact).is_empty() { Err(Fault::Empty) } else { Ok(card) }
}

fn take(contact: &mut Contact, name: &str, text: &str) {
    match name {
        "N" => {
            let parts: Vec<String> = split_value(text, ';').iter().map(|part| clean_line(part)).collect();
            let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
            contact.last_name = part(0);
            contact.first_name = format!("{} {}", part(1), part(2)).trim().to_owned();
        }
        "ORG" => contact.company = list(text, ';').join(", "),
        "TITLE" => contact.job_title = clean_line(&unescaped(text)),
        "ROLE" if contact.job_title.is_empty() => contact.job_title = clean_line(&unescaped(text)),
        "EMAIL" => add(&mut contact.emails, without_scheme(&unescaped(text), &["mailto:"])),
        "IMPP" | "X-SIP" if name == "X-SIP" || is_sip(text) => add_sip(contact, text),
        "CATEGORIES" => {
            list(text, ',').into_iter().filter(|g| g != "myContacts").for_each(|g| add(&mut contact.groups, g))
        }
        "NOTE" => {
            let note = clean(&unescaped(text));
            let gap = if contact.note.is_empty() || note.is_empty() { "" } else { "\n" };
            contact.note = format!("{}{gap}{note}", contact.note);
        }
        "X-RANNAN-FAVOURITE" => contact.favourite = text.trim() == "1",
        "X-RANNAN-FIELD" if contact.fields.len() < MOST_OF_A_KIND => {
            let mut parts = split_value(text, ';').into_iter().map(|part| clean_line(&part));
            let field =
                ContactField { name: parts.next().unwrap_or_default(), value: parts.next().unwrap_or_default() };
            contact.fields.push(field);
        }
        _ => {}
    }
}

fn telephone(contact: &mut Contact, property: &Property, text: &str, all: &[Property], fallback: Charset) {
    let text = unescaped(text);
    if is_sip(&text) {
        return add_sip(contact, &text);
    }
    let number = clean_number(&without_scheme(&text, &["tel:"]));
    if number.is_empty() || contact.numbers.len() >= MOST_OF_A_KIND {
        return;
    }
    let label = all
        .iter()
        .find(|p| !property.group.is_empty() && p.group == property.group && p.name == "X-ABLABEL")
        .map(|p| clean_line(&unescaped(&p.text(fallback))))
        .unwrap_or_default();
    let own = label.trim_start_matches("_$!<").trim_end_matches(">!$_");
    let (kind, label) = match (kind_of_label(own), kind_of(property)) {
        (Some(kind), NumberKind::Other) => (kind, String::new()),
        (_, kind) => (kind, own.to_owned()),
    };
    let primary = property.is_type("pref") || property.parameter("PREF").is_some_and(|p| p.trim() == "1");
    contact.numbers.push(ContactNumber { number, kind, label, primary });
}

fn kind_of(property: &Property) -> NumberKind {
    const TYPES: [(&str, NumberKind); 8] = [
        ("fax", NumberKind::Fax),
        ("cell", NumberKind::Mobile),
        ("mobile", NumberKind::Mobile),
        ("iphone", NumberKind::Mobile),
        ("main", NumberKind::Main),
        ("x-extension", NumberKind::Extension),
        ("work", NumberKind::Work),
        ("home", NumberKind::Home),
    ];
    TYPES.iter().find(|(word, _)| property.is_type(word)).map_or(NumberKind::Other, |(_, kind)| *kind)
}

fn list(text: &str, separator: char) -> Vec<String> {
    split_value(text, separator).iter().map(|part| clean_line(part)).filter(|part| !part.is_empty()).collect()
}

fn add(list: &mut Vec<String>, text: impl AsRef<str>) {
    let text = clean_line(text.as_ref());
    if !text.is_empty() && list.len() < MOST_OF_A_KIND && !list.contains(&text) {
        list.push(text);
    }
}

fn is_sip(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.starts_with("sip:") || text.starts_with("sips:")
}

fn add_sip(contact: &mut Contact, text: &str) {
    add(&mut contact.sip_addresses, without_scheme(&unescaped(text), &["sips:", "sip:"]));
}

fn without_scheme(text: &str, schemes: &[&str]) -> String {
    let text = text.trim();
    let scheme = schemes.iter().find(|s| text.get(..s.len()).is_some_and(|start| start.eq_ignore_ascii_case(s)));
    text[scheme.map_or(0, |s| s.len())..].to_owned()
}
