//! What administrators and supervisors have done, as it was written down.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Answer of [`crate::path::AUDIT`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditPage {
    /// Newest first.
    pub entries: Vec<AuditEntry>,
    /// Ask with this as `before` for older ones; absent: there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// Its name for ever.
    pub id: String,
    /// When.
    pub at_ms: i64,
    /// Name of who did it; empty: the account is gone, or it was the server.
    pub by: String,
    /// Their extension; empty like the name.
    pub by_extension: String,
    /// What, such as `user.created` or `supervision.allowed`; show those that you do not know as they are.
    pub action: String,
    /// Name of whom or what it was done to, as it is now or was last; empty: all, or unknown.
    pub subject: String,
    /// What is different since, or was wished for: at most 40.
    pub changes: Vec<AuditChange>,
}

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditChange {
    /// Which, such as `email` or `switches.presence`.
    pub what: String,
    /// How it was, in at most 200 characters; absent: it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// How it is; absent: it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}
