//! The server dies in the middle of a call.

use crate::rig::{Desk, Server, sound_turn};

#[test]
fn a_call_survives_the_server_and_can_be_ended_when_it_is_back() {
    let _turn = sound_turn();
    let mut server = Server::start(&["101", "102"]);
    let (mut a, mut b) = (Desk::of(&server, "101", 440.0), Desk::of(&server, "102", 700.0));
    a.phone.say("dial 102");
    b.phone.wait("incoming");
    b.phone.say("answer");
    a.phone.wait("answered");
    a.ear.hears(700.0);
    b.ear.hears(440.0);

    server.kill();
    for desk in [&mut a, &mut b] {
        let failed = desk.phone.wait("registration_failed");
        assert_eq!(failed["code"], "unreachable");
        assert!(failed["retry_in_ms"].is_u64(), "it is tried again by itself: {failed}");
    }
    a.ear.hears_steadily(700.0);
    b.ear.hears_steadily(440.0);

    server.start_again();
    a.phone.wait("registered");
    b.phone.wait("registered");
    a.ear.hears_steadily(700.0);
    b.ear.hears_steadily(440.0);

    // Mid-call requests find their way, although the server has forgotten the call.
    a.phone.say("hold");
    a.phone.wait("held");
    b.phone.wait("held_by_peer");
    a.phone.say("resume");
    b.phone.wait("resumed_by_peer");
    b.ear.hears(440.0);
    a.phone.say("hangup");
    assert_eq!(a.phone.wait("ended")["reason"], "local_hang_up");
    assert_eq!(b.phone.wait("ended")["reason"], "remote_hang_up");
}
