//! The event hub: numbers events, remembers the last ones, hands them to the streams of those who may see them.
//!
//! Numbers begin with the wall time of the start in milliseconds, so they also rise across restarts (as long as fewer than one event per
//! millisecond happens on average), and a `since` from before a restart is recognised as a gap.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use team_api::{
    AgentData, CallData, CallEndData, ContactsData, DirectoryData, Event, EventBody, MyStatus, Parked, PersonStatus,
    ProfileData, RegistrationData, StatusForcedData, SupervisionEndData, TransferAskedData, VoicemailData,
};
use tokio::sync::broadcast;

use crate::addressed::{Addressed, Audience, Before};
use crate::auth::token::TokenHash;
use crate::directory_news::{DirectoryNews, Entry};
use crate::event_log::{EventLog, LogEntry};
use crate::panel_news::{PanelItem, PanelNews};
use crate::person::OFFLINE;
use crate::random::wall_ms;
use crate::seam::{ParkedHere, VoiceEvent};

/// Events that are remembered for reconnecting clients.
const REMEMBERED: usize = 1024;
/// Events a stream may be behind before it is closed. A server that begins tells each of thousands of agents how they stand at once.
const BEHIND: usize = 4096;

/// Something that streams have to know.
#[derive(Clone)]
pub(crate) enum Item {
    /// An event for the streams of its audience.
    Event(Arc<Addressed>),
    /// The live panel, for the streams that asked.
    Panel(Arc<PanelItem>),
    /// The stream of this session ends.
    Revoked(TokenHash),
}

/// What a new stream begins with.
pub(crate) struct Subscription {
    /// The number of the latest event.
    pub seq: u64,
    /// What was missed since the number that was given; `None`: not known any more.
    pub missed: Option<Vec<Arc<Addressed>>>,
    /// What comes from now on.
    pub items: broadcast::Receiver<Item>,
}

/// The hub.
pub(crate) struct Hub {
    past: Mutex<Past>,
    streams: broadcast::Sender<Item>,
    /// Whose row of the directory is otherwise.
    pub(crate) directory: DirectoryNews,
    /// Who looks at the live panel.
    pub(crate) panel: PanelNews,
    /// What is written down.
    pub(crate) log: EventLog,
}

