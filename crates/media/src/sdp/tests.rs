//! Foreign descriptions in, what we make of them out.

use base::{CodecKind, Pt, Ptime, Ssrc};

use super::Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
use super::*;

const FINGERPRINT: &str = "a=fingerprint:sha-256 0F:1E:2D:3C:4B:5A:69:78:87:96:A5:B4:C3:D2:E1:F0:0F:1E:2D:3C:4B:5A:69:78:87:96:A5:B4:C3:D2:E1:F0\r\n";
const ICE: &str = "a=ice-ufrag:8hhY\r\na=ice-pwd:asd88fgpdd777uzjYhagZg\r\n";
const OPUS: &str = "a=rtpmap:111 opus/48000/2\r\n";

/// A description with one audio section of these parts.
fn audio(session: &str, m_line: &str, lines: &str) -> String {
    format!("v=0\r\no=- 20 2 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n{session}{m_line}\r\n{lines}")
}

fn secure(m_line: &str, lines: &str) -> String {
    audio("", m_line, &format!("{ICE}{FINGERPRINT}{lines}"))
}

struct Expected {
    direction: Direction,
    opus: u8,
    dtmf: Option<(u8, u32)>,
    setup: Setup,
    candidates: usize,
}

fn check(name: &str, sdp: &str, expected: Result<Expected, SdpError>) {
    match (Peer::read(sdp), expected) {
        (Ok(peer), Ok(expected)) => {
            assert_eq!(peer.direction, expected.direction, "{name}");
            assert_eq!(opus_of(&peer), Some(Pt(expected.opus)), "{name}");
            let digits = peer.formats.digits(48_000).map(|event| (event.pt.0, event.clock_rate));
            assert_eq!(digits, expected.dtmf, "{name}");
            assert_eq!(peer.setup(Kind::Offer), expected.setup, "{name}");
            assert_eq!(peer.transport.candidates.len(), expected.candidates, "{name}");
            assert_engine_can_read(name, &peer.engine_text(Kind::Offer));
        }
        (Err(error), Err(expected)) => assert_eq!(error, expected, "{name}"),
        (read, expected) => panic!("{name}: {read:?}, expected {:?}", expected.err()),
    }
}

fn opus_of(peer: &Peer) -> Option<Pt> {
    peer.formats.pt_of(Carries::Speech(CodecKind::Opus))
}

/// T3 to T7 in one: what the engine trips over when it is missing or twice.
fn assert_engine_can_read(name: &str, text: &str) {
    for line in ["m=audio 9 UDP/TLS/RTP/SAVPF ", "a=mid:0", "a=group:BUNDLE 0", "a=sendrecv", "a=setup:", "a=rtcp-mux"]
    {
        assert_eq!(text.lines().filter(|l| l.starts_with(line)).count(), 1, "{name}: {line} in {text}");
    }
    assert_eq!(text.matches("telephone-event").count(), 1, "{name}: {text}");
    assert_eq!(
        Peer::read(text).map(|peer| peer.engine_text(Kind::Offer)).as_deref(),
        Ok(text),
        "{name}: is its own normal form"
    );
}

