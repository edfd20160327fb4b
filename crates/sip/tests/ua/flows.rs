//! Losing the flow in each state, and coming back.

use sip::ua::{Event, RegisterFailure};

use crate::message::{inside, request};
use crate::scene::{Duo, Solo, ms, secs};

#[test]
fn a_registration_under_way_fails_and_a_new_flow_tries_again() {
    let mut solo = Solo::new();
    solo.act(|ua, now| ua.register(now));
    let first = solo.says("REGISTER");
    solo.act(|ua, now| ua.flow_down(now));
    solo.tells(&Event::RegistrationFailed { why: RegisterFailure::FlowLost });
    solo.is_quiet();
    solo.act(|ua, now| ua.flow_up(now));
    let second = solo.says("REGISTER");
    assert_eq!(second.header("Contact"), first.header("Contact"), "the same for the life of the agent");
    // An answer to the old one says nothing any more.
    solo.hears(&first.reply(200, "r"));
    solo.is_quiet();
    solo.hears(&second.reply(200, "r"));
    solo.tells(&Event::Registered { expires: secs(600) });
}

#[test]
fn without_a_flow_nothing_is_sent() {
    let mut solo = Solo::new();
    solo.act(|ua, now| ua.flow_down(now));
    solo.act(|ua, now| ua.register(now));
    solo.is_quiet();
    let (id, out) = solo.ua.invite(solo.now, &crate::scene::aor("102"), "v=0".into());
    solo.take(out);
    solo.tells(&Event::FlowLost { id });
    solo.act(|ua, now| ua.unregister(now));
    solo.tells(&Event::Unregistered);
    solo.act(|ua, now| ua.flow_up(now));
    solo.is_quiet();
}

#[test]
fn signing_off_ends_with_the_flow() {
    let mut solo = Solo::new();
    solo.act(|ua, now| ua.register(now));
    let register = solo.says("REGISTER");
    solo.hears(&register.reply(200, "r"));
    solo.events.clear();
    solo.act(|ua, now| ua.unregister(now));
    solo.says("REGISTER");
    solo.act(|ua, now| ua.flow_down(now));
    solo.tells(&Event::Unregistered);
    solo.wait(secs(60));
    solo.is_quiet();
}

#[test]
fn an_outgoing_call_that_rings_is_lost() {
    for provisional in [false, true] {
        let (mut solo, id, invite) = Solo::calling();
        if provisional {
            solo.hears(&invite.reply(180, "b"));
            solo.events.clear();
        }
        solo.act(|ua, now| ua.flow_down(now));
        solo.tells(&Event::FlowLost { id });
        solo.is_quiet();
        assert_eq!(solo.ua.load(), (0, 0));
    }
}

#[test]
fn a_cancelled_call_is_closed() {
    let (mut solo, id, invite) = Solo::calling();
    solo.hears(&invite.reply(180, "b"));
    solo.events.clear();
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.says("CANCEL");
    solo.act(|ua, now| ua.flow_down(now));
    solo.tells(&Event::Closed { id });
    solo.is_quiet();
}

#[test]
fn an_incoming_call_that_rings_is_lost() {
    let (mut solo, id) = Solo::called();
    solo.act(|ua, now| ua.ring(now, id));
    solo.replies(180);
    solo.act(|ua, now| ua.flow_down(now));
    solo.tells(&Event::FlowLost { id });
    solo.wait(secs(300));
    solo.is_quiet();
}

#[test]
fn an_answer_without_ack_is_repeated_on_the_next_flow() {
    let (mut solo, id) = Solo::called();
    solo.act(|ua, now| ua.answer(now, id, "v=0".into()));
    let ok = solo.replies(200);
    solo.act(|ua, now| ua.flow_down(now));
    solo.wait(secs(5));
    solo.is_quiet();
    solo.act(|ua, now| ua.flow_up(now));
    assert_eq!(solo.replies(200).bytes(), ok.bytes());
    solo.hears(&request("ACK", "ack", "c1", 1).set("To", ok.header("To").to_owned()));
    solo.tells(&Event::Confirmed { id });
    solo.wait(secs(60));
    solo.is_quiet();
}

#[test]
fn a_standing_call_survives_and_tells_its_new_path() {
    let (mut duo, a, b) = Duo::in_call();
    duo.act(0, |ua, now| ua.flow_down(now));
    duo.wait(secs(120));
    assert!(duo.events.iter().all(|e| e.is_empty()), "{:?}", duo.events);
    duo.act(0, |ua, now| ua.flow_up(now));
    duo.act(0, |ua, now| ua.refresh_targets(now));
    duo.run();
    assert!(duo.log.iter().any(|(to, m)| *to == 1 && m.is("UPDATE") && m.body.is_empty()));
    assert!(duo.events.iter().all(|e| e.is_empty()));
    duo.act(1, |ua, now| ua.hang_up(now, b));
    duo.run();
    duo.tells(1, &Event::Closed { id: b });
    duo.tells(0, &Event::Ended { id: a, cause: None });
    duo.is_over();
}

#[test]
fn a_peer_without_update_needs_an_offer() {
    let (mut solo, id, invite) = Solo::calling();
    solo.hears(&invite.accept(200, "b").set("Allow", "INVITE, ACK, BYE").sdp("v=0"));
    solo.says("ACK");
    solo.events.clear();
    solo.act(|ua, now| ua.refresh_targets(now));
    solo.tells(&Event::WantsReoffer { id });
    solo.is_quiet();
}

