//! The transfer matrix: blind, attended, semi-attended, and each way in which they fail (SPEC 2 row 29, CT-02).

use std::collections::BTreeMap;
use std::time::Duration;

use base::CallId;
use model::{CallTransfer, EndReason};
use phone::{Command, CommandError, LineState, TeamInput, TransferFault, TransferStage};
use testkit::sim::{PhoneId, World};

use crate::{all_quiet, answer, hang_up, talking};

/// The caller (101) talks with the agent (102); the target (103) is there.
struct Trio {
    w: World,
    caller: PhoneId,
    agent: PhoneId,
    target: PhoneId,
    /// The caller's call, at the agent.
    call: CallId,
}

fn trio(seed: u64) -> Trio {
    let (mut w, caller, agent) = talking(seed);
    let target = w.add_registered("103");
    let call = w.call(agent).expect("they talk").call;
    Trio { w, caller, agent, target, call }
}

impl Trio {
    fn transfer(&mut self) {
        self.w.command(self.agent, Command::Transfer { call: self.call, target: "103".into() });
    }

    fn stage(&self) -> Option<TransferStage> {
        self.w.view(self.agent, self.call)?.transfer.map(|transfer| transfer.stage)
    }

    /// The agent asks, the target answers.
    fn ask(&mut self) -> CallId {
        let consultation = self.w.consult(self.agent, self.call, "103");
        let target = self.target;
        self.w.until("it rings at the target", |w| w.line(target) == Some(LineState::RingingHere));
        answer(&mut self.w, target);
        let agent = self.agent;
        self.w.until("they talk", |w| w.talk(agent, target));
        consultation
    }

    fn complete(&mut self, to: CallId) {
        self.w.command(self.agent, Command::CompleteTransfer { call: self.call, to });
    }

    fn until_connected(&mut self) {
        let (caller, target, agent) = (self.caller, self.target, self.agent);
        self.w.until("caller and target talk, the agent is free", |w| {
            w.talk(caller, target) && w.call(agent).is_none() && w.station(caller).phone.calls().len() == 1
        });
        assert_eq!(self.w.station(target).phone.calls().len(), 1);
    }

    fn until_back(&mut self, fault: TransferFault) {
        let (caller, agent, call) = (self.caller, self.agent, self.call);
        let failed = |w: &World| {
            w.view(agent, call).and_then(|view| view.transfer).map(|transfer| transfer.stage)
                == Some(TransferStage::Failed(fault))
        };
        self.w.until("the caller is back", |w| {
            failed(w) && w.talk(caller, agent) && w.station(caller).phone.calls().len() == 1
        });
    }
}

#[test]
fn blind_transfer_connects_caller_and_target() {
    let mut t = trio(700);
    t.transfer();
    assert_eq!(t.stage(), Some(TransferStage::Asked));
    assert!(!t.w.hears(t.caller, t.agent), "the caller waits in silence");
    let target = t.target;
    t.w.until("it rings there", |w| w.line(target) == Some(LineState::RingingHere));
    assert_eq!(t.w.call(target).unwrap().party.number, "101");
    let (agent, call) = (t.agent, t.call);
    t.w.until("the agent sees it", |w| {
        w.view(agent, call).and_then(|v| v.transfer).is_some_and(|t| t.stage == TransferStage::Ringing)
    });
    assert_eq!(t.w.call(t.caller).unwrap().transferred_by.unwrap().number, "102");
    answer(&mut t.w, target);
    t.until_connected();
    assert_eq!(t.w.last_end(t.agent), Some(EndReason::Transferred));
    let row = t.w.station(t.agent).records.last().unwrap();
    assert!(matches!(&row.transfer, Some(CallTransfer::To(party)) if party.number == "103"), "{row:?}");
    let (caller, target) = (t.caller, t.target);
    assert_eq!(t.w.ends(caller), [EndReason::Transferred]);
    hang_up(&mut t.w, target);
    t.w.until("it is over", |w| w.call(caller).is_none());
    let row = t.w.station(caller).records.last().unwrap();
    assert!(matches!(&row.transfer, Some(CallTransfer::By(party)) if party.number == "102"), "{row:?}");
    all_quiet(&mut t.w);
}