#[test]
fn foreign_offers() {
    let usual = || Expected { direction: SendRecv, opus: 111, dtmf: None, setup: Setup::ActPass, candidates: 0 };
    let asterisk = secure(
        "m=audio 10512 UDP/TLS/RTP/SAVPF 107 101",
        "a=mid:audio-0\r\na=setup:actpass\r\na=rtpmap:107 opus/48000/2\r\na=fmtp:107 useinbandfec=1\r\na=rtpmap:101 telephone-event/8000\r\n\
         a=fmtp:101 0-16\r\na=ptime:20\r\na=maxptime:20\r\na=sendrecv\r\na=rtcp-mux\r\n\
         a=candidate:Hc0a80102 1 UDP 2130706431 192.168.1.2 10512 typ host\r\na=candidate:Hc0a80102 2 UDP 2130706430 192.168.1.2 10513 typ host\r\n",
    );
    check("Asterisk", &asterisk, Ok(Expected { opus: 107, dtmf: Some((101, 8000)), candidates: 1, ..usual() }));

    let chromium = audio(
        "a=group:BUNDLE 0\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS *\r\n",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
        &format!(
            "c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=candidate:1 1 udp 2113937151 6f2b-44.local 51000 typ host generation 0 network-cost 999\r\n\
             a=candidate:2 1 tcp 1518280447 192.0.2.9 9 typ host tcptype active\r\na=candidate:3 1 udp 1677729535 198.51.100.7 51000 typ srflx raddr 0.0.0.0 rport 0\r\n\
             a=ice-options:trickle\r\n{ICE}{FINGERPRINT}a=setup:actpass\r\na=mid:0\r\na=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=sendrecv\r\n\
             a=rtcp-mux\r\na=rtcp-rsize\r\n{OPUS}a=rtcp-fb:111 transport-cc\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\n\
             a=rtpmap:110 telephone-event/48000\r\na=rtpmap:126 telephone-event/8000\r\na=ssrc:1 cname:x\r\n"
        ),
    );
    check("Chromium", &chromium, Ok(Expected { dtmf: Some((110, 48_000)), candidates: 1, ..usual() }));
    assert_eq!(Peer::read(&chromium).map(|peer| peer.opus_fmtp), Ok("minptime=10;useinbandfec=1".to_owned()));

    let rtpengine = secure("m=audio 30000 RTP/SAVPF 111", &format!("{OPUS}a=rtcp:30000\r\na=rtcp-mux\r\n"));
    check("rtpengine: no mid, no BUNDLE, no direction", &rtpengine, Ok(usual()));
    let session_level = audio(
        &format!("{ICE}{FINGERPRINT}a=setup:passive\r\na=sendonly\r\n"),
        "m=audio 4000 UDP/TLS/RTP/SAVP 111",
        OPUS,
    );
    check(
        "everything at session level",
        &session_level,
        Ok(Expected { direction: SendOnly, setup: Setup::Passive, ..usual() }),
    );
    let two_hashes = audio(
        "",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        &format!("a=fingerprint:sha-1 00:11\r\n{FINGERPRINT}{ICE}{OPUS}a=setup:active\r\n"),
    );
    check("sha-1 before sha-256", &two_hashes, Ok(Expected { setup: Setup::Active, ..usual() }));
    let lite =
        audio("a=ice-lite\r\n", "m=audio 9 UDP/TLS/RTP/SAVPF 111", &format!("{ICE}{FINGERPRINT}{OPUS}a=inactive\r\n"));
    check("ICE-lite", &lite, Ok(Expected { direction: Inactive, ..usual() }));
    assert!(normalise(&lite).is_ok_and(|text| text.contains("a=ice-lite\r\n")));
    let bare_newlines = rtpengine.replace("\r\n", "\n");
    check("line ends without carriage return", &bare_newlines, Ok(usual()));
    let second = secure("m=audio 9 RTP/AVP 0", "a=inactive\r\n").replace(FINGERPRINT, "").replace(ICE, "")
        + &format!("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n{ICE}{FINGERPRINT}{OPUS}a=recvonly\r\n");
    check("the second audio section is the usable one", &second, Ok(Expected { direction: RecvOnly, ..usual() }));
}

