//! REGISTER: credentials, bindings and their end.

use std::time::Duration;

use base::FlowId;

use super::rig::*;
use crate::edge::EdgeEvent;

#[test]
fn registers_refreshes_and_unregisters() {
    let (mut rig, [p]) = Rig::registered(["101"]);
    assert!(rig.edge.is_registered("101"));
    // The flow is proven: refresh and removal need no challenge.
    let text = rig.register_text(&p, 3, ";expires=600", "User-Agent: Test\n");
    rig.send(&p, &text);
    let ok = rig.expect(&p, "SIP/2.0 200");
    assert_eq!(row(&ok, "Contact"), "<sip:p1@p1.invalid;transport=ws>;expires=600");
    let text = rig.register_text(&p, 4, ";expires=0", "");
    rig.send(&p, &text);
    assert!(!rig.expect(&p, "SIP/2.0 200").contains("Contact:"));
    assert!(!rig.edge.is_registered("101"));
    assert!(matches!(rig.events.last(), Some(EdgeEvent::Unregistered { user, .. }) if user == "101"));
}

#[test]
fn challenge_offers_sha256_first_and_md5_last() {
    let (mut rig, p) = Rig::connected("101");
    let text = rig.register_text(&p, 1, "", "");
    rig.send(&p, &text);
    let challenge = rig.expect(&p, "SIP/2.0 401");
    let offered: Vec<_> = challenge.lines().filter(|l| l.starts_with("WWW-Authenticate")).collect();
    assert_eq!(offered.len(), 2);
    assert!(offered[0].contains("algorithm=SHA-256") && offered[1].contains("algorithm=MD5"));
    let only_last = challenge.replace(offered[0], "");
    let auth = rig.answer(&only_last, "REGISTER", "sip:rannan.local", "101", 60);
    assert!(auth.contains("algorithm=MD5"));
    let text = rig.register_text(&p, 2, "", &format!("Authorization: {auth}\n"));
    rig.send(&p, &text);
    rig.expect(&p, "SIP/2.0 200");
}

/// Registers with made-up credentials and gives the status of the second answer.
fn second_answer(rig: &mut Rig, p: &Phone, credentials: impl Fn(&Rig, &str) -> String) -> String {
    rig.up(p);
    let text = rig.register_text(p, 1, "", "");
    rig.send(p, &text);
    let challenge = rig.expect(p, "SIP/2.0 401");
    let auth = credentials(rig, &challenge);
    let text = rig.register_text(p, 2, "", &format!("Authorization: {auth}\n"));
    rig.send(p, &text);
    rig.next(p)
}

#[test]
fn wrong_password_is_challenged_again_and_told() {
    let mut rig = Rig::new();
    let wrong = |rig: &Rig, c: &str| {
        let name = format!("{}:101", rig.wall().0 / 1000 + 60);
        answer_with(c, "REGISTER", "sip:rannan.local", &name, "nope")
    };
    let answer = second_answer(&mut rig, &phone(1, "101"), wrong);
    assert!(answer.starts_with("SIP/2.0 401") && !answer.contains("stale"), "{answer}");
    assert_eq!(rig.events, [EdgeEvent::AuthFailed { user: "101".into(), flow: FlowId(1) }]);
}

#[test]
fn expired_credentials_are_refused() {
    let mut rig = Rig::new();
    let answer =
        second_answer(&mut rig, &phone(1, "101"), |rig, c| rig.answer(c, "REGISTER", "sip:rannan.local", "101", -5));
    assert!(answer.starts_with("SIP/2.0 401"), "{answer}");
}

#[test]
fn credentials_of_another_user_are_forbidden() {
    let mut rig = Rig::new();
    let answer =
        second_answer(&mut rig, &phone(1, "101"), |rig, c| rig.answer(c, "REGISTER", "sip:rannan.local", "102", 60));
    assert!(answer.starts_with("SIP/2.0 403"), "{answer}");
}

#[test]
fn right_credentials_of_a_removed_user_are_forbidden() {
    let mut rig = Rig::new();
    let answer =
        second_answer(&mut rig, &phone(1, "999"), |rig, c| rig.answer(c, "REGISTER", "sip:rannan.local", "999", 60));
    assert!(answer.starts_with("SIP/2.0 403"), "{answer}");
}

#[test]
fn answer_for_another_request_is_worth_nothing() {
    let mut rig = Rig::new();
    let answer =
        second_answer(&mut rig, &phone(1, "101"), |rig, c| rig.answer(c, "REGISTER", "sip:other.test", "101", 60));
    assert!(answer.starts_with("SIP/2.0 401"), "{answer}");
}

