//! How a table is written: its encoding, its separator, whether its first row is a header.

use super::header::Column;
use super::table::reader;
use crate::charset::Charset;

/// Separators that are tried, in this order.
pub const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];
/// Rows that are looked at.
const SNIFFED_ROWS: usize = 20;
/// Bytes that are looked at.
const SNIFFED_BYTES: usize = 64 * 1024;

/// How a table is written. All of it can be changed by whoever sees the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Encoding.
    pub charset: Charset,
    /// Byte between two cells.
    pub separator: u8,
    /// The first row names the columns.
    pub header: bool,
}

impl Options {
    /// The most likely way to read these bytes.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Options {
        let charset = Charset::sniff(bytes);
        let start = &bytes[..bytes.len().min(SNIFFED_BYTES) & !1];
        let start = if bytes.len() <= SNIFFED_BYTES { bytes } else { start };
        let text = charset.decode(start);
        let separator = separator(&text);
        Options { charset, separator, header: has_header(without_sep_line(&text), separator) }
    }
}

/// Excel's first line that names the separator is no row.
pub(super) fn without_sep_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    if named(line).is_some() { text[line.len()..].trim_start_matches(['\r', '\n']) } else { text }
}

fn named(line: &str) -> Option<u8> {
    let rest = line.trim().strip_prefix("sep=")?;
    let byte = *rest.as_bytes().first().unwrap_or(&b'\t');
    (rest.len() <= 1 && SEPARATORS.contains(&byte)).then_some(byte)
}

/// The one that gives the most rows the same number of columns, more than one; the most columns, if several do.
fn separator(text: &str) -> u8 {
    if let Some(named) = text.lines().next().and_then(named) {
        return named;
    }
    let score = |separator: u8| {
        let widths: Vec<usize> = reader(text, separator)
            .into_records()
            .take(SNIFFED_ROWS)
            .filter_map(Result::ok)
            .map(|record| record.len())
            .collect();
        let first = widths.first().copied().unwrap_or(0);
        let agree = widths.iter().filter(|width| **width == first).count();
        if first < 2 { (0, 0) } else { (agree * 100 / widths.len().max(1), first) }
    };
    let scores = SEPARATORS.map(|separator| (score(separator), separator));
    // The first of the best: `max_by_key` alone would take the last.
    let best = scores.iter().rev().max_by_key(|(score, _)| *score);
    best.filter(|(score, _)| score.1 > 0).map_or(b',', |(_, separator)| *separator)
}

/// A first row that names columns, or that has no digits where the second has.
fn has_header(text: &str, separator: u8) -> bool {
    let rows: Vec<csv::StringRecord> = reader(text, separator).into_records().take(2).filter_map(Result::ok).collect();
    let Some(first) = rows.first() else { return false };
    let digits = |record: &csv::StringRecord| {
        record.iter().any(|cell| cell.chars().filter(|c| base::ascii_digit(*c).is_some()).count() >= 3)
    };
    let named = first.iter().filter(|cell| !matches!(Column::named(cell), Column::Ignore | Column::Field(_))).count();
    !digits(first) && (named > 0 || rows.get(1).is_some_and(digits))
}
