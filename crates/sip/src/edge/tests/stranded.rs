//! A flow breaks around the 2xx to an INVITE.

use std::time::Duration;

use super::reconnect::{again, talking};
use super::rig::*;

/// 101 on flow 1 calls 102 on flow 2; nobody has answered.
fn ringing() -> (Rig, Phone, Phone, String) {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let invite = rig.expect(&b, "INVITE");
    (rig, a, b, invite)
}

fn ok(invite: &str, p: &Phone) -> String {
    reply(invite, "200 OK", "bt", &format!("Contact: <{}>\n", p.contact))
}

/// A re-INVITE with an offer from `a` that has reached `b`.
fn reinvited(rig: &mut Rig, a: &Phone, b: &Phone, at_a: &Dialog, offer: &str) -> String {
    let text = rig.in_dialog(a, at_a, "INVITE", 2, "");
    let length = format!("Content-Length: {}\n\n{offer}", offer.len());
    rig.send(a, &text.replace("Content-Length: 0\n\n", &length));
    rig.expect(a, "SIP/2.0 100");
    rig.expect(b, "INVITE")
}

#[test]
fn answer_repeated_on_the_next_flow_reaches_the_caller() {
    let (mut rig, a, b, invite) = ringing();
    rig.send(&b, &ok(&invite, &b));
    let first = rig.expect(&a, "SIP/2.0 200");
    rig.down(&b);
    let b = again(&b, 22);
    rig.register(&b);
    rig.send(&b, &ok(&invite, &b));
    assert_eq!(rig.expect(&a, "SIP/2.0 200"), first, "RFC 3261 §13.3.1.4: the same once more");
    assert!(rig.silent(&b));
}

#[test]
fn answer_on_the_next_flow_is_believed_of_the_same_user_only() {
    let (mut rig, a, b, invite) = ringing();
    rig.send(&b, &ok(&invite, &b));
    rig.expect(&a, "SIP/2.0 200");
    rig.down(&b);
    let (b, thief) = (again(&b, 22), phone(3, "103"));
    rig.register(&thief);
    rig.up(&b);
    for p in [&thief, &b] {
        rig.send(p, &ok(&invite, p));
        assert!(rig.silent(&a), "{} has not shown who it is", p.user);
    }
    rig.register(&b);
    rig.send(&b, &ok(&invite, &b).replace("1 INVITE", "1 CANCEL"));
    assert!(rig.silent(&a), "the answer to a CANCEL has the same Via");
    rig.send(&b, &ok(&invite, &b));
    rig.expect(&a, "SIP/2.0 200");
}

#[test]
fn answer_that_came_too_late_on_the_next_flow_is_ended() {
    let (mut rig, a, b, invite) = ringing();
    rig.down(&b);
    rig.expect(&a, "SIP/2.0 480");
    let b = again(&b, 22);
    rig.register(&b);
    rig.send(&b, &ok(&invite, &b));
    rig.expect(&b, "ACK sip:p2@p2.invalid");
    rig.expect(&b, "BYE sip:p2@p2.invalid");
    rig.send(&b, &ok(&invite, &b));
    rig.expect(&b, "ACK");
    assert!(rig.silent(&a) && rig.silent(&b), "BYE is said once");
}

#[test]
fn answer_on_the_next_flow_wins_while_another_device_rings() {
    let (mut rig, [a, b, c]) = Rig::registered(["101", "102", "102"]);
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let (at_b, at_c) = (rig.expect(&b, "INVITE"), rig.expect(&c, "INVITE"));
    rig.send(&c, &reply(&at_c, "180 Ringing", "ct", ""));
    rig.expect(&a, "SIP/2.0 180");
    rig.down(&b);
    let b = again(&b, 22);
    rig.register(&b);
    rig.send(&b, &ok(&at_b, &b));
    rig.expect(&a, "SIP/2.0 200");
    rig.expect(&c, "CANCEL");
}

#[test]
fn lost_branches_are_forgotten_after_32_s() {
    let (mut rig, a, b, invite) = ringing();
    rig.send(&b, &ok(&invite, &b));
    rig.expect(&a, "SIP/2.0 200");
    rig.down(&b);
    rig.pass(Duration::from_secs(32));
    assert_eq!((rig.edge.forks.len(), rig.edge.core.len()), (0, 0));
    let b = again(&b, 22);
    rig.register(&b);
    let strays = rig.edge.counters().strays;
    rig.send(&b, &ok(&invite, &b));
    assert_eq!(rig.edge.counters().strays, strays + 1);
    assert!(rig.silent(&a) && rig.silent(&b));
}

#[test]
fn reoffer_whose_caller_is_gone_is_acknowledged_and_the_call_goes_on() {
    for answered_before in [false, true] {
        let (mut rig, a, b, at_a, _) = talking();
        let reinvite = reinvited(&mut rig, &a, &b, &at_a, "v=0");
        if answered_before {
            rig.send(&b, &ok(&reinvite, &b));
            rig.expect(&a, "SIP/2.0 200"); // Into the dying socket.
        }
        rig.down(&a);
        for _ in 0..2 {
            rig.send(&b, &ok(&reinvite, &b));
            let ack = rig.expect(&b, "ACK sip:p2@p2.invalid");
            assert_eq!(row(&ack, "CSeq"), "2 ACK");
        }
        assert!(rig.silent(&b), "no BYE");
        assert!(rig.ended_codes().is_empty());
    }
}

#[test]
fn offer_in_the_answer_is_the_callers_to_acknowledge() {
    let (mut rig, a, b, at_a, _) = talking();
    let reinvite = reinvited(&mut rig, &a, &b, &at_a, "");
    rig.down(&a);
    rig.send(&b, &ok(&reinvite, &b));
    assert!(rig.silent(&b), "§13.2.1: its ACK would have to bring the answer");
}
