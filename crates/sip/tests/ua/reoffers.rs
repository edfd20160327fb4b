//! Changing a running session: re-INVITE, UPDATE, glare.

use sip::ua::Event;

use crate::message::{Msg, inside};
use crate::scene::{Duo, Solo, ms, secs};

#[test]
fn an_offer_and_its_answer() {
    let (mut duo, a, b) = Duo::in_call();
    for (side, ours, theirs) in [(0, a, b), (1, b, a)] {
        duo.act(side, |ua, now| ua.reoffer(now, ours, "v=0 hold".into()));
        duo.run();
        duo.tells(1 - side, &Event::Reoffered { id: theirs, offer: Some("v=0 hold".into()) });
        duo.act(1 - side, |ua, now| ua.answer_reoffer(now, theirs, "v=0 held".into()));
        duo.run();
        duo.tells(side, &Event::ReofferAnswered { id: ours, answer: Some("v=0 held".into()) });
        duo.wait(secs(40));
    }
    duo.act(0, |ua, now| ua.hang_up(now, a));
    duo.run();
    duo.tells(0, &Event::Closed { id: a });
    duo.tells(1, &Event::Ended { id: b, cause: None });
    duo.is_over();
}

#[test]
fn a_refused_offer_changes_nothing() {
    let (mut duo, a, b) = Duo::in_call();
    for code in [488, 500] {
        duo.act(0, |ua, now| ua.reoffer(now, a, "v=0".into()));
        duo.run();
        duo.tells(1, &Event::Reoffered { id: b, offer: Some("v=0".into()) });
        duo.act(1, |ua, now| ua.refuse_reoffer(now, b, code));
        duo.run();
        duo.tells(0, &Event::ReofferFailed { id: a, code });
    }
    let last = duo.log.iter().rev().find(|(_, m)| m.code() == Some(500)).map(|(_, m)| m.clone()).unwrap();
    assert!(last.find("Retry-After").is_some(), "§14.2");
    assert_eq!(duo.sides.each_ref().map(|ua| ua.load().0), [1, 1]);
}

#[test]
fn glare_both_sides_get_491_and_one_wins() {
    for seed in 0..50 {
        let mut duo = Duo::seeded(seed);
        let (a, b) = duo.talking();
        duo.act(0, |ua, now| ua.reoffer(now, a, "v=0 from a".into()));
        duo.act(1, |ua, now| ua.reoffer(now, b, "v=0 from b".into()));
        duo.run();
        assert_eq!(duo.log.iter().filter(|(_, m)| m.code() == Some(491)).count(), 2, "seed {seed}");
        assert!(duo.events.iter().all(|e| e.is_empty()), "glare is settled inside");
        // b did not make the Call-ID: it comes first (0–2 s), a after 2.1–4 s (§14.1).
        duo.wait(ms(2000));
        duo.tells(0, &Event::ReofferFailed { id: a, code: 491 });
        duo.tells(0, &Event::Reoffered { id: a, offer: Some("v=0 from b".into()) });
        duo.act(0, |ua, now| ua.answer_reoffer(now, a, "v=0 answer".into()));
        duo.wait(secs(10));
        duo.tells(1, &Event::ReofferAnswered { id: b, answer: Some("v=0 answer".into()) });
        assert!(duo.events.iter().all(|e| e.is_empty()), "seed {seed}: {:?}", duo.events);
    }
}

#[test]
fn our_offer_goes_out_again_after_491_in_the_time_of_section_14_1() {
    for (seed, outgoing) in (0..40).flat_map(|seed| [(seed, true), (seed, false)]) {
        let mut duo = Duo::seeded(seed);
        let (a, b) = duo.talking();
        let (side, id) = if outgoing { (0, a) } else { (1, b) };
        duo.act(side, |ua, now| ua.reoffer(now, id, "v=0 again".into()));
        let (_, bytes) = duo.wire.pop_front().unwrap();
        let first = Msg::read(&bytes);
        let refusal = first.reply(491, "").bytes();
        duo.act(side, |ua, now| ua.receive(now, &refusal));
        duo.wire.clear();
        let pause = duo.sides[side].wake_at().unwrap().since(duo.now).as_millis();
        let fits = if outgoing { (2100..=4000).contains(&pause) } else { pause <= 2000 };
        assert!(fits && pause.is_multiple_of(10), "seed {seed}: {pause} ms");
        duo.wait(secs(4));
        assert!(duo.events[1 - side].iter().any(|e| matches!(e, Event::Reoffered { .. })));
    }
}

