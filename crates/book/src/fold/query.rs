//! What was typed, as a question to the index.

use super::index::Indexed;
use super::word::{Word, words};
use crate::number::typed_digits;

/// The columns that [`Query::match_expression`] names, in the order of [`Indexed`]'s fields.
pub const COLUMNS: [&str; 3] = ["folded", "skeleton", "digits"];
/// FTS5's tokenizer for these columns: everything is folded already, so words end at ASCII spaces and nowhere else.
pub const TOKENIZER: &str = "ascii";

/// Words that are looked at; a longer question is cut, and finds more.
const MOST_WORDS: usize = 8;
/// Characters that are looked at.
const MOST_CHARS: usize = 200;
/// Consonants of a key that may be unfinished: with less it is the beginning of half the book.
const LEAST_PREFIX: usize = 3;

/// Why a contact was found; better is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// A word sounds like it, in either script.
    Sound,
    /// The digits stand in one of its numbers.
    Number,
    /// Words begin like it.
    Spelling,
}

/// A question to the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Ways to read what was typed; one is enough. In each, all terms have to be found.
    readings: Vec<Vec<Term>>,
    digits: Option<String>,
}

/// One word: any of these is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Term {
    /// Beginnings of folded words.
    pub(super) folded: Vec<String>,
    /// Skeleton keys.
    keys: Vec<String>,
    /// Whether a longer key counts as well: the word may still be in the making.
    open: bool,
    /// Part of a number.
    pub(super) digits: Option<String>,
}

/// Reads what was typed into a search field: names in either script, parts of numbers, both.
#[must_use]
pub fn query(typed: &str) -> Query {
    let typed: String = typed.chars().take(MOST_CHARS).collect();
    let words = without_articles(words(&typed).take(MOST_WORDS).collect());
    let mut readings = Vec::new();
    if !words.is_empty() {
        readings.push(terms(&words.iter().collect::<Vec<_>>()));
    }
    for at in 1..words.len() {
        if let Some(both) = words[at - 1].joined(&words[at]) {
            let (before, after) = (&words[..at - 1], &words[at + 1..]);
            readings.push(terms(&before.iter().chain([&both]).chain(after).collect::<Vec<_>>()));
        }
    }
    Query { readings, digits: typed_digits(&typed) }
}

/// An article is no word of its own once another follows.
fn without_articles(words: Vec<Word>) -> Vec<Word> {
    let article: Vec<bool> = words.windows(2).map(|pair| pair[0].is_article(&pair[1])).chain([false]).collect();
    words.into_iter().zip(article).filter_map(|(word, article)| (!article).then_some(word)).collect()
}

fn terms(words: &[&Word]) -> Vec<Term> {
    let last = words.len().saturating_sub(1);
    words.iter().enumerate().map(|(at, word)| Term::new(word, at == last)).collect()
}

impl Term {
    fn new(word: &Word, open: bool) -> Term {
        let bare = word.without_article();
        let both = || [Some(word), bare.as_ref()].into_iter().flatten();
        let mut keys: Vec<String> = both().flat_map(Word::keys).collect();
        keys.sort_unstable();
        keys.dedup();
        let digits = (word.is_number() && word.folded.len() >= 3).then(|| word.folded.clone());
        Term { folded: both().map(|w| w.folded.clone()).collect(), keys, open, digits }
    }

    /// Skeleton keys, and whether a longer one counts as well.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, bool)> {
        self.keys.iter().map(|key| (key.as_str(), self.open && consonants(key) >= LEAST_PREFIX))
    }

    fn expression(&self) -> String {
        let key = |(key, open): (&str, bool)| if open { format!("\"{key}\"*") } else { format!("\"{key}\"") };
        let prefix = |word: &String| format!("\"{word}\"*");
        let columns = [
            (COLUMNS[0], self.folded.iter().map(prefix).collect::<Vec<_>>()),
            (COLUMNS[1], self.keys().map(key).collect()),
            (COLUMNS[2], self.digits.iter().map(prefix).collect()),
        ];
        let asked: Vec<String> = columns
            .iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(column, words)| format!("{column} : ({})", words.join(" OR ")))
            .collect();
        format!("({})", asked.join(" OR "))
    }

    fn hit(&self, indexed: &Indexed) -> Option<Hit> {
        let begins = |text: &str, with: &str| text.split(' ').any(|word| word.starts_with(with));
        let sounds = |own: &str, (key, open): (&str, bool)| own == key || (open && own.starts_with(key));
        if self.folded.iter().any(|word| begins(&indexed.folded, word)) {
            Some(Hit::Spelling)
        } else if self.digits.iter().any(|digits| begins(&indexed.digits, digits)) {
            Some(Hit::Number)
        } else {
            let heard = indexed.skeleton.split(' ').any(|own| self.keys().any(|key| sounds(own, key)));
            heard.then_some(Hit::Sound)
        }
    }
}

fn consonants(key: &str) -> usize {
    key.bytes().filter(|c| !matches!(c, b'a' | b'i' | b'u')).count()
}

impl Query {
    /// Nothing to look for: the whole book is meant, or nonsense was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty() && self.digits.is_none()
    }

    /// The digits, when a number or a part of one was typed and nothing else: ASCII, without `+`, `00` and separators.
    #[must_use]
    pub fn digits(&self) -> Option<&str> {
        self.digits.as_deref()
    }

    /// The right side of `MATCH` for an FTS5 table with [`COLUMNS`] and [`TOKENIZER`]; `None` when there is nothing to ask.
    ///
    /// Every word stands in quotes and holds letters and digits only, whatever was typed. Give the table `prefix='1 2 3 4'`.
    #[must_use]
    pub fn match_expression(&self) -> Option<String> {
        let all = |terms: &Vec<Term>| terms.iter().map(Term::expression).collect::<Vec<_>>().join(" AND ");
        let mut any: Vec<String> = self.readings.iter().map(|terms| format!("({})", all(terms))).collect();
        any.extend(self.digits.iter().map(|digits| format!("({} : \"{digits}\"*)", COLUMNS[2])));
        (!any.is_empty()).then(|| any.join(" OR "))
    }

    pub(super) fn readings(&self) -> &[Vec<Term>] {
        &self.readings
    }

    /// The same question, asked of one contact: the measure for what the database and [`super::WordIndex`] say.
    #[must_use]
    pub fn hit(&self, indexed: &Indexed) -> Option<Hit> {
        let all = |terms: &Vec<Term>| {
            terms.iter().map(|term| term.hit(indexed)).try_fold(Hit::Spelling, |worst, hit| Some(worst.min(hit?)))
        };
        let digits = |digits: &String| indexed.digits.split(' ').any(|own| own.starts_with(digits.as_str()));
        let number = self.digits.as_ref().filter(|d| digits(d)).map(|_| Hit::Number);
        self.readings.iter().filter_map(all).chain(number).max()
    }
}
