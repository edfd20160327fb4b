//! One test for each row of the table of transitions of mod_callcenter.

#![allow(clippy::unwrap_used, reason = "tests")]

mod rig;

use acd::{
    Availability, Delay, Effect, End, Input, MemberId, Miss, OfferId, QueueEvent, QueueSettings, TierState, Why,
    Withdrawn,
};
use model::AgentState;
use rig::{OPTIONS, Rig, agent, delayed, ends, offer, offers, positions, secs};

fn rig() -> Rig {
    Rig::new(QueueSettings::default(), &["101"])
}

fn withdrawn(effects: &[Effect]) -> Vec<(OfferId, Withdrawn)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Withdraw { offer, why, .. } => Some((*offer, *why)),
            _ => None,
        })
        .collect()
}

#[test]
fn row_1_an_offer_reserves_the_agent_and_stands_by_elsewhere() {
    let mut rig = rig();
    rig.put(Input::SetQueue("other".into(), QueueSettings::default()));
    rig.tier("other", "101", 1, 0);
    let (id, who) = offer(&rig.join(1, "a"));
    assert_eq!(who, "101");
    assert_eq!((rig.in_tier("q", "101"), rig.in_tier("other", "101")), (TierState::Offering, TierState::Standby));
    assert_eq!(rig.left("101"), [(Why::Offered, None)]);
    rig.put(Input::Ringing(id));
    assert_eq!(rig.state("101"), AgentState::Offered);
    // The loser walks away: who is being asked is not asked again.
    assert_eq!(offers(&rig.join_in("other", 2, "b")), []);
}

#[test]
fn row_2_answered_resets_the_count_and_occupies_the_agent() {
    let mut rig = rig();
    let (first, _) = offer(&rig.join(1, "a"));
    rig.put(Input::Refused(first, 480));
    assert_eq!(rig.missed("101"), 1);
    let (second, _) = offer(&rig.pass(secs(40)));
    let effects = rig.put(Input::Answered(second));
    assert_eq!(ends(&effects), [(1, End::Answered)]);
    assert_eq!((rig.missed("101"), rig.state("101")), (0, AgentState::Talking));
    assert_eq!(rig.in_tier("q", "101"), TierState::ActiveInbound);
    assert_eq!(rig.left("101"), [(Why::InQueueCall, None)]);
}

#[test]
fn row_3_the_end_of_a_conversation_makes_all_tiers_ready_again() {
    let mut rig = rig();
    rig.put(Input::SetQueue("other".into(), QueueSettings::default()));
    rig.tier("other", "101", 1, 0);
    rig.talk(1, "101");
    rig.pass(secs(60));
    let effects = rig.put(Input::BridgeEnded(MemberId(1)));
    assert!(
        effects
            .iter()
            .any(|it| matches!(it, Effect::Log { event: QueueEvent::Over { talked }, .. } if *talked == secs(60)))
    );
    assert_eq!((rig.in_tier("q", "101"), rig.in_tier("other", "101")), (TierState::Ready, TierState::Ready));
    assert_eq!(rig.state("101"), AgentState::WrapUp);
    assert_eq!(rig.put(Input::BridgeEnded(MemberId(1))), [], "said twice, done once");
}

#[test]
fn row_3_on_demand_waits_for_the_agents_word() {
    let mut rig = rig();
    rig.put(Input::SetAgent { agent: "101".into(), options: OPTIONS, skills: Vec::new(), on_demand: true });
    rig.talk(1, "101");
    rig.put(Input::BridgeEnded(MemberId(1)));
    rig.pass(secs(3600));
    assert_eq!(offers(&rig.join(2, "b")), []);
    assert_eq!(rig.left("101"), [(Why::NotReady, None)]);
    assert_eq!(offer(&rig.put(Input::Ready("101".into()))).1, "101");
}

#[test]
fn row_4_wrap_up_keeps_calls_away_until_it_is_strictly_over_ao_02() {
    let mut rig = rig();
    rig.talk(1, "101");
    rig.put(Input::BridgeEnded(MemberId(1)));
    assert_eq!(offers(&rig.join(2, "b")), []);
    assert_eq!(rig.left("101"), [(Why::WrapUp, Some(10))]);
    assert_eq!(offers(&rig.pass(secs(10))), [], "at that very moment still");
    assert_eq!(offer(&rig.pass(std::time::Duration::from_millis(1))).1, "101");
}

