//! Whom the queues ask first, and what else administrators can set.

#![allow(clippy::unwrap_used, reason = "tests")]

mod rig;

use std::time::Duration;

use acd::{Availability, End, Input, LIMITS, MemberId, QueueSettings, Strategy, TierRules, Why};
use model::Skill;
use rig::{OPTIONS, Rig, ends, offer, offers, positions, queue, secs};

fn by(strategy: Strategy) -> QueueSettings {
    QueueSettings { strategy, ..QueueSettings::default() }
}

/// Each call is answered at once, lasts as long as said, and wrap-up is over before the next one.
fn served(rig: &mut Rig, lengths: &[u64]) -> Vec<String> {
    let mut who = Vec::new();
    for (n, length) in lengths.iter().enumerate() {
        let member = 1000 + n as u64;
        let (id, agent) = offer(&rig.join(member, &member.to_string()));
        rig.put(Input::Answered(id));
        rig.pass(secs(*length));
        rig.put(Input::BridgeEnded(MemberId(member)));
        rig.pass(secs(20));
        who.push(agent);
    }
    who
}

#[test]
fn longest_idle_first_whoever_had_none_before_all() {
    let mut rig = Rig::new(by(Strategy::LongestIdle), &["101", "102", "103"]);
    assert_eq!(served(&mut rig, &[5, 5, 5, 5]), ["101", "102", "103", "101"]);
}

#[test]
fn round_robin_goes_on_after_the_last_one_for_any_caller() {
    let mut rig = Rig::new(by(Strategy::RoundRobin), &["101", "102", "103"]);
    let (id, first) = offer(&rig.join(1, "a"));
    assert_eq!(first, "101");
    let (_, second) = offer(&rig.put(Input::Refused(id, 486)));
    assert_eq!(second, "102");
    assert_eq!(offer(&rig.join(2, "b")).1, "103");
}

#[test]
fn top_down_begins_at_the_top_for_each_caller() {
    let mut rig = Rig::new(by(Strategy::TopDown), &["101", "102", "103"]);
    assert_eq!(served(&mut rig, &[5, 5, 5]), ["101", "101", "101"]);
    rig.hire("101", model::AgentOptions { busy_delay: 0, ..OPTIONS });
    let (id, first) = offer(&rig.join(1, "a"));
    let (_, second) = offer(&rig.put(Input::Refused(id, 486)));
    assert_eq!((first.as_str(), second.as_str()), ("101", "102"), "further down, though the first one is free");
}

#[test]
fn ring_all_rings_everybody_also_who_comes_later() {
    let mut rig = Rig::new(by(Strategy::RingAll), &["101", "102"]);
    rig.put(Input::Availability("102".into(), Availability::Blocked));
    assert_eq!(offer(&rig.join(1, "a")).1, "101");
    assert_eq!(offer(&rig.put(Input::Availability("102".into(), Availability::Available))).1, "102");
    assert_eq!(offers(&rig.join(2, "b")), []);
}

#[test]
fn fewest_calls_and_least_talk_time_count() {
    let mut rig = Rig::new(by(Strategy::FewestCalls), &["101", "102"]);
    assert_eq!(served(&mut rig, &[100, 5, 5, 5]), ["101", "102", "101", "102"]);
    let mut rig = Rig::new(by(Strategy::LeastTalkTime), &["101", "102"]);
    assert_eq!(served(&mut rig, &[100, 5, 5, 5]), ["101", "102", "102", "102"]);
}

#[test]
fn skills_are_needed_and_the_best_comes_first_ao_07() {
    let need = |level| Skill { name: "arabic".into(), level };
    for strategy in Strategy::ALL {
        let settings = QueueSettings { needs: vec![need(50)], ..by(strategy) };
        let mut rig = Rig::new(settings, &["101", "102", "103"]);
        for (agent, level) in [("102", 60), ("103", 90), ("101", 49)] {
            let skills = vec![need(level)];
            rig.put(Input::SetAgent { agent: agent.into(), options: OPTIONS, skills, on_demand: false });
        }
        let asked: Vec<_> = offers(&rig.join(1, "a")).into_iter().map(|(_, who)| who).collect();
        match strategy {
            Strategy::RingAll => assert_eq!(asked, ["102", "103"]),
            Strategy::Skills => assert_eq!(asked, ["103"]),
            _ => assert_eq!(asked, ["102"]),
        }
        assert_eq!(rig.left("101"), [(Why::Skill { queue: queue("q"), skill: "arabic".into() }, None)]);
    }
}

