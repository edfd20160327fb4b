//! Supervisors: who gets through, and what others hear of it.

use std::collections::BTreeMap;

use base::{Secret, SuperviseMode, WallMs};

use super::rig::*;
use crate::edge::{CallKey, EdgeEvent, SuperviseFault};
use crate::{SuperviseToken, supervise_key};

/// What the server would give 103 to listen to the call `c1` of 102.
fn token(rig: &Rig, id: &str) -> SuperviseToken {
    SuperviseToken {
        id: id.into(),
        until: WallMs(rig.wall().0 + 30_000),
        mode: SuperviseMode::Listen,
        shown: false,
        by: "103".into(),
        of: "102".into(),
        call: "c1".into(),
    }
}

fn signed(token: &SuperviseToken) -> String {
    token.sign(&supervise_key(&Secret::new("s3cret"), &token.of))
}

fn join(rig: &mut Rig, from: &Phone, to: &str, call_id: &str, token: &str) {
    let rest = format!(
        "From: <sip:{user}@{REALM}>;tag=f{call_id}\nTo: <sip:{to}@{REALM}>\nCall-ID: {call_id}\nCSeq: 1 INVITE\n\
         Contact: <{contact}>\nX-Rannan-Supervise: {token}\n",
        user = from.user,
        contact = from.contact
    );
    let text = rig.request(from, "INVITE", &format!("sip:{to}@{REALM}"), &rest);
    rig.send(from, &text);
}

/// 101 talks to 102, and 103 is there.
fn talking() -> (Rig, [Phone; 3]) {
    let (mut rig, phones) = Rig::registered(["101", "102", "103"]);
    let [a, b, _] = &phones;
    rig.call(a, b, "c1");
    rig.events.clear();
    (rig, phones)
}

#[test]
fn a_supervisor_gets_through_whatever_the_status_and_is_no_call_for_others_rg_10() {
    let (mut rig, [a, b, c]) = talking();
    rig.edge.turn_away(BTreeMap::from([("102".to_owned(), 486)]));
    let leave = signed(&token(&rig, "t1"));
    join(&mut rig, &c, "102", "s1", &leave);
    rig.expect(&c, "SIP/2.0 100");
    let invite = rig.expect(&b, "INVITE");
    assert_eq!(row(&invite, "X-Rannan-Supervise"), leave);
    assert_eq!(rig.events, [], "nothing has begun yet");
    let ok = reply(&invite, "200 OK", "bt", &format!("Contact: <{}>\n", b.contact));
    rig.send(&b, &ok);
    let ok = rig.expect(&c, "SIP/2.0 200");
    let supervised = |mode| EdgeEvent::Supervised { key: CallKey(2), by: "103".into(), of: "102".into(), mode };
    assert_eq!(rig.events, [supervised(SuperviseMode::Listen)]);
    assert_eq!(rig.edge.talk_of("102"), Some(("c1", "101")), "the supervision is not what is supervised");
    assert_eq!(rig.edge.talk_of("103"), None, "a supervisor does not talk");

    let dialog = rig.dialog_of(&ok);
    let other = SuperviseToken { mode: SuperviseMode::Whisper, ..token(&rig, "t2") };
    let info = rig.in_dialog(&c, &dialog, "INFO", 2, &format!("X-Rannan-Supervise: {}\n", signed(&other)));
    rig.send(&c, &info);
    rig.expect(&b, "INFO");
    assert_eq!(rig.events.last(), Some(&supervised(SuperviseMode::Whisper)));

    let bye = rig.in_dialog(&c, &dialog, "BYE", 3, "");
    rig.send(&c, &bye);
    rig.expect(&b, "BYE");
    let over = EdgeEvent::SuperviseOver { key: CallKey(2), by: "103".into(), of: "102".into() };
    assert_eq!(rig.events.last(), Some(&over));
    assert!(rig.silent(&a), "the customer hears nothing of it");
    assert!(
        !rig.events.iter().any(|event| matches!(event, EdgeEvent::CallEnded { .. } | EdgeEvent::CallAnswered { .. }))
    );
}

#[test]
fn a_leave_that_is_worth_nothing_rings_nowhere_and_is_told_rg_09() {
    let (mut rig, [a, b, c]) = talking();
    let good = token(&rig, "t1");
    let mut number = 0;
    let mut refused = |rig: &mut Rig, from: &Phone, to: &str, leave: &str, code: &str, why| {
        number += 1;
        join(rig, from, to, &format!("s{number}"), leave);
        rig.expect(from, code);
        let (by, of) = (from.user.clone(), to.to_owned());
        assert_eq!(rig.events.last(), Some(&EdgeEvent::SuperviseRefused { by, of, why }));
        assert!(rig.silent(&b));
    };
    let forged = good.sign(&Secret::new("guess"));
    refused(&mut rig, &c, "102", &forged, "SIP/2.0 403", SuperviseFault::Forged);
    refused(&mut rig, &c, "102", "", "SIP/2.0 403", SuperviseFault::Forged);
    refused(&mut rig, &c, "101", &signed(&good), "SIP/2.0 403", SuperviseFault::Forged);
    refused(&mut rig, &a, "102", &signed(&good), "SIP/2.0 403", SuperviseFault::NotTheirs);
    let old = SuperviseToken { until: rig.wall(), ..good.clone() };
    refused(&mut rig, &c, "102", &signed(&old), "SIP/2.0 403", SuperviseFault::Expired);
    let other = SuperviseToken { call: "c2".into(), ..good.clone() };
    refused(&mut rig, &c, "102", &signed(&other), "SIP/2.0 480", SuperviseFault::NoCall);
    join(&mut rig, &c, "102", "s-good", &signed(&good));
    rig.expect(&c, "SIP/2.0 100");
    rig.expect(&b, "INVITE");
    join(&mut rig, &c, "102", "s-again", &signed(&good));
    rig.expect(&c, "SIP/2.0 403");
    let (by, of) = ("103".to_owned(), "102".to_owned());
    assert_eq!(rig.events.last(), Some(&EdgeEvent::SuperviseRefused { by, of, why: SuperviseFault::Used }));
    assert!(rig.silent(&b));
}

#[test]
fn the_row_travels_in_invite_and_info_alone_rg_09() {
    let (mut rig, [a, b, _]) = Rig::registered(["101", "102", "103"]);
    let (dialog, _) = rig.call(&a, &b, "c1");
    let bye = rig.in_dialog(&a, &dialog, "BYE", 2, "X-Rannan-Supervise: x\n");
    rig.send(&a, &bye);
    assert!(!rig.expect(&b, "BYE").contains("X-Rannan-Supervise"));
}
