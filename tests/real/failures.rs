//! Everything that can be wrong from outside, and what is said about it.

use crate::rig::{Agent, Desk, PhoneSetup, Server, TlsFront, sound_turn};

/// The phone says why it could not register, and ends with 1.
fn cannot_register(setup: PhoneSetup, code: &str) {
    let mut phone = setup.start();
    assert_eq!(phone.wait("registration_failed")["code"], code);
    assert_eq!(phone.exit_code(), 1);
}

#[test]
fn a_wrong_password_is_named_for_both_kinds_of_account() {
    let server = Server::start(&["101"]);
    cannot_register(PhoneSetup::team(&server, &Agent::of("101")).password("wrong"), "wrong_credentials");
    cannot_register(PhoneSetup::sip(&server.ws_url(), "101", "101", "wrong"), "wrong_credentials");
}

#[test]
fn a_server_that_is_not_there_is_unreachable() {
    let mut server = Server::start(&["101"]);
    server.kill();
    cannot_register(PhoneSetup::team(&server, &Agent::of("101")), "unreachable");
    cannot_register(PhoneSetup::sip(&server.ws_url(), "101", "101", "x"), "unreachable");
}

#[test]
fn something_else_at_the_address_is_named() {
    let server = Server::start(&["101"]);
    let url = format!("ws://{}/v1/health", server.addr);
    cannot_register(PhoneSetup::sip(&url, "101", "101", "x"), "server_error");
    cannot_register(PhoneSetup::sip("http://127.0.0.1/", "101", "101", "x"), "bad_address");
}

#[test]
fn a_certificate_is_believed_only_from_a_trusted_authority_and_for_the_right_name() {
    let mut front = TlsFront::named("localhost");
    let public = format!("wss://localhost:{}/sip", front.port);
    let server = Server::start_with(&["101"], &["--public-ws", &public]);
    front.serve(server.addr);
    let agent = Agent::of("101");
    let (auth_user, password) = server.sip_credentials(&agent);
    let sip = |url: &str| PhoneSetup::sip(url, "101", &auth_user, &password);
    cannot_register(sip(&public), "bad_certificate");

    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, &front.authority).unwrap();
    let ca = ["--ca", ca.to_str().unwrap()];
    let other_name = format!("wss://127.0.0.1:{}/sip", front.port);
    cannot_register(sip(&other_name).with(&ca), "bad_certificate");

    let mut phone = sip(&public).with(&ca).start();
    phone.wait("registered");

    // The same for everything that a team account needs: sign-in, events and SIP.
    let https = format!("https://localhost:{}", front.port);
    let team = || PhoneSetup::options(["--server", &https, "--email", &agent.email]).password(&agent.password);
    cannot_register(team(), "bad_certificate");
    let mut phone = team().with(&ca).start();
    phone.wait("registered");
    phone.say("quit");
    phone.wait("unregistered");
    assert_eq!(phone.exit_code(), 0);
}

#[test]
fn a_missing_microphone_is_named_and_the_call_goes_on_without_it() {
    let _turn = sound_turn();
    let server = Server::start(&["101", "102"]);
    let setup = PhoneSetup::team(&server, &Agent::of("101")).with(&["--mic", "No such microphone"]);
    let (mut a, mut b) = (Desk::with(setup, 440.0), Desk::of(&server, "102", 700.0));
    a.phone.say("dial 102");
    b.phone.wait("incoming");
    b.phone.say("answer");
    a.phone.wait_with("error", "code", "microphone_missing");
    a.ear.hears_steadily(700.0);
    b.ear.hears_nothing();
    a.phone.say("hangup");
    assert_eq!(b.phone.wait("ended")["reason"], "remote_hang_up");
}

#[test]
fn a_computer_without_any_sound_can_still_call() {
    let server = Server::start(&["101"]);
    let mut phone = PhoneSetup::team(&server, &Agent::of("101")).start();
    phone.wait("registered");
    phone.say("dial *43");
    // The answer may come before the sound system has said no.
    phone.wait_each(&["error", "answered"]);
    phone.say("hangup");
    assert_eq!(phone.wait("ended")["reason"], "local_hang_up");
}