#[test]
fn a_target_that_does_not_take_it_gives_the_caller_back() {
    type Deed = fn(&mut Trio);
    let cases: [(&str, EndReason, Deed); 4] = [
        ("declines", EndReason::Rejected, |t| {
            let target = t.target;
            t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
            hang_up(&mut t.w, target);
        }),
        ("does not answer", EndReason::NoAnswer, |_| {}),
        ("has no phone that is on", EndReason::NoAnswer, |t| t.w.command(t.target, Command::SignOut)),
        ("wants no calls (ST-04)", EndReason::Busy, |t| {
            t.w.edge.turn_away(BTreeMap::from([("103".to_owned(), 486)]));
        }),
    ];
    for (seed, (what, reason, deed)) in (710..).zip(cases) {
        let mut t = trio(seed);
        if what.starts_with("has") || what.starts_with("wants") {
            deed(&mut t);
            t.w.pass(Duration::from_secs(1));
            t.transfer();
        } else {
            t.transfer();
            deed(&mut t);
        }
        t.until_back(TransferFault::Target(reason));
        assert!(t.w.call(t.target).is_none(), "{what}");
        all_quiet(&mut t.w);
    }
}

#[test]
fn a_busy_target_gives_the_caller_back() {
    let mut t = trio(720);
    let other = t.w.add_registered("104");
    let target = t.target;
    t.w.dial(other, "103");
    t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
    answer(&mut t.w, target);
    t.w.until("they talk", |w| w.talk(other, target));
    t.transfer();
    t.w.until("it waits there", |w| w.line(target) == Some(LineState::RingingHere));
    hang_up(&mut t.w, target);
    t.until_back(TransferFault::Target(EndReason::Busy));
    assert!(t.w.talk(other, target), "whom the target talks with is not touched");
    all_quiet(&mut t.w);
}

#[test]
fn a_number_that_nobody_has_gives_the_caller_back() {
    let mut t = trio(721);
    t.w.command(t.agent, Command::Transfer { call: t.call, target: "999".into() });
    t.until_back(TransferFault::Target(EndReason::NotFound));
    all_quiet(&mut t.w);
}

#[test]
fn a_call_that_was_on_hold_stays_on_hold_when_its_transfer_fails() {
    let mut t = trio(722);
    let (agent, call) = (t.agent, t.call);
    t.w.command(agent, Command::Hold(call));
    t.w.until("held", |w| w.line(agent) == Some(LineState::Held));
    t.w.command(agent, Command::Transfer { call, target: "999".into() });
    t.w.until("failed", |w| {
        w.view(agent, call).and_then(|v| v.transfer).is_some_and(|t| matches!(t.stage, TransferStage::Failed(_)))
    });
    t.w.pass(Duration::from_secs(5));
    assert_eq!(t.w.line(agent), Some(LineState::Held));
    t.w.command(agent, Command::Resume(call));
    let caller = t.caller;
    t.w.until("back", |w| w.talk(caller, agent));
    all_quiet(&mut t.w);
}

#[test]
fn asking_first_keeps_the_caller_out_of_it() {
    let mut t = trio(730);
    let consultation = t.ask();
    assert!(!t.w.hears(t.caller, t.agent) && !t.w.hears(t.caller, t.target));
    assert_eq!(t.w.view(t.agent, consultation).unwrap().asks_for, Some(t.call));
    t.complete(consultation);
    t.until_connected();
    let ends = t.w.ends(t.agent);
    assert_eq!(ends, [EndReason::Transferred, EndReason::Transferred]);
    assert_eq!(t.w.call(t.target).unwrap().transferred_by.unwrap().number, "102");
    assert_eq!(t.w.call(t.target).unwrap().party.number, "101");
    assert_eq!(t.w.ends(t.target), [EndReason::Transferred]);
    all_quiet(&mut t.w);
}

#[test]
fn a_call_that_runs_goes_on_though_its_target_wants_no_new_ones() {
    let mut t = trio(731);
    let consultation = t.ask();
    t.w.edge.turn_away(BTreeMap::from([("103".to_owned(), 486)]));
    t.complete(consultation);
    t.until_connected();
    all_quiet(&mut t.w);
}

#[test]
fn back_to_the_caller() {
    let mut t = trio(732);
    let consultation = t.ask();
    t.w.command(t.agent, Command::HangUp(consultation));
    let (caller, agent, target) = (t.caller, t.agent, t.target);
    t.w.until("back", |w| w.talk(caller, agent) && w.call(target).is_none());
    assert_eq!(t.stage(), None);
    all_quiet(&mut t.w);
}

#[test]
fn the_caller_is_back_when_the_colleague_hangs_up() {
    let mut t = trio(733);
    t.ask();
    let (caller, agent, target) = (t.caller, t.agent, t.target);
    hang_up(&mut t.w, target);
    t.w.until("back", |w| w.talk(caller, agent));
    all_quiet(&mut t.w);
}

