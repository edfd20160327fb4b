//! The end of a turn: what the calls have become decides what sounds and what is told.

use super::end_reason;
use super::lineup::Lineup;
use super::sound::{Ear, Wanted};
use super::state::State;
use crate::account::Attachment;
use crate::effect::Tone;
use crate::turn::Turn;

impl Lineup {
    /// End of a turn: sends re-offers that are due, changes what sounds, tells what is new and lets go of what is over.
    pub(crate) fn settle(&mut self, at: Option<&Attachment>, turn: &mut Turn) {
        if self.active().is_some_and(|call| call.state.is_done()) {
            self.active = None;
        }
        self.keep_together();
        for call in &mut self.calls {
            if let Some(at) = at {
                call.pursue_wishes(at, turn);
            }
            if let State::Over { reason } = call.state
                && call.supervision.is_none()
                && let Some(tone) = end_reason::tone(reason)
            {
                self.sound.play_once(Tone::Ended(tone));
            }
        }
        if let Some(at) = at {
            self.guests.iter_mut().for_each(|guest| guest.call.pursue_wishes(at, turn));
        }
        let (wanted, bridge) = (self.wanted_sound(), self.wanted_bridge());
        self.sound.stop_unwanted(wanted, turn);
        self.part(bridge, turn);
        for call in self.calls.iter_mut().chain(self.guests.iter_mut().map(|guest| &mut guest.call)) {
            call.close_media_when_done(turn);
        }
        self.sound.start_wanted(wanted, turn);
        self.bridge(bridge, turn);
        self.guests.retain(|guest| !matches!(guest.call.state, State::Over { .. }));
        self.tell(turn);
    }

    fn tell(&mut self, turn: &mut Turn) {
        let had_calls = !self.calls.is_empty();
        for index in 0..self.calls.len() {
            let id = self.calls[index].id;
            let is_joined = self.joined.is_some_and(|(first, second)| [first, second].contains(&id));
            self.calls[index].supervised_by = self.shown_guest(id);
            self.calls[index].conference = is_joined;
            let rules = self.rules;
            self.calls[index].follow_recording(rules.as_ref(), turn);
        }
        self.calls.retain_mut(|call| {
            if let State::Over { reason } = call.state {
                call.farewell(reason, turn);
                return false;
            }
            call.tell(turn);
            true
        });
        if had_calls && self.calls.is_empty() {
            // An agent who was muted in the last call expects to be heard in the next one.
            self.sound.mute(false, turn);
        }
    }

    /// What should sound: a pure function of the calls.
    fn wanted_sound(&self) -> Wanted {
        let active = self.active();
        let ear = active.and_then(|call| match call.state {
            State::Answering { .. } | State::AwaitingAck { .. } | State::Talking(_) => {
                let listens = call.supervision.as_ref().is_some_and(|about| !about.mode.speaks());
                Some(if listens { Ear::Listens(call.id) } else { Ear::Talks(call.id) })
            }
            State::EarlyMedia { .. } => Some(Ear::Listens(call.id)),
            _ => None,
        });
        let ringing = self
            .calls
            .iter()
            .find(|call| matches!(call.state, State::RingingHere { .. }) && !call.silenced)
            .map(|call| call.id);
        if !self.is_engaged() {
            return Wanted { ear, ringing, tone: None };
        }
        let ringback = active.is_some_and(|call| matches!(call.state, State::RingingThere));
        let tone = if ringback { Some(Tone::Ringback) } else { ringing.map(|_| Tone::CallWaiting) };
        Wanted { ear, ringing: None, tone }
    }
}
