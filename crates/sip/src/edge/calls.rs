//! Calls as the rest of the server hears of them. Only told, never asked: routing does not depend on this table.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use base::{Now, SuperviseMode};

use super::output::{CallKey, EdgeEvent};

/// Calls known at once; beyond that the oldest is given up.
const KNOWN: usize = 4096;
/// Ended ones of which something late may still come.
const REMEMBERED: usize = 1024;
/// A call whose both ends are away for so long has ended without saying so.
const ALONE: Duration = Duration::from_secs(180);

/// Call-ID and the caller's tag.
type DialogName = (String, String);

/// Running calls.
#[derive(Default)]
pub(super) struct Calls {
    by_name: HashMap<DialogName, Call>,
    over: Over,
    next: u64,
}

/// Dialogs whose BYE went through, the latest [`REMEMBERED`] under each of their names: an answer that comes after it tells of no call.
#[derive(Default)]
struct Over {
    names: HashSet<DialogName>,
    in_order: VecDeque<DialogName>,
}

impl Over {
    fn keep(&mut self, name: DialogName) {
        if self.names.insert(name.clone()) {
            self.in_order.push_back(name);
        }
        if self.in_order.len() > REMEMBERED
            && let Some(oldest) = self.in_order.pop_front()
        {
            self.names.remove(&oldest);
        }
    }
}

struct Call {
    key: CallKey,
    from: String,
    to: String,
    alone_since: Option<Now>,
    answered: bool,
    /// It supervises a call of who is called: no call as others see it.
    supervises: Option<SuperviseMode>,
}

impl Calls {
    /// A dialog lives of which nothing is known: it was begun in an earlier life of this server, and its phones have found it again. Who called
    /// whom is not to be seen any more; `from` is the one who spoke first. Either tag may be the caller's.
    pub(super) fn found(&mut self, call_id: &str, tags: [&str; 2], from: &str, to: &str, out: &mut Vec<EdgeEvent>) {
        let names = tags.map(|tag| (call_id.to_owned(), tag.to_owned()));
        if names.iter().any(|name| self.by_name.contains_key(name) || self.over.names.contains(name)) {
            return;
        }
        let key = self.start(call_id, tags[0], from, to, out);
        self.answered(key, out);
    }

    /// A new call. The same INVITE again (a fresh attempt in the same dialog-to-be) is a new call.
    pub(super) fn start(
        &mut self,
        call_id: &str,
        caller_tag: &str,
        from: &str,
        to: &str,
        out: &mut Vec<EdgeEvent>,
    ) -> CallKey {
        let key = self.put((call_id, caller_tag), (from, to), None, out);
        out.push(EdgeEvent::CallStarted { key, from: from.to_owned(), to: to.to_owned() });
        key
    }

    /// A supervisor joins a call of `of`. Told once it is answered.
    pub(super) fn supervise(
        &mut self,
        name: (&str, &str),
        (by, of): (&str, &str),
        mode: SuperviseMode,
        out: &mut Vec<EdgeEvent>,
    ) -> CallKey {
        self.put(name, (by, of), Some(mode), out)
    }

    /// A supervisor takes part differently.
    pub(super) fn supervise_differently(
        &mut self,
        call_id: &str,
        tags: [Option<String>; 2],
        mode: SuperviseMode,
        out: &mut Vec<EdgeEvent>,
    ) {
        for tag in tags.into_iter().flatten() {
            let Some(call) = self.by_name.get_mut(&(call_id.to_owned(), tag)).filter(|call| call.answered) else {
                continue;
            };
            if let Some(before) = &mut call.supervises {
                *before = mode;
                let (by, of) = (call.from.clone(), call.to.clone());
                out.push(EdgeEvent::Supervised { key: call.key, by, of, mode });
            }
        }
    }

