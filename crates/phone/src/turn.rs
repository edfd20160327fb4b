//! One call of `Phone::handle` while it runs.

use std::collections::VecDeque;

use base::{Now, WallMs};

use crate::effect::Effect;
use crate::notice::Notice;

/// What one input leads to: first carry out the effects, in order, then tell the notices, in order.
#[derive(Debug, Default)]
#[must_use]
pub struct Outputs {
    /// Things to do.
    pub effects: Vec<Effect>,
    /// Things to tell.
    pub notices: Vec<Notice>,
}

/// The time of this input and what it has led to so far.
pub(crate) struct Turn {
    pub(crate) now: Now,
    pub(crate) wall: WallMs,
    pub(crate) out: Outputs,
    /// What the user agent has asked for and nobody has looked at yet. A queue, so that its order survives when an
    /// event leads to the next call of the user agent.
    pub(crate) from_sip: VecDeque<sip::ua::Output>,
}

impl Turn {
    pub(crate) fn new(now: Now, wall: WallMs) -> Self {
        Turn { now, wall, out: Outputs::default(), from_sip: VecDeque::new() }
    }

    pub(crate) fn effect(&mut self, effect: Effect) {
        self.out.effects.push(effect);
    }

    pub(crate) fn notice(&mut self, notice: Notice) {
        self.out.notices.push(notice);
    }
}
