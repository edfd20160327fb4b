//! An agent who answers by themselves. Pure.
//!
//! ```text
//!  Starting ─registered─▶ Free ─rings─▶ Rings ─answers─▶ Talks ⇄ Holds ─hangs up─▶ Leaves ─over─▶ Rests ─ready─▶ Free
//!                          │ ▲            └─ missed: back ─┐
//!                          ▼ │ time is over                │
//!                         Away ◀── the server has given a break
//! ```

use base::{Chance, Now};

use crate::draw::{once_in, within};
use crate::{Effect, Input, Mind, Mood, Rhythm};

/// One call in so many is left to ring.
const MISSES: u64 = 9;
/// One conversation in so many has a hold in it.
const HOLDS: u64 = 4;

/// See the module.
#[derive(Debug)]
pub struct Agent {
    rhythm: Rhythm,
    chance: Chance,
    doing: Doing,
    /// The chosen status keeps calls from queues away, or one that somebody else has set.
    aside: bool,
    /// When the next break is due.
    break_at: Now,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    /// Not registered yet.
    Starting,
    /// Waits for a call.
    Free,
    /// It rings. `None`: has answered and waits for the connection, or lets it ring.
    Rings { answer_at: Option<Now> },
    /// Talks.
    Talks { ends_at: Now, hold_at: Option<Now> },
    /// The caller hears that they are held.
    Holds { resume_at: Now, ends_at: Now },
    /// Has hung up.
    Leaves,
    /// After a call.
    Rests { ready_at: Now },
    /// On a break.
    Away { until: Now },
}

impl Agent {
    /// An agent whose phone is not registered yet.
    #[must_use]
    pub fn new(rhythm: Rhythm, chance: Chance) -> Self {
        Agent { rhythm, chance, doing: Doing::Starting, aside: false, break_at: Now::ZERO }
    }

    fn rings(&mut self, now: Now) {
        let takes = !once_in(&mut self.chance, MISSES);
        let answer_at = now + within(&mut self.chance, self.rhythm.answer);
        self.doing = Doing::Rings { answer_at: takes.then_some(answer_at) };
    }

    fn talks(&mut self, now: Now) {
        let length = within(&mut self.chance, self.rhythm.talk);
        let hold_at = once_in(&mut self.chance, HOLDS).then(|| now + length.mul_f64(0.3));
        self.doing = Doing::Talks { ends_at: now + length, hold_at };
    }

    /// What comes after a call.
    fn after_call(&mut self, now: Now, talked: bool) {
        self.doing = match (self.aside, talked) {
            (true, _) => Doing::Away { until: now + within(&mut self.chance, self.rhythm.away) },
            (false, true) => Doing::Rests { ready_at: now + within(&mut self.chance, self.rhythm.rest) },
            (false, false) => Doing::Free,
        };
    }

    fn status(&mut self, now: Now, available: bool) {
        self.aside = !available;
        match (self.doing, available) {
            (Doing::Free | Doing::Rests { .. }, false) => {
                self.doing = Doing::Away { until: now + within(&mut self.chance, self.rhythm.away) };
            }
            (Doing::Away { .. }, true) => self.doing = Doing::Free,
            // In a call it counts afterwards.
            _ => {}
        }
    }

    fn goes_away(&mut self, now: Now) -> Vec<Effect> {
        let mood = [Mood::Break, Mood::Meeting, Mood::Break, Mood::Course][self.chance.below(4) as usize];
        self.aside = true;
        self.doing = Doing::Away { until: now + within(&mut self.chance, self.rhythm.away) };
        vec![Effect::Choose(mood)]
    }

    fn comes_back(&mut self, now: Now) -> Vec<Effect> {
        self.aside = false;
        self.break_at = now + within(&mut self.chance, self.rhythm.work);
        self.doing = Doing::Free;
        vec![Effect::Choose(Mood::Available)]
    }

    fn time(&mut self, now: Now) -> Vec<Effect> {
        match self.doing {
            Doing::Free if self.break_at <= now => self.goes_away(now),
            Doing::Rings { answer_at: Some(at) } if at <= now => {
                self.doing = Doing::Rings { answer_at: None };
                vec![Effect::Answer]
            }
            Doing::Talks { ends_at, .. } if ends_at <= now => {
                self.doing = Doing::Leaves;
                vec![Effect::HangUp]
            }
            Doing::Talks { ends_at, hold_at: Some(at) } if at <= now => {
                let resume_at = now + within(&mut self.chance, self.rhythm.hold);
                self.doing = Doing::Holds { resume_at, ends_at: ends_at.max(resume_at + self.rhythm.hold.least) };
                vec![Effect::Hold]
            }
            Doing::Holds { resume_at, ends_at } if resume_at <= now => {
                self.doing = Doing::Talks { ends_at, hold_at: None };
                vec![Effect::Resume]
            }
            Doing::Rests { ready_at } if ready_at <= now => {
                self.doing = Doing::Free;
                vec![Effect::Ready]
            }
            Doing::Away { until } if until <= now => self.comes_back(now),
            _ => Vec::new(),
        }
    }
}

impl Mind for Agent {
    fn handle(&mut self, now: Now, input: Input) -> Vec<Effect> {
        match (input, self.doing) {
            (Input::Registered, Doing::Starting) => return self.comes_back(now),
            (Input::Rings, Doing::Starting | Doing::Free | Doing::Rests { .. } | Doing::Away { .. }) => self.rings(now),
            // One call at a time.
            (Input::Rings, _) => return vec![Effect::Refuse],
            (Input::Connected, Doing::Rings { .. }) => self.talks(now),
            (Input::Over, Doing::Rings { .. }) => self.after_call(now, false),
            (Input::Over, Doing::Talks { .. } | Doing::Holds { .. } | Doing::Leaves) => self.after_call(now, true),
            (Input::Status { available }, _) => self.status(now, available),
            (Input::Time, _) => return self.time(now),
            // A refreshed registration, and news of a call that is over for us.
            (Input::Registered | Input::Connected | Input::Over, _) => {}
        }
        Vec::new()
    }

    fn wake_at(&self) -> Option<Now> {
        match self.doing {
            Doing::Starting | Doing::Leaves => None,
            Doing::Free => Some(self.break_at),
            Doing::Rings { answer_at } => answer_at,
            Doing::Talks { ends_at, hold_at } => Some(hold_at.map_or(ends_at, |at| at.min(ends_at))),
            Doing::Holds { resume_at, .. } => Some(resume_at),
            Doing::Rests { ready_at } => Some(ready_at),
            Doing::Away { until } => Some(until),
        }
    }
}
