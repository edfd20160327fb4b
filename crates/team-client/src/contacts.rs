//! Address books at the server: what has changed, and changes of ours.

use base::WallMs;
use model::{Book, Contact, ContactField, ContactId, ContactNumber, NumberKind};
use reqwest::Method;
use team_api::{CardField, CardNumber, ContactCard, ContactRow, PushContacts, PushedContacts, path};

use crate::client::TeamClient;
use crate::error::TeamError;

/// A contact as the server has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactChange {
    /// Which.
    pub id: ContactId,
    /// Number of the change.
    pub change: u64,
    /// Tag of the edit that made it so.
    pub edit: String,
    /// With `change` and `updated_at`; `None`: it was deleted.
    pub contact: Option<Contact>,
}

/// What has changed in a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactChanges {
    /// Oldest change first.
    pub changes: Vec<ContactChange>,
    /// How many are behind those.
    pub left: u64,
    /// The book's last change.
    pub newest: u64,
    /// We may change this book.
    pub writable: bool,
}

/// A change of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactEdit {
    /// Which.
    pub id: ContactId,
    /// The change that it was made on; 0 for a new contact.
    pub base: u64,
    /// Its tag.
    pub edit: String,
    /// What stands there from now on; `None` deletes.
    pub contact: Option<Contact>,
}

/// What became of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PushedContact {
    /// It stands, under this number.
    Kept(u64),
    /// Somebody else was faster.
    Conflict(ContactChange),
    /// It was not taken.
    Refused {
        /// One of [`crate::code`].
        code: String,
        /// How it stands at the server, when it is there.
        theirs: Option<ContactChange>,
    },
}

impl TeamClient {
    /// What has changed in a book since `since`, a page of it.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn contact_changes(&self, book: Book, since: u64) -> Result<ContactChanges, TeamError> {
        let question = [("book", book.code().to_owned()), ("since", since.to_string())];
        let request = self.authorized(Method::GET, path::CONTACTS)?.query(&question);
        let answer: team_api::ContactChanges = self.ask(request, true).await?;
        Ok(ContactChanges {
            changes: answer.rows.into_iter().map(|row| change(row, book)).collect::<Result<_, _>>()?,
            left: answer.left,
            newest: answer.newest,
            writable: answer.writable,
        })
    }

    /// Sends edits, at most 200. The answer has one line for each of the first of them; send the others again.
    ///
    /// # Errors
    /// [`TeamError`]; whether any of it was done is not known then. The same again is safe.
    pub async fn push_contacts(&self, book: Book, edits: Vec<ContactEdit>) -> Result<Vec<PushedContact>, TeamError> {
        let sent = edits.len();
        let edits = edits.into_iter().map(|edit| team_api::ContactEdit {
            id: edit.id.to_string(),
            base: edit.base,
            edit: edit.edit,
            card: edit.contact.map(card),
        });
        let body = PushContacts { book: book.code().to_owned(), edits: edits.collect() };
        let answer: PushedContacts =
            self.ask(self.authorized(Method::POST, path::CONTACTS_PUSH)?.json(&body), true).await?;
        if answer.results.len() > sent {
            return Err(TeamError::NotAServer);
        }
        let pushed = |pushed| {
            Ok(match pushed {
                team_api::PushedContact::Kept { seq } => PushedContact::Kept(seq),
                team_api::PushedContact::Conflict { row } => PushedContact::Conflict(change(row, book)?),
                team_api::PushedContact::Refused { code, row } => {
                    PushedContact::Refused { code, theirs: row.map(|row| change(row, book)).transpose()? }
                }
            })
        };
        answer.results.into_iter().map(pushed).collect()
    }
}

fn change(row: ContactRow, book: Book) -> Result<ContactChange, TeamError> {
    let id = row.id.parse().map_err(|_| TeamError::NotAServer)?;
    let of = |card| contact(card, id, book, row.seq, WallMs(row.updated_ms));
    Ok(ContactChange { id, change: row.seq, edit: row.edit, contact: row.card.map(of) })
}

fn contact(card: ContactCard, id: ContactId, book: Book, change: u64, updated_at: WallMs) -> Contact {
    let number = |n: CardNumber| ContactNumber {
        number: n.number,
        // One that this version does not know.
        kind: NumberKind::from_code(&n.kind).unwrap_or_default(),
        label: n.label,
        primary: n.primary,
    };
    Contact {
        id,
        book,
        first_name: card.first_name,
        last_name: card.last_name,
        display_name: card.display_name,
        company: card.company,
        job_title: card.job_title,
        numbers: card.numbers.into_iter().map(number).collect(),
        emails: card.emails,
        sip_addresses: card.sip_addresses,
        groups: card.groups,
        fields: card.fields.into_iter().map(|f| ContactField { name: f.name, value: f.value }).collect(),
        note: card.note,
        favourite: card.favourite,
        change,
        version: 1,
        updated_at,
        source: None,
    }
}

fn card(contact: Contact) -> ContactCard {
    let number = |n: ContactNumber| CardNumber {
        number: n.number,
        kind: n.kind.code().to_owned(),
        label: n.label,
        primary: n.primary,
    };
    ContactCard {
        // Favourites of the company's book are everybody's own.
        favourite: contact.favourite && contact.book == Book::Personal,
        first_name: contact.first_name,
        last_name: contact.last_name,
        display_name: contact.display_name,
        company: contact.company,
        job_title: contact.job_title,
        numbers: contact.numbers.into_iter().map(number).collect(),
        emails: contact.emails,
        sip_addresses: contact.sip_addresses,
        groups: contact.groups,
        fields: contact.fields.into_iter().map(|f| CardField { name: f.name, value: f.value }).collect(),
        note: contact.note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_comes_back_from_the_wire_as_it_went() {
        let there = Contact {
            id: ContactId(7),
            first_name: "نور".into(),
            numbers: vec![ContactNumber {
                number: "101".into(),
                kind: NumberKind::Extension,
                label: "Desk".into(),
                primary: true,
            }],
            fields: vec![ContactField { name: "Branch".into(), value: "الرياض".into() }],
            groups: vec!["VIP".into()],
            favourite: true,
            change: 3,
            version: 1,
            updated_at: WallMs(9),
            ..Contact::default()
        };
        assert_eq!(contact(card(there.clone()), there.id, Book::Personal, 3, WallMs(9)), there);
        let company = Contact { book: Book::Company, ..there };
        assert!(!card(company).favourite);
    }
}