#[test]
fn a_higher_level_opens_with_time_or_when_the_lower_one_is_empty() {
    let rules = TierRules { wait: secs(10), multiply: true, at_once_without_agents: true };
    let settings = QueueSettings { tier_rules: Some(rules), ..QueueSettings::default() };
    let mut rig = Rig::new(settings, &["101"]);
    rig.hire("201", OPTIONS);
    rig.tier("q", "201", 2, 0);
    rig.put(Input::Availability("101".into(), Availability::Blocked));
    assert_eq!(offers(&rig.join(1, "a")), [], "an agent on a break is an agent");
    assert_eq!(offers(&rig.pass(Duration::from_millis(19_999))), []);
    assert_eq!(offer(&rig.pass(Duration::from_millis(1))).1, "201");
    rig.put(Input::HungUp(MemberId(1)));
    rig.pass(secs(60));
    rig.put(Input::Availability("101".into(), Availability::LoggedOut));
    assert_eq!(offer(&rig.join(2, "b")).1, "201");
}

#[test]
fn other_calls_of_an_agent_keep_calls_away_unless_the_queue_says_otherwise() {
    for skip in [true, false] {
        let settings = QueueSettings { skip_other_calls: skip, ..QueueSettings::default() };
        let mut rig = Rig::new(settings, &["101"]);
        rig.put(Input::OtherCalls("101".into(), 1));
        assert_eq!(offers(&rig.join(1, "a")).is_empty(), skip);
        if skip {
            assert_eq!(rig.left("101"), [(Why::OtherCall, None)]);
            assert_eq!(offer(&rig.put(Input::OtherCalls("101".into(), 0))).1, "101");
        }
    }
}

#[test]
fn whoever_waited_longest_is_served_first_over_all_queues() {
    let mut rig = Rig::new(QueueSettings::default(), &["101"]);
    rig.put(Input::SetQueue("other".into(), QueueSettings::default()));
    rig.tier("other", "101", 1, 0);
    rig.put(Input::Availability("101".into(), Availability::Blocked));
    rig.join_in("other", 1, "a");
    rig.pass(secs(1));
    rig.join(2, "b");
    let effects = rig.put(Input::Availability("101".into(), Availability::Available));
    assert!(effects.iter().any(|it| matches!(it, acd::Effect::Offer { member, .. } if member.0 == 1)));
}

#[test]
fn an_answer_that_crosses_the_end_of_ringing_counts() {
    let mut rig = Rig::new(QueueSettings::default(), &["101", "102"]);
    let (first, _) = offer(&rig.join(1, "a"));
    let (second, other) = offer(&rig.pass(secs(15)));
    assert_eq!(other, "102");
    let effects = rig.put(Input::Answered(first));
    assert_eq!(ends(&effects), [(1, End::Answered)]);
    assert_eq!(rig.missed("101"), 0);
    assert!(rig.left("102").is_empty(), "no penalty for whom it was taken from");
    assert_eq!(rig.put(Input::Answered(second)), []);
}

#[test]
fn positions_are_told_when_they_change_and_once_a_minute() {
    let mut rig = Rig::new(QueueSettings::default(), &[]);
    assert_eq!(positions(&rig.join(1, "a")), [(1, 1)]);
    assert_eq!(positions(&rig.join(2, "b")), [(2, 2)]);
    assert_eq!(positions(&rig.pass(secs(60))), [(1, 1), (2, 2)]);
    assert_eq!(positions(&rig.put(Input::HungUp(MemberId(1)))), [(2, 1)]);
}