#[test]
fn old_nonce_is_stale() {
    let (mut rig, p) = Rig::connected("101");
    let text = rig.register_text(&p, 1, "", "");
    rig.send(&p, &text);
    let challenge = rig.expect(&p, "SIP/2.0 401");
    rig.pass(Duration::from_secs(301));
    let auth = rig.answer(&challenge, "REGISTER", "sip:rannan.local", "101", 60);
    let text = rig.register_text(&p, 2, "", &format!("Authorization: {auth}\n"));
    rig.send(&p, &text);
    assert!(rig.expect(&p, "SIP/2.0 401").contains("stale=true"));
}

#[test]
fn replayed_answer_is_stale() {
    let (mut rig, p) = Rig::connected("101");
    let text = rig.register_text(&p, 1, "", "");
    rig.send(&p, &text);
    let challenge = rig.expect(&p, "SIP/2.0 401");
    let auth = rig.answer(&challenge, "REGISTER", "sip:rannan.local", "101", 60);
    let text = rig.register_text(&p, 2, "", &format!("Authorization: {auth}\n"));
    rig.send(&p, &text);
    rig.expect(&p, "SIP/2.0 200");
    let thief = phone(2, "101");
    rig.up(&thief);
    let text = rig.register_text(&thief, 3, "", &format!("Authorization: {auth}\n"));
    rig.send(&thief, &text);
    assert!(rig.expect(&thief, "SIP/2.0 401").contains("stale=true"));
}

#[test]
fn binding_ends_with_its_time_and_with_its_flow() {
    let (mut rig, [_, b]) = Rig::registered(["101", "102"]);
    rig.down(&b);
    assert!(!rig.edge.is_registered("102"));
    rig.pass(Duration::from_secs(299));
    assert!(rig.edge.is_registered("101"));
    rig.pass(Duration::from_secs(1));
    assert!(!rig.edge.is_registered("101"));
}

#[test]
fn too_short_is_423_and_too_long_is_shortened() {
    let (mut rig, [p]) = Rig::registered(["101"]);
    let text = rig.register_text(&p, 3, ";expires=2", "");
    rig.send(&p, &text);
    assert_eq!(row(&rig.expect(&p, "SIP/2.0 423"), "Min-Expires"), "5");
    let text = rig.register_text(&p, 4, ";expires=86400", "");
    rig.send(&p, &text);
    assert!(rig.expect(&p, "SIP/2.0 200").contains(";expires=600"));
}

#[test]
fn star_removes_all_and_only_with_expires_zero() {
    let (mut rig, [p, _]) = Rig::registered(["101", "101"]);
    let star = |rig: &mut Rig, cseq, expires: &str| {
        let text = rig.register_text(&p, cseq, "", expires).replace(&format!("<{}>", p.contact), "*");
        rig.send(&p, &text);
    };
    star(&mut rig, 3, "");
    rig.expect(&p, "SIP/2.0 400");
    star(&mut rig, 4, "Expires: 0\n");
    rig.expect(&p, "SIP/2.0 200");
    assert!(!rig.edge.is_registered("101"));
}

#[test]
fn older_register_of_the_same_sequence_changes_nothing() {
    let (mut rig, [p]) = Rig::registered(["101"]);
    let text = rig.register_text(&p, 2, ";expires=0", "");
    rig.send(&p, &text);
    rig.expect(&p, "SIP/2.0 500");
    assert!(rig.edge.is_registered("101"));
}

#[test]
fn disabled_account_loses_devices_and_flows() {
    let (mut rig, [p]) = Rig::registered(["101"]);
    let out = rig.edge.revoke(rig.now, "101");
    assert!(out.iter().any(|o| matches!(o, crate::edge::EdgeOutput::Close { flow: FlowId(1), .. })));
    assert!(!rig.edge.is_registered("101"));
    let text = rig.register_text(&p, 3, "", "");
    rig.send(&p, &text);
    assert!(rig.silent(&p));
}

#[test]
fn guessing_passwords_ends_the_flow() {
    let (mut rig, p) = Rig::connected("101");
    for n in 0..40 {
        let text = rig.register_text(&p, n + 1, "", "Authorization: Digest username=\"9999999999:101\", realm=\"rannan.local\", nonce=\"x\", uri=\"sip:rannan.local\", response=\"x\", qop=auth, nc=00000001, cnonce=\"x\"\n");
        rig.send(&p, &text);
    }
    assert_eq!(rig.closed, [FlowId(1)]);
    assert_eq!(rig.inbox[&FlowId(1)].len(), 20);
}
