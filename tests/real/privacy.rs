//! House rule 9: secrets travel as secrets and print as `…`. A whole call is logged at the finest level of our rooms, by phone
//! and server, and searched for what must not be there.

use crate::rig::{Agent, PhoneSetup, Server};

#[test]
fn a_whole_call_leaves_no_secret_number_or_description_in_any_log() {
    // Longer than the fraction of a second in a line's time, and than a port: what is found is what was told.
    let (caller, called, keys) = ("70455013", "70455027", "4711085293");
    let server = Server::start(&[caller, called]);
    let agents = [caller, called].map(Agent::of);
    let [mut a, mut b] = [&agents[0], &agents[1]].map(|agent| {
        let mut phone = PhoneSetup::team(&server, agent).with(&["--no-tones"]).start();
        phone.wait("registered");
        phone
    });
    let (sip_user, sip_password) = server.sip_credentials(&agents[0]);
    a.say(&format!("dial {called}"));
    b.wait("incoming");
    b.say("answer");
    a.wait_with("media", "state", "connected");
    a.say(&format!("dtmf {keys}"));
    for _ in keys.chars() {
        b.wait("dtmf");
    }
    a.say("hold");
    b.wait("held_by_peer");
    a.say("hangup");
    b.wait("ended");
    for phone in [&mut a, &mut b] {
        phone.say("quit");
        assert_eq!(phone.exit_code(), 0);
    }
    let logs = [("caller", a.log()), ("called", b.log()), ("server", server.log())];
    for (whose, log) in &logs {
        assert!(log.lines().count() > 3, "the {whose} logs something: {log:?}");
        let secrets = [
            &*agents[0].password,
            &agents[1].password,
            caller,
            called,
            &agents[0].email,
            &agents[1].email,
            &sip_user,
            &sip_password,
            keys,
            "a=candidate",
            "a=fingerprint",
            "ice-pwd",
            "m=audio",
            "INVITE sip:",
            "Digest ",
            "Bearer ",
        ];
        for secret in secrets {
            let line = log.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "the {whose}'s log tells {secret:?}");
        }
    }
}
