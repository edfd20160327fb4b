//! Call, answer, talk, hang up; early media, digits, mute.

use model::{Direction, EndReason};
use phone::{Command, CommandError, LineState, Notice, RejectTone, SoundFault, SoundInput, Tone};
use std::time::Duration;
use testkit::sim::{Heard, Sdp, World};

use crate::{all_quiet, answer, hang_up, pair, talking};

#[test]
fn call_and_answer_and_hang_up() {
    let (mut w, alice, bob) = pair(1);
    let call = w.dial(alice, "102");
    assert_eq!(w.line(alice), Some(LineState::Preparing));
    w.until("alice hears ringback", |w| w.station(alice).tone == Some(Tone::Ringback));
    assert_eq!(w.line(alice), Some(LineState::RingingThere));
    let incoming = w.call(bob).unwrap();
    assert_eq!((incoming.party.number.as_str(), incoming.party.display_name.as_str()), ("101", "Phone 101"));
    assert_eq!((w.station(bob).ringing, w.station(bob).ear), (Some(incoming.call), None));

    answer(&mut w, bob);
    assert_eq!(w.station(bob).ringing, None, "ringing stops at the press, not at the ACK");
    w.until("they talk", |w| w.talk(alice, bob));
    w.until("both know it", |w| w.line(alice) == Some(LineState::Talking) && w.line(bob) == Some(LineState::Talking));
    assert_eq!(w.station(alice).tone, None);
    let answered_at = w.view(alice, call).unwrap().answered_at;
    assert!(answered_at.is_some() && answered_at <= Some(w.now()));

    w.pass(Duration::from_secs(60));
    hang_up(&mut w, bob);
    assert_eq!((w.line(bob), w.station(bob).ear), (Some(LineState::Ending), None), "the microphone is free at once");
    w.until("both are free", |w| w.call(alice).is_none() && w.call(bob).is_none());
    assert_eq!((w.last_end(alice), w.last_end(bob)), (Some(EndReason::RemoteHangUp), Some(EndReason::LocalHangUp)));

    let (out, back) = (&w.station(alice).records[0], &w.station(bob).records[0]);
    assert_eq!((out.direction, back.direction), (Direction::Outgoing, Direction::Incoming));
    assert_eq!(out.party.number, "102");
    let talked_ms = out.ended_at.0 - out.answered_at.unwrap().0;
    assert!((60_000..61_000).contains(&talked_ms), "{talked_ms} ms");
    assert!(!out.unseen && !back.unseen);
    all_quiet(&mut w);
}

#[test]
fn answer_to_sound_takes_media_and_two_ways_only() {
    let (mut w, alice, bob) = pair(2);
    w.dial(alice, "102");
    w.until("it rings", |w| w.line(bob) == Some(LineState::RingingHere));
    answer(&mut w, bob);
    // 20 ms to write the answer, 4 × 10 ms for 200 and back, 60 ms for ICE and DTLS.
    let time = w.until_within(Duration::from_millis(140), "they talk", |w| w.talk(alice, bob));
    assert!(time >= Duration::from_millis(60));
    all_quiet(&mut w);
}

#[test]
fn calling_oneself_reaches_nobody() {
    let mut w = World::new(3);
    let alice = w.add_registered("101");
    w.dial(alice, "101");
    w.until("no other phone of hers", |w| w.last_end(alice) == Some(EndReason::NoAnswer));
    all_quiet(&mut w);
}

#[test]
fn digits_reach_media_and_nonsense_is_refused() {
    let (mut w, alice, bob) = talking(4);
    let call = w.call(alice).unwrap().call;
    w.command(alice, Command::Dtmf { call, digits: "1*#".into() });
    w.command(alice, Command::Dtmf { call, digits: "٤٣".into() });
    w.command(alice, Command::Dtmf { call, digits: "x".into() });
    assert_eq!(w.station(alice).digits, [(call, "1*#".into()), (call, "43".into())]);
    assert_eq!(w.station(alice).refused, [(Some(call), CommandError::BadDigit)]);
    assert_eq!(w.station(alice).tone, Some(Tone::Dtmf('3')));
    hang_up(&mut w, bob);
    w.until("it is over", |w| w.call(alice).is_none());
    w.command(alice, Command::Dtmf { call, digits: "1".into() });
    assert_eq!(w.station(alice).refused.last(), Some(&(Some(call), CommandError::NoSuchCall)));
    all_quiet(&mut w);
}

