//! Every way in which a call ends before it is a call, and races at the end.

use std::time::Duration;

use model::EndReason;
use phone::{Command, CommandError, LineState, RejectTone, Tone};
use testkit::sim::{Sdp, World};

use crate::{all_quiet, answer, hang_up, pair, talking};

#[test]
fn declining_is_603() {
    let (mut w, alice, bob) = pair(20);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    let call = w.call(bob).unwrap().call;
    w.command(bob, Command::Decline(call));
    w.until("alice knows", |w| w.call(alice).is_none());
    let (out, back) = (&w.station(alice).ended[0], &w.station(bob).ended[0]);
    assert_eq!((out.ended, out.sip_code), (Some(EndReason::Rejected), Some(603)));
    assert_eq!(back.ended, Some(EndReason::Declined));
    assert_eq!(w.station(alice).tone, Some(Tone::Ended(RejectTone::Busy)));
    assert!(!w.station(bob).records[0].unseen, "what was declined was seen");
    all_quiet(&mut w);
}

#[test]
fn hanging_up_a_ringing_call_declines_it() {
    let (mut w, alice, bob) = pair(21);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    hang_up(&mut w, bob);
    w.until("alice knows", |w| w.last_end(alice) == Some(EndReason::Rejected));
    assert_eq!(w.last_end(bob), Some(EndReason::Declined));
    all_quiet(&mut w);
}

#[test]
fn cancel_makes_a_missed_call() {
    let (mut w, alice, bob) = pair(22);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    hang_up(&mut w, alice);
    w.until("bob stops ringing", |w| w.call(bob).is_none());
    assert_eq!(w.last_end(bob), Some(EndReason::Missed));
    assert!(w.station(bob).records[0].unseen);
    w.until("alice is free", |w| w.call(alice).is_none());
    assert_eq!(w.last_end(alice), Some(EndReason::Cancelled));
    all_quiet(&mut w);
}

#[test]
fn hanging_up_before_anything_was_sent_sends_nothing() {
    let (mut w, alice, bob) = pair(23);
    w.dial(alice, "102");
    hang_up(&mut w, alice);
    assert_eq!(w.last_end(alice), Some(EndReason::Cancelled));
    w.pass(Duration::from_secs(5));
    assert!(w.station(bob).notices.iter().all(|(_, n)| !matches!(n, phone::Notice::Call(_))));
    all_quiet(&mut w);
}

#[test]
fn cancel_crossing_200_ends_with_bye() {
    let (mut w, alice, bob) = pair(24);
    w.dial(alice, "102");
    w.until("both know that it rings", |w| w.line(alice) == Some(LineState::RingingThere));
    answer(&mut w, bob);
    w.until("the 200 is on its way", |w| w.call(bob).is_some_and(|view| view.answered_at.is_some()));
    assert_eq!(w.line(alice), Some(LineState::RingingThere));
    hang_up(&mut w, alice);
    w.until("both are free", |w| w.call(alice).is_none() && w.call(bob).is_none());
    assert_eq!((w.last_end(alice), w.last_end(bob)), (Some(EndReason::Cancelled), Some(EndReason::RemoteHangUp)));
    all_quiet(&mut w);
}

#[test]
fn both_hang_up_at_once() {
    let (mut w, alice, bob) = talking(25);
    hang_up(&mut w, alice);
    hang_up(&mut w, bob);
    w.until("both are free", |w| w.call(alice).is_none() && w.call(bob).is_none());
    assert_eq!((w.last_end(alice), w.last_end(bob)), (Some(EndReason::LocalHangUp), Some(EndReason::LocalHangUp)));
    all_quiet(&mut w);
}

#[test]
fn answer_and_hang_up_pressed_one_after_the_other() {
    let (mut w, alice, bob) = pair(26);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    answer(&mut w, bob);
    hang_up(&mut w, bob);
    w.until("both are free", |w| w.call(alice).is_none() && w.call(bob).is_none());
    assert_eq!((w.last_end(alice), w.last_end(bob)), (Some(EndReason::Rejected), Some(EndReason::Declined)));
    all_quiet(&mut w);
}

#[test]
fn answering_what_was_just_cancelled_is_harmless() {
    let (mut w, alice, bob) = pair(27);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    let call = w.call(bob).unwrap().call;
    hang_up(&mut w, alice);
    w.pass(Duration::from_millis(11)); // The CANCEL is at the server.
    w.command(bob, Command::Answer(call));
    w.until("both are free", |w| w.call(alice).is_none() && w.call(bob).is_none());
    assert_eq!(w.last_end(bob), Some(EndReason::Missed));
    w.command(bob, Command::Answer(call));
    assert_eq!(w.station(bob).refused.last(), Some(&(Some(call), CommandError::NoSuchCall)));
    all_quiet(&mut w);
}

#[test]
fn nobody_there_rings_out_at_the_server() {
    let (mut w, alice, bob) = pair(28);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    let time = w.until_within(Duration::from_secs(61), "the server gives up", |w| w.call(alice).is_none());
    assert!(time > Duration::from_secs(55), "{time:?}");
    w.until("bob knows", |w| w.call(bob).is_none());
    assert_eq!((w.last_end(alice), w.last_end(bob)), (Some(EndReason::NoAnswer), Some(EndReason::Missed)));
    all_quiet(&mut w);
}

