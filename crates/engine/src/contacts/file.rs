//! A file that somebody wants to import: what it is, and what stands in it.

use book::charset::Charset;
use book::csv::{Mapping, Options, RowFault, Table, TableError};
use book::number::Region;
use book::vcard::{self, Fault};
use model::Contact;

use super::address_book::{AddressBook, BookError};

/// Bytes of a file.
pub(super) const LARGEST: usize = 64 * 1024 * 1024;
/// Contacts of one file.
const MOST_CONTACTS: u32 = 100_000;
/// Rows that are shown, and faults that are listed one by one.
const SHOWN_ROWS: usize = 5;
pub(super) const MOST_FAULTS: usize = 200;
/// Characters of a cell that are shown.
const SHOWN_CHARS: usize = 80;

/// The file that is open for import.
pub(crate) struct OpenFile {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// vCards of any version.
    Cards,
    /// A table.
    Table(TableLook),
}

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLook {
    /// Encoding, separator, whether the first row names the columns.
    pub options: Options,
    /// What each column holds.
    pub mapping: Mapping,
    /// Names of the columns, or their numbers.
    pub header: Vec<String>,
    /// The first rows as they stand in the file, long cells cut.
    pub rows: Vec<Vec<String>>,
}

/// What an import would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPreview {
    /// For what comes next; another file opened since makes it stale.
    pub file: u64,
    /// Name of the file.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Contacts that can be read.
    pub contacts: u32,
    /// The first of them.
    pub sample: Vec<Contact>,
    /// What cannot be read: the first few, and how many in all.
    pub skipped: Vec<Skipped>,
    /// All that cannot be read.
    pub skipped_count: u32,
}

/// A card or row that does not become a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Line of the file in which it begins, from 1.
    pub line: u64,
    /// The column, from 0, that is at fault, if one is.
    pub column: Option<usize>,
    /// Why.
    pub why: SkipWhy,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipWhy {
    /// Neither a name nor anything to call.
    Empty,
    /// Its only number is no number.
    NoNumber,
    /// A spreadsheet rounded the number: the digits are lost.
    Rounded,
    /// A cell is too long: a quote is not closed.
    TooLong,
    /// The card is cut off.
    NoEnd,
    /// The card is too large.
    TooLarge,
    /// It stands in the book already.
    AlreadyThere,
    /// More than 100,000 contacts in one file; this and all behind it.
    TooMany,
}

/// How to read a file. `None` for cards.
pub(super) type Reading = Option<(Options, Mapping)>;

impl AddressBook {
    /// Opens a file: it stays open until it is imported or another one is opened.
    pub(super) async fn open_file(&self, name: &str, bytes: Vec<u8>) -> Result<ImportPreview, BookError> {
        if bytes.len() > LARGEST {
            return Err(BookError::TooLarge);
        }
        let file = self.put_file(name, bytes);
        self.look(file.id, None, None).await
    }

    /// Looks at the open file: as it seems to be, or as somebody says that it is.
    pub(super) async fn look(
        &self,
        file: u64,
        options: Option<Options>,
        mapping: Option<Mapping>,
    ) -> Result<ImportPreview, BookError> {
        let (file, region) = (self.file(file)?, self.region());
        let looking = tokio::task::spawn_blocking(move || preview(&file, options, mapping, region));
        looking.await.map_err(|fault| BookError::Internal(fault.to_string()))?
    }
}

fn preview(
    file: &OpenFile,
    options: Option<Options>,
    mapping: Option<Mapping>,
    region: Region,
) -> Result<ImportPreview, BookError> {
    let kind = if is_cards(&file.bytes) { FileKind::Cards } else { FileKind::Table(table(file, options, mapping)?) };
    let reading = match &kind {
        FileKind::Cards => None,
        FileKind::Table(look) => Some((look.options, look.mapping.clone())),
    };
    let mut preview = ImportPreview {
        file: file.id,
        name: file.name.clone(),
        kind,
        contacts: 0,
        sample: Vec::new(),
        skipped: Vec::new(),
        skipped_count: 0,
    };
    each(&file.bytes, &reading, region, |found, _| {
        match found {
            Ok((_, contact)) => {
                preview.contacts += 1;
                if preview.sample.len() < SHOWN_ROWS {
                    preview.sample.push(contact);
                }
            }
            Err(skipped) => {
                preview.skipped_count += 1;
                if preview.skipped.len() < MOST_FAULTS {
                    preview.skipped.push(skipped);
                }
            }
        }
        true
    })?;
    Ok(preview)
}

