//! Who can be reached, as the team sees it and as calls meet it: what each has chosen, whether a phone of theirs is
//! registered, and whether they are on a call. One lock, so that what is told comes in the order in which it became true.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::{CallOrigin, Status, StatusKind};
use team_api::{PersonStatus, ProfileData};
use tokio::sync::watch;

use crate::db::statuses::Member;
use crate::hub::Hub;
use crate::lines::sides;
use crate::person::Person;
use crate::seam::VoiceEvent;

/// Extensions that no internal call reaches, with what the caller is answered.
pub(crate) type TurnedAway = BTreeMap<String, u16>;

/// Everybody's presence.
pub(crate) struct Presence {
    people: Mutex<BTreeMap<String, Person>>,
    /// For the voice task; never behind what is told.
    turned_away: watch::Sender<TurnedAway>,
}

impl Presence {
    pub(crate) fn new(members: Vec<Member>) -> (Presence, watch::Receiver<TurnedAway>) {
        let people: BTreeMap<String, Person> =
            members.into_iter().map(|member| (member.extension.clone(), Person::new(member))).collect();
        let (sender, receiver) = watch::channel(turned_away(&people));
        (Presence { people: Mutex::new(people), turned_away: sender }, receiver)
    }

    /// What the database says of somebody; what it said before this is passed over.
    pub(crate) fn chose(&self, member: Member, hub: &Hub) {
        let mut people = self.lock();
        let extension = member.extension.clone();
        let before = match people.get_mut(&extension) {
            Some(person) => {
                let before = person.seen();
                person.take(member);
                Some(before)
            }
            None => {
                people.insert(extension.clone(), Person::new(member));
                None
            }
        };
        self.turn_away(&people);
        tell(hub, before.as_ref(), people.get(&extension));
    }

