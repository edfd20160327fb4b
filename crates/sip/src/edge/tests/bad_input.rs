//! What strangers may send.

use std::time::Duration;

use base::{Chance, FlowId, Now, WallMs};
use proptest::prelude::*;

use super::rig::*;
use crate::edge::Edge;

#[test]
fn keep_alive_is_answered() {
    let (mut rig, p) = Rig::connected("101");
    rig.send_bytes(p.flow, b"\r\n\r\n");
    assert_eq!(rig.next(&p), "\n");
    rig.send_bytes(p.flow, b"\r\n");
    assert!(rig.silent(&p));
}

#[test]
fn malformed_requests_are_400_and_garbage_is_counted() {
    let (mut rig, [p]) = Rig::registered(["101"]);
    let good = rig.register_text(&p, 9, "", "");
    rig.send(&p, &good.replace("CSeq: 9 REGISTER", "CSeq: 9 INVITE"));
    rig.expect(&p, "SIP/2.0 400");
    rig.send(&p, &good.replace("SIP/2.0\n", "SIP/3.0\n").replace("z9hG4bK", "z9hG4bKv"));
    rig.expect(&p, "SIP/2.0 505");
    rig.send(&p, "hello\n\n");
    rig.send_bytes(p.flow, &[0xff; 300]);
    assert!(rig.silent(&p));
    assert_eq!(rig.edge.counters().malformed, 2);
    let text = rig.register_text(&p, 10, "", "Expires: soon\n");
    rig.send(&p, &text);
    rig.expect(&p, "SIP/2.0 400");
    assert!(rig.edge.is_registered("101"));
}

#[test]
fn endless_garbage_ends_the_flow() {
    let (mut rig, p) = Rig::connected("101");
    for _ in 0..150 {
        rig.send(&p, "hello\n\n");
    }
    assert_eq!(rig.closed, [p.flow]);
}

#[test]
fn flood_is_dropped_and_then_ended() {
    let mut rig = Rig::new();
    let (p, quiet) = (phone(1, "101"), phone(2, "102"));
    rig.up(&p);
    for _ in 0..2000 {
        rig.send_bytes(p.flow, b"\r\n\r\n");
    }
    assert_eq!(rig.inbox[&p.flow].len(), 200);
    assert_eq!(rig.closed, [p.flow]);
    assert!(rig.edge.counters().flooded > 1000);
    rig.register(&quiet);
}

#[test]
fn huge_message_is_dropped() {
    let (mut rig, p) = Rig::connected("101");
    let text = rig.register_text(&p, 1, "", &format!("Subject: {}\n", "x".repeat(100_000)));
    rig.send(&p, &text);
    assert!(rig.silent(&p));
}

#[test]
fn too_many_hops_loops_and_demands_are_refused() {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    let text = rig.invite(&a, "102", "c1");
    rig.next(&a);
    let our_via = row(&rig.expect(&b, "INVITE"), "Via");
    let mut variant = |from: &str, to: &str, code: &str| {
        let branch = rig.branch();
        let text = text.replace(from, to).replace("branch=z9hG4bK", &format!("branch={branch}"));
        rig.send(&a, &text);
        rig.expect(&a, &format!("SIP/2.0 {code}"))
    };
    variant("Max-Forwards: 70", "Max-Forwards: 0", "483");
    variant("Max-Forwards", &format!("Via: {our_via}\nMax-Forwards"), "482");
    let bad = variant("Max-Forwards", "Proxy-Require: magic\nMax-Forwards", "420");
    assert_eq!(row(&bad, "Unsupported"), "magic");
    variant("INVITE sip:102@rannan.local", "INVITE tel:102", "416");
    assert!(rig.silent(&b));
}

#[test]
fn forks_are_bounded() {
    let mut rig = Rig::with(crate::edge::EdgeConfig { max_forks: 2, ..config() });
    let (a, b) = (phone(1, "101"), phone(2, "102"));
    rig.register(&a);
    rig.register(&b);
    for (n, code) in ["100", "100", "503"].into_iter().enumerate() {
        rig.invite(&a, "102", &format!("c{n}"));
        rig.expect(&a, &format!("SIP/2.0 {code}"));
    }
}

