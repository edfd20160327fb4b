//! Random users on a random network: whatever they do, some things never happen.
//!
//! Each history has a seed of its own, printed when it fails: `SIM_SEED=123 SIM_TRACE=1 cargo test -p tests --test sim
//! histories` goes the same way again and shows everything. `SIM_HISTORIES` is how many (1000; about 90 ms of CPU each).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use base::{CallId, Secret};
use model::{Registration, RegistrationFailure};
use phone::{Command, Input, LineState, MediaInput, SoundFault, SoundInput};
use testkit::sim::{PhoneId, World};

#[test]
fn what_must_never_happen_does_not() {
    if let Some(seed) = number("SIM_SEED") {
        return history(seed);
    }
    let count = number("SIM_HISTORIES").unwrap_or(1000);
    println!("seeds {FIRST_SEED}..{}", FIRST_SEED + count);
    let workers = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let failed: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    (worker..count).step_by(workers as usize).find_map(|seed| failure(FIRST_SEED + seed))
                })
            })
            .collect();
        threads.into_iter().filter_map(|thread| thread.join().ok().flatten()).collect()
    });
    assert!(failed.is_empty(), "run again with SIM_SEED=… SIM_TRACE=1:\n{}", failed.join("\n"));
}

const FIRST_SEED: u64 = 1_000_000;

