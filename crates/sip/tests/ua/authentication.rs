//! Digest authentication against a registrar that computes the answers by itself (RFC 7616 §3.4).

use std::collections::HashMap;
use std::fmt::Write as _;

use md5::Digest;
use sip::ua::{Event, RegisterFailure};

use crate::message::Msg;
use crate::scene::{Solo, secs};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, b| {
        write!(text, "{b:02x}").unwrap();
        text
    })
}

fn hash(algorithm: &str, text: &str) -> String {
    match algorithm {
        "MD5" => hex(&md5::Md5::digest(text.as_bytes())),
        "SHA-256" => hex(&sha2::Sha256::digest(text.as_bytes())),
        other => panic!("no {other} here"),
    }
}

/// The parameters of an Authorization header; quoted strings are unescaped.
fn parameters(value: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut rest = value.strip_prefix("Digest ").expect("Digest");
    while let Some((name, tail)) = rest.split_once('=') {
        let name = name.trim_start_matches([',', ' ']).to_owned();
        if let Some(quoted) = tail.strip_prefix('"') {
            let mut text = String::new();
            let mut chars = quoted.char_indices();
            let mut end = quoted.len();
            while let Some((at, c)) = chars.next() {
                match c {
                    '\\' => text.extend(chars.next().map(|(_, c)| c)),
                    '"' => {
                        end = at + 1;
                        break;
                    }
                    c => text.push(c),
                }
            }
            found.insert(name, text);
            rest = &quoted[end..];
        } else {
            let end = tail.find(',').unwrap_or(tail.len());
            found.insert(name, tail[..end].to_owned());
            rest = &tail[end..];
        }
    }
    found
}

/// Checks the credentials for `realm` on a request and gives back their nonce count.
#[track_caller]
fn check(request: &Msg, header: &str, realm: &str, nonce: &str, password: &str) -> String {
    let value = request.headers.iter().filter(|(n, _)| n == header).map(|(_, v)| parameters(v));
    let p = value
        .into_iter()
        .find(|p| p["realm"] == realm)
        .unwrap_or_else(|| panic!("no {header} for {realm}: {request:#?}"));
    let (method, uri) = (request.start.split(' ').next().unwrap(), request.start.split(' ').nth(1).unwrap());
    assert_eq!((p["username"].as_str(), p["uri"].as_str(), p["nonce"].as_str()), ("101", uri, nonce));
    let algorithm = p["algorithm"].as_str();
    let ha1 = hash(algorithm, &format!("101:{realm}:{password}"));
    let ha2 = hash(algorithm, &format!("{method}:{uri}"));
    let (nc, cnonce, qop) = (&p["nc"], &p["cnonce"], &p["qop"]);
    let expected = hash(algorithm, &format!("{ha1}:{nonce}:{nc}:{cnonce}:{qop}:{ha2}"));
    assert_eq!(p["response"], expected, "{request:#?}");
    nc.clone()
}

fn challenge(realm: &str, nonce: &str, algorithm: &str, more: &str) -> String {
    format!("Digest realm=\"{realm}\", nonce=\"{nonce}\", qop=\"auth,auth-int\", algorithm={algorithm}{more}")
}

fn asked() -> (Solo, Msg) {
    let mut solo = Solo::new();
    solo.act(|ua, now| ua.register(now));
    let register = solo.says("REGISTER");
    (solo, register)
}

#[test]
fn both_algorithms_answer_and_the_stronger_wins() {
    for (offered, used) in [(&["MD5"][..], "MD5"), (&["SHA-256"], "SHA-256"), (&["MD5", "SHA-256"], "SHA-256")] {
        let (mut solo, register) = asked();
        let mut refusal = register.reply(401, "r");
        for algorithm in offered {
            refusal = refusal.with("WWW-Authenticate", challenge("rannan.local", "n1", algorithm, ""));
        }
        solo.hears(&refusal);
        let signed = solo.says("REGISTER");
        assert_eq!((signed.cseq(), signed.header("Call-ID")), (2, register.header("Call-ID")));
        assert!(signed.header("Authorization").contains(&format!("algorithm={used}")));
        assert_eq!(check(&signed, "Authorization", "rannan.local", "n1", "secret-101"), "00000001");
        solo.hears(&signed.reply(200, "r"));
        solo.tells(&Event::Registered { expires: secs(600) });
    }
}

#[test]
fn a_realm_with_umlauts_and_quotes_is_hashed_as_it_is() {
    for realm in ["Müller & Söhne", "شركة"] {
        let (mut solo, register) = asked();
        solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge(realm, "n1", "SHA-256", "")));
        check(&solo.says("REGISTER"), "Authorization", realm, "n1", "secret-101");
    }
    let (mut solo, register) = asked();
    solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge("a\\\"b", "n1", "MD5", "")));
    check(&solo.says("REGISTER"), "Authorization", "a\"b", "n1", "secret-101");
}

#[test]
fn wrong_password_is_said_after_one_try() {
    let (mut solo, register) = asked();
    solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge("r", "n1", "MD5", "")));
    let signed = solo.says("REGISTER");
    solo.hears(&signed.reply(401, "r").with("WWW-Authenticate", challenge("r", "n2", "MD5", "")));
    solo.tells(&Event::RegistrationFailed { why: RegisterFailure::WrongCredentials });
    solo.is_quiet();
    // New ones are used at once.
    solo.act(|ua, now| {
        ua.set_credentials("101".into(), base::Secret::new("better"));
        ua.register(now)
    });
    let register = solo.says("REGISTER");
    assert!(register.find("Authorization").is_none());
    solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge("r", "n3", "MD5", "")));
    check(&solo.says("REGISTER"), "Authorization", "r", "n3", "better");
}

