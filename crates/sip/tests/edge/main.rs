//! Real user agents at a real edge: both ends of the house's SIP against each other, in moved time.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod chaos;
mod scene;

use std::time::Duration;

use scene::{AnyTalk, Scene};
use sip::ua::{Event, RegisterFailure};

#[test]
fn both_ends_agree_on_a_whole_call() {
    let mut s = Scene::new(1, &["101", "102"]);
    let at_a = s.invite(0, "102");
    let at_b = s.invited(1);
    s.act(1, |ua, now| ua.ring(now, at_b));
    s.tells(0, |e| matches!(e, Event::Provisional { code: 180, .. }));
    s.act(1, |ua, now| ua.answer(now, at_b, "v=0 answer".into()));
    s.tells(0, |e| matches!(e, Event::Accepted { answer: Some(sdp), .. } if sdp == "v=0 answer"));
    s.tells(1, |e| matches!(e, Event::Confirmed { .. }));
    s.act(1, |ua, now| ua.reoffer(now, at_b, "v=0 hold".into()));
    s.tells(0, |e| matches!(e, Event::Reoffered { offer: Some(sdp), .. } if sdp == "v=0 hold"));
    s.act(0, |ua, now| ua.answer_reoffer(now, at_a, "v=0 held".into()));
    s.tells(1, |e| matches!(e, Event::ReofferAnswered { answer: Some(sdp), .. } if sdp == "v=0 held"));
    s.act(0, |ua, now| ua.hang_up(now, at_a));
    s.tells(0, |e| matches!(e, Event::Closed { .. }));
    s.tells(1, |e| matches!(e, Event::Ended { .. }));
    s.nothing_is_left();
}

#[test]
fn wrong_and_expired_credentials_are_said_as_such() {
    let mut s = Scene::new(2, &["101"]);
    s.cut(0);
    s.act(0, |ua, _| {
        ua.set_credentials("1:101".into(), base::Secret::new("old"));
        Vec::new()
    });
    s.connect(0);
    s.tells(0, |e| matches!(e, Event::RegistrationFailed { why: RegisterFailure::WrongCredentials }));
}

#[test]
fn refusals_reach_the_caller_with_their_codes() {
    let mut s = Scene::new(3, &["101", "102"]);
    for (to, code) in [("103", 480), ("999", 404)] {
        s.invite(0, to);
        s.tells(0, |e| matches!(e, Event::Failed { code: c, .. } if *c == code));
    }
    for code in [486, 603, 488, 480] {
        s.invite(0, "102");
        let at_b = s.invited(1);
        s.act(1, |ua, now| ua.reject(now, at_b, code));
        s.tells(0, |e| matches!(e, Event::Failed { code: c, .. } if *c == code));
    }
    s.nothing_is_left();
}

#[test]
fn answer_and_cancel_may_cross() {
    let mut s = Scene::new(4, &["101", "102"]);
    let at_a = s.invite(0, "102");
    let at_b = s.invited(1);
    s.act(1, |ua, now| ua.ring(now, at_b));
    s.tells(0, |e| matches!(e, Event::Provisional { .. }));
    // Both in the same moment: the CANCEL is under way when the phone is picked up.
    s.hold_back(1);
    s.act(0, |ua, now| ua.hang_up(now, at_a));
    s.act(1, |ua, now| ua.answer(now, at_b, "v=0".into()));
    s.let_go(1);
    s.pass(Duration::from_secs(1));
    s.tells(0, |e| matches!(e, Event::Closed { .. }));
    s.tells(1, |e| matches!(e, Event::Ended { .. }));
    s.nothing_is_left();
}