#[test]
fn the_caller_is_back_when_the_colleague_declines_to_be_asked() {
    let mut t = trio(734);
    t.w.consult(t.agent, t.call, "103");
    let target = t.target;
    t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
    hang_up(&mut t.w, target);
    t.until_back(TransferFault::Target(EndReason::Rejected));
    all_quiet(&mut t.w);
}

#[test]
fn a_target_that_still_rings_gets_the_caller_after_the_first_ring_is_over() {
    let mut t = trio(740);
    let consultation = t.w.consult(t.agent, t.call, "103");
    let target = t.target;
    t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
    t.complete(consultation);
    t.w.until("the caller rings there", |w| {
        w.line(target) == Some(LineState::RingingHere) && w.call(target).unwrap().party.number == "101"
    });
    assert_eq!(t.w.ends(t.target), [EndReason::Missed], "one ring after the other");
    answer(&mut t.w, target);
    t.until_connected();
    all_quiet(&mut t.w);
}

#[test]
fn a_target_that_answers_while_it_is_given_up_still_gets_the_caller() {
    let mut t = trio(741);
    let consultation = t.w.consult(t.agent, t.call, "103");
    let target = t.target;
    t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
    answer(&mut t.w, target);
    t.complete(consultation);
    t.w.until("the caller rings there", |w| {
        w.line(target) == Some(LineState::RingingHere) && w.call(target).unwrap().party.number == "101"
    });
    answer(&mut t.w, target);
    t.until_connected();
    all_quiet(&mut t.w);
}

#[test]
fn the_transfer_goes_on_when_the_agent_hangs_up_early() {
    let mut t = trio(742);
    t.transfer();
    let (caller, agent, target) = (t.caller, t.agent, t.target);
    t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
    hang_up(&mut t.w, agent);
    t.w.until("the agent is free", |w| w.call(agent).is_none());
    answer(&mut t.w, target);
    t.w.until("they talk", |w| w.talk(caller, target));
    assert_eq!(t.w.station(caller).phone.calls().len(), 1);
    all_quiet(&mut t.w);
}

#[test]
fn the_agent_is_free_when_the_caller_hangs_up_during_the_transfer() {
    let mut t = trio(743);
    t.transfer();
    let (caller, agent, target) = (t.caller, t.agent, t.target);
    t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
    for view in t.w.station(caller).phone.calls() {
        t.w.command(caller, Command::HangUp(view.call));
    }
    t.w.until("all are free", |w| [caller, agent, target].iter().all(|who| w.call(*who).is_none()));
    all_quiet(&mut t.w);
}

#[test]
fn the_caller_may_give_up_the_target_and_is_back() {
    let mut t = trio(744);
    t.transfer();
    let (caller, target) = (t.caller, t.target);
    t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
    hang_up(&mut t.w, caller);
    t.until_back(TransferFault::Target(EndReason::NoAnswer));
    all_quiet(&mut t.w);
}

#[test]
fn a_transfer_asked_for_twice_is_one() {
    let mut t = trio(745);
    t.transfer();
    t.transfer();
    assert_eq!(t.w.station(t.agent).refused, [(Some(t.call), CommandError::NotNow)]);
    let target = t.target;
    t.w.until("it rings", |w| w.line(target) == Some(LineState::RingingHere));
    answer(&mut t.w, target);
    t.until_connected();
    all_quiet(&mut t.w);
}

#[test]
fn two_that_transfer_each_other_both_keep_their_call() {
    let mut t = trio(746);
    let theirs = t.w.call(t.caller).unwrap().call;
    t.transfer();
    t.w.command(t.caller, Command::Transfer { call: theirs, target: "103".into() });
    let (caller, agent) = (t.caller, t.agent);
    t.w.until("they talk again", |w| w.talk(caller, agent));
    assert!(t.w.call(t.target).is_none());
    assert_eq!(t.stage(), Some(TransferStage::Failed(TransferFault::Refused)));
    all_quiet(&mut t.w);
}

#[test]
fn a_lost_connection_gives_the_caller_back() {
    let mut t = trio(747);
    t.transfer();
    t.w.break_flow(t.agent);
    t.until_back(TransferFault::Offline);
    all_quiet(&mut t.w);
}