    /// Call-ID of the call on which `user` talks, and with whom: the newest, if there are several.
    pub(super) fn talk_of(&self, user: &str) -> Option<(&str, &str)> {
        let theirs = |call: &Call| call.answered && call.supervises.is_none() && (call.from == user || call.to == user);
        let newest = self.by_name.iter().filter(|(_, call)| theirs(call)).max_by_key(|(_, call)| call.key);
        newest.map(|((call_id, _), call)| {
            let other = if call.from == user { &call.to } else { &call.from };
            (call_id.as_str(), other.as_str())
        })
    }

    /// Is there an answered call with this Call-ID and `user` at one end?
    pub(super) fn is_talk_of(&self, call_id: &str, user: &str) -> bool {
        self.by_name.iter().any(|((id, _), call)| {
            id == call_id && call.answered && call.supervises.is_none() && (call.from == user || call.to == user)
        })
    }

    fn put(
        &mut self,
        (call_id, caller_tag): (&str, &str),
        (from, to): (&str, &str),
        supervises: Option<SuperviseMode>,
        out: &mut Vec<EdgeEvent>,
    ) -> CallKey {
        self.next += 1;
        let key = CallKey(self.next);
        let name = (call_id.to_owned(), caller_tag.to_owned());
        self.finish(&name, 487, out);
        if self.by_name.len() >= KNOWN
            && let Some(oldest) = self.by_name.iter().min_by_key(|(_, c)| c.key).map(|(n, _)| n.clone())
        {
            self.finish(&oldest, 408, out);
        }
        let (from, to) = (from.to_owned(), to.to_owned());
        let call = Call { key, from, to, alone_since: None, answered: false, supervises };
        self.by_name.insert(name, call);
        key
    }

    /// A call that nobody was told of: the callee wants none.
    pub(super) fn turned_away(&mut self, from: &str, to: &str, code: u16, out: &mut Vec<EdgeEvent>) {
        self.next += 1;
        out.push(EdgeEvent::CallTurnedAway { key: CallKey(self.next), from: from.to_owned(), to: to.to_owned(), code });
    }

    pub(super) fn ringing(&mut self, key: CallKey, out: &mut Vec<EdgeEvent>) {
        if let Some(call) = self.by_name.values().find(|c| c.key == key && c.supervises.is_none()) {
            out.push(EdgeEvent::CallRinging { key, from: call.from.clone(), to: call.to.clone() });
        }
    }

    pub(super) fn answered(&mut self, key: CallKey, out: &mut Vec<EdgeEvent>) {
        if let Some(call) = self.by_name.values_mut().find(|c| c.key == key) {
            call.answered = true;
            let (from, to) = (call.from.clone(), call.to.clone());
            out.push(match call.supervises {
                None => EdgeEvent::CallAnswered { key, from, to },
                Some(mode) => EdgeEvent::Supervised { key, by: from, of: to, mode },
            });
        }
    }

    /// Somebody else than was dialled has the call.
    pub(super) fn reaches(&mut self, key: CallKey, user: &str) {
        if let Some(call) = self.by_name.values_mut().find(|c| c.key == key) {
            user.clone_into(&mut call.to);
        }
    }

    /// It rings, or is answered, elsewhere than where it was dialled to.
    pub(super) fn moves(&mut self, key: CallKey, to: &str, out: &mut Vec<EdgeEvent>) {
        if let Some(call) = self.by_name.values_mut().find(|c| c.key == key).filter(|c| c.to != to) {
            let was = std::mem::replace(&mut call.to, to.to_owned());
            out.push(EdgeEvent::CallMoved { key, was, to: to.to_owned() });
        }
    }

    /// The INVITE failed.
    pub(super) fn failed(&mut self, key: CallKey, code: u16, out: &mut Vec<EdgeEvent>) {
        if let Some(name) = self.by_name.iter().find(|(_, c)| c.key == key).map(|(n, _)| n.clone()) {
            self.finish(&name, code, out);
        }
    }

