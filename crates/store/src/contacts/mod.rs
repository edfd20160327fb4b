//! The agent's address book (CT-01, CT-02, SPEC 3 item 5).
//!
//! ```text
//! Contact ─▶ Prepared ─┬─▶ contacts, numbers, lines     what was typed
//!  (book's work, any   ├─▶ contact_words ─▶ Words       what is searched, in memory
//!   thread)            └─▶ contact_keys                 who is calling
//! ```
//! A deleted contact stays for as long as that can be undone; [`Store::purge_contacts`](crate::Store::purge_contacts) makes it final.
//! SQL that is put together here is put together of our own words only; what comes from outside is bound.

mod caller;
mod import;
mod index;
mod list;
mod prepared;
mod read;
mod sources;
mod sync;
mod words;
mod write;

pub(crate) use words::{Words, trim_news};

pub use caller::Known;
pub use import::{Added, ContactImport};
pub use list::{ContactLine, ContactQuery, ContactsPage, LetterCount, ListOrder, MAX_LINES, MOST_FOUND, Which};
pub use prepared::Prepared;
pub use sources::{SourceNews, SourceRow};
pub use sync::{BookFacts, Dispute, DisputeWhy, FromServer, Kept, QueuedEdit, Standing, SyncFacts};