struct Past {
    /// No event up to this number is in `events`, but all after it are.
    forgotten: u64,
    seq: u64,
    events: VecDeque<Arc<Addressed>>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        let seq = u64::try_from(wall_ms()).unwrap_or_default();
        Hub {
            past: Mutex::new(Past { forgotten: seq, seq, events: VecDeque::new() }),
            streams: broadcast::channel(BEHIND).0,
            directory: DirectoryNews::default(),
            panel: PanelNews::default(),
            log: EventLog::default(),
        }
    }

    pub(crate) fn voice(&self, event: VoiceEvent) {
        if let Some((people, body)) = address(event) {
            self.tell(Audience::Only(people), body);
        }
    }

    /// What can be seen of somebody, and before; `None`: they are new.
    pub(crate) fn presence(&self, before: Option<Before>, person: PersonStatus) {
        self.directory.touch(&person.extension);
        self.panel.touch();
        let seen_before = before.as_ref().map_or(OFFLINE, |before| before.person.status.as_str());
        if seen_before != person.status {
            let (user_id, status_id) = (person.id.clone(), person.status.clone());
            self.log.put(LogEntry::Status { user_id, status_id, since_ms: wall_ms() });
        }
        self.tell(Audience::WhoSees(before.map(Box::new)), EventBody::PresenceChanged(person));
    }

    /// These may see or do something else than before.
    pub(crate) fn rights(&self, people: BTreeSet<String>) {
        people.iter().for_each(|extension| self.directory.touch(extension));
        self.panel.touch();
        self.tell(Audience::Among(people), EventBody::RightsChanged);
    }

    /// Somebody is gone: everybody asks again whom they see.
    pub(crate) fn everybody_asks_again(&self) {
        self.panel.touch();
        self.tell(Audience::Everybody, EventBody::RightsChanged);
    }

    /// Rows of the directory. Nothing of it is remembered: whoever connects anew asks for the directory anyway.
    pub(crate) fn directory_changed(&self, entries: Vec<Entry>) {
        let mut past = self.past.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        past.seq += 1;
        let body = EventBody::DirectoryChanged(DirectoryData::default());
        let event = Event { seq: past.seq, at_ms: wall_ms(), body };
        let audience = Audience::WhoAdministers(entries);
        // Under the lock as in `tell`, for the order of the numbers.
        let _ = self.streams.send(Item::Event(Arc::new(Addressed::new(audience, event))));
    }

    /// The live panel, to the streams that asked. Not remembered either.
    pub(crate) fn panel_changed(&self, item: PanelItem) {
        let mut past = self.past.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        past.seq += 1;
        // Under the lock as in `tell`, for the order of the numbers.
        let _ = self.streams.send(Item::Panel(item.numbered(past.seq)));
    }

    /// Somebody's status was set by somebody else.
    pub(crate) fn forced(&self, extension: &str, data: StatusForcedData) {
        self.tell(Audience::Only([Some(extension.to_owned()), None]), EventBody::StatusForced(data));
    }

    /// Somebody's running call shall go elsewhere: the phone that has it sends it.
    pub(crate) fn transfer_asked(&self, extension: &str, data: TransferAskedData) {
        self.tell(Audience::Only([Some(extension.to_owned()), None]), EventBody::TransferAsked(data));
    }

    /// A supervision may not go on: both phones hear it.
    pub(crate) fn supervision_ended(&self, by: &str, of: &str) {
        let data = SupervisionEndData { by: by.to_owned(), of: of.to_owned() };
        self.tell(Audience::Only([Some(by.to_owned()), Some(of.to_owned())]), EventBody::SupervisionEnded(data));
    }

    /// Other calls are parked: those who may take them hear it, if what they see of it is otherwise. Not remembered: whoever connects anew
    /// asks for all of them anyway.
    pub(crate) fn parked(&self, before: Vec<ParkedHere>, now: Vec<ParkedHere>) {
        let mut past = self.past.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        past.seq += 1;
        let event = Event { seq: past.seq, at_ms: wall_ms(), body: EventBody::ParkedChanged(Parked::default()) };
        let audience = Audience::WhoTakes(before, now);
        // Under the lock as in `tell`, for the order of the numbers.
        let _ = self.streams.send(Item::Event(Arc::new(Addressed::new(audience, event))));
    }

    /// Other rules hold for recordings: every phone asks again.
    pub(crate) fn recording_policy(&self) {
        self.tell(Audience::Everybody, EventBody::RecordingPolicy);
    }

    /// There are more or fewer recordings of somebody.
    pub(crate) fn recordings(&self, extension: &str) {
        self.tell(Audience::Only([Some(extension.to_owned()), None]), EventBody::RecordingsChanged);
    }

    /// There is something else in somebody's voice box.
    pub(crate) fn voicemail(&self, extension: &str, count: VoicemailData) {
        self.tell(Audience::Only([Some(extension.to_owned()), None]), EventBody::VoicemailChanged(count));
    }

    /// Somebody has another name or picture.
    pub(crate) fn profile(&self, profile: ProfileData) {
        self.tell(Audience::Everybody, EventBody::ProfileChanged(profile));
    }

    /// What somebody has chosen, for all their phones.
    pub(crate) fn own_status(&self, extension: &str, status: MyStatus) {
        self.tell(Audience::Only([Some(extension.to_owned()), None]), EventBody::StatusChanged(status));
    }

    /// How an agent stands with the queues, for all their phones.
    pub(crate) fn agent(&self, extension: &str, data: AgentData) {
        self.tell(Audience::Only([Some(extension.to_owned()), None]), EventBody::AgentChanged(data));
    }

    /// There are other statuses, or they are otherwise.
    pub(crate) fn statuses(&self) {
        self.tell(Audience::Everybody, EventBody::StatusesChanged);
    }

    /// Somebody's own book has changed.
    pub(crate) fn own_contacts(&self, extension: &str, data: ContactsData) {
        self.tell(Audience::Only([Some(extension.to_owned()), None]), EventBody::ContactsChanged(data));
    }

    /// The company's book has changed.
    pub(crate) fn company_contacts(&self, data: ContactsData) {
        self.tell(Audience::Everybody, EventBody::ContactsChanged(data));
    }

    fn tell(&self, audience: Audience, body: EventBody) {
        let mut past = self.past.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        past.seq += 1;
        let event = Arc::new(Addressed::new(audience, Event { seq: past.seq, at_ms: wall_ms(), body }));
        past.events.push_back(event.clone());
        if past.events.len() > REMEMBERED
            && let Some(oldest) = past.events.pop_front()
        {
            past.forgotten = oldest.event.seq;
        }
        // Sent under the lock, so that a subscription falls between two events. No stream is open: nobody to tell.
        let _ = self.streams.send(Item::Event(event));
    }

    /// Open streams.
    pub(crate) fn streams(&self) -> usize {
        self.streams.receiver_count()
    }

    pub(crate) fn revoke(&self, token: TokenHash) {
        let _ = self.streams.send(Item::Revoked(token));
    }

    pub(crate) fn subscribe(&self, since: Option<u64>) -> Subscription {
        let past = self.past.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let missed = match since {
            None => Some(Vec::new()),
            Some(since) if since >= past.forgotten && since <= past.seq => {
                Some(past.events.iter().filter(|e| e.event.seq > since).cloned().collect())
            }
            Some(_) => None,
        };
        Subscription { seq: past.seq, missed, items: self.streams.subscribe() }
    }
}

