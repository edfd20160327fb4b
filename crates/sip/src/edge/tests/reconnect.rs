//! Flows and servers come and go; calls stay.

use std::time::Duration;

use super::rig::*;
use crate::edge::EdgeEvent;

pub fn talking() -> (Rig, Phone, Phone, Dialog, Dialog) {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    let (at_a, at_b) = rig.call(&a, &b, "c1");
    (rig, a, b, at_a, at_b)
}

/// The same phone on a new connection, with the Contact it always had.
pub fn again(p: &Phone, flow: u64) -> Phone {
    Phone { flow: base::FlowId(flow), ..p.clone() }
}

#[test]
fn requests_follow_a_phone_to_its_new_flow() {
    let (mut rig, a, b, at_a, _) = talking();
    rig.down(&b);
    let b = again(&b, 22);
    rig.register(&b);
    let text = rig.in_dialog(&a, &at_a, "INVITE", 2, "");
    rig.send(&a, &text);
    rig.expect(&a, "SIP/2.0 100");
    let got = rig.expect(&b, "INVITE sip:p2@p2.invalid");
    rig.send(&b, &reply(&got, "200 OK", "", &format!("Contact: <{}>\n", b.contact)));
    rig.expect(&a, "SIP/2.0 200");
}

#[test]
fn bye_crosses_a_restarted_server() {
    let (mut rig, a, b, at_a, at_b) = talking();
    rig.restart();
    let (a, b) = (again(&a, 31), again(&b, 32));
    rig.register(&b);
    rig.register(&a);
    let text = rig.in_dialog(&b, &at_b, "INVITE", 1, "");
    rig.send(&b, &text);
    rig.expect(&b, "SIP/2.0 100");
    let got = rig.expect(&a, "INVITE");
    rig.send(&a, &reply(&got, "200 OK", "", &format!("Contact: <{}>\n", a.contact)));
    rig.expect(&b, "SIP/2.0 200");
    let known: Vec<_> = rig.events.iter().filter(|event| matches!(event, EdgeEvent::CallAnswered { .. })).collect();
    assert!(
        matches!(known[..], [.., EdgeEvent::CallAnswered { from, to, .. }] if from == "102" && to == "101"),
        "{known:?}"
    );
    let bye = rig.in_dialog(&a, &at_a, "BYE", 2, "");
    rig.send(&a, &bye);
    let got = rig.expect(&b, "BYE");
    rig.send(&b, &reply(&got, "200 OK", "", ""));
    rig.expect(&a, "SIP/2.0 200");
    assert_eq!(rig.ended_codes(), [200], "and the new life knows that it is over");
}

#[test]
fn bye_waits_for_a_phone_that_is_reconnecting() {
    let (mut rig, a, b, at_a, _) = talking();
    rig.down(&b);
    let bye = rig.in_dialog(&a, &at_a, "BYE", 2, "");
    rig.send(&a, &bye);
    assert!(rig.silent(&a));
    rig.pass(Duration::from_secs(5));
    // The one who hung up may even be gone by then.
    rig.down(&a);
    let b = again(&b, 22);
    rig.register(&b);
    rig.expect(&b, "BYE sip:p2@p2.invalid");
}

#[test]
fn bye_for_a_phone_that_stays_away_is_480() {
    let (mut rig, a, b, at_a, _) = talking();
    rig.down(&b);
    let bye = rig.in_dialog(&a, &at_a, "BYE", 2, "");
    rig.send(&a, &bye);
    rig.pass(Duration::from_secs(21));
    rig.expect(&a, "SIP/2.0 480");
    rig.pass(Duration::from_secs(12));
    assert_eq!(rig.edge.forks.len(), 0, "nor is the INVITE known any more");
    let text = rig.in_dialog(&a, &at_a, "INVITE", 3, "");
    rig.send(&a, &text);
    rig.expect(&a, "SIP/2.0 480");
}

#[test]
fn bye_into_a_dying_socket_is_sent_again() {
    let (mut rig, a, b, at_a, _) = talking();
    let bye = rig.in_dialog(&a, &at_a, "BYE", 2, "");
    rig.send(&a, &bye);
    rig.expect(&b, "BYE");
    rig.down(&b);
    let b = again(&b, 22);
    rig.register(&b);
    let got = rig.expect(&b, "BYE");
    rig.send(&b, &reply(&got, "200 OK", "", ""));
    rig.expect(&a, "SIP/2.0 200");
}

#[test]
fn expired_credentials_do_not_keep_a_call_from_ending() {
    let (mut rig, a, b, at_a, _) = talking();
    // The credentials of both were good for an hour; only b has fetched new ones since.
    rig.pass(Duration::from_secs(3700));
    let text = rig.register_text(&b, 3, ";expires=300", "");
    rig.send(&b, &text);
    let challenge = rig.expect(&b, "SIP/2.0 401");
    let auth = rig.answer(&challenge, "REGISTER", "sip:rannan.local", "102", 3600);
    let text = rig.register_text(&b, 4, ";expires=300", &format!("Authorization: {auth}\n"));
    rig.send(&b, &text);
    rig.expect(&b, "SIP/2.0 200");
    let bye = rig.in_dialog(&a, &at_a, "BYE", 2, "");
    rig.send(&a, &bye);
    rig.expect(&b, "BYE");
}

#[test]
fn stranger_cannot_reach_into_a_call() {
    let (mut rig, _, b, at_a, _) = talking();
    let thief = phone(9, "103");
    rig.up(&thief);
    let bye = rig.in_dialog(&thief, &at_a, "BYE", 2, "");
    rig.send(&thief, &bye);
    rig.expect(&thief, "SIP/2.0 407");
    let ack = rig.in_dialog(&thief, &at_a, "ACK", 2, "");
    rig.send(&thief, &ack);
    assert!(rig.silent(&b) && rig.silent(&thief));
}
