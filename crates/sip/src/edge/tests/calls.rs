//! One caller, one device.

use std::time::Duration;

use super::rig::*;
use crate::edge::EdgeEvent;

fn pair() -> (Rig, Phone, Phone) {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    rig.events.clear();
    (rig, a, b)
}

#[test]
fn call_goes_through_and_credentials_do_not() {
    let (mut rig, a, b) = pair();
    let text = rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let invite = rig.expect(&b, "INVITE sip:p2@p2.invalid;transport=ws SIP/2.0");
    assert_eq!(row(&invite, "Max-Forwards"), "69");
    assert!(row(&invite, "Record-Route").ends_with("@rannan.local;transport=ws;lr>"));
    rig.send(&b, &reply(&invite, "180 Ringing", "bt", ""));
    let ringing = rig.expect(&a, "SIP/2.0 180");
    assert_eq!(ringing.matches("Via:").count(), 1);
    assert_eq!(row(&ringing, "Via"), row(&text, "Via"));
    rig.send(&b, &reply(&invite, "200 OK", "bt", "Contact: <sip:p2@p2.invalid;transport=ws>\n"));
    assert!(rig.expect(&a, "SIP/2.0 200").contains("Record-Route:"));
    let told: Vec<_> =
        rig.events.iter().map(|e| format!("{e:?}").split(' ').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(told, ["CallStarted", "CallRinging", "CallAnswered"]);
}

#[test]
fn invite_without_login_is_challenged_and_then_goes_through() {
    let mut rig = Rig::new();
    let (a, b) = (phone(1, "101"), phone(2, "102"));
    rig.register(&b);
    rig.up(&a);
    let text = rig.invite(&a, "102", "c1");
    let challenge = rig.expect(&a, "SIP/2.0 407");
    assert!(rig.silent(&b));
    let auth = rig.answer(&challenge, "INVITE", "sip:102@rannan.local", "101", 60);
    let text = text.replace("CSeq: 1", "CSeq: 2").replace("z9hG4bK", "z9hG4bKb");
    let text = text.replace("Content-Length", &format!("Proxy-Authorization: {auth}\nContent-Length"));
    rig.send(&a, &text);
    rig.expect(&a, "SIP/2.0 100");
    assert!(!rig.expect(&b, "INVITE").contains("Authorization"));
}

#[test]
fn login_ends_with_its_credentials() {
    let (mut rig, [a, _]) = Rig::registered(["101", "102"]);
    rig.pass(Duration::from_secs(3601));
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 407");
}

#[test]
fn from_of_somebody_else_is_forbidden() {
    let (mut rig, a, b) = pair();
    let mut thief = a.clone();
    thief.user = "103".into();
    let text = rig.invite(&thief, "102", "c1");
    let challenge = rig.expect(&a, "SIP/2.0 407");
    let auth = rig.answer(&challenge, "INVITE", "sip:102@rannan.local", "101", 60);
    let text = text.replace("CSeq: 1", "CSeq: 2").replace("z9hG4bK", "z9hG4bKb");
    rig.send(&a, &text.replace("Content-Length", &format!("Proxy-Authorization: {auth}\nContent-Length")));
    rig.expect(&a, "SIP/2.0 403");
    let text = rig.invite(&a, "102", "c2");
    assert!(text.contains("101@"));
    let text =
        text.replace("sip:101@rannan.local", "sip:101@other.test").replace("z9hG4bK", "z9hG4bKc").replace("c2", "c3");
    rig.next(&a);
    rig.next(&b);
    rig.send(&a, &text);
    rig.expect(&a, "SIP/2.0 403");
    assert!(rig.silent(&b));
}

#[test]
fn known_but_away_is_480_and_unknown_is_404() {
    let (mut rig, a, _) = pair();
    for (to, code) in [("103", "480"), ("555", "404"), ("101", "480")] {
        rig.invite(&a, to, &format!("c{to}"));
        rig.expect(&a, &format!("SIP/2.0 {code}"));
    }
    let text = rig.request(&a, "INVITE", "sip:102@elsewhere.test", "From: <sip:101@rannan.local>;tag=1\nTo: <sip:102@elsewhere.test>\nCall-ID: x\nCSeq: 1 INVITE\nContact: <sip:p1@p1.invalid>\n");
    rig.send(&a, &text);
    rig.expect(&a, "SIP/2.0 404");
}

#[test]
fn cancel_reaches_the_device_and_both_end() {
    let (mut rig, a, b) = pair();
    let text = rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let invite = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&invite, "180 Ringing", "bt", ""));
    rig.expect(&a, "SIP/2.0 180");
    rig.send(&a, &cancel(&text));
    rig.expect(&a, "SIP/2.0 200");
    let sent = rig.expect(&b, "CANCEL sip:p2@p2.invalid;transport=ws");
    assert_eq!(row(&sent, "Via"), row(&invite, "Via"));
    rig.send(&b, &reply(&sent, "200 OK", "x", ""));
    rig.send(&b, &reply(&invite, "487 Request Terminated", "bt", ""));
    rig.expect(&b, "ACK");
    rig.expect(&a, "SIP/2.0 487");
    assert_eq!(rig.ended_codes(), [487]);
    rig.pass(Duration::from_secs(60));
    assert_eq!((rig.edge.forks.len(), rig.edge.core.len()), (0, 0));
}

