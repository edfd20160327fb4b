//! Contacts that are kept at a team server as well: what waits for it, what came from it, and where both differ.
//!
//! ```text
//!  save, delete, import ─▶ contact + outbox, one change ─▶ contact_edits ─▶ server ─▶ edits_kept, refuse_edit
//!  server ─▶ take_changes ─▶ book::sync::meet ─▶ contact, or both versions until resolve_contact
//! ```

mod dispute;
mod here;
mod outbox;
mod take;

pub use dispute::{Dispute, DisputeWhy, Standing};
pub use outbox::{BookFacts, QueuedEdit, SyncFacts};
pub(super) use outbox::{is_open, queue, queue_all};
pub use take::{FromServer, Kept};

/// The owner of the server's versions while the agent decides. No real owner has a line break.
fn theirs(owner: &str) -> String {
    format!("{owner}\ntheirs")
}

/// States of a row of the outbox.
mod state {
    pub(super) const QUEUED: &str = "queued";
    pub(super) const CONFLICT: &str = "conflict";
}