#[test]
fn nonsense_is_refused_with_a_reason_and_nothing_else_happens() {
    let server = Server::start(&["101"]);
    let mut phone = PhoneSetup::team(&server, &Agent::of("101")).start();
    phone.wait("registered");
    for (line, code) in [
        ("dial ((((", "bad_number"),
        ("dial sip:@", "bad_number"),
        ("dial", "bad_command"),
        ("sing", "bad_command"),
        ("hangup", "no_such_call"),
        ("answer 77", "no_such_call"),
        ("dtmf 1", "no_such_call"),
    ] {
        phone.say(line);
        assert_eq!(phone.wait("error")["code"], code, "{line}");
    }
    phone.say("quit");
    assert_eq!(phone.exit_code(), 0);
}

#[test]
fn wrong_arguments_end_with_2() {
    for options in [&["--wss", "wss://h/"][..], &["--server", "s"], &["--colour"], &[]] {
        let mut phone = PhoneSetup::options(options.iter().copied()).password("x").start();
        assert_eq!(phone.exit_code(), 2, "{options:?}");
        assert!(phone.log().contains("rannan-cli: "), "{}", phone.log());
    }
    let mut phone = PhoneSetup::options(["--server", "s", "--email", "e"]).start();
    assert_eq!(phone.exit_code(), 2, "no password");
    let mut phone =
        PhoneSetup::options(["--server", "s", "--email", "e", "--mic", "/nowhere.wav"]).password("x").start();
    assert_eq!(phone.exit_code(), 2, "no such file");
}

#[test]
fn whatever_ends_the_phone_it_unregisters_first() {
    let server = Server::start(&["101"]);
    for way in ["quit", "end of input", "INT", "TERM"] {
        let mut phone = PhoneSetup::team(&server, &Agent::of("101")).start();
        phone.wait("registered");
        match way {
            "quit" => phone.say("quit"),
            "end of input" => phone.close_input(),
            signal => phone.signal(signal),
        }
        phone.wait("unregistered");
        assert_eq!(phone.exit_code(), 0, "{way}");
    }
}

#[test]
fn files_can_stand_in_for_microphone_and_speaker() {
    let server = Server::start(&["101"]);
    let folder = tempfile::tempdir().unwrap();
    let (spoken, heard) = (folder.path().join("spoken.wav"), folder.path().join("heard.wav"));
    let tone = testkit::fft::sine(600.0, 0.2, 16_000, 16_000);
    std::fs::write(&spoken, wav_of(&tone, 16_000)).unwrap();
    let setup = PhoneSetup::team(&server, &Agent::of("101"));
    let mut phone = setup.with(&["--mic", spoken.to_str().unwrap(), "--speaker", heard.to_str().unwrap()]).start();
    phone.wait("registered");
    phone.say("dial *43");
    phone.wait_with("media", "state", "first_heard");
    let played = |phone: &mut crate::rig::Phone| {
        phone.say("stats");
        phone.wait("stats")["buffer"]["played_frames"].as_u64()
    };
    let deadline = std::time::Instant::now() + crate::rig::DEADLINE;
    while played(&mut phone).is_none_or(|frames| frames < 100) {
        assert!(std::time::Instant::now() < deadline, "a second of sound comes back");
    }
    phone.say("quit");
    assert_eq!(phone.exit_code(), 0);
    let sound = engine::audio::wav::load(&heard).expect("a complete file");
    let found = testkit::fft::dominant(&sound, 48_000).expect("a tone");
    assert!((found.hz - 600.0).abs() < 4.0, "{found:?}");
}

/// 16-bit mono PCM.
fn wav_of(samples: &[f32], rate: u32) -> Vec<u8> {
    let data: Vec<u8> = samples.iter().flat_map(|s| ((s * 32_767.0) as i16).to_le_bytes()).collect();
    let size = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend(size(36 + data.len()));
    file.extend(b"WAVEfmt ");
    file.extend([16, 0, 0, 0, 1, 0, 1, 0]);
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2).to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend(size(data.len()));
    file.extend(data);
    file
}
