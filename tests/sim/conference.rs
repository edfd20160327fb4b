//! Two calls of an agent joined to a conference of three.

use base::{CallId, SuperviseMode};
use phone::{Command, CommandError, LineState};
use testkit::sim::{PhoneId, World};

use crate::{all_quiet, answer, talking};

/// 101 talks with the agent (102) and is held, while the agent talks with 103.
struct Scene {
    w: World,
    first: PhoneId,
    agent: PhoneId,
    second: PhoneId,
    /// At the agent.
    calls: [CallId; 2],
}

fn scene(seed: u64) -> Scene {
    let (mut w, first, agent) = talking(seed);
    let second = w.add_registered("103");
    let held = w.call(agent).expect("they talk").call;
    let call = w.dial(agent, "103");
    w.until("it rings", |w| w.line(second) == Some(LineState::RingingHere));
    answer(&mut w, second);
    w.until("they talk, the first is held", |w| {
        w.talk(agent, second) && w.view(agent, held).is_some_and(|view| view.line == LineState::Held && !view.pending)
    });
    Scene { w, first, agent, second, calls: [held, call] }
}

impl Scene {
    fn join(&mut self) {
        self.w.command(self.agent, Command::Conference);
        let (agent, [held, call]) = (self.agent, self.calls);
        self.w.until("both are joined", |w| {
            let talks =
                |id| w.view(agent, id).is_some_and(|v| v.line == LineState::Talking && v.conference && !v.pending);
            talks(held) && talks(call)
        });
        let (guest, to, mode, apart) = self.w.station(agent).bridge.expect("they are mixed");
        assert_eq!((guest, to, mode, apart), (held, call, SuperviseMode::Barge, false));
    }
}

#[test]
fn one_of_three_leaves_and_the_others_go_on() {
    for (seed, first_leaves) in [(950, true), (951, false)] {
        let mut s = scene(seed);
        s.join();
        let (leaver, stays) = if first_leaves { (s.first, s.second) } else { (s.second, s.first) };
        let call = s.w.call(leaver).unwrap().call;
        s.w.command(leaver, Command::HangUp(call));
        let agent = s.agent;
        s.w.until("the other goes on", |w| w.talk(agent, stays) && w.station(agent).bridge.is_none());
        assert!(s.w.station(agent).phone.calls().iter().all(|view| !view.conference));
        all_quiet(&mut s.w);
    }
}

#[test]
fn who_is_held_is_out_and_the_other_goes_on() {
    for (seed, at) in [(952, 0), (953, 1)] {
        let mut s = scene(seed);
        s.join();
        s.w.command(s.agent, Command::Hold(s.calls[at]));
        let (agent, stays) = (s.agent, if at == 0 { s.second } else { s.first });
        let held = s.calls[at];
        s.w.until("one is held, the other talks", |w| {
            w.talk(agent, stays) && w.view(agent, held).is_some_and(|view| view.line == LineState::Held)
        });
        assert_eq!(s.w.station(agent).bridge, None);
        s.join_again();
        all_quiet(&mut s.w);
    }
}

impl Scene {
    fn join_again(&mut self) {
        self.w.command(self.agent, Command::Conference);
        let agent = self.agent;
        self.w.until("both are joined", |w| {
            w.station(agent).bridge.is_some()
                && w.station(agent).phone.calls().iter().all(|v| v.conference && !v.pending)
        });
    }
}

#[test]
fn a_third_call_holds_both() {
    let mut s = scene(954);
    s.join();
    let third = s.w.add_registered("104");
    s.w.dial(s.agent, "104");
    s.w.until("it rings", |w| w.line(third) == Some(LineState::RingingHere));
    answer(&mut s.w, third);
    let (agent, calls) = (s.agent, s.calls);
    s.w.until("both are held", |w| {
        let held = |id| w.view(agent, id).is_some_and(|view| view.line == LineState::Held && !view.conference);
        w.talk(agent, third) && calls.into_iter().all(held) && w.station(agent).bridge.is_none()
    });
    all_quiet(&mut s.w);
}

#[test]
fn one_call_alone_is_no_conference() {
    let (mut w, _, agent) = talking(955);
    w.command(agent, Command::Conference);
    assert_eq!(w.station(agent).refused, [(None, CommandError::NotNow)]);
    all_quiet(&mut w);
}
