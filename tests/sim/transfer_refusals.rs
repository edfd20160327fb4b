//! Peers that are not polite about transfers, written by hand: refusals, silence, and what they may not ask of us.

use std::time::Duration;

use model::EndReason;
use phone::{Command, LineState, TransferFault, TransferStage};
use testkit::sim::{PhoneId, RawId, Sdp, Way, World};

use crate::{all_quiet, answer, pair, talking};

/// A phone that has called a peer written by hand, which has answered.
fn with_raw(seed: u64) -> (World, PhoneId, RawId) {
    let mut w = World::new(seed);
    let agent = w.add_registered("102");
    let far = w.add_raw("200");
    w.dial(agent, "200");
    w.until("INVITE arrives", |w| w.raw(far).requests("INVITE") == 1);
    let offer = Sdp::parse(&w.raw(far).last("INVITE", None).expect("it came").body).expect("our offer");
    w.raw_respond(far, "INVITE", 200, "", Some(&offer.answered_by("raw/1", 1, false).to_string()));
    w.until("they talk", |w| w.line(agent) == Some(LineState::Talking));
    (w, agent, far)
}

/// The agent transfers; the peer answers the hold and sees REFER.
fn transferred(seed: u64) -> (World, PhoneId, RawId) {
    let (mut w, agent, far) = with_raw(seed);
    let call = w.call(agent).expect("they talk").call;
    w.command(agent, Command::Transfer { call, target: "103".into() });
    w.until("REFER arrives", |w| w.raw(far).requests("REFER") == 1);
    w.until("the hold arrives", |w| w.raw(far).requests("INVITE") == 2);
    let offer = Sdp::parse(&w.raw(far).last("INVITE", None).expect("it came").body).expect("our offer");
    w.raw_respond(far, "INVITE", 200, "", Some(&offer.answered_by("raw/1", 2, false).to_string()));
    (w, agent, far)
}

fn stage(w: &World, agent: PhoneId) -> Option<TransferStage> {
    w.call(agent)?.transfer.map(|transfer| transfer.stage)
}

fn notify(w: &mut World, far: RawId, state: &str, line: &str) {
    let extra = format!("Event: refer\r\nSubscription-State: {state}\r\nContent-Type: message/sipfrag\r\n");
    w.raw_in_dialog_saying(far, "NOTIFY", &extra, line);
}

#[test]
fn a_peer_that_cannot_or_will_not_be_transferred_stays_with_the_agent() {
    for (seed, (code, fault)) in (800..).zip([
        (405, TransferFault::NotSupported),
        (501, TransferFault::NotSupported),
        (420, TransferFault::NotSupported),
        (603, TransferFault::Refused),
        (403, TransferFault::Refused),
    ]) {
        let (mut w, agent, far) = transferred(seed);
        w.raw_respond(far, "REFER", code, "", None);
        w.until("it has failed", |w| stage(w, agent) == Some(TransferStage::Failed(fault)));
        assert_eq!(w.call(agent).unwrap().transfer.unwrap().sip_code, Some(code));
        w.until("it is taken back", |w| w.raw(far).requests("INVITE") == 3);
        assert!(w.station(agent).ear.is_some(), "the agent is heard again");
        w.raw_in_dialog(far, "BYE", None);
        all_quiet(&mut w);
    }
}

#[test]
fn refer_says_who_sends_and_carries_nothing_else() {
    let (mut w, agent, far) = transferred(810);
    let refer = w.raw(far).last("REFER", None).unwrap().clone();
    assert_eq!(refer.header("Refer-To"), "<sip:103@rannan.test>");
    assert_eq!(refer.header("Referred-By"), "<sip:102@rannan.test>");
    w.raw_respond(far, "REFER", 202, "", None);
    w.until("accepted", |w| stage(w, agent) == Some(TransferStage::Accepted));
    for (line, expected) in
        [("SIP/2.0 100 Trying\r\n", TransferStage::Trying), ("SIP/2.0 180 R", TransferStage::Ringing)]
    {
        notify(&mut w, far, "active;expires=60", line);
        w.until("reported", |w| stage(w, agent) == Some(expected));
    }
    notify(&mut w, far, "terminated;reason=noresource", "SIP/2.0 200 OK\r\n");
    w.until("done", |w| w.raw(far).requests("BYE") == 1);
    assert_eq!(w.raw(far).inbox.iter().filter(|m| m.method() == "NOTIFY" && m.code() == Some(200)).count(), 3);
    w.raw_respond(far, "BYE", 200, "", None);
    w.until("over", |w| w.call(agent).is_none());
    assert_eq!(w.last_end(agent), Some(EndReason::Transferred));
    all_quiet(&mut w);
}