#[test]
fn row_4_ready_ends_wrap_up_and_more_time_extends_it_ao_02() {
    let mut rig = rig();
    rig.talk(1, "101");
    rig.put(Input::BridgeEnded(MemberId(1)));
    rig.put(Input::Extend("101".into()));
    assert_eq!(rig.left("101"), [(Why::WrapUp, Some(40))]);
    rig.join(2, "b");
    assert_eq!(offers(&rig.pass(secs(30))), []);
    assert_eq!(offer(&rig.put(Input::Ready("101".into()))).1, "101");
    // Neither button does anything outside of wrap-up.
    assert_eq!(rig.put(Input::Extend("101".into())), []);
    assert_eq!(rig.put(Input::Ready("101".into())), []);
}

#[test]
fn row_4_wrap_up_is_not_extended_for_ever() {
    let mut rig = rig();
    rig.talk(1, "101");
    rig.put(Input::BridgeEnded(MemberId(1)));
    for _ in 0..1000 {
        rig.put(Input::Extend("101".into()));
    }
    assert_eq!(rig.left("101"), [(Why::WrapUp, Some(acd::MAX_WRAP_UP.as_secs()))]);
}

#[test]
fn row_4_wrap_up_follows_answered_calls_only_ao_02() {
    let mut rig = rig();
    let (id, _) = offer(&rig.join(1, "a"));
    rig.put(Input::Refused(id, 486));
    assert_eq!(rig.left("101"), delayed(Delay::Busy, 20));
}

#[test]
fn row_5_rang_out_counts_and_pauses_ao_01_ao_06() {
    let mut rig = rig();
    let (id, _) = offer(&rig.join(1, "a"));
    rig.put(Input::Ringing(id));
    assert_eq!(rig.pass(std::time::Duration::from_millis(14_999)), [], "it rings for the call timeout");
    let effects = rig.pass(std::time::Duration::from_millis(1));
    assert_eq!(withdrawn(&effects), [(id, Withdrawn::RangOut)]);
    assert_eq!(rig.in_tier("q", "101"), TierState::NoAnswer);
    assert_eq!((rig.missed("101"), rig.left("101")), (1, delayed(Delay::NoAnswer, 40)));
    assert_eq!(rig.put(Input::Refused(id, 487)), [], "the answer to our CANCEL is no second miss");
    assert_eq!(offer(&rig.pass(secs(40))).1, "101", "a tier without an answer is asked again");
}

#[test]
fn row_5_three_in_a_row_force_a_break_with_its_reason_ao_03() {
    let mut rig = rig();
    let mut effects = rig.join(1, "a");
    for n in 1..=3 {
        let (id, _) = offer(&effects);
        effects = rig.put(Input::Refused(id, 480));
        assert_eq!(effects.contains(&Effect::ForceBreak { agent: agent("101"), missed: 3 }), n == 3);
        if n < 3 {
            effects = rig.pass(secs(40));
        }
    }
    rig.pass(secs(40));
    assert_eq!(rig.left("101"), [(Why::ForcedBreak { missed: 3 }, None)]);
    rig.put(Input::Availability("101".into(), Availability::Blocked));
    assert_eq!(rig.left("101"), [(Why::ForcedBreak { missed: 3 }, None)], "the status that follows is no other reason");
    let back = rig.put(Input::Availability("101".into(), Availability::Available));
    assert_eq!((offer(&back).1.as_str(), rig.missed("101")), ("101", 0));
}

#[test]
fn row_5_without_a_maximum_there_is_no_break_ao_03() {
    let mut rig = rig();
    rig.hire("101", model::AgentOptions { max_no_answer: 0, no_answer_delay: 0, ..OPTIONS });
    let mut effects = rig.join(1, "a");
    for _ in 0..2000 {
        let (id, _) = offer(&effects);
        effects = rig.put(Input::Refused(id, 480));
    }
    assert_eq!(rig.state("101"), AgentState::Offered);
}

#[test]
fn row_6_busy_pauses_and_neither_counts_nor_resets_ao_04() {
    let mut rig = rig();
    let (id, _) = offer(&rig.join(1, "a"));
    rig.put(Input::Refused(id, 480));
    let (id, _) = offer(&rig.pass(secs(40)));
    rig.put(Input::Refused(id, 486));
    assert_eq!((rig.missed("101"), rig.left("101")), (1, delayed(Delay::Busy, 20)));
    assert_eq!(rig.in_tier("q", "101"), TierState::Ready);
    assert_eq!(offers(&rig.pass(std::time::Duration::from_millis(19_999))), []);
    assert_eq!(offer(&rig.pass(std::time::Duration::from_millis(1))).1, "101");
}

