//! The table that somebody wants to import (BK-02): how it is read, and its rows as wishes.

use book::csv::{Options, Table, TableError};
use model::Department;

use super::door::BulkError;
use super::job::Origin;
use super::read;
use super::wish::{RowFault, UserField, UserWish};
use super::words;

/// Bytes of a file.
pub(super) const LARGEST: usize = 10 * 1024 * 1024;
/// Rows of a file.
const MOST_ROWS: usize = 10_000;
/// Rows that are shown, and characters of their cells.
const SHOWN_ROWS: usize = 5;
const SHOWN_CHARS: usize = 80;

/// A file as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkFile {
    /// Names the file as long as it is open.
    pub file: u64,
    /// Its name.
    pub name: String,
    /// How it is read.
    pub table: BulkTable,
    /// Rows below the header.
    pub rows: usize,
}

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkTable {
    /// Encoding, separator, whether the first row names the columns.
    pub options: Options,
    /// What each column says.
    pub mapping: Vec<UserField>,
    /// Names of the columns, or their numbers.
    pub header: Vec<String>,
    /// The first rows as they stand in the file, long cells cut.
    pub rows: Vec<Vec<String>>,
}

/// A row of a file: its line, what could be read of it, and what is wrong.
pub(super) type ReadRow = (u64, UserWish, Option<RowFault>);

/// Looks at a file, as it seems to be or as somebody says that it is.
pub(super) fn look(
    file: u64,
    name: &str,
    bytes: &[u8],
    options: Option<Options>,
    mapping: Option<Vec<UserField>>,
) -> Result<BulkFile, BulkError> {
    let options = options.unwrap_or_else(|| Options { header: true, ..Options::sniff(bytes) });
    let table = open(bytes, options)?;
    let header = table.header();
    // A mapping for other columns was made before the separator was changed.
    let mapping = mapping.filter(|mapping| mapping.len() == header.len()).unwrap_or_else(|| words::proposed(&header));
    let short = |cell: String| cell.chars().take(SHOWN_CHARS).collect();
    let shown = table.preview(SHOWN_ROWS).into_iter().map(|row| row.into_iter().map(short).collect()).collect();
    let rows = table.lines().take(MOST_ROWS + 1).count();
    let table = BulkTable { options, mapping, header: header.into_iter().map(short).collect(), rows: shown };
    Ok(BulkFile { file, name: name.to_owned(), table, rows })
}

/// All rows as wishes, and as they stand in the file.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    options: Options,
    mapping: &[UserField],
    departments: &[Department],
) -> Result<(Origin, Vec<ReadRow>), BulkError> {
    if !mapping.contains(&UserField::Id) {
        return Err(BulkError::NoIdColumn);
    }
    let table = open(bytes, options)?;
    let (header, mapping) = (table.header(), mapping.to_vec());
    let mut origin = Origin { file: name.to_owned(), separator: options.separator, header, mapping, cells: Vec::new() };
    let mut rows = Vec::new();
    for (line, cells) in table.lines() {
        if rows.len() >= MOST_ROWS {
            return Err(BulkError::TooManyRows);
        }
        let (wish, fault) = read::wish(&cells, &origin.mapping, departments);
        rows.push((line, wish, fault));
        origin.cells.push(cells);
    }
    Ok((origin, rows))
}

fn open(bytes: &[u8], options: Options) -> Result<Table<'_>, BulkError> {
    if bytes.len() > LARGEST {
        return Err(BulkError::TooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        // A workbook.
        return Err(BulkError::NotATable);
    }
    Table::open(bytes, options).map_err(|fault| match fault {
        TableError::TooLarge => BulkError::TooLarge,
        TableError::Empty => BulkError::NotATable,
    })
}

#[cfg(test)]
mod tests {
    use book::charset::Charset;
    use proptest::prelude::*;

    use super::*;
    use crate::directory::bulk::wish::BulkWhy;

    #[test]
    fn a_table_is_known_by_what_stands_in_it_bk_02() {
        let text =
            "\u{feff}الرقم;الاسم;البريد الإلكتروني;القسم\r\n2119;\"منصور; ليلى\";layla@a;\r\n\r\n2120;نور;noor@a;\r\n";
        let file = look(7, "agents.csv", text.as_bytes(), None, None).unwrap();
        assert_eq!((file.table.options.separator, file.table.options.charset), (b';', Charset::Utf8));
        assert!(file.table.options.header);
        assert_eq!(file.table.mapping, [UserField::Id, UserField::Name, UserField::Email, UserField::Department]);
        assert_eq!((file.rows, file.table.rows[0][1].as_str()), (2, "منصور; ليلى"));
        let BulkTable { options, mapping, .. } = file.table;
        let (origin, rows) = read("agents.csv", text.as_bytes(), options, &mapping, &[]).unwrap();
        assert_eq!(
            rows.iter().map(|(line, wish, _)| (*line, wish.extension.as_str())).collect::<Vec<_>>(),
            [(2, "2119"), (4, "2120")]
        );
        assert_eq!(origin.typed(1, UserField::Name), "نور");
        assert_eq!(origin.typed(1, UserField::Role), "", "no column holds it");
    }

    #[test]
    fn one_bad_row_stands_alone_bk_02() {
        let text = "Id,Role\n1,User\n2,Agnet\n3,Manager\n";
        let options = Options { charset: Charset::Utf8, separator: b',', header: true };
        let (_, rows) = read("a", text.as_bytes(), options, &[UserField::Id, UserField::Role], &[]).unwrap();
        let faults: Vec<_> = rows.iter().map(|(_, _, fault)| fault.map(|fault| fault.why)).collect();
        assert_eq!(faults, [None, Some(BulkWhy::NoRole), None]);
        let without = read("a", text.as_bytes(), options, &[UserField::Name, UserField::Role], &[]);
        assert_eq!(without.err(), Some(BulkError::NoIdColumn));
    }

    #[test]
    fn files_have_bounds_bk_02() {
        let rows = |count: usize| "1\n".repeat(count);
        let options = Options { charset: Charset::Utf8, separator: b';', header: false };
        let mapping = [UserField::Id];
        assert_eq!(read("a", rows(10_000).as_bytes(), options, &mapping, &[]).unwrap().1.len(), 10_000);
        assert_eq!(read("a", rows(10_001).as_bytes(), options, &mapping, &[]).err(), Some(BulkError::TooManyRows));
        assert_eq!(look(1, "a", &vec![b'1'; LARGEST + 1], None, None), Err(BulkError::TooLarge));
        assert_eq!(look(1, "a", b" \r\n", None, None), Err(BulkError::NotATable));
        assert_eq!(look(1, "a", b"PK\x03\x04....", None, None), Err(BulkError::NotATable));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_bk_02(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(BulkFile { table, .. }) = look(1, "a", &bytes, None, None) {
                let mut mapping = table.mapping;
                if let Some(first) = mapping.first_mut() {
                    *first = UserField::Id;
                }
                prop_assert!(read("a", &bytes, table.options, &mapping, &[]).is_ok());
            }
        }
    }
}