#[test]
fn offers_that_cannot_be_taken() {
    let codecs = "a=rtpmap:96 speex/16000\r\n";
    for (name, sdp, expected) in [
        (
            "noise and digits alone",
            secure("m=audio 9 UDP/TLS/RTP/SAVPF 13 101", "a=rtpmap:101 telephone-event/8000\r\n"),
            SdpError::NoCommonCodec,
        ),
        ("T9: no codec of ours", secure("m=audio 9 UDP/TLS/RTP/SAVPF 18 96", codecs), SdpError::NoCommonCodec),
        (
            "opus at a rate that does not exist",
            secure("m=audio 9 UDP/TLS/RTP/SAVPF 96", "a=rtpmap:96 opus/16000\r\n"),
            SdpError::NoCommonCodec,
        ),
        (
            "a payload type that would be RTCP",
            secure("m=audio 9 UDP/TLS/RTP/SAVPF 72", "a=rtpmap:72 opus/48000/2\r\n"),
            SdpError::NoCommonCodec,
        ),
        ("T17: plain RTP", audio("", "m=audio 4000 RTP/AVP 111", OPUS), SdpError::NoSecurity),
        (
            "T17: SDES",
            audio("", "m=audio 4000 RTP/SAVP 111", &format!("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n{OPUS}")),
            SdpError::NoSecurity,
        ),
        (
            "only a hash that we cannot check",
            audio("", "m=audio 9 UDP/TLS/RTP/SAVPF 111", &format!("{ICE}a=fingerprint:sha-1 00:11\r\n{OPUS}")),
            SdpError::NoSecurity,
        ),
        ("not RTP", secure("m=audio 9 UDP 111", OPUS), SdpError::NoSecurity),
        ("no ICE", audio("", "m=audio 9 UDP/TLS/RTP/SAVPF 111", &format!("{FINGERPRINT}{OPUS}")), SdpError::NoIce),
        (
            "a password that RFC 8839 forbids",
            secure("m=audio 9 UDP/TLS/RTP/SAVPF 111", OPUS).replace("asd88fgpdd777uzjYhagZg", "short"),
            SdpError::NoIce,
        ),
        ("refused", secure("m=audio 0 UDP/TLS/RTP/SAVPF 111", OPUS), SdpError::AudioRefused),
        ("video only", secure("m=video 9 UDP/TLS/RTP/SAVPF 96", ""), SdpError::NoAudio),
        ("empty", String::new(), SdpError::NotSdp),
        ("an m= line without port", secure("m=audio", OPUS), SdpError::NotSdp),
        ("too long", secure("m=audio 9 UDP/TLS/RTP/SAVPF 111", &OPUS.repeat(4000)), SdpError::TooLarge),
        (
            "too many sections",
            secure("m=audio 9 RTP/AVP 0", &"m=video 9 RTP/AVP 96\r\n".repeat(40)),
            SdpError::TooLarge,
        ),
    ] {
        check(name, &sdp, Err(expected));
    }
}

/// T7: static payload types need no rtpmap (RFC 3551 §6).
#[test]
fn t7_static_payload_types_have_names() {
    let sdp = audio(
        "",
        "m=audio 9 RTP/AVP 0 8 9 13 18 97",
        "a=rtpmap:97 iLBC/8000\r\na=fmtp:97 mode=30\r\na=rtpmap:8 PCMA/8000\r\n",
    );
    let names: Vec<(u8, String, u32, String)> =
        codecs_of(&sdp).into_iter().map(|codec| (codec.pt.0, codec.name, codec.clock_rate, codec.fmtp)).collect();
    let named = |pt: u8, name: &str, fmtp: &str| (pt, name.to_owned(), 8000, fmtp.to_owned());
    assert_eq!(
        names,
        [
            named(0, "PCMU", ""),
            named(8, "PCMA", ""),
            named(9, "G722", ""),
            named(13, "CN", ""),
            named(97, "iLBC", "mode=30")
        ]
    );
    assert!(codecs_of("nonsense").is_empty());
}

#[test]
fn packet_times_are_those_of_opus() {
    for (lines, expected) in [
        ("", 20),
        ("a=ptime:20\r\n", 20),
        ("a=ptime:30\r\n", 20),
        ("a=ptime:60\r\na=maxptime:40\r\n", 40),
        ("a=ptime:10\r\n", 10),
        ("a=maxptime:10\r\n", 10),
        ("a=ptime:500\r\n", 60),
        ("a=ptime:0\r\n", 10),
        ("a=ptime:-7\r\na=maxptime:nan\r\n", 10),
        ("a=ptime:much\r\n", 20),
    ] {
        let sdp = secure("m=audio 9 UDP/TLS/RTP/SAVPF 111", &format!("{OPUS}{lines}"));
        assert_eq!(Peer::read(&sdp).map(|peer| peer.ptime), Ok(Ptime(expected)), "{lines}");
    }
}

