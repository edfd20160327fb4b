//! A caller in a queue.
//!
//! ```text
//!             ┌──────────── every offer missed ───────────┐
//!             ▼                                           │
//!  Join ─▶ Waiting ── offered ─▶ Trying ── answered ─▶ Answered ── bridge ends ─▶ (gone)
//!             │                     │
//!             └──────────┬──────────┘
//!                        ├─ hangs up ─▶ Abandoned, kept for a while for those who come again
//!                        ├─ a supervisor sends them on ─▶ SentOn
//!                        └─ time is up, no agent, queue gone ─▶ sent where the queue overflows to
//! ```

use std::time::Duration;

use base::Now;

use crate::ids::{AgentId, OfferId, QueueId};

/// Offers that were withdrawn and may still be answered; more than a caller can have within the life of a transaction.
const REMEMBERED: usize = 64;

/// How a stay ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By an agent.
    Answered,
    /// The caller hung up.
    Abandoned,
    /// The maximum wait is over (row 13, TIMEOUT).
    TimedOut,
    /// There was no agent for too long (row 13, `NO_AGENT_TIMEOUT`).
    NoAgent,
    /// As many wait as may, or this caller does already as often as may be. They never were in the queue.
    Full,
    /// There is no such queue, or not any more.
    QueueGone,
    /// A supervisor sent the caller elsewhere.
    SentOn,
}

impl End {
    /// In a word, for the event log.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            End::Answered => "answered",
            End::Abandoned => "abandoned",
            End::TimedOut => "timed_out",
            End::NoAgent => "no_agent",
            End::Full => "full",
            End::QueueGone => "queue_gone",
            End::SentOn => "sent_on",
        }
    }
}

/// Where a member stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MemberState {
    Waiting,
    /// These offers ring; more than one only where all ring.
    Trying(Vec<OfferId>),
    Answered {
        agent: AgentId,
        since: Now,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub queue: QueueId,
    pub caller: String,
    /// Of this visit.
    pub came: Now,
    /// What they had waited before, if they came again.
    pub base_score: Duration,
    pub state: MemberState,
    /// Level and position of the agent who was asked last, for top down.
    pub last_asked: Option<(u16, u16, AgentId)>,
    /// Who was asked, of offers that are over without the agent's answer.
    pub withdrawn: Vec<(OfferId, AgentId)>,
    pub told: Option<(usize, Option<Duration>, Now)>,
}

impl Member {
    pub fn new(queue: QueueId, caller: String, came: Now, base_score: Duration) -> Self {
        Member {
            queue,
            caller,
            came,
            base_score,
            state: MemberState::Waiting,
            last_asked: None,
            withdrawn: Vec::new(),
            told: None,
        }
    }

    /// Whoever has waited longest is served first.
    pub fn score(&self, now: Now) -> Duration {
        now.since(self.came) + self.base_score
    }

    /// No agent yet.
    pub fn waits(&self) -> bool {
        match self.state {
            MemberState::Waiting | MemberState::Trying(_) => true,
            MemberState::Answered { .. } => false,
        }
    }

    /// Who talks with them.
    pub fn agent(&self) -> Option<&AgentId> {
        match &self.state {
            MemberState::Answered { agent, .. } => Some(agent),
            MemberState::Waiting | MemberState::Trying(_) => None,
        }
    }

    pub fn offers(&self) -> &[OfferId] {
        match &self.state {
            MemberState::Trying(offers) => offers,
            MemberState::Waiting | MemberState::Answered { .. } => &[],
        }
    }

    pub fn begin(&mut self, offer: OfferId) {
        match &mut self.state {
            MemberState::Waiting => self.state = MemberState::Trying(vec![offer]),
            MemberState::Trying(offers) => offers.push(offer),
            MemberState::Answered { .. } => {}
        }
    }

    /// An offer is over; the last one leaves the member waiting again.
    pub fn finish(&mut self, offer: OfferId) {
        if let MemberState::Trying(offers) = &mut self.state {
            offers.retain(|it| *it != offer);
            if offers.is_empty() {
                self.state = MemberState::Waiting;
            }
        }
    }

    pub fn remember(&mut self, offer: OfferId, agent: AgentId) {
        if self.withdrawn.len() >= REMEMBERED {
            self.withdrawn.remove(0);
        }
        self.withdrawn.push((offer, agent));
    }
}