fn failure(seed: u64) -> Option<String> {
    let caught = catch_unwind(AssertUnwindSafe(|| history(seed))).err()?;
    let words = caught.downcast_ref::<String>().map(String::as_str).or_else(|| caught.downcast_ref::<&str>().copied());
    Some(format!("SIM_SEED={seed}: {}", words.unwrap_or("panicked")))
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Three phones (two of one user), forty things that users or the network do, then peace.
fn history(seed: u64) {
    let mut w = World::new(seed);
    w.weather.delay_ms = (1, 1 + w.roll(150));
    w.weather.media_write_ms = (1, 1 + w.roll(500));
    w.weather.media_connect_ms = w.roll(400);
    let users = ["101", "102", if w.roll(2) == 0 { "102" } else { "103" }];
    let phones: Vec<PhoneId> = users.iter().map(|user| w.add_phone(user)).collect();
    for phone in &phones {
        w.sign_in(*phone);
    }
    w.pass(Duration::from_secs(2));
    for _ in 0..40 {
        let who = phones[w.roll(phones.len() as u64) as usize];
        something(&mut w, who);
        let pause = match w.roll(10) {
            0..5 => w.roll(60),
            5..9 => w.roll(1_500),
            _ => w.roll(20_000),
        };
        w.pass(Duration::from_millis(pause));
        w.assert_sound();
    }
    w.start_server();
    for phone in &phones {
        w.mend_media(*phone);
    }
    w.pass(Duration::from_secs(180));
    w.assert_sound();
    w.assert_agreement();
    w.end_everything();
    w.assert_sound();
    come_back(&mut w, &phones);
}

/// After all that, the phones still work.
fn come_back(w: &mut World, phones: &[PhoneId]) {
    for phone in phones {
        w.command(*phone, Command::Mute(false));
        w.sign_in(*phone);
        w.until("registered again", |w| w.registration(*phone) == Registration::Registered);
    }
    w.pass(Duration::from_secs(1));
    w.dial(phones[0], "102");
    w.until("it rings", |w| w.line(phones[1]) == Some(LineState::RingingHere));
    crate::answer(w, phones[1]);
    w.until("they talk", |w| w.talk(phones[0], phones[1]));
    w.end_everything();
    w.assert_sound();
}

fn something(w: &mut World, who: PhoneId) {
    if !w.weather.server_is_up && w.roll(3) == 0 {
        w.start_server();
    }
    match w.roll(100) {
        0..70 => something_sensible(w, who),
        70..80 => any_command(w, who),
        80..95 => bad_luck(w, who),
        95..97 => sign_in_or_out(w, who),
        97 | 98 => nonsense_from_below(w, who),
        _ => nonsense_from_afar(w, who),
    }
}

/// What a person does who looks at the screen.
fn something_sensible(w: &mut World, who: PhoneId) {
    let calls = w.station(who).phone.calls();
    let Some(view) = calls.get(w.roll(calls.len() as u64) as usize) else {
        return call_a_colleague(w, who);
    };
    let call = view.call;
    let command = match (view.line, w.roll(10)) {
        (LineState::RingingHere, 0..8) => Command::Answer(call),
        (LineState::RingingHere, 8) => Command::Decline(call),
        (LineState::RingingHere, _) => Command::Silence(call),
        (LineState::Talking, 0..4) => Command::Hold(call),
        (LineState::Talking, 4) => Command::HangUp(call),
        (LineState::Talking, 5) => Command::Dtmf { call, digits: "12#".into() },
        (LineState::Talking, 6) => Command::Mute(w.roll(2) == 0),
        (LineState::Talking, 7) => return call_a_colleague(w, who),
        (LineState::Talking | LineState::Held, 9) => return transfer(w, who, call),
        (LineState::Held, 0..6) => Command::Resume(call),
        (LineState::Held, 6) => Command::HangUp(call),
        (LineState::Held, 7 | 8) => return call_a_colleague(w, who),
        (LineState::Calling | LineState::RingingThere | LineState::EarlyMedia, 0) => Command::HangUp(call),
        _ => return, // Waits.
    };
    w.command(who, command);
}

/// Blind, asking first, or whatever other call there is.
fn transfer(w: &mut World, who: PhoneId, call: CallId) {
    let target = ["101", "102", "103"][w.roll(3) as usize];
    match w.roll(3) {
        0 => w.command(who, Command::Transfer { call, target: target.into() }),
        1 => drop(w.consult(who, call, target)),
        _ => {
            let to = any_call(w, who);
            w.command(who, Command::CompleteTransfer { call, to });
        }
    }
}

fn call_a_colleague(w: &mut World, who: PhoneId) {
    let own = w.station(who).user.clone();
    let colleagues: Vec<&str> = ["101", "102", "103"].into_iter().filter(|user| *user != own).collect();
    let colleague = colleagues[w.roll(2) as usize];
    w.dial(who, colleague);
}

/// What a script or a broken window does.
fn any_command(w: &mut World, who: PhoneId) {
    let call = any_call(w, who);
    let command = match w.roll(11) {
        0 => Command::Answer(call),
        1 => Command::Decline(call),
        2 => Command::HangUp(call),
        3 => Command::Hold(call),
        4 => Command::Resume(call),
        5 => Command::Silence(call),
        6 => Command::Dtmf { call, digits: "1".into() },
        7 => Command::Mute(true),
        8 => Command::RetryNow,
        9 => Command::Mute(false),
        _ => {
            let target = ["101", "102", "103", "999", "*43", "1 2 3", ""][w.roll(7) as usize];
            w.dial(who, target);
            return;
        }
    };
    w.command(who, command);
}

fn bad_luck(w: &mut World, who: PhoneId) {
    match w.roll(10) {
        0..3 => w.break_flow(who),
        3 => w.silence_flow(who),
        4 | 5 => w.feed_input(who, Input::NetworkChanged),
        6 => w.kill_server(),
        7 => w.break_media(who),
        _ => w.mend_media(who),
    }
}

fn any_call(w: &mut World, who: PhoneId) -> CallId {
    let calls = w.station(who).phone.calls();
    match calls.len() as u64 {
        0 => CallId(w.roll(5)),
        count => calls[w.roll(count) as usize].call,
    }
}

fn sign_in_or_out(w: &mut World, who: PhoneId) {
    match w.roll(4) {
        0 => w.command(who, Command::SignOut),
        1 => {
            let mut account = w.account(who);
            account.password = Secret::new("wrong");
            w.command(who, Command::SignIn(Box::new(account)));
        }
        2 => {
            let account = w.account(who);
            w.command(who, Command::Renew { auth_user: account.auth_user, password: account.password });
        }
        _ => w.sign_in(who),
    }
}

/// Media and sound report things that they should not.
fn nonsense_from_below(w: &mut World, who: PhoneId) {
    let call = any_call(w, who);
    let media = [
        MediaInput::Applied,
        MediaInput::Connected,
        MediaInput::Disconnected,
        MediaInput::Failed,
        MediaInput::BadDescription,
        MediaInput::NothingInCommon,
        MediaInput::FirstHeard,
    ];
    let input = match w.roll(3) {
        0 => Input::Sound(SoundInput::MicrophoneFailed(SoundFault::Missing)),
        1 => Input::Sound(SoundInput::MicrophoneOpen),
        _ => Input::Media(call, media[w.roll(media.len() as u64) as usize].clone()),
    };
    w.feed_input(who, input);
}

/// The far side sends what no server sends.
fn nonsense_from_afar(w: &mut World, who: PhoneId) {
    let flow = w.station(who).flow.unwrap_or(base::FlowId(1));
    let garbage: &[&[u8]] = &[
        b"\r\n\r\n",
        b"",
        b"\xff\xfe\x00",
        b"SIP/2.0 200 OK\r\n\r\n",
        b"BYE sip:x SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: y\r\nCSeq: 1 BYE\r\nMax-Forwards: 70\r\n\r\n",
    ];
    let bytes = garbage[w.roll(garbage.len() as u64) as usize];
    let input = match w.roll(3) {
        0 => Input::FlowUp(base::FlowId(0)),
        1 => Input::FlowDown(base::FlowId(0), RegistrationFailure::Unreachable),
        _ => Input::Sip(flow, bytes::Bytes::from_static(bytes)),
    };
    w.feed_input(who, input);
}
