//! What administrators and supervisors have done.

use base::WallMs;

/// A page of the audit, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditPage {
    /// What was done.
    pub entries: Vec<AuditEntry>,
    /// Where older ones begin; `None`: there are none.
    pub next: Option<String>,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its name for ever.
    pub id: String,
    /// When.
    pub at: WallMs,
    /// Name of who did it; empty: the account is gone, or it was the server.
    pub by: String,
    /// Their extension; empty like the name.
    pub by_extension: String,
    /// What, such as `user.created`.
    pub action: String,
    /// Name of whom or what it was done to; empty: all, or unknown.
    pub subject: String,
    /// What is different since.
    pub changes: Vec<AuditChange>,
}

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditChange {
    /// Which, such as `email`.
    pub what: String,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
}

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// From [`AuditPage::next`].
    pub before: Option<String>,
    /// Only of this kind: what stands before the dot of the action.
    pub area: Option<String>,
}
