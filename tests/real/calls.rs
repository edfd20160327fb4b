//! Calls between agents, with voices that are listened to.

use crate::rig::{Desk, Server, sound_turn};

const VOICE_A: f32 = 440.0;
const VOICE_B: f32 = 700.0;
const VOICE_C: f32 = 1000.0;

/// A calls B, B answers, and both are connected.
fn connect(a: &mut Desk, b: &mut Desk, number_of_b: &str) {
    a.phone.say(&format!("dial {number_of_b}"));
    b.phone.wait("incoming");
    a.phone.wait("ringing");
    b.phone.say("answer");
    for phone in [&mut a.phone, &mut b.phone] {
        phone.wait("answered");
        phone.wait_with("media", "state", "first_heard");
    }
}

#[test]
fn voices_pass_both_ways_and_again_after_hold_and_mute() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102"]);
    let (mut a, mut b) = (Desk::of(&server, "101", VOICE_A), Desk::of(&server, "102", VOICE_B));
    connect(&mut a, &mut b, "102");
    a.ear.hears_steadily(VOICE_B);
    b.ear.hears_steadily(VOICE_A);

    a.phone.say("dtmf 19*0#D");
    for digit in ["1", "9", "*", "0", "#", "D"] {
        assert_eq!(b.phone.wait("dtmf")["digit"], digit, "digits arrive in order");
    }

    a.phone.say("hold");
    a.phone.wait("held");
    b.phone.wait("held_by_peer");
    a.ear.hears_nothing();
    b.ear.hears_nothing();
    a.phone.say("resume");
    a.phone.wait("resumed");
    b.phone.wait("resumed_by_peer");
    a.ear.hears_steadily(VOICE_B);
    b.ear.hears_steadily(VOICE_A);

    // The other side may hold as well.
    b.phone.say("hold");
    a.phone.wait("held_by_peer");
    a.ear.hears_nothing();
    b.phone.say("resume");
    a.phone.wait("resumed_by_peer");
    a.ear.hears(VOICE_B);
    b.ear.hears(VOICE_A);

    a.phone.say("mute");
    a.phone.wait("muted");
    b.ear.hears_nothing();
    a.ear.hears(VOICE_B);
    a.phone.say("unmute");
    b.ear.hears(VOICE_A);

    a.phone.say("stats");
    let stats = a.phone.wait("stats");
    let number = |group: &str, name: &str| stats[group][name].as_u64().unwrap_or_else(|| panic!("{name} in {stats}"));
    assert!(number("network", "sent_packets") > 50 && number("network", "received_packets") > 50, "{stats}");
    assert_eq!(number("network", "lost_in"), 0, "nothing is lost inside one computer: {stats}");
    assert!(number("buffer", "played_frames") > 100, "{stats}");

    b.phone.say("hangup");
    assert_eq!(b.phone.wait("ended")["reason"], "local_hang_up");
    assert_eq!(a.phone.wait("ended")["reason"], "remote_hang_up");
    a.ear.hears_nothing();
    for desk in [&mut a, &mut b] {
        desk.phone.say("quit");
        desk.phone.wait("unregistered");
        assert_eq!(desk.phone.exit_code(), 0);
    }
}

#[test]
fn the_echo_extension_gives_ones_own_voice_back() {
    let _turn = sound_turn();
    let server = Server::start(&["101"]);
    let mut a = Desk::of(&server, "101", VOICE_A);
    a.phone.say("dial *43");
    a.phone.wait("answered");
    a.phone.wait_with("media", "state", "first_heard");
    a.ear.hears_steadily(VOICE_A);
    a.phone.say("mute");
    a.ear.hears_nothing();
    a.phone.say("unmute");
    a.ear.hears(VOICE_A);
    a.phone.say("hangup");
    assert_eq!(a.phone.wait("ended")["reason"], "local_hang_up");
}

#[test]
fn a_second_call_waits_and_the_first_is_held_while_it_is_answered() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102", "103"]);
    let (mut a, mut b) = (Desk::of(&server, "101", VOICE_A), Desk::of(&server, "102", VOICE_B));
    let mut c = Desk::of(&server, "103", VOICE_C);
    connect(&mut a, &mut b, "102");
    a.ear.hears(VOICE_B);

    c.phone.say("dial 101");
    assert_eq!(a.phone.wait("incoming")["from"], "103");
    c.phone.wait("ringing");
    a.ear.hears_steadily(VOICE_B);
    a.phone.say("answer");
    b.phone.wait("held_by_peer");
    c.phone.wait("answered");
    a.ear.hears_steadily(VOICE_C);
    c.ear.hears_steadily(VOICE_A);
    b.ear.hears_nothing();

    a.phone.say("hangup");
    assert_eq!(c.phone.wait("ended")["reason"], "remote_hang_up");
    a.phone.wait("ended");
    a.phone.say("resume");
    b.phone.wait("resumed_by_peer");
    a.ear.hears_steadily(VOICE_B);
    b.ear.hears_steadily(VOICE_A);

    // Declined while talking: the caller hears busy, the call goes on.
    c.phone.say("dial 101");
    a.phone.wait("incoming");
    a.phone.say("decline");
    let ended = c.phone.wait("ended");
    assert_eq!((&ended["reason"], &ended["sip_code"]), (&"busy".into(), &486.into()), "{ended}");
    a.ear.hears_steadily(VOICE_B);
}

#[test]
fn a_call_that_is_declined_cancelled_or_answered_nowhere_says_so() {
    let server = Server::start(&["101", "102"]);
    let [mut a, mut b] = ["101", "102"].map(|extension| {
        let agent = crate::rig::Agent::of(extension);
        let mut phone = crate::rig::PhoneSetup::team(&server, &agent).with(&["--no-tones"]).start();
        phone.wait("registered");
        phone
    });
    a.say("dial 102");
    assert_eq!(b.wait("incoming")["from"], "101");
    b.say("decline");
    let ended = a.wait("ended");
    assert_eq!((&ended["reason"], &ended["sip_code"]), (&"rejected".into(), &603.into()), "{ended}");
    assert_eq!(b.wait("ended")["reason"], "declined");

    a.say("dial 102");
    b.wait("incoming");
    a.wait("ringing");
    a.say("hangup");
    assert_eq!(a.wait("ended")["reason"], "cancelled");
    assert_eq!(b.wait("ended")["reason"], "missed");

    a.say("dial 103");
    let ended = a.wait("ended");
    assert_eq!((&ended["reason"], &ended["sip_code"]), (&"not_found".into(), &404.into()), "{ended}");
}
