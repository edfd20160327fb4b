//! A call is sent to somebody else, and everybody hears whom they should (SPEC 2 row 29, CT-02).

use crate::rig::{Desk, Server, sound_turn};

const VOICE_A: f32 = 440.0;
const VOICE_B: f32 = 700.0;
const VOICE_C: f32 = 1000.0;

/// The caller (101) has called the agent (102), the target (103) is there.
fn desks(server: &Server) -> (Desk, Desk, Desk) {
    let (mut caller, mut agent) = (Desk::of(server, "101", VOICE_A), Desk::of(server, "102", VOICE_B));
    let target = Desk::of(server, "103", VOICE_C);
    caller.phone.say("dial 102");
    agent.phone.wait("incoming");
    agent.phone.say("answer");
    for phone in [&mut caller.phone, &mut agent.phone] {
        phone.wait("answered");
        phone.wait_with("media", "state", "first_heard");
    }
    caller.ear.hears(VOICE_B);
    agent.ear.hears(VOICE_A);
    (caller, agent, target)
}

#[test]
fn a_blind_transfer_leaves_caller_and_target_talking_and_the_agent_in_silence() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102", "103"]);
    let (mut caller, mut agent, mut target) = desks(&server);
    agent.phone.say("transfer 103");
    assert_eq!(caller.phone.wait("transferred_by")["by"], "102");
    assert_eq!(target.phone.wait("incoming")["from"], "101");
    assert_eq!(agent.phone.wait_with("transfer", "stage", "ringing")["to"], "103");
    caller.ear.hears_nothing();
    target.phone.say("answer");
    let ended = agent.phone.wait("ended");
    assert_eq!((&ended["reason"], &ended["transferred_to"]), (&"transferred".into(), &"103".into()), "{ended}");
    caller.ear.hears_steadily(VOICE_C);
    target.ear.hears_steadily(VOICE_A);
    agent.ear.hears_nothing();
}

#[test]
fn after_asking_first_only_caller_and_target_talk() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102", "103"]);
    let (mut caller, mut agent, mut target) = desks(&server);
    agent.phone.say("ask 103");
    target.phone.wait("incoming");
    target.phone.say("answer");
    target.ear.hears(VOICE_B);
    agent.ear.hears(VOICE_C);
    caller.ear.hears_nothing();
    let asking = agent.phone.wait("answered")["call"].clone();
    agent.phone.say(&format!("transfer-to {asking}"));
    assert_eq!(target.phone.wait("transferred_by")["with"], "101");
    for _ in 0..2 {
        assert_eq!(agent.phone.wait("ended")["reason"], "transferred");
    }
    caller.ear.hears_steadily(VOICE_C);
    target.ear.hears_steadily(VOICE_A);
    agent.ear.hears_nothing();
}

#[test]
fn a_target_that_wants_no_calls_gives_the_caller_back() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102", "103"]);
    let (mut caller, mut agent, mut target) = desks(&server);
    target.phone.say("status dnd");
    target.phone.wait_with("status", "status", "dnd");
    agent.phone.say("transfer 103");
    let failed = agent.phone.wait_with("transfer", "stage", "failed");
    assert_eq!((&failed["reason"], &failed["sip_code"]), (&"busy".into(), &486.into()), "{failed}");
    caller.ear.hears_steadily(VOICE_B);
    agent.ear.hears_steadily(VOICE_A);
}
