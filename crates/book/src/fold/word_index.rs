//! Who is found, kept in memory: a question to a book of 100,000 is answered within a millisecond or two, in any spelling.
//!
//! ```text
//! folded words ─▶ sorted words, each with its places     what begins like it is a range
//! skeleton keys ▶ sorted keys, each with its places
//! digits ───────▶ one text, whole numbers only           a part of a number is a part of the text
//! ```
//! A *place* is a number that [`WordIndex::add`] gives. Answers are sets of places; [`super::Query::hit`] says the same of one contact.

use std::collections::BTreeMap;
use std::ops::Bound;

use memchr::memmem;

use super::index::Indexed;
use super::query::Query;
use crate::number::LEAST_PART;

/// A set of places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<u64>);

impl Places {
    fn insert(&mut self, place: u32) {
        let word = place as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (place % 64);
    }

    fn remove(&mut self, place: u32) {
        if let Some(word) = self.0.get_mut(place as usize / 64) {
            *word &= !(1 << (place % 64));
        }
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn contains(&self, place: u32) -> bool {
        self.0.get(place as usize / 64).is_some_and(|word| word & 1 << (place % 64) != 0)
    }

    /// All of them, rising.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.within(0..self.0.len() * 64)
    }

    /// Those from one to before another, rising.
    pub fn within(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = u32> + '_ {
        let words = range.start / 64..range.end.div_ceil(64).min(self.0.len());
        let first = words.start.min(words.end);
        self.0[first..words.end].iter().zip(first..).flat_map(move |(&word, at)| {
            let below = |end: usize| {
                end.checked_sub(at * 64).map_or(0, |bits| if bits < 64 { (1 << bits) - 1 } else { u64::MAX })
            };
            let word = word & below(range.end) & !below(range.start);
            std::iter::successors((word != 0).then_some(word), |rest| Some(rest & (rest - 1)).filter(|rest| *rest != 0))
                .filter_map(move |rest| u32::try_from(at * 64).ok().map(|first| first + rest.trailing_zeros()))
        })
    }

    fn or(&mut self, other: &Places) {
        if other.0.len() > self.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    fn and(&mut self, other: &Places) {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    fn and_not(&mut self, other: &Places) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }
}

/// Who is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// By how they are spelled, or by a number: [`super::Hit::Spelling`] and [`super::Hit::Number`].
    pub spelled: Places,
    /// The others: [`super::Hit::Sound`].
    pub heard: Places,
}

/// What is searched of many contacts.
#[derive(Clone, Debug, Default)]
pub struct WordIndex {
    folded: Words,
    skeleton: Words,
    digits: Digits,
    there: Places,
    added: u32,
    removed: u32,
}

impl WordIndex {
    /// Adds a contact and gives its place: 0, 1, 2 and so on.
    ///
    /// # Panics
    /// After four billion.
    pub fn add(&mut self, indexed: &Indexed) -> u32 {
        let place = self.added;
        self.added = place.checked_add(1).expect("no computer holds so many contacts");
        self.folded.add(&indexed.folded, place);
        self.skeleton.add(&indexed.skeleton, place);
        self.digits.add(&indexed.digits);
        self.there.insert(place);
        place
    }

    /// It is found no more. Its words stay until the index is made anew: see [`WordIndex::removed`].
    pub fn remove(&mut self, place: u32) {
        if self.there.contains(place) {
            self.there.remove(place);
            self.removed += 1;
        }
    }

    /// How many were added and removed again: make the index anew when that is much of [`WordIndex::added`].
    #[must_use]
    pub fn removed(&self) -> u32 {
        self.removed
    }

    /// How many were ever added.
    #[must_use]
    pub fn added(&self) -> u32 {
        self.added
    }

    /// Answers a question. One in which nothing can be searched finds nobody.
    #[must_use]
    pub fn find(&self, asked: &Query) -> Found {
        let (mut spelled, mut both) = (Places::default(), Places::default());
        for terms in asked.readings() {
            let mut all: Option<[Places; 2]> = None;
            for term in terms {
                let mut fine = Places::default();
                term.folded.iter().for_each(|word| self.folded.beginning(word, &mut fine));
                term.digits.iter().for_each(|digits| self.digits.holding(digits, &mut fine));
                let mut any = fine.clone();
                for (key, open) in term.keys() {
                    if open { self.skeleton.beginning(key, &mut any) } else { self.skeleton.exactly(key, &mut any) }
                }
                match &mut all {
                    None => all = Some([fine, any]),
                    Some([fines, anys]) => {
                        fines.and(&fine);
                        anys.and(&any);
                    }
                }
            }
            if let Some([fine, any]) = all {
                spelled.or(&fine);
                both.or(&any);
            }
        }
        if let Some(digits) = asked.digits() {
            self.digits.holding(digits, &mut spelled);
        }
        spelled.and(&self.there);
        both.and(&self.there);
        both.and_not(&spelled);
        Found { spelled, heard: both }
    }
}

