//! Voice boxes: what nobody takes goes on to them (EC-08).

use std::collections::BTreeMap;
use std::time::Duration;

use super::rig::*;
use crate::edge::{CallKey, EdgeEvent, OfferKey, VOICEMAIL, box_of};

/// 101 and 102 have phones, and there is a phone for boxes.
fn people() -> (Rig, [Phone; 3]) {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    let mail = Phone {
        flow: base::FlowId(u64::MAX),
        user: VOICEMAIL.into(),
        contact: "sip:mail@mail.invalid;transport=ws".into(),
    };
    assert!(rig.edge.flow_up(rig.now, mail.flow, Some(VOICEMAIL.into())).is_empty());
    let text = rig.register_text(&mail, 1, "", "");
    rig.send(&mail, &text);
    rig.expect(&mail, "SIP/2.0 200");
    rig.queue(|edge, _| {
        edge.set_box("102", true);
        Vec::new()
    });
    (rig, [a, b, mail])
}

fn is_asked(rig: &mut Rig, mail: &Phone) -> String {
    let invite = rig.expect(mail, "INVITE");
    assert_eq!(box_of(&row(&invite, "X-Rannan-Pickup")).as_deref(), Some("102"));
    invite
}

#[test]
fn who_is_busy_or_declines_has_the_call_in_the_box_ec_08() {
    for refusal in ["486 Busy Here", "603 Decline", "480 Temporarily Unavailable"] {
        let (mut rig, [a, b, mail]) = people();
        rig.invite(&a, "102", "c1");
        rig.expect(&a, "SIP/2.0 100");
        let at_b = rig.expect(&b, "INVITE");
        rig.send(&b, &reply(&at_b, refusal, "t2", ""));
        let at_mail = is_asked(&mut rig, &mail);
        assert!(rig.silent(&a), "{refusal} is no answer yet");
        let contact = format!("Contact: <{}>\n", mail.contact);
        rig.send(&mail, &reply(&at_mail, "200 OK", "t3", &contact));
        rig.expect(&a, "SIP/2.0 200");
        assert!(
            rig.events
                .iter()
                .any(|e| matches!(e, EdgeEvent::CallMoved { was, to, .. } if was == "102" && to == VOICEMAIL))
        );
    }
}

/// 101 waits in the queue 800.
fn waits(rig: &mut Rig, a: &Phone) -> CallKey {
    rig.edge.set_queues(["800".to_owned()].into());
    rig.invite(a, "800", "c1");
    rig.expect(a, "SIP/2.0 100");
    let key = |event: &EdgeEvent| if let EdgeEvent::QueueCalled { key, .. } = event { Some(*key) } else { None };
    rig.events.iter().find_map(key).expect("a queue was called")
}

#[test]
fn a_queue_sends_its_caller_to_a_box_once_the_agents_are_silent_ec_08() {
    let (mut rig, [a, b, mail]) = people();
    let key = waits(&mut rig, &a);
    rig.queue(|edge, now| edge.queue_offer(now, key, OfferKey(1), "102", "Sales"));
    let at_b = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&at_b, "180 Ringing", "t2", ""));
    rig.queue(|edge, now| edge.queue_withdraw(now, key, OfferKey(1), false));
    rig.queue(|edge, now| edge.queue_to_box(now, key, "102", 480));
    rig.expect(&b, "CANCEL");
    assert!(rig.silent(&mail), "the agent may still have taken the call");
    rig.send(&b, &reply(&at_b, "487 Request Terminated", "t2", ""));
    let at_mail = is_asked(&mut rig, &mail);
    assert!(rig.silent(&a), "487 of an agent is no answer to the caller");
    let contact = format!("Contact: <{}>\n", mail.contact);
    rig.send(&mail, &reply(&at_mail, "200 OK", "t3", &contact));
    rig.expect(&a, "SIP/2.0 200");
}

#[test]
fn an_agents_phone_that_says_nothing_more_keeps_nobody_from_the_box_ec_08() {
    let (mut rig, [a, b, mail]) = people();
    let key = waits(&mut rig, &a);
    rig.queue(|edge, now| edge.queue_offer(now, key, OfferKey(1), "102", "Sales"));
    let at_b = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&at_b, "180 Ringing", "t2", ""));
    rig.queue(|edge, now| edge.queue_withdraw(now, key, OfferKey(1), false));
    rig.queue(|edge, now| edge.queue_to_box(now, key, "102", 480));
    rig.expect(&b, "CANCEL");
    rig.pass(Duration::from_secs(33));
    is_asked(&mut rig, &mail);
}

#[test]
fn a_queue_sends_its_caller_to_somebody_who_has_a_box_ec_08() {
    let (mut rig, [a, b, mail]) = people();
    let key = waits(&mut rig, &a);
    rig.queue(|edge, now| edge.queue_divert(now, key, "102"));
    let at_b = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&at_b, "603 Decline", "t2", ""));
    is_asked(&mut rig, &mail);

    let (mut rig, [a, b, mail]) = people();
    rig.edge.turn_away(BTreeMap::from([("102".to_owned(), 486)]));
    let key = waits(&mut rig, &a);
    rig.queue(|edge, now| edge.queue_divert(now, key, "102"));
    is_asked(&mut rig, &mail);
    assert!(rig.silent(&b), "turned away: only the box is asked");
}

#[test]
fn without_a_box_the_caller_of_a_queue_is_refused_and_nobody_writes_to_themselves_ec_08() {
    let (mut rig, [a, b, mail]) = people();
    let key = waits(&mut rig, &a);
    rig.queue(|edge, _| {
        edge.set_box("102", false);
        edge.set_box("101", true);
        Vec::new()
    });
    rig.queue(|edge, now| edge.queue_to_box(now, key, "102", 486));
    rig.expect(&a, "SIP/2.0 486");
    rig.events.clear();
    rig.invite(&a, "800", "c2");
    rig.expect(&a, "SIP/2.0 100");
    let called =
        rig.events.iter().find_map(|e| if let EdgeEvent::QueueCalled { key, .. } = e { Some(*key) } else { None });
    rig.queue(|edge, now| edge.queue_to_box(now, called.expect("called again"), "101", 480));
    rig.expect(&a, "SIP/2.0 480");
    assert!(rig.silent(&mail) && rig.silent(&b));
}

#[test]
fn nobody_answers_and_the_box_does_ec_08() {
    let (mut rig, [a, b, mail]) = people();
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let at_b = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&at_b, "180 Ringing", "t2", ""));
    rig.expect(&a, "SIP/2.0 180");
    rig.pass(Duration::from_secs(60));
    rig.expect(&b, "CANCEL");
    rig.send(&b, &reply(&at_b, "487 Request Terminated", "t2", ""));
    is_asked(&mut rig, &mail);
}

#[test]
fn a_box_that_does_not_answer_leaves_the_refusal_as_it_was_ec_08() {
    let (mut rig, [a, b, mail]) = people();
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let at_b = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&at_b, "486 Busy Here", "t2", ""));
    let at_mail = is_asked(&mut rig, &mail);
    rig.send(&mail, &reply(&at_mail, "488 Not Acceptable Here", "t3", ""));
    rig.expect(&a, "SIP/2.0 486");
}

#[test]
fn without_a_box_everything_is_as_before_ec_08() {
    let (mut rig, [a, b, mail]) = people();
    rig.queue(|edge, _| {
        edge.set_box("102", false);
        Vec::new()
    });
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let at_b = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&at_b, "486 Busy Here", "t2", ""));
    rig.expect(&a, "SIP/2.0 486");
    assert!(rig.silent(&mail));
}
