//! The calls as the command line sees them: which one a command means, and what has happened to each.

use std::collections::BTreeMap;

use base::CallId;
use engine::{CallView, LineState};
use model::{Direction, EndReason};
use serde_json::{Value, json};

use crate::command::Verb;
use crate::{supervision, transfers};

/// Running calls, and those dialled of which nothing was heard yet.
#[derive(Default)]
pub struct Lines {
    views: BTreeMap<CallId, CallView>,
    dialled: Vec<CallId>,
    /// In the order in which they began.
    order: Vec<CallId>,
}

impl Lines {
    /// A call was dialled; its first view is on its way.
    pub fn dialled(&mut self, call: CallId) {
        self.dialled.push(call);
    }

    /// The dialled call was refused.
    pub fn refused(&mut self, call: CallId) {
        self.dialled.retain(|dialled| *dialled != call);
    }

    /// Takes a new view of a call; gives the events that it means.
    pub fn update(&mut self, view: CallView) -> Vec<Value> {
        self.refused(view.call);
        if !self.views.contains_key(&view.call) {
            self.order.push(view.call);
        }
        let before = self.views.insert(view.call, view.clone());
        changes(before.as_ref(), &view)
    }

    /// Takes the last view of a call.
    pub fn ended(&mut self, view: &CallView) -> Value {
        self.refused(view.call);
        self.views.remove(&view.call);
        self.order.retain(|call| *call != view.call);
        json!({
            "event": "ended",
            "call": view.call.0,
            "reason": view.ended.map_or("unknown", EndReason::code),
            "sip_code": view.sip_code,
            "answered": view.answered_at.is_some(),
            "transferred_to": view.transfer.as_ref().filter(|_| view.ended == Some(EndReason::Transferred)).map(|t| &t.to.number),
        })
    }

    /// Takes the views of all calls that there are; gives the events that they mean.
    pub fn replace(&mut self, views: Vec<CallView>) -> Vec<Value> {
        let gone: Vec<CallView> =
            self.views.values().filter(|view| views.iter().all(|now| now.call != view.call)).cloned().collect();
        let ended: Vec<Value> = gone.iter().map(|view| self.ended(view)).collect();
        ended.into_iter().chain(views.into_iter().flat_map(|view| self.update(view))).collect()
    }

    /// The call that a command without a number means.
    pub fn meant(&self, verb: Verb) -> Option<CallId> {
        use LineState::{Held, RingingHere, Talking};
        let first = |state| self.in_order().find(|view| view.line == state).map(|view| view.call);
        let last = |state| self.in_order().rev().find(|view| view.line == state).map(|view| view.call);
        match verb {
            Verb::Answer | Verb::Decline => first(RingingHere),
            Verb::Hold => first(Talking),
            Verb::Resume => last(Held),
            Verb::Stats => first(Talking).or_else(|| self.in_order().next_back().map(|view| view.call)),
            Verb::HangUp => first(Talking)
                .or_else(|| self.dialled.last().copied())
                .or_else(|| {
                    self.in_order().rev().find(|view| view.direction == Direction::Outgoing).map(|view| view.call)
                })
                .or_else(|| last(Held))
                .or_else(|| self.in_order().next_back().map(|view| view.call)),
        }
    }

    /// The call that digits go into.
    pub fn talking(&self) -> Option<CallId> {
        self.in_order()
            .find(|view| matches!(view.line, LineState::Talking | LineState::EarlyMedia))
            .map(|view| view.call)
    }

    /// The call that a transfer means: the one that talks, or the last that waits.
    pub fn transferable(&self) -> Option<CallId> {
        self.talking().or_else(|| self.waiting_beside(None))
    }

    /// The call that waits while the agent asks in `to`.
    pub fn asked_about(&self, to: CallId) -> Option<CallId> {
        self.views.get(&to).and_then(|view| view.asks_for).or_else(|| self.waiting_beside(Some(to)))
    }

    fn waiting_beside(&self, other: Option<CallId>) -> Option<CallId> {
        let mut held = self.in_order().filter(|view| view.line == LineState::Held && Some(view.call) != other);
        held.next_back().map(|view| view.call)
    }

    fn in_order(&self) -> impl DoubleEndedIterator<Item = &CallView> {
        self.order
            .iter()
            .filter_map(|call| self.views.get(call))
            .filter(|view| !matches!(view.line, LineState::Ending | LineState::Ended))
    }
}

