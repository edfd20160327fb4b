//! Presence without a server around it.

use super::*;
use crate::db::statuses::Chosen;
use model::{Blocks, Rights, Role, RoleRights};
use team_api::{CallWith, Event, EventBody, PersonCall, PersonStatus};

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

/// Somebody who stands as everybody does until an administrator says otherwise.
fn presence_of(member: Member) -> (Presence, watch::Receiver<TurnedAway>) {
    let standing = standing(&member.id, Rights::USUAL);
    let standings = BTreeMap::from([(member.extension.clone(), standing)]);
    Presence::new(vec![member], standings)
}

fn standing(id: &str, rights: Rights) -> Standing {
    let role = RoleRights::usual(Role::User);
    Standing { id: id.into(), department: "cartier".into(), watches: BTreeSet::new(), role, rights }
}

/// What Noor sees of herself, which is everything.
fn seen(presence: &Presence) -> Vec<PersonStatus> {
    presence.seen_by("101")
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
    let (presence, _) = presence_of(member(StatusKind::Break, 1));
    let kind = || seen(&presence)[0].kind.clone();
    assert_eq!(kind(), "offline");
    presence.registered("101", true, 9, &hub);
    assert_eq!(kind(), "break");
    presence.registered("101", false, 10, &hub);
    assert_eq!((kind(), seen(&presence)[0].since_ms), ("offline".to_owned(), Some(10)));
}

#[test]
fn a_call_is_seen_as_far_as_rights_go_and_no_further_rg_02_rg_03_rg_07() {
    let hub = Hub::new();
    let rana =
        Member { id: "u2".into(), name: "Rana".into(), extension: "102".into(), ..member(StatusKind::Available, 1) };
    let standings = |noor: Rights, rana: Rights| {
        BTreeMap::from([("101".to_owned(), standing("u1", noor)), ("102".to_owned(), standing("u2", rana))])
    };
    let (presence, _) =
        Presence::new(vec![member(StatusKind::Available, 1), rana], standings(Rights::USUAL, Rights::USUAL));
    presence.registered("101", true, 1, &hub);
    let call = VoiceEvent::CallStarted { call: "a".into(), from: "101".into(), to: "17778732492".into() };
    presence.call(&call, 5, &hub);
    let noor = || presence.seen_by("102").remove(0);
    let with = Some(CallWith { incoming: false, number: "17778732492".into(), name: String::new() });
    assert_eq!(noor().call, Some(PersonCall { ringing: false, since_ms: Some(5), with }));
    assert_eq!(noor().kind, "available", "what was chosen stays");

    let quiet = Rights { show_my_calls: false, ..Rights::USUAL };
    let start = hub.subscribe(None).seq;
    assert_eq!(presence.stand(presence.ticket(), standings(quiet, Rights::USUAL), &hub), ["101".to_owned()].into());
    assert_eq!(noor().call, Some(PersonCall { ringing: false, since_ms: Some(5), with: None }));
    let told: Vec<_> = hub.subscribe(Some(start)).missed.unwrap();
    let to = |viewer: &str| {
        told.iter()
            .filter_map(|event| event.told_to(viewer, &presence))
            .map(|text| serde_json::from_str::<Event>(&text).unwrap().body)
            .collect::<Vec<_>>()
    };
    assert!(matches!(&to("102")[..], [EventBody::PresenceChanged(_)]), "who sees less is told: {:?}", to("102"));
    assert!(!serde_json::to_string(&to("102")).unwrap().contains("17778732492"));
    assert!(matches!(&to("101")[..], [EventBody::RightsChanged]), "whose rights they are is told: {:?}", to("101"));

    presence.stand(presence.ticket(), standings(quiet, Rights { calls: false, ..Rights::USUAL }), &hub);
    assert_eq!(noor().call, Some(PersonCall { ringing: false, since_ms: None, with: None }));
    presence.stand(presence.ticket(), standings(quiet, Rights { presence: false, ..Rights::USUAL }), &hub);
    assert_eq!((noor().hidden, noor().call, noor().kind.as_str()), (true, None, "offline"));
    assert_eq!(presence.counts(), (1, 1));
    // A phone that vanishes takes its calls along.
    presence.registered("101", false, 9, &hub);
    assert_eq!(seen(&presence)[0].call, None);
    assert_eq!(presence.counts(), (0, 0));
}

