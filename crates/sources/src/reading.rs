//! What is asked, and what came of it.

use std::collections::HashMap;

use base::Secret;
use model::{Contact, Source};

use crate::limits::Limits;

/// An address book, and the key to it.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Which.
    pub source: Source,
    /// Its password; `None` when it needs none.
    pub password: Option<Secret>,
    /// How much is taken.
    pub limits: Limits,
}

/// What is known from the last reading; all empty before the first.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// [`Reading::New::mark`] of then.
    pub mark: String,
    /// [`Entry::tag`] of each contact by its [`Entry::key`].
    pub tags: HashMap<String, String>,
}

/// A contact that is new or was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in that address book, for ever.
    pub key: String,
    /// Changes whenever the contact does.
    pub tag: String,
    /// What it says. Its id is made of the address book's and the key, so it is the same each time.
    pub contact: Contact,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All is as it was.
    Same,
    /// Something is new.
    New {
        /// For [`Known::mark`] of the next time.
        mark: String,
        /// New and changed contacts.
        entries: Vec<Entry>,
        /// Keys of contacts that are as they were. Whatever is in neither list is gone.
        same: Vec<String>,
        /// Entries that could not be used: neither a name nor a number.
        skipped: u32,
    },
}