    /// Is there an answered call of this name with `user` at one end? Either tag may be the caller's.
    pub(super) fn is_running(&self, call_id: &str, tags: [&str; 2], user: &str) -> bool {
        tags.iter().any(|tag| {
            let call = self.by_name.get(&(call_id.to_owned(), (*tag).to_owned()));
            call.is_some_and(|call| {
                call.answered && call.supervises.is_none() && (call.from == user || call.to == user)
            })
        })
    }

    /// A BYE went through: either tag may be the caller's.
    pub(super) fn bye(&mut self, call_id: &str, tags: [Option<String>; 2], out: &mut Vec<EdgeEvent>) {
        for tag in tags.into_iter().flatten() {
            let name = (call_id.to_owned(), tag);
            self.finish(&name, 200, out);
            self.over.keep(name);
        }
    }

    /// Ends answered calls of which nobody has been reachable for long.
    pub(super) fn sweep(&mut self, now: Now, is_here: impl Fn(&str) -> bool, out: &mut Vec<EdgeEvent>) {
        let mut over = Vec::new();
        for (name, call) in self.by_name.iter_mut().filter(|(_, c)| c.answered) {
            if is_here(&call.from) || is_here(&call.to) {
                call.alone_since = None;
            } else if now - *call.alone_since.get_or_insert(now) >= ALONE {
                over.push(name.clone());
            }
        }
        over.iter().for_each(|name| self.finish(name, 408, out));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    fn finish(&mut self, name: &DialogName, code: u16, out: &mut Vec<EdgeEvent>) {
        match self.by_name.remove(name) {
            Some(Call { key, from, to, supervises: None, .. }) => {
                out.push(EdgeEvent::CallEnded { key, from, to, code });
            }
            Some(Call { key, from, to, answered: true, .. }) => {
                out.push(EdgeEvent::SuperviseOver { key, by: from, of: to });
            }
            Some(Call { answered: false, .. }) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn call_that_both_ends_left_is_over() {
        let (mut calls, mut out) = (Calls::default(), Vec::new());
        let key = calls.start("c", "t", "101", "102", &mut out);
        calls.answered(key, &mut out);
        out.clear();
        calls.sweep(Now::ZERO, |_| false, &mut out);
        calls.sweep(Now::from_millis(100_000), |u| u == "102", &mut out);
        calls.sweep(Now::from_millis(200_000), |_| false, &mut out);
        calls.sweep(Now::from_millis(379_000), |_| false, &mut out);
        assert!(out.is_empty());
        calls.sweep(Now::from_millis(380_000), |_| false, &mut out);
        assert_eq!(out, [EdgeEvent::CallEnded { key, from: "101".into(), to: "102".into(), code: 408 }]);
    }

    #[test]
    fn dialog_of_an_earlier_life_is_a_call_until_its_bye_and_not_after() {
        let (mut calls, mut out) = (Calls::default(), Vec::new());
        calls.found("c", ["a", "b"], "101", "102", &mut out);
        let told = out.len();
        calls.found("c", ["b", "a"], "102", "101", &mut out);
        assert_eq!((told, out.len()), (2, 2), "started and answered, once");
        calls.bye("c", [Some("b".into()), Some("a".into())], &mut out);
        assert!(matches!(out.last(), Some(EdgeEvent::CallEnded { code: 200, .. })));
        calls.found("c", ["a", "b"], "101", "102", &mut out);
        assert_eq!(out.len(), 3, "the answer that was on its way when it ended");
        for n in 0..REMEMBERED {
            calls.bye("other", [Some(n.to_string()), None], &mut out);
        }
        assert_eq!((calls.over.names.len(), calls.over.in_order.len()), (REMEMBERED, REMEMBERED));
    }

    #[test]
    fn table_is_bounded() {
        let (mut calls, mut out) = (Calls::default(), Vec::new());
        for n in 0..KNOWN + 10 {
            calls.start(&n.to_string(), "t", "101", "102", &mut out);
        }
        assert_eq!(calls.by_name.len(), KNOWN);
    }
}
