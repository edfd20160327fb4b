//! One derived word and mark for the person at this phone, as the window derives it (`ui/src/app/presence.ts`).

use ipc::{StatusKind, StatusNames};

use crate::facts::Facts;
use crate::words::Words;

/// The derived state of the phone, one shape and colour each (design 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Ready for every call.
    Available,
    /// Away from the queues.
    Break,
    /// Nobody gets through.
    DoNotDisturb,
    /// In a meeting.
    Meeting,
    /// Own words.
    Other,
    /// No call can come.
    Offline,
    /// It rings here.
    Ringing,
    /// A call runs.
    OnCall,
}

/// What hides the status comes first: a call, no registration, ringing.
pub fn presence(facts: &Facts, words: Words) -> (Mark, String) {
    if facts.in_front().is_some() {
        return (Mark::OnCall, words.say("presence-on-call"));
    }
    if !facts.signed_in || !facts.registered {
        return (Mark::Offline, words.say("presence-offline"));
    }
    if facts.ringing().next().is_some() {
        return (Mark::Ringing, words.say("presence-ringing"));
    }
    match &facts.status {
        None => (Mark::Available, words.say("presence-available")),
        Some(own) if own.marked_offline => (Mark::Offline, words.say("presence-offline")),
        Some(own) if own.kind == StatusKind::Other && !own.text.is_empty() => (Mark::Other, own.text.clone()),
        Some(own) => (mark_of(own.kind), status_word(own.kind, own.names.as_ref(), words)),
    }
}

fn mark_of(kind: StatusKind) -> Mark {
    match kind {
        StatusKind::Available => Mark::Available,
        StatusKind::Break => Mark::Break,
        StatusKind::DoNotDisturb => Mark::DoNotDisturb,
        StatusKind::Meeting => Mark::Meeting,
        StatusKind::Other => Mark::Other,
        StatusKind::Offline => Mark::Offline,
    }
}

/// What a status is called: as whoever made it named it, or by its kind.
pub fn status_word(kind: StatusKind, names: Option<&StatusNames>, words: Words) -> String {
    if let Some(names) = names {
        return words.either(&names.en, &names.ar).to_owned();
    }
    match kind {
        StatusKind::Available => words.say("presence-available"),
        StatusKind::Break => words.say("presence-break"),
        StatusKind::DoNotDisturb => words.say("presence-do-not-disturb"),
        StatusKind::Meeting => words.say("presence-meeting"),
        StatusKind::Other => words.say("status-other"),
        StatusKind::Offline => words.say("presence-offline"),
    }
}
