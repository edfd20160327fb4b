//! What an index keeps of a contact.

use std::collections::BTreeSet;

use model::Contact;

use super::word::{Word, words};
use crate::number::{Region, digits_for_search};

/// Words of one field that are indexed; nobody looks for the hundredth.
const MOST_WORDS: usize = 64;

/// What is kept for the search: three columns of words with spaces between them, for a tokenizer that splits at spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// Folded words of names, organisation, groups, addresses and fields.
    pub folded: String,
    /// How names and organisation may sound. To be ranked below `folded`.
    pub skeleton: String,
    /// Numbers in their international and national forms, each with its endings, so that a prefix finds any part of a number.
    pub digits: String,
}

/// Makes a contact findable. `region` is where its numbers without a country code are at home.
///
/// Notes are not indexed: they are read, not searched.
#[must_use]
pub fn search_words(contact: &Contact, region: Region) -> Indexed {
    let mut found = Found::default();
    // First and last name together: a particle may end the one and its name begin the other.
    found.name(&format!("{} {}", contact.first_name, contact.last_name));
    found.name(&contact.display_name);
    found.name(&contact.company);
    let labels = contact.numbers.iter().map(|n| &n.label);
    let fields = contact.fields.iter().map(|f| &f.value);
    let plain =
        [&contact.job_title].into_iter().chain(&contact.groups).chain(&contact.emails).chain(&contact.sip_addresses);
    for text in plain.chain(labels).chain(fields) {
        found.plain(text);
    }
    let digits: BTreeSet<String> = contact.numbers.iter().flat_map(|n| digits_for_search(&n.number, region)).collect();
    Indexed { folded: joined(&found.folded), skeleton: joined(&found.keys), digits: joined(&digits) }
}

#[derive(Default)]
struct Found {
    folded: BTreeSet<String>,
    keys: BTreeSet<String>,
}

impl Found {
    fn plain(&mut self, text: &str) {
        for word in words(text).take(MOST_WORDS) {
            let bare = word.without_article().filter(|_| word.folded.starts_with("ال"));
            self.folded.extend(bare.map(|bare| bare.folded));
            self.folded.insert(word.folded);
        }
    }

    fn name(&mut self, text: &str) {
        let words: Vec<Word> = words(text).take(MOST_WORDS).collect();
        let mut before: Option<&Word> = None;
        let mut article: Option<&Word> = None;
        for (at, word) in words.iter().enumerate() {
            if article.is_none() && words.get(at + 1).is_some_and(|next| word.is_article(next)) {
                article = Some(word);
                continue;
            }
            self.word(word);
            // "El Din" alone is no name: it belongs to the word before.
            if let Some(article) = article.take().filter(|_| word.faith().is_none()) {
                self.add(&Word::of(&[article, word]));
            }
            if let Some(both) = before.and_then(|before| before.joined(word)) {
                self.add(&both);
            }
            before = Some(word);
        }
    }

    fn word(&mut self, word: &Word) {
        self.with_and_without_article(word);
        for part in word.parts().into_iter().flatten() {
            self.with_and_without_article(&part);
        }
    }

    fn with_and_without_article(&mut self, word: &Word) {
        self.add(word);
        if let Some(bare) = word.without_article() {
            self.add(&bare);
        }
    }

    fn add(&mut self, word: &Word) {
        if self.folded.insert(word.folded.clone()) {
            self.keys.extend(word.keys());
        }
    }
}

fn joined(words: &BTreeSet<String>) -> String {
    let mut text = String::with_capacity(words.iter().map(|w| w.len() + 1).sum());
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}
