//! What the phone remembers on this computer: call history and settings, in one SQLite file.
//!
//! [`Store::open`] gives a store that works, or says in so many words why not. A damaged file is never overwritten: it is moved
//! aside, a new one is begun, and the caller is told where the old one is.

mod calls;
mod error;
mod open;
mod quality;
mod settings;

pub use calls::{CallCursor, CallFilter, CallPage, MAX_PAGE};
pub use error::StoreError;
pub use open::{Opened, Store};
