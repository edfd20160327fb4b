//! Outside address books: which the agent has, when they are read, and what became of it (SPEC 2 row 15, decision 21).
//!
//! ```text
//! EngineHandle ─▶ shelf ─▶ store (which), keychain (passwords)
//!   start, sign-in, 15 minutes, Refresh ─▶ rounds ─▶ a task for each ─▶ sources::read ─▶ store::take_source ─▶ the window's list
//! ```
//! Nothing of it goes through the phone loop. What was read stays readable, searchable and callable whatever happens to the server.

mod handle;
mod passwords;
mod rounds;
mod shelf;

pub(crate) use shelf::Sources;
pub use shelf::{SourceKept, SourceView};
