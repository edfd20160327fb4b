//! A contact as a card.

use model::{Contact, ContactNumber, NumberKind};

use crate::name;

/// Which vCard to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// RFC 2426: read by everything.
    V3,
    /// RFC 6350.
    V4,
}

/// Octets of a line before it is folded (RFC 6350 §3.2).
const LONGEST_LINE: usize = 75;

/// Writes one card with its line ends; a file is one card after the other, in UTF-8.
#[must_use]
pub fn write(contact: &Contact, version: Version) -> String {
    let mut card = Lines(String::new());
    card.line("BEGIN:VCARD");
    card.line(match version {
        Version::V3 => "VERSION:3.0",
        Version::V4 => "VERSION:4.0",
    });
    if contact.id.0 != 0 {
        let id = contact.id.to_string();
        card.line(&format!("UID:urn:uuid:{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]));
    }
    card.text("FN", &name::shown(contact));
    card.line(&format!("N:{};{};;;", escaped(&contact.last_name), escaped(&contact.first_name)));
    card.text_if_any("ORG", &contact.company);
    card.text_if_any("TITLE", &contact.job_title);
    let mut groups = 0;
    for number in &contact.numbers {
        card.number(number, version, &mut groups);
    }
    for email in &contact.emails {
        card.text("EMAIL", email);
    }
    for address in &contact.sip_addresses {
        card.text("IMPP", &format!("sip:{address}"));
    }
    if !contact.groups.is_empty() {
        let list: Vec<String> = contact.groups.iter().map(|group| escaped(group)).collect();
        card.line(&format!("CATEGORIES:{}", list.join(",")));
    }
    card.text_if_any("NOTE", &contact.note);
    for field in &contact.fields {
        card.line(&format!("X-RANNAN-FIELD:{};{}", escaped(&field.name), escaped(&field.value)));
    }
    if contact.favourite {
        card.line("X-RANNAN-FAVOURITE:1");
    }
    card.line("END:VCARD");
    card.0
}

struct Lines(String);

impl Lines {
    fn number(&mut self, number: &ContactNumber, version: Version, groups: &mut u32) {
        let kind = match number.kind {
            NumberKind::Mobile => "cell",
            NumberKind::Work => "work",
            NumberKind::Home => "home",
            // Only Apple has a type for it, and reads it in 4.0 as well.
            NumberKind::Main => "main",
            NumberKind::Extension => "x-extension",
            NumberKind::Fax => "fax",
            NumberKind::Other => "voice",
        };
        let preferred = match (number.primary, version) {
            (false, _) => "",
            (true, Version::V3) => ",pref",
            (true, Version::V4) => ";PREF=1",
        };
        let group = if number.label.is_empty() { String::new() } else { format!("item{groups}.") };
        self.line(&format!("{group}TEL;TYPE={kind}{preferred}:{}", escaped(&number.number)));
        if !group.is_empty() {
            *groups += 1;
            self.text(&format!("{group}X-ABLabel"), &number.label);
        }
    }

    fn text_if_any(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    fn text(&mut self, name: &str, text: &str) {
        self.line(&format!("{name}:{}", escaped(text)));
    }

    /// Folds between characters.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}