#[test]
fn mute_silences_and_ends_with_the_last_call() {
    let (mut w, alice, bob) = talking(5);
    w.command(alice, Command::Mute(true));
    assert!(w.hears(alice, bob) && !w.hears(bob, alice));
    assert!(w.station(alice).phone.muted());
    hang_up(&mut w, alice);
    w.until("it is over", |w| w.call(alice).is_none());
    assert!(!w.station(alice).muted && !w.station(alice).phone.muted(), "the next caller must hear us");
    assert!(matches!(w.station(alice).notices.last(), Some((_, Notice::Muted(false)))));
    all_quiet(&mut w);
}

#[test]
fn early_media_is_heard_instead_of_ringback() {
    let mut w = World::new(6);
    let alice = w.add_registered("101");
    let gate = w.add_raw("200");
    let call = w.dial(alice, "200");
    w.until("INVITE arrives", |w| w.raw(gate).requests("INVITE") == 1);
    let offer = Sdp::parse(&w.raw(gate).last("INVITE", None).unwrap().body).expect("our offer");
    let sdp = offer.answered_by("raw/1", 1, false).to_string();
    w.raw_respond(gate, "INVITE", 180, "", None);
    w.until("ringback", |w| w.station(alice).tone == Some(Tone::Ringback));
    w.raw_respond(gate, "INVITE", 183, "", Some(&sdp));
    w.until("early media", |w| w.line(alice) == Some(LineState::EarlyMedia));
    assert_eq!((w.station(alice).tone, w.station(alice).ear), (None, Some((call, Heard::Listening))));
    w.until("it is connected", |w| w.view(alice, call).is_some_and(|view| view.media == phone::MediaState::Connected));
    w.raw_respond(gate, "INVITE", 200, "", Some(&sdp));
    w.until("it is answered", |w| w.line(alice) == Some(LineState::Talking));
    assert_eq!(w.station(alice).ear, Some((call, Heard::Joined)));
    w.until("ACK arrives", |w| w.raw(gate).requests("ACK") == 1);
    w.raw_in_dialog(gate, "BYE", None);
    w.until("it is over", |w| w.last_end(alice) == Some(EndReason::RemoteHangUp));
    all_quiet(&mut w);
}

#[test]
fn an_early_announcement_may_end_in_a_refusal() {
    let mut w = World::new(7);
    let alice = w.add_registered("101");
    let gate = w.add_raw("200");
    w.dial(alice, "200");
    w.until("INVITE arrives", |w| w.raw(gate).requests("INVITE") == 1);
    let offer = Sdp::parse(&w.raw(gate).last("INVITE", None).unwrap().body).expect("our offer");
    w.raw_respond(gate, "INVITE", 183, "", Some(&offer.answered_by("raw/1", 1, false).to_string()));
    w.until("early media", |w| w.line(alice) == Some(LineState::EarlyMedia));
    w.raw_respond(gate, "INVITE", 404, "", None);
    w.until("it is over", |w| w.last_end(alice) == Some(EndReason::NotFound));
    assert_eq!(w.station(alice).tone, Some(Tone::Ended(RejectTone::Congestion)));
    all_quiet(&mut w);
}

#[test]
fn device_trouble_is_told_once_and_does_not_end_the_call() {
    let (mut w, alice, bob) = talking(8);
    let before = w.station(alice).notices.len();
    for _ in 0..2 {
        w.feed_input(alice, phone::Input::Sound(SoundInput::MicrophoneFailed(SoundFault::Lost)));
    }
    w.feed_input(alice, phone::Input::Sound(SoundInput::SpeakerOpen));
    w.feed_input(alice, phone::Input::Sound(SoundInput::MicrophoneOpen));
    let told: Vec<_> = w.station(alice).notices[before..].iter().map(|(_, notice)| notice.clone()).collect();
    assert_eq!(told, [Notice::Microphone(Some(SoundFault::Lost)), Notice::Microphone(None)]);
    assert!(w.talk(alice, bob));
    all_quiet(&mut w);
}

#[test]
fn nonsense_is_not_dialled() {
    let mut w = World::new(9);
    let alice = w.add_registered("101");
    for target in ["", "   ", "1+2", "نور", "a b c", "x\r\nVia: y"] {
        let call = w.dial(alice, target);
        assert_eq!(w.station(alice).refused.last(), Some(&(Some(call), CommandError::BadNumber)), "{target:?}");
    }
    assert!(w.station(alice).phone.calls().is_empty());
    w.dial(alice, "999999");
    w.until("nobody has it", |w| w.last_end(alice) == Some(EndReason::NotFound));
    w.dial(alice, "sip:101@elsewhere.example");
    w.until("we may not go there", |w| w.ends(alice).len() == 2);
    all_quiet(&mut w);
}
