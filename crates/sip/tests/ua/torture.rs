//! The torture messages of RFC 4475 and RFC 5118: nothing panics, the flow lives, and each gets what it deserves.

use std::fs;
use std::path::Path;

use crate::message::request;
use crate::scene::Solo;

/// What a user agent that serves INVITE, BYE, OPTIONS and the like must do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expect {
    /// Told as an invitation.
    Invited,
    /// Answered with this code.
    Code(u16),
    /// Neither answered nor told: a response, or nothing that could be answered.
    Silence,
}
use Expect::{Code, Invited, Silence};

const RFC_4475: &[(&str, Expect)] = &[
    // 3.1.1 Valid messages.
    // Inside a dialog that we do not have.
    ("wsinv", Code(481)),
    ("intmeth", Code(405)),
    ("esc01", Invited),
    ("escnull", Code(405)),
    ("esc02", Code(405)),
    ("lwsdisp", Code(200)),
    ("longreq", Invited),
    ("dblreq", Code(405)),
    ("semiuri", Code(200)),
    ("transports", Code(200)),
    ("mpart01", Code(405)),
    ("unreason", Silence),
    ("noreason", Silence),
    // 3.1.2 Invalid messages.
    ("badinv01", Code(400)),
    ("clerr", Code(400)),
    ("ncl", Code(400)),
    ("scalar02", Code(400)),
    ("scalarlg", Silence),
    ("quotbal", Code(400)),
    ("ltgtruri", Code(400)),
    ("lwsruri", Code(400)),
    ("lwsstart", Code(400)),
    ("trws", Code(400)),
    ("escruri", Code(400)),
    // A Date that we do not read.
    ("baddate", Invited),
    ("regbadct", Code(405)),
    ("badaspec", Code(400)),
    // The message has no end.
    ("baddn", Code(400)),
    ("badvers", Code(505)),
    ("mismatch01", Code(400)),
    ("mismatch02", Code(400)),
    ("bigcode", Silence),
    // 3.2 Transaction layer.
    ("badbranch", Code(200)),
    // 3.3 Application layer.
    ("insuf", Silence),
    ("unkscm", Code(200)),
    ("novelsc", Code(200)),
    ("unksm2", Code(405)),
    ("bext01", Code(420)),
    ("invut", Code(415)),
    ("regaut01", Code(405)),
    ("multi01", Code(400)),
    ("mcl01", Code(400)),
    ("bcast", Silence),
    // A user agent is the end of the road; Max-Forwards is for proxies.
    ("zeromf", Code(200)),
    ("cparam01", Code(405)),
    ("cparam02", Code(405)),
    ("regescrt", Code(405)),
    ("sdp01", Invited),
    // 3.4 Backward compatibility.
    // No Contact: nothing in the dialog could be routed (RFC 3261 §8.1.1.8).
    ("inv2543", Code(400)),
];

const RFC_5118: &[(&str, Expect)] = &[
    ("ipv6-good", Code(405)),
    ("ipv6-bad", Code(400)),
    ("port-ambiguous", Code(405)),
    ("port-unambiguous", Code(405)),
    ("via-received-param-with-delim", Code(481)),
    ("via-received-param-no-delim", Code(200)),
    ("ipv6-in-sdp", Invited),
    ("mult-ip-in-header", Code(481)),
    ("mult-ip-in-sdp", Invited),
    ("ipv4-mapped-ipv6", Invited),
    // Tolerated, as §4.10 advises.
    ("ipv6-bug-abnf-3-colons", Code(200)),
    ("ipv6-correct-abnf-2-colons", Code(200)),
];

#[allow(clippy::disallowed_methods, reason = "a test reads its messages from disk")]
fn read(rfc: &str, name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/torture/{rfc}/{name}.dat"));
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// What the agent did with one frame, and that it is still there afterwards.
fn reaction(frame: &[u8]) -> Expect {
    let mut solo = Solo::new();
    let out = solo.ua.receive(solo.now, frame);
    let mut told = false;
    let mut code = None;
    for one in out {
        match one {
            sip::ua::Output::Event(event) => {
                assert!(matches!(event, sip::ua::Event::Invited { .. }), "{event:?}");
                told = true;
            }
            sip::ua::Output::Send(bytes) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                code = text.strip_prefix("SIP/2.0 ").and_then(|rest| rest.get(..3)?.parse().ok());
            }
        }
    }
    solo.hears(&request("OPTIONS", "alive", "alive", 1));
    solo.replies(200);
    match (told, code) {
        (true, None) => Invited,
        (false, Some(code)) => Code(code),
        (false, None) => Silence,
        (true, Some(code)) => panic!("told and answered {code}"),
    }
}

#[test]
fn every_message_of_rfc_4475_gets_what_it_deserves() {
    let wrong: Vec<_> = RFC_4475
        .iter()
        .map(|(name, e)| (name, e, reaction(&read("rfc4475", name))))
        .filter(|(_, e, r)| *e != r)
        .collect();
    assert!(wrong.is_empty(), "message, expected, got: {wrong:#?}");
}

#[test]
fn every_message_of_rfc_5118_gets_what_it_deserves() {
    let reactions = RFC_5118.iter().map(|(name, expected)| {
        // The archive has bare line feeds and wrong lengths; a frame needs no length.
        let text = String::from_utf8(read("rfc5118", name)).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with("Content-Length"));
        let mut wire: String = lines.flat_map(|line| [line, "\r\n"]).collect();
        if !wire.contains("\r\n\r\n") {
            wire.push_str("\r\n");
        }
        (name, expected, reaction(wire.as_bytes()))
    });
    let wrong: Vec<_> = reactions.filter(|(_, e, r)| *e != r).collect();
    assert!(wrong.is_empty(), "message, expected, got: {wrong:#?}");
}

#[test]
fn keep_alives_and_garbage_cost_only_themselves() {
    let mut solo = Solo::new();
    let pong = solo.ua.receive(solo.now, b"\r\n\r\n");
    assert!(matches!(&pong[..], [sip::ua::Output::Send(bytes)] if &bytes[..] == b"\r\n"));
    for frame in [
        &b""[..],
        b"\r\n",
        b"\0\0\0",
        b"INVITE",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff\xfe\r\n\r\n",
        b"SIP/2.0 200 OK\r\n\r\n",
    ] {
        assert!(solo.ua.receive(solo.now, frame).is_empty(), "{frame:?}");
    }
    let huge = [b"OPTIONS sip:a SIP/2.0\r\nSubject: ".to_vec(), vec![b'x'; 300_000], b"\r\n\r\n".to_vec()].concat();
    assert!(solo.ua.receive(solo.now, &huge).is_empty());
    assert_eq!(solo.ua.counters().malformed, 6);
    solo.hears(&request("OPTIONS", "alive", "alive", 1));
    solo.replies(200);
}