#[test]
fn cancel_waits_for_the_first_sign_of_life() {
    let (mut rig, a, b) = pair();
    let text = rig.invite(&a, "102", "c1");
    let invite = rig.expect(&b, "INVITE");
    rig.send(&a, &cancel(&text));
    assert!(rig.silent(&b), "RFC 3261 §9.1");
    rig.send(&b, &reply(&invite, "180 Ringing", "bt", ""));
    rig.expect(&b, "CANCEL");
}

#[test]
fn answer_that_crosses_the_cancel_reaches_the_caller() {
    let (mut rig, a, b) = pair();
    let text = rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let invite = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&invite, "180 Ringing", "bt", ""));
    rig.expect(&a, "SIP/2.0 180");
    rig.send(&a, &cancel(&text));
    rig.expect(&a, "SIP/2.0 200");
    rig.send(&b, &reply(&invite, "200 OK", "bt", "Contact: <sip:p2@p2.invalid;transport=ws>\n"));
    let ok = rig.expect(&a, "SIP/2.0 200");
    assert_eq!(row(&ok, "CSeq"), "1 INVITE");
}

#[test]
fn cancel_of_nothing_is_481() {
    let (mut rig, a, b) = pair();
    let text = rig.invite(&a, "102", "c1");
    rig.next(&a);
    rig.send(&a, &cancel(&text).replace("z9hG4bK", "z9hG4bKother"));
    rig.expect(&a, "SIP/2.0 481");
    rig.next(&b);
    // Nobody can cancel another's call, not even with the right branch.
    rig.send(&b, &cancel(&text));
    rig.expect(&b, "SIP/2.0 481");
}

#[test]
fn ringing_ends_after_a_minute_with_408() {
    let (mut rig, a, b) = pair();
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let invite = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&invite, "180 Ringing", "bt", ""));
    rig.expect(&a, "SIP/2.0 180");
    rig.pass(Duration::from_millis(59_999));
    assert!(rig.silent(&b));
    rig.pass(Duration::from_millis(1));
    rig.expect(&b, "CANCEL");
    rig.send(&b, &reply(&invite, "487 Request Terminated", "bt", ""));
    rig.expect(&a, "SIP/2.0 408");
    assert_eq!(rig.ended_codes(), [408]);
}

#[test]
fn answer_after_everything_was_given_up_is_ended_on_the_spot() {
    let (mut rig, a, b) = pair();
    rig.invite(&a, "102", "c1");
    let invite = rig.expect(&b, "INVITE");
    rig.send(&b, &reply(&invite, "180 Ringing", "bt", ""));
    rig.down(&a);
    rig.expect(&b, "CANCEL");
    rig.send(&b, &reply(&invite, "200 OK", "bt", "Contact: <sip:p2@p2.invalid;transport=ws>\n"));
    rig.expect(&b, "ACK sip:p2@p2.invalid;transport=ws");
    let bye = rig.expect(&b, "BYE sip:p2@p2.invalid;transport=ws");
    assert_eq!(row(&bye, "To"), "<sip:102@rannan.local>;tag=bt");
    assert_eq!(row(&bye, "CSeq"), "2 BYE");
    rig.send(&b, &reply(&bye, "200 OK", "", ""));
    rig.pass(Duration::from_secs(60));
    assert!(rig.silent(&b));
    assert_eq!(rig.edge.core.len(), 0);
    assert_eq!(rig.ended_codes(), [487]);
}