#[test]
fn stale_is_no_wrong_password_but_has_an_end() {
    let (mut solo, register) = asked();
    solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge("r", "n1", "MD5", "")));
    let signed = solo.says("REGISTER");
    solo.hears(&signed.reply(401, "r").with("WWW-Authenticate", challenge("r", "n2", "MD5", ", stale=true")));
    let again = solo.says("REGISTER");
    check(&again, "Authorization", "r", "n2", "secret-101");
    solo.hears(&again.reply(401, "r").with("WWW-Authenticate", challenge("r", "n3", "MD5", ", stale=true")));
    solo.tells(&Event::RegistrationFailed { why: RegisterFailure::WrongCredentials });
    solo.is_quiet();
}

#[test]
fn what_cannot_be_answered_is_a_plain_refusal() {
    for challenge in [
        "Basic realm=\"r\"",
        "Digest realm=\"r\", nonce=\"n\", algorithm=ROT13",
        "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
    ] {
        let (mut solo, register) = asked();
        solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge));
        solo.tells(&Event::RegistrationFailed { why: RegisterFailure::Refused { code: 401 } });
        solo.is_quiet();
    }
}

#[test]
fn a_server_that_asks_for_ever_new_realms_is_left() {
    let (mut solo, mut register) = asked();
    for n in 0..4 {
        solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge(&format!("r{n}"), "n", "MD5", "")));
        register = solo.says("REGISTER");
    }
    solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge("r5", "n", "MD5", "")));
    solo.tells(&Event::RegistrationFailed { why: RegisterFailure::WrongCredentials });
}

#[test]
fn credentials_go_ahead_with_a_rising_count_and_a_refused_nonce_gets_one_fresh_try() {
    let (mut solo, register) = asked();
    solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge("r", "n1", "SHA-256", "")));
    let signed = solo.says("REGISTER");
    solo.hears(&signed.reply(200, "r"));
    solo.events.clear();
    let (_, invite) = solo.calls();
    assert_eq!(check(&invite, "Authorization", "r", "n1", "secret-101"), "00000002");
    // The server has forgotten the nonce and does not even say stale.
    solo.hears(&invite.reply(401, "p").with("WWW-Authenticate", challenge("r", "n2", "SHA-256", "")));
    solo.says("ACK");
    let fresh = solo.says("INVITE");
    assert_eq!(check(&fresh, "Authorization", "r", "n2", "secret-101"), "00000001");
    assert_eq!(fresh.cseq(), 2);
    solo.hears(&fresh.accept(200, "b").sdp("v=0"));
    let ack = solo.says("ACK");
    assert_eq!(ack.cseq(), 2);
    assert_eq!(
        ack.header("Authorization"),
        fresh.header("Authorization"),
        "§22.1: the ACK carries the INVITE's credentials"
    );
}

#[test]
fn a_401_and_a_407_in_a_row_are_both_answered() {
    let (mut solo, id, invite) = Solo::calling();
    solo.hears(&invite.reply(401, "u").with("WWW-Authenticate", challenge("uas", "n1", "SHA-256", "")));
    solo.says("ACK");
    let second = solo.says("INVITE");
    solo.hears(&second.reply(407, "p").with("Proxy-Authenticate", challenge("proxy", "n2", "MD5", "")));
    solo.says("ACK");
    let third = solo.says("INVITE");
    check(&third, "Authorization", "uas", "n1", "secret-101");
    check(&third, "Proxy-Authorization", "proxy", "n2", "secret-101");
    assert_eq!((third.cseq(), third.header("Call-ID")), (3, invite.header("Call-ID")));
    solo.hears(&third.accept(200, "b").sdp("v=0"));
    solo.says("ACK");
    solo.tells(&Event::Accepted { id, answer: Some("v=0".into()) });
    solo.act(|ua, now| ua.hang_up(now, id));
    assert_eq!(solo.says("BYE").cseq(), 4, "the dialog counts on from the INVITE that was answered");
}

#[test]
fn a_challenge_inside_a_dialog_is_answered_and_counted() {
    let (mut solo, id, _) = Solo::talking();
    solo.act(|ua, now| ua.reoffer(now, id, "v=0".into()));
    let reinvite = solo.says("INVITE");
    solo.hears(&reinvite.reply(407, "").with("Proxy-Authenticate", challenge("r", "n1", "MD5", "")));
    solo.says("ACK");
    let again = solo.says("INVITE");
    assert_eq!(again.cseq(), reinvite.cseq() + 1);
    solo.hears(&again.accept(200, "b").sdp("v=0"));
    solo.says("ACK");
    solo.tells(&Event::ReofferAnswered { id, answer: Some("v=0".into()) });
    solo.act(|ua, now| ua.hang_up(now, id));
    let bye = solo.says("BYE");
    assert_eq!(bye.cseq(), again.cseq() + 1);
    check(&bye, "Proxy-Authorization", "r", "n1", "secret-101");
}

#[test]
fn a_challenge_after_hanging_up_ends_it() {
    let (mut solo, id, invite) = Solo::calling();
    solo.act(|ua, now| ua.hang_up(now, id));
    solo.hears(&invite.reply(407, "p").with("Proxy-Authenticate", challenge("r", "n1", "MD5", "")));
    solo.says("ACK");
    solo.tells(&Event::Closed { id });
    solo.is_quiet();
}

#[test]
fn a_password_never_leaves() {
    let (mut solo, register) = asked();
    solo.hears(&register.reply(401, "r").with("WWW-Authenticate", challenge("r", "n1", "MD5", "")));
    let signed = solo.says("REGISTER");
    assert!(!String::from_utf8(signed.bytes()).unwrap().contains("secret-101"));
}
