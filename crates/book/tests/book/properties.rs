//! What holds for every text.

use book::csv::{Options, Table};
use book::fold::{Hit, WordIndex, fold, query, search_words, skeleton};
use book::number::{Likeness, Region, Style, format, keys, matches};
use book::{csv, name, vcard};
use model::{Contact, ContactField, ContactNumber, NumberKind};
use proptest::collection::vec;
use proptest::prelude::*;

/// One line of text that is a field as it is kept: no control characters, no spaces around.
fn line() -> impl Strategy<Value = String> {
    let letters = "[a-zA-Zàéüأإبتثمحدنوريةىٱک٠-٩۰-۹0-9 ,;:\\\\\"'=+@|.<>()-]{0,24}";
    prop_oneof![4 => letters.prop_map(|s: String| s.trim().to_owned()), 1 => "\\PC{0,12}".prop_map(kept)]
}

fn kept(text: String) -> String {
    let bidi = |c: &char| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    text.chars().filter(bidi).collect::<String>().trim().to_owned()
}

fn word() -> impl Strategy<Value = String> {
    line().prop_map(|text| text.replace(" ::: ", " ")).prop_filter("a word", |text| !text.is_empty())
}

fn number() -> impl Strategy<Value = ContactNumber> {
    let kinds = prop_oneof![
        Just(NumberKind::Mobile),
        Just(NumberKind::Work),
        Just(NumberKind::Home),
        Just(NumberKind::Main),
        Just(NumberKind::Extension),
        Just(NumberKind::Fax),
        Just(NumberKind::Other),
    ];
    let label = prop_oneof![Just(String::new()), "[A-Zن][a-zو]{3,8} [0-9]".prop_map(|s: String| s)];
    ("\\+?[0-9]{3,14}", kinds, label).prop_map(|(number, kind, label)| ContactNumber {
        number,
        kind,
        label,
        primary: false,
    })
}

prop_compose! {
    fn contact()(
        first_name in word(), last_name in line(), display_name in line(), company in line(), job_title in line(),
        numbers in vec(number(), 1..4), primary in 0_usize..5, emails in vec("[a-z]{1,8}@[a-z]{1,8}\\.example", 0..3),
        sip in vec("[a-z0-9]{1,8}@[a-z]{1,8}\\.example", 0..2), groups in vec("[A-Zن][a-zو, ;]{2,8}[a-z]", 0..3),
        fields in vec(("[A-Z][a-z]{1,8}", word()), 0..3), note in vec(line(), 0..3), favourite: bool,
    ) -> Contact {
        let mut contact = Contact {
            first_name, last_name, display_name, company, job_title, numbers, favourite,
            emails: unique(emails), sip_addresses: unique(sip), groups: unique(groups),
            fields: fields.into_iter().map(|(name, value)| ContactField { name, value }).collect(),
            note: note.join("\n").trim().to_owned(),
            ..Contact::default()
        };
        let mut seen = Vec::new();
        contact.fields.retain(|f| !seen.contains(&f.name) && { seen.push(f.name.clone()); true });
        if let Some(number) = contact.numbers.get_mut(primary) {
            number.primary = true;
        }
        // A display name that says what first and last name say is none.
        let plain = Contact { display_name: String::new(), ..contact.clone() };
        if name::shown(&plain) == contact.display_name {
            contact.display_name.clear();
        }
        contact
    }
}

fn unique(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list.dedup();
    list
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_contact_survives_a_card(contact in contact()) {
        for version in [vcard::Version::V3, vcard::Version::V4] {
            let text = vcard::write(&contact, version);
            let cards: Vec<_> = vcard::read(text.as_bytes()).collect();
            prop_assert_eq!(cards.len(), 1);
            prop_assert_eq!(&cards[0].as_ref().unwrap().contact, &contact, "{}", text);
        }
    }

    #[test]
    fn a_contact_survives_a_table(contacts in vec(contact(), 1..4), separator in prop_oneof![Just(b';'), Just(b','), Just(b'\t'), Just(b'|')]) {
        let bytes = csv::write(&contacts, separator);
        let options = Options { separator, ..Options::sniff(&bytes) };
        let table = Table::open(&bytes, options).unwrap();
        let read: Vec<Contact> = table.rows(&table.propose(), Region::SA).map(|row| row.unwrap().contact).collect();
        for (read, written) in read.iter().zip(&contacts) {
            // The table has one order of fields for all rows.
            let sorted = |c: &Contact| { let mut c = c.clone(); c.fields.sort_by(|a, b| a.name.cmp(&b.name)); c };
            prop_assert_eq!(sorted(read), sorted(written));
        }
        prop_assert_eq!(read.len(), contacts.len());
    }

    #[test]
    fn folding_is_idempotent(text in "\\PC{0,40}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn every_letter_folds_once(c in any::<char>()) {
        let once = fold(&c.to_string());
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn a_contact_is_found_by_each_of_its_words(contact in contact()) {
        let indexed = search_words(&contact, Region::SA);
        for text in [&contact.first_name, &contact.last_name, &contact.company] {
            let asked = query(text);
            prop_assert!(asked.is_empty() || asked.hit(&indexed).is_some(), "{:?} {:?} {:?}", text, asked, indexed);
        }
    }

    #[test]
    fn the_index_in_memory_says_what_each_contact_says(contacts in vec(contact(), 1..12), typed in "[ a-c0-9مح]{1,6}|\\PC{0,6}") {
        let people: Vec<_> = contacts.iter().map(|contact| search_words(contact, Region::SA)).collect();
        let mut index = WordIndex::default();
        people.iter().for_each(|one| _ = index.add(one));
        let begun = |text: &str| text.chars().take(4).collect::<String>();
        let own = contacts.iter().flat_map(|c| [begun(&c.first_name), c.last_name.clone(), begun(&c.company)]).chain(contacts.iter().flat_map(|c| c.numbers.iter().map(|n| n.number.chars().skip(2).take(5).collect())));
        for text in own.chain([typed]) {
            let asked = query(&text);
            let found = index.find(&asked);
            for (one, place) in people.iter().zip(0..) {
                let said = if found.spelled.contains(place) { Some(true) } else { found.heard.contains(place).then_some(false) };
                prop_assert_eq!(said, asked.hit(one).map(|hit| hit != Hit::Sound), "{:?} {:?}", text, one);
            }
        }
    }

    #[test]
    fn nothing_panics(text in any::<String>(), bytes in vec(any::<u8>(), 0..400)) {
        let _ = (skeleton(&text), query(&text).match_expression(), name::letter(&text));
        let _ = (keys(&text, Region::SA), format(&text, Region::SA, Style::National));
        let likeness = matches(&text, &text, Region::SA);
        let expected = keys(&text, Region::SA).map_or(Likeness::No, |_| Likeness::Exact);
        prop_assert_eq!(likeness, expected);
        for bytes in [&bytes, text.as_bytes()] {
            let _ = vcard::read(bytes).count();
            if let Ok(table) = Table::open(bytes, Options::sniff(bytes)) {
                let _ = (table.preview(3), table.rows(&table.propose(), Region::SA).count());
            }
        }
    }
}
