//! A supervisor in a call of an agent (RG-09, RG-10): what each of the three phones does, and what the agent's does not.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{CallId, Secret, SuperviseMode, WallMs};
use model::EndReason;
use phone::{Command, CommandError, Input, LineState, Notice, TeamInput};
use sip::SuperviseToken;
use testkit::sim::{Heard, PhoneId, World};

use crate::{all_quiet, answer, hang_up, talking};

/// The customer (101) talks with the agent (102); the supervisor (103) is there.
struct Scene {
    w: World,
    customer: PhoneId,
    agent: PhoneId,
    supervisor: PhoneId,
    /// The call, at the agent.
    call: CallId,
}

fn scene(seed: u64) -> Scene {
    let (mut w, customer, agent) = talking(seed);
    let supervisor = w.add_registered("103");
    w.knows_leaves(agent);
    let call = w.call(agent).expect("they talk").call;
    Scene { w, customer, agent, supervisor, call }
}

impl Scene {
    fn join(&mut self, mode: SuperviseMode) -> CallId {
        let call = self.w.supervise(self.supervisor, "102", mode);
        self.until_joined(mode);
        call
    }

    fn until_joined(&mut self, mode: SuperviseMode) {
        let (agent, supervisor, of) = (self.agent, self.supervisor, self.call);
        self.w.until("the supervisor is in", |w| {
            let bridge = w.station(agent).bridge;
            let talks = w.call(supervisor).filter(|view| view.line == LineState::Talking);
            let theirs = talks.and_then(|view| view.supervision);
            bridge.is_some_and(|(_, to, how, apart)| to == of && how == mode && !apart)
                && theirs.is_some_and(|about| about.mode == mode)
        });
    }

    /// The supervisor's newest call is over like this, and the agent talks as before.
    fn until_refused(&mut self, code: u16) {
        let supervisor = self.supervisor;
        self.w.until("it is refused", |w| w.call(supervisor).is_none());
        let over = self.w.station(supervisor).ended.last().expect("it began").clone();
        assert_eq!(over.sip_code, Some(code), "{over:?}");
        self.is_undisturbed();
    }

    fn is_undisturbed(&self) {
        assert!(self.w.talk(self.customer, self.agent));
        let station = self.w.station(self.agent);
        assert_eq!(station.phone.calls().len(), 1, "one call is shown");
        assert_eq!((station.ringing, station.ended.len(), station.records.len()), (None, 0, 0));
        assert_eq!(station.ear, Some((self.call, Heard::Joined)));
    }

    /// What was told to the agent about calls since then.
    fn told(&self, since: usize) -> usize {
        let is_call = |notice: &Notice| matches!(notice, Notice::Call(_) | Notice::CallEnded(_) | Notice::Quality(..));
        self.w.station(self.agent).notices[since..].iter().filter(|(_, notice)| is_call(notice)).count()
    }
}

#[test]
fn the_agent_sees_and_hears_nothing_of_who_listens_rg_10() {
    let mut s = scene(900);
    let before = s.w.station(s.agent).notices.len();
    s.join(SuperviseMode::Listen);
    s.is_undisturbed();
    assert_eq!(s.told(before), 0, "the agent is told nothing");
    assert!(matches!(s.w.station(s.supervisor).ear, Some((_, Heard::Listening))), "who listens says nothing");
    for mode in [SuperviseMode::Whisper, SuperviseMode::Barge, SuperviseMode::Listen] {
        s.w.supervise(s.supervisor, "102", mode);
        s.until_joined(mode);
        s.is_undisturbed();
        let heard = s.w.station(s.supervisor).ear.map(|(_, heard)| heard);
        assert_eq!(heard, Some(if mode.speaks() { Heard::Joined } else { Heard::Listening }), "{mode:?}");
        assert_eq!(s.w.station(s.supervisor).phone.calls().len(), 1, "one supervision, changed");
    }
    s.w.command(s.supervisor, Command::SuperviseLeave);
    let (agent, supervisor) = (s.agent, s.supervisor);
    s.w.until("the supervisor has left", |w| w.station(agent).bridge.is_none() && w.call(supervisor).is_none());
    s.is_undisturbed();
    assert_eq!(s.told(before), 0, "nor afterwards");
    assert_eq!(s.w.station(s.supervisor).records.len(), 0, "it is no call of the history");
    all_quiet(&mut s.w);
}

