//! What the queues want done and have to tell.

use std::time::Duration;

use base::Now;

use crate::ids::{AgentId, MemberId, OfferId, QueueId};
use crate::member::End;
use crate::outcome::Miss;

/// A consequence. To be carried out in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ring the phones of this agent with the call of this member.
    Offer {
        /// The offer that answers name.
        offer: OfferId,
        /// The caller.
        member: MemberId,
        /// Whose phones.
        agent: AgentId,
        /// For which queue.
        queue: QueueId,
    },
    /// Stop that ringing.
    Withdraw {
        /// The offer, which is over by now.
        offer: OfferId,
        /// The caller.
        member: MemberId,
        /// Whose phones.
        agent: AgentId,
        /// Why.
        why: Withdrawn,
    },
    /// Tell the caller where they stand. Comes when it changes, and at least once a minute.
    Position {
        /// The caller.
        member: MemberId,
        /// 1 is next.
        position: usize,
        /// How long it will take, when anything is known about that.
        estimate: Option<Duration>,
    },
    /// The stay is over, exactly once for each member. After [`End::Answered`] they still talk.
    Ended {
        /// The caller.
        member: MemberId,
        /// How.
        end: End,
    },
    /// Too many calls in a row were not answered: give the agent the status *Break* and say why (AO-03).
    ForceBreak {
        /// Whom.
        agent: AgentId,
        /// How many.
        missed: u16,
    },
    /// State, gates or countdowns of this agent are otherwise.
    AgentChanged(AgentId),
    /// For reports.
    Log {
        /// In which queue; `None` where it is about the agent alone.
        queue: Option<QueueId>,
        /// About which caller, if about one.
        member: Option<MemberId>,
        /// About which agent, if about one.
        agent: Option<AgentId>,
        /// What.
        event: QueueEvent,
    },
}

/// Why ringing stopped. None of these is held against the agent, except that `RangOut` counts as no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawn {
    /// The call timeout of the agent is over (AO-01).
    RangOut,
    /// Another agent was faster.
    AnsweredElsewhere,
    /// The caller gave up.
    CallerGone,
    /// The caller was sent elsewhere.
    CallerMoved,
    /// The agent left *Available*, the queue or the team.
    AgentLeft,
}

/// An entry of the event log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueEvent {
    /// A caller came.
    Joined {
        /// They had been here a moment ago and have their old place.
        resumed: bool,
    },
    /// An agent's phones ring.
    Offered,
    /// They talk.
    Answered {
        /// How long the caller had waited, this time.
        waited: Duration,
    },
    /// The agent did not take it.
    Missed(Miss),
    /// The caller left without an agent.
    Left {
        /// How long they had waited, this time.
        waited: Duration,
        /// How.
        end: End,
    },
    /// The conversation is over.
    Over {
        /// How long it was.
        talked: Duration,
    },
    /// Wrap-up begins.
    WrapUpBegan {
        /// When it will end.
        until: Now,
    },
    /// Wrap-up is over.
    WrapUpEnded(WrapUpEnd),
    /// The agent was sent into a break.
    ForcedBreak {
        /// Calls in a row that were not answered.
        missed: u16,
    },
}

/// How wrap-up ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrapUpEnd {
    /// By time.
    Over,
    /// The agent was ready earlier.
    Ready,
}
