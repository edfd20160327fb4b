//! Voice boxes: what nobody takes goes on to them (EC-08).

use std::time::Duration;

use super::rig::*;
use crate::edge::{EdgeEvent, VOICEMAIL, box_of};

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