#[test]
fn a_peer_that_reports_nothing_is_given_up_after_two_minutes() {
    let (mut w, agent, far) = transferred(811);
    w.raw_respond(far, "REFER", 202, "", None);
    w.until("accepted", |w| stage(w, agent) == Some(TransferStage::Accepted));
    let failed = Some(TransferStage::Failed(TransferFault::Silent));
    let time = w.until_within(Duration::from_secs(121), "given up", |w| stage(w, agent) == failed);
    assert!(time >= Duration::from_secs(119), "{time:?}");
    assert!(w.station(agent).ear.is_some());
    notify(&mut w, far, "terminated", "SIP/2.0 486 Busy Here\r\n");
    w.pass(Duration::from_secs(1));
    assert_eq!(stage(&w, agent), failed, "late words change nothing");
    w.raw_in_dialog(far, "BYE", None);
    all_quiet(&mut w);
}

#[test]
fn a_peer_that_never_answers_refer_is_given_up_after_32_seconds() {
    let (mut w, agent, far) = transferred(812);
    let failed = Some(TransferStage::Failed(TransferFault::Silent));
    let time = w.until_within(Duration::from_secs(34), "given up", |w| stage(w, agent) == failed);
    assert!(time >= Duration::from_secs(30), "{time:?}");
    w.raw_in_dialog(far, "BYE", None);
    all_quiet(&mut w);
}

#[test]
fn a_subscription_that_ends_without_a_word_is_a_failure() {
    let (mut w, agent, far) = transferred(813);
    w.raw_respond(far, "REFER", 202, "", None);
    notify(&mut w, far, "terminated;reason=timeout", "SIP/2.0 100 Trying\r\n");
    w.until("failed", |w| stage(w, agent) == Some(TransferStage::Failed(TransferFault::Silent)));
    w.raw_in_dialog(far, "BYE", None);
    all_quiet(&mut w);
}

#[test]
fn a_peer_that_will_not_report_is_believed_and_left() {
    let (mut w, agent, far) = transferred(814);
    w.raw_respond(far, "REFER", 202, "Refer-Sub: false\r\n", None);
    w.until("done", |w| w.raw(far).requests("BYE") == 1);
    w.raw_respond(far, "BYE", 200, "", None);
    w.until("over", |w| w.call(agent).is_none());
    assert_eq!(w.last_end(agent), Some(EndReason::Transferred));
    all_quiet(&mut w);
}

#[test]
fn bye_that_crosses_refer_ends_the_call() {
    let (mut w, agent, far) = transferred(815);
    w.raw_in_dialog(far, "BYE", None);
    w.until("over", |w| w.call(agent).is_none());
    assert_eq!(w.last_end(agent), Some(EndReason::RemoteHangUp));
    w.raw_respond(far, "REFER", 481, "", None);
    all_quiet(&mut w);
}

#[test]
fn a_report_about_nothing_is_refused() {
    let (mut w, _, far) = with_raw(816);
    notify(&mut w, far, "active", "SIP/2.0 200 OK\r\n");
    w.until("refused", |w| w.raw(far).last("NOTIFY", Some(481)).is_some());
    w.raw_in_dialog_saying(far, "NOTIFY", "Event: presence\r\nSubscription-State: active\r\n", "");
    w.until("refused", |w| w.raw(far).last("NOTIFY", Some(489)).is_some());
    w.raw_in_dialog(far, "BYE", None);
    all_quiet(&mut w);
}

/// A peer that has called the agent, who has answered.
fn called_by_raw(seed: u64) -> (World, PhoneId, RawId) {
    let (mut w, _, agent) = pair(seed);
    let far = w.add_raw("200");
    let offer = Sdp { session: "raw/1".into(), version: 1, ice: 1, answers: None, way: Way::BOTH }.to_string();
    w.raw_request(far, "INVITE", "102", "", Some(&offer));
    w.until("it rings", |w| w.line(agent) == Some(LineState::RingingHere));
    answer(&mut w, agent);
    w.until("200 arrives", |w| w.raw(far).last("INVITE", Some(200)).is_some());
    w.raw_in_own_dialog(far, "ACK", None);
    w.until("they talk", |w| w.line(agent) == Some(LineState::Talking));
    (w, agent, far)
}

#[test]
fn we_go_only_where_we_could_dial() {
    for (seed, (to, code)) in (820..).zip([
        ("Refer-To: <http://rannan.test/>\r\n", 416),
        ("Refer-To: <sip:101@rannan.test;method=BYE>\r\n", 501),
        ("Refer-To: <sip:101@rannan.test?Replaces=x>\r\n", 400),
        ("Refer-To: <sip:101@rannan.test>\r\nRefer-To: <sip:104@rannan.test>\r\n", 400),
        ("Refer-To: <sip:rannan.test@>\r\n", 484),
        ("", 400),
    ]) {
        let (mut w, agent, far) = called_by_raw(seed);
        w.raw_in_own_dialog_saying(far, "REFER", to, "");
        w.until("refused", |w| w.raw(far).last("REFER", Some(code)).is_some());
        assert_eq!((w.line(agent), w.station(agent).phone.calls().len()), (Some(LineState::Talking), 1), "{to}");
        w.raw_in_own_dialog(far, "BYE", None);
        all_quiet(&mut w);
    }
}

