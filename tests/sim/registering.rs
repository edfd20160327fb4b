//! Signing in and out.

use std::time::Duration;

use base::Secret;
use model::{EndReason, Registration, RegistrationFailure};
use phone::{Command, CommandError, Input, LineState, Notice};
use testkit::sim::World;

use crate::{all_quiet, pair, talking};

#[test]
fn a_wrong_password_is_not_tried_again_until_it_is_renewed() {
    let mut w = World::new(80);
    let alice = w.add_phone("101");
    let right = w.account(alice);
    let mut wrong = right.clone();
    wrong.password = Secret::new("guess");
    w.command(alice, Command::SignIn(Box::new(wrong)));
    let expected = Registration::Failed { why: RegistrationFailure::WrongCredentials, retry_in_ms: None };
    w.until("it is refused", |w| w.registration(alice) == expected);
    let told = w.station(alice).notices.len();
    w.pass(Duration::from_secs(3600));
    assert_eq!(w.station(alice).notices.len(), told, "no further attempt");
    let call = w.dial(alice, "102");
    assert_eq!(w.station(alice).refused, [(Some(call), CommandError::NotRegistered)]);
    w.command(alice, Command::Renew { auth_user: right.auth_user, password: right.password });
    w.until_within(Duration::from_secs(1), "registered", |w| w.registration(alice) == Registration::Registered);
    all_quiet(&mut w);
}

#[test]
fn a_wrong_password_stays_the_reason_when_the_flow_goes() {
    let mut w = World::new(81);
    let alice = w.add_phone("101");
    let mut wrong = w.account(alice);
    wrong.password = Secret::new("guess");
    w.command(alice, Command::SignIn(Box::new(wrong)));
    let expected = Registration::Failed { why: RegistrationFailure::WrongCredentials, retry_in_ms: None };
    w.until("it is refused", |w| w.registration(alice) == expected);
    w.break_flow(alice);
    w.pass(Duration::from_secs(600));
    assert_eq!(w.registration(alice), expected);
    let right = w.account(alice);
    w.command(alice, Command::Renew { auth_user: right.auth_user, password: right.password });
    w.until("a new flow, registered", |w| w.registration(alice) == Registration::Registered);
    all_quiet(&mut w);
}

/// ST-10: after a logout nothing rings, and that is confirmed.
#[test]
fn sign_out_is_confirmed_and_nothing_rings_afterwards() {
    let (mut w, alice, bob) = pair(82);
    w.command(bob, Command::SignOut);
    assert_eq!(w.registration(bob), Registration::Unregistering);
    w.until_within(Duration::from_secs(1), "signed out (SPEC ST-10)", |w| w.registration(bob) == Registration::Off);
    w.pass(Duration::from_secs(1));
    w.dial(alice, "102");
    w.until("not reachable", |w| w.last_end(alice) == Some(EndReason::NoAnswer));
    assert!(w.station(bob).ended.is_empty());
    assert_eq!(w.station(bob).flow, None, "the flow is closed");
    let call = w.dial(bob, "101");
    assert_eq!(w.station(bob).refused, [(Some(call), CommandError::NoAccount)]);
    all_quiet(&mut w);
}

#[test]
fn sign_out_during_a_call_ends_it_on_both_sides() {
    let (mut w, alice, bob) = talking(83);
    w.command(alice, Command::SignOut);
    assert_eq!(w.station(alice).ear, None);
    w.until_within(Duration::from_secs(1), "signed out", |w| w.registration(alice) == Registration::Off);
    w.until("bob knows", |w| w.call(bob).is_none());
    assert_eq!((w.last_end(alice), w.last_end(bob)), (Some(EndReason::LocalHangUp), Some(EndReason::RemoteHangUp)));
    all_quiet(&mut w);
}

#[test]
fn sign_out_while_it_rings() {
    let (mut w, alice, bob) = pair(84);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    w.command(bob, Command::SignOut);
    w.until("signed out", |w| w.registration(bob) == Registration::Off);
    w.until("alice is told", |w| w.call(alice).is_none());
    assert_eq!((w.last_end(alice), w.last_end(bob)), (Some(EndReason::NoAnswer), Some(EndReason::Declined)));
    all_quiet(&mut w);
}

