//! Single characters: what stands in a text without being seen, and what a field may hold.

use base::ascii_digit;

/// Bidi controls, joiners, soft hyphens and the byte order mark: they come along when text is copied.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Marks that change the sound of a letter inside a word and are often left out: `Sa'ad`, `O’Brien`, `ʿAbd`.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2b9}'
            ..='\u{2bf}' | '\u{2c8}' | '\u{2cb}'
    )
}

/// A text that may become a field of a contact: no control characters but line feeds, nothing that reorders what follows
/// (SPEC 4.3 rule 4), no spaces around it. Marks and joiners stay: Arabic, Persian and emoji are written with them.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept = |c: &char| *c == '\n' || !(c.is_control() || is_override(*c));
    text.chars().filter(kept).collect::<String>().trim().to_owned()
}

/// The same on one line.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(&text.replace(['\n', '\r', '\t'], " "))
}

/// A number as it is kept: ASCII digits, nothing invisible.
#[must_use]
pub fn clean_number(text: &str) -> String {
    clean_line(text)
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| ascii_digit(c).unwrap_or(c))
        .collect::<String>()
        .trim()
        .to_owned()
}

fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
