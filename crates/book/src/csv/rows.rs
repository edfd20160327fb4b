//! Rows, each a contact or a reason why not.

use base::ascii_digit;
use model::{Contact, ContactField, ContactNumber, NumberKind};

use super::cell::bare;
use super::header::{Column, Mapping};
use super::table::MOST_COLUMNS;
use crate::chars::{clean, clean_line, clean_number};
use crate::label::{kind_of_label, only_one_primary};
use crate::name;
use crate::number::{self, Region};

/// Bytes of one cell. A quote that is never closed makes a cell of the rest of the file.
const LONGEST_CELL: usize = 64 * 1024;
/// Values in one cell, and of one kind in a contact.
const MOST_VALUES: usize = 100;
/// Between values in one cell, as Google writes them, with a space on either side.
pub(super) const BETWEEN: &str = ":::";

/// A row that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of the file in which it begins, from 1.
    pub line: u64,
    /// What it says; without id, in the personal book.
    pub contact: Contact,
    /// Columns, from 0, whose number is none and was left out.
    pub left_out: Vec<usize>,
}

/// A row that could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct RowError {
    /// Line of the file in which it begins, from 1.
    pub line: u64,
    /// The column, from 0, that is at fault, if one is.
    pub column: Option<usize>,
    /// Why.
    pub fault: RowFault,
}

/// Why a row cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RowFault {
    /// Nothing in the columns that are taken over.
    #[error("the row is empty")]
    Empty,
    /// Its only number is no number.
    #[error("this is no number")]
    NoNumber,
    /// A spreadsheet rounded it: `9.66501E+11`. The digits are lost.
    #[error("the number was rounded by a spreadsheet")]
    Rounded,
    /// A cell of more than 64 KiB: most likely a quote that is not closed.
    #[error("a cell is too long: is a quote not closed?")]
    TooLong,
}

/// The rows of a table. See [`Table::rows`](super::Table::rows).
pub struct Rows<'t> {
    reader: csv::Reader<&'t [u8]>,
    record: csv::StringRecord,
    place: Place<'t>,
    mapping: Mapping,
    region: Region,
    header: bool,
}

impl<'t> Rows<'t> {
    pub(super) fn new(
        reader: csv::Reader<&'t [u8]>,
        text: &'t str,
        mapping: Mapping,
        region: Region,
        header: bool,
    ) -> Self {
        let place = Place { text: text.as_bytes(), byte: 0, line: 1 };
        Rows { reader, record: csv::StringRecord::new(), place, mapping, region, header }
    }

    /// Bytes read so far, of how many: for showing progress.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (byte(self.reader.position()), self.place.text.len())
    }

    fn advance(&mut self) -> bool {
        // The text is UTF-8 and rows may have any width: nothing is left that could fail.
        self.reader.read_record(&mut self.record).unwrap_or(false)
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if std::mem::take(&mut self.header) && !self.advance() {
            return None;
        }
        self.advance().then(|| {
            let line = self.place.line_at(self.record.position().map_or(0, byte));
            row(line, &self.record, &self.mapping, self.region)
        })
    }
}

/// The rows as they stand in the file, each with the line in which it begins.
pub(super) fn lines<'t>(
    reader: csv::Reader<&'t [u8]>,
    text: &'t str,
    header: bool,
) -> impl Iterator<Item = (u64, Vec<String>)> + 't {
    let mut place = Place { text: text.as_bytes(), byte: 0, line: 1 };
    reader.into_records().filter_map(Result::ok).skip(usize::from(header)).map(move |record| {
        let line = place.line_at(record.position().map_or(0, byte));
        (line, record.iter().take(MOST_COLUMNS).map(str::to_owned).collect())
    })
}

fn byte(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// Counts lines. The reader's own count stands before the empty lines that it skips.
struct Place<'t> {
    text: &'t [u8],
    byte: usize,
    line: u64,
}

impl Place<'_> {
    /// The line of the first row at or behind `byte`; not to be asked backwards.
    fn line_at(&mut self, byte: usize) -> u64 {
        while let Some(&c) = self.text.get(self.byte).filter(|c| self.byte < byte || matches!(**c, b'\n' | b'\r')) {
            let ends = c == b'\n' || (c == b'\r' && self.text.get(self.byte + 1) != Some(&b'\n'));
            self.line += u64::from(ends);
            self.byte += 1;
        }
        self.line
    }
}

