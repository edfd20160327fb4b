//! Two calls that the agent has joined: each of the three hears the others. One of them leaves, and the other goes on.

use base::CallId;

use super::lineup::{Done, Lineup};
use super::state::State;
use crate::notice::CommandError;

impl Lineup {
    /// Joins the call that is spoken on with the one that is held.
    pub(crate) fn confer(&mut self) -> Done {
        let is_free = self.joined.is_none() && self.guests.iter().all(|guest| guest.call.state.is_done());
        let first = self.active.filter(|first| is_free && self.stays(*first)).ok_or(CommandError::NotNow)?;
        let held = self.calls.iter_mut().find(|call| {
            let is_bound = call.links.is_transferring() || call.links.leave_at.is_some() || call.supervision.is_some();
            call.id != first && matches!(call.state, State::Talking(_)) && !is_bound
        });
        let second = held.ok_or(CommandError::NotNow)?;
        second.come_back();
        self.joined = Some((first, second.id));
        Ok(())
    }

    /// Ends what cannot go on, and leaves the agent with whoever is left.
    pub(super) fn keep_together(&mut self) {
        let Some((first, second)) = self.joined else { return };
        let has_agent = self.active.is_some_and(|active| [first, second].contains(&active));
        if has_agent && self.stays(first) && self.stays(second) {
            return;
        }
        self.joined = None;
        if self.active.is_none_or(|active| [first, second].contains(&active) && !self.stays(active)) {
            self.active = [first, second].into_iter().find(|id| self.stays(*id));
        }
    }

    /// The one of two joined calls that is mixed into the one with the agent.
    pub(super) fn joined_with(&self) -> Option<(CallId, CallId)> {
        let (first, second) = self.joined?;
        Some(if self.active == Some(second) { (first, second) } else { (second, first) })
    }

    /// Is it spoken on, and shall be?
    fn stays(&self, id: CallId) -> bool {
        self.calls.iter().find(|call| call.id == id).is_some_and(|call| {
            let is_bound = call.links.is_transferring() || call.supervision.is_some();
            matches!(call.state, State::Talking(_)) && !call.wants_hold && !is_bound
        })
    }
}