#[test]
fn the_agent_sees_it_where_the_policy_says_so_rg_10() {
    let mut s = scene(901);
    let leave = SuperviseToken { shown: true, ..s.w.leave(s.supervisor, "102", SuperviseMode::Whisper) };
    s.w.supervise_with(s.supervisor, &leave);
    s.until_joined(SuperviseMode::Whisper);
    let by = s.w.view(s.agent, s.call).unwrap().supervised_by.expect("it is shown");
    assert_eq!(by.mode, SuperviseMode::Whisper);
    assert!(!by.name.is_empty());
    s.w.command(s.supervisor, Command::SuperviseLeave);
    let (agent, call) = (s.agent, s.call);
    s.w.until("nobody is shown", |w| w.view(agent, call).unwrap().supervised_by.is_none());
    all_quiet(&mut s.w);
}

#[test]
fn a_supervision_ends_with_the_call_rg_10() {
    for (seed, customer_ends) in [(902, true), (903, false)] {
        let mut s = scene(seed);
        s.join(SuperviseMode::Barge);
        hang_up(&mut s.w, if customer_ends { s.customer } else { s.agent });
        let (agent, supervisor) = (s.agent, s.supervisor);
        s.w.until("all is over", |w| w.call(agent).is_none() && w.call(supervisor).is_none());
        assert_eq!(s.w.last_end(supervisor), Some(EndReason::RemoteHangUp));
        assert_eq!(s.w.station(agent).records.len(), 1, "the call with the customer");
        all_quiet(&mut s.w);
    }
}

#[test]
fn no_status_keeps_a_supervisor_away_rg_10() {
    let mut s = scene(904);
    s.w.edge.turn_away(BTreeMap::from([("102".to_owned(), 486)]));
    s.join(SuperviseMode::Listen);
    s.is_undisturbed();
    all_quiet(&mut s.w);
}

#[test]
fn hold_resume_and_another_call_go_on_under_supervision_rg_10() {
    let mut s = scene(905);
    s.join(SuperviseMode::Whisper);
    s.w.command(s.agent, Command::Hold(s.call));
    let (customer, agent, call) = (s.customer, s.agent, s.call);
    s.w.until("the customer is held", |w| w.view(agent, call).is_some_and(|v| v.line == LineState::Held && !v.pending));
    let bridge = s.w.station(agent).bridge.expect("the guest is there");
    assert!(!bridge.3, "agent and supervisor may speak meanwhile");
    let other = s.w.add_registered("104");
    s.w.dial(agent, "104");
    s.w.until("it rings", |w| w.line(other) == Some(LineState::RingingHere));
    answer(&mut s.w, other);
    s.w.until("they talk", |w| w.talk(agent, other));
    assert!(s.w.station(agent).bridge.expect("the guest is there").3, "the supervisor has no part in another call");
    s.w.command(agent, Command::Resume(call));
    s.w.until("the customer is back", |w| w.talk(customer, agent));
    assert!(!s.w.station(agent).bridge.expect("the guest is there").3);
    all_quiet(&mut s.w);
}

#[test]
fn the_other_phones_of_an_agent_take_no_notice_rg_10() {
    let mut s = scene(906);
    let second = s.w.add_registered("102");
    s.w.knows_leaves(second);
    let before = s.w.station(second).notices.len();
    s.join(SuperviseMode::Listen);
    let quiet = s.w.station(second);
    let told =
        quiet.notices[before..].iter().filter(|(_, notice)| matches!(notice, Notice::Call(_) | Notice::CallEnded(_)));
    assert_eq!((told.count(), quiet.ringing, quiet.records.len(), quiet.media.len()), (0, None, 0, 0));
    all_quiet(&mut s.w);
}

