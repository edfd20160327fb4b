//! Any bytes as a vCard file: each card is read or has a reason, within bounds; what was read can be written, and reads the same.

#![no_main]

use book::fold::search_words;
use book::number::{Region, keys};
use book::vcard::{Version, read, write};
use libfuzzer_sys::fuzz_target;
use model::Contact;

fuzz_target!(|bytes: &[u8]| {
    for card in read(bytes).flatten() {
        let contact = card.contact;
        assert!(contact.numbers.len() <= 100 && contact.emails.len() <= 100 && contact.groups.len() <= 100);
        assert!(contact.numbers.iter().filter(|number| number.primary).count() <= 1);
        let _ = search_words(&contact, Region::SA);
        for number in &contact.numbers {
            let _ = keys(&number.number, Region::SA);
        }
        for version in [Version::V3, Version::V4] {
            let text = write(&contact, version);
            let again: Vec<Contact> = read(text.as_bytes()).map(|card| card.expect("our own card").contact).collect();
            assert_eq!(again.len(), 1);
            // What is written once is in the form that stays.
            let text = write(&again[0], version);
            let twice = read(text.as_bytes()).next().expect("one card").expect("our own card").contact;
            assert_eq!(twice, again[0]);
        }
    }
});
