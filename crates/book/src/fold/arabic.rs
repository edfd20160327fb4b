//! How an Arabic (Persian, Urdu) word sounds, in the classes of [`super::latin`].
//!
//! Short vowels are not written, so there are none in a key. Long `i` and `u` are; long `a`, hamza and ع are not, because Latin
//! does not show them, except as "begins with a vowel" (`a`). A letter that Latin writes in several ways has several classes.

use super::key::Readings;

/// Whether a word is read by these rules.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}' | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}

/// Readings of one word without marks and stretching.
pub(super) fn read(word: &[char], key: &mut Readings) {
    let last = word.len().saturating_sub(1);
    for (at, &c) in word.iter().enumerate() {
        let doubled_lam = c == 'ل' && at > 0 && word[at - 1] == 'ل';
        if !doubled_lam {
            // Egypt writes ي and ى alike at the end; in a short name that would leave nothing of it.
            let long = word.len() > 3;
            key.push(if c == 'ي' && at == last && at > 0 && !long { &["i"] } else { sounds(c, at == 0, at == last) });
        }
    }
}

fn sounds(c: char, first: bool, last: bool) -> &'static [&'static str] {
    match c {
        'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ع' | 'ء' if first => &["a"],
        'و' | 'ۆ' | 'ۇ' | 'ۋ' if first => &["w"],
        'و' | 'ۆ' | 'ۇ' | 'ۋ' if last => &["u", ""],
        'و' | 'ۆ' | 'ۇ' | 'ۋ' => &["u"],
        'ؤ' => &["", "u"],
        'ي' | 'ی' if first => &["y"],
        'ي' | 'ی' | 'ے' if last => &["i", ""],
        'ى' if last => &["", "i"],
        'ي' | 'ی' | 'ى' | 'ې' | 'ے' => &["i"],
        'ئ' => &["i", ""],
        'ه' | 'ہ' | 'ە' | 'ھ' if last => &["h", ""],
        'ه' | 'ہ' | 'ە' | 'ھ' | 'ح' => &["h"],
        'ب' | 'پ' => &["b"],
        'ت' | 'ط' | 'ٹ' => &["t"],
        'ث' => &["t", "s"],
        'ج' => &["j"],
        'چ' | 'ش' => &["x"],
        'خ' => &["c"],
        'د' | 'ڈ' => &["d"],
        'ذ' | 'ض' => &["d", "z"],
        'ظ' => &["z", "d"],
        'ر' | 'ڑ' => &["r"],
        'ز' => &["z"],
        'ژ' => &["z", "j"],
        'س' | 'ص' => &["s"],
        'غ' | 'گ' | 'ڭ' => &["g"],
        'ف' | 'ڤ' => &["f"],
        'ق' => &["k", "g"],
        'ك' | 'ک' | 'ڪ' => &["k"],
        'ل' => &["l"],
        'م' => &["m"],
        'ن' | 'ں' => &["n"],
        _ => &[],
    }
}
