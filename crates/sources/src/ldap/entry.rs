//! From an entry to a contact (RFC 4519, RFC 4524, RFC 2798, and what Active Directory calls things).

use book::{clean_line, clean_number, number};
use model::{Contact, ContactNumber, NumberKind, SourceId};

use super::ByName;
use super::message::Attributes;
use crate::key::contact_id;

/// Values of one attribute that are taken.
const MOST: usize = 20;
/// Characters of one.
const LONGEST: usize = 200;

/// What each kind of number is called.
const NUMBERS: &[(&str, NumberKind)] = &[
    ("telephonenumber", NumberKind::Work),
    ("mobile", NumberKind::Mobile),
    ("ipphone", NumberKind::Extension),
    ("homephone", NumberKind::Home),
    ("facsimiletelephonenumber", NumberKind::Fax),
];

/// The entry's key and the contact; `None` when it has neither name nor number.
pub(super) fn read(source: SourceId, dn: &str, attributes: &Attributes) -> Option<(String, Contact)> {
    let all = attributes.by_name();
    let key = key(dn, &all);
    let mut contact = Contact {
        id: contact_id(source, &key),
        first_name: first(&all, "givenname"),
        last_name: first(&all, "sn"),
        company: first_of(&all, &["o", "company"]),
        job_title: first(&all, "title"),
        ..Contact::default()
    };
    contact.display_name = shown(&contact, &all);
    let department = first(&all, "department");
    if contact.job_title.is_empty() {
        contact.job_title = department;
    } else if !department.is_empty() {
        contact.groups.push(department);
    }
    for (name, kind) in NUMBERS {
        for written in values(&all, name) {
            take(&mut contact, &written, *kind);
        }
    }
    contact.emails = values(&all, "mail").into_iter().filter(|mail| mail.contains('@')).collect();
    let named = [&contact.display_name, &contact.first_name, &contact.last_name, &contact.company];
    let callable = !contact.numbers.is_empty() || !contact.sip_addresses.is_empty();
    (callable || named.iter().any(|name| !name.is_empty())).then_some((key, contact))
}

/// What never changes of an entry, or else where it is.
fn key(dn: &str, all: &ByName<'_>) -> String {
    let uuid = first(all, "entryuuid");
    if !uuid.is_empty() {
        return uuid.to_ascii_lowercase();
    }
    let guid = all.get("objectguid").and_then(|values| values.first()).filter(|guid| guid.len() == 16);
    match guid {
        Some(guid) => guid.iter().map(|byte| format!("{byte:02x}")).collect(),
        None => dn.chars().take(1_000).collect(),
    }
}

/// Shown instead of first and last name: nothing when those say it.
fn shown(contact: &Contact, all: &ByName<'_>) -> String {
    let display = first(all, "displayname");
    if !display.is_empty() && display != format!("{} {}", contact.first_name, contact.last_name) {
        return display;
    }
    if contact.first_name.is_empty() || contact.last_name.is_empty() { first(all, "cn") } else { String::new() }
}

fn take(contact: &mut Contact, written: &str, kind: NumberKind) {
    if written.contains('@') {
        contact.sip_addresses.push(written.trim_start_matches("sip:").to_owned());
        return;
    }
    let number = clean_number(written);
    let there = contact.numbers.iter().any(|other| other.number == number);
    if !there && number::read(&number, number::Region::UNKNOWN).is_some() {
        contact.numbers.push(ContactNumber { number, kind, ..ContactNumber::default() });
    }
}

fn first(all: &ByName<'_>, name: &str) -> String {
    values(all, name).into_iter().next().unwrap_or_default()
}

fn first_of(all: &ByName<'_>, names: &[&str]) -> String {
    names.iter().map(|name| first(all, name)).find(|value| !value.is_empty()).unwrap_or_default()
}

/// As lines of ours.
fn values(all: &ByName<'_>, name: &str) -> Vec<String> {
    let values = all.get(name).map_or(&[][..], Vec::as_slice);
    let line = |bytes: &&[u8]| clean_line(&String::from_utf8_lossy(bytes)).chars().take(LONGEST).collect::<String>();
    values.iter().take(MOST).map(line).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attributes: &[(&str, &[&str])]) -> Option<(String, Contact)> {
        let plain = |(name, values): &(&str, &[&str])| {
            (name.to_string(), values.iter().map(|value| value.as_bytes().to_vec()).collect())
        };
        read(SourceId(1), "cn=x,dc=example", &Attributes(attributes.iter().map(plain).collect()))
    }

    #[test]
    fn pain_15_an_entry_becomes_a_contact() {
        let (key, contact) = of(&[
            ("CN", &["Noor Haddad"]),
            ("givenName", &["نور"]),
            ("sn", &["حداد"]),
            ("o", &["Maydan"]),
            ("title", &["Manager"]),
            ("department", &["Sales"]),
            ("telephoneNumber", &["+966 11 123 4567", "+966 11 123 4567", "ask Layla"]),
            ("mobile", &["٠٥٠١٢٣٤٥٦٧"]),
            ("ipPhone", &["204", "sip:noor@pbx.example"]),
            ("mail", &["noor@maydan.example", "nonsense"]),
            ("entryUUID", &["ABC-1"]),
        ])
        .expect("a contact");
        assert_eq!(key, "abc-1");
        assert_eq!(book::name::shown(&contact), "نور حداد");
        let numbers: Vec<_> = contact.numbers.iter().map(|it| (it.number.as_str(), it.kind)).collect();
        assert_eq!(
            numbers,
            [
                ("+966 11 123 4567", NumberKind::Work),
                ("0501234567", NumberKind::Mobile),
                ("204", NumberKind::Extension)
            ]
        );
        assert_eq!(contact.sip_addresses, ["noor@pbx.example"]);
        assert_eq!((contact.emails, contact.groups), (vec!["noor@maydan.example".into()], vec!["Sales".into()]));
    }

    #[test]
    fn whoever_has_one_name_only_is_shown_under_the_common_one() {
        let (key, contact) = of(&[("cn", &["مكتب المدير"]), ("sn", &["المدير"])]).expect("a contact");
        assert_eq!((key.as_str(), book::name::shown(&contact).as_str()), ("cn=x,dc=example", "مكتب المدير"));
        assert_eq!(of(&[("mail", &["a@b"])]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn long_and_hostile_values_are_bounded() {
        let long = "x".repeat(100_000);
        let many = vec!["+966501234567"; 1_000];
        let (_, contact) = of(&[("cn", &[&long, "\u{202e}evil"]), ("mobile", &many)]).expect("a contact");
        assert_eq!((contact.display_name.len(), contact.numbers.len()), (LONGEST, 1));
    }
}
