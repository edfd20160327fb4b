//! An event and who may see it, and what of it is written to each of them.
//!
//! Rights are judged for everybody who has a stream; JSON is made once for all who are told the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use axum::extract::ws::Utf8Bytes;
use model::Standing;
use team_api::{Event, EventBody, Parked, PersonStatus};

use crate::directory_news::Entry;
use crate::presence::Presence;
use crate::seam::ParkedHere;
use crate::sight::Look;

/// An event and who may see it.
pub(crate) struct Addressed {
    pub audience: Audience,
    pub event: Event,
    /// As it is.
    whole: OnceLock<Utf8Bytes>,
    /// As it is left for those who see somebody in the same way; `None`: nothing. There are few ways.
    cuts: Mutex<BTreeMap<Look, Option<Utf8Bytes>>>,
}

/// Who may see an event.
pub(crate) enum Audience {
    /// The people of a call, or one alone.
    Only([Option<String>; 2]),
    /// These.
    Among(BTreeSet<String>),
    /// The whole team.
    Everybody,
    /// Each as much as they may see of the person at the moment at which it is written to them, if that is new to them.
    WhoSees(Option<Box<Before>>),
    /// Those who administer them, each their own, by the rights of the moment at which it is written.
    WhoAdministers(Vec<Entry>),
    /// Those who may take parked calls, each what they may see of these, if it is otherwise than before.
    WhoTakes(Vec<ParkedHere>, Vec<ParkedHere>),
}

/// How somebody was before something changed, and how they stood.
#[derive(Clone)]
pub(crate) struct Before {
    pub person: PersonStatus,
    pub stood: Option<Standing>,
}

impl Addressed {
    pub(crate) fn new(audience: Audience, event: Event) -> Self {
        Addressed { audience, event, whole: OnceLock::new(), cuts: Mutex::default() }
    }

    /// What of it is written to this person, as JSON; `None`: nothing.
    pub(crate) fn told_to(&self, extension: &str, presence: &Presence) -> Option<Utf8Bytes> {
        let is_for = match (&self.audience, &self.event.body) {
            (Audience::Only(people), _) => people.iter().flatten().any(|e| e == extension),
            (Audience::Among(people), _) => people.contains(extension),
            (Audience::Everybody, _) => true,
            (Audience::WhoSees(before), EventBody::PresenceChanged(now)) => {
                let look = presence.look(extension, before.as_deref(), now);
                let mut cuts = self.cuts.lock().unwrap_or_else(PoisonError::into_inner);
                return cuts.entry(look).or_insert_with(|| self.cut(look, before.as_deref(), now)).clone();
            }
            (Audience::WhoAdministers(entries), _) => {
                let data = presence.directory_for(extension, entries)?;
                return Some(self.with(EventBody::DirectoryChanged(data)));
            }
            (Audience::WhoTakes(before, now), _) => {
                let [before, calls] = [before, now].map(|parked| presence.parked_for(extension, parked));
                return (before != calls).then(|| self.with(EventBody::ParkedChanged(Parked { calls })));
            }
            // Nothing else is about a person's presence.
            (Audience::WhoSees(_), _) => false,
        };
        is_for.then(|| self.whole.get_or_init(|| json(&self.event)).clone())
    }

    fn cut(&self, look: Look, before: Option<&Before>, now: &PersonStatus) -> Option<Utf8Bytes> {
        let seen = look.news(before.map(|before| &before.person), now)?;
        Some(self.with(EventBody::PresenceChanged(seen)))
    }

    fn with(&self, body: EventBody) -> Utf8Bytes {
        json(&Event { seq: self.event.seq, at_ms: self.event.at_ms, body })
    }
}

/// As it is written to streams.
pub(crate) fn json(event: &Event) -> Utf8Bytes {
    serde_json::to_string(event).expect("an event is made of strings and numbers").into()
}
