//! Names of what a queue deals with.

use std::fmt;
use std::sync::Arc;

/// An agent, by the extension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgentId(pub Arc<str>);

/// A queue, by its id. Never by its name or extension, which may change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueueId(pub Arc<str>);

/// A caller's stay in one queue. Given by whoever lets them in, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(pub u64);

/// One offer of a member to an agent. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfferId(pub u64);

impl From<&str> for AgentId {
    fn from(text: &str) -> Self {
        AgentId(text.into())
    }
}

impl From<&str> for QueueId {
    fn from(text: &str) -> Self {
        QueueId(text.into())
    }
}

impl fmt::Display for AgentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for QueueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
