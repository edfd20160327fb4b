//! Who can be reached, as the team sees it and as calls meet it: what each has chosen, whether a phone of theirs is
//! registered, and whether they are on a call. One lock, so that what is told comes in the order in which it became true.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, PoisonError};

use acd::Availability;
use model::{CallOrigin, Standing, Status, StatusKind};
use team_api::{PersonStatus, ProfileData};
use tokio::sync::watch;

use crate::addressed::Before;
use crate::db::statuses::Member;
use crate::event_log::LogEntry;
use crate::hub::Hub;
use crate::lines::sides;
use crate::person::{OFFLINE, Person};
use crate::queue_seam::Availabilities;
use crate::random::wall_ms;
use crate::seam::VoiceEvent;

/// Extensions that no internal call reaches, with what the caller is answered.
pub(crate) type TurnedAway = BTreeMap<String, u16>;

/// Everybody's presence.
pub(crate) struct Presence {
    people: Mutex<BTreeMap<String, Person>>,
    /// For the voice task; never behind what is told.
    turned_away: watch::Sender<TurnedAway>,
    /// For the queues, likewise.
    availability: watch::Sender<Availabilities>,
    /// The last ticket for reading how everybody stands, and the one of what counts.
    pub(crate) tickets: AtomicU64,
    pub(crate) stood: AtomicU64,
}

impl Presence {
    pub(crate) fn new(
        members: Vec<Member>,
        mut standings: BTreeMap<String, Standing>,
    ) -> (Presence, watch::Receiver<TurnedAway>) {
        let person = |member: Member| {
            let standing = standings.remove(&member.extension);
            (member.extension.clone(), Person { standing, ..Person::new(member) })
        };
        let people: BTreeMap<String, Person> = members.into_iter().map(person).collect();
        let (turned_away, receiver) = watch::channel(turned_away(&people));
        let availability = watch::Sender::new(availabilities(&people));
        let (tickets, stood) = (AtomicU64::new(0), AtomicU64::new(0));
        (Presence { people: Mutex::new(people), turned_away, availability, tickets, stood }, receiver)
    }

    /// What everybody's status means for queues; never behind what is told.
    pub(crate) fn availability(&self) -> watch::Receiver<Availabilities> {
        self.availability.subscribe()
    }

    /// What the database says of somebody; what it said before this is passed over.
    pub(crate) fn chose(&self, member: Member, hub: &Hub) {
        let mut people = self.lock();
        let extension = member.extension.clone();
        let before = match people.get_mut(&extension) {
            Some(person) => {
                let before = person.before();
                person.take(member);
                Some(before)
            }
            None => {
                people.insert(extension.clone(), Person::new(member));
                None
            }
        };
        self.turn_away(&people);
        tell(hub, before, people.get(&extension));
    }

    /// The same of everybody, because the statuses themselves are otherwise. Calls obey before anything is told.
    pub(crate) fn chose_all(&self, members: Vec<Member>, hub: &Hub) {
        let mut people = self.lock();
        let mut before = Vec::with_capacity(members.len());
        for member in members {
            let extension = member.extension.clone();
            match people.get_mut(&extension) {
                Some(person) => {
                    before.push((extension, Some(person.before())));
                    person.take(member);
                }
                None => {
                    people.insert(extension.clone(), Person::new(member));
                    before.push((extension, None));
                }
            }
        }
        self.turn_away(&people);
        for (extension, before) in before {
            tell(hub, before, people.get(&extension));
        }
    }

    /// The first phone of this extension registered, or the last one is gone.
    pub(crate) fn registered(&self, extension: &str, registered: bool, now: i64, hub: &Hub) {
        let mut people = self.lock();
        let Some(person) = people.get_mut(extension) else { return };
        let before = person.before();
        person.registered = registered;
        person.registered_ms = Some(now);
        if !registered {
            person.lines.clear();
        }
        // Who is marked offline is seen like that, with a phone or without.
        hub.directory.touch(extension);
        tell(hub, Some(before), people.get(extension));
    }

    /// A call of somebody's began, rang, was answered or is over.
    pub(crate) fn call(&self, event: &VoiceEvent, now: i64, hub: &Hub) {
        let mut people = self.lock();
        let Some([from, to]) = sides(event) else { return };
        for (extension, other) in [(from, to), (to, from)] {
            let name = people.get(other).map(|person| person.member.name.clone()).unwrap_or_default();
            let Some(person) = people.get_mut(extension) else { continue };
            let before = person.before();
            person.lines.hear(extension, event, &name, now);
            tell(hub, Some(before), people.get(extension));
        }
    }

