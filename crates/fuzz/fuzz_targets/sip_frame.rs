//! What arrives on the SIP socket of the phone, in the states in which it may arrive.
//!
//! The first byte chooses the state; the rest is one frame, or several, cut at `\0\0`. Run with
//! `cargo +nightly fuzz run sip_frame` inside `crates/fuzz`.
#![no_main]

use std::time::Duration;

use base::{Aor, Chance, Now, Secret};
use libfuzzer_sys::fuzz_target;
use sip::ViaTransport;
use sip::ua::{Event, Output, UaConfig, UserAgent};

fuzz_target!(|data: &[u8]| {
    let Some((&state, frames)) = data.split_first() else { return };
    let mut now = Now::ZERO;
    let mut ua = agent();
    let _ = ua.flow_up(now);
    if state & 1 != 0 {
        let _ = ua.register(now);
    }
    if state & 2 != 0 {
        let target = Aor::new("102", "rannan.local").expect("a plain address");
        let (id, out) = ua.invite(now, &target, "v=0".into());
        if state & 4 != 0 {
            answer_by_peer(&mut ua, now, &out);
            if state & 8 != 0 {
                let _ = ua.reoffer(now, id, "v=0".into());
            }
        }
    }
    for frame in cut(frames).take(32) {
        let out = ua.receive(now, frame);
        obey(&mut ua, now, &out, state);
        now = now + Duration::from_millis(700);
        let _ = ua.tick(now);
    }
    let _ = ua.flow_down(now);
    let _ = ua.flow_up(now);
    let (calls, transactions) = ua.load();
    assert!(calls <= 64 && transactions <= 600, "bounded");
});

/// Accepts whatever call comes in, as a person might.
fn obey(ua: &mut UserAgent, now: Now, out: &[Output], state: u8) {
    for one in out {
        match one {
            Output::Event(Event::Invited { id, .. }) if state & 16 != 0 => {
                let _ = ua.answer(now, *id, "v=0".into());
            }
            Output::Event(Event::Reoffered { id, .. }) => {
                let _ = ua.answer_reoffer(now, *id, "v=0".into());
            }
            _ => {}
        }
    }
}

/// A 200 to the INVITE in `out`.
fn answer_by_peer(ua: &mut UserAgent, now: Now, out: &[Output]) {
    for one in out {
        let Output::Send(bytes) = one else { continue };
        let text = String::from_utf8_lossy(bytes);
        let wanted = ["Via:", "From:", "Call-ID:", "CSeq:"];
        let mut reply =
            String::from("SIP/2.0 200 OK\r\nTo: <sip:102@rannan.local>;tag=b\r\nContact: <sip:b@b.invalid>\r\n");
        for line in text.lines().filter(|l| wanted.iter().any(|w| l.starts_with(w))) {
            reply.push_str(line);
            reply.push_str("\r\n");
        }
        let _ = ua.receive(now, format!("{reply}\r\n").as_bytes());
    }
}

fn cut(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(data);
    std::iter::from_fn(move || {
        let all = rest.take()?;
        match all.windows(2).position(|w| w == [0, 0]) {
            Some(at) => {
                rest = Some(&all[at + 2..]);
                Some(&all[..at])
            }
            None => Some(all),
        }
    })
}

fn agent() -> UserAgent {
    let config = UaConfig {
        aor: Aor::new("101", "rannan.local").expect("a plain address"),
        display_name: "Fuzz".into(),
        auth_user: "101".into(),
        password: Secret::new("secret"),
        transport: ViaTransport::Wss,
        instance: "urn:uuid:00000000-0000-4000-8000-000000000000".into(),
        user_agent: "Rannan/fuzz".into(),
        expires: Duration::from_secs(600),
    };
    UserAgent::new(config, Chance::from_number(1))
}
