//! The words of a text, each as it is folded and as it sounds; the article, and names made of two words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::key::Readings;
use super::letters::{fold, is_dropped};
use super::{arabic, latin};
use base::ascii_digit;

use crate::chars::is_apostrophe;

/// Longer words are cut: nothing is found by its fortieth letter.
const LONGEST: usize = 40;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Composed, without marks and stretching: what is read aloud.
    letters: Vec<char>,
    /// Folded.
    pub folded: String,
}

/// Skeleton keys of a single word: how it may sound, in one alphabet for Latin and Arabic script.
///
/// Two words that share a key may be the same name. Empty for what has no letters of these scripts.
#[must_use]
pub fn skeleton(word: &str) -> Vec<String> {
    let mut keys: Vec<String> = words(word).flat_map(|word| word.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The words of a text, in order; lazily, so that whoever asks can stop.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut chars = text.nfkc().peekable();
    std::iter::from_fn(move || {
        loop {
            while chars.next_if(|c| !is_part(*c)).is_some() {}
            chars.peek()?;
            let mut letters = Vec::new();
            while let Some(c) = chars.next_if(|c| is_part(*c)) {
                let kept = c == 'ء' || !(is_dropped(c) || is_combining_mark(c));
                if kept && letters.len() < LONGEST {
                    letters.push(ascii_digit(c).unwrap_or(c));
                }
            }
            let mut folded = fold(&letters.iter().collect::<String>());
            folded.retain(|c| c != ' ');
            if !folded.is_empty() {
                return Some(Word { letters, folded });
            }
        }
    })
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_dropped(c) || is_apostrophe(c)
}

impl Word {
    /// How it may sound.
    pub fn keys(&self) -> Vec<String> {
        if !self.letters.iter().any(|c| c.is_alphabetic()) {
            return Vec::new();
        }
        if self.is_servant() {
            return vec!["abd".to_owned()];
        }
        let mut readings = Readings::new();
        let plain = self.without_inner_article();
        let word = plain.as_ref().unwrap_or(self);
        if word.letters.iter().any(|c| arabic::is_arabic(*c)) {
            arabic::read(&word.letters, &mut readings);
        } else {
            latin::read(&word.folded, &mut readings);
        }
        readings.into_keys()
    }

    /// Only digits.
    pub fn is_number(&self) -> bool {
        self.folded.bytes().all(|b| b.is_ascii_digit())
    }

    /// The article alone: `Al` of Al-Amin, `As` of As-Sayed, when `next` follows.
    pub fn is_article(&self, next: &Word) -> bool {
        match self.folded.as_str() {
            "al" | "el" | "ال" => true,
            "as" | "ash" | "ad" | "adh" | "ar" | "an" | "at" | "ath" | "az" | "es" | "esh" | "ed" | "er" | "en"
            | "et" => next.folded.starts_with(&self.folded[1..]),
            _ => false,
        }
    }

    /// Without the article that is written together with it; `None` when there is none, or hardly anything would stay.
    pub fn without_article(&self) -> Option<Word> {
        let least = if self.folded.starts_with("ال") { 2 } else { 4 };
        let bare = matches!(self.letters.as_slice(), ['ا', 'ل', ..])
            || self.folded.starts_with("al")
            || self.folded.starts_with("el");
        (bare && self.letters.len() >= 2 + least).then(|| self.from(2))
    }

    /// The parts of a name that is often written in two words: عبدالرحمن, Abdulrahman, Nooruddin.
    pub fn parts(&self) -> Option<[Word; 2]> {
        self.servant().or_else(|| self.of_the_faith())
    }

    /// Together with the next word, as one, where people write both ways: عبد الله, Abu Bakr, Nour El Din.
    pub fn joined(&self, next: &Word) -> Option<Word> {
        let whole = || Word::of(&[self, next]);
        match next.faith() {
            Some(faith) => Some(Word::of(&[self, &faith])),
            None => (self.is_servant() || PARTICLES.contains(&self.folded.as_str())).then(whole),
        }
    }

    /// Both, written as one word.
    pub fn of(words: &[&Word]) -> Word {
        Word {
            letters: words.iter().flat_map(|w| w.letters.iter().copied()).take(LONGEST).collect(),
            folded: words.iter().flat_map(|w| w.folded.chars()).take(LONGEST).collect(),
        }
    }

    /// What follows the first `skipped` letters. Folding keeps the number of letters of what is cut here.
    fn from(&self, skipped: usize) -> Word {
        Word::again(&self.letters[skipped..])
    }

    fn again(letters: &[char]) -> Word {
        Word { letters: letters.to_vec(), folded: fold(&letters.iter().collect::<String>()) }
    }

    /// A name of two parts without the article between them, which Latin spells in too many ways.
    fn without_inner_article(&self) -> Option<Word> {
        let [first, second] = self.parts()?;
        let bare = second.without_article();
        Some(Word::of(&[&first, bare.as_ref().unwrap_or(&second)]))
    }

    /// Servant of …: `abd`, and a name; the article of the name stays where it is written in Arabic.
    fn servant(&self) -> Option<[Word; 2]> {
        let (name, least) = match (self.folded.strip_prefix("عبد"), self.folded.strip_prefix("abd")) {
            (Some(_), _) => (3, 3),
            (None, Some(rest)) => {
                let name = rest.trim_start_matches(['a', 'e', 'i', 'o', 'u']);
                (self.folded.len() - name.strip_prefix('l').unwrap_or(name).len(), 3)
            }
            (None, None) => return None,
        };
        (self.letters.len() >= name + least).then(|| [Word::again(&self.letters[..3]), self.from(name)])
    }

    /// The first part of such a name alone, in any spelling.
    fn is_servant(&self) -> bool {
        matches!(
            self.folded.as_str(),
            "عبد" | "abd" | "abdu" | "abdo" | "abdul" | "abdel" | "abdal" | "abdol" | "abdur" | "abder"
        )
    }

    /// … of the faith: ends in الدين, -uddin, -eddine.
    fn of_the_faith(&self) -> Option<[Word; 2]> {
        let tail =
            FAITH_TAILS.iter().filter(|tail| self.folded.ends_with(**tail)).map(|tail| tail.chars().count()).max()?;
        let stem = self.letters.len().checked_sub(tail).filter(|stem| *stem >= 2)?;
        Some([Word::again(&self.letters[..stem]), self.from(stem).faith()?])
    }

    /// The second part of such a name, without its article.
    pub fn faith(&self) -> Option<Word> {
        match self.folded.as_str() {
            "الدين" | "دين" => Some(Word::again(&['د', 'ي', 'ن'])),
            "din" | "deen" | "dine" => Some(Word::again(&['d', 'i', 'n'])),
            other => FAITH_TAILS.contains(&other).then(|| Word::again(&['d', 'i', 'n'])),
        }
    }
}

/// First words that grow together with the next.
const PARTICLES: [&str; 18] = [
    "abu", "abou", "abo", "bu", "bou", "bin", "ben", "ibn", "bint", "um", "umm", "om", "ابو", "بو", "بن", "ابن", "بنت",
    "ام",
];
/// What such names end in, with the article; the longest that fits counts.
const FAITH_TAILS: [&str; 13] = [
    "الدين",
    "uddin",
    "oddin",
    "eddin",
    "addin",
    "iddin",
    "uddine",
    "eddine",
    "uddeen",
    "udeen",
    "eldin",
    "aldin",
    "eldeen",
];