    /// Somebody is deleted. What is shown of them goes out of sight, and everybody asks again whom they see.
    pub(crate) fn forget(&self, extension: &str, hub: &Hub) {
        let mut people = self.lock();
        if let Some(gone) = people.remove(extension) {
            let (user_id, status_id) = (gone.member.id, OFFLINE.to_owned());
            hub.log.put(LogEntry::Status { user_id, status_id, since_ms: wall_ms() });
            self.turn_away(&people);
            hub.everybody_asks_again();
        }
    }

    /// Is this the extension of somebody?
    pub(crate) fn knows(&self, extension: &str) -> bool {
        self.lock().contains_key(extension)
    }

    /// How this person stands, if it is known.
    pub(crate) fn standing_of(&self, extension: &str) -> Option<Standing> {
        self.lock().get(extension).and_then(|person| person.standing.clone())
    }

    /// Is it known how this person stands?
    pub(crate) fn knows_standing_of(&self, extension: &str) -> bool {
        self.lock().get(extension).is_some_and(|person| person.standing.is_some())
    }

    fn turn_away(&self, people: &BTreeMap<String, Person>) {
        let now_away = turned_away(people);
        self.turned_away.send_if_modified(|away| std::mem::replace(away, now_away.clone()) != now_away);
        let now_so = availabilities(people);
        self.availability.send_if_modified(|so| std::mem::replace(so, now_so.clone()) != now_so);
    }

    /// Whether a phone of theirs is registered, and how they stand.
    pub(crate) fn stands(&self, extension: &str) -> Option<(bool, PersonStatus)> {
        self.lock().get(extension).map(|person| (person.registered, person.seen()))
    }

    /// Are they on a call that was answered?
    pub(crate) fn talks(&self, extension: &str) -> bool {
        self.lock().get(extension).and_then(|person| person.lines.shown()).is_some_and(|call| !call.ringing)
    }

    /// Extensions with a registered phone, and calls under way.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let people = self.lock();
        let calls: BTreeSet<&str> = people.values().flat_map(|person| person.lines.calls()).collect();
        (people.values().filter(|person| person.registered).count(), calls.len())
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Person>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tell(hub: &Hub, before: Option<Before>, person: Option<&Person>) {
    let Some(now) = person.map(Person::seen) else { return };
    if let Some(Before { person: before, .. }) = &before
        && before.profile_version != now.profile_version
    {
        hub.profile(ProfileData {
            id: now.id.clone(),
            extension: now.extension.clone(),
            name: now.name.clone(),
            avatar: now.avatar.clone(),
            profile_version: now.profile_version,
        });
    }
    if before.as_ref().map(|before| &before.person) != Some(&now) {
        hub.presence(before, now);
    }
}

fn turned_away(people: &BTreeMap<String, Person>) -> TurnedAway {
    let answer = |person: &Person| {
        let chosen = &person.member.chosen;
        refusal(&chosen.status, chosen.marked_offline, CallOrigin::Internal)
    };
    people.iter().filter_map(|(extension, person)| Some((extension.clone(), answer(person)?))).collect()
}

fn availabilities(people: &BTreeMap<String, Person>) -> Availabilities {
    let means = |person: &Person| {
        let chosen = &person.member.chosen;
        match refusal(&chosen.status, chosen.marked_offline, CallOrigin::Queue) {
            None => Availability::Available,
            Some(480) => Availability::LoggedOut,
            Some(_) => Availability::Blocked,
        }
    };
    people.iter().map(|(extension, person)| (extension.clone(), means(person))).collect()
}

/// What the caller is answered, if the call does not come through: 480 from nobody there, 486 from somebody who wants none
/// (DECISIONS 9). The one place where this is decided.
fn refusal(status: &Status, marked_offline: bool, origin: CallOrigin) -> Option<u16> {
    let nobody_there = marked_offline || status.kind == StatusKind::Offline;
    match (nobody_there, status.blocks.blocks(origin)) {
        (true, _) => Some(480),
        (false, true) => Some(486),
        (false, false) => None,
    }
}

#[cfg(test)]
#[path = "presence_tests.rs"]
mod tests;
