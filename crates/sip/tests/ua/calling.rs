//! The calling side: answers, CANCEL, forks, silence.

use sip::ua::Event;

use crate::message::Msg;
use crate::scene::{Duo, Solo, ms, secs};

#[test]
fn a_call_is_made_answered_and_ended() {
    let (mut duo, a, b) = Duo::in_call();
    duo.act(0, |ua, now| ua.hang_up(now, a));
    duo.run();
    duo.tells(0, &Event::Closed { id: a });
    duo.tells(1, &Event::Ended { id: b, cause: None });
    duo.wait(secs(60));
    duo.is_over();
    assert_eq!(duo.sides.each_ref().map(|ua| ua.load().1), [0, 0], "no transaction is left");
}

#[test]
fn the_called_side_may_end_it() {
    let (mut duo, a, b) = Duo::in_call();
    duo.act(1, |ua, now| ua.hang_up(now, b));
    duo.run();
    duo.tells(1, &Event::Closed { id: b });
    duo.tells(0, &Event::Ended { id: a, cause: None });
    duo.is_over();
}

#[test]
fn both_hang_up_at_once() {
    let (mut duo, a, b) = Duo::in_call();
    duo.act(0, |ua, now| ua.hang_up(now, a));
    duo.act(1, |ua, now| ua.hang_up(now, b));
    duo.run();
    duo.tells(0, &Event::Closed { id: a });
    duo.tells(1, &Event::Closed { id: b });
    duo.is_over();
}

#[test]
fn invite_says_who_where_and_what() {
    let (_, _, invite) = Solo::calling();
    assert_eq!(invite.start, "INVITE sip:102@rannan.local SIP/2.0");
    assert!(invite.header("From").starts_with("\"Agent 101\" <sip:101@rannan.local>;tag="), "{invite:#?}");
    assert!(invite.header("Via").starts_with("SIP/2.0/WSS "), "RFC 7118 §5.1");
    assert!(invite.header("Contact").ends_with(".invalid;transport=ws>"), "RFC 7118 §5.2.2");
    assert_eq!(invite.body, "v=0 ours");
    assert_eq!(invite.header("Max-Forwards"), "70");
}

#[test]
fn hash_in_a_number_is_escaped() {
    let mut solo = Solo::new();
    let (_, out) = solo.ua.invite(solo.now, &base::Aor::new("*97#", "rannan.local").unwrap(), "v=0".into());
    solo.take(out);
    assert_eq!(solo.says("INVITE").start, "INVITE sip:*97%23@rannan.local SIP/2.0");
}

#[test]
fn an_impossible_address_fails_at_once() {
    let mut solo = Solo::new();
    let (id, out) = solo.ua.invite(solo.now, &base::Aor::new("50%", "rannan.local").unwrap(), "v=0".into());
    solo.take(out);
    assert!(matches!(solo.events.pop_front(), Some(Event::Failed { id: failed, code: 484, .. }) if failed == id));
    solo.is_quiet();
}

#[test]
fn every_refusal_is_told_with_its_code() {
    for code in [302, 403, 404, 408, 480, 486, 488, 500, 503, 600, 603] {
        let (mut solo, id, invite) = Solo::calling();
        solo.hears(&invite.reply(100, ""));
        solo.hears(&invite.reply(code, "b").with("Retry-After", "7 (busy)"));
        let ack = solo.says("ACK");
        assert_eq!(ack.header("Via"), invite.header("Via"), "the ACK of a refusal belongs to the INVITE (§17.1.1.3)");
        let reason_phrase = "Words".into();
        solo.tells(&Event::Failed { id, code, reason_phrase, retry_after: Some(secs(7)) });
        solo.is_quiet();
        assert_eq!(solo.ua.load().0, 0);
    }
}

#[test]
fn silence_ends_after_32_seconds() {
    let (mut solo, id, _) = Solo::calling();
    solo.wait(ms(31_999));
    solo.is_quiet();
    solo.wait(ms(1));
    solo.tells(&Event::TimedOut { id });
    solo.is_quiet();
    assert_eq!(solo.ua.load(), (0, 0));
}

#[test]
fn ringing_has_no_end_of_its_own() {
    let (mut solo, id, invite) = Solo::calling();
    solo.hears(&invite.reply(180, "b"));
    solo.tells(&Event::Provisional { id, code: 180, early_sdp: None });
    solo.wait(secs(600));
    solo.is_quiet();
}