#[test]
fn row_7_reject_pauses_and_neither_counts_nor_resets_ao_05() {
    let mut rig = rig();
    let (id, _) = offer(&rig.join(1, "a"));
    let effects = rig.put(Input::Refused(id, 603));
    assert_eq!((rig.missed("101"), rig.left("101")), (0, delayed(Delay::Reject, 30)));
    assert!(effects.iter().any(|it| matches!(it, Effect::Log { event: QueueEvent::Missed(Miss::Rejected), .. })));
    assert_eq!(rig.in_tier("q", "101"), TierState::Ready);
    assert_eq!(offer(&rig.pass(secs(30))).1, "101");
}

#[test]
fn each_code_leads_to_its_pause_ao_04_ao_05_ao_06() {
    for code in 300..700 {
        let mut rig = rig();
        let (id, _) = offer(&rig.join(1, "a"));
        rig.put(Input::Refused(id, code));
        let (gate, missed) = match code {
            486 | 600 => (delayed(Delay::Busy, 20), 0),
            401..=403 | 407 | 603 | 608 => (delayed(Delay::Reject, 30), 0),
            _ => (delayed(Delay::NoAnswer, 40), 1),
        };
        assert_eq!((rig.left("101"), rig.missed("101")), (gate, missed), "{code}");
    }
}

#[test]
fn row_8_a_phone_that_is_gone_is_five_seconds_and_never_held_against_the_agent() {
    let mut rig = rig();
    for round in 0..10 {
        let effects = if round == 0 { rig.join(1, "a") } else { rig.pass(secs(5)) };
        let (id, _) = offer(&effects);
        rig.put(Input::Unreachable(id));
        assert_eq!((rig.missed("101"), rig.left("101")), (0, delayed(Delay::NotRegistered, 5)));
        assert_eq!(rig.in_tier("q", "101"), TierState::Ready);
    }
    rig.put(Input::Registered("101".into(), false));
    assert_eq!(offers(&rig.pass(secs(60))), [], "while there is none, none is looked for");
    assert_eq!(rig.left("101"), [(Why::NotRegistered, None)]);
    assert_eq!(offer(&rig.put(Input::Registered("101".into(), true))).1, "101");
}

#[test]
fn row_9_who_loses_the_race_has_no_penalty() {
    let settings = QueueSettings { strategy: acd::Strategy::RingAll, ..QueueSettings::default() };
    let mut rig = Rig::new(settings, &["101", "102", "103"]);
    let all = offers(&rig.join(1, "a"));
    assert_eq!(all.len(), 3);
    let effects = rig.put(Input::Answered(all[1].0));
    assert_eq!(
        withdrawn(&effects),
        [(all[0].0, Withdrawn::AnsweredElsewhere), (all[2].0, Withdrawn::AnsweredElsewhere)]
    );
    for loser in ["101", "103"] {
        assert_eq!((rig.left(loser), rig.missed(loser), rig.in_tier("q", loser)), (vec![], 0, TierState::Ready));
    }
    assert_eq!(rig.put(Input::Refused(all[0].0, 487)), []);
    assert_eq!(rig.put(Input::Answered(all[2].0)), [], "too late: they talk with another");
}

#[test]
fn row_10_coming_back_to_available_begins_anew() {
    let mut rig = rig();
    let (id, _) = offer(&rig.join(1, "a"));
    rig.put(Input::Refused(id, 480));
    rig.put(Input::Availability("101".into(), Availability::Available));
    assert_eq!(rig.missed("101"), 1, "from Available to Available is no change");
    rig.put(Input::Availability("101".into(), Availability::Blocked));
    assert_eq!(rig.missed("101"), 1, "nor is leaving");
    rig.put(Input::Availability("101".into(), Availability::Available));
    assert_eq!(rig.missed("101"), 0);
    assert_eq!(rig.left("101"), delayed(Delay::NoAnswer, 40), "the pause stays");
}