#[test]
fn bye_and_reinvite_cross_in_both_directions() {
    let (mut rig, a, b) = pair();
    let (at_a, at_b) = rig.call(&a, &b, "c1");
    for (p, d, other, cseq) in [(&a, &at_a, &b, 2), (&b, &at_b, &a, 1)] {
        let text = rig.in_dialog(p, d, "INVITE", cseq, "");
        rig.send(p, &text);
        rig.expect(p, "SIP/2.0 100");
        let got = rig.expect(other, &format!("INVITE {}", other.contact));
        assert!(!got.contains("Route:"), "our Route entry is used up and no new one is needed\n{got}");
        rig.send(other, &reply(&got, "200 OK", "", &format!("Contact: <{}>\n", other.contact)));
        rig.expect(p, "SIP/2.0 200");
        let ack = rig.in_dialog(p, d, "ACK", cseq, "");
        rig.send(p, &ack);
        rig.expect(other, "ACK");
    }
    let bye = rig.in_dialog(&b, &at_b, "BYE", 2, "");
    rig.send(&b, &bye);
    let got = rig.expect(&a, "BYE sip:p1@p1.invalid");
    rig.send(&a, &reply(&got, "200 OK", "", ""));
    rig.expect(&b, "SIP/2.0 200");
    assert_eq!(rig.ended_codes(), [200]);
    assert!(matches!(&rig.events[..], [.., EdgeEvent::CallEnded { from, to, .. }] if from == "101" && to == "102"));
    let (at_a, _) = rig.call(&a, &b, "c2");
    let bye = rig.in_dialog(&a, &at_a, "BYE", 2, "");
    rig.send(&a, &bye);
    rig.expect(&b, "BYE sip:p2@p2.invalid");
}

#[test]
fn caller_that_never_registered_is_reached_through_the_route_token() {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    let text = rig.register_text(&a, 3, ";expires=0", "");
    rig.send(&a, &text);
    rig.next(&a);
    let (_, at_b) = rig.call(&a, &b, "c1");
    let bye = rig.in_dialog(&b, &at_b, "BYE", 1, "");
    rig.send(&b, &bye);
    rig.expect(&a, "BYE");
}

#[test]
fn trusted_service_is_reached_and_may_speak_for_itself_only() {
    let (mut rig, a, _) = pair();
    let echo = Phone {
        flow: base::FlowId(u64::MAX),
        user: "*43".into(),
        contact: "sip:echo@echo.invalid;transport=ws".into(),
    };
    let out = rig.edge.flow_up(rig.now, echo.flow, Some("*43".into()));
    assert!(out.is_empty());
    let text = rig.register_text(&echo, 1, "", "");
    rig.send(&echo, &text);
    rig.expect(&echo, "SIP/2.0 200");
    rig.call(&a, &echo, "c1");
    rig.invite(&Phone { user: "101".into(), ..echo.clone() }, "102", "c2");
    rig.expect(&echo, "SIP/2.0 403");
}

#[test]
fn options_to_the_server_is_answered_and_unknown_starts_are_405() {
    let (mut rig, a, _) = pair();
    let rest =
        |m: &str| format!("From: <sip:101@rannan.local>;tag=1\nTo: <sip:rannan.local>\nCall-ID: {m}\nCSeq: 1 {m}\n");
    let text = rig.request(&a, "OPTIONS", "sip:rannan.local", &rest("OPTIONS"));
    rig.send(&a, &text);
    assert!(row(&rig.expect(&a, "SIP/2.0 200"), "Allow").contains("INVITE"));
    for method in ["SUBSCRIBE", "PUBLISH", "NEWMETHOD"] {
        let text = rig.request(&a, method, "sip:102@rannan.local", &rest(method));
        rig.send(&a, &text);
        rig.expect(&a, "SIP/2.0 405");
    }
}

/// The CANCEL for an INVITE text.
pub fn cancel(invite: &str) -> String {
    invite
        .replace("INVITE", "CANCEL")
        .lines()
        .filter(|l| !l.starts_with("Contact"))
        .map(|l| format!("{l}\n"))
        .collect::<String>()
}
