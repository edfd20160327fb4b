//! The called side: ringing, 200 and its ACK, CANCEL, and requests that are nobody's business.

use sip::ua::Event;

use crate::message::{invite, request};
use crate::scene::{Solo, ms, secs};

#[test]
fn an_invitation_is_told_with_caller_and_offer() {
    let mut solo = Solo::new();
    solo.hears(&invite("1", "c1"));
    let Some(Event::Invited { from, offer, .. }) = solo.events.pop_front() else { panic!("no invitation") };
    assert_eq!((from.number.as_str(), from.display_name.as_str()), ("far", "Far End"));
    assert_eq!(from.aor, base::Aor::new("far", "rannan.local").ok());
    assert_eq!(offer.as_deref(), Some("v=0 offer"));
}

#[test]
fn a_repeated_invite_stops_at_the_transaction() {
    let mut solo = Solo::new();
    let call = invite("1", "c1");
    solo.hears(&call);
    let id = solo.invited();
    solo.wait(ms(200));
    solo.replies(100);
    solo.act(|ua, now| ua.ring(now, id));
    let ringing = solo.replies(180);
    assert!(ringing.tag("To").is_some() && ringing.find("Contact").is_some(), "180 makes an early dialog (§12.1)");
    solo.hears(&call);
    solo.replies(180);
    solo.is_quiet();
    assert_eq!(solo.ua.counters().retransmissions, 1);
}

#[test]
fn ringing_is_repeated_every_minute() {
    let (mut solo, id) = Solo::called();
    solo.act(|ua, now| ua.ring(now, id));
    solo.wait(secs(150));
    assert_eq!(solo.sent.iter().filter(|m| m.code() == Some(180)).count(), 3, "§13.3.1.1");
}

#[test]
fn answer_is_repeated_until_ack() {
    let mut solo = Solo::new();
    let call = invite("1", "c1").with("Record-Route", "<sip:p1;lr>");
    solo.hears(&call);
    let id = solo.invited();
    solo.act(|ua, now| ua.answer(now, id, "v=0 answer".into()));
    let ok = solo.replies(200);
    assert_eq!((ok.body.as_str(), ok.header("Record-Route")), ("v=0 answer", "<sip:p1;lr>"));
    let mut at = Vec::new();
    for _ in 0..110 {
        solo.wait(ms(100));
        while let Some(again) = solo.sent.pop_front() {
            assert_eq!(again.bytes(), ok.bytes());
            at.push(solo.now.since_epoch().as_millis());
        }
    }
    assert_eq!(at, [500, 1500, 3500, 7500], "T1, doubled up to T2 (§13.3.1.4)");
    let ack = request("ACK", "ack", "c1", 1).set("To", ok.header("To").to_owned());
    solo.hears(&ack);
    solo.tells(&Event::Confirmed { id });
    solo.wait(secs(60));
    solo.hears(&ack);
    solo.is_quiet();
}

#[test]
fn no_ack_ends_with_bye() {
    let (mut solo, id) = Solo::called();
    solo.act(|ua, now| ua.answer(now, id, "v=0".into()));
    solo.wait(ms(31_999));
    assert_eq!(solo.sent.iter().filter(|m| m.code() == Some(200)).count(), 11);
    solo.sent.clear();
    assert!(solo.events.is_empty());
    solo.wait(ms(1));
    solo.says("BYE");
    solo.tells(&Event::Ended { id, cause: Some(408) });
    solo.is_quiet();
    assert_eq!(solo.ua.load().0, 0);
}

#[test]
fn hanging_up_before_the_ack_waits_for_it() {
    let (mut solo, id) = Solo::called();
    solo.act(|ua, now| ua.answer(now, id, "v=0".into()));
    let ok = solo.replies(200);
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.is_quiet();
    solo.hears(&request("ACK", "ack", "c1", 1).set("To", ok.header("To").to_owned()));
    let bye = solo.says("BYE");
    assert_eq!(bye.start, "BYE sip:far@far.invalid;transport=ws SIP/2.0");
    solo.hears(&bye.reply(200, ""));
    solo.tells(&Event::Closed { id });
    solo.is_quiet();
}

#[test]
fn an_offerless_invite_gets_our_offer_and_the_ack_brings_the_answer() {
    let mut solo = Solo::new();
    let mut call = invite("1", "c1");
    call.body.clear();
    solo.hears(&call);
    let Some(Event::Invited { id, offer: None, .. }) = solo.events.pop_front() else { panic!("expected no offer") };
    solo.act(|ua, now| ua.answer(now, id, "v=0 our offer".into()));
    let ok = solo.replies(200);
    solo.hears(&request("ACK", "ack", "c1", 1).set("To", ok.header("To").to_owned()).sdp("v=0 their answer"));
    solo.tells(&Event::Confirmed { id });
    solo.tells(&Event::ReofferAnswered { id, answer: Some("v=0 their answer".into()) });
}

#[test]
fn rejecting_sends_the_code_and_frees_the_handle() {
    for (asked, sent) in [(486, 486), (603, 603), (480, 480), (600, 600), (200, 603), (9999, 603)] {
        let (mut solo, id) = Solo::called();
        solo.act(|ua, now| ua.reject(now, id, asked));
        solo.replies(sent);
        solo.tells(&Event::Closed { id });
        solo.act(|ua, now| ua.answer(now, id, "v=0".into()));
        solo.act(|ua, now| ua.ring(now, id));
        solo.act(|ua, now| ua.hang_up(now, id));
        solo.is_quiet();
    }
}

