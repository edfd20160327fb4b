//! Contacts of other programs.
//!
//! `contacts_open_file` takes the bytes of a file as its body and its name, percent-encoded, in the header `file-name`; it answers
//! with an [`ImportPreview`].

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Contact;

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ImportColumn {
    /// Nothing that is taken over.
    Ignore,
    /// Given name.
    FirstName,
    /// Second given name.
    MiddleName,
    /// Family name.
    LastName,
    /// The whole name.
    FullName,
    /// Organisation.
    Company,
    /// Position.
    JobTitle,
    /// Mobile numbers.
    Mobile,
    /// Numbers at work.
    Work,
    /// Numbers at home.
    Home,
    /// Switchboards.
    Main,
    /// Extensions.
    Extension,
    /// Fax numbers.
    Fax,
    /// Other numbers.
    Other,
    /// The kind of the number in the next number column.
    NumberLabel,
    /// E-mail addresses.
    Email,
    /// SIP addresses.
    Sip,
    /// Groups.
    Groups,
    /// Note.
    Note,
    /// Favourite or not.
    Favourite,
    /// A line of its own under the name of the column.
    Field,
}

/// Encoding of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum ImportCharset {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, little endian.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, big endian.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Arabic of Windows.
    #[serde(rename = "windows-1256")]
    Windows1256,
    /// Western Europe of Windows.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ImportSeparator {
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// Tab.
    Tab,
    /// `|`
    Bar,
}

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportOptions {
    /// Encoding.
    pub charset: ImportCharset,
    /// Between two cells.
    pub separator: ImportSeparator,
    /// The first row names the columns.
    pub header: bool,
}

/// A table that somebody wants to import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportTable {
    /// How it is read.
    pub options: ImportOptions,
    /// What each column holds.
    pub mapping: Vec<ImportColumn>,
    /// Names of the columns, or their numbers.
    pub header: Vec<String>,
    /// The first rows as they stand in the file.
    pub rows: Vec<Vec<String>>,
}

/// Why a card or row does not become a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SkipWhy {
    /// Neither a name nor anything to call.
    Empty,
    /// Its only number is no number.
    NoNumber,
    /// A spreadsheet rounded the number.
    Rounded,
    /// A cell is too long.
    TooLong,
    /// The card is cut off.
    NoEnd,
    /// The card is too large.
    TooLarge,
    /// It stands in the book already.
    AlreadyThere,
    /// Too many contacts in one file.
    TooMany,
}

/// A card or row that does not become a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Skipped {
    /// Line of the file in which it begins, from 1.
    pub line: u32,
    /// The column, from 0, that is at fault, if one is.
    pub column: Option<u32>,
    /// Why.
    pub why: SkipWhy,
}

/// What an import would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// For what comes next.
    pub file: u32,
    /// Name of the file.
    pub name: String,
    /// How the table is read; `None` for cards.
    pub table: Option<ImportTable>,
    /// Contacts that can be read.
    pub contacts: u32,
    /// The first of them.
    pub sample: Vec<Contact>,
    /// What cannot be read: the first few.
    pub skipped: Vec<Skipped>,
    /// All that cannot be read.
    pub skipped_count: u32,
}

/// `contacts_preview(PreviewImport) -> ImportPreview`: the open file, read in another way.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewImport {
    /// Of the preview before.
    pub file: u32,
    /// How to read the table.
    pub options: ImportOptions,
    /// What each column holds; `None`: propose it anew.
    pub mapping: Option<Vec<ImportColumn>>,
    /// Names of the columns, as the preview said: a column of its own is called so.
    pub header: Vec<String>,
}

/// `contacts_import(ImportWish) -> ImportReport`: all or nothing; `contactsImport` events tell how far it is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportWish {
    /// Of the preview.
    pub file: u32,
    /// The table as the preview said; `None` for cards.
    pub table: Option<ImportTable>,
    /// Add those as well that stand in the book already.
    pub keep_both: bool,
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// New in the book.
    pub imported: u32,
    /// The first of those that are not.
    pub skipped: Vec<Skipped>,
    /// How many are not.
    pub skipped_count: u32,
}