#[test]
fn a_second_refer_waits_for_the_first() {
    let (mut w, agent, far) = called_by_raw(830);
    w.raw_in_own_dialog_saying(far, "REFER", "Refer-To: <sip:101@rannan.test>\r\n", "");
    w.raw_in_own_dialog_saying(far, "REFER", "Refer-To: <sip:999@rannan.test>\r\n", "");
    w.until("both are answered", |w| {
        w.raw(far).last("REFER", Some(202)).is_some() && w.raw(far).last("REFER", Some(491)).is_some()
    });
    assert_eq!(w.station(agent).phone.calls().len(), 2);
    let call = w.call(agent).unwrap();
    assert_eq!((call.party.number.as_str(), call.transferred_by.unwrap().number.as_str()), ("101", "200"));
    w.raw_in_own_dialog(far, "BYE", None);
    all_quiet(&mut w);
}

#[test]
fn reports_go_from_trying_to_the_end_and_then_we_hang_up_ourselves() {
    let (mut w, agent, far) = called_by_raw(831);
    let alice = w.phone_of("101");
    w.raw_in_own_dialog_saying(far, "REFER", "Refer-To: <sip:101@rannan.test>\r\n", "");
    w.until("it rings", |w| w.line(alice) == Some(LineState::RingingHere));
    answer(&mut w, alice);
    w.until("reported", |w| w.raw(far).inbox.iter().any(|m| m.method() == "NOTIFY" && m.body.contains("200 OK")));
    let reports: Vec<String> =
        w.raw(far).inbox.iter().filter(|m| m.method() == "NOTIFY").map(|m| m.body.trim().to_owned()).collect();
    assert_eq!(reports, ["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK"]);
    let last = w.raw(far).last("NOTIFY", None).unwrap();
    assert!(last.header("Subscription-State").starts_with("terminated"));
    let time = w.until_within(Duration::from_secs(4), "we hang up", |w| w.raw(far).requests("BYE") == 1);
    assert!(time >= Duration::from_secs(2), "{time:?}");
    w.raw_respond(far, "BYE", 200, "", None);
    w.until("they talk", |w| w.talk(alice, agent));
    all_quiet(&mut w);
}

#[test]
fn an_agent_who_is_with_somebody_else_is_not_taken_away() {
    let (mut w, agent, far) = called_by_raw(832);
    let alice = w.phone_of("101");
    w.dial(agent, "101");
    w.until("it rings", |w| w.line(alice) == Some(LineState::RingingHere));
    answer(&mut w, alice);
    w.until("they talk", |w| w.talk(alice, agent));
    w.raw_in_own_dialog_saying(far, "REFER", "Refer-To: <sip:104@rannan.test>\r\n", "");
    w.until("refused", |w| w.raw(far).last("REFER", Some(486)).is_some());
    assert!(w.talk(alice, agent));
    w.raw_in_own_dialog(far, "BYE", None);
    all_quiet(&mut w);
}

#[test]
fn nobody_takes_the_place_of_a_call_without_knowing_it() {
    let (mut w, alice, bob) = talking(833);
    let thief = w.add_raw("200");
    let offer = Sdp { session: "raw/1".into(), version: 1, ice: 1, answers: None, way: Way::BOTH }.to_string();
    for (replaces, code) in [
        ("Replaces: guess;to-tag=1;from-tag=2\r\n", 481),
        ("Replaces: guess\r\n", 400),
        ("Replaces: a;to-tag=1;from-tag=2\r\nReplaces: b;to-tag=1;from-tag=2\r\n", 400),
    ] {
        w.raw_request(thief, "INVITE", "102", replaces, Some(&offer));
        w.until("refused", |w| w.raw(thief).last("INVITE", Some(code)).is_some());
    }
    assert!(w.talk(alice, bob));
    assert_eq!(w.station(bob).phone.calls().len(), 1);
    all_quiet(&mut w);
}

#[test]
fn whoever_sends_a_caller_into_a_queue_is_free_as_soon_as_the_queue_has_them() {
    let (mut w, agent, far) = transferred(840);
    w.raw_respond(far, "REFER", 202, "", None);
    notify(&mut w, far, "active;expires=60", "SIP/2.0 182 Queued\r\n");
    w.until("done", |w| w.raw(far).requests("BYE") == 1);
    w.raw_respond(far, "BYE", 200, "", None);
    w.until("over", |w| w.call(agent).is_none());
    assert_eq!(w.last_end(agent), Some(EndReason::Transferred));
    all_quiet(&mut w);
}