#[test]
fn endless_glare_is_given_up() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.reoffer(now, id, "v=0".into()));
    for _ in 0..6 {
        let reinvite = solo.says("INVITE");
        solo.hears(&reinvite.reply(491, ""));
        solo.says("ACK");
        solo.wait(secs(4));
    }
    solo.tells(&Event::ReofferFailed { id, code: 491 });
    solo.is_quiet();
}

#[test]
fn a_second_offer_of_theirs_is_500_and_theirs_against_ours_491() {
    let (mut solo, id, invite) = Solo::talking();
    solo.hears(&inside(&invite, "INVITE", "r1", 1).sdp("v=0 one"));
    solo.tells(&Event::Reoffered { id, offer: Some("v=0 one".into()) });
    solo.hears(&inside(&invite, "INVITE", "r2", 2).sdp("v=0 two"));
    assert!(solo.replies(500).find("Retry-After").is_some());
    solo.hears(&inside(&invite, "UPDATE", "r3", 3).sdp("v=0 three"));
    solo.replies(500);
    solo.act(|ua, now| ua.reoffer(now, id, "v=0 ours".into()));
    solo.tells(&Event::ReofferFailed { id, code: 491 });
    solo.act(|ua, now| ua.answer_reoffer(now, id, "v=0 fine".into()));
    solo.replies(200);
    // Not acknowledged yet: ours waits.
    solo.hears(&inside(&invite, "UPDATE", "r4", 4).sdp("v=0 four"));
    solo.replies(491);
    solo.act(|ua, now| ua.reoffer(now, id, "v=0 ours".into()));
    solo.is_quiet();
    solo.wait(secs(4));
    solo.sent.retain(|m| m.code() != Some(200));
    solo.says("INVITE");
}

#[test]
fn their_next_invite_is_as_good_as_the_ack_of_the_last() {
    let (mut solo, id, invite) = Solo::talking();
    solo.hears(&inside(&invite, "INVITE", "r1", 1).sdp("v=0 one"));
    solo.act(|ua, now| ua.answer_reoffer(now, id, "v=0".into()));
    solo.replies(200);
    solo.events.clear();
    solo.hears(&inside(&invite, "INVITE", "r2", 2).sdp("v=0 two"));
    solo.tells(&Event::Reoffered { id, offer: Some("v=0 two".into()) });
    solo.wait(secs(60));
    solo.replies(100);
    solo.is_quiet();
    // But an offer of ours without its answer has to be settled first.
    let (mut solo, id, invite) = Solo::talking();
    solo.hears(&inside(&invite, "INVITE", "r1", 1));
    solo.act(|ua, now| ua.answer_reoffer(now, id, "v=0 ours".into()));
    solo.replies(200);
    solo.hears(&inside(&invite, "INVITE", "r2", 2).sdp("v=0 two"));
    solo.replies(491);
}

#[test]
fn no_ack_for_a_reanswer_ends_the_call() {
    let (mut solo, id, invite) = Solo::talking();
    solo.hears(&inside(&invite, "INVITE", "r1", 1).sdp("v=0"));
    solo.events.clear();
    solo.act(|ua, now| ua.answer_reoffer(now, id, "v=0".into()));
    solo.wait(secs(32));
    assert_eq!(solo.sent.iter().filter(|m| m.code() == Some(200)).count(), 11);
    solo.sent.retain(|m| m.code().is_none());
    solo.says("BYE");
    solo.tells(&Event::Ended { id, cause: Some(408) });
}

