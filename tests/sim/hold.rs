//! Hold and resume: ours, theirs, both at once, refused.

use std::time::Duration;

use model::EndReason;
use phone::{Command, CommandError, LineState};
use testkit::sim::{PhoneId, RawId, Sdp, World};

use crate::{all_quiet, hang_up, talking};

fn hold(w: &mut World, who: PhoneId) {
    let call = w.call(who).expect("there is a call").call;
    w.command(who, Command::Hold(call));
}

fn resume(w: &mut World, who: PhoneId) {
    let call = w.call(who).expect("there is a call").call;
    w.command(who, Command::Resume(call));
}

/// Alice talks to a peer that is written by hand.
fn talking_to_raw(seed: u64) -> (World, PhoneId, RawId) {
    let mut w = World::new(seed);
    let alice = w.add_registered("101");
    let far = w.add_raw("200");
    w.dial(alice, "200");
    w.until("INVITE arrives", |w| w.raw(far).requests("INVITE") == 1);
    let offer = w.raw(far).last("INVITE", None).and_then(|invite| Sdp::parse(&invite.body)).expect("our offer");
    w.raw_respond(far, "INVITE", 200, "", Some(&offer.answered_by("raw/1", 1, false).to_string()));
    w.until("they talk", |w| w.line(alice) == Some(LineState::Talking) && w.raw(far).requests("ACK") == 1);
    (w, alice, far)
}

#[test]
fn hold_and_resume() {
    let (mut w, alice, bob) = talking(40);
    hold(&mut w, alice);
    assert!(!w.hears(bob, alice) && !w.hears(alice, bob), "silent from the press on");
    let view = w.call(alice).unwrap();
    assert!(view.pending && view.line == LineState::Talking, "not told as held before it is true");
    w.until("held", |w| w.line(alice) == Some(LineState::Held));
    let view = w.call(alice).unwrap();
    assert!(!view.pending && view.held_at.is_some());
    w.until("bob knows", |w| w.call(bob).is_some_and(|view| view.held_by_far_end));
    assert_eq!(w.line(bob), Some(LineState::Talking));

    w.pass(Duration::from_secs(30));
    resume(&mut w, alice);
    w.until("they talk again", |w| w.talk(alice, bob));
    w.until("both know it", |w| {
        w.line(alice) == Some(LineState::Talking) && w.call(bob).is_some_and(|view| !view.held_by_far_end)
    });
    assert_eq!(w.call(alice).unwrap().held_at, None);
    all_quiet(&mut w);
}

#[test]
fn both_hold_at_once_and_come_back() {
    for seed in 0..40 {
        let (mut w, alice, bob) = talking(4100 + seed);
        hold(&mut w, alice);
        hold(&mut w, bob);
        w.until("both hold", |w| w.line(alice) == Some(LineState::Held) && w.line(bob) == Some(LineState::Held));
        w.until("both are held", |w| {
            [alice, bob].iter().all(|who| w.call(*who).is_some_and(|view| view.held_by_far_end))
        });
        resume(&mut w, alice);
        resume(&mut w, bob);
        w.until("they talk", |w| w.talk(alice, bob));
        w.until("both know it", |w| [alice, bob].iter().all(|who| w.line(*who) == Some(LineState::Talking)));
        assert!(w.station(alice).refused.is_empty() && w.station(bob).refused.is_empty(), "seed {seed}");
        all_quiet(&mut w);
    }
}

#[test]
fn hold_and_resume_faster_than_the_network() {
    let (mut w, alice, bob) = talking(42);
    for _ in 0..5 {
        hold(&mut w, alice);
        w.pass(Duration::from_millis(3));
        resume(&mut w, alice);
        w.pass(Duration::from_millis(3));
    }
    w.until("they talk", |w| w.talk(alice, bob) && w.call(alice).is_some_and(|view| !view.pending));
    assert_eq!(w.line(alice), Some(LineState::Talking));
    hold(&mut w, alice);
    w.until("the last wish is what counts", |w| w.line(alice) == Some(LineState::Held));
    all_quiet(&mut w);
}