    /// The same of everybody, because the statuses themselves are otherwise. Calls obey before anything is told.
    pub(crate) fn chose_all(&self, members: Vec<Member>, hub: &Hub) {
        let mut people = self.lock();
        let mut before = Vec::with_capacity(members.len());
        for member in members {
            let extension = member.extension.clone();
            match people.get_mut(&extension) {
                Some(person) => {
                    before.push((extension, Some(person.seen())));
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
            tell(hub, before.as_ref(), people.get(&extension));
        }
    }

    /// The first phone of this extension registered, or the last one is gone.
    pub(crate) fn registered(&self, extension: &str, registered: bool, now: i64, hub: &Hub) {
        let mut people = self.lock();
        let Some(person) = people.get_mut(extension) else { return };
        let before = person.seen();
        person.registered = registered;
        person.registered_ms = Some(now);
        if !registered {
            person.lines.clear();
        }
        tell(hub, Some(&before), people.get(extension));
    }

    /// A call of somebody's began, rang, was answered or is over.
    pub(crate) fn call(&self, event: &VoiceEvent, now: i64, hub: &Hub) {
        let mut people = self.lock();
        for extension in sides(event).into_iter().flatten() {
            let Some(person) = people.get_mut(extension) else { continue };
            let before = person.seen();
            person.lines.hear(extension, event, now);
            tell(hub, Some(&before), people.get(extension));
        }
    }

    /// Everybody, by extension.
    pub(crate) fn people(&self) -> Vec<PersonStatus> {
        self.lock().values().map(Person::seen).collect()
    }

    fn turn_away(&self, people: &BTreeMap<String, Person>) {
        let now_away = turned_away(people);
        self.turned_away.send_if_modified(|away| std::mem::replace(away, now_away.clone()) != now_away);
    }

    /// Extensions with a registered phone, and calls under way.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let people = self.lock();
        let calls: BTreeSet<&str> = people.values().flat_map(|person| person.lines.calls()).collect();
        (people.values().filter(|person| person.registered).count(), calls.len())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Person>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tell(hub: &Hub, before: Option<&PersonStatus>, person: Option<&Person>) {
    let Some(now) = person.map(Person::seen) else { return };
    if let Some(before) = before
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
    if before != Some(&now) {
        hub.presence(now);
    }
}

fn turned_away(people: &BTreeMap<String, Person>) -> TurnedAway {
    let answer = |person: &Person| {
        let chosen = &person.member.chosen;
        refusal(&chosen.status, chosen.marked_offline, CallOrigin::Internal)
    };
    people.iter().filter_map(|(extension, person)| Some((extension.clone(), answer(person)?))).collect()
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
mod tests {
    use super::*;
    use crate::db::statuses::Chosen;
    use model::Blocks;
    use team_api::EventBody;

    fn status(kind: StatusKind) -> Status {
        Status { id: kind.code().to_owned(), kind, names: None, blocks: Blocks::usual(kind) }
    }

    fn member(kind: StatusKind, version: u64) -> Member {
        Member {
            id: "u1".into(),
            name: "Noor".into(),
            extension: "101".into(),
            avatar: None,
            profile_version: 0,
            chosen: Chosen {
                status: status(kind),
                status_version: 1,
                text: String::new(),
                chosen_ms: 5,
                changed_ms: 5,
                marked_offline: false,
                offline_at_sign_in: false,
                version,
            },
        }
    }

    #[test]
    fn callers_are_answered_by_table_st_02_st_03_st_04_st_05_st_06() {
        use CallOrigin::{External, Internal, Queue};
        for (kind, expected) in [
            (StatusKind::Available, [None, None, None]),
            (StatusKind::Break, [Some(486), None, None]),
            (StatusKind::Meeting, [Some(486), None, None]),
            (StatusKind::Other, [Some(486), None, None]),
            (StatusKind::DoNotDisturb, [Some(486); 3]),
            (StatusKind::Offline, [Some(480); 3]),
        ] {
            let status = status(kind);
            assert_eq!([Queue, Internal, External].map(|from| refusal(&status, false, from)), expected, "{kind:?}");
            assert_eq!(refusal(&status, true, Internal), Some(480), "{kind:?}, marked offline (ST-07)");
        }
    }

    #[test]
    fn nobody_is_seen_as_there_without_a_phone_st_11() {
        let hub = Hub::new();
        let (presence, _) = Presence::new(vec![member(StatusKind::Break, 1)]);
        let kind = || presence.people()[0].kind.clone();
        assert_eq!(kind(), "offline");
        presence.registered("101", true, 9, &hub);
        assert_eq!(kind(), "break");
        presence.registered("101", false, 10, &hub);
        assert_eq!((kind(), presence.people()[0].since_ms), ("offline".to_owned(), Some(10)));
    }

    #[test]
    fn the_team_sees_that_somebody_is_on_a_call_and_never_with_whom_rg_03() {
        let hub = Hub::new();
        let (presence, _) = Presence::new(vec![member(StatusKind::Available, 1)]);
        presence.registered("101", true, 1, &hub);
        let call =
            |call: &str| VoiceEvent::CallStarted { call: call.into(), from: "101".into(), to: "17778732492".into() };
        presence.call(&call("a"), 5, &hub);
        let seen = presence.people().remove(0);
        assert_eq!(seen.call, Some(team_api::PersonCall { ringing: false, since_ms: 5 }));
        assert_eq!(seen.kind, "available", "what was chosen stays");
        assert!(!serde_json::to_string(&seen).unwrap().contains("17778732492"));
        assert_eq!(presence.counts(), (1, 1));
        // A phone that vanishes takes its calls along.
        presence.registered("101", false, 9, &hub);
        assert_eq!(presence.people()[0].call, None);
        assert_eq!(presence.counts(), (0, 0));
    }

    #[test]
    fn what_is_older_changes_nothing_and_what_is_the_same_is_not_told() {
        let hub = Hub::new();
        let (presence, away) = Presence::new(vec![member(StatusKind::Available, 1)]);
        presence.registered("101", true, 9, &hub);
        let start = hub.subscribe(None).seq;
        presence.chose(member(StatusKind::DoNotDisturb, 3), &hub);
        presence.chose(member(StatusKind::Available, 2), &hub);
        presence.chose(member(StatusKind::DoNotDisturb, 3), &hub);
        assert_eq!(presence.people()[0].kind, "dnd");
        assert_eq!(*away.borrow(), TurnedAway::from([("101".to_owned(), 486)]));
        assert_eq!(hub.subscribe(Some(start)).missed.unwrap().len(), 1);
    }

    #[test]
    fn what_a_status_means_is_never_set_back_by_somebody_who_read_it_earlier_st_05() {
        let hub = Hub::new();
        let (presence, away) = Presence::new(vec![member(StatusKind::Meeting, 1)]);
        let mut edited = member(StatusKind::Meeting, 1);
        edited.chosen.status.blocks.internal = true;
        edited.chosen.status_version = 2;
        presence.chose_all(vec![edited], &hub);
        assert_eq!(*away.borrow(), TurnedAway::from([("101".to_owned(), 486)]));
        presence.chose(member(StatusKind::Meeting, 1), &hub);
        assert_eq!(away.borrow().len(), 1, "read before the change, told after it");
        presence.chose(member(StatusKind::Break, 2), &hub);
        assert!(away.borrow().is_empty(), "another status counts whatever its version");
    }

    #[test]
    fn of_name_and_status_each_the_later_one_counts_pr_02() {
        let hub = Hub::new();
        let (presence, _) = Presence::new(vec![member(StatusKind::Available, 1)]);
        presence.registered("101", true, 9, &hub);
        let start = hub.subscribe(None).seq;
        let renamed = Member { name: "نور".into(), profile_version: 2, ..member(StatusKind::Available, 1) };
        presence.chose(renamed.clone(), &hub);
        presence.chose(member(StatusKind::DoNotDisturb, 3), &hub);
        let person = presence.people().remove(0);
        assert_eq!((person.name.as_str(), person.kind.as_str()), ("نور", "dnd"));
        let told: Vec<_> = hub.subscribe(Some(start)).missed.unwrap().iter().map(|it| it.event.body.clone()).collect();
        assert!(matches!(&told[0], EventBody::ProfileChanged(data) if data.name == "نور"), "{told:?}");
        assert_eq!(told.len(), 3, "the profile, and what the team sees twice: {told:?}");
    }
}
