//! The flow, the server or the media goes away in the middle of something.

use std::time::Duration;

use model::{EndReason, Registration, RegistrationFailure};
use phone::{Command, CommandError, Input, LineState, MediaState};
use testkit::sim::{PhoneId, World};

use crate::{all_quiet, answer, hang_up, pair, talking};

fn registered(w: &World, who: PhoneId) -> bool {
    w.registration(who) == Registration::Registered
}

#[test]
fn a_talking_call_survives_the_loss_of_its_flow() {
    let (mut w, alice, bob) = talking(60);
    w.break_flow(alice);
    w.until("alice notices", |w| matches!(w.registration(alice), Registration::Failed { .. }));
    assert!(w.talk(alice, bob), "sound does not need the flow");
    w.until_within(Duration::from_secs(2), "she is back", |w| registered(w, alice));
    w.pass(Duration::from_secs(1));
    hang_up(&mut w, bob);
    w.until_within(Duration::from_secs(1), "BYE finds the new flow", |w| w.call(alice).is_none());
    assert_eq!(w.last_end(alice), Some(EndReason::RemoteHangUp));
    all_quiet(&mut w);
}

#[test]
fn hanging_up_right_after_the_reconnect_reaches_the_other_side() {
    let (mut w, alice, bob) = talking(61);
    w.break_flow(alice);
    w.pass(Duration::from_millis(20));
    hang_up(&mut w, alice);
    assert_eq!(w.station(alice).ear, None);
    w.until("the agent is free", |w| w.call(alice).is_none());
    w.until("BYE waited for the flow", |w| w.call(bob).is_none());
    assert_eq!((w.last_end(alice), w.last_end(bob)), (Some(EndReason::LocalHangUp), Some(EndReason::RemoteHangUp)));
    all_quiet(&mut w);
}

#[test]
fn flow_loss_in_each_outgoing_state_ends_as_offline() {
    for wanted in [LineState::Preparing, LineState::Calling, LineState::RingingThere] {
        let (mut w, alice, bob) = pair(62);
        w.dial(alice, "102");
        w.until("the state is there", |w| w.line(alice) == Some(wanted));
        w.break_flow(alice);
        w.until("it is over", |w| w.call(alice).is_none());
        assert_eq!(w.last_end(alice), Some(EndReason::Offline), "{wanted:?}");
        w.until("bob does not ring for ever", |w| w.call(bob).is_none());
        w.until("alice is back", |w| registered(w, alice));
        all_quiet(&mut w);
    }
}

#[test]
fn flow_loss_while_it_rings_here_is_a_missed_call() {
    let (mut w, alice, bob) = pair(63);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    w.break_flow(bob);
    w.until("bob stops ringing", |w| w.call(bob).is_none());
    assert_eq!((w.last_end(bob), w.station(bob).ringing), (Some(EndReason::Missed), None));
    w.until("alice is told", |w| w.call(alice).is_none());
    all_quiet(&mut w);
}

#[test]
fn flow_loss_at_the_press_of_answer() {
    let (mut w, alice, bob) = pair(64);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    w.break_flow(bob);
    answer(&mut w, bob);
    w.until("both are free", |w| w.call(alice).is_none() && w.call(bob).is_none());
    all_quiet(&mut w);
}

#[test]
fn flow_loss_between_200_and_ack_leaves_no_ghost() {
    let (mut w, alice, bob) = pair(65);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    answer(&mut w, bob);
    w.until("alice has the 200", |w| w.line(alice) == Some(LineState::Talking));
    assert_eq!(w.line(bob), Some(LineState::Answering), "ACK is on its way");
    w.break_flow(bob);
    w.until("they hear each other", |w| w.talk(alice, bob));
    // RFC 3261 §13.3.1.4: without ACK the dialog would end after 32 s, but the repeated 200 finds its way.
    w.until_within(Duration::from_secs(6), "the ACK is there", |w| w.line(bob) == Some(LineState::Talking));
    w.pass(Duration::from_secs(40));
    assert!(w.talk(alice, bob));
    all_quiet(&mut w);
}