#[test]
fn row_11_leaving_available_cancels_the_offer_without_penalty_st_03() {
    for away in [Availability::Blocked, Availability::LoggedOut] {
        let mut rig = rig();
        let (id, _) = offer(&rig.join(1, "a"));
        rig.put(Input::Ringing(id));
        let effects = rig.put(Input::Availability("101".into(), away));
        assert_eq!(withdrawn(&effects), [(id, Withdrawn::AgentLeft)]);
        assert_eq!((rig.missed("101"), rig.in_tier("q", "101")), (0, TierState::Ready));
        assert_eq!(offers(&rig.pass(secs(60))), [], "ST-03: 0 offers in 60 s with a caller waiting");
        assert_eq!(offer(&rig.put(Input::Availability("101".into(), Availability::Available))).1, "101");
    }
}

#[test]
fn row_11_who_talks_keeps_talking_st_03() {
    let mut rig = rig();
    rig.talk(1, "101");
    let effects = rig.put(Input::Availability("101".into(), Availability::Blocked));
    assert_eq!(withdrawn(&effects), []);
    assert_eq!(rig.state("101"), AgentState::Talking);
}

#[test]
fn row_12_who_hangs_up_stops_the_ringing_and_has_the_old_place_for_a_while() {
    let mut rig = rig();
    let (id, _) = offer(&rig.join(1, "a"));
    rig.pass(secs(5));
    let effects = rig.put(Input::HungUp(MemberId(1)));
    assert_eq!(withdrawn(&effects), [(id, Withdrawn::CallerGone)]);
    assert_eq!((ends(&effects), rig.missed("101")), (vec![(1, End::Abandoned)], 0));
    rig.put(Input::Availability("101".into(), Availability::Blocked));
    rig.join(2, "b");
    rig.pass(secs(59));
    rig.join(3, "a");
    assert_eq!(positions(&rig.put(Input::Tick)), []);
    assert_eq!(rig.acd.place(rig.now, MemberId(3)).unwrap().waited, secs(64));
    let served = rig.put(Input::Availability("101".into(), Availability::Available));
    assert!(
        matches!(served.iter().find(|it| matches!(it, Effect::Offer { .. })), Some(Effect::Offer { member, .. }) if member.0 == 3)
    );
}

#[test]
fn row_12_after_that_time_they_are_at_the_end() {
    let mut rig = Rig::new(QueueSettings::default(), &[]);
    rig.join(1, "a");
    rig.pass(secs(100));
    rig.put(Input::HungUp(MemberId(1)));
    rig.join(2, "b");
    rig.pass(secs(60));
    assert_eq!(rig.acd.load().2, 0, "forgotten");
    let effects = rig.join(3, "a");
    assert_eq!(positions(&effects), [(3, 2)]);
}

#[test]
fn row_13_the_longest_wait_and_no_agent_for_too_long() {
    let settings = QueueSettings { max_wait: Some(secs(30)), ..QueueSettings::default() };
    let mut rig = Rig::new(settings, &["101"]);
    let (id, _) = offer(&rig.join(1, "a"));
    rig.put(Input::Refused(id, 486));
    rig.pass(secs(25));
    let effects = rig.pass(secs(5));
    assert_eq!(ends(&effects), [(1, End::TimedOut)], "also while it rings");
    assert_eq!(withdrawn(&effects).len(), 1);

    let settings = QueueSettings { max_wait_no_agent: Some(secs(30)), ..QueueSettings::default() };
    let mut rig = Rig::new(settings, &["101"]);
    rig.put(Input::Availability("101".into(), Availability::Blocked));
    rig.join(1, "a");
    assert_eq!(ends(&rig.pass(secs(100))), [], "an agent on a break is an agent");
    rig.put(Input::Availability("101".into(), Availability::LoggedOut));
    assert_eq!(ends(&rig.pass(secs(29))), []);
    assert_eq!(ends(&rig.pass(secs(1))), [(1, End::NoAgent)]);
    rig.join(2, "b");
    assert_eq!(ends(&rig.pass(std::time::Duration::from_millis(4_999))), [], "five seconds of grace");
    assert_eq!(ends(&rig.pass(std::time::Duration::from_millis(1))), [(2, End::NoAgent)]);
}

