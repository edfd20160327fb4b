//! A caller who dials, waits, gives up or talks, and after a while dials again. Pure.
//!
//! ```text
//!  Starting ─registered─▶ Idle ─time─▶ Waits ─answered─▶ Talks ─long enough─▶ Leaves
//!                          ▲             └─ patience is over ─▶ Leaves          │
//!                          └────────────────────── over ────────────────────────┘
//! ```

use base::{Chance, Now};

use crate::draw::{once_in, until_next, within};
use crate::{Effect, Input, Mind, Rhythm};

/// One caller in so many has a third of the patience.
const IMPATIENT: u64 = 5;
/// In one conversation of so many it is the caller who hangs up.
const HANGS_UP_FIRST: u64 = 3;

/// Somebody to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Extension.
    pub number: String,
    /// How often, compared with the others.
    pub weight: u32,
}

/// See the module.
#[derive(Debug)]
pub struct Caller {
    rhythm: Rhythm,
    chance: Chance,
    targets: Vec<Target>,
    doing: Doing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    /// Not registered yet.
    Starting,
    /// Does something else.
    Idle { call_at: Now },
    /// Has dialled.
    Waits { give_up_at: Now },
    /// Talks. Mostly the agent hangs up first.
    Talks { ends_at: Now },
    /// Has hung up.
    Leaves,
}

impl Caller {
    /// A caller whose phone is not registered yet. Without targets they never call.
    #[must_use]
    pub fn new(rhythm: Rhythm, targets: Vec<Target>, chance: Chance) -> Self {
        Caller { rhythm, chance, targets, doing: Doing::Starting }
    }

    fn rests(&mut self, now: Now) {
        self.doing = Doing::Idle { call_at: now + until_next(&mut self.chance, self.rhythm.gap) };
    }

    fn dials(&mut self, now: Now) -> Vec<Effect> {
        let sum = self.targets.iter().map(|target| u64::from(target.weight)).sum();
        let mut drawn = self.chance.below(sum);
        let chosen = self.targets.iter().find(|target| {
            let weight = u64::from(target.weight);
            let is_it = drawn < weight;
            drawn = drawn.saturating_sub(weight);
            is_it
        });
        let Some(number) = chosen.map(|target| target.number.clone()) else {
            self.rests(now);
            return Vec::new();
        };
        let patience = within(&mut self.chance, self.rhythm.patience);
        let patience = if once_in(&mut self.chance, IMPATIENT) { patience / 3 } else { patience };
        self.doing = Doing::Waits { give_up_at: now + patience };
        vec![Effect::Dial(number)]
    }

    fn talks(&mut self, now: Now) {
        let length = within(&mut self.chance, self.rhythm.talk);
        // Longer than any agent talks or holds: somebody has to end it.
        let longest = self.rhythm.talk.most * 2 + self.rhythm.hold.most * 2;
        let first = once_in(&mut self.chance, HANGS_UP_FIRST);
        self.doing = Doing::Talks { ends_at: now + if first { length } else { longest } };
    }
}

impl Mind for Caller {
    fn handle(&mut self, now: Now, input: Input) -> Vec<Effect> {
        match (input, self.doing) {
            (Input::Registered, Doing::Starting) => self.rests(now),
            (Input::Time, Doing::Idle { call_at: due }) if due <= now => return self.dials(now),
            (Input::Time, Doing::Waits { give_up_at: due } | Doing::Talks { ends_at: due }) if due <= now => {
                self.doing = Doing::Leaves;
                return vec![Effect::HangUp];
            }
            (Input::Connected, Doing::Waits { .. }) => self.talks(now),
            (Input::Over, Doing::Waits { .. } | Doing::Talks { .. } | Doing::Leaves) => self.rests(now),
            // They have nothing to say to whoever calls back.
            (Input::Rings, _) => return vec![Effect::Refuse],
            (Input::Registered | Input::Connected | Input::Over | Input::Status { .. } | Input::Time, _) => {}
        }
        Vec::new()
    }

    fn wake_at(&self) -> Option<Now> {
        match self.doing {
            Doing::Starting | Doing::Leaves => None,
            Doing::Idle { call_at: at } | Doing::Waits { give_up_at: at } | Doing::Talks { ends_at: at } => Some(at),
        }
    }
}
