//! The queue: who of the agents is offered which waiting call, and why not (SPEC AO-01 to AO-07).
//!
//! ```text
//!  administrator ─┐                       ┌─▶ Offer, Withdraw   (a branch to an agent's phones)
//!  status, phones ┼─▶ Acd::handle ────────┼─▶ Position, Ended   (to the caller)
//!  callers        │       │               ├─▶ ForceBreak, AgentChanged
//!  the clock     ─┘    dispatch           └─▶ Log               (for reports)
//!                         └── gates ◀── explain: the same predicate
//! ```
//! Semantics are those of mod_callcenter: a *member* is a caller in a queue, a *tier* an agent in a queue with level and position. What is
//! ours: wrap-up is a state that the agent may end or extend, an agent without a phone counts as logged out, and nothing is polled:
//! [`Acd::wake_at`] says when time alone changes something. It knows nothing of SIP but the meaning of a final code.

mod acd;
mod agent;
mod deadlines;
mod dispatch;
mod effect;
mod gate;
mod ids;
mod input;
mod leaving;
mod member;
mod offers;
mod order;
mod outcome;
mod pull;
mod queue;
mod setup;
mod view;

pub use acd::Acd;
pub use agent::{Availability, EXTENSION, MAX_WRAP_UP, NOT_REGISTERED_DELAY};
pub use effect::{Effect, QueueEvent, Withdrawn, WrapUpEnd};
pub use gate::{Gate, Why};
pub use ids::{AgentId, MemberId, OfferId, QueueId};
pub use input::Input;
pub use member::End;
pub use outcome::{Delay, Miss};
pub use pull::PULL_RINGS;
pub use queue::{LIMITS, Limits, Overflow, QueueSettings, Strategy, TierRules, TierState};
pub use view::{AgentView, Place, QueueView};