#[test]
fn flow_loss_of_either_side_around_the_200_leaves_both_or_none() {
    for (pause_ms, breaks_alice) in (1..=120).step_by(3).flat_map(|ms| [(ms, true), (ms, false)]) {
        let (mut w, alice, bob) = pair(6500 + pause_ms);
        w.dial(alice, "102");
        w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
        answer(&mut w, bob);
        w.pass(Duration::from_millis(pause_ms));
        let had_200 = w.line(alice) == Some(LineState::Talking);
        w.break_flow(if breaks_alice { alice } else { bob });
        w.pass(Duration::from_secs(60));
        w.assert_agreement();
        let lines = [w.line(alice), w.line(bob)];
        if had_200 {
            assert!(w.talk(alice, bob), "{pause_ms} ms, breaks Alice: {breaks_alice}: {lines:?}");
        } else {
            assert!(
                w.talk(alice, bob) || lines == [None, None],
                "{pause_ms} ms, breaks Alice: {breaks_alice}: {lines:?}"
            );
        }
        all_quiet(&mut w);
    }
}

#[test]
fn hold_during_an_outage_is_silent_at_once_and_told_later() {
    let (mut w, alice, bob) = talking(66);
    w.kill_server();
    w.until("alice notices", |w| !registered(w, alice));
    let call = w.call(alice).unwrap().call;
    w.command(alice, Command::Hold(call));
    assert!(!w.hears(bob, alice));
    w.pass(Duration::from_secs(20));
    let view = w.call(alice).unwrap();
    assert!(view.pending && view.line == LineState::Talking, "the far end does not know yet: {view:?}");
    w.start_server();
    w.until("held", |w| w.line(alice) == Some(LineState::Held));
    w.until("bob knows", |w| w.call(bob).is_some_and(|view| view.held_by_far_end));
    all_quiet(&mut w);
}

#[test]
fn flow_loss_while_a_re_offer_is_out() {
    for (pause_ms, (what, loses)) in (1..=150).step_by(3).flat_map(|ms| LOSSES.map(|loss| (ms, loss))) {
        let (mut w, alice, bob) = talking(6700 + pause_ms);
        let call = w.call(alice).unwrap().call;
        w.command(alice, Command::Hold(call));
        w.pass(Duration::from_millis(pause_ms));
        loses(&mut w, alice, bob);
        w.pass(Duration::from_secs(90));
        w.assert_agreement();
        assert_eq!(w.line(alice), Some(LineState::Held), "{what}, {pause_ms} ms");
        w.command(alice, Command::Resume(call));
        w.until("they talk", |w| w.talk(alice, bob));
        all_quiet(&mut w);
    }
}

#[test]
fn a_wish_that_is_taken_back_during_the_outage() {
    for (pause_ms, (what, loses)) in (1..=150).step_by(3).flat_map(|ms| LOSSES.map(|loss| (ms, loss))) {
        let (mut w, alice, bob) = talking(6900 + pause_ms);
        let call = w.call(alice).unwrap().call;
        w.command(alice, Command::Hold(call));
        w.pass(Duration::from_millis(pause_ms));
        loses(&mut w, alice, bob);
        w.pass(Duration::from_millis(300));
        w.command(alice, Command::Resume(call));
        w.pass(Duration::from_secs(90));
        w.assert_agreement();
        assert!(w.talk(alice, bob), "{what}, {pause_ms} ms: {:?} {:?}", w.call(alice), w.call(bob));
        all_quiet(&mut w);
    }
}

/// What happens to the two phones.
type Loss = fn(&mut World, PhoneId, PhoneId);

/// Ways in which two phones lose their way to each other.
const LOSSES: [(&str, Loss); 4] = [
    ("Alice", |w, alice, _| w.break_flow(alice)),
    ("Bob", |w, _, bob| w.break_flow(bob)),
    ("Alice silently", |w, alice, _| w.silence_flow(alice)),
    ("both", |w, alice, bob| {
        w.break_flow(alice);
        w.break_flow(bob);
    }),
];

