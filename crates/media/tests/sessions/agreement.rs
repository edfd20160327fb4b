//! Offers and answers, hold and resume, and what foreign descriptions leave out.

use media::Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
use media::{CodecKind, MediaError, MediaSession};

use crate::pair::{Call, End, call, call_edited, config, packet};

/// Every line that does not start with one of these.
fn without(sdp: &str, prefixes: &[&str]) -> String {
    let kept = sdp.lines().filter(|line| !prefixes.iter().any(|prefix| line.starts_with(prefix)));
    kept.map(|line| format!("{line}\r\n")).collect()
}

fn lines<'a>(sdp: &'a str, prefix: &str) -> Vec<&'a str> {
    sdp.lines().filter(|line| line.starts_with(prefix)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn first_agreement_is_opus_both_ways_with_digits() {
    let mut call = call().await;
    for side in [&call.at_a, &call.at_b] {
        assert_eq!((side.codec.kind, side.codec.pt.0, side.codec.clock_rate), (CodecKind::Opus, 111, 48_000));
        assert_eq!(side.codec.fmtp, "minptime=10;useinbandfec=1;x-dred=12");
        assert!(side.dred && side.red.is_some(), "{side:?}");
        assert_eq!((side.dtmf.map(|pt| pt.0), side.ptime.0, side.direction), (Some(110), 20, SendRecv));
    }
    call.assert_sound_follows_directions().await;
}

/// T1: the engine answers holds wrongly; ours are right, in every variant, and end.
#[tokio::test(flavor = "multi_thread")]
async fn t1_hold_and_resume_in_every_variant() {
    let mut call = call().await;
    for (a_wants, b_wants, at_a) in [
        (SendOnly, SendRecv, SendOnly),
        (SendRecv, SendRecv, SendRecv),
        (Inactive, SendRecv, Inactive),
        (SendRecv, SendRecv, SendRecv),
        (RecvOnly, SendRecv, RecvOnly),
        (SendRecv, SendOnly, RecvOnly),
        (SendOnly, SendOnly, Inactive),
        (SendRecv, SendRecv, SendRecv),
    ] {
        call.reoffer(a_wants, b_wants).await;
        assert_eq!(call.at_a.direction, at_a, "A wants {a_wants:?}, B wants {b_wants:?}");
        call.assert_sound_follows_directions().await;
    }
}

/// Either side may hold; the versions in `o=` count up, the session stays (RFC 3264 §8).
#[tokio::test(flavor = "multi_thread")]
async fn the_called_side_holds_and_resumes() {
    let Call { a, b, offer, answer, .. } = call().await;
    let hold = b.session.make_reoffer(SendOnly, false).await.unwrap();
    let (held, at_a) = a.session.answer_offer(&hold, SendRecv).await.unwrap();
    assert_eq!(at_a.direction, RecvOnly);
    assert_eq!(b.session.apply_answer(&held).await.unwrap().direction, SendOnly);
    assert!(!a.session.write(packet(1)));
    let origin = |sdp: &str| {
        let words: Vec<u64> =
            lines(sdp, "o=")[0].split(' ').skip(1).take(2).map(|word| word.parse().unwrap()).collect();
        (words[0], words[1])
    };
    assert_eq!(origin(&offer).0, origin(&held).0);
    assert_eq!(origin(&answer).0, origin(&hold).0);
    assert_eq!([origin(&offer).1, origin(&held).1, origin(&answer).1, origin(&hold).1], [1, 2, 1, 2]);
    assert_eq!(lines(&hold, "a=setup"), ["a=setup:actpass"]);
    assert_eq!(lines(&held, "a=setup"), lines(&offer, "a=setup"), "the role stays");
}

/// T2, T10, T11: what the far end and boxes between us read in our offer.
#[tokio::test(flavor = "multi_thread")]
async fn t2_t10_t11_our_offer_is_complete() {
    let a = End::new().await;
    let offer = a.session.make_offer().await.unwrap();
    assert!(
        offer.contains("a=rtpmap:111 opus/48000/2\r\n")
            && offer.contains("a=rtpmap:110 telephone-event/48000\r\n")
            && offer.contains("a=fmtp:63 111/111\r\n")
            && offer.contains("a=rtcp-xr:pkt-loss-rle voip-metrics\r\n"),
        "{offer}"
    );
    let candidates = lines(&offer, "a=candidate:");
    assert_eq!(candidates.len(), 1, "one address, one component: {candidates:?}");
    let words: Vec<&str> = candidates[0].split(' ').collect();
    assert_eq!((words[1], words[4]), ("1", "127.0.0.1"));
    assert_eq!(lines(&offer, "m="), [format!("m=audio {} UDP/TLS/RTP/SAVPF 111 63 110", words[5])]);
    assert_eq!(lines(&offer, "c="), ["c=IN IP4 127.0.0.1"]);
    for line in ["a=mid:0", "a=group:BUNDLE 0", "a=rtcp-mux", "a=sendrecv", "a=setup:active", "a=ptime:20"] {
        assert_eq!(lines(&offer, line), [line]);
    }
}

/// T3: two telephone-events, as Chromium offers them: the answer names the one in Opus' clock, once.
#[tokio::test(flavor = "multi_thread")]
async fn t3_one_telephone_event_is_answered() {
    let two = |sdp: &str| {
        sdp.replace("SAVPF 111 63 110\r\n", "SAVPF 111 126 110\r\n")
            .replace("a=rtpmap:110", "a=rtpmap:126 telephone-event/8000\r\na=rtpmap:110")
    };
    let (a, b) = (End::new().await, End::new().await);
    let offer = two(&a.session.make_offer().await.unwrap());
    let (answer, at_b) = b.session.answer_offer(&offer, SendRecv).await.unwrap();
    assert_eq!(lines(&answer, "m=")[0].split(' ').skip(3).collect::<Vec<_>>(), ["111", "110"]);
    assert_eq!(lines(&answer, "a=rtpmap:110"), ["a=rtpmap:110 telephone-event/48000"]);
    assert_eq!(at_b.dtmf.map(|pt| pt.0), Some(110));
}

/// T4: what the engine could not bear never reaches it, and a refused offer leaves nothing behind.
#[tokio::test(flavor = "multi_thread")]
async fn t4_after_a_refused_offer_the_next_one_is_answered() {
    let (mut a, mut b) = (End::new().await, End::new().await);
    let offer = a.session.make_offer().await.unwrap();
    for (bad, expected) in [
        (offer.replace("opus", "speex"), MediaError::NoCommonCodec),
        (without(&offer, &["a=fingerprint"]), MediaError::NoSecurity),
        ("nonsense".to_owned(), MediaError::BadSdp(media::sdp::SdpError::NotSdp)),
    ] {
        assert_eq!(b.session.answer_offer(&bad, SendRecv).await, Err(expected));
    }
    let (answer, _) = b.session.answer_offer(&without(&offer, &["a=mid", "a=group"]), SendRecv).await.unwrap();
    assert!(lines(&answer, "a=mid").is_empty() && lines(&answer, "a=group").is_empty(), "not offered, not answered");
    a.session.apply_answer(&answer).await.unwrap();
    a.connected().await;
    b.connected().await;
}

/// T5, T6, T8: no direction, no BUNDLE, a first offer that only sends.
#[tokio::test(flavor = "multi_thread")]
async fn t5_t6_t8_sparse_offers_get_whole_answers() {
    let mut call = call_edited(|sdp| without(sdp, &["a=sendrecv", "a=group", "a=ssrc", "a=msid"])).await;
    assert!(!lines(&call.answer, "m=audio").is_empty() && !call.answer.contains("m=audio 0 "), "{}", call.answer);
    call.assert_sound_follows_directions().await;

    let (mut a, mut b) = (End::new().await, End::new().await);
    let announcement = a.session.make_offer().await.unwrap().replace("a=sendrecv", "a=sendonly");
    let (answer, at_b) = b.session.answer_offer(&announcement, SendRecv).await.unwrap();
    assert_eq!((lines(&answer, "m=").len(), at_b.direction), (1, RecvOnly));
    let at_a = a.session.apply_answer(&answer).await.unwrap();
    a.connected().await;
    b.connected().await;
    let mut call = Call { a, b, at_a, at_b, offer: announcement, answer };
    call.reoffer(SendRecv, SendRecv).await;
    call.assert_sound_follows_directions().await;
}

/// T9: other payload types than ours, no digits at all, RTCP reports included (the engine binds them to payload types).
#[tokio::test(flavor = "multi_thread")]
async fn t9_foreign_payload_types_are_used_both_ways() {
    let foreign = |sdp: &str| {
        without(sdp, &["a=rtpmap:110", "a=fmtp:110", "a=rtpmap:63", "a=fmtp:63"])
            .replace("SAVPF 111 63 110", "SAVPF 107")
            .replace(":111 ", ":107 ")
    };
    let mut call = call_edited(foreign).await;
    assert_eq!((call.at_b.codec.pt.0, call.at_b.dtmf), (107, None));
    assert_eq!(call.b.session.send_dtmf('1', 100), Err(MediaError::NoDtmf));
    let (_from_a, _from_b) = (call.a.speak(), call.b.speak());
    assert_eq!(call.a.packet().await.pt.0, 107);
    assert_eq!(call.b.packet().await.pt.0, 107);
    while call.a.session.stats().lost_out.is_none() {
        call.a.packet().await;
    }
}

/// A browser offers video as well, and names its addresses by mDNS: video is refused, the names are left to it.
#[tokio::test(flavor = "multi_thread")]
async fn browser_offer_with_video_and_mdns_names_connects() {
    let browser = |sdp: &str| {
        let video =
            "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\na=sendrecv\r\n";
        let hidden: String = sdp
            .lines()
            .map(|line| match line.split_once(" 127.0.0.1 ") {
                Some((head, tail)) if line.starts_with("a=candidate") => {
                    format!("{head} 0b6a3c7e-0c1f-4a52-9a8e-1a2b3c4d5e6f.local {tail}\r\n")
                }
                _ => format!("{line}\r\n"),
            })
            .collect();
        hidden.replace("a=ice-options:ice2", "a=ice-options:trickle").replace("BUNDLE 0", "BUNDLE 0 1") + video
    };
    let (mut a, mut b) = (End::new().await, End::new().await);
    let offer = browser(&a.session.make_offer().await.unwrap());
    let (answer, _) = b.session.answer_offer(&offer, SendRecv).await.unwrap();
    assert_eq!(lines(&answer, "m=").len(), 2);
    assert_eq!(lines(&answer, "m=video"), ["m=video 0 UDP/TLS/RTP/SAVPF 96"]);
    assert_eq!(lines(&answer, "a=group"), ["a=group:BUNDLE 0"]);
    assert_eq!(lines(&answer, "a=mid"), ["a=mid:0", "a=mid:1"]);
    a.session.apply_answer(&answer).await.unwrap();
    a.connected().await;
    b.connected().await;
    let reoffer = b.session.make_reoffer(SendRecv, false).await.unwrap();
    assert_eq!(lines(&reoffer, "m=").len(), 2, "sections never disappear (RFC 3264 §8)");
}

/// T17: peers without DTLS-SRTP are refused as such.
#[tokio::test(flavor = "multi_thread")]
async fn t17_plain_rtp_and_sdes_are_refused() {
    let b = End::new().await;
    let plain = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\n";
    let sdes = plain.replace("RTP/AVP", "RTP/SAVP") + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc\r\n";
    for offer in [plain.to_owned(), sdes] {
        assert_eq!(b.session.answer_offer(&offer, SendRecv).await, Err(MediaError::NoSecurity));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_may_come_twice_and_a_200_may_differ_from_the_183() {
    let mut call = call().await;
    let again = call.a.session.apply_answer(&call.answer).await.unwrap();
    assert_eq!(again, call.at_a);
    let changed = call.answer.replace("a=sendrecv", "a=recvonly");
    call.at_a = call.a.session.apply_answer(&changed).await.unwrap();
    assert_eq!(call.at_a.direction, SendOnly);

    let stranger = End::new().await;
    let other_offer = stranger.session.make_offer().await.unwrap();
    assert_eq!(
        call.a.session.apply_answer(&other_offer).await,
        Err(MediaError::PeerChanged),
        "the answer of another fork"
    );
    assert_eq!(call.b.session.answer_offer(&other_offer, SendRecv).await, Err(MediaError::PeerChanged));
    call.reoffer(SendRecv, SendRecv).await;
    call.assert_sound_follows_directions().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_reoffer_changes_nothing() {
    let mut call = call().await;
    call.a.session.make_reoffer(Inactive, false).await.unwrap();
    assert_eq!(call.a.session.make_reoffer(Inactive, false).await, Err(MediaError::WrongState), "one at a time");
    call.a.session.rollback_offer().await.unwrap();
    assert_eq!(call.a.session.rollback_offer().await, Err(MediaError::WrongState));
    call.assert_sound_follows_directions().await;
    call.reoffer(SendOnly, SendRecv).await;
    assert_eq!(call.at_a.direction, SendOnly);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_has_its_time() {
    let mut a = End::new().await;
    assert_eq!(a.session.make_reoffer(SendRecv, false).await, Err(MediaError::WrongState));
    assert_eq!(a.session.apply_answer("v=0\r\n").await, Err(MediaError::BadSdp(media::sdp::SdpError::NoAudio)));
    let offer = a.session.make_offer().await.unwrap();
    assert_eq!(a.session.make_offer().await, Err(MediaError::WrongState));
    assert_eq!(a.session.answer_offer(&offer, SendRecv).await, Err(MediaError::WrongState));
    a.session.close().await;
    a.session.close().await;
    assert_eq!(a.session.apply_answer(&offer).await, Err(MediaError::WrongState));
    a.until("end", |event| (event == media::MediaEvent::Closed).then_some(())).await;
}

/// T12: a wildcard would leave out the loopback interface, and nothing is bound by itself.
#[tokio::test(flavor = "multi_thread")]
async fn t12_addresses_must_be_named() {
    for local_ips in [vec![], vec![[0, 0, 0, 0].into()], vec![[192, 0, 2, 1].into()]] {
        let refused = MediaSession::new(media::MediaConfig { local_ips: local_ips.clone(), ..config() }).await;
        assert!(matches!(refused, Err(MediaError::Io(_))), "{local_ips:?}");
    }
}

/// T13: some types are only in `rtc`, so both crates must be the same exact version.
#[test]
fn t13_engine_and_core_are_pinned_together() {
    let manifest = include_str!("../../../../Cargo.toml");
    let version = |name: &str| manifest.lines().find_map(|line| line.strip_prefix(&format!("{name} = "))).unwrap();
    assert_eq!(version("webrtc"), version("rtc"));
    assert!(version("rtc").starts_with("\"="), "pinned exactly");
}
