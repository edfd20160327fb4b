//! The seam between the web server and the queues, which live in the voice task.

use std::collections::BTreeMap;
use std::time::Duration;

use acd::{Availability, QueueView};
use team_api::{AgentData, QueueRow};
use tokio::sync::{mpsc, oneshot, watch};

use crate::db::queue_events::QueueEventRow;
use crate::db::queues::AgentRow;
use crate::panel::QueuesHere;

/// Places in the queue in.
pub(crate) const QUEUE_INPUTS: usize = 256;
/// Places in the queue of news out.
pub(crate) const QUEUE_NEWS: usize = 32_768;

/// What everybody's chosen status means for queues, by extension.
pub(crate) type Availabilities = BTreeMap<String, Availability>;

/// What the voice task has of the seam.
pub(crate) struct QueueDoor {
    /// Everything that comes in. Closed when the server is gone.
    pub inputs: mpsc::Receiver<QueueInput>,
    /// What happens; use `try_send`, count what does not fit.
    pub news: mpsc::Sender<QueueNews>,
    /// Everybody's status.
    pub availability: watch::Receiver<Availabilities>,
}

/// What the web server says to the queues.
#[derive(Debug)]
pub(crate) enum QueueInput {
    /// These are the queues and agents from now on.
    Plan(Plan),
    /// They waited when the last server ended: queue, caller, for how long by now.
    Remember(Vec<(String, String, Duration)>),
    /// An agent is ready before wrap-up is over.
    Ready(String),
    /// An agent needs more wrap-up.
    Extend(String),
    /// The break of this agent could not be: their status counts as before.
    NoBreak(String),
    /// How does this agent stand?
    AskAgent(String, oneshot::Sender<AgentData>),
    /// How does everything stand?
    AskAll(oneshot::Sender<QueuesHere>),
    /// This stay shall ring at the phones of this extension.
    Pull(String, String, oneshot::Sender<Acted>),
    /// This stay shall go to this extension, of a queue or of somebody.
    Send(String, String, oneshot::Sender<Acted>),
    /// How does this queue stand?
    AskQueue(String, oneshot::Sender<Option<QueueView>>),
}

/// What became of what a supervisor wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acted {
    Done,
    /// The caller waits no more.
    Gone,
    /// The supervisor is rung already, or talks for a queue.
    Busy,
    /// No call gets there now: the caller would be lost.
    Unreachable,
}

/// Queues and agents as administrators want them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub queues: Vec<QueueRow>,
    pub agents: Vec<AgentRow>,
}

/// What the queues tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum QueueNews {
    /// For reports.
    Event(QueueEventRow),
    /// For an agent's own phones.
    Agent { extension: String, data: AgentData },
    /// Too many calls in a row were not answered: give the agent the status *Break*.
    ForceBreak { extension: String, missed: u16 },
    /// Somebody waits, since then.
    Waits { queue: String, caller: String, joined_ms: i64 },
    /// …hung up, and may come again.
    Abandoned { queue: String, caller: String, left_ms: i64 },
    /// …and does not any more.
    WaitsNoMore { queue: String, caller: String },
}
