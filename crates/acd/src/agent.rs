//! An agent: what they chose, and what the queues are doing with them.
//!
//! ```text
//!            offered          rings            answered
//!  Waiting ──────────▶ Reserved ──▶ Receiving ──────────▶ InQueueCall
//!    ▲ ▲                  └────┬────────┘                      │
//!    │ └── missed, withdrawn ──┘                               │ the conversation ends: wrap-up begins
//!    └──────────────────────────── (on demand: Idle ─ ready ─) ┘
//! ```
//! Pauses are no states: an agent who waits may still be kept by wrap-up or a delay, each with its end. Status and state are independent:
//! who talks and chooses *Break* keeps talking.

use std::time::Duration;

use base::Now;
use model::{AgentOptions, Skill};

use crate::ids::{MemberId, OfferId};
use crate::outcome::{Delay, Miss};

/// Pause of an agent whose phone was not there; not counted as missed.
pub const NOT_REGISTERED_DELAY: Duration = Duration::from_secs(5);
/// What *+30 s* adds.
pub const EXTENSION: Duration = Duration::from_secs(30);
/// Wrap-up is never extended beyond that, from the end of the conversation.
pub const MAX_WRAP_UP: Duration = Duration::from_secs(15 * 60);
/// mod_callcenter skips an agent *until* `last_bridge_end < now − wrap_up`: at that very moment still (AO-02).
const STRICTLY: Duration = Duration::from_millis(1);

/// What the chosen status means for queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Calls from queues may come.
    Available,
    /// Logged in, but no calls from queues.
    Blocked,
    /// As if not there.
    LoggedOut,
}

/// What the queues are doing with an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Waiting,
    /// Was chosen; no phone rings yet.
    Reserved(OfferId),
    /// A phone rings.
    Receiving(OfferId),
    InQueueCall(MemberId),
    /// On demand: until they say that they are ready.
    Idle,
}

#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub options: AgentOptions,
    pub skills: Vec<Skill>,
    pub on_demand: bool,
    pub availability: Availability,
    /// The break was forced after so many calls.
    pub forced: Option<u16>,
    pub registered: bool,
    pub other_calls: usize,
    pub state: State,
    /// When wrap-up is over; `None` once that was told.
    pub wrap_up_until: Option<Now>,
    pub last_bridge_end: Option<Now>,
    /// The pause after an offer that was missed.
    pub delay: Option<(Delay, Now)>,
    pub no_answer_count: u16,
    pub calls_answered: u64,
    pub talk_time: Duration,
}

impl Agent {
    pub fn new(options: AgentOptions, skills: Vec<Skill>, on_demand: bool) -> Self {
        Agent {
            options,
            skills,
            on_demand,
            availability: Availability::LoggedOut,
            forced: None,
            registered: false,
            other_calls: 0,
            state: State::Waiting,
            wrap_up_until: None,
            last_bridge_end: None,
            delay: None,
            no_answer_count: 0,
            calls_answered: 0,
            talk_time: Duration::ZERO,
        }
    }

    /// Row 10: whoever comes back to *Available* begins anew. `true`: it is otherwise than before.
    pub fn choose(&mut self, availability: Availability) -> bool {
        let before = std::mem::replace(&mut self.availability, availability);
        if before == availability {
            return false;
        }
        self.forced = None;
        if availability == Availability::Available {
            self.talk_time = Duration::ZERO;
            self.calls_answered = 0;
            self.no_answer_count = 0;
        }
        true
    }

    /// Rows 5 to 8. `Some(n)`: that was one too many.
    pub fn missed(&mut self, now: Now, miss: Miss) -> Option<u16> {
        let seconds = |n: u16| Duration::from_secs(u64::from(n));
        let pause = match miss {
            Miss::Busy => seconds(self.options.busy_delay),
            Miss::Rejected => seconds(self.options.reject_delay),
            Miss::NoAnswer => seconds(self.options.no_answer_delay),
            Miss::NotRegistered => NOT_REGISTERED_DELAY,
        };
        self.delay = Some((miss.delay(), now + pause));
        if miss != Miss::NoAnswer {
            return None;
        }
        self.no_answer_count = self.no_answer_count.saturating_add(1);
        let enough = self.options.max_no_answer > 0 && self.no_answer_count >= self.options.max_no_answer;
        (enough && self.availability == Availability::Available).then(|| {
            self.availability = Availability::Blocked;
            self.forced = Some(self.no_answer_count);
            self.no_answer_count
        })
    }

    /// Row 3. Wrap-up is over at the moment that is returned.
    pub fn bridge_ended(&mut self, now: Now, talked: Duration) -> Now {
        let until = now + Duration::from_secs(u64::from(self.options.wrap_up)) + STRICTLY;
        self.state = if self.on_demand { State::Idle } else { State::Waiting };
        self.last_bridge_end = Some(now);
        self.talk_time += talked;
        self.wrap_up_until = Some(until);
        until
    }

    /// Longer wrap-up, if there is any left. `true`: it is longer now.
    pub fn extend(&mut self, now: Now) -> bool {
        let (Some(until), Some(end)) = (self.wrap_up_until.filter(|until| *until > now), self.last_bridge_end) else {
            return false;
        };
        let longest = (end + MAX_WRAP_UP).max(until);
        self.wrap_up_until = Some((until + EXTENSION).min(longest));
        self.wrap_up_until != Some(until)
    }

    /// Not logged out, and there is a phone. An agent on a break is there (trap of row 13).
    pub fn is_there(&self) -> bool {
        self.registered && self.availability != Availability::LoggedOut
    }

    pub fn offer(&self) -> Option<OfferId> {
        match self.state {
            State::Reserved(offer) | State::Receiving(offer) => Some(offer),
            State::Waiting | State::InQueueCall(_) | State::Idle => None,
        }
    }

    /// How good at what is needed, added up; `None` if something is missing.
    pub fn fitness(&self, needs: &[Skill]) -> Option<u32> {
        needs.iter().try_fold(0, |sum, need| Some(sum + u32::from(self.level_of(need)?)))
    }

    /// The level of a skill that is needed, if it is high enough.
    pub fn level_of(&self, need: &Skill) -> Option<u8> {
        let mine = self.skills.iter().find(|skill| skill.name == need.name)?;
        (mine.level >= need.level).then_some(mine.level)
    }
}
