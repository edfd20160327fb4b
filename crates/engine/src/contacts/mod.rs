//! The agent's address book: all of it off the phone loop, which only hears that something changed, and who is calling.
//!
//! ```text
//! EngineHandle ─▶ address_book ─┬─▶ archive (store)            lists, searches, changes
//!                               └─▶ import ◀─ file (a thread)  cards and tables
//! team ─▶ sync ─▶ store, team server                           both books in step
//! driver ─▶ callers ─ who is it? ─▶ address_book ─▶ mail ─▶ callers ─▶ the call's name on screen
//! ```

mod address_book;
mod callers;
mod check;
mod file;
mod from_outside;
mod handle;
mod import;
mod in_step;
mod sync;
mod sync_view;

pub use address_book::BookError;
pub(crate) use address_book::{AddressBook, owner_of};
pub(crate) use callers::Callers;
pub use check::{ContactFault, ContactPart, FaultWhy, Saved};
pub use file::{FileKind, ImportPreview, SkipWhy, Skipped, TableLook};
pub use handle::ExportFormat;
pub use import::{ImportReport, ImportWish};
pub(crate) use sync::{SyncDoor, SyncLine};
pub use sync_view::{ContactsSync, SyncPhase};