#[test]
fn candidates_that_the_engine_may_see() {
    for (text, kept) in [
        ("1 1 udp 2130706431 192.0.2.1 5000 typ host", true),
        ("1 1 UDP 2130706431 2001:db8::1 5000 typ host generation 0", true),
        ("1 1 udp 1694498815 198.51.100.1 5000 typ srflx raddr 192.0.2.1 rport 5000", true),
        ("1 1 udp 1694498815 198.51.100.1 5000 typ relay", true),
        ("1 2 udp 2130706430 192.0.2.1 5001 typ host", false),
        ("1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active", false),
        ("1 1 udp 2130706431 name.local 5000 typ host", false),
        ("1 1 udp 2130706431 0.0.0.0 5000 typ host", false),
        ("1 1 udp 2130706431 224.0.0.1 5000 typ host", false),
        ("1 1 udp 2130706431 192.0.2.1 0 typ host", false),
        ("1 1 udp 2130706431 192.0.2.1 70000 typ host", false),
        ("1 1 udp 99999999999 192.0.2.1 5000 typ host", false),
        ("1 1 udp 2130706431 192.0.2.1 5000 typ wild", false),
        ("", false),
    ] {
        let candidate = Candidate::read(text);
        assert_eq!(candidate.is_some(), kept, "{text}");
        assert!(candidate.is_none_or(|c| Candidate::read(&c.text()).is_some()), "{text}");
    }
}

#[test]
fn a_thousand_candidates_are_thirty_two() {
    let many: String = (1..1000).map(|port| format!("a=candidate:1 1 udp 1 192.0.2.1 {port} typ host\r\n")).collect();
    let sdp = secure("m=audio 9 UDP/TLS/RTP/SAVPF 111", &format!("{OPUS}{many}"));
    assert_eq!(Peer::read(&sdp).map(|peer| peer.transport.candidates.len()), Ok(32));
}

/// What the engine writes, component 2 and all (shortened).
fn engine_offer() -> String {
    audio(
        "a=group:BUNDLE 0\r\n",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 110",
        &format!(
            "c=IN IP4 0.0.0.0\r\na=setup:actpass\r\na=mid:0\r\n{ICE}{FINGERPRINT}a=rtcp-mux\r\n{OPUS}a=sendrecv\r\n\
             a=candidate:1 1 udp 2130706431 192.0.2.1 40001 typ host\r\na=candidate:1 2 udp 2130706431 192.0.2.1 40001 typ host\r\n\
             a=candidate:2 1 udp 1694498815 198.51.100.1 40002 typ srflx raddr 192.0.2.1 rport 40001\r\na=end-of-candidates\r\n"
        ),
    )
}

#[test]
fn t10_t11_fixed_up_description() {
    let slots = [
        Slot { media: "video".into(), proto: "RTP/AVP".into(), formats: "96 97".into(), mid: Some("v".into()) },
        Slot { media: "audio".into(), proto: "UDP/TLS/RTP/SAVPF".into(), formats: "111".into(), mid: Some("a".into()) },
    ];
    let offered = secure(
        "m=audio 9 RTP/SAVPF 0 107 101 63",
        "a=rtpmap:107 opus/48000/2\r\na=rtpmap:63 red/48000/2\r\na=fmtp:63 107/107\r\na=rtpmap:101 telephone-event/8000\r\n",
    );
    let all = [CodecKind::Opus, CodecKind::Pcmu];
    let formats = Peer::read(&offered).expect("a usable offer").formats.answer(&all);
    let wire = Wire {
        session: 7,
        version: 3,
        direction: SendOnly,
        formats: &formats,
        metrics: true,
        dred: true,
        setup: Setup::Passive,
        slots: &slots,
        audio: 1,
        bundled: true,
        ssrc: Ssrc(99),
        cname: "c0ffee",
    };
    let expected = "v=0\no=- 7 3 IN IP4 198.51.100.1\ns=-\nt=0 0\na=group:BUNDLE a\n\
        m=video 0 RTP/AVP 96 97\nc=IN IP4 198.51.100.1\na=mid:v\na=inactive\n\
        m=audio 40002 UDP/TLS/RTP/SAVPF 107 0 101 63\nc=IN IP4 198.51.100.1\na=mid:a\na=sendonly\na=rtcp-mux\n\
        a=rtcp-xr:pkt-loss-rle voip-metrics\n\
        a=rtpmap:107 opus/48000/2\na=fmtp:107 minptime=10;useinbandfec=1;x-dred=12\na=rtpmap:0 PCMU/8000\n\
        a=rtpmap:101 telephone-event/8000\na=fmtp:101 0-15\na=rtpmap:63 red/48000/2\na=fmtp:63 107/107\n\
        a=ptime:20\na=ice-options:ice2\na=ice-ufrag:8hhY\na=ice-pwd:asd88fgpdd777uzjYhagZg\nFINGERPRINTa=setup:passive\n\
        a=candidate:1 1 udp 2130706431 192.0.2.1 40001 typ host\n\
        a=candidate:2 1 udp 1694498815 198.51.100.1 40002 typ srflx raddr 192.0.2.1 rport 40001\na=end-of-candidates\n\
        a=msid:- c0ffee\na=ssrc:99 cname:c0ffee\n";
    let fixed = fix_local(&engine_offer(), &wire).map(|text| text.replace("\r\n", "\n"));
    assert_eq!(fixed, Ok(expected.replace("FINGERPRINT", &FINGERPRINT.replace("\r\n", "\n"))));
    assert_eq!(fix_local("nonsense", &wire), Err(SdpError::NotSdp));
}

