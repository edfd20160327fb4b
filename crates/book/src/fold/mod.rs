//! Text made comparable for search, Latin and Arabic (SPEC 3 item 5).
//!
//! Two nets, one finer than the other. *Folded* words are what people see without the accidents of writing: case, accents,
//! tashkeel, tatweel, forms of alef, Persian letters, presentation forms, digits of other scripts. *Skeleton keys* are how a
//! word sounds, in one alphabet for both scripts: "Noor", "Nour", "nur" and نور share a key. A folded hit counts for more.

mod arabic;
mod index;
mod key;
mod latin;
mod letters;
mod query;
mod word;
mod word_index;

pub use index::{Indexed, search_words};
pub use letters::fold;
pub use query::{COLUMNS, Hit, Query, TOKENIZER, query};
pub use word::skeleton;
pub use word_index::{Found, Places, WordIndex};