/// ST-10: logging out is confirmed, or given up after 5 s.
#[test]
fn sign_out_without_a_server_takes_no_time_or_five_seconds() {
    let mut w = World::new(85);
    let alice = w.add_registered("101");
    w.swallow(alice);
    w.command(alice, Command::SignOut);
    let time =
        w.until_within(Duration::from_secs(6), "given up (SPEC ST-10)", |w| w.registration(alice) == Registration::Off);
    assert!(time >= Duration::from_secs(4), "{time:?}");
    w.sign_in(alice);
    w.until("in again", |w| w.registration(alice) == Registration::Registered);
    w.kill_server();
    w.pass(Duration::from_secs(3));
    w.command(alice, Command::SignOut);
    assert_eq!(w.registration(alice), Registration::Off);
    all_quiet(&mut w);
}

#[test]
fn signing_in_again_replaces_the_account() {
    let (mut w, alice, bob) = talking(86);
    w.sign_in(alice);
    assert!(w.call(alice).is_none(), "its calls end");
    w.until("registered again", |w| w.registration(alice) == Registration::Registered);
    w.until("bob knows", |w| w.call(bob).is_none());
    w.dial(bob, "101");
    w.until("it rings", |w| w.line(alice) == Some(LineState::RingingHere));
    all_quiet(&mut w);
}

#[test]
fn registrations_are_refreshed_for_a_day() {
    let mut w = World::new(87);
    let alice = w.add_registered("101");
    let told = w.station(alice).notices.len();
    for _ in 0..60 {
        w.pass(Duration::from_secs(300));
        assert!(w.edge.is_registered("101"), "at {:?}", w.now());
    }
    assert_eq!(w.station(alice).notices.len(), told, "a refresh is no news");
    all_quiet(&mut w);
}

#[test]
fn late_news_of_old_flows_changes_nothing() {
    let mut w = World::new(88);
    let alice = w.add_registered("101");
    w.feed_input(alice, Input::NetworkChanged);
    w.until("registered", |w| w.registration(alice) == Registration::Registered);
    let told = w.station(alice).notices.len();
    w.feed_input(alice, Input::FlowUp(base::FlowId(1)));
    w.feed_input(alice, Input::FlowDown(base::FlowId(1), RegistrationFailure::Unreachable));
    w.feed_input(alice, Input::Sip(base::FlowId(1), bytes::Bytes::from_static(b"SIP/2.0 200 OK\r\n\r\n")));
    w.feed_input(alice, Input::Tick);
    assert_eq!(w.station(alice).notices.len(), told);
    assert_eq!(w.registration(alice), Registration::Registered);
    all_quiet(&mut w);
}

#[test]
fn a_server_that_lets_nobody_in_any_more() {
    let mut w = World::new(89);
    let alice = w.add_registered("101");
    w.revoke("101");
    w.until("it is told", |w| matches!(w.registration(alice), Registration::Failed { .. }));
    w.pass(Duration::from_secs(1));
    assert!(!w.edge.is_registered("101"));
    let attempts = |w: &World| {
        let told = |n: &Notice| matches!(n, Notice::Registration(Registration::Registering));
        w.station(alice).notices.iter().filter(|(_, n)| told(n)).count()
    };
    let before = attempts(&w);
    w.pass(Duration::from_secs(600));
    assert!(attempts(&w) - before <= 3, "who is not let in knocks rarely");
    all_quiet(&mut w);
}

#[test]
fn commands_without_an_account() {
    let mut w = World::new(90);
    let alice = w.add_phone("101");
    let call = base::CallId(1);
    for command in [
        Command::Answer(call),
        Command::Decline(call),
        Command::Silence(call),
        Command::HangUp(call),
        Command::Hold(call),
        Command::Resume(call),
        Command::Dtmf { call, digits: "1".into() },
    ] {
        w.command(alice, command.clone());
        assert_eq!(w.station(alice).refused.last(), Some(&(Some(call), CommandError::NoSuchCall)), "{command:?}");
    }
    w.command(alice, Command::SignOut);
    w.command(alice, Command::RetryNow);
    w.dial(alice, "102");
    assert!(w.station(alice).refused.iter().rev().take(2).all(|(_, error)| *error == CommandError::NoAccount));
    all_quiet(&mut w);
}
