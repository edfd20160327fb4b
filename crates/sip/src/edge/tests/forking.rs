//! One caller, several devices.

use std::time::Duration;

use super::calls::cancel;
use super::rig::*;

/// 101 on flow 1 calls 102, who has two devices: flows 2 and 3. Both ring.
fn ringing_at_two() -> (Rig, [Phone; 3], String, [String; 2]) {
    let (mut rig, phones) = Rig::registered(["101", "102", "102"]);
    let text = rig.invite(&phones[0], "102", "c1");
    rig.expect(&phones[0], "SIP/2.0 100");
    let invites = [&phones[1], &phones[2]].map(|p| {
        let invite = rig.expect(p, "INVITE");
        rig.send(p, &reply(&invite, "180 Ringing", &format!("t{}", p.flow), ""));
        rig.expect(&phones[0], "SIP/2.0 180");
        invite
    });
    rig.events.clear();
    (rig, phones, text, invites)
}

fn ok(invite: &str, p: &Phone) -> String {
    reply(invite, "200 OK", &format!("t{}", p.flow), &format!("Contact: <{}>\n", p.contact))
}

#[test]
fn first_answer_wins_and_the_other_is_told_elsewhere() {
    let (mut rig, [a, b, c], _, [at_b, at_c]) = ringing_at_two();
    rig.send(&c, &ok(&at_c, &c));
    assert!(row(&rig.expect(&a, "SIP/2.0 200"), "To").ends_with("tag=t3"));
    let cancel = rig.expect(&b, "CANCEL");
    assert!(row(&cancel, "Reason").starts_with("SIP;cause=200"));
    rig.send(&b, &reply(&cancel, "200 OK", "", ""));
    rig.send(&b, &reply(&at_b, "487 Request Terminated", "t2", ""));
    rig.expect(&b, "ACK");
    assert!(rig.silent(&a));
    rig.pass(Duration::from_secs(60));
    assert_eq!((rig.edge.forks.len(), rig.edge.core.len()), (0, 0));
}

#[test]
fn second_answer_reaches_the_caller_too() {
    let (mut rig, [a, b, c], _, [at_b, at_c]) = ringing_at_two();
    rig.send(&c, &ok(&at_c, &c));
    rig.send(&b, &ok(&at_b, &b));
    let tags = [rig.expect(&a, "SIP/2.0 200"), rig.expect(&a, "SIP/2.0 200")].map(|m| row(&m, "To"));
    assert!(tags[0].ends_with("t3") && tags[1].ends_with("t2"), "RFC 3261 §16.7 step 5: every 2xx is passed on");
    rig.send(&c, &ok(&at_c, &c));
    rig.expect(&a, "SIP/2.0 200");
}

#[test]
fn all_busy_is_busy() {
    let (mut rig, [a, b, c], _, [at_b, at_c]) = ringing_at_two();
    rig.send(&b, &reply(&at_b, "480 Temporarily Unavailable", "t2", ""));
    assert!(rig.silent(&a));
    rig.send(&c, &reply(&at_c, "486 Busy Here", "t3", ""));
    let busy = rig.expect(&a, "SIP/2.0 486");
    assert!(row(&busy, "To").ends_with("tag=t3"));
    assert_eq!(rig.ended_codes(), [486]);
}

#[test]
fn decline_wins_and_stops_the_others() {
    let (mut rig, [a, b, c], _, [at_b, at_c]) = ringing_at_two();
    rig.send(&b, &reply(&at_b, "603 Decline", "t2", ""));
    assert!(row(&rig.expect(&b, "ACK"), "To").ends_with("t2"));
    let cancel = rig.expect(&c, "CANCEL");
    assert!(row(&cancel, "Reason").starts_with("SIP;cause=603"));
    assert!(rig.silent(&a));
    rig.send(&c, &reply(&at_c, "487 Request Terminated", "t3", ""));
    rig.expect(&a, "SIP/2.0 603");
}

#[test]
fn caller_gives_up_and_both_stop() {
    let (mut rig, [a, b, c], text, [at_b, at_c]) = ringing_at_two();
    let with_reason = cancel(&text).replace("Content-Length", "Reason: SIP;cause=480\nContent-Length");
    rig.send(&a, &with_reason);
    rig.expect(&a, "SIP/2.0 200");
    for (p, invite) in [(&b, &at_b), (&c, &at_c)] {
        assert_eq!(row(&rig.expect(p, "CANCEL"), "Reason"), "SIP;cause=480");
        assert!(rig.silent(&a));
        rig.send(p, &reply(invite, "487 Request Terminated", "x", ""));
    }
    rig.expect(&a, "SIP/2.0 487");
}

#[test]
fn device_that_goes_away_is_no_reason_to_stop() {
    let (mut rig, [a, b, c], _, [_, at_c]) = ringing_at_two();
    rig.down(&b);
    assert!(rig.silent(&a));
    rig.send(&c, &ok(&at_c, &c));
    rig.expect(&a, "SIP/2.0 200");
}

#[test]
fn all_devices_gone_is_480() {
    let (mut rig, [a, b, c], _, _) = ringing_at_two();
    rig.down(&b);
    rig.down(&c);
    rig.expect(&a, "SIP/2.0 480");
    assert_eq!(rig.ended_codes(), [480]);
}

#[test]
fn silent_device_costs_its_branch_only() {
    let (mut rig, [a, _, c]) = Rig::registered(["101", "102", "102"]);
    rig.invite(&a, "102", "c1");
    rig.expect(&a, "SIP/2.0 100");
    let at_c = rig.expect(&c, "INVITE");
    rig.send(&c, &reply(&at_c, "486 Busy Here", "t3", ""));
    rig.pass(Duration::from_secs(31));
    assert!(rig.silent(&a));
    rig.pass(Duration::from_secs(2));
    rig.expect(&a, "SIP/2.0 486");
}

#[test]
fn overload_of_one_hop_is_not_ours() {
    let (mut rig, [a, b, c], _, [at_b, at_c]) = ringing_at_two();
    rig.send(&b, &reply(&at_b, "503 Service Unavailable", "t2", ""));
    rig.send(&c, &reply(&at_c, "503 Service Unavailable", "t3", ""));
    rig.expect(&a, "SIP/2.0 500");
}
