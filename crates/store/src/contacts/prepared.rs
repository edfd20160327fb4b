//! All that is kept of a contact, worked out before the database is touched.

use book::fold::{Indexed, search_words};
use book::name;
use book::number::{Keys, Region, keys};
use model::Contact;

/// A contact with everything that it is found by. Costs some 50 µs: make many of them on a thread that may be busy.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(crate) contact: Contact,
    pub(crate) name: String,
    pub(crate) letter: String,
    pub(crate) sort_latin: String,
    pub(crate) sort_arabic: String,
    pub(crate) indexed: Indexed,
    /// Each number and SIP address as it was written, and what it is looked up by.
    pub(crate) keys: Vec<(String, Keys)>,
}

impl Prepared {
    /// Works it out. `region` is where numbers without a country code are at home.
    #[must_use]
    pub fn new(contact: Contact, region: Region) -> Prepared {
        let name = name::shown(&contact);
        let letter = name::letter(&name);
        let key = name::sort_key(&name);
        let [latin, arabic] = ranks(letter);
        let written = contact.numbers.iter().map(|n| &n.number).chain(&contact.sip_addresses);
        let keys = written.filter_map(|written| Some((written.clone(), keys(written, region)?))).collect();
        Prepared {
            indexed: search_words(&contact, region),
            letter: letter.to_string(),
            sort_latin: format!("{latin}{key}"),
            sort_arabic: format!("{arabic}{key}"),
            name,
            keys,
            contact,
        }
    }
}

/// Where the script of a letter stands in an English and in an Arabic list.
fn ranks(letter: char) -> [char; 2] {
    match letter {
        'A'..='Z' => ['1', '2'],
        '\u{600}'..='\u{6ff}' => ['2', '1'],
        '#' => ['4', '4'],
        _ => ['3', '3'],
    }
}
