//! How the microphone's sound is treated on its way, with everything real.

use crate::rig::{Agent, Desk, PhoneSetup, Room, Server, sound_turn, syllables};
use testkit::pulse::FakeCard;

/// What B's loudspeaker plays of B's own voice, dBFS, when A sits before a loudspeaker: the quietest two seconds of ten.
fn echo_heard_by_b(options: &[&str]) -> f32 {
    let server = Server::start(&["101", "102"]);
    let mut a = Desk::saying(PhoneSetup::team(&server, &Agent::of("101")).with(options), &[0.0; 48_000]);
    let mut b = Desk::saying(PhoneSetup::team(&server, &Agent::of("102")).with(&["--echo", "off"]), &syllables(false));
    let card = FakeCard::named("desk");
    let _room = Room::between(&a.pulse.address(), &card.record, &card.feed);
    b.phone.say("dial 101");
    a.phone.wait("incoming");
    a.phone.say("answer");
    for phone in [&mut a.phone, &mut b.phone] {
        phone.wait("answered");
        phone.wait_with("media", "state", "first_heard");
    }
    // The canceller has to find the echo's way first, and again after each gap that a busy computer leaves in the sound.
    let heard: Vec<f32> = (0..5).map(|_| b.ear.loudest_dbfs()).collect();
    eprintln!("{options:?}: {heard:.1?} dBFS");
    let settled = heard.into_iter().fold(0.0, f32::min);
    a.phone.say("hangup");
    b.phone.wait("ended");
    settled
}

/// SPEC section 2, row 24.
#[test]
fn what_the_loudspeaker_plays_is_not_sent_back() {
    let _turn = sound_turn();
    let with = echo_heard_by_b(&["--echo", "auto"]);
    let without = echo_heard_by_b(&["--echo", "off"]);
    assert!(without > -45.0, "the room is there: {without} dBFS");
    assert!(with < without - 15.0, "{with} dBFS with cancellation, {without} dBFS without");
}

#[test]
fn who_speaks_while_muted_is_told() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102"]);
    let mut a = Desk::saying(PhoneSetup::team(&server, &Agent::of("101")), &syllables(true));
    let mut b = Desk::of(&server, "102", 700.0);
    a.phone.say("dial 102");
    b.phone.wait("incoming");
    b.phone.say("answer");
    a.phone.wait_with("media", "state", "first_heard");
    a.phone.say("mute");
    assert_eq!(a.phone.wait("speaks_while_muted")["on"], true);
    b.ear.hears_nothing();
    a.phone.say("unmute");
    assert_eq!(a.phone.wait("speaks_while_muted")["on"], false);
    a.phone.say("hangup");
    b.phone.wait("ended");
}