fn table(file: &OpenFile, options: Option<Options>, mapping: Option<Mapping>) -> Result<TableLook, BookError> {
    if options.is_none() && is_binary(&file.bytes) {
        return Err(BookError::NotABook);
    }
    let options = options.unwrap_or_else(|| Options::sniff(&file.bytes));
    let table = Table::open(&file.bytes, options).map_err(not_open)?;
    let header = table.header();
    // A mapping for other columns was made before the separator was changed.
    let mapping = mapping.filter(|mapping| mapping.0.len() == header.len()).unwrap_or_else(|| table.propose());
    let short = |cell: String| cell.chars().take(SHOWN_CHARS).collect();
    let rows = table.preview(SHOWN_ROWS).into_iter().map(|row| row.into_iter().map(short).collect()).collect();
    Ok(TableLook { options, mapping, header: header.into_iter().map(short).collect(), rows })
}

fn not_open(fault: TableError) -> BookError {
    match fault {
        TableError::TooLarge => BookError::TooLarge,
        TableError::Empty => BookError::NotABook,
    }
}

/// Reads contact after contact; `take` gets each, and how many bytes were read, and says whether to go on.
pub(super) fn each(
    bytes: &[u8],
    reading: &Reading,
    region: Region,
    mut take: impl FnMut(Result<(u64, Contact), Skipped>, usize) -> bool,
) -> Result<(), BookError> {
    let mut contacts = 0;
    let mut bounded = |found: Result<(u64, Contact), Skipped>, done| {
        contacts += u32::from(found.is_ok());
        match found {
            Ok((line, _)) if contacts > MOST_CONTACTS => {
                take(Err(Skipped { line, column: None, why: SkipWhy::TooMany }), done);
                false
            }
            found => take(found, done),
        }
    };
    match reading {
        None => {
            let mut cards = vcard::read(bytes);
            while let Some(card) = cards.next() {
                let found = match card {
                    Ok(card) => Ok((card.line, card.contact)),
                    Err(error) if error.fault == Fault::NoCards => return Err(BookError::NotABook),
                    Err(error) => Err(Skipped { line: error.line, column: None, why: of_card(error.fault) }),
                };
                if !bounded(found, cards.progress().0) {
                    break;
                }
            }
        }
        Some((options, mapping)) => {
            let table = Table::open(bytes, *options).map_err(not_open)?;
            let mut rows = table.rows(mapping, region);
            while let Some(row) = rows.next() {
                let found = match row {
                    Ok(row) => Ok((row.line, row.contact)),
                    Err(error) => Err(Skipped { line: error.line, column: error.column, why: of_row(error.fault) }),
                };
                if !bounded(found, rows.progress().0) {
                    break;
                }
            }
        }
    }
    Ok(())
}

fn of_card(fault: Fault) -> SkipWhy {
    match fault {
        Fault::Empty | Fault::NoCards => SkipWhy::Empty,
        Fault::NoEnd => SkipWhy::NoEnd,
        Fault::TooLarge => SkipWhy::TooLarge,
    }
}

fn of_row(fault: RowFault) -> SkipWhy {
    match fault {
        RowFault::Empty => SkipWhy::Empty,
        RowFault::NoNumber => SkipWhy::NoNumber,
        RowFault::Rounded => SkipWhy::Rounded,
        RowFault::TooLong => SkipWhy::TooLong,
    }
}

/// Whether a card begins near the start of the file.
fn is_cards(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096) & !1];
    Charset::sniff(bytes).decode(start).to_ascii_uppercase().contains("BEGIN:VCARD")
}

/// A workbook, a picture, a document: full of what no text holds.
fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096) & !1];
    let text = Charset::sniff(bytes).decode(start);
    let odd = |c: &char| *c == '\u{fffd}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{1a}'));
    bytes.starts_with(b"PK\x03\x04") || 20 * text.chars().filter(odd).count() > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(bytes: &[u8]) -> Result<ImportPreview, BookError> {
        let file = OpenFile { id: 1, name: "people".into(), bytes: bytes.to_vec() };
        preview(&file, None, None, Region::UNKNOWN)
    }

    #[test]
    fn files_are_known_by_what_stands_in_them() {
        let cards =
            look(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Noor\r\nTEL:101\r\nEND:VCARD\r\nBEGIN:VCARD\r\nEND:VCARD\r\n")
                .unwrap();
        assert_eq!((cards.kind, cards.contacts, cards.skipped_count), (FileKind::Cards, 1, 1));
        assert_eq!(cards.skipped[0].why, SkipWhy::Empty);
        let table = look("الاسم;الهاتف\r\nنور;0501234567\r\nسامي;9.66501E+11\r\n".as_bytes()).unwrap();
        let FileKind::Table(look_at) = table.kind else { panic!("a table") };
        assert_eq!((look_at.options.separator, table.contacts), (b';', 1));
        assert_eq!(look_at.header, ["الاسم", "الهاتف"]);
        assert_eq!(table.skipped, [Skipped { line: 3, column: Some(1), why: SkipWhy::Rounded }]);
    }

    #[test]
    fn what_is_no_address_book_is_refused() {
        for bytes in [&b""[..], b"   \n", b"PK\x03\x04\x14\x00\x06\x00", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01"]
        {
            assert_eq!(look(bytes), Err(BookError::NotABook), "{bytes:?}");
        }
    }
}
