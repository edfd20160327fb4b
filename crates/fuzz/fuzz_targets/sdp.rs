//! Any text as a description: it is read or refused, never a panic; what the engine would get is its own normal form; our
//! answer to it can be read again and says what was agreed.

#![no_main]

use base::{CodecKind, Ssrc};
use libfuzzer_sys::fuzz_target;
use media::sdp::{Direction, Kind, Own, Peer, Wire, answer_direction, codecs_of, direction_of, fix_local, normalise};

const CODECS: [CodecKind; 5] =
    [CodecKind::Opus, CodecKind::G722, CodecKind::Pcmu, CodecKind::Pcma, CodecKind::ComfortNoise];

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = direction_of(text);
    assert!(codecs_of(text).len() <= 64);
    let Ok(peer) = Peer::read(text) else {
        assert!(normalise(text).is_err());
        return;
    };
    assert!(peer.transport.candidates.len() <= 32);
    let normal = normalise(text).expect("it could be read");
    assert_eq!(normalise(&normal).as_deref(), Ok(normal.as_str()));
    // Of the normal form only: beside ours, an answer may have to list an audio section that is refused.
    assert!(Own::read(&normal).is_ok());

    for wanted in [Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive] {
        let direction = answer_direction(peer.direction, wanted);
        assert!(!direction.sends() || (peer.direction.receives() && wanted.sends()));
        let formats = peer.formats.answer(&CODECS);
        let wire = Wire {
            session: 1,
            version: 1,
            direction,
            formats: &formats,
            metrics: peer.wants_metrics,
            dred: true,
            setup: peer.setup(Kind::Answer),
            slots: &peer.slots,
            audio: peer.audio,
            bundled: peer.bundled,
            ssrc: Ssrc(1),
            cname: "c",
        };
        let answer = fix_local(&normal, &wire).expect("the normal form is an engine's description");
        let read = Peer::read(&answer).expect("our own answer can be read");
        assert_eq!((read.direction, &read.formats, read.slots.len()), (direction, &formats, peer.slots.len()));
    }
});
