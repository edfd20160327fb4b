//! What there shall be. Whatever is named by a number is that place in the list.

use model::{AgentOptions, Role};
use team_api::QueueSettings;

/// A team.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Names of the departments.
    pub departments: Vec<String>,
    /// Who there is.
    pub people: Vec<PlannedPerson>,
    /// Queues.
    pub queues: Vec<PlannedQueue>,
    /// Further statuses that mean a break: English and Arabic name.
    pub breaks: Vec<(String, String)>,
}

/// Somebody.
#[derive(Clone, Debug)]
pub struct PlannedPerson {
    /// Name as colleagues see it.
    pub name: String,
    /// Sign-in name.
    pub email: String,
    /// Extension.
    pub extension: String,
    /// Role.
    pub role: Role,
    /// The department that they belong to.
    pub department: usize,
    /// Further departments that they watch over.
    pub watches: Vec<usize>,
    /// How they take calls from queues, if they do.
    pub agent: Option<AgentOptions>,
}

/// A queue.
#[derive(Clone, Debug)]
pub struct PlannedQueue {
    /// Its settings.
    pub settings: QueueSettings,
    /// Who serves it: person, level, position.
    pub agents: Vec<(usize, u16, u16)>,
}
