//! Letters for the circle of a person without a photograph (SPEC PR-05).

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;

/// The first letters of a first and a last name, as whole graphemes. Names are people's own, so little is assumed of them:
/// titles (`Dr.`, `أ.د.`, `م/`) and remarks in brackets are left out, what is no letter is skipped, Arabic vowel signs are
/// dropped, Latin letters become capitals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Initials {
    first: Option<String>,
    last: Option<String>,
}

impl Initials {
    /// Of the two fields of a profile. If one of them is empty, the other is read as a whole name.
    #[must_use]
    pub fn of_names(first: &str, last: &str) -> Initials {
        match (words(first).first(), words(last).first()) {
            (Some(a), Some(b)) => Initials { first: letter(a), last: letter(b) },
            (Some(_), None) => Initials::of_display_name(first),
            (None, _) => Initials::of_display_name(last),
        }
    }

    /// Of a name in one piece: its first and its last word. A single word with a hyphen counts as two.
    #[must_use]
    pub fn of_display_name(name: &str) -> Initials {
        let words = words(name);
        match words.as_slice() {
            [] => Initials::default(),
            [only] => {
                let mut parts = only.split(HYPHENS).filter_map(letter);
                Initials { first: parts.next(), last: parts.next_back() }
            }
            [first, .., last] => Initials { first: letter(first), last: letter(last) },
        }
    }

    /// No letter at all: a number, a symbol, nothing. The circle then shows a figure.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// What the circle shows: two letters, but one if the name begins with a letter of a script that joins, because two
    /// would be read as a word (design, section 7). May be empty.
    #[must_use]
    pub fn in_circle(&self) -> String {
        let joining = |letter: &Option<String>| letter.as_deref().is_some_and(joins);
        match (&self.first, &self.last) {
            (Some(first), Some(last)) if !joining(&self.first) && !joining(&self.last) => format!("{first}{last}"),
            (first, _) => first.clone().unwrap_or_default(),
        }
    }
}

/// Both letters. Between two that would join stands a zero-width non-joiner (U+200C), so that each keeps its own shape
/// wherever the text goes. Isolate it like any other text of a person: the two may run in different directions.
impl fmt::Display for Initials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first.as_deref().unwrap_or_default(), self.last.as_deref().unwrap_or_default());
        let between = if joins(first) && joins(last) { "\u{200c}" } else { "" };
        write!(f, "{first}{between}{last}")
    }
}

const HYPHENS: [char; 5] = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}'];

/// The words of a name that hold a letter, without titles in front and remarks in brackets, unless nothing else is there.
fn words(name: &str) -> Vec<String> {
    let spoken = without_remarks(name);
    let text = if has_letter(&spoken) { &spoken } else { name };
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || is_direction(c)).filter(|word| has_letter(word)).collect();
    let titles = words.iter().take_while(|word| is_title(word)).count();
    let rest = if titles < words.len() { &words[titles..] } else { &words };
    rest.iter().map(|&word| word.to_owned()).collect()
}

fn without_remarks(name: &str) -> String {
    let mut depth = 0_u32;
    let outside = name.chars().filter_map(|c| {
        if OPENING.contains(&c) {
            depth += 1;
        } else if CLOSING.contains(&c) {
            depth = depth.saturating_sub(1);
        } else {
            return (depth == 0).then_some(c);
        }
        Some(' ')
    });
    outside.collect()
}

const OPENING: [char; 5] = ['(', '[', '{', '（', '«'];
const CLOSING: [char; 5] = [')', ']', '}', '）', '»'];

/// Controls of the bidirectional algorithm: never part of a name, though copied with one.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn has_letter(word: &str) -> bool {
    word.chars().any(is_letter)
}

/// A sign alone is none: vowels and tatweel stand on letters.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_sign(c)
}

/// `Dr.`, `Prof.`, `أ.د.`, `د/`; not `J.` and `J.R.R.`, which are somebody's initials. Arabic names are not abbreviated so.
fn is_title(word: &str) -> bool {
    let Some(stem) = word.strip_suffix(['.', '/']) else { return false };
    let longest = stem.split('.').map(|part| part.chars().count()).max().unwrap_or(0);
    stem.starts_with(is_joining) || longest > 1
}

/// The first letter as people would write it alone; `None` in a word without any.
fn letter(word: &str) -> Option<String> {
    let mut bare = word.graphemes(true).map(|g| g.chars().filter(|&c| !is_sign(c)).collect::<String>());
    let letter = bare.find(|g| g.starts_with(is_letter))?;
    let capital: String = letter.chars().flat_map(char::to_uppercase).collect();
    // Not ß to SS: one letter stays one letter.
    Some(if capital.chars().count() == letter.chars().count() { capital } else { letter })
}