#[test]
fn a_far_end_that_will_not_be_held() {
    let (mut w, alice, far) = talking_to_raw(43);
    let call = w.call(alice).unwrap().call;
    hold(&mut w, alice);
    w.until("re-INVITE arrives", |w| w.raw(far).requests("INVITE") == 2);
    assert_eq!(w.station(alice).ear, None);
    w.raw_respond(far, "INVITE", 488, "", None);
    w.until("the agent is told", |w| w.station(alice).refused == [(Some(call), CommandError::FarEndRefused)]);
    let view = w.call(alice).unwrap();
    assert_eq!((view.line, view.pending), (LineState::Talking, false));
    assert!(w.station(alice).ear.is_some(), "the sound comes back");
    all_quiet(&mut w);
}

#[test]
fn a_far_end_that_will_not_be_taken_back() {
    let (mut w, alice, far) = talking_to_raw(44);
    hold(&mut w, alice);
    w.until("re-INVITE arrives", |w| w.raw(far).requests("INVITE") == 2);
    let offer = Sdp::parse(&w.raw(far).last("INVITE", None).unwrap().body).expect("our offer");
    assert!(offer.way.sends && !offer.way.hears, "hold is sendonly");
    w.raw_respond(far, "INVITE", 200, "", Some(&offer.answered_by("raw/1", 2, false).to_string()));
    w.until("held", |w| w.line(alice) == Some(LineState::Held));
    resume(&mut w, alice);
    w.until("re-INVITE arrives", |w| w.raw(far).requests("INVITE") == 3);
    w.raw_respond(far, "INVITE", 500, "", None);
    w.until("refused", |w| w.station(alice).refused.len() == 1);
    let view = w.call(alice).unwrap();
    assert_eq!((view.line, view.pending, w.station(alice).ear), (LineState::Held, false, None));
    all_quiet(&mut w);
}

#[test]
fn a_far_end_without_memory_of_the_call_ends_it() {
    let (mut w, alice, far) = talking_to_raw(45);
    hold(&mut w, alice);
    w.until("re-INVITE arrives", |w| w.raw(far).requests("INVITE") == 2);
    w.raw_respond(far, "INVITE", 481, "", None);
    w.until("it is over", |w| w.call(alice).is_none());
    assert_eq!((w.last_end(alice), w.station(alice).ended[0].sip_code), (Some(EndReason::RemoteHangUp), Some(481)));
    all_quiet(&mut w);
}

#[test]
fn a_far_end_that_asks_for_our_offer() {
    let (mut w, alice, far) = talking_to_raw(46);
    w.raw_in_dialog(far, "INVITE", None);
    w.until("200 with our offer", |w| w.raw(far).last("INVITE", Some(200)).is_some());
    let ours = Sdp::parse(&w.raw(far).last("INVITE", Some(200)).unwrap().body).expect("our offer");
    assert_eq!(ours.answers, None);
    let answer = ours.answered_by("raw/1", 2, true).to_string();
    w.raw_in_dialog(far, "ACK", Some(&answer));
    w.until("they hold us", |w| w.call(alice).is_some_and(|view| view.held_by_far_end));
    hold(&mut w, alice);
    w.until("nothing is stuck", |w| w.raw(far).requests("INVITE") == 2);
    all_quiet(&mut w);
}

#[test]
fn a_call_without_an_offer_gets_ours() {
    let mut w = World::new(47);
    let bob = w.add_registered("102");
    let far = w.add_raw("200");
    w.raw_request(far, "INVITE", "102", "", None);
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    crate::answer(&mut w, bob);
    w.until("200 with our offer", |w| w.raw(far).last("INVITE", Some(200)).is_some());
    let ours = Sdp::parse(&w.raw(far).last("INVITE", Some(200)).unwrap().body).expect("our offer");
    w.raw_in_own_dialog(far, "ACK", Some(&ours.answered_by("raw/1", 1, false).to_string()));
    w.until("they talk", |w| {
        w.call(bob).is_some_and(|view| view.line == LineState::Talking && view.media == phone::MediaState::Connected)
    });
    hang_up(&mut w, bob);
    w.until("BYE arrives", |w| w.raw(far).requests("BYE") == 1);
    w.raw_respond(far, "BYE", 200, "", None);
    w.until("it is over", |w| w.call(bob).is_none());
    all_quiet(&mut w);
}

#[test]
fn hold_before_the_answer_is_refused() {
    let (mut w, alice, bob) = crate::pair(48);
    let call = w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    w.command(alice, Command::Hold(call));
    hold(&mut w, bob);
    assert_eq!(w.station(alice).refused, [(Some(call), CommandError::NotNow)]);
    assert_eq!(w.station(bob).refused.len(), 1);
    all_quiet(&mut w);
}
