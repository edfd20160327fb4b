//! A colleague takes somebody's ringing call, or sends it to somebody else (RG-08).

use std::time::Duration;

use super::calls::cancel;
use super::rig::*;
use crate::edge::{EdgeEvent, NotOperated};

/// 101 calls 102, whose phone rings; 103 is there.
fn ringing() -> (Rig, [Phone; 3], String, String) {
    let (mut rig, phones) = Rig::registered(["101", "102", "103"]);
    let text = rig.invite(&phones[0], "102", "c1");
    rig.expect(&phones[0], "SIP/2.0 100");
    let at_b = rig.expect(&phones[1], "INVITE");
    rig.send(&phones[1], &reply(&at_b, "180 Ringing", "t2", ""));
    rig.expect(&phones[0], "SIP/2.0 180");
    rig.events.clear();
    (rig, phones, text, at_b)
}

fn ok(invite: &str, p: &Phone) -> String {
    reply(invite, "200 OK", &format!("t{}", p.flow), &format!("Contact: <{}>\n", p.contact))
}

fn does(
    rig: &mut Rig,
    act: impl FnOnce(&mut crate::edge::Edge, base::Now) -> Result<Vec<crate::edge::EdgeOutput>, NotOperated>,
) {
    rig.queue(|edge, now| act(edge, now).expect("it is done"));
}

fn moved(rig: &Rig) -> Vec<(String, String)> {
    let one = |event: &EdgeEvent| match event {
        EdgeEvent::CallMoved { was, to, .. } => Some((was.clone(), to.clone())),
        _ => None,
    };
    rig.events.iter().filter_map(one).collect()
}

fn to(was: &str, to: &str) -> Vec<(String, String)> {
    vec![(was.to_owned(), to.to_owned())]
}

#[test]
fn who_picks_up_has_the_call_and_the_colleague_is_told_elsewhere_rg_08() {
    let (mut rig, [a, b, c], _, at_b) = ringing();
    does(&mut rig, |edge, now| edge.pick_up(now, "102", "103", "word-1234"));
    let at_c = rig.expect(&c, "INVITE");
    assert_eq!(row(&at_c, "X-Rannan-Pickup"), "word-1234");
    rig.send(&c, &reply(&at_c, "180 Ringing", "t3", ""));
    assert!(rig.silent(&a), "it rings for the caller already");
    assert!(rig.silent(&b), "and at the colleague it goes on");
    rig.send(&c, &ok(&at_c, &c));
    assert!(row(&rig.expect(&a, "SIP/2.0 200"), "To").ends_with("tag=t3"));
    let cancelled = rig.expect(&b, "CANCEL");
    assert!(row(&cancelled, "Reason").starts_with("SIP;cause=200"));
    rig.send(&b, &reply(&at_b, "487 Request Terminated", "t2", ""));
    assert_eq!(moved(&rig), to("102", "103"));
    assert!(
        matches!(&rig.events[..], [EdgeEvent::CallMoved { .. }, EdgeEvent::CallAnswered { from, to, .. }] if from == "101" && to == "103")
    );
}

#[test]
fn a_pick_up_that_comes_to_nothing_leaves_the_call_as_it_was_rg_08() {
    for refusal in ["486 Busy Here", "603 Decline", "480 Temporarily Unavailable"] {
        let (mut rig, [a, b, c], _, at_b) = ringing();
        does(&mut rig, |edge, now| edge.pick_up(now, "102", "103", "word-1234"));
        let at_c = rig.expect(&c, "INVITE");
        rig.send(&c, &reply(&at_c, refusal, "t3", ""));
        rig.expect(&c, "ACK");
        assert!(rig.silent(&a) && rig.silent(&b), "{refusal}");
        rig.send(&b, &ok(&at_b, &b));
        rig.expect(&a, "SIP/2.0 200");
        assert_eq!(moved(&rig), []);
    }
}

#[test]
fn what_the_colleague_says_counts_when_both_are_asked_rg_08() {
    let (mut rig, [a, b, c], _, at_b) = ringing();
    does(&mut rig, |edge, now| edge.pick_up(now, "102", "103", "word-1234"));
    let at_c = rig.expect(&c, "INVITE");
    rig.send(&c, &reply(&at_c, "480 Temporarily Unavailable", "t3", ""));
    rig.expect(&c, "ACK");
    rig.send(&b, &reply(&at_b, "486 Busy Here", "t2", ""));
    rig.expect(&b, "ACK");
    rig.expect(&a, "SIP/2.0 486");
    assert_eq!(rig.ended_codes(), [486]);
    rig.pass(Duration::from_secs(60));
    assert_eq!((rig.edge.forks.len(), rig.edge.core.len()), (0, 0));
}

