//! Everything that can happen to the queues.

use std::time::Duration;

use model::{AgentOptions, Skill};

use crate::agent::Availability;
use crate::ids::{AgentId, MemberId, OfferId, QueueId};
use crate::queue::QueueSettings;

/// One thing that happened. What names an unknown agent, queue, member or offer is ignored: late and repeated inputs are normal life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    // ── an administrator ──
    /// A queue is new, or has other settings. Callers stay.
    SetQueue(QueueId, QueueSettings),
    /// A queue is gone; whoever waits in it is sent where it overflowed to.
    RemoveQueue(QueueId),
    /// Somebody is an agent, or has other options. A running pause keeps its length.
    SetAgent {
        /// Who.
        agent: AgentId,
        /// AO-01 to AO-06.
        options: AgentOptions,
        /// AO-07.
        skills: Vec<Skill>,
        /// After each queue call they wait until they say that they are ready (mod_callcenter's *On Demand*).
        on_demand: bool,
    },
    /// Somebody is no agent any more. A call that runs goes on.
    RemoveAgent(AgentId),
    /// An agent serves a queue, at this place.
    SetTier {
        /// The queue.
        queue: QueueId,
        /// The agent; unknown ones get no calls until they are known.
        agent: AgentId,
        /// Lower levels first.
        level: u16,
        /// Lower positions first, within a level.
        position: u16,
    },
    /// An agent serves a queue no more.
    RemoveTier(QueueId, AgentId),

    // ── a supervisor ──
    /// This caller shall ring at the phones of this person, who need not be an agent, and at nobody else's meanwhile. Whoever is being asked
    /// already or talks for a queue cannot be: [`Acd::can_pull`](crate::Acd::can_pull). Not answered, the caller waits at their old place.
    Pull(MemberId, AgentId),
    /// This caller leaves the queue for another place: [`End::SentOn`](crate::End::SentOn).
    SendOn(MemberId),

    // ── an agent ──
    /// What the chosen status means for queues.
    Availability(AgentId, Availability),
    /// *I'm ready*: ends wrap-up, or the waiting of an agent on demand.
    Ready(AgentId),
    /// *+30 s*: more wrap-up, while there is any.
    Extend(AgentId),

    // ── the network ──
    /// The first phone of an agent registered, or the last one is gone.
    Registered(AgentId, bool),
    /// Calls of an agent that are none of ours.
    OtherCalls(AgentId, usize),
    /// A caller came.
    Join {
        /// Their stay.
        member: MemberId,
        /// Where.
        queue: QueueId,
        /// Who: whoever comes again soon has their old place.
        caller: String,
    },
    /// From an earlier life of the server: this caller has waited, and may come again.
    Remember {
        /// Where.
        queue: QueueId,
        /// Who.
        caller: String,
        /// How long ago they came.
        waited: Duration,
    },
    /// A caller gave up.
    HungUp(MemberId),
    /// A phone of the agent rings.
    Ringing(OfferId),
    /// A phone of the agent took the call, and the caller was told. Counts even for an offer that was withdrawn a moment ago.
    Answered(OfferId),
    /// All phones of the agent said no; the final code of 300 or more.
    Refused(OfferId, u16),
    /// There was no phone to ring, or its connection broke.
    Unreachable(OfferId),
    /// A conversation is over.
    BridgeEnded(MemberId),

    // ── the clock ──
    /// [`Acd::wake_at`](crate::Acd::wake_at) is reached. Early and extra ones are harmless.
    Tick,
}
