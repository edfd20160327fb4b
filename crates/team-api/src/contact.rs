//! Address books: one's own and the company's, synchronised by the number of the last change.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Problem;

/// One of a contact's numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CardNumber {
    /// As it was written, digits in ASCII.
    pub number: String,
    /// `mobile`, `work`, `home`, `main`, `extension`, `fax`, `other`; read an unknown one as `other`.
    pub kind: String,
    /// Words of its own; empty for those of its kind.
    pub label: String,
    /// The one that is called when nothing else is said.
    pub primary: bool,
}

/// A line of the company's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CardField {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub value: String,
}

/// What stands in the book of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ContactCard {
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
    pub numbers: Vec<CardNumber>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// SIP addresses without scheme.
    pub sip_addresses: Vec<String>,
    /// Groups.
    pub groups: Vec<String>,
    /// Lines of the company's own.
    pub fields: Vec<CardField>,
    /// Free text.
    pub note: String,
    /// Among the favourites. In the company's book always false: favourites are everybody's own.
    pub favourite: bool,
}

/// A contact as the server has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactRow {
    /// Made by the client: 128 bits, 32 hexadecimal digits (UUIDv7).
    pub id: String,
    /// Number of the change in its book; rises from change to change. Name it as `base` when you edit this.
    pub seq: u64,
    /// Tag of the edit that made it so.
    pub edit: String,
    /// When.
    pub updated_ms: i64,
    /// `None`: it was deleted.
    pub card: Option<ContactCard>,
}

/// Answer to `GET` [`crate::path::CONTACTS`]`?book=BOOK&since=SEQ`: what has changed since, oldest change first, each contact once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactChanges {
    /// At most 500, fewer when they are long.
    pub rows: Vec<ContactRow>,
    /// Changed contacts behind those: ask again with the `seq` of the last row.
    pub left: u64,
    /// The book's last change. Smaller than what you have seen before: the server was set back to an older copy; begin at 0.
    pub newest: u64,
    /// Whether you may change this book.
    pub writable: bool,
}

/// A change of one contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactEdit {
    /// Which; a UUID.
    pub id: String,
    /// `seq` of the row that it was made on; 0 for a new one.
    pub base: u64,
    /// A tag of your own for this edit, 1 to 64 of `A-Za-z0-9.-`: the same again is done once.
    pub edit: String,
    /// What stands there from now on; `None` deletes.
    pub card: Option<ContactCard>,
}

/// Body of `POST` [`crate::path::CONTACTS_PUSH`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushContacts {
    /// `personal` or `company`.
    pub book: String,
    /// At most 200, and 2 MiB in all.
    pub edits: Vec<ContactEdit>,
}

/// What became of one edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PushedContact {
    /// It stands.
    Kept {
        /// Its number.
        seq: u64,
    },
    /// Somebody else was faster; nothing was changed.
    Conflict {
        /// How it stands.
        row: ContactRow,
    },
    /// It was not taken; nothing was changed.
    Refused {
        /// As in a [`Problem`].
        code: String,
        /// How it stands, when it is there.
        row: Option<ContactRow>,
    },
}

/// Answer to [`PushContacts`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushedContacts {
    /// One for each edit, in their order. Fewer, when the answer would become too long: send the rest again.
    pub results: Vec<PushedContact>,
}

/// Body of `PUT` [`crate::path::CONTACT`]; `DELETE` takes `?book=BOOK&base=SEQ&edit=TAG`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PutContact {
    /// `personal` or `company`.
    pub book: String,
    /// As in [`ContactEdit`].
    pub base: u64,
    /// As in [`ContactEdit`].
    pub edit: String,
    /// What stands there from now on.
    pub card: ContactCard,
}

/// A 409 of `PUT` and `DELETE`: the problem, and how the contact stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactConflict {
    /// The problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// How it stands.
    pub row: ContactRow,
}

/// Data of [`crate::EventBody::ContactsChanged`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactsData {
    /// `personal` or `company`.
    pub book: String,
    /// The book's last change.
    pub seq: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_in_a_card_is_empty_and_what_is_unknown_is_passed_over() {
        let card: ContactCard = serde_json::from_str(r#"{"first_name":"نور","twitter":"@noor"}"#).unwrap();
        assert_eq!(card, ContactCard { first_name: "نور".into(), ..ContactCard::default() });
        let row: ContactRow = serde_json::from_str(r#"{"id":"7","seq":1,"edit":"a.1","updated_ms":2}"#).unwrap();
        assert_eq!(row.card, None);
        let conflict = PushedContact::Conflict { row };
        let text = serde_json::to_string(&conflict).unwrap();
        assert!(text.starts_with(r#"{"outcome":"conflict","row":{"id":"7""#), "{text}");
    }
}