#[test]
fn nothing_is_left_after_a_busy_hour() {
    let (mut rig, [a, b]) = Rig::registered(["101", "102"]);
    for n in 0..50 {
        let (at_a, _) = rig.call(&a, &b, &format!("c{n}"));
        let bye = rig.in_dialog(&a, &at_a, "BYE", 2, "");
        rig.send(&a, &bye);
        let got = rig.expect(&b, "BYE");
        rig.send(&b, &reply(&got, "200 OK", "", ""));
        rig.expect(&a, "SIP/2.0 200");
        rig.pass(Duration::from_secs(2));
    }
    rig.pass(Duration::from_secs(400));
    assert_eq!((rig.edge.forks.len(), rig.edge.core.len()), (0, 0));
    assert!(rig.edge.calls.is_empty());
    assert_eq!(rig.edge.wake_at(), None);
}

/// Lines from which most of a SIP dialect can be put together by accident.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "INVITE sip:102@rannan.local SIP/2.0",
        "REGISTER sip:rannan.local SIP/2.0",
        "BYE sip:p1@p1.invalid SIP/2.0",
        "CANCEL sip:102@rannan.local SIP/2.0",
        "ACK sip:p1@p1.invalid SIP/2.0",
        "SIP/2.0 200 OK",
        "SIP/2.0 180 Ringing",
        "Via: SIP/2.0/WS p1.invalid;branch=z9hG4bK1",
        "Via: SIP/2.0/WS rannan.local;branch=z9hG4bK2, SIP/2.0/WS a.invalid",
        "From: <sip:101@rannan.local>;tag=1",
        "From: \"x\\\" <sip:101@rannan.local>",
        "To: <sip:102@rannan.local>",
        "To: <sip:102@rannan.local>;tag=2",
        "Call-ID: c",
        "CSeq: 1 INVITE",
        "CSeq: 2 REGISTER",
        "CSeq: 4294967295 BYE",
        "Contact: <sip:p1@p1.invalid;transport=ws>;expires=99999999999",
        "Contact: *",
        "Expires: 0",
        "Max-Forwards: 255",
        "Route: <sip:1-2-zz@rannan.local;lr>, <sip:rannan.local;lr>",
        "Authorization: Digest username=\"9999999999:101\", realm=\"rannan.local\"",
        "Proxy-Authorization: Digest realm=\"rannan.local\", username=\"",
        "Record-Route: <sip:x@rannan.local;lr>",
        "Content-Length: 0",
        "Content-Length: 99999999999999999999",
        "",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "\\PC{0,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_frames_never_panic(frames in prop::collection::vec(prop::collection::vec(line(), 1..14), 1..8), trusted: bool) {
        let mut edge = Edge::new(config(), Chance::from_number(3));
        edge.set_users(["101", "102"].map(str::to_owned));
        let _ = edge.flow_up(Now::ZERO, FlowId(1), trusted.then(|| "101".to_owned()));
        let _ = edge.flow_up(Now::ZERO, FlowId(2), Some("102".to_owned()));
        for (n, lines) in frames.iter().enumerate() {
            let frame = lines.join("\r\n") + "\r\n\r\n";
            let now = Now::from_millis(n as u64 * 1000);
            let _ = edge.receive(now, WallMs(0), FlowId(1 + n as u64 % 2), frame.as_bytes());
            let _ = edge.tick(now, WallMs(0));
        }
        let _ = edge.flow_down(Now::from_millis(9000), FlowId(1));
        let _ = edge.tick(Now::from_millis(999_000), WallMs(0));
    }

    #[test]
    fn random_bytes_never_panic(frame in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut edge = Edge::new(config(), Chance::from_number(3));
        let _ = edge.flow_up(Now::ZERO, FlowId(1), None);
        let _ = edge.receive(Now::ZERO, WallMs(0), FlowId(1), &frame);
    }
}