#[test]
fn a_caller_who_never_gives_up_is_missed_after_ninety_seconds() {
    // The far PBX has more patience than our server usually has.
    let mut w = World::with_ring_timeout(29, Duration::from_secs(600));
    let bob = w.add_registered("102");
    let patient = w.add_raw("200");
    let offer =
        Sdp { session: "raw/1".into(), version: 1, ice: 1, answers: None, way: testkit::sim::Way::BOTH }.to_string();
    w.raw_request(patient, "INVITE", "102", "", Some(&offer));
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    let time = w.until_within(Duration::from_secs(91), "bob gives up", |w| w.call(bob).is_none());
    assert!(time >= Duration::from_secs(89), "{time:?}");
    assert_eq!((w.last_end(bob), w.station(bob).ended[0].sip_code), (Some(EndReason::Missed), Some(480)));
    w.until("the caller hears it", |w| w.raw(patient).last("INVITE", Some(480)).is_some());
    all_quiet(&mut w);
}

#[test]
fn a_user_without_a_phone_is_not_reachable() {
    let mut w = World::new(30);
    let alice = w.add_registered("101");
    w.add_phone("102");
    w.dial(alice, "102");
    w.until("it is over", |w| w.call(alice).is_none());
    assert_eq!((w.last_end(alice), w.station(alice).ended[0].sip_code), (Some(EndReason::NoAnswer), Some(480)));
    all_quiet(&mut w);
}

#[test]
fn refusals_from_afar_have_their_words() {
    for (code, reason, tone) in [
        (486, EndReason::Busy, RejectTone::Busy),
        (600, EndReason::Busy, RejectTone::Busy),
        (603, EndReason::Rejected, RejectTone::Busy),
        (403, EndReason::Forbidden, RejectTone::Congestion),
        (404, EndReason::NotFound, RejectTone::Congestion),
        (484, EndReason::BadNumber, RejectTone::Congestion),
        (488, EndReason::NotAcceptable, RejectTone::Congestion),
        (503, EndReason::ServerFailure, RejectTone::Congestion),
    ] {
        let mut w = World::new(31);
        let alice = w.add_registered("101");
        let far = w.add_raw("200");
        w.dial(alice, "200");
        w.until("INVITE arrives", |w| w.raw(far).requests("INVITE") == 1);
        w.raw_respond(far, "INVITE", code, "", None);
        w.until("it is over", |w| w.call(alice).is_none());
        assert_eq!(w.last_end(alice), Some(reason), "{code}");
        assert_eq!(w.station(alice).tone, Some(Tone::Ended(tone)), "{code}");
        all_quiet(&mut w);
    }
}

#[test]
fn silence_of_the_server_ends_after_32_seconds() {
    let (mut w, alice, _) = pair(32);
    w.swallow(alice);
    w.dial(alice, "102");
    let time = w.until_within(Duration::from_secs(34), "Timer B", |w| w.call(alice).is_none());
    assert!(time >= Duration::from_secs(32), "{time:?}");
    assert_eq!(w.last_end(alice), Some(EndReason::Timeout));
    all_quiet(&mut w);
}

#[test]
fn a_far_end_that_never_confirms_is_left_after_32_seconds() {
    let mut w = World::new(33);
    let bob = w.add_registered("102");
    let far = w.add_raw("200");
    let offer =
        Sdp { session: "raw/1".into(), version: 1, ice: 1, answers: None, way: testkit::sim::Way::BOTH }.to_string();
    w.raw_request(far, "INVITE", "102", "", Some(&offer));
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    answer(&mut w, bob);
    w.until("200 arrives", |w| w.raw(far).last("INVITE", Some(200)).is_some());
    assert_eq!(w.line(bob), Some(LineState::Answering));
    let time = w.until_within(Duration::from_secs(34), "no ACK", |w| w.call(bob).is_none());
    assert!(time >= Duration::from_secs(31), "{time:?}");
    w.until("BYE arrives", |w| w.raw(far).requests("BYE") == 1);
    all_quiet(&mut w);
}

#[test]
fn bye_that_nobody_answers_does_not_keep_the_agent() {
    let mut w = World::new(34);
    let alice = w.add_registered("101");
    let far = w.add_raw("200");
    w.dial(alice, "200");
    w.until("INVITE arrives", |w| w.raw(far).requests("INVITE") == 1);
    let offer = Sdp::parse(&w.raw(far).last("INVITE", None).unwrap().body).expect("our offer");
    w.raw_respond(far, "INVITE", 200, "", Some(&offer.answered_by("raw/1", 1, false).to_string()));
    w.until("they talk", |w| w.line(alice) == Some(LineState::Talking));
    hang_up(&mut w, alice);
    let time = w.until_within(Duration::from_secs(6), "the ghost is given up", |w| w.call(alice).is_none());
    assert!(time >= Duration::from_secs(4), "{time:?}");
    assert_eq!(w.last_end(alice), Some(EndReason::LocalHangUp));
    all_quiet(&mut w);
}
