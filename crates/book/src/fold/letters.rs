//! One spelling for what is written in many.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use base::ascii_digit;

use crate::chars::{is_apostrophe, is_invisible};

/// Folds a text: words of letters and digits in lower case, one space between them, nothing else.
///
/// The Arabic rules are those of Lucene's `ArabicNormalizer` and `PersianNormalizer`, plus ة → ه, ؤ → و, ئ → ي and no ء, as
/// people type. Folding what is folded changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    // Lower case before and after: some capitals decompose only when small, some decompositions are capitals.
    for c in text.chars().flat_map(char::to_lowercase).nfkd().flat_map(char::to_lowercase) {
        if is_dropped(c) {
            continue;
        }
        let c = ascii_digit(c).unwrap_or(c);
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        match several(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(one(c)),
        }
    }
    folded
}

/// What is not there for the eye of a searcher: marks above and below, stretching, standing hamza, apostrophes.
pub(super) fn is_dropped(c: char) -> bool {
    (!c.is_ascii() && (is_combining_mark(c) || is_invisible(c) || matches!(c, '\u{640}' | '\u{621}' | '\u{674}')))
        || is_apostrophe(c)
}

fn one(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | '\u{672}' | '\u{673}' | '\u{675}' => 'ا',
        'ى' | 'ی' | 'ې' | 'ے' | 'ۍ' | 'ۓ' | 'ئ' => 'ي',
        'ة' | 'ۃ' | 'ە' | 'ہ' | 'ھ' | 'ۀ' | 'ۂ' => 'ه',
        'ک' | 'ڪ' | 'گ' | 'ڭ' => 'ك',
        'ؤ' | 'ۇ' | 'ۆ' | 'ۈ' | 'ۋ' => 'و',
        'ں' => 'ن',
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ħ' => 'h',
        'ŋ' => 'n',
        'ŧ' => 't',
        'ς' => 'σ',
        c => c,
    }
}

fn several(c: char) -> Option<&'static str> {
    match c {
        'ß' => Some("ss"),
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'þ' => Some("th"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected, "{text:?}");
        assert_eq!(fold(expected), expected, "folded twice: {text:?}");
    }

    #[test]
    fn arabic_letters_as_spec_3_item_5() {
        check("أحمد إبراهيم آمنة ٱلله", "احمد ابراهيم امنه الله");
        check("مُصْطَفَى", "مصطفي");
        check("مــحــمــد", "محمد");
        check("فؤاد رائد علاء", "فواد رايد علا");
        check("کریم گلی", "كريم كلي");
        check("ﻣﺤﻤﺪ ﷲ ﻻ", "محمد الله لا");
        check("١٢٣ شركة ۴۵۶", "123 شركه 456");
        check("نور\u{200f} (VIP)", "نور vip");
        check("أ.د. إبراهيم-Ali", "ا د ابراهيم ali");
    }

    #[test]
    fn latin_letters() {
        check("Müller-Lüdenscheidt", "muller ludenscheidt");
        check("STRAẞE Straße", "strasse strasse");
        check("Łukasz Ægir Øre İstanbul ISPARTA ı", "lukasz aegir ore istanbul isparta i");
        check("Sa'ad O’Brien ʿAbd", "saad obrien abd");
        check("ＦＵＬＬ　ｗｉｄｔｈ １２", "full width 12");
        check("", "");
        check(" - ", "");
    }
}