#[test]
fn caller_who_gives_up_stops_both_rg_08() {
    let (mut rig, [a, b, c], text, at_b) = ringing();
    does(&mut rig, |edge, now| edge.pick_up(now, "102", "103", "word-1234"));
    let at_c = rig.expect(&c, "INVITE");
    rig.send(&c, &reply(&at_c, "180 Ringing", "t3", ""));
    rig.send(&a, &cancel(&text));
    rig.expect(&a, "SIP/2.0 200");
    for (p, invite) in [(&b, &at_b), (&c, &at_c)] {
        rig.expect(p, "CANCEL");
        rig.send(p, &reply(invite, "487 Request Terminated", &format!("t{}", p.flow), ""));
    }
    rig.expect(&a, "SIP/2.0 487");
}

#[test]
fn a_diverted_call_rings_there_instead_rg_08() {
    let (mut rig, [a, b, c], _, at_b) = ringing();
    does(&mut rig, |edge, now| edge.divert(now, "102", "103"));
    let at_c = rig.expect(&c, "INVITE");
    rig.expect(&b, "CANCEL");
    rig.send(&b, &reply(&at_b, "487 Request Terminated", "t2", ""));
    rig.expect(&b, "ACK");
    assert!(rig.silent(&a), "what the first one says is no answer any more");
    rig.send(&c, &reply(&at_c, "180 Ringing", "t3", ""));
    rig.expect(&a, "SIP/2.0 180");
    assert_eq!(moved(&rig), to("102", "103"));
    assert!(matches!(rig.events.last(), Some(EdgeEvent::CallRinging { to, .. }) if to == "103"));
    rig.send(&c, &reply(&at_c, "486 Busy Here", "t3", ""));
    rig.expect(&a, "SIP/2.0 486");
}

#[test]
fn an_answer_that_crosses_the_diversion_has_the_call_rg_08() {
    let (mut rig, [a, b, c], _, at_b) = ringing();
    does(&mut rig, |edge, now| edge.divert(now, "102", "103"));
    let at_c = rig.expect(&c, "INVITE");
    rig.send(&c, &reply(&at_c, "180 Ringing", "t3", ""));
    rig.expect(&a, "SIP/2.0 180");
    rig.send(&b, &ok(&at_b, &b));
    rig.expect(&a, "SIP/2.0 200");
    rig.expect(&c, "CANCEL");
    assert!(matches!(rig.events.last(), Some(EdgeEvent::CallAnswered { to, .. }) if to == "102"), "{:?}", rig.events);
}

#[test]
fn what_cannot_be_done_is_said_and_changes_nothing_rg_08() {
    let (mut rig, [a, b, c], _, _) = ringing();
    let now = rig.now;
    rig.edge.turn_away([("103".to_owned(), 486)].into());
    assert_eq!(rig.edge.divert(now, "102", "103").err(), Some(NotOperated::Nobody(486)), "a status keeps calls away");
    rig.edge.turn_away(std::collections::BTreeMap::new());
    assert_eq!(rig.edge.divert(now, "102", "999").err(), Some(NotOperated::Nobody(404)));
    assert_eq!(
        rig.edge.pick_up(now, "102", "101", "w").err(),
        Some(NotOperated::Nobody(480)),
        "the caller's own phone"
    );
    assert_eq!(rig.edge.pick_up(now, "103", "102", "w").err(), Some(NotOperated::NoCall));
    rig.down(&c);
    assert_eq!(rig.edge.pick_up(now, "102", "103", "w").err(), Some(NotOperated::Nobody(480)));
    assert!(rig.silent(&a) && rig.silent(&b));
}

#[test]
fn a_client_cannot_say_that_its_call_is_picked_up_rg_08() {
    let (mut rig, [a, b, _]) = Rig::registered(["101", "102", "103"]);
    let text = rig.invite_saying(&a, "102", "c1", "X-Rannan-Pickup: word-1234\n");
    assert!(text.contains("Pickup"));
    let at_b = rig.next(&b);
    assert!(at_b.starts_with("INVITE") && !at_b.contains("Pickup"), "{at_b}");
}
