//! More than one call at one phone, and more than one phone of one user.

use std::time::Duration;

use base::CallId;
use model::{Direction, EndReason};
use phone::{Command, CommandError, LineState, Tone};
use testkit::sim::{PhoneId, World};

use crate::{all_quiet, answer, hang_up, pair, talking};

fn line_of(w: &World, who: PhoneId, call: CallId) -> Option<LineState> {
    w.view(who, call).map(|view| view.line)
}

/// Alice and Bob talk, Carol calls Bob.
fn waiting(seed: u64) -> (World, [PhoneId; 3], CallId, CallId) {
    let (mut w, alice, bob) = talking(seed);
    let carol = w.add_registered("103");
    let first = w.call(bob).expect("they talk").call;
    w.dial(carol, "102");
    w.until("carol waits", |w| w.line(bob) == Some(LineState::RingingHere));
    let second = w.call(bob).expect("carol waits").call;
    (w, [alice, bob, carol], first, second)
}

#[test]
fn a_second_call_waits_with_a_tone_and_no_ring() {
    let (mut w, [alice, bob, _], _, second) = waiting(100);
    assert_eq!((w.station(bob).ringing, w.station(bob).tone), (None, Some(Tone::CallWaiting)));
    assert!(w.talk(alice, bob));
    w.command(bob, Command::Silence(second));
    assert_eq!(w.station(bob).tone, None);
    assert!(w.view(bob, second).unwrap().silenced);
    all_quiet(&mut w);
}

#[test]
fn answering_the_second_holds_the_first() {
    let (mut w, [alice, bob, carol], first, second) = waiting(101);
    w.command(bob, Command::Answer(second));
    assert!(!w.hears(alice, bob), "alice does not hear what bob says to carol");
    w.until("bob talks to carol", |w| w.talk(bob, carol));
    w.until("alice is held", |w| line_of(w, bob, first) == Some(LineState::Held));
    assert!(w.call(alice).unwrap().held_by_far_end);
    assert_eq!(w.station(bob).tone, None);

    w.command(bob, Command::Resume(first));
    w.until("bob talks to alice", |w| w.talk(bob, alice) && line_of(w, bob, second) == Some(LineState::Held));
    assert!(!w.hears(carol, bob));
    w.command(bob, Command::HangUp(first));
    w.until("alice is free", |w| w.call(alice).is_none());
    assert_eq!(
        (line_of(&w, bob, second), w.station(bob).ear),
        (Some(LineState::Held), None),
        "carol waits until bob comes"
    );
    w.command(bob, Command::Resume(second));
    w.until("bob talks to carol", |w| w.talk(bob, carol));
    all_quiet(&mut w);
}

#[test]
fn declining_the_second_is_busy() {
    let (mut w, [alice, bob, carol], _, second) = waiting(102);
    w.command(bob, Command::Decline(second));
    w.until("carol knows", |w| w.call(carol).is_none());
    assert_eq!((w.last_end(carol), w.station(carol).ended[0].sip_code), (Some(EndReason::Busy), Some(486)));
    assert_eq!(w.last_end(bob), Some(EndReason::Declined));
    assert!(w.talk(alice, bob));
    assert_eq!(w.station(bob).tone, None);
    all_quiet(&mut w);
}

#[test]
fn a_waiting_call_rings_when_the_first_ends() {
    let (mut w, [alice, bob, _], _, second) = waiting(103);
    hang_up(&mut w, alice);
    w.until("now it rings", |w| w.station(bob).ringing == Some(second));
    assert_eq!(w.station(bob).tone, None);
    all_quiet(&mut w);
}

#[test]
fn a_first_call_that_will_not_be_held_is_silent_all_the_same() {
    let mut w = World::new(104);
    let bob = w.add_registered("102");
    let carol = w.add_registered("103");
    let far = w.add_raw("200");
    let first = w.dial(bob, "200");
    w.until("INVITE arrives", |w| w.raw(far).requests("INVITE") == 1);
    let offer = testkit::sim::Sdp::parse(&w.raw(far).last("INVITE", None).unwrap().body).expect("our offer");
    w.raw_respond(far, "INVITE", 200, "", Some(&offer.answered_by("raw/1", 1, false).to_string()));
    w.until("they talk", |w| w.line(bob) == Some(LineState::Talking));
    w.dial(carol, "102");
    w.until("carol waits", |w| w.line(bob) == Some(LineState::RingingHere));
    answer(&mut w, bob);
    w.until("re-INVITE arrives", |w| w.raw(far).requests("INVITE") == 2);
    w.raw_respond(far, "INVITE", 488, "", None);
    w.until("bob talks to carol", |w| w.talk(bob, carol));
    w.until("the first is held on our side", |w| line_of(w, bob, first) == Some(LineState::Held));
    w.pass(Duration::from_secs(30));
    assert_eq!(w.raw(far).requests("INVITE"), 2, "it is not asked again");
    w.command(bob, Command::Resume(first));
    w.until("back without asking", |w| {
        line_of(w, bob, first) == Some(LineState::Talking) && w.station(bob).ear.is_some_and(|(call, _)| call == first)
    });
    all_quiet(&mut w);
}

#[test]
fn dialling_while_talking_holds() {
    let (mut w, alice, bob) = talking(105);
    let carol = w.add_registered("103");
    let first = w.call(alice).unwrap().call;
    let second = w.dial(alice, "103");
    assert!(!w.hears(bob, alice), "sound switches at once");
    w.until("it rings", |w| w.line(carol) == Some(LineState::RingingHere));
    answer(&mut w, carol);
    w.until("alice talks to carol", |w| w.talk(alice, carol) && line_of(w, alice, first) == Some(LineState::Held));
    let third = w.dial(alice, "1");
    w.until("nobody is there", |w| w.last_end(alice) == Some(EndReason::NotFound));
    assert_eq!(w.station(alice).ended[0].call, third);
    w.until("carol is held for it", |w| line_of(w, alice, second) == Some(LineState::Held));
    all_quiet(&mut w);
}

