//! A table that is open for reading.

use std::borrow::Cow;

use super::header::{Column, Mapping};
use super::rows::{Rows, lines};
use super::sniff::{Options, without_sep_line};
use crate::number::Region;

/// Bytes of a file.
const LARGEST: usize = 64 * 1024 * 1024;
/// Columns that are looked at.
pub(super) const MOST_COLUMNS: usize = 256;

/// A table that is open for reading: the decoded text and how to read it.
#[derive(Debug)]
pub struct Table<'a> {
    text: Cow<'a, str>,
    options: Options,
}

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TableError {
    /// More than 64 MiB.
    #[error("the file is too large")]
    TooLarge,
    /// No row at all.
    #[error("the file is empty")]
    Empty,
}

impl<'a> Table<'a> {
    /// Decodes a file.
    ///
    /// # Errors
    /// [`TableError`] when there is nothing to read, or too much.
    pub fn open(bytes: &'a [u8], options: Options) -> Result<Table<'a>, TableError> {
        if bytes.len() > LARGEST {
            return Err(TableError::TooLarge);
        }
        let mut text = options.charset.decode(bytes);
        let rows = without_sep_line(&text);
        if rows.len() < text.len() {
            text = Cow::Owned(rows.to_owned());
        }
        if text.trim().is_empty() { Err(TableError::Empty) } else { Ok(Table { text, options }) }
    }

    /// The names of the columns; numbers from 1 when the table has no header.
    #[must_use]
    pub fn header(&self) -> Vec<String> {
        let first = self.records().next().map(|record| strings(&record)).unwrap_or_default();
        let width = self.records().take(20).map(|record| record.len()).max().unwrap_or(0).min(MOST_COLUMNS);
        let name = |at: usize| match first.get(at).map(|name| crate::chars::clean_line(name)) {
            Some(name) if self.options.header && !name.is_empty() => name,
            _ => (at + 1).to_string(),
        };
        (0..width).map(name).collect()
    }

    /// The first `count` rows below the header, as they stand in the file.
    #[must_use]
    pub fn preview(&self, count: usize) -> Vec<Vec<String>> {
        self.records().skip(usize::from(self.options.header)).take(count).map(|record| strings(&record)).collect()
    }

    /// What each column seems to be, by its name; without a header by what stands in it.
    #[must_use]
    pub fn propose(&self) -> Mapping {
        if self.options.header {
            return Mapping(self.header().iter().map(|name| Column::named(name)).collect());
        }
        let rows = self.preview(20);
        Mapping(
            (0..self.header().len())
                .map(|at| Column::guessed(rows.iter().filter_map(|row| row.get(at))))
                .collect::<Vec<_>>(),
        )
        .with_names_first()
    }

    /// The rows, one at a time, each a contact or a reason why not; drop the iterator to stop.
    #[must_use]
    pub fn rows<'t>(&'t self, mapping: &Mapping, region: Region) -> Rows<'t> {
        Rows::new(reader(&self.text, self.options.separator), &self.text, mapping.clone(), region, self.options.header)
    }

    /// The rows below the header as they stand in the file, each with the line in which it begins, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (u64, Vec<String>)> + '_ {
        lines(reader(&self.text, self.options.separator), &self.text, self.options.header)
    }

    fn records(&self) -> impl Iterator<Item = csv::StringRecord> + '_ {
        reader(&self.text, self.options.separator).into_records().filter_map(Result::ok)
    }
}

/// A reader that takes rows as they come: of any width, with spaces around.
pub(super) fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn strings(record: &csv::StringRecord) -> Vec<String> {
    record.iter().take(MOST_COLUMNS).map(str::to_owned).collect()
}
