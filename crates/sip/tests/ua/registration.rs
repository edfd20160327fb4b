//! Registering, staying registered, signing off.

use sip::ua::{Event, RegisterFailure};

use crate::message::Msg;
use crate::scene::{Solo, ms, secs};

fn ask() -> (Solo, Msg) {
    let mut solo = Solo::new();
    solo.act(|ua, now| ua.register(now));
    let register = solo.says("REGISTER");
    (solo, register)
}

fn granted(register: &Msg, seconds: u32) -> Msg {
    let contact = register.header("Contact").split(";expires").next().unwrap().to_owned();
    register
        .reply(200, "r")
        .with("Contact", format!("<sip:other@device.invalid>;expires=9, {contact};expires={seconds}"))
        .with("Expires", "7")
}

#[test]
fn register_says_what_rfc_5626_and_7118_want() {
    let (mut solo, register) = ask();
    assert_eq!(register.start, "REGISTER sip:rannan.local SIP/2.0");
    assert_eq!(register.header("To"), "<sip:101@rannan.local>");
    let contact = register.header("Contact");
    assert!(contact.contains(".invalid;transport=ws>;+sip.instance=\"<urn:uuid:"), "{contact}");
    assert!(contact.ends_with(";reg-id=1;expires=600"), "{contact}");
    solo.act(|ua, now| ua.register(now));
    solo.is_quiet();
}

#[test]
fn the_grant_of_our_own_contact_counts_and_is_refreshed_at_80_percent() {
    let (mut solo, register) = ask();
    solo.hears(&granted(&register, 60));
    solo.tells(&Event::Registered { expires: secs(60) });
    solo.wait(ms(47_999));
    solo.is_quiet();
    solo.wait(ms(1));
    let again = solo.says("REGISTER");
    assert_eq!((again.header("Call-ID"), again.cseq()), (register.header("Call-ID"), 2), "§10.2");
    assert_eq!(again.header("Contact"), register.header("Contact"));
    solo.hears(&granted(&again, 3600));
    solo.tells(&Event::Registered { expires: secs(3600) });
    solo.wait(secs(3299));
    solo.is_quiet();
    solo.wait(secs(1));
    solo.says("REGISTER");
}

#[test]
fn failures_have_their_reason() {
    let cases = [
        (403, RegisterFailure::Refused { code: 403 }),
        (404, RegisterFailure::Refused { code: 404 }),
        (401, RegisterFailure::Refused { code: 401 }),
        (302, RegisterFailure::Refused { code: 302 }),
        (408, RegisterFailure::NoAnswer),
        (500, RegisterFailure::ServerError { code: 500 }),
        (503, RegisterFailure::ServerError { code: 503 }),
    ];
    for (code, why) in cases {
        let (mut solo, register) = ask();
        solo.hears(&register.reply(code, "r"));
        solo.tells(&Event::RegistrationFailed { why });
        solo.wait(secs(7200));
        solo.is_quiet();
        // The next attempt is the phone's decision.
        solo.act(|ua, now| ua.register(now));
        solo.says("REGISTER");
    }
}

#[test]
fn silence_fails_after_32_seconds() {
    let (mut solo, _) = ask();
    solo.wait(ms(31_999));
    solo.is_quiet();
    solo.wait(ms(1));
    solo.tells(&Event::RegistrationFailed { why: RegisterFailure::NoAnswer });
}

#[test]
fn interval_too_brief_is_handled_inside() {
    let (mut solo, register) = ask();
    solo.hears(&register.reply(423, "r").with("Min-Expires", "1800"));
    let again = solo.says("REGISTER");
    assert!(again.header("Contact").ends_with(";expires=1800"));
    solo.hears(&granted(&again, 1800));
    solo.tells(&Event::Registered { expires: secs(1800) });
    solo.is_quiet();
}

#[test]
fn nonsense_in_423_fails() {
    for least in ["", "10", "99999999999", "4000000000"] {
        let (mut solo, register) = ask();
        solo.hears(&register.reply(423, "r").with("Min-Expires", least));
        solo.tells(&Event::RegistrationFailed { why: RegisterFailure::Refused { code: 423 } });
        solo.is_quiet();
    }
    let (mut solo, register) = ask();
    solo.hears(&register.reply(423, "r").with("Min-Expires", "1000"));
    let second = solo.says("REGISTER");
    solo.hears(&second.reply(423, "r").with("Min-Expires", "2000"));
    let third = solo.says("REGISTER");
    solo.hears(&third.reply(423, "r").with("Min-Expires", "3000"));
    solo.tells(&Event::RegistrationFailed { why: RegisterFailure::Refused { code: 423 } });
    solo.is_quiet();
}

#[test]
fn a_registrar_without_outbound_is_asked_without() {
    let (mut solo, register) = ask();
    solo.hears(&register.reply(439, "r"));
    let plain = solo.says("REGISTER");
    assert!(!plain.header("Contact").contains("reg-id") && plain.find("Supported").is_none());
    solo.hears(&granted(&plain, 600));
    solo.tells(&Event::Registered { expires: secs(600) });
}

#[test]
fn signing_off_is_confirmed_or_given_up_after_5_seconds() {
    let (mut solo, register) = ask();
    solo.hears(&granted(&register, 600));
    solo.events.clear();
    solo.act(|ua, now| ua.unregister(now));
    let off = solo.says("REGISTER");
    assert!(off.header("Contact").ends_with(";expires=0") && off.header("Expires") == "0");
    solo.hears(&off.reply(200, "r"));
    solo.tells(&Event::Unregistered);
    solo.wait(secs(7200));
    solo.is_quiet();

    let (mut solo, register) = ask();
    solo.hears(&granted(&register, 600));
    solo.events.clear();
    solo.act(|ua, now| ua.unregister(now));
    solo.says("REGISTER");
    solo.wait(ms(4999));
    solo.is_quiet();
    solo.wait(ms(1));
    solo.tells(&Event::Unregistered);
    solo.wait(secs(7200));
    solo.is_quiet();
}

#[test]
fn signing_off_without_a_registration_needs_no_words() {
    let mut solo = Solo::new();
    solo.act(|ua, now| ua.unregister(now));
    solo.tells(&Event::Unregistered);
    solo.is_quiet();
}

#[test]
fn a_late_answer_to_register_does_not_undo_signing_off() {
    let (mut solo, register) = ask();
    solo.act(|ua, now| ua.unregister(now));
    let off = solo.says("REGISTER");
    solo.hears(&granted(&register, 600));
    solo.is_quiet();
    solo.hears(&off.reply(200, "r"));
    solo.tells(&Event::Unregistered);
}

#[test]
fn wanting_back_while_signing_off_registers() {
    let (mut solo, register) = ask();
    solo.hears(&granted(&register, 600));
    solo.events.clear();
    solo.act(|ua, now| ua.unregister(now));
    let off = solo.says("REGISTER");
    solo.act(|ua, now| ua.register(now));
    let on = solo.says("REGISTER");
    solo.hears(&off.reply(200, "r"));
    solo.hears(&granted(&on, 600));
    solo.tells(&Event::Registered { expires: secs(600) });
    solo.is_quiet();
}

#[test]
fn a_grant_of_nothing_does_not_make_a_storm() {
    let (mut solo, register) = ask();
    solo.hears(&granted(&register, 0));
    solo.tells(&Event::Registered { expires: secs(1) });
    solo.wait(ms(999));
    solo.is_quiet();
}
