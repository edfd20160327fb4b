//! Single characters: digits of all scripts, and what stands in a text without being seen.

/// The ASCII digit that a digit of any script stands for (SPEC 4.3 "Digits").
pub(crate) fn ascii_digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let at = c as u32;
    DIGIT_ZEROS.iter().find_map(|zero| at.checked_sub(*zero).filter(|v| *v < 10)).and_then(|v| char::from_digit(v, 10))
}

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
pub(crate) fn clean(text: &str) -> String {
    let kept = |c: &char| *c == '\n' || !(c.is_control() || is_override(*c));
    text.chars().filter(kept).collect::<String>().trim().to_owned()
}

/// The same on one line.
pub(crate) fn clean_line(text: &str) -> String {
    clean(&text.replace(['\n', '\r', '\t'], " "))
}

/// A number as it is kept: ASCII digits, nothing invisible.
pub(crate) fn clean_number(text: &str) -> String {
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

/// Where the ten digits of each script begin (Unicode category Nd, Basic Multilingual Plane).
const DIGIT_ZEROS: [u32; 36] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];