/// T20: what a restart leaves behind is taken out.
#[test]
fn t20_addresses_of_closed_sockets_are_not_offered() {
    let before = Own::read(&engine_offer()).expect("the engine's own text");
    let after =
        engine_offer().replace("a=end-of", "a=candidate:1 1 udp 2130706431 192.0.2.1 40009 typ host\r\na=end-of");
    let after = Own::read(&after).expect("the engine's own text").without(Some(&before));
    let ports: Vec<u16> = after.0.candidates.iter().map(|candidate| candidate.port).collect();
    assert_eq!(ports, [40009]);
}

/// The fuzz target `sdp` in small: mutated descriptions are read or refused, and what is read can be answered.
#[test]
fn mutated_descriptions_are_read_or_refused() {
    const SEED: u64 = 20;
    let mut chance = base::Chance::from_number(SEED);
    let pieces = [
        "a=",
        "m=audio 0 RTP/AVP 111\r\n",
        ":",
        " ",
        "\r\n",
        "\u{1F4DE}",
        "-1",
        "99999999999",
        "a=bundle-only\r\n",
        "typ ",
        "/",
    ];
    let mut read = 0;
    for round in 0..3_000 {
        let mut text = engine_offer();
        for _ in 0..=chance.below(6) {
            let boundary =
                |at: usize, text: &str| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            let at = boundary(chance.below(text.len() as u64 + 1) as usize, &text);
            let end = boundary((at + chance.below(40) as usize).min(text.len()), &text);
            match chance.below(3) {
                0 => text.replace_range(at..end, ""),
                1 => text.insert_str(at, pieces[chance.below(pieces.len() as u64) as usize]),
                _ => {
                    let piece = text[at..end].to_owned();
                    text.insert_str(at, &piece);
                }
            }
        }
        let _ = (direction_of(&text), codecs_of(&text));
        let Ok(peer) = Peer::read(&text) else { continue };
        read += 1;
        let normal = peer.engine_text(Kind::Offer);
        assert_eq!(normalise(&normal).as_ref(), Ok(&normal), "seed {SEED}, round {round}: {text}");
        let direction = answer_direction(peer.direction, SendRecv);
        let wire = Wire {
            session: 1,
            version: 1,
            direction,
            formats: &peer.formats,
            metrics: peer.wants_metrics,
            dred: true,
            setup: peer.setup(Kind::Answer),
            slots: &peer.slots,
            audio: peer.audio,
            bundled: peer.bundled,
            ssrc: Ssrc(1),
            cname: "c",
        };
        let answer = fix_local(&normal, &wire).and_then(|answer| Peer::read(&answer));
        let said = answer.map(|answer| (answer.direction, answer.formats, answer.slots.len()));
        assert_eq!(said, Ok((direction, peer.formats, peer.slots.len())), "seed {SEED}, round {round}: {text}");
    }
    assert!(read > 300, "many mutations must leave something to read, {read} did");
}