#[test]
fn an_offer_answered_moves_the_target() {
    let (mut solo, id, invite) = Solo::talking();
    solo.hears(&inside(&invite, "INVITE", "r1", 1).sdp("v=0"));
    solo.act(|ua, now| ua.answer_reoffer(now, id, "v=0".into()));
    solo.replies(200);
    solo.hears(&inside(&invite, "ACK", "r1a", 1));
    solo.act(|ua, now| ua.hang_up(now, id));
    assert_eq!(solo.says("BYE").start, "BYE sip:moved@peer.invalid SIP/2.0", "§12.2.2");
}

#[test]
fn an_offerless_reinvite_is_answered_by_the_ack() {
    let (mut solo, id, invite) = Solo::talking();
    solo.hears(&inside(&invite, "INVITE", "r1", 1));
    solo.tells(&Event::Reoffered { id, offer: None });
    solo.act(|ua, now| ua.answer_reoffer(now, id, "v=0 ours".into()));
    solo.replies(200);
    solo.hears(&inside(&invite, "ACK", "r1a", 1).sdp("v=0 theirs"));
    solo.tells(&Event::ReofferAnswered { id, answer: Some("v=0 theirs".into()) });
    solo.is_quiet();
}

#[test]
fn update_with_and_without_an_offer() {
    let (mut solo, id, invite) = Solo::talking();
    solo.hears(&inside(&invite, "UPDATE", "u1", 1));
    solo.replies(200);
    solo.hears(&inside(&invite, "UPDATE", "u2", 2).sdp("v=0 update"));
    solo.tells(&Event::Reoffered { id, offer: Some("v=0 update".into()) });
    solo.act(|ua, now| ua.answer_reoffer(now, id, "v=0 updated".into()));
    let ok = solo.replies(200);
    assert_eq!((ok.method(), ok.body.as_str()), ("UPDATE", "v=0 updated"));
    solo.wait(secs(60));
    solo.is_quiet();
    solo.act(|ua, now| ua.reoffer(now, id, "v=0 ours".into()));
    solo.says("INVITE");
    solo.hears(&inside(&invite, "UPDATE", "u3", 3).sdp("v=0 collides"));
    solo.replies(491);
}

#[test]
fn a_dead_dialog_ends_the_call() {
    for code in [481, 408] {
        let (mut solo, id, _) = Solo::talking();
        solo.act(|ua, now| ua.reoffer(now, id, "v=0".into()));
        let reinvite = solo.says("INVITE");
        solo.hears(&reinvite.reply(code, ""));
        solo.says("ACK");
        solo.says("BYE");
        solo.tells(&Event::Ended { id, cause: Some(code) });
        solo.is_quiet();
    }
}

#[test]
fn silence_to_an_offer_ends_the_call() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.reoffer(now, id, "v=0".into()));
    solo.says("INVITE");
    solo.wait(secs(32));
    solo.says("BYE");
    solo.tells(&Event::Ended { id, cause: Some(408) });
}

#[test]
fn hanging_up_with_their_offer_open_answers_it_with_487() {
    let (mut duo, a, b) = Duo::in_call();
    duo.act(0, |ua, now| ua.reoffer(now, a, "v=0".into()));
    duo.run();
    duo.events[1].clear();
    duo.act(1, |ua, now| ua.hang_up(now, b));
    duo.run();
    duo.tells(1, &Event::Closed { id: b });
    assert!(duo.log.iter().any(|(to, m)| *to == 0 && m.code() == Some(487)));
    assert!(duo.events[0].iter().any(|e| matches!(e, Event::Ended { .. })), "{:?}", duo.events[0]);
}

#[test]
fn a_200_to_our_offer_after_bye_still_gets_its_ack() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.reoffer(now, id, "v=0".into()));
    let reinvite = solo.says("INVITE");
    solo.act(|ua, now| ua.hang_up(now, id));
    let bye = solo.says("BYE");
    solo.hears(&reinvite.accept(200, "b").sdp("v=0"));
    solo.says("ACK");
    solo.hears(&bye.reply(200, ""));
    solo.tells(&Event::Closed { id });
    solo.is_quiet();
}
