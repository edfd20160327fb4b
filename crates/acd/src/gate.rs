//! Why an agent gets no calls: the one predicate, for the router and for the explanation (SPEC section 3, 4).

use base::Now;

use crate::agent::{Agent, Availability, State};
use crate::ids::{AgentId, QueueId};
use crate::outcome::Delay;
use crate::queue::{Queue, TierState};

/// One thing that keeps calls away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Which.
    pub why: Why,
    /// When it opens by itself; `None` if somebody must do something.
    pub until: Option<Now>,
}

/// What keeps calls away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Is no agent.
    NotAnAgent,
    /// Serves no queue.
    NoQueue,
    /// The status that was chosen keeps queues away.
    Status,
    /// A break was forced after so many calls in a row without an answer.
    ForcedBreak {
        /// How many.
        missed: u16,
    },
    /// Is offline, or marked so.
    LoggedOut,
    /// No phone is registered.
    NotRegistered,
    /// A call from a queue is being offered right now.
    Offered,
    /// On a call from a queue.
    InQueueCall,
    /// On demand: must say that they are ready.
    NotReady,
    /// Wrap-up.
    WrapUp,
    /// A pause after a call that was not taken.
    Delay(Delay),
    /// On a call that is none of a queue.
    OtherCall,
    /// Lacks a skill that this queue needs.
    Skill {
        /// Which queue.
        queue: QueueId,
        /// Which skill.
        skill: String,
    },
}

/// Everything that keeps calls of one queue from an agent. The router offers if and only if there is nothing.
pub(crate) fn gates<'a>(
    now: Now,
    agent: &'a Agent,
    id: &'a AgentId,
    queue: (&'a QueueId, &'a Queue),
) -> impl Iterator<Item = Gate> + 'a {
    let settings = &queue.1.settings;
    let other_call = (settings.skip_other_calls && agent.other_calls > 0).then(|| shut(Why::OtherCall));
    let lacking = settings.needs.iter().filter(|need| agent.level_of(need).is_none());
    let skills = lacking.map(move |need| shut(Why::Skill { queue: queue.0.clone(), skill: need.name.clone() }));
    // Follows from the agent's state; asked all the same, as mod_callcenter does.
    let tier = queue.1.tiers.get(id).map(|tier| tier.state);
    let tier = match tier {
        Some(TierState::Ready | TierState::NoAnswer) => None,
        Some(TierState::Standby | TierState::Offering | TierState::ActiveInbound) => {
            (agent.state == State::Waiting).then(|| shut(Why::Offered))
        }
        None => Some(shut(Why::NoQueue)),
    };
    own_gates(now, agent).chain(tier).chain(other_call).chain(skills)
}

/// Those that have nothing to do with a queue.
pub(crate) fn own_gates(now: Now, agent: &Agent) -> impl Iterator<Item = Gate> + use<> {
    let status = match (agent.availability, agent.forced) {
        (Availability::Available, _) => None,
        (Availability::Blocked, Some(missed)) => Some(shut(Why::ForcedBreak { missed })),
        (Availability::Blocked, None) => Some(shut(Why::Status)),
        (Availability::LoggedOut, _) => Some(shut(Why::LoggedOut)),
    };
    let phone = (!agent.registered).then(|| shut(Why::NotRegistered));
    let wrap_up = agent.wrap_up_until.filter(|until| *until > now).map(|until| timed(Why::WrapUp, until));
    let delay = agent.delay.filter(|(_, until)| *until > now).map(|(delay, until)| timed(Why::Delay(delay), until));
    [status, phone, state(agent.state), wrap_up, delay].into_iter().flatten()
}

fn state(state: State) -> Option<Gate> {
    match state {
        State::Waiting => None,
        State::Reserved(_) | State::Receiving(_) => Some(shut(Why::Offered)),
        State::InQueueCall(_) => Some(shut(Why::InQueueCall)),
        State::Idle => Some(shut(Why::NotReady)),
    }
}

fn shut(why: Why) -> Gate {
    Gate { why, until: None }
}

fn timed(why: Why, until: Now) -> Gate {
    Gate { why, until: Some(until) }
}