#[test]
fn update_that_finds_nobody_is_repeated_and_never_ends_the_call() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.refresh_targets(now));
    let mut at = Vec::new();
    while let Some(update) = solo.sent.pop_front() {
        assert!(update.is("UPDATE"));
        at.push(solo.now.since_epoch().as_secs());
        solo.hears(&update.reply(480, ""));
        solo.wait(secs(16));
    }
    assert_eq!(at.len(), 6, "{at:?}");
    solo.is_quiet();
    solo.act(|ua, now| ua.refresh_targets(now));
    let update = solo.says("UPDATE");
    solo.wait(secs(40));
    assert!(solo.events.is_empty(), "silence does not end it either: {:?}", solo.events);
    solo.sent.clear();
    solo.act(|ua, now| ua.refresh_targets(now));
    let again = solo.says("UPDATE");
    assert!(again.cseq() > update.cseq());
    solo.hears(&again.reply(481, ""));
    solo.says("BYE");
    solo.tells(&Event::Ended { id, cause: Some(481) });
}

#[test]
fn update_that_is_not_known_becomes_an_offer() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.refresh_targets(now));
    let update = solo.says("UPDATE");
    solo.hears(&update.reply(405, ""));
    solo.tells(&Event::WantsReoffer { id });
    solo.wait(secs(60));
    solo.is_quiet();
}

#[test]
fn an_open_offer_of_ours_fails_and_theirs_is_forgotten() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.reoffer(now, id, "v=0".into()));
    solo.says("INVITE");
    solo.act(|ua, now| ua.flow_down(now));
    solo.tells(&Event::ReofferFailed { id, code: 503 });
    solo.is_quiet();
    solo.act(|ua, now| ua.flow_up(now));
    solo.act(|ua, now| ua.reoffer(now, id, "v=0".into()));
    solo.says("INVITE");

    let (mut duo, a, b) = Duo::in_call();
    duo.act(0, |ua, now| ua.reoffer(now, a, "v=0".into()));
    duo.run();
    duo.tells(1, &Event::Reoffered { id: b, offer: Some("v=0".into()) });
    duo.act(1, |ua, now| ua.flow_down(now));
    duo.tells(1, &Event::WantsReoffer { id: b });
    duo.act(1, |ua, now| ua.answer_reoffer(now, b, "v=0".into()));
    assert!(duo.wire.is_empty() && duo.events[1].is_empty());
}

#[test]
fn an_answered_offer_does_not_wait_for_an_ack_that_went_down_with_the_flow() {
    for (offer, is_late) in [("v=0", false), ("", true)] {
        let (mut solo, id, invite) = Solo::talking();
        solo.hears(&inside(&invite, "INVITE", "r1", 1).sdp(offer));
        solo.events.clear();
        solo.act(|ua, now| ua.answer_reoffer(now, id, "v=0".into()));
        solo.replies(200);
        solo.act(|ua, now| ua.flow_down(now));
        if is_late {
            solo.tells(&Event::ReofferFailed { id, code: 503 });
        }
        solo.tells(&Event::WantsReoffer { id });
        solo.act(|ua, now| ua.flow_up(now));
        solo.hears(&inside(&invite, "ACK", "r1a", 1));
        solo.wait(secs(60));
        solo.is_quiet();
        assert_eq!(solo.ua.load().0, 1, "the call goes on");
    }
}

#[test]
fn an_ack_that_may_be_lost_is_said_again_once_we_are_registered() {
    for (pause, expected) in [(31, true), (32, false)] {
        let (mut solo, id, invite) = Solo::calling();
        solo.hears(&invite.accept(200, "b").sdp("v=0"));
        let ack = solo.says("ACK");
        solo.events.clear();
        solo.act(|ua, now| ua.flow_down(now));
        solo.wait(secs(pause));
        solo.act(|ua, now| ua.flow_up(now));
        solo.is_quiet();
        solo.act(|ua, now| ua.refresh_targets(now));
        if expected {
            assert_eq!(solo.says("ACK").bytes(), ack.bytes());
        }
        solo.says("UPDATE");
        solo.act(|ua, now| ua.hang_up(now, id));
        solo.says("BYE");
        solo.act(|ua, now| ua.refresh_targets(now));
        solo.is_quiet();
    }
}

#[test]
fn a_200_without_ack_is_said_again_once_we_are_registered() {
    let (mut solo, id) = Solo::called();
    solo.act(|ua, now| ua.answer(now, id, "v=0".into()));
    let ok = solo.replies(200);
    solo.act(|ua, now| ua.flow_up(now));
    assert_eq!(solo.replies(200).bytes(), ok.bytes(), "a peer without registrar");
    solo.act(|ua, now| ua.refresh_targets(now));
    assert_eq!(solo.replies(200).bytes(), ok.bytes(), "a server that had to know us first");
}

#[test]
fn bye_waits_for_the_next_flow() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.flow_down(now));
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.is_quiet();
    solo.wait(secs(10));
    solo.act(|ua, now| ua.flow_up(now));
    let bye = solo.says("BYE");
    solo.hears(&bye.reply(200, ""));
    solo.tells(&Event::Closed { id });

    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.says("BYE");
    solo.act(|ua, now| ua.flow_down(now));
    solo.is_quiet();
    solo.wait(ms(31_999));
    solo.is_quiet();
    solo.wait(ms(1));
    solo.tells(&Event::Closed { id });
}

#[test]
fn a_second_flow_up_replaces_the_first() {
    let (mut solo, id, _) = Solo::calling();
    solo.act(|ua, now| ua.flow_up(now));
    solo.tells(&Event::FlowLost { id });
    solo.is_quiet();
}