#[test]
fn news_of_what_somebody_may_not_see_are_not_even_counted_rg_03_rg_07() {
    let hub = Hub::new();
    let rana =
        Member { id: "u2".into(), name: "Rana".into(), extension: "102".into(), ..member(StatusKind::Available, 1) };
    let standings = |rana: Rights| {
        BTreeMap::from([("101".to_owned(), standing("u1", Rights::USUAL)), ("102".to_owned(), standing("u2", rana))])
    };
    let told = |rights: Rights| {
        let (presence, _) = Presence::new(vec![member(StatusKind::Available, 1), rana.clone()], standings(rights));
        let start = hub.subscribe(None).seq;
        presence.registered("101", true, 1, &hub);
        let (call, from, to) = ("a".to_owned(), "199".to_owned(), "101".to_owned());
        presence.call(&VoiceEvent::CallRinging { call: call.clone(), from: from.clone(), to: to.clone() }, 5, &hub);
        presence.call(&VoiceEvent::CallAnswered { call: call.clone(), from: from.clone(), to: to.clone() }, 6, &hub);
        presence.call(&VoiceEvent::CallEnded { call, from, to, code: 200 }, 7, &hub);
        hub.subscribe(Some(start))
            .missed
            .unwrap()
            .iter()
            .filter(|event| event.told_to("102", &presence).is_some())
            .count()
    };
    assert_eq!(told(Rights::USUAL), 4, "registered, rings, speaks, over");
    assert_eq!(told(Rights { calls: false, ..Rights::USUAL }), 3, "that it rings is not for them");
    assert_eq!(told(Rights { presence: false, ..Rights::USUAL }), 0);
}

#[test]
fn what_was_read_before_a_change_never_counts_after_it_rg_01() {
    let hub = Hub::new();
    let (presence, _) = presence_of(member(StatusKind::Available, 1));
    let (early, late) = (presence.ticket(), presence.ticket());
    let quiet = Rights { show_my_calls: false, ..Rights::USUAL };
    let read = |rights| BTreeMap::from([("101".to_owned(), standing("u1", rights))]);
    assert_eq!(presence.stand(late, read(quiet), &hub).len(), 1);
    assert!(presence.stand(early, read(Rights::USUAL), &hub).is_empty());
    assert!(presence.stand(late, read(Rights::USUAL), &hub).is_empty());
}

#[test]
fn what_is_older_changes_nothing_and_what_is_the_same_is_not_told() {
    let hub = Hub::new();
    let (presence, away) = presence_of(member(StatusKind::Available, 1));
    presence.registered("101", true, 9, &hub);
    let start = hub.subscribe(None).seq;
    presence.chose(member(StatusKind::DoNotDisturb, 3), &hub);
    presence.chose(member(StatusKind::Available, 2), &hub);
    presence.chose(member(StatusKind::DoNotDisturb, 3), &hub);
    assert_eq!(seen(&presence)[0].kind, "dnd");
    assert_eq!(*away.borrow(), TurnedAway::from([("101".to_owned(), 486)]));
    assert_eq!(hub.subscribe(Some(start)).missed.unwrap().len(), 1);
}

#[test]
fn what_a_status_means_is_never_set_back_by_somebody_who_read_it_earlier_st_05() {
    let hub = Hub::new();
    let (presence, away) = presence_of(member(StatusKind::Meeting, 1));
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
    let (presence, _) = presence_of(member(StatusKind::Available, 1));
    presence.registered("101", true, 9, &hub);
    let start = hub.subscribe(None).seq;
    let renamed = Member { name: "نور".into(), profile_version: 2, ..member(StatusKind::Available, 1) };
    presence.chose(renamed.clone(), &hub);
    presence.chose(member(StatusKind::DoNotDisturb, 3), &hub);
    let person = seen(&presence).remove(0);
    assert_eq!((person.name.as_str(), person.kind.as_str()), ("نور", "dnd"));
    let told: Vec<_> = hub.subscribe(Some(start)).missed.unwrap().iter().map(|it| it.event.body.clone()).collect();
    assert!(matches!(&told[0], EventBody::ProfileChanged(data) if data.name == "نور"), "{told:?}");
    assert_eq!(told.len(), 3, "the profile, and what the team sees twice: {told:?}");
}

#[test]
fn whoever_sees_somebody_in_the_same_way_is_written_the_same_bytes_and_others_are_not_rg_02() {
    let hub = Hub::new();
    let people = [
        ("101", Rights::USUAL),
        ("102", Rights::USUAL),
        ("103", Rights::USUAL),
        ("104", Rights { calls: false, ..Rights::USUAL }),
        ("105", Rights { operations: true, ..Rights::USUAL }),
        ("106", Rights { presence: false, ..Rights::USUAL }),
    ];
    let members = people.map(|(extension, _)| Member {
        id: extension.into(),
        extension: extension.into(),
        ..member(StatusKind::Available, 1)
    });
    let standings = people.map(|(extension, rights)| (extension.to_owned(), standing(extension, rights)));
    let (presence, _) = Presence::new(members.into(), standings.into());
    let start = hub.subscribe(None).seq;
    presence.registered("101", true, 1, &hub);
    let call = VoiceEvent::CallStarted { call: "a".into(), from: "101".into(), to: "17778732492".into() };
    presence.call(&call, 5, &hub);
    let event = hub.subscribe(Some(start)).missed.unwrap().pop().unwrap();
    let told = |extension: &str| event.told_to(extension, &presence);
    let whole = told("102").unwrap();
    assert!(whole.contains("17778732492"));
    assert_eq!(whole.as_ptr(), told("103").unwrap().as_ptr(), "made once");
    assert!(!told("104").unwrap().contains("17778732492"), "numbers are not for them");
    assert!(told("105").unwrap().contains("\"operate\":true") && whole.contains("\"operate\":false"));
    assert_eq!(told("106"), None);
}