/// `None`: the agent's phone rings, which is all that there is to tell.
fn address(event: VoiceEvent) -> Option<([Option<String>; 2], EventBody)> {
    let both = |from: &str, to: &str| [Some(from.to_owned()), Some(to.to_owned())];
    Some(match event {
        VoiceEvent::OfferRinging { .. } | VoiceEvent::OfferOver { .. } | VoiceEvent::CallMoved { .. } => return None,
        // Who is supervised is not told by this.
        VoiceEvent::Supervised { .. } | VoiceEvent::SuperviseOver { .. } | VoiceEvent::SuperviseRefused { .. } => {
            return None;
        }
        VoiceEvent::RegistrationChanged { extension, registered } => (
            [Some(extension.clone()), None],
            EventBody::RegistrationChanged(RegistrationData { extension, registered }),
        ),
        VoiceEvent::CallStarted { call, from, to } => {
            (both(&from, &to), EventBody::CallStarted(CallData { call, from, to }))
        }
        VoiceEvent::CallRinging { call, from, to } => {
            (both(&from, &to), EventBody::CallRinging(CallData { call, from, to }))
        }
        VoiceEvent::CallAnswered { call, from, to } => {
            (both(&from, &to), EventBody::CallAnswered(CallData { call, from, to }))
        }
        VoiceEvent::CallEnded { call, from, to, code } => {
            (both(&from, &to), EventBody::CallEnded(CallEndData { call, from, to, code }))
        }
        // The caller has the answer to INVITE.
        VoiceEvent::CallBlocked { call, from, to, code } => {
            ([Some(to.clone()), None], EventBody::CallBlocked(CallEndData { call, from, to, code }))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presence::Presence;

    fn registered(extension: &str) -> VoiceEvent {
        VoiceEvent::RegistrationChanged { extension: extension.into(), registered: true }
    }

    #[test]
    fn reconnecting_gets_what_was_missed_or_hears_of_the_gap() {
        let hub = Hub::new();
        let start = hub.subscribe(None).seq;
        (0..3).for_each(|_| hub.voice(registered("101")));
        assert_eq!(hub.subscribe(Some(start + 1)).missed.unwrap().len(), 2);
        assert!(hub.subscribe(Some(start - 1)).missed.is_none(), "before this server's time");
        assert!(hub.subscribe(Some(start + 99)).missed.is_none(), "from another server");
        (0..REMEMBERED).for_each(|_| hub.voice(registered("101")));
        assert!(hub.subscribe(Some(start + 2)).missed.is_none(), "forgotten");
        assert_eq!(hub.subscribe(Some(start + 3)).missed.unwrap().len(), REMEMBERED);
    }

    #[test]
    fn both_ends_of_a_call_hear_of_it_and_nobody_else() {
        let hub = Hub::new();
        let start = hub.subscribe(None).seq;
        hub.voice(VoiceEvent::CallStarted { call: "c".into(), from: "101".into(), to: "102".into() });
        let missed = hub.subscribe(Some(start)).missed.unwrap();
        let (presence, _) = Presence::new(Vec::new(), std::collections::BTreeMap::new());
        let told = ["101", "102", "103"].map(|extension| missed[0].told_to(extension, &presence).is_some());
        assert_eq!(told, [true, true, false]);
    }
}
