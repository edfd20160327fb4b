//! The address book.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ContactBook, ContactsWhich, Language};

/// What a number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
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
    /// Answers with a whistle.
    Fax,
    /// Anything else.
    Other,
}

/// One of a contact's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactNumber {
    /// As it was written; shown and dialled.
    pub number: String,
    /// What it is for.
    pub kind: NumberKind,
    /// Words of its own; empty for those of its kind.
    pub label: String,
    /// The one that is called when nothing else is said.
    pub primary: bool,
}

/// A line of the company's own: customer number, branch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactField {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub value: String,
}

/// Someone in the address book. `contact_save(Contact)` keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Which; empty for one that is new.
    pub id: String,
    /// Whose book it stands in; for one that is new the choice counts, later nothing changes it.
    pub book: ContactBook,
    /// What is shown, made of the others; saving does not look at it.
    pub name: String,
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
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// SIP addresses without scheme.
    pub sip_addresses: Vec<String>,
    /// Groups.
    pub groups: Vec<String>,
    /// Lines of the company's own.
    pub fields: Vec<ContactField>,
    /// Free text, several lines.
    pub note: String,
    /// Among the favourites.
    pub favourite: bool,
}

/// `contact`, `contact_delete`, `contact_restore` (each `(ContactRef)`).
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactRef {
    /// Which.
    pub id: String,
}

/// `contact_of(NumberRef) -> ContactLook | null`: whose a number is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NumberRef {
    /// As it was shown.
    pub number: String,
}

/// `contact_favourite(ContactFavourite)`.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactFavourite {
    /// Which.
    pub id: String,
    /// Among the favourites from now on, or not.
    pub favourite: bool,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactLine {
    /// Which.
    pub id: String,
    /// What is shown.
    pub name: String,
    /// Organisation.
    pub company: String,
    /// The number to call when nothing else is said; empty when there is none.
    pub number: String,
    /// Among the favourites.
    pub favourite: bool,
    /// Whose book it stands in.
    pub book: ContactBook,
    /// What the outside address book is called that it comes from; isolate it.
    pub source: Option<String>,
    /// Waits for a decision between two versions.
    pub open: bool,
}

/// `contacts(ContactsQuery) -> ContactsPage`.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactsQuery {
    /// As typed, in any script and any digits; empty for the whole book by name.
    pub text: String,
    /// A part of it only.
    pub which: ContactsWhich,
    /// Whose script comes first.
    pub language: Language,
    /// Lines to leave out at the beginning.
    pub offset: u32,
    /// Lines wanted, 1 to 500.
    pub limit: u32,
}

/// How many contacts stand under a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LetterCount {
    /// The letter; `#` for what has none.
    pub letter: String,
    /// How many.
    pub count: u32,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactsPage {
    /// Lines.
    pub lines: Vec<ContactLine>,
    /// All that fit the question, as far as a search counts.
    pub total: u32,
    /// A search that would have found even more.
    pub more: bool,
    /// The letters of the whole list, in its order; empty for a search, and on every page but the first.
    pub letters: Vec<LetterCount>,
}

/// A part of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ContactPart {
    /// What it is called.
    Name,
    /// Organisation.
    Company,
    /// Position.
    JobTitle,
    /// A number or its label.
    Number,
    /// An e-mail address.
    Email,
    /// A SIP address.
    SipAddress,
    /// A group.
    Group,
    /// A line of the company's own.
    Field,
    /// The note.
    Note,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ContactFaultWhy {
    /// Neither a name nor a number or address.
    Missing,
    /// This cannot be called.
    NotANumber,
    /// This is no address.
    NotAnAddress,
    /// Too long.
    TooLong,
    /// Too many of them.
    TooMany,
}

/// What has to be mended before a contact can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactFault {
    /// Where.
    pub part: ContactPart,
    /// Which of several, from 0, as they were given.
    pub place: u32,
    /// Why.
    pub why: ContactFaultWhy,
}

/// Answer to `contact_save`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ContactSaved {
    /// It stands in the book, as it is here.
    Kept {
        /// With its id.
        contact: Box<Contact>,
    },
    /// Nothing was changed.
    Refused {
        /// What has to be mended first.
        faults: Vec<ContactFault>,
    },
}

/// `contacts_export(ContactsExport) -> String`: the path of the file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactsExport {
    /// As what.
    pub format: ExportFormat,
}

/// What the book is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// vCard 3.0.
    Vcf,
    /// A table with commas.
    Csv,
}

/// `contacts_region() -> ContactsRegion`, `contacts_set_region(ContactsRegion)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactsRegion {
    /// Country of numbers without a country code (ISO 3166-1: `SA`); empty when nobody has said.
    pub code: String,
}