#[test]
fn a_server_that_restarts_during_a_call() {
    let (mut w, alice, bob) = talking(68);
    w.kill_server();
    w.until("both notice", |w| !registered(w, alice) && !registered(w, bob));
    let refused = w.dial(alice, "103");
    assert_eq!(w.station(alice).refused, [(Some(refused), CommandError::NotRegistered)]);
    w.pass(Duration::from_secs(60));
    assert!(w.talk(alice, bob), "a minute without server");
    w.start_server();
    w.until_within(Duration::from_secs(46), "both are back", |w| registered(w, alice) && registered(w, bob));
    w.pass(Duration::from_secs(2));
    hang_up(&mut w, alice);
    w.until_within(Duration::from_secs(1), "BYE arrives through the new server", |w| w.call(bob).is_none());
    assert_eq!(w.last_end(bob), Some(EndReason::RemoteHangUp));
    w.until_within(Duration::from_secs(1), "its answer comes back", |w| {
        w.last_end(alice) == Some(EndReason::LocalHangUp)
    });
    all_quiet(&mut w);
}

#[test]
fn a_flow_that_is_silently_dead_is_replaced() {
    let (mut w, alice, bob) = talking(69);
    w.silence_flow(alice);
    w.until_within(Duration::from_secs(20), "a new flow", |w| w.station(alice).flow.is_some_and(|flow| flow.0 > 1));
    w.until("registered", |w| registered(w, alice));
    w.pass(Duration::from_secs(40)); // The server throws the dead one away; the new one stays.
    hang_up(&mut w, bob);
    w.until_within(Duration::from_secs(2), "BYE arrives", |w| w.call(alice).is_none());
    all_quiet(&mut w);
}

#[test]
fn a_network_change_moves_flow_and_media() {
    let (mut w, alice, bob) = talking(70);
    w.break_media(alice);
    w.swallow(alice);
    w.pass(Duration::from_millis(100));
    w.mend_media(alice); // The new path works; the old candidate pair does not.
    w.feed_input(alice, Input::NetworkChanged);
    assert_eq!(w.registration(alice), Registration::Registering);
    w.until_within(Duration::from_secs(1), "registered on the new flow", |w| registered(w, alice));
    w.until("the loss is seen", |w| w.call(alice).is_some_and(|view| view.media == MediaState::Reconnecting));
    w.until_within(Duration::from_secs(1), "sound is back by an ICE restart", |w| w.talk(alice, bob));
    assert_eq!(w.call(alice).unwrap().media, MediaState::Connected);
    all_quiet(&mut w);
}

#[test]
fn media_that_fails_is_mended_once_and_then_given_up() {
    let (mut w, alice, bob) = talking(71);
    w.break_media(alice);
    w.until("ICE gives up", |w| w.call(alice).is_some_and(|view| view.media == MediaState::Reconnecting));
    w.until_within(Duration::from_secs(45), "the calls end", |w| w.call(alice).is_none() && w.call(bob).is_none());
    let ends = [w.last_end(alice), w.last_end(bob)];
    assert!(ends.contains(&Some(EndReason::MediaFailed)), "{ends:?}");
    w.mend_media(alice);
    all_quiet(&mut w);
}

#[test]
fn media_that_comes_back_in_time_keeps_the_call() {
    let (mut w, alice, bob) = talking(72);
    w.break_media(alice);
    w.pass(Duration::from_secs(21));
    assert_eq!(w.call(alice).unwrap().media, MediaState::Reconnecting);
    w.mend_media(alice);
    w.until_within(Duration::from_secs(16), "the ICE restart works", |w| w.talk(alice, bob));
    w.pass(Duration::from_secs(30));
    assert!(w.talk(alice, bob));
    all_quiet(&mut w);
}

#[test]
fn back_off_grows_and_ends_when_the_server_is_back() {
    let mut w = World::new(73);
    let alice = w.add_registered("101");
    w.kill_server();
    w.pass(Duration::from_secs(120));
    let pauses: Vec<u64> = w
        .station(alice)
        .notices
        .iter()
        .filter_map(|(_, notice)| match notice {
            phone::Notice::Registration(Registration::Failed {
                why: RegistrationFailure::Unreachable,
                retry_in_ms,
            }) => *retry_in_ms,
            _ => None,
        })
        .collect();
    for (pause, base) in pauses.iter().zip([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
        assert!((base / 2..=base * 3 / 2).contains(pause), "{pauses:?}");
    }
    assert!(pauses.len() >= 6, "{pauses:?}");
    w.start_server();
    w.command(alice, Command::RetryNow);
    w.until_within(Duration::from_secs(1), "at once", |w| registered(w, alice));
    all_quiet(&mut w);
}