#[test]
fn cancel_waits_for_a_provisional_answer() {
    let (mut solo, id, invite) = Solo::calling();
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.is_quiet();
    solo.hears(&invite.reply(100, ""));
    let cancel = solo.says("CANCEL");
    assert_eq!(cancel.header("Via"), invite.header("Via"), "§9.1: the same branch");
    assert_eq!((cancel.cseq(), cancel.header("To")), (invite.cseq(), invite.header("To")));
    solo.hears(&cancel.reply(200, "b"));
    solo.hears(&invite.reply(180, "b"));
    solo.is_quiet();
    solo.hears(&invite.reply(487, "b"));
    solo.says("ACK");
    solo.tells(&Event::Closed { id });
    solo.is_quiet();
}

#[test]
fn cancel_is_sent_at_once_when_it_rings_and_only_once() {
    let (mut solo, id, invite) = Solo::calling();
    solo.hears(&invite.reply(180, "b"));
    solo.events.clear();
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.says("CANCEL");
    solo.hears(&invite.reply(180, "b"));
    solo.is_quiet();
}

#[test]
fn cancel_before_any_answer_ends_with_timer_b() {
    let (mut solo, id, _) = Solo::calling();
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.wait(secs(32));
    solo.tells(&Event::Closed { id });
    solo.is_quiet();
}

#[test]
fn cancel_into_silence_ends_after_32_seconds() {
    let (mut solo, id, invite) = Solo::calling();
    solo.hears(&invite.reply(180, "b"));
    solo.events.clear();
    solo.act(|ua, now| ua.hang_up(now, id));
    let cancel = solo.says("CANCEL");
    solo.hears(&cancel.reply(200, "b"));
    solo.wait(ms(31_999));
    solo.is_quiet();
    solo.wait(ms(1));
    solo.tells(&Event::Closed { id });
    assert_eq!(solo.ua.load(), (0, 0));
}

#[test]
fn a_refusal_that_comes_before_the_held_cancel_makes_it_needless() {
    let (mut solo, id, invite) = Solo::calling();
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.hears(&invite.reply(486, "b"));
    solo.says("ACK");
    solo.tells(&Event::Closed { id });
    solo.is_quiet();
}

#[test]
fn cancel_crossing_200_ends_with_bye() {
    let mut duo = Duo::new();
    let (a, out) = duo.sides[0].invite(duo.now, &crate::scene::aor("102"), "v=0 a".into());
    duo.act(0, |_, _| out);
    duo.run();
    let Some(Event::Invited { id: b, .. }) = duo.events[1].pop_front() else { panic!("no invitation") };
    duo.act(1, |ua, now| ua.ring(now, b));
    duo.run();
    duo.events[0].clear();
    // Both at the same moment: CANCEL and 200 pass each other on the wire.
    duo.act(0, |ua, now| ua.hang_up(now, a));
    duo.act(1, |ua, now| ua.answer(now, b, "v=0 b".into()));
    duo.run();
    duo.tells(1, &Event::Confirmed { id: b });
    duo.tells(1, &Event::Ended { id: b, cause: None });
    duo.tells(0, &Event::Closed { id: a });
    duo.is_over();
    let order: Vec<&str> =
        duo.log.iter().filter(|(to, m)| *to == 1 && m.code().is_none()).map(|(_, m)| m.method()).collect();
    assert_eq!(order, ["INVITE", "CANCEL", "ACK", "BYE"]);
}

#[test]
fn cancel_reaches_a_ringing_phone() {
    let mut duo = Duo::new();
    let (a, out) = duo.sides[0].invite(duo.now, &crate::scene::aor("102"), "v=0 a".into());
    duo.act(0, |_, _| out);
    duo.run();
    let Some(Event::Invited { id: b, .. }) = duo.events[1].pop_front() else { panic!("no invitation") };
    duo.act(1, |ua, now| ua.ring(now, b));
    duo.run();
    duo.events[0].clear();
    duo.act(0, |ua, now| ua.hang_up(now, a));
    duo.run();
    duo.tells(1, &Event::Cancelled { id: b, elsewhere: false });
    duo.tells(0, &Event::Closed { id: a });
    duo.is_over();
}

#[test]
fn early_media_is_told_once_per_fork() {
    let (mut solo, id, invite) = Solo::calling();
    let early = |code, tag: &str, sdp: &str| invite.accept(code, tag).sdp(sdp);
    solo.hears(&early(183, "b", "v=0 b"));
    solo.tells(&Event::Provisional { id, code: 183, early_sdp: Some("v=0 b".into()) });
    solo.hears(&early(183, "b", "v=0 b again"));
    solo.tells(&Event::Provisional { id, code: 183, early_sdp: None });
    solo.hears(&invite.reply(180, "c"));
    solo.tells(&Event::Provisional { id, code: 180, early_sdp: None });
    solo.hears(&early(183, "c", "v=0 c"));
    solo.tells(&Event::Provisional { id, code: 183, early_sdp: Some("v=0 c".into()) });
    // The 200 of the second fork comes without SDP: what it said early counts.
    solo.hears(&invite.accept(200, "c"));
    solo.tells(&Event::Accepted { id, answer: Some("v=0 c".into()) });
    assert!(solo.says("ACK").start.starts_with("ACK sip:c@peer.invalid"));
    solo.is_quiet();
}