/// What the server lets through, the phone judges once more, by its own key alone.
#[test]
fn the_phone_believes_nobody_without_leave_rg_09() {
    let mut s = scene(907);
    s.w.knows_leaves_by(s.agent, Secret::new("another"));
    s.w.supervise(s.supervisor, "102", SuperviseMode::Listen);
    s.until_refused(403);
    s.w.knows_leaves(s.agent);
    // By the agent's clock the server's is half a minute on: the leave is void there.
    let key = sip::supervise_key(&Secret::new("between the two of us"), "102");
    let ahead = TeamInput::SuperviseKey { key, ahead_ms: 31_000 };
    s.w.feed_input(s.agent, Input::Team(ahead));
    s.w.supervise(s.supervisor, "102", SuperviseMode::Listen);
    s.until_refused(403);
    s.w.knows_leaves(s.agent);
    s.join(SuperviseMode::Listen);
    all_quiet(&mut s.w);
}

#[test]
fn a_leave_is_for_one_person_one_call_and_one_time_rg_09() {
    let mut s = scene(908);
    let good = s.w.leave(s.supervisor, "102", SuperviseMode::Listen);
    let start = s.w.leave(s.supervisor, "102", SuperviseMode::Listen);
    for (leave, code) in [
        (SuperviseToken { by: "104".into(), ..good.clone() }, 403),
        (SuperviseToken { until: WallMs(0), ..good.clone() }, 403),
        (SuperviseToken { call: "another".into(), ..good.clone() }, 480),
    ] {
        s.w.supervise_with(s.supervisor, &leave);
        s.until_refused(code);
    }
    s.w.supervise_with(s.supervisor, &good);
    s.until_joined(SuperviseMode::Listen);
    s.w.command(s.supervisor, Command::SuperviseLeave);
    let supervisor = s.supervisor;
    s.w.until("the supervisor has left", |w| w.call(supervisor).is_none());
    s.w.supervise_with(s.supervisor, &good);
    s.until_refused(403);
    s.w.pass(Duration::from_secs(31));
    s.w.supervise_with(s.supervisor, &start);
    s.until_refused(403);
    all_quiet(&mut s.w);
}

#[test]
fn another_mode_needs_another_leave_rg_09() {
    let mut s = scene(909);
    let first = s.w.leave(s.supervisor, "102", SuperviseMode::Listen);
    s.w.supervise_with(s.supervisor, &first);
    s.until_joined(SuperviseMode::Listen);
    s.w.supervise_with(s.supervisor, &SuperviseToken { mode: SuperviseMode::Barge, ..first });
    let (agent, supervisor) = (s.agent, s.supervisor);
    s.w.until("it is refused", |w| {
        w.station(supervisor).refused.iter().any(|(_, why)| *why == CommandError::SuperviseRefused)
    });
    let mode = s.w.call(supervisor).unwrap().supervision.unwrap().mode;
    assert_eq!((mode, s.w.station(agent).bridge.unwrap().2), (SuperviseMode::Listen, SuperviseMode::Listen));
    s.is_undisturbed();
    all_quiet(&mut s.w);
}

#[test]
fn a_second_supervisor_hears_busy_rg_10() {
    let mut s = scene(910);
    s.join(SuperviseMode::Listen);
    let second = s.w.add_registered("104");
    s.w.supervise(second, "102", SuperviseMode::Barge);
    s.w.until("it is refused", |w| w.call(second).is_none());
    assert_eq!(s.w.last_end(second), Some(EndReason::Busy));
    s.is_undisturbed();
    s.until_joined(SuperviseMode::Listen);
    all_quiet(&mut s.w);
}

/// Either phone alone is enough: the other may not hear of it.
#[test]
fn who_may_not_supervise_any_more_is_out_rg_09() {
    for (seed, at_agent) in [(911, true), (912, false)] {
        let mut s = scene(seed);
        s.join(SuperviseMode::Listen);
        let (by, of) = ("103".to_owned(), "102".to_owned());
        let other = TeamInput::SuperviseRevoked { by: "104".into(), of: of.clone() };
        s.w.feed_input(s.agent, Input::Team(other));
        s.until_joined(SuperviseMode::Listen);
        let who = if at_agent { s.agent } else { s.supervisor };
        s.w.feed_input(who, Input::Team(TeamInput::SuperviseRevoked { by, of }));
        let (agent, supervisor) = (s.agent, s.supervisor);
        s.w.until("it is over", |w| w.call(supervisor).is_none() && w.station(agent).bridge.is_none());
        let why = if at_agent { EndReason::RemoteHangUp } else { EndReason::Forbidden };
        assert_eq!(s.w.last_end(supervisor), Some(why), "the supervisor is told why");
        s.is_undisturbed();
        all_quiet(&mut s.w);
    }
}