/// Tashkeel, signs of recitation, tatweel and joiners; hamza and madda (U+0653 to U+0655) belong to their letter.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '\u{640}' | '\u{64b}'..='\u{652}' | '\u{656}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}'
            | '\u{6ea}'..='\u{6ed}' | '\u{200c}' | '\u{200d}'
    )
}

fn joins(letter: &str) -> bool {
    letter.starts_with(is_joining)
}

/// Letters of the scripts that are written joined (Unicode, section 9.2 and where it refers to it).
fn is_joining(c: char) -> bool {
    matches!(
        u32::from(c),
        0x600..=0x6ff | 0x700..=0x74f | 0x750..=0x77f | 0x7c0..=0x7ff | 0x840..=0x86f | 0x870..=0x8ff | 0x1800..=0x18af
            | 0xa840..=0xa87f | 0xfb50..=0xfdff | 0xfe70..=0xfefc | 0x10ac0..=0x10aff | 0x10d00..=0x10d3f | 0x10f30..=0x10fdf
            | 0x1e900..=0x1e95f
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, both: &str, in_circle: &str) {
        let initials = Initials::of_display_name(name);
        assert_eq!((initials.to_string().as_str(), initials.in_circle().as_str()), (both, in_circle), "{name:?}");
        assert_eq!(initials.is_empty(), both.is_empty());
    }

    #[test]
    fn pr05_proof_set() {
        check("محمد Smith", "مS", "م");
        check("Noor نور (VIP)", "Nن", "N");
        check("١٢٣ شركة", "ش", "ش");
        check("أ.د. إبراهيم-Ali", "إA", "إ");
    }

    #[test]
    fn pr05_latin_names_have_two_capitals() {
        check("Khaled Al-Amin", "KA", "KA");
        check("noor", "N", "N");
        check("  jean-luc   picard ", "JP", "JP");
        check("Jean-Luc", "JL", "JL");
        check("J. R. R. Tolkien", "JT", "JT");
        check("J.R.R. Tolkien", "JT", "JT");
        check("Dr. Prof. Marie Curie", "MC", "MC");
        check("Ludwig van Beethoven", "LB", "LB");
        check("élodie ßen", "Éß", "Éß");
        check("e\u{301}lodie", "E\u{301}", "E\u{301}");
        check("3M Company", "MC", "MC");
    }

    #[test]
    fn pr05_arabic_letters_never_join() {
        check("خالد الأمين", "خ\u{200c}ا", "خ");
        check("مُحَمَّد عَلِي", "م\u{200c}ع", "م");
        check("د/ سارة الحربي", "س\u{200c}ا", "س");
        check("م. أحمد", "أ", "أ");
        check("ا\u{654}حمد", "ا\u{654}", "ا\u{654}");
        check("ـمحمد", "م", "م");
    }

    #[test]
    fn pr05_two_fields_take_one_letter_each() {
        let of = |first, last| Initials::of_names(first, last).to_string();
        assert_eq!(of("Mary Jane", "van der Berg"), "MV");
        assert_eq!(of("نور", "الأمين"), "ن\u{200c}ا");
        assert_eq!(of("Noor", ""), "N");
        assert_eq!(of("", "Noor Ali"), "NA");
        assert_eq!(of("أ.د. إبراهيم", "Ali"), "إA");
        assert_eq!(of(" ", "\t"), "");
    }

    #[test]
    fn pr05_a_name_without_letters_has_none() {
        ["", "   ", "101", "+966 50 123 4567", "*97#", "١٢٣", "😀", "()", "\u{200f}\u{200e}", "\u{64b}"]
            .into_iter()
            .for_each(|name| check(name, "", ""));
    }

    #[test]
    fn pr05_odd_names_are_read_for_what_can_be_read() {
        check("(VIP)", "V", "V");
        check("Dr.", "D", "D");
        check("Ali ((x) y", "A", "A");
        check(") Ali (", "A", "A");
        check("\u{202e}Ali\u{202c} \u{2066}Baba\u{2069}", "AB", "AB");
        check("😀 Ali", "A", "A");
        check("李 小龙", "李小", "李小");
        check("한국 사람", "한사", "한사");
        check("क्षमा देवी", "क्षदे", "क्षदे");
    }
}