fn changes(before: Option<&CallView>, now: &CallView) -> Vec<Value> {
    let call = now.call.0;
    let was = |state| before.is_some_and(|view| view.line == state);
    let mut events = Vec::new();
    if now.line == LineState::RingingHere && before.is_none() {
        events
            .push(json!({"event": "incoming", "call": call, "from": now.party.number, "name": now.party.display_name, "queue": now.queue}));
    }
    if before.is_none()
        && let Some(by) = &now.transferred_by
    {
        events.push(json!({"event": "transferred_by", "call": call, "by": by.number, "with": now.party.number}));
    }
    if before.is_none() && now.direction == Direction::Outgoing {
        events.push(json!({"event": "dialling", "call": call, "to": now.party.number}));
    }
    if let Some(place) = now.queue_place
        && before.is_none_or(|view| view.queue_place != now.queue_place)
    {
        events.push(json!({"event": "queued", "call": call, "position": place.position, "wait_s": place.wait_s}));
    }
    if now.line == LineState::RingingThere && !was(LineState::RingingThere) {
        events.push(json!({"event": "ringing", "call": call}));
    }
    if now.line == LineState::EarlyMedia && !was(LineState::EarlyMedia) {
        events.push(json!({"event": "ringing", "call": call, "early_media": true}));
    }
    if now.answered_at.is_some() && before.is_none_or(|view| view.answered_at.is_none()) {
        events.push(json!({"event": "answered", "call": call}));
    }
    if now.line == LineState::Held && !was(LineState::Held) {
        events.push(json!({"event": "held", "call": call}));
    }
    if now.line == LineState::Talking && was(LineState::Held) {
        events.push(json!({"event": "resumed", "call": call}));
    }
    events.extend(transfers::changes(before, now));
    events.extend(supervision::changes(before, now));
    let was_held_there = before.is_some_and(|view| view.held_by_far_end);
    if now.held_by_far_end != was_held_there {
        let event = if now.held_by_far_end { "held_by_peer" } else { "resumed_by_peer" };
        events.push(json!({"event": event, "call": call}));
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Now, WallMs};
    use engine::MediaState;
    use model::Party;

    fn view(call: u64, line: LineState) -> CallView {
        CallView {
            call: CallId(call),
            direction: if call < 100 { Direction::Outgoing } else { Direction::Incoming },
            party: Party { number: "102".into(), display_name: String::new() },
            line,
            media: MediaState::None,
            pending: false,
            started_at: WallMs(0),
            answered_at: matches!(line, LineState::Talking | LineState::Held).then_some(Now::ZERO),
            held_at: None,
            held_by_far_end: false,
            silenced: false,
            ended: None,
            sip_code: None,
            transfer: None,
            transferred_by: None,
            asks_for: None,
            queue: None,
            queue_place: None,
            supervision: None,
            supervised_by: None,
            conference: false,
            recording: engine::RecordingView::default(),
        }
    }

    fn names(events: &[Value]) -> Vec<&str> {
        events.iter().map(|event| event["event"].as_str().unwrap()).collect()
    }

    #[test]
    fn each_step_of_a_call_is_told_once() {
        let mut lines = Lines::default();
        assert_eq!(names(&lines.update(view(1, LineState::Preparing))), ["dialling"]);
        assert_eq!(names(&lines.update(view(1, LineState::Calling))), [] as [&str; 0]);
        assert_eq!(names(&lines.update(view(1, LineState::RingingThere))), ["ringing"]);
        assert_eq!(names(&lines.update(view(1, LineState::RingingThere))), [] as [&str; 0]);
        assert_eq!(names(&lines.update(view(1, LineState::Talking))), ["answered"]);
        assert_eq!(names(&lines.update(view(1, LineState::Held))), ["held"]);
        assert_eq!(names(&lines.update(view(1, LineState::Talking))), ["resumed"]);
        assert_eq!(
            names(&lines.update(CallView { held_by_far_end: true, ..view(1, LineState::Talking) })),
            ["held_by_peer"]
        );
        assert_eq!(names(&lines.update(view(101, LineState::RingingHere))), ["incoming"]);
    }

    #[test]
    fn a_command_means_the_call_that_fits() {
        let mut lines = Lines::default();
        assert_eq!(lines.meant(Verb::HangUp), None);
        lines.dialled(CallId(1));
        assert_eq!(lines.meant(Verb::HangUp), Some(CallId(1)), "before anything was heard of it");
        lines.update(view(1, LineState::Talking));
        lines.update(view(101, LineState::RingingHere));
        assert_eq!(lines.meant(Verb::Answer), Some(CallId(101)));
        assert_eq!(lines.meant(Verb::HangUp), Some(CallId(1)), "the one that talks");
        lines.update(view(1, LineState::Held));
        lines.update(view(101, LineState::Talking));
        assert_eq!(lines.meant(Verb::Resume), Some(CallId(1)));
        assert_eq!(lines.meant(Verb::HangUp), Some(CallId(101)));
        assert_eq!(lines.talking(), Some(CallId(101)));
        lines.ended(&view(101, LineState::Ended));
        assert_eq!(lines.meant(Verb::HangUp), Some(CallId(1)));
    }
}
