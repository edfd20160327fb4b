//! Cells that a spreadsheet would run as formulas.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula (OWASP, *CSV injection*), and the mark itself.
const DANGEROUS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A cell as it is written: with `'` in front when a spreadsheet could run it. [`bare`] takes it away again.
///
/// A telephone number (`+` and digits, spaces between) stays as it is: it is no formula, and every other address book must be able
/// to read it. Numbers with brackets or hyphens behind a `+` are protected: a spreadsheet would calculate them.
#[must_use]
pub fn protected(text: &str) -> Cow<'_, str> {
    let number = text.strip_prefix('+').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(|c| c.is_ascii_digit() || c == ' ')
    });
    let quote_of_ours = |rest: &str| rest.starts_with(DANGEROUS);
    let dangerous = match text.strip_prefix('\'') {
        // An apostrophe alone is harmless; one that looks like our mark has to be marked.
        Some(rest) => quote_of_ours(rest),
        None => text.starts_with(DANGEROUS),
    };
    if dangerous && !number { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A cell as it was meant: without the mark of [`protected`], and without the `="…"` in which other programs hide numbers.
#[must_use]
pub fn bare(cell: &str) -> &str {
    if let Some(rest) = cell.strip_prefix('\'').filter(|rest| rest.starts_with(DANGEROUS)) {
        return rest;
    }
    cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, written: &str) {
        assert_eq!(protected(text), written, "{text:?}");
        assert_eq!(bare(written), text, "{written:?}");
    }

    #[test]
    fn formulas_are_marked_and_numbers_are_not() {
        check("+966501234567", "+966501234567");
        check("+966 50 123 4567", "+966 50 123 4567");
        check("+1-201-555-0123", "'+1-201-555-0123");
        check("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0");
        check("=1+1", "'=1+1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("-5", "'-5");
        check("+", "'+");
        check("\t=1", "'\t=1");
        check("'", "'");
        check("'=1", "''=1");
        check("'s-Gravenhage", "'s-Gravenhage");
        check("*97#", "*97#");
        assert_eq!(bare("=\"+966501234567\""), "+966501234567");
        assert_eq!(bare("'+966501234567"), "+966501234567");
    }
}
