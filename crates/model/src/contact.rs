//! People and places outside: the address book.

use std::fmt;
use std::str::FromStr;

use base::WallMs;

use crate::source::SourceId;

/// A contact's name for ever, made by whoever creates it, also without a network: 128 bits of chance. Prints as 32
/// hexadecimal digits. Zero before it has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactId(pub u128);

impl fmt::Display for ContactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for ContactId {
    type Err = std::num::ParseIntError;

    /// Reads what `Display` wrote, and UUIDs with hyphens.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(&text.replace('-', ""), 16).map(ContactId)
    }
}

/// Whose book a contact stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Book {
    /// Ours alone.
    #[default]
    Personal,
    /// Everybody's in the company.
    Company,
}

base::codes! {
    Book {
        Personal = "personal",
        Company = "company",
    }
}

/// What a number is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// Goes where the person goes.
    Mobile,
    /// At work.
    Work,
    /// At home.
    Home,
    /// The switchboard of a company.
    Main,
    /// Inside our own telephone system.
    Extension,
    /// Answers with a whistle; never offered first.
    Fax,
    /// Anything else; its label says what.
    #[default]
    Other,
}

base::codes! {
    NumberKind {
        Mobile = "mobile",
        Work = "work",
        Home = "home",
        Main = "main",
        Extension = "extension",
        Fax = "fax",
        Other = "other",
    }
}

/// One of a contact's numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ContactNumber {
    /// As it was written, digits in ASCII: shown and dialled. `book::number` makes it comparable.
    pub number: String,
    /// What it is for.
    pub kind: NumberKind,
    /// Words of its own ("Summer house"); empty for those of its kind.
    pub label: String,
    /// The one that is called when nothing else is said; at most one of a contact.
    pub primary: bool,
}

/// A line of the company's own: customer number, branch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ContactField {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub value: String,
}

/// Someone else, with what is needed to find and to call them. Names are kept byte for byte as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Which one.
    pub id: ContactId,
    /// Whose book it stands in.
    pub book: Book,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// What is shown instead of first and last name; mostly empty.
    pub display_name: String,
    /// Organisation.
    pub company: String,
    /// Position there.
    pub job_title: String,
    /// Telephone numbers, in the order in which they are shown.
    pub numbers: Vec<ContactNumber>,
    /// E-mail addresses, the first is the main one.
    pub emails: Vec<String>,
    /// SIP addresses without scheme (`noor@pbx.example`), the first is the main one.
    pub sip_addresses: Vec<String>,
    /// Groups that it belongs to.
    pub groups: Vec<String>,
    /// Lines of the company's own.
    pub fields: Vec<ContactField>,
    /// Free text, several lines.
    pub note: String,
    /// Shown among the favourites.
    pub favourite: bool,
    /// The server's change number under which this state was told; 0 before the server knew it.
    pub change: u64,
    /// Counts edits: an edit names the version that it was made on, and whoever comes second has a conflict.
    pub version: u64,
    /// When it was last edited.
    pub updated_at: WallMs,
    /// The outside address book that it was read from. It is shown and called as any other, and cannot be edited here.
    pub source: Option<SourceId>,
}

impl Contact {
    /// True when both say the same of somebody, whenever and wherever that was written. Favourites of the company's book are
    /// everybody's own, so they do not count.
    #[must_use]
    pub fn says_the_same(&self, other: &Contact) -> bool {
        let plain = |contact: &Contact| Contact {
            change: 0,
            version: 0,
            updated_at: WallMs::default(),
            favourite: contact.favourite && contact.book == Book::Personal,
            ..contact.clone()
        };
        plain(self) == plain(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_codes_are_read_back() {
        let id = ContactId(0x0123_4567_89ab_cdef_0011_2233_4455_6677);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("01234567-89ab-cdef-0011-223344556677".parse(), Ok(id));
        assert!(NumberKind::ALL.iter().all(|kind| NumberKind::from_code(kind.code()) == Some(*kind)));
        assert!(Book::ALL.iter().all(|book| Book::from_code(book.code()) == Some(*book)));
    }
}