#[test]
fn glare_is_resolved() {
    let mut s = Scene::new(5, &["101", "102"]);
    let (at_a, at_b) = s.talk(0, 1);
    s.hold_back(0);
    s.hold_back(1);
    s.act(0, |ua, now| ua.reoffer(now, at_a, "v=0 from a".into()));
    s.act(1, |ua, now| ua.reoffer(now, at_b, "v=0 from b".into()));
    s.let_go(0);
    s.let_go(1);
    for _ in 0..10 {
        s.pass(Duration::from_secs(1));
        s.answer_reoffers();
    }
    let answered = |e: &Event| matches!(e, Event::ReofferAnswered { .. });
    let gave_way = |e: &Event| matches!(e, Event::ReofferFailed { code: 491, .. });
    let ends = [0, 1].map(|n| (s.count(n, answered), s.count(n, gave_way)));
    assert!(ends.iter().all(|(won, lost)| won + lost == 1) && ends.iter().any(|(won, _)| *won == 1), "{ends:?}");
}

#[test]
fn second_device_is_told_that_the_first_took_it() {
    let mut s = Scene::new(6, &["101", "102", "102"]);
    s.invite(0, "102");
    let (at_b, at_c) = (s.invited(1), s.invited(2));
    s.act(1, |ua, now| ua.ring(now, at_b));
    s.act(2, |ua, now| ua.ring(now, at_c));
    s.act(2, |ua, now| ua.answer(now, at_c, "v=0".into()));
    s.tells(0, |e| matches!(e, Event::Accepted { .. }));
    s.tells(1, |e| matches!(e, Event::Cancelled { elsewhere: true, .. }));
}

#[test]
fn declining_on_one_device_stops_the_other() {
    let mut s = Scene::new(7, &["101", "102", "102"]);
    s.invite(0, "102");
    let (at_b, at_c) = (s.invited(1), s.invited(2));
    s.act(1, |ua, now| ua.ring(now, at_b));
    s.act(2, |ua, now| ua.ring(now, at_c));
    s.act(2, |ua, now| ua.reject(now, at_c, 603));
    s.tells(1, |e| matches!(e, Event::Cancelled { elsewhere: false, .. }));
    s.tells(0, |e| matches!(e, Event::Failed { code: 603, .. }));
    s.nothing_is_left();
}

#[test]
fn unanswered_call_ends_after_a_minute() {
    let mut s = Scene::new(8, &["101", "102"]);
    s.invite(0, "102");
    let at_b = s.invited(1);
    s.act(1, |ua, now| ua.ring(now, at_b));
    s.pass(Duration::from_secs(61));
    s.tells(0, |e| matches!(e, Event::Failed { code: 408, .. }));
    s.tells(1, |e| matches!(e, Event::Cancelled { .. }));
    s.nothing_is_left();
}

#[test]
fn call_goes_on_over_new_flows_and_a_new_server() {
    let mut s = Scene::new(9, &["101", "102"]);
    let (at_a, at_b) = s.talk(0, 1);
    s.cut(1);
    s.connect(1);
    s.act(0, |ua, now| ua.reoffer(now, at_a, "v=0 hold".into()));
    s.answer_reoffers();
    s.tells(0, |e| matches!(e, Event::ReofferAnswered { .. }));
    s.restart();
    s.act(1, |ua, now| ua.refresh_targets(now));
    s.act(1, |ua, now| ua.reoffer(now, at_b, "v=0".into()));
    s.answer_reoffers();
    s.tells(1, |e| matches!(e, Event::ReofferAnswered { .. }));
    s.act(0, |ua, now| ua.hang_up(now, at_a));
    s.tells(1, |e| matches!(e, Event::Ended { .. }));
    s.nothing_is_left();
}

#[test]
fn call_of_an_hour_keeps_its_registration_without_new_credentials() {
    let mut s = Scene::new(10, &["101", "102"]);
    let (at_a, _) = s.talk(0, 1);
    s.pass(Duration::from_secs(3500));
    assert!(s.is_registered("101") && s.is_registered("102"));
    assert_eq!(s.count(0, |e| matches!(e, Event::RegistrationFailed { .. })), 0);
    s.act(0, |ua, now| ua.hang_up(now, at_a));
    s.tells(1, |e| matches!(e, Event::Ended { .. }));
    let _: AnyTalk = s.talk(1, 0);
}