#[test]
fn nonsense_and_calls_that_are_not_there_are_refused() {
    let mut t = trio(748);
    let (agent, call) = (t.agent, t.call);
    t.w.command(agent, Command::Transfer { call, target: "☎".into() });
    t.w.command(agent, Command::Transfer { call: CallId(77), target: "103".into() });
    t.w.command(agent, Command::CompleteTransfer { call, to: call });
    t.w.command(agent, Command::CompleteTransfer { call, to: CallId(77) });
    let refused: Vec<CommandError> = t.w.station(agent).refused.iter().map(|(_, why)| *why).collect();
    assert_eq!(
        refused,
        [CommandError::BadNumber, CommandError::NoSuchCall, CommandError::NotNow, CommandError::NoSuchCall]
    );
    assert!(t.w.talk(t.caller, agent));
    all_quiet(&mut t.w);
}

/// Whatever happens when, the caller is in one call or in none, and whoever lost something was told why.
#[test]
fn the_caller_is_never_in_two_calls() {
    for seed in 0..400 {
        let mut t = trio(750_000 + seed);
        t.w.weather.delay_ms = (1, 1 + t.w.roll(120));
        let consultation = if t.w.roll(2) == 0 {
            t.transfer();
            None
        } else {
            Some(t.w.consult(t.agent, t.call, "103"))
        };
        let phones = [t.caller, t.agent, t.target];
        let mut answered = false;
        for _ in 0..6 {
            let pause = t.w.roll(1500);
            t.w.pass(Duration::from_millis(pause));
            let who = phones[t.w.roll(3) as usize];
            match t.w.roll(12) {
                0 if t.w.call(who).is_some() => hang_up(&mut t.w, who),
                1 => t.w.break_flow(who),
                2 => {
                    let held = t.w.call(who).map(|view| view.call);
                    held.into_iter().for_each(|call| t.w.command(who, Command::Hold(call)));
                }
                3 => t.transfer(),
                4 | 5 => consultation.into_iter().for_each(|to| t.complete(to)),
                6..9 if !answered && t.w.line(t.target) == Some(LineState::RingingHere) => {
                    answer(&mut t.w, t.target);
                    answered = true;
                }
                _ => {}
            }
            t.w.assert_sound();
        }
        t.w.pass(Duration::from_secs(200));
        t.w.assert_sound();
        t.w.assert_agreement();
        let calls = t.w.station(t.caller).phone.calls();
        assert!(calls.len() <= 1, "seed {}: {calls:#?}\n{}", t.w.seed, t.w.describe());
        let untold = |view: &phone::CallView| view.ended.is_none();
        assert!(!phones.iter().any(|who| t.w.station(*who).ended.iter().any(untold)), "seed {}", t.w.seed);
        all_quiet(&mut t.w);
    }
}

#[test]
fn a_colleague_sends_the_call_on_also_in_the_moment_before_it_is_confirmed_rg_08() {
    let mut t = trio(41);
    t.w.team(t.agent, TeamInput::TransferAsked { to: "103".into() });
    let target = t.target;
    t.w.until("it rings at the target", |w| w.line(target) == Some(LineState::RingingHere));
    answer(&mut t.w, target);
    t.until_connected();
    assert_eq!(t.w.last_end(t.agent), Some(EndReason::Transferred));

    // Answered, and the ACK is not here yet.
    let mut w = World::new(42);
    let (caller, agent, target) = (w.add_registered("101"), w.add_registered("102"), w.add_registered("103"));
    w.dial(caller, "102");
    w.until("it rings", |w| w.line(agent) == Some(LineState::RingingHere));
    answer(&mut w, agent);
    assert_ne!(w.line(agent), Some(LineState::Talking), "nobody has acknowledged yet");
    w.team(agent, TeamInput::TransferAsked { to: "103".into() });
    w.until("it rings at the target", |w| w.line(target) == Some(LineState::RingingHere));
    answer(&mut w, target);
    w.until("caller and target talk", |w| w.talk(caller, target) && w.call(agent).is_none());
}

#[test]
fn nothing_runs_that_a_colleague_could_send_on_and_the_next_call_is_left_alone_rg_08() {
    let mut w = World::new(43);
    let (caller, agent, target) = (w.add_registered("101"), w.add_registered("102"), w.add_registered("103"));
    w.team(agent, TeamInput::TransferAsked { to: "103".into() });
    w.pass(Duration::from_secs(3));
    w.dial(caller, "102");
    w.until("it rings", |w| w.line(agent) == Some(LineState::RingingHere));
    answer(&mut w, agent);
    w.until("they talk", |w| w.talk(caller, agent));
    w.pass(Duration::from_secs(5));
    assert!(w.talk(caller, agent) && w.call(target).is_none());
}
