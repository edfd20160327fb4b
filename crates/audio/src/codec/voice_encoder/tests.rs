use super::*;
use crate::codec::spectrum::tone_level;
use crate::codec::voice::Voice;

fn tone(hz: f32) -> impl Iterator<Item = Frame> {
    let mut n = 0;
    std::iter::from_fn(move || {
        Some(std::array::from_fn(|_| {
            n += 1;
            0.4 * (n as f32 * std::f32::consts::TAU * hz / 48_000.0).sin()
        }))
    })
}

fn voice() -> impl Iterator<Item = Frame> {
    let mut voice = Voice::default();
    std::iter::from_fn(move || Some(std::array::from_fn(|_| voice.next().unwrap_or(0.0))))
}

#[test]
fn packet_times_ticks_and_sizes_are_those_of_the_payload_formats() {
    use CodecKind::{G722, Opus, Pcma, Pcmu};
    for (kind, ms, ticks, bytes) in [
        (Pcmu, 10, 80, Some(80)),
        (Pcma, 20, 160, Some(160)),
        (G722, 20, 160, Some(160)),
        (G722, 60, 480, Some(480)),
        (Pcmu, 40, 320, Some(320)),
        (Opus, 10, 480, None),
        (Opus, 20, 960, None),
        (Opus, 40, 1920, None),
        (Opus, 60, 2880, None),
    ] {
        let mut encoder = VoiceEncoder::new(kind, Ptime(ms)).expect("valid");
        let mut packets = 0;
        for frame in voice().take(60) {
            let Some(packet) = encoder.encode(&frame).expect("room") else { continue };
            packets += 1;
            assert_eq!((packet.ticks, packet.is_red), (ticks, false), "{kind:?} {ms} ms");
            match bytes {
                Some(bytes) => assert_eq!(packet.payload.len(), bytes, "{kind:?} {ms} ms"),
                None => assert_eq!(opus::packet_samples(packet.payload), Ok(ticks as usize)),
            }
        }
        assert_eq!(packets, 600 / u32::from(ms), "{kind:?} {ms} ms");
    }
}

#[test]
fn what_is_no_codec_for_speech_is_refused() {
    assert_eq!(VoiceEncoder::new(CodecKind::ComfortNoise, Ptime(20)).err(), Some(CodecError::BadValue));
    for ms in [0, 5, 30, 100] {
        assert_eq!(VoiceEncoder::new(CodecKind::Opus, Ptime(ms)).err(), Some(CodecError::BadValue), "{ms} ms");
    }
}

#[test]
fn a_tone_arrives_through_each_telephone_codec() {
    for kind in [CodecKind::Pcmu, CodecKind::Pcma, CodecKind::G722] {
        let mut encoder = VoiceEncoder::new(kind, Ptime(20)).expect("valid");
        let mut decoder = g722::Decoder::new();
        let (mut sound, mut out) = (Vec::new(), [0.0; 320]);
        for frame in tone(1000.0).take(100) {
            let Some(packet) = encoder.encode(&frame).expect("room") else { continue };
            let count = match kind {
                CodecKind::Pcmu => g711::decode_ulaw(packet.payload, &mut out),
                CodecKind::Pcma => g711::decode_alaw(packet.payload, &mut out),
                _ => decoder.decode(packet.payload, &mut out),
            };
            sound.extend_from_slice(&out[..count]);
        }
        let rate = sound.len() as u32;
        let (level, rest) = tone_level(&sound[rate as usize / 10..], rate, 1000.0);
        assert!((level - 0.4).abs() < 0.02 && rest < 0.4 * 0.02, "{kind:?}: {level}, {rest}");
    }
}

#[test]
fn the_codec_changes_in_mid_call_and_the_timestamp_can_follow() {
    let mut encoder = VoiceEncoder::new(CodecKind::Opus, Ptime(20)).expect("valid");
    let mut frames = voice();
    let mut next = move || frames.next().expect("endless");
    (0..5).for_each(|_| assert!(encoder.encode(&next()).is_ok()));
    assert_eq!(encoder.switch(CodecKind::Pcma, Ptime(20)), Ok(480), "one frame of Opus was under way");
    assert_eq!(encoder.encode(&next()), Ok(None));
    let packet = encoder.encode(&next()).expect("room").expect("20 ms are together");
    assert_eq!((packet.ticks, packet.payload.len()), (160, 160));
    assert_eq!(encoder.switch(CodecKind::ComfortNoise, Ptime(20)), Err(CodecError::BadValue));
    assert_eq!(encoder.kind(), CodecKind::Pcma, "the old codec goes on");
    assert_eq!(encoder.switch(CodecKind::Pcma, Ptime(10)), Ok(0));
    assert_eq!(encoder.encode(&next()).expect("room").map(|packet| packet.ticks), Some(80));
}

#[test]
fn protection_changes_in_mid_call() {
    let mut encoder = VoiceEncoder::new(CodecKind::Opus, Ptime(20)).expect("valid");
    let mut frames = voice();
    let mut average = |encoder: &mut VoiceEncoder| {
        let mut total = (0, 0);
        for _ in 0..200 {
            let frame = frames.next().expect("endless");
            if let Some(packet) = encoder.encode(&frame).expect("room") {
                total = (total.0 + packet.payload.len(), total.1 + usize::from(opus::has_fec(packet.payload)));
            }
        }
        total
    };
    let (usual, protected) = average(&mut encoder);
    assert!(protected > 80, "FEC from the start: {protected} of 100");
    let less = Protection { bitrate: 16_000, fec: false, ..Protection::default() };
    encoder.protect(&less).expect("valid");
    let (small, protected) = average(&mut encoder);
    assert!(protected < 5 && small < usual * 3 / 4, "{protected} of 100 with FEC, {small} bytes instead of {usual}");
    let bad = Protection { bitrate: 1, ..Protection::default() };
    assert_eq!(encoder.protect(&bad), Err(CodecError::BadValue));
}

#[test]
fn redundant_packets_carry_the_speech_twice_when_offered_and_wanted() {
    let wanted = Protection { red: true, ..Protection::default() };
    let mut encoder = VoiceEncoder::new(CodecKind::Opus, Ptime(20)).expect("valid");
    encoder.protect(&wanted).expect("valid");
    let mut frames = voice();
    let mut packet = |encoder: &mut VoiceEncoder| {
        let first = frames.next().expect("endless");
        assert_eq!(encoder.encode(&first), Ok(None));
        let second = frames.next().expect("endless");
        let packet = encoder.encode(&second).expect("room").expect("20 ms");
        (packet.is_red, packet.payload.to_vec())
    };
    assert!(!packet(&mut encoder).0, "not offered");
    encoder.offer_red(Some(Pt(111)));
    packet(&mut encoder);
    let (_, before) = packet(&mut encoder);
    let (is_red, now) = packet(&mut encoder);
    let before = red::blocks::<2>(&before).last().expect("new block").payload.to_vec();
    let blocks: Vec<_> = red::blocks::<2>(&now).collect();
    assert!(is_red && blocks.len() == 2);
    assert_eq!((blocks[0].payload, blocks[0].offset), (&before[..], 960));
}