/// Words, and where each is.
#[derive(Clone, Debug, Default)]
struct Words(BTreeMap<Box<str>, Vec<u32>>);

impl Words {
    fn add(&mut self, words: &str, place: u32) {
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            match self.0.get_mut(word) {
                Some(places) => places.push(place),
                None => drop(self.0.insert(word.into(), vec![place])),
            }
        }
    }

    fn beginning(&self, with: &str, into: &mut Places) {
        let from = (Bound::Included(with), Bound::Unbounded);
        for (_, places) in self.0.range::<str, _>(from).take_while(|(word, _)| word.starts_with(with)) {
            places.iter().for_each(|&place| into.insert(place));
        }
    }

    fn exactly(&self, word: &str, into: &mut Places) {
        self.0.get(word).into_iter().flatten().for_each(|&place| into.insert(place));
    }
}

/// Numbers, each between two spaces, one place after the other.
#[derive(Clone, Debug, Default)]
struct Digits {
    text: Vec<u8>,
    /// Where the numbers of a place end.
    ends: Vec<usize>,
}

impl Digits {
    /// The numbers of the next place. Endings are found in the numbers that they end.
    fn add(&mut self, tokens: &str) {
        let is_ending = |token: &str| {
            let whole = |other: &str| other.len() > token.len() && other.ends_with(token);
            token.len() >= LEAST_PART && tokens.split(' ').any(whole)
        };
        for token in tokens.split(' ').filter(|token| !token.is_empty() && !is_ending(token)) {
            self.text.push(b' ');
            self.text.extend_from_slice(token.as_bytes());
            self.text.push(b' ');
        }
        self.ends.push(self.text.len());
    }

    /// Places with a number that begins so, or that has an ending of [`LEAST_PART`] digits and more which does.
    fn holding(&self, digits: &str, into: &mut Places) {
        if digits.is_empty() {
            return;
        }
        let finder = memmem::Finder::new(digits);
        let (mut from, mut place) = (0, 0);
        while let Some(found) = finder.find(&self.text[from..]) {
            let at = from + found;
            while self.ends[place] <= at {
                place += 1;
            }
            let begins = self.text[at - 1] == b' ';
            let ends = self.text[at..].iter().take(LEAST_PART).all(|&c| c != b' ');
            if begins || ends {
                into.insert(u32::try_from(place).expect("places are counted in 32 bits"));
                from = self.ends[place];
            } else {
                from = at + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_a_set() {
        let mut places = Places::default();
        for place in [3, 64, 0, 64, 200, 63] {
            places.insert(place);
        }
        assert_eq!(places.iter().collect::<Vec<_>>(), [0, 3, 63, 64, 200]);
        let within = |range| places.within(range).collect::<Vec<_>>();
        assert_eq!((within(3..64), within(64..64), within(1..3)), (vec![3, 63], vec![], vec![]));
        assert_eq!((within(64..1_000), within(201..999), within(900..999)), (vec![64, 200], vec![], vec![]));
        places.remove(64);
        places.remove(7_000);
        assert!(places.contains(63) && !places.contains(64) && !places.contains(7_000));
        let mut other = Places::default();
        other.insert(200);
        other.insert(1);
        places.and(&other);
        assert_eq!(places.iter().collect::<Vec<_>>(), [200]);
    }

    #[test]
    fn a_part_of_a_number_is_no_longer_than_its_ending() {
        let mut digits = Digits::default();
        digits.add("190 551234567 1234567 234567 34567 4567 567");
        digits.add("");
        digits.add("12");
        let holding = |part: &str| {
            let mut places = Places::default();
            digits.holding(part, &mut places);
            places.iter().collect::<Vec<_>>()
        };
        assert_eq!(holding("55"), [0]);
        assert_eq!(holding("12"), [0, 2]);
        assert_eq!(holding("4567"), [0]);
        assert_eq!(holding("67"), Vec::<u32>::new(), "the last two digits are no part by themselves");
        assert_eq!(holding("19"), [0]);
        assert_eq!(holding("9"), Vec::<u32>::new());
        assert_eq!(holding("90 5"), Vec::<u32>::new());
        assert_eq!(holding(""), Vec::<u32>::new());
    }
}
