//! Calls with other codecs than Opus, and what is told of how they sounded.

use serde_json::Value;

use crate::rig::{Agent, Desk, PhoneSetup, Server, sound_turn};

const VOICE_A: f32 = 440.0;
const VOICE_B: f32 = 700.0;

/// A, which speaks `codecs`, calls B, which speaks all; voices are listened to, then A hangs up. Gives A's passport.
fn call_with(codecs: &str, spoken: &str) -> Value {
    let server = Server::start(&["101", "102"]);
    let setup = PhoneSetup::team(&server, &Agent::of("101")).with(&["--codecs", codecs]);
    let mut a = Desk::with(setup, VOICE_A);
    let mut b = Desk::of(&server, "102", VOICE_B);
    a.phone.say("dial 102");
    b.phone.wait("incoming");
    b.phone.say("answer");
    for phone in [&mut a.phone, &mut b.phone] {
        phone.wait("answered");
        phone.wait_with("media", "state", "first_heard");
    }
    a.ear.hears_steadily(VOICE_B);
    b.ear.hears_steadily(VOICE_A);

    a.phone.say("dtmf 19#");
    for digit in ["1", "9", "#"] {
        assert_eq!(b.phone.wait("dtmf")["digit"], digit, "digits arrive in order with {codecs}");
    }
    b.ear.hears(VOICE_A);

    for desk in [&mut a, &mut b] {
        desk.phone.say("stats");
        let stats = desk.phone.wait("stats");
        for way in ["codec_in", "codec_out"] {
            assert_eq!(stats["network"][way], spoken, "{stats}");
        }
        assert_eq!(stats["network"]["ignored_in"], 0, "{stats}");
        assert_eq!(stats["buffer"]["malformed"], 0, "{stats}");
    }

    a.phone.say("hold");
    b.phone.wait("held_by_peer");
    b.ear.hears_nothing();
    a.phone.say("resume");
    b.phone.wait("resumed_by_peer");
    b.ear.hears(VOICE_A);
    a.ear.hears(VOICE_B);

    a.phone.say("hangup");
    let passport = a.phone.wait("passport");
    b.phone.wait("passport");
    passport
}

#[test]
fn a_far_end_that_only_has_mu_law_is_heard_and_hears() {
    let _turn = sound_turn();
    let passport = call_with("pcmu,cn", "pcmu");
    assert_eq!((&passport["heard"]["codec"], &passport["heard"]["lost"]), (&"pcmu".into(), &0.into()), "{passport}");
    for way in ["heard", "spoken"] {
        let mos = passport[way]["mos"].as_f64().unwrap_or_else(|| panic!("a score {way} in {passport}"));
        assert!((1.0..=4.5).contains(&mos), "{passport}");
    }
    assert!(passport["seconds"].as_u64().is_some_and(|seconds| seconds >= 3), "{passport}");
    assert!(passport["rtt_ms"].as_u64().is_some(), "{passport}");
}

#[test]
fn a_far_end_that_only_has_g722_is_heard_and_hears() {
    let _turn = sound_turn();
    call_with("g722", "g722");
}