#[test]
fn a_caller_who_is_pulled_rings_at_that_phone_alone_and_keeps_the_place_lp_04() {
    let mut rig = Rig::new(QueueSettings::default(), &["101", "102"]);
    let (first, who) = offer(&rig.join(1, "a"));
    rig.pass(secs(5));
    rig.join(2, "b");
    // Nobody knows 900: a supervisor need not be an agent.
    let effects = rig.put(Input::Pull(MemberId(1), "900".into()));
    assert_eq!(withdrawn(&effects), [(first, Withdrawn::AnsweredElsewhere)]);
    assert_eq!(offers(&effects)[0].1, "900");
    let pulled = offers(&effects)[0].0;
    assert_eq!(rig.missed(&who), 0, "nobody's fault");
    assert_eq!(rig.acd.queue_of(&"900".into()), Some(&"q".into()));
    assert!(!rig.acd.can_pull(MemberId(2), &"900".into()), "one at a time");
    let effects = rig.pass(acd::PULL_RINGS);
    assert!(withdrawn(&effects).contains(&(pulled, Withdrawn::RangOut)), "{effects:?}");
    assert_eq!(rig.acd.place(rig.now, MemberId(1)).unwrap().waited, secs(35), "the old place");
    assert!(offers(&effects).iter().all(|(_, agent)| agent != "900"), "and the agents' turn again");
}

#[test]
fn who_answers_a_pulled_call_has_it_and_wraps_up_if_they_are_an_agent_lp_04() {
    for (by, state) in [("101", Some(AgentState::WrapUp)), ("900", None)] {
        let mut rig = rig();
        rig.put(Input::Availability("101".into(), Availability::Blocked));
        rig.join(1, "a");
        let (pulled, _) = offer(&rig.put(Input::Pull(MemberId(1), by.into())));
        rig.put(Input::Ringing(pulled));
        assert_eq!(ends(&rig.put(Input::Answered(pulled))), [(1, End::Answered)], "{by}");
        assert!(!rig.acd.can_pull(MemberId(1), &"102".into()), "talks");
        rig.put(Input::BridgeEnded(MemberId(1)));
        assert_eq!(rig.acd.agent(rig.now, &by.into()).map(|it| it.state), state);
        assert_eq!(rig.acd.load(), (0, 0, 0));
    }
}

#[test]
fn a_pull_that_is_refused_is_no_miss_and_one_that_cannot_be_changes_nothing_lp_04() {
    let mut rig = rig();
    rig.put(Input::Availability("101".into(), Availability::Blocked));
    rig.join(1, "a");
    for code in [486, 603, 480] {
        let (pulled, _) = offer(&rig.put(Input::Pull(MemberId(1), "101".into())));
        rig.put(Input::Refused(pulled, code));
        assert_eq!((rig.missed("101"), rig.left("101")), (0, vec![(Why::Status, None)]), "{code}");
    }
    let (pulled, _) = offer(&rig.put(Input::Pull(MemberId(1), "900".into())));
    rig.put(Input::Unreachable(pulled));
    assert_eq!(rig.acd.load(), (1, 0, 0), "waits");
    assert_eq!(rig.put(Input::Pull(MemberId(7), "900".into())), [], "nobody");
    rig.put(Input::Availability("101".into(), Availability::Available));
    assert_eq!(rig.put(Input::Pull(MemberId(1), "101".into())), [], "rings there already");
}

#[test]
fn a_caller_who_is_sent_on_leaves_once_and_their_ringing_ends_lp_04() {
    let mut rig = rig();
    let (id, _) = offer(&rig.join(1, "a"));
    let effects = rig.put(Input::SendOn(MemberId(1)));
    assert_eq!((ends(&effects), withdrawn(&effects)), (vec![(1, End::SentOn)], vec![(id, Withdrawn::CallerMoved)]));
    assert_eq!(rig.put(Input::SendOn(MemberId(1))), []);
    rig.talk(2, "101");
    assert_eq!(rig.put(Input::SendOn(MemberId(2))), [], "who talks is not sent on");
}

#[test]
fn where_all_ring_a_pulled_caller_rings_at_one_phone_lp_04() {
    let settings = QueueSettings { strategy: acd::Strategy::RingAll, ..QueueSettings::default() };
    let mut rig = Rig::new(settings, &["101", "102"]);
    assert_eq!(offers(&rig.join(1, "a")).len(), 2);
    let effects = rig.put(Input::Pull(MemberId(1), "900".into()));
    assert_eq!((withdrawn(&effects).len(), offers(&effects).len()), (2, 1));
    rig.hire("103", OPTIONS);
    rig.tier("q", "103", 1, 9);
    assert!(rig.acd.waiting(rig.now).all(|(_, _, asked)| asked == ["900".into()]));
}