#[test]
fn a_supervisor_who_answers_another_call_leaves_rg_10() {
    let mut s = scene(913);
    s.join(SuperviseMode::Listen);
    let caller = s.w.add_registered("104");
    s.w.dial(caller, "103");
    let (agent, supervisor) = (s.agent, s.supervisor);
    s.w.until("it rings", |w| w.line(supervisor) == Some(LineState::RingingHere));
    answer(&mut s.w, supervisor);
    s.w.until("they talk", |w| w.talk(caller, supervisor) && w.station(agent).bridge.is_none());
    s.is_undisturbed();
    all_quiet(&mut s.w);
}

/// While the server is away nobody could stop a supervision: it does not outlast that, and the call does.
#[test]
fn a_lost_server_ends_a_supervision_and_no_call_rg_09() {
    for (seed, at_agent) in [(916, true), (917, false)] {
        let mut s = scene(seed);
        s.join(SuperviseMode::Barge);
        let who = if at_agent { s.agent } else { s.supervisor };
        s.w.feed_input(who, Input::NetworkChanged);
        let (agent, supervisor) = (s.agent, s.supervisor);
        s.w.until("the supervision is over", |w| w.station(agent).bridge.is_none() && w.call(supervisor).is_none());
        let why = if at_agent { EndReason::RemoteHangUp } else { EndReason::Offline };
        assert_eq!(s.w.last_end(supervisor), Some(why), "the supervisor is told why");
        let customer = s.customer;
        s.w.until("the call goes on", |w| w.talk(customer, agent));
        assert_eq!(s.w.station(agent).ended.len(), 0);
        all_quiet(&mut s.w);
    }
}

#[test]
fn a_supervision_is_neither_held_nor_transferred_rg_10() {
    let mut s = scene(914);
    let call = s.join(SuperviseMode::Listen);
    for command in [
        Command::Hold(call),
        Command::Dtmf { call, digits: "1".into() },
        Command::Transfer { call, target: "101".into() },
        Command::Conference,
    ] {
        s.w.command(s.supervisor, command);
        assert_eq!(s.w.station(s.supervisor).refused.last().map(|(_, why)| *why), Some(CommandError::NotNow));
    }
    s.until_joined(SuperviseMode::Listen);
    all_quiet(&mut s.w);
}

/// The customer is handed on by whoever called first: the call goes on with somebody else, and so does the supervision.
#[test]
fn a_supervision_follows_a_call_that_is_taken_over_rg_10() {
    let mut s = scene(915);
    s.join(SuperviseMode::Listen);
    let colleague = s.w.add_registered("104");
    let about = s.w.call(s.customer).unwrap().call;
    let to = s.w.consult(s.customer, about, "104");
    s.w.until("it rings", |w| w.line(colleague) == Some(LineState::RingingHere));
    answer(&mut s.w, colleague);
    let (customer, agent, supervisor) = (s.customer, s.agent, s.supervisor);
    s.w.until("they talk", |w| w.talk(customer, colleague));
    // The colleague is sent to the agent: their INVITE takes the place of the customer's call there.
    s.w.command(customer, Command::CompleteTransfer { call: to, to: about });
    s.w.until("agent and colleague talk", |w| w.talk(agent, colleague) && w.call(customer).is_none());
    let now = s.w.call(agent).unwrap().call;
    s.w.until("the supervisor is in that call", |w| w.station(agent).bridge.is_some_and(|(_, to, ..)| to == now));
    assert!(s.w.call(supervisor).is_some());
    all_quiet(&mut s.w);
}