#[test]
fn the_wait_is_estimated_from_what_calls_take() {
    let mut rig = Rig::new(QueueSettings::default(), &["101", "102"]);
    let estimate = |effects: &[acd::Effect]| {
        effects.iter().find_map(|it| match it {
            acd::Effect::Position { estimate, .. } => *estimate,
            _ => None,
        })
    };
    let effects = rig.join(1, "a");
    assert_eq!(estimate(&effects), None, "nothing is known yet");
    rig.put(Input::Answered(offer(&effects).0));
    rig.pass(secs(90));
    rig.put(Input::BridgeEnded(MemberId(1)));
    assert_eq!(estimate(&rig.join(2, "b")), Some(secs(50)), "100 s for each call, by two agents");
}

#[test]
fn strangers_cannot_fill_the_queue() {
    let settings = QueueSettings { max_callers: usize::MAX, ..QueueSettings::default() };
    let mut rig = Rig::new(settings, &[]);
    for n in 0..LIMITS.of_one_caller as u64 {
        assert_eq!(ends(&rig.join(n, "one")), []);
    }
    assert_eq!(ends(&rig.join(99, "one")), [(99, End::Full)]);
    for n in 100..100 + LIMITS.callers as u64 + 50 {
        let _ = rig.acd.handle(rig.now, Input::Join { member: MemberId(n), queue: queue("q"), caller: n.to_string() });
    }
    assert_eq!(rig.acd.load().0, LIMITS.callers);
    for n in 0..2 * LIMITS.callers as u64 {
        let _ = rig.acd.handle(rig.now, Input::HungUp(MemberId(n)));
        rig.put(Input::Remember { queue: queue("q"), caller: format!("old {n}"), waited: secs(1) });
    }
    assert_eq!(rig.acd.load().2, LIMITS.abandoned);
}

#[test]
fn a_queue_that_is_removed_sends_its_callers_on_and_lets_conversations_be() {
    let mut rig = Rig::new(QueueSettings::default(), &["101"]);
    rig.talk(1, "101");
    rig.join(2, "b");
    assert_eq!(ends(&rig.put(Input::RemoveQueue(queue("q")))), [(2, End::QueueGone)]);
    assert_eq!(ends(&rig.join(3, "c")), [(3, End::QueueGone)]);
    rig.put(Input::BridgeEnded(MemberId(1)));
    assert!(rig.left("101").contains(&(Why::WrapUp, Some(10))));
}

#[test]
fn after_a_restart_callers_have_their_old_place() {
    let mut rig = Rig::new(QueueSettings::default(), &[]);
    rig.put(Input::Remember { queue: queue("q"), caller: "b".into(), waited: secs(300) });
    rig.join(1, "a");
    rig.pass(secs(10));
    assert_eq!(positions(&rig.join(2, "b")), [(2, 1), (1, 2)]);
    assert_eq!(rig.acd.place(rig.now, MemberId(2)).unwrap().waited, secs(310));
}

#[test]
fn what_nobody_knows_changes_nothing() {
    let mut rig = Rig::new(QueueSettings::default(), &["101"]);
    for input in [
        Input::HungUp(MemberId(9)),
        Input::BridgeEnded(MemberId(9)),
        Input::Answered(acd::OfferId(9)),
        Input::Refused(acd::OfferId(9), 603),
        Input::Ringing(acd::OfferId(9)),
        Input::Unreachable(acd::OfferId(9)),
        Input::Ready("999".into()),
        Input::Extend("999".into()),
        Input::Availability("999".into(), Availability::Available),
        Input::RemoveTier(queue("none"), "101".into()),
        Input::Remember { queue: queue("none"), caller: "a".into(), waited: secs(1) },
    ] {
        assert_eq!(rig.put(input.clone()), [], "{input:?}");
    }
    assert_eq!(rig.left("999"), [(Why::NotAnAgent, None)]);
    rig.put(Input::RemoveTier(queue("q"), "101".into()));
    assert_eq!(rig.left("101"), [(Why::NoQueue, None)]);
}
