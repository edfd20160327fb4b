//! What administrators say of devices: from where they come, and that they go.

use std::net::IpAddr;

use base::WallMs;

use super::rig::*;
use crate::edge::{CloseReason, Edge, EdgeOutput, NOT_FROM_HERE};

fn comes_from(edge: &mut Edge, phone: &Phone, peer: &str) {
    let peer: IpAddr = peer.parse().expect("an address");
    edge.flow_comes_from(phone.flow, peer);
}

fn only(edge: &mut Edge, networks: &[&str]) {
    edge.restrict("101", networks.iter().map(|text| text.parse().expect("a network")).collect());
}

/// Registers again; the first line of the answer.
fn registers(rig: &mut Rig, phone: &Phone, cseq: u32) -> String {
    let text = rig.register_text(phone, cseq, "", "");
    rig.send(phone, &text);
    rig.next(phone).lines().next().unwrap_or_default().trim().to_owned()
}

#[test]
fn networks_decide_by_table_ec_09() {
    let (mut rig, [p]) = Rig::registered(["101"]);
    let refused = format!("SIP/2.0 403 {NOT_FROM_HERE}");
    let table: [(&[&str], &str, bool); 9] = [
        (&["192.0.2.0/24"], "192.0.2.9", true),
        (&["192.0.2.0/24"], "192.0.3.9", false),
        (&["192.0.2.0/24", "198.51.100.7/32"], "198.51.100.7", true),
        (&["192.0.2.0/24"], "::ffff:192.0.2.9", true),
        (&["2001:db8::/32"], "2001:db8:1::5", true),
        (&["2001:db8::/32"], "2001:db9::5", false),
        (&["2001:db8::/32"], "192.0.2.9", false),
        (&["0.0.0.0/0"], "203.0.113.1", true),
        (&[], "203.0.113.1", true),
    ];
    for (cseq, (networks, peer, comes)) in table.into_iter().enumerate() {
        comes_from(&mut rig.edge, &p, peer);
        only(&mut rig.edge, networks);
        let answer = registers(&mut rig, &p, 10 + u32::try_from(cseq).expect("small"));
        let expected = if comes { "SIP/2.0 200 OK" } else { &refused };
        assert_eq!(answer, expected, "{networks:?} {peer}");
        assert!(rig.edge.is_registered("101"), "what is registered stays");
    }
}

#[test]
fn a_flow_that_does_not_say_from_where_is_nowhere_and_calls_are_refused_too_ec_09() {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    only(&mut rig.edge, &["0.0.0.0/0"]);
    rig.invite(&a, "102", "c1");
    rig.expect(&a, &format!("SIP/2.0 403 {NOT_FROM_HERE}"));
    assert!(rig.silent(&b), "nothing rings");
    rig.invite(&b, "101", "c2");
    rig.expect(&b, "SIP/2.0 100");
    rig.expect(&a, "INVITE");
}

#[test]
fn one_registration_ends_and_the_others_stay_ex_01() {
    let (mut rig, [a, other, b]) = Rig::registered(["101", "101", "102"]);
    let seen: Vec<(u64, String)> = rig.edge.devices().map(|d| (d.id, d.user.to_owned())).collect();
    assert_eq!(seen.iter().map(|(_, user)| user.as_str()).collect::<Vec<_>>(), ["101", "101", "102"]);
    let id = rig.edge.devices().find(|device| device.flow == a.flow).expect("it is there").id;
    let out = rig.edge.unregister(rig.now, id).expect("it is there");
    let closes =
        |o: &EdgeOutput| matches!(o, EdgeOutput::Close { flow, why: CloseReason::Unregistered } if *flow == a.flow);
    assert!(out.iter().any(closes), "{out:?}");
    assert_eq!(rig.edge.unregister(rig.now, id), None, "late and repeated");
    let left: Vec<_> = rig.edge.devices().map(|device| device.flow).collect();
    assert_eq!(left, [other.flow, b.flow]);
    rig.down(&a);
    // It may come back.
    rig.register(&a);
    assert_eq!(rig.edge.devices().count(), 3);
}

#[test]
fn credentials_of_before_are_void_and_those_of_after_count() {
    let (mut rig, [p]) = Rig::registered(["101"]);
    // Those of the rig live for an hour.
    let void_until = WallMs(rig.wall().0 + 3_600_000);
    let out = rig.edge.sign_out(rig.now, "101", void_until);
    assert!(out.iter().any(|o| matches!(o, EdgeOutput::Close { flow, .. } if *flow == p.flow)));
    assert!(!rig.edge.is_registered("101"));
    rig.down(&p);
    rig.up(&p);
    let text = rig.register_text(&p, 3, "", "");
    rig.send(&p, &text);
    let challenge = rig.expect(&p, "SIP/2.0 401");
    let old = rig.answer(&challenge, "REGISTER", "sip:rannan.local", "101", 3600);
    let text = rig.register_text(&p, 4, "", &format!("Authorization: {old}\n"));
    rig.send(&p, &text);
    let challenge = rig.expect(&p, "SIP/2.0 401");
    let new = rig.answer(&challenge, "REGISTER", "sip:rannan.local", "101", 3601);
    let text = rig.register_text(&p, 5, "", &format!("Authorization: {new}\n"));
    rig.send(&p, &text);
    rig.expect(&p, "SIP/2.0 200");
}