#[test]
fn one_attempt_at_a_time() {
    let (mut w, alice, bob) = pair(106);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    let second = w.dial(alice, "102");
    assert_eq!(w.station(alice).refused, [(Some(second), CommandError::NotNow)]);
    all_quiet(&mut w);
}

#[test]
fn taking_an_incoming_call_gives_up_the_attempt_to_call() {
    let (mut w, alice, bob) = pair(107);
    let carol = w.add_registered("103");
    let attempt = w.dial(alice, "102");
    w.until("it rings at bob's", |w| w.line(bob) == Some(LineState::RingingHere));
    w.dial(carol, "101");
    w.until("carol calls alice", |w| w.line(alice) == Some(LineState::RingingHere));
    assert_eq!(w.station(alice).tone, Some(Tone::Ringback));
    answer(&mut w, alice);
    w.until("alice talks to carol", |w| w.talk(alice, carol));
    w.until("bob stops ringing", |w| w.last_end(bob) == Some(EndReason::Missed));
    assert_eq!(w.station(alice).ended[0].call, attempt);
    assert_eq!(w.last_end(alice), Some(EndReason::Cancelled));
    all_quiet(&mut w);
}

#[test]
fn dialling_while_it_rings_silences_the_ring() {
    let (mut w, alice, bob) = pair(108);
    let carol = w.add_registered("103");
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    let incoming = w.call(bob).unwrap().call;
    w.dial(bob, "103");
    assert_eq!(w.station(bob).ringing, None);
    assert!(w.view(bob, incoming).unwrap().silenced);
    w.until("it rings at carol's", |w| w.line(carol) == Some(LineState::RingingHere));
    assert_eq!(w.line(alice), Some(LineState::RingingThere), "alice is not sent away");
    all_quiet(&mut w);
}

#[test]
fn two_call_each_other_at_the_same_moment() {
    let (mut w, alice, bob) = pair(109);
    w.dial(alice, "102");
    w.dial(bob, "101");
    w.until("both wait", |w| {
        [alice, bob]
            .iter()
            .all(|who| w.station(*who).phone.calls().iter().any(|view| view.direction == Direction::Incoming))
    });
    let incoming = w.call(bob).unwrap().call;
    w.command(bob, Command::Answer(incoming));
    w.until("they talk on one of the two", |w| w.talk(alice, bob));
    w.until("the other is gone", |w| {
        w.station(alice).phone.calls().len() == 1 && w.station(bob).phone.calls().len() == 1
    });
    all_quiet(&mut w);
}

#[test]
fn the_other_phone_of_the_user_shows_answered_elsewhere() {
    let mut w = World::new(110);
    let alice = w.add_registered("101");
    let desk = w.add_registered("102");
    let home = w.add_registered("102");
    w.dial(alice, "102");
    w.until("both ring", |w| [desk, home].iter().all(|p| w.line(*p) == Some(LineState::RingingHere)));
    answer(&mut w, desk);
    w.until("they talk", |w| w.talk(alice, desk));
    w.until("home is quiet", |w| w.call(home).is_none());
    assert_eq!(w.last_end(home), Some(EndReason::AnsweredElsewhere));
    assert!(!w.station(home).records[0].unseen, "no badge for what was answered");
    all_quiet(&mut w);
}

#[test]
fn two_phones_that_answer_at_the_same_moment() {
    for seed in 0..20 {
        let mut w = World::new(1110 + seed);
        w.weather.delay_ms = (1, 60);
        let alice = w.add_registered("101");
        let desk = w.add_registered("102");
        let home = w.add_registered("102");
        w.dial(alice, "102");
        w.until("both ring", |w| [desk, home].iter().all(|p| w.line(*p) == Some(LineState::RingingHere)));
        answer(&mut w, desk);
        answer(&mut w, home);
        w.until("one of them talks", |w| w.talk(alice, desk) || w.talk(alice, home));
        w.until("the other is free", |w| w.call(desk).is_none() || w.call(home).is_none());
        w.pass(Duration::from_secs(40));
        assert!(w.talk(alice, desk) || w.talk(alice, home), "seed {}", w.seed);
        all_quiet(&mut w);
    }
}

#[test]
fn a_decline_stops_all_phones_of_the_user() {
    let mut w = World::new(112);
    let alice = w.add_registered("101");
    let desk = w.add_registered("102");
    let home = w.add_registered("102");
    w.dial(alice, "102");
    w.until("both ring", |w| [desk, home].iter().all(|p| w.line(*p) == Some(LineState::RingingHere)));
    hang_up(&mut w, desk);
    w.until("alice knows", |w| w.last_end(alice) == Some(EndReason::Rejected));
    w.until("home is quiet", |w| w.call(home).is_none());
    all_quiet(&mut w);
}

#[test]
fn the_ninth_caller_hears_busy() {
    let mut w = World::new(113);
    let bob = w.add_registered("102");
    let callers: Vec<PhoneId> = (0..9).map(|n| w.add_registered(&format!("20{n}"))).collect();
    for caller in &callers {
        w.dial(*caller, "102");
        w.pass(Duration::from_millis(200));
    }
    assert_eq!(w.station(bob).phone.calls().len(), 8);
    assert_eq!(w.last_end(callers[8]), Some(EndReason::Busy));
    assert_eq!(
        w.station(bob).records.iter().filter(|row| row.unseen).count(),
        1,
        "the agent learns that somebody called"
    );
    all_quiet(&mut w);
}