fn row(line: u64, record: &csv::StringRecord, mapping: &Mapping, region: Region) -> Result<Row, RowError> {
    let error = |column, fault| RowError { line, column, fault };
    if let Some(column) = record.iter().position(|cell| cell.len() > LONGEST_CELL) {
        return Err(error(Some(column), RowFault::TooLong));
    }
    let mut reading = Reading {
        contact: Contact::default(),
        full_name: String::new(),
        label: String::new(),
        bad: Vec::new(),
        region,
    };
    for (at, (cell, column)) in record.iter().zip(&mapping.0).take(MOST_COLUMNS).enumerate() {
        reading.cell(at, bare(cell.trim()), column);
    }
    let Reading { mut contact, full_name, bad, .. } = reading;
    only_one_primary(&mut contact.numbers);
    if name::shown(&contact) != full_name {
        contact.display_name = full_name;
    }
    let callable = !(contact.numbers.is_empty() && contact.sip_addresses.is_empty());
    match bad.first() {
        Some((column, fault)) if !callable => Err(error(Some(*column), *fault)),
        None if name::shown(&contact).is_empty() => Err(error(None, RowFault::Empty)),
        Some(_) | None => Ok(Row { line, contact, left_out: bad.into_iter().map(|(column, _)| column).collect() }),
    }
}

struct Reading {
    contact: Contact,
    full_name: String,
    /// What a label column said about the next number.
    label: String,
    bad: Vec<(usize, RowFault)>,
    region: Region,
}

impl Reading {
    fn cell(&mut self, at: usize, cell: &str, column: &Column) {
        let contact = &mut self.contact;
        match column {
            Column::Ignore => {}
            Column::FirstName => contact.first_name = clean_line(&format!("{cell} {}", contact.first_name)),
            Column::MiddleName => contact.first_name = clean_line(&format!("{} {cell}", contact.first_name)),
            Column::LastName => contact.last_name = clean_line(cell),
            Column::FullName => self.full_name = clean_line(cell),
            Column::Company => contact.company = clean_line(cell),
            Column::JobTitle => contact.job_title = clean_line(cell),
            Column::Number(kind) => self.numbers(at, cell, *kind),
            Column::NumberLabel => self.label = clean_line(cell),
            Column::Email => add(&mut contact.emails, cell.split(BETWEEN)),
            Column::Sip => add(&mut contact.sip_addresses, cell.split(BETWEEN).map(|s| s.trim_start_matches("sip:"))),
            Column::Groups => {
                // Google marks its own groups with a star.
                let group = |g: &str| g.trim().trim_start_matches("* ").to_owned();
                let split = |part: &str| {
                    if cell.contains(BETWEEN) { vec![group(part)] } else { part.split([';', ',']).map(group).collect() }
                };
                let groups: Vec<String> = cell.split(BETWEEN).flat_map(split).filter(|g| g != "myContacts").collect();
                add(&mut contact.groups, groups.iter().map(String::as_str));
            }
            Column::Note => contact.note = clean(cell),
            Column::Favourite => {
                contact.favourite = matches!(cell.to_lowercase().as_str(), "1" | "true" | "yes" | "x" | "نعم");
            }
            Column::Field(name) => {
                let value = clean_line(cell);
                if !value.is_empty() && contact.fields.len() < MOST_VALUES {
                    contact.fields.push(ContactField { name: name.clone(), value });
                }
            }
        }
    }

    fn numbers(&mut self, at: usize, cell: &str, kind: NumberKind) {
        let (kind, label, primary) = labelled(&std::mem::take(&mut self.label), kind);
        for part in cell.split(BETWEEN).take(MOST_VALUES) {
            let number = clean_number(bare(part.trim()));
            if number.is_empty() || self.contact.numbers.len() >= MOST_VALUES {
                continue;
            }
            if is_rounded(&number) {
                self.bad.push((at, RowFault::Rounded));
            } else if number::read(&number, self.region).is_none() {
                self.bad.push((at, RowFault::NoNumber));
            } else {
                self.contact.numbers.push(ContactNumber { number, kind, label: label.clone(), primary });
            }
        }
    }
}

/// `* work: Summer office`: the star marks the primary number, as Google does; a kind, and words of its own.
fn labelled(text: &str, kind: NumberKind) -> (NumberKind, String, bool) {
    let (text, primary) = match text.strip_prefix('*') {
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    };
    let (word, own) = text.split_once(": ").unwrap_or((text, ""));
    match kind_of_label(word) {
        Some(kind) => (kind, own.trim().to_owned(), primary),
        None => (kind, text.to_owned(), primary),
    }
}

/// `9.66501E+11`, with any digits and either decimal mark.
fn is_rounded(number: &str) -> bool {
    let Some((mantissa, exponent)) = number.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| ascii_digit(c).is_some());
    digits(&mantissa.replacen(['.', ','], "", 1)) && digits(exponent.strip_prefix('+').unwrap_or(exponent))
}

fn add<'a>(list: &mut Vec<String>, values: impl Iterator<Item = &'a str>) {
    for value in values.map(clean_line).filter(|v| !v.is_empty()).take(MOST_VALUES) {
        if list.len() < MOST_VALUES && !list.contains(&value) {
            list.push(value);
        }
    }
}