#[test]
fn cancel_tells_whether_another_device_took_it() {
    for (reason, elsewhere) in [
        (None, false),
        (Some("SIP;cause=200;text=\"Call completed elsewhere\""), true),
        (Some("Q.850;cause=16"), false),
    ] {
        let (mut solo, id) = Solo::called();
        let mut cancel = request("CANCEL", "1", "c1", 1);
        if let Some(reason) = reason {
            cancel = cancel.with("Reason", reason);
        }
        solo.hears(&cancel);
        assert_eq!(solo.replies(200).method(), "CANCEL");
        assert_eq!(solo.replies(487).method(), "INVITE");
        solo.tells(&Event::Cancelled { id, elsewhere });
        solo.hears(&cancel);
        solo.act(|ua, now| ua.answer(now, id, "v=0".into()));
        assert!(solo.events.is_empty(), "late inputs change nothing");
    }
}

#[test]
fn cancel_of_nothing_is_481_and_of_an_answered_call_changes_nothing() {
    let mut solo = Solo::new();
    solo.hears(&request("CANCEL", "unknown", "c1", 1));
    solo.replies(481);
    solo.hears(&invite("1", "c1"));
    let id = solo.invited();
    solo.act(|ua, now| ua.answer(now, id, "v=0".into()));
    solo.replies(200);
    solo.hears(&request("CANCEL", "1", "c1", 1));
    assert_eq!(solo.replies(200).method(), "CANCEL");
    solo.is_quiet();
}

#[test]
fn bye_carries_its_cause() {
    let (mut solo, id, invite) = Solo::talking();
    let bye = request("BYE", "bye", invite.header("Call-ID"), 1)
        .set("From", "<sip:102@rannan.local>;tag=b")
        .set("To", invite.header("From").to_owned())
        .with("Reason", "Q.850;cause=16, SIP;cause=503");
    solo.hears(&bye);
    solo.replies(200);
    solo.tells(&Event::Ended { id, cause: Some(503) });
    solo.is_quiet();
}

#[test]
fn what_is_nobodys_business_gets_its_answer() {
    let mut solo = Solo::new();
    for (n, (method, code)) in [
        ("OPTIONS", 200),
        ("MESSAGE", 405),
        ("INFO", 405),
        ("SUBSCRIBE", 405),
        ("NOTIFY", 405),
        ("REFER", 405),
        ("REGISTER", 405),
        ("WHATEVER", 405),
        ("BYE", 481),
        ("UPDATE", 481),
        ("PRACK", 481),
    ]
    .into_iter()
    .enumerate()
    {
        solo.hears(&request(method, &format!("n{n}"), "c1", 1));
        let reply = solo.replies(code);
        assert!(reply.tag("To").is_some(), "{method}: a final answer has a To tag (§8.2.6.2)");
        if matches!(code, 200 | 405) {
            assert!(reply.header("Allow").contains("INVITE"), "{method}");
        }
    }
    for (n, method) in ["BYE", "INVITE", "UPDATE", "INFO", "OPTIONS"].into_iter().enumerate() {
        solo.hears(&request(method, &format!("d{n}"), "c2", 1).set("To", "<sip:101@rannan.local>;tag=unknown"));
        solo.replies(481);
    }
    solo.hears(&request("ACK", "a", "c3", 1));
    solo.is_quiet();
    assert_eq!(solo.ua.load().0, 0);
}

#[test]
fn invitations_we_cannot_take_say_why() {
    let cases = [
        (invite("1", "c1").with("Require", "100rel, timer"), 420),
        (invite("2", "c2").set("Content-Type", "application/isup"), 415),
        (invite("3", "c3").with("Content-Encoding", "gzip"), 415),
        (invite("4", "c4").set("Contact", "not an address"), 400),
    ];
    for (call, code) in cases {
        let mut solo = Solo::new();
        solo.hears(&call);
        let refusal = solo.replies(code);
        if code == 420 {
            assert_eq!(refusal.header("Unsupported"), "100rel, timer");
        }
        solo.is_quiet();
    }
}

#[test]
fn the_same_invite_by_two_ways_is_one_call() {
    let mut solo = Solo::new();
    solo.hears(&invite("1", "c1"));
    solo.invited();
    solo.hears(&invite("2", "c1"));
    solo.replies(482);
    solo.is_quiet();
}

#[test]
fn the_caller_may_end_an_early_dialog_with_bye() {
    let (mut solo, id) = Solo::called();
    solo.act(|ua, now| ua.ring(now, id));
    let ringing = solo.replies(180);
    solo.hears(&request("BYE", "2", "c1", 2).set("To", ringing.header("To").to_owned()));
    assert_eq!(solo.replies(200).method(), "BYE");
    assert_eq!(solo.replies(487).method(), "INVITE");
    solo.tells(&Event::Cancelled { id, elsewhere: false });
}

#[test]
fn numbers_that_go_backwards_are_refused() {
    let (mut solo, _, invite) = Solo::talking();
    let inside = |n, cseq| {
        request("INFO", n, invite.header("Call-ID"), cseq)
            .set("From", "<sip:102@rannan.local>;tag=b")
            .set("To", invite.header("From").to_owned())
    };
    for (branch, cseq, code) in [("i1", 10, 200), ("i2", 12, 200), ("i3", 11, 500), ("i4", 13, 200)] {
        solo.hears(&inside(branch, cseq));
        solo.replies(code);
    }
}