#[test]
fn a_second_phone_that_answers_hears_ack_and_bye() {
    let (mut solo, id, invite) = Solo::talking();
    solo.hears(&invite.accept(200, "late").sdp("v=0 late"));
    let ack = solo.says("ACK");
    assert_eq!(ack.tag("To"), Some("late"));
    let bye = solo.says("BYE");
    assert_eq!((bye.tag("To"), bye.cseq()), (Some("late"), 2));
    // Its 200 again: the same ACK again, no second BYE.
    solo.hears(&invite.accept(200, "late").sdp("v=0 late"));
    assert_eq!(solo.says("ACK").header("Via"), ack.header("Via"));
    solo.hears(&bye.reply(200, ""));
    solo.is_quiet();
    // The first one still talks.
    solo.act(|ua, now| ua.hang_up(now, id));
    assert_eq!(solo.says("BYE").tag("To"), Some("b"));
}

#[test]
fn a_repeated_200_gets_the_same_ack_again() {
    let (mut solo, id, invite) = Solo::calling();
    let ok = invite.accept(200, "b").sdp("v=0 theirs");
    solo.hears(&ok);
    let first = solo.says("ACK");
    solo.tells(&Event::Accepted { id, answer: Some("v=0 theirs".into()) });
    for _ in 0..5 {
        solo.wait(ms(500));
        solo.hears(&ok);
        assert_eq!(solo.says("ACK").bytes(), first.bytes());
    }
    solo.is_quiet();
    assert_eq!(solo.ua.counters().repeated_answers, 5);
    // Even when the call is over.
    solo.act(|ua, now| ua.hang_up(now, id));
    let bye = solo.says("BYE");
    solo.hears(&bye.reply(200, ""));
    solo.tells(&Event::Closed { id });
    solo.hears(&ok);
    assert_eq!(solo.says("ACK").bytes(), first.bytes());
    solo.is_quiet();
}

#[test]
fn hostile_forks_are_bounded() {
    let (mut solo, _, invite) = Solo::calling();
    for n in 0..1000 {
        solo.hears(&invite.accept(183, &format!("fork{n}")).sdp("v=0"));
    }
    let told = solo.events.iter().filter(|e| matches!(e, Event::Provisional { early_sdp: Some(_), .. })).count();
    assert_eq!(told, 16);
    for n in 0..1000 {
        solo.hears(&invite.accept(200, &format!("fork{n}")).sdp("v=0"));
    }
    assert!(solo.ua.load().1 <= 20, "{:?}", solo.ua.load());
}

#[test]
fn record_route_becomes_the_route_and_a_strict_router_gets_the_request_uri() {
    let (mut solo, id, invite) = Solo::calling();
    let ok = invite.accept(200, "b").sdp("v=0").with("Record-Route", "<sip:p2;lr>, <sip:p1;lr;ftag=a>;x=1");
    solo.hears(&ok);
    let routes = |m: &Msg| m.headers.iter().filter(|(n, _)| n == "Route").map(|(_, v)| v.clone()).collect::<Vec<_>>();
    let ack = solo.says("ACK");
    assert_eq!(routes(&ack), ["<sip:p1;lr;ftag=a>;x=1", "<sip:p2;lr>"]);
    assert_eq!(ack.start, "ACK sip:b@peer.invalid;transport=ws SIP/2.0");
    solo.act(|ua, now| ua.hang_up(now, id));
    assert_eq!(routes(&solo.says("BYE")), ["<sip:p1;lr;ftag=a>;x=1", "<sip:p2;lr>"]);

    let (mut solo, _, invite) = Solo::calling();
    solo.hears(&invite.accept(200, "b").sdp("v=0").with("Record-Route", "<sip:strict.example>"));
    let ack = solo.says("ACK");
    assert_eq!(ack.start, "ACK sip:strict.example SIP/2.0");
    assert_eq!(routes(&ack), ["<sip:b@peer.invalid;transport=ws>"]);
}

#[test]
fn bye_into_silence_is_given_up_after_32_seconds() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.says("BYE");
    solo.wait(ms(31_999));
    solo.is_quiet();
    solo.wait(ms(1));
    solo.tells(&Event::Closed { id });
    solo.is_quiet();
}
