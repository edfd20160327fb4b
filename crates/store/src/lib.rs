//! What the phone remembers on this computer: call history, contacts and settings, in one SQLite file.
//!
//! [`Store::open`] gives a store that works, or says in so many words why not. A damaged file is never overwritten: it is moved
//! aside, a new one is begun, and the caller is told where the old one is.

mod call_search;
mod calls;
mod contacts;
mod error;
mod open;
mod quality;
mod settings;

pub use call_search::{CallFilter, CallQuery};
pub use calls::{CallCursor, CallPage, MAX_PAGE};
pub use contacts::{
    Added, BookFacts, ContactImport, ContactLine, ContactQuery, ContactsPage, Dispute, DisputeWhy, FromServer, Kept,
    Known, LetterCount, ListOrder, MAX_LINES, MOST_FOUND, Prepared, QueuedEdit, SourceNews, SourceRow, Standing,
    SyncFacts, Which,
};
pub use error::StoreError;
pub use open::{Opened, Store};
