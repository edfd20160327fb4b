//! The calls of one person. How much of them somebody else sees is decided elsewhere (`sight`).

use std::collections::BTreeMap;

use team_api::{CallWith, PersonCall};

use crate::seam::VoiceEvent;

/// Calls of one person that are remembered; a person with more is on a call all the same.
const MOST_CALLS: usize = 32;

/// Their calls, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines(BTreeMap<String, PersonCall>);

impl Lines {
    /// What an event means for somebody who is in it; `other` is the name of the other side, if it is one of the team.
    pub(crate) fn hear(&mut self, extension: &str, event: &VoiceEvent, other: &str, now: i64) {
        // Of a call that a queue offers the other side is told when it is answered.
        let with = sides(event).filter(|[_, to]| !to.is_empty()).map(|[from, to]| CallWith {
            incoming: from != extension,
            number: if from == extension { to } else { from }.to_owned(),
            name: other.to_owned(),
        });
        let ringing = |ringing| PersonCall { ringing, since_ms: Some(now), with: with.clone() };
        match event {
            // Who calls is busy with it from the first moment.
            VoiceEvent::CallStarted { call, from, .. } if from == extension => self.put(call, ringing(false)),
            VoiceEvent::CallRinging { call, to, .. } if to == extension => self.put(call, ringing(true)),
            VoiceEvent::CallAnswered { call, .. } => self.put(call, ringing(false)),
            VoiceEvent::OfferRinging { offer, .. } => self.put(offer, ringing(true)),
            VoiceEvent::CallEnded { call, .. }
            | VoiceEvent::CallBlocked { call, .. }
            | VoiceEvent::CallMoved { call, .. }
            | VoiceEvent::OfferOver { offer: call, .. } => {
                self.0.remove(call);
            }
            VoiceEvent::Supervised { .. }
            | VoiceEvent::SuperviseOver { .. }
            | VoiceEvent::SuperviseRefused { .. }
            | VoiceEvent::CallStarted { .. }
            | VoiceEvent::CallRinging { .. }
            | VoiceEvent::RegistrationChanged { .. } => {}
        }
    }

    /// The last phone is gone, and what it was doing with it.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The one to show: one that is spoken on before one that rings, the older before the newer.
    pub(crate) fn shown(&self) -> Option<PersonCall> {
        self.0.values().min_by_key(|call| (call.ringing, call.since_ms)).cloned()
    }

    /// Ids of all of them. What a queue offers is a call of its caller.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, call)| call.with.is_some()).map(|(id, _)| id.as_str())
    }

    fn put(&mut self, call: &str, now: PersonCall) {
        let is_full = self.0.len() >= MOST_CALLS;
        match self.0.get_mut(call) {
            // It rings at a second phone of theirs.
            Some(known) if known.ringing == now.ringing => {}
            Some(known) => *known = now,
            None if is_full => {}
            None => {
                self.0.insert(call.to_owned(), now);
            }
        }
    }
}

/// Both sides of an event about a call.
pub(crate) fn sides(event: &VoiceEvent) -> Option<[&str; 2]> {
    match event {
        VoiceEvent::OfferRinging { agent, .. } | VoiceEvent::OfferOver { agent, .. } => Some([agent, ""]),
        VoiceEvent::CallMoved { was, .. } => Some([was, ""]),
        VoiceEvent::RegistrationChanged { .. }
        | VoiceEvent::Supervised { .. }
        | VoiceEvent::SuperviseOver { .. }
        | VoiceEvent::SuperviseRefused { .. } => None,
        VoiceEvent::CallStarted { from, to, .. }
        | VoiceEvent::CallRinging { from, to, .. }
        | VoiceEvent::CallAnswered { from, to, .. }
        | VoiceEvent::CallEnded { from, to, .. }
        | VoiceEvent::CallBlocked { from, to, .. } => Some([from, to]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(call: &str) -> VoiceEvent {
        VoiceEvent::CallStarted { call: call.into(), from: "101".into(), to: "102".into() }
    }
    fn ringing(call: &str) -> VoiceEvent {
        VoiceEvent::CallRinging { call: call.into(), from: "101".into(), to: "102".into() }
    }
    fn answered(call: &str) -> VoiceEvent {
        VoiceEvent::CallAnswered { call: call.into(), from: "101".into(), to: "102".into() }
    }
    fn ended(call: &str) -> VoiceEvent {
        VoiceEvent::CallEnded { call: call.into(), from: "101".into(), to: "102".into(), code: 200 }
    }

    #[test]
    fn the_caller_is_on_a_call_at_once_and_the_called_one_when_it_is_answered() {
        let (mut noor, mut rana) = (Lines::default(), Lines::default());
        let mut after = Vec::new();
        for (now, event) in [started("a"), ringing("a"), ringing("a"), answered("a"), ended("a")].iter().enumerate() {
            noor.hear("101", event, "", now as i64);
            rana.hear("102", event, "", now as i64);
            after.push((
                noor.shown().map(|c| (c.ringing, c.since_ms.unwrap())),
                rana.shown().map(|c| (c.ringing, c.since_ms.unwrap())),
            ));
        }
        let (rings, talks) = (|at| Some((true, at)), |at| Some((false, at)));
        assert_eq!(
            after,
            [(talks(0), None), (talks(0), rings(1)), (talks(0), rings(1)), (talks(0), talks(3)), (None, None)]
        );
    }

    #[test]
    fn each_side_knows_who_called_whom_rg_02() {
        let (mut noor, mut rana) = (Lines::default(), Lines::default());
        noor.hear("101", &started("a"), "Rana", 1);
        rana.hear("102", &ringing("a"), "Noor", 1);
        let with =
            |incoming, number: &str, name: &str| Some(CallWith { incoming, number: number.into(), name: name.into() });
        assert_eq!(noor.shown().unwrap().with, with(false, "102", "Rana"));
        assert_eq!(rana.shown().unwrap().with, with(true, "101", "Noor"));
    }

    #[test]
    fn a_second_call_that_rings_does_not_hide_the_first() {
        let mut rana = Lines::default();
        for (now, event) in [ringing("a"), answered("a"), ringing("b"), ended("a")].iter().enumerate() {
            rana.hear("102", event, "", now as i64);
            if now == 2 {
                assert_eq!(rana.shown().map(|c| (c.ringing, c.since_ms)), Some((false, Some(1))));
            }
        }
        assert_eq!(rana.shown().map(|c| (c.ringing, c.since_ms)), Some((true, Some(2))));
        rana.clear();
        assert_eq!(rana.shown(), None);
    }

    #[test]
    fn calls_without_end_do_not_grow_without_bound() {
        let mut noor = Lines::default();
        for at in 0..1000 {
            noor.hear("101", &started(&at.to_string()), "", at);
        }
        assert_eq!(noor.0.len(), MOST_CALLS);
    }
}
