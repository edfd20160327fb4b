use super::*;
use crate::codec::spectrum::tone_level;
use crate::codec::voice;

#[test]
fn a_tone_survives_the_round_trip_with_20_db_to_spare() {
    let mut decoder = Decoder::new().expect("memory");
    let mut sound = Vec::new();
    let mut out = [0.0; MAX_PACKET_SAMPLES];
    let tone = (0..).map(|n| 0.5 * (n as f32 * std::f32::consts::TAU * 1000.0 / 48_000.0).sin());
    for packet in voice::encode(60, tone) {
        let count = decoder.decode(&packet, &mut out).expect("our own packet");
        assert_eq!(count, PACKET_SAMPLES);
        sound.extend_from_slice(&out[..count]);
    }
    let (level, rest) = tone_level(&sound[9600..], 48_000, 1000.0);
    assert!((level - 0.5).abs() < 0.06, "level {level}");
    let snr_db = 20.0 * (level / std::f32::consts::SQRT_2 / rest).log10();
    assert!(snr_db > 20.0, "signal to noise {snr_db} dB");
}

#[test]
fn the_rate_is_kept() {
    let bytes: usize = voice::packets(100).iter().map(Vec::len).sum();
    let bitrate = bytes * 8 / 2;
    assert!((20_000..48_000).contains(&bitrate), "{bitrate} bit/s for 32 kbit/s VBR");
}

#[test]
fn a_lost_packet_comes_back_from_the_next_one() {
    let sent = voice::packets(40);
    assert!(has_fec(&sent[31]), "FEC for 10 % loss is written");
    let (mut whole, mut lossy) = (Decoder::new().expect("memory"), Decoder::new().expect("memory"));
    let (mut out, mut heard, mut restored) = ([0.0; MAX_PACKET_SAMPLES], [0.0; 960], [0.0; 960]);
    for packet in &sent[..30] {
        whole.decode(packet, &mut out).expect("our own packet");
        lossy.decode(packet, &mut out).expect("our own packet");
    }
    whole.decode(&sent[30], &mut heard).expect("our own packet");
    assert_eq!(lossy.decode_fec(&sent[31], &mut restored), Ok(960));
    let energy: f32 = heard.iter().map(|s| s * s).sum();
    let error: f32 = heard.iter().zip(&restored).map(|(a, b)| (a - b) * (a - b)).sum();
    assert!(error < energy * 0.5, "restored sound differs too much: {error} of {energy}");
}

#[test]
fn concealment_sounds_like_what_was_before() {
    let mut decoder = Decoder::new().expect("memory");
    let mut out = [0.0; MAX_PACKET_SAMPLES];
    for packet in voice::packets(30) {
        decoder.decode(&packet, &mut out).expect("our own packet");
    }
    let mut invented = [0.0; 480];
    assert_eq!(decoder.conceal(&mut invented), Ok(480));
    assert!(crate::level::rms(&invented) > 0.02, "concealment is not silence");
}

#[test]
fn damaged_packets_are_errors_not_crashes() {
    let mut decoder = Decoder::new().expect("memory");
    let mut out = [0.0; MAX_PACKET_SAMPLES];
    assert_eq!(decoder.decode(&[], &mut out), Err(CodecError::Malformed));
    assert_eq!(packet_samples(&[]), Err(CodecError::Malformed));
    // Code 3 packet (RFC 6716 §3.2.5) that announces more frames than 120 ms.
    assert_eq!(packet_samples(&[0x7b, 0x3f]), Err(CodecError::Malformed));
    assert!(decoder.decode(&[0x7b, 0x3f, 1, 2], &mut out).is_err());
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_survived(packets in proptest::collection::vec(proptest::collection::vec(0u8.., 0..200), 1..20)) {
        let mut decoder = Decoder::new().expect("memory");
        let mut out = [0.0; MAX_PACKET_SAMPLES];
        for packet in &packets {
            let _ = has_fec(packet);
            let _ = packet_samples(packet);
            let _ = decoder.decode(packet, &mut out);
            let _ = decoder.decode_fec(packet, &mut out[..960]);
        }
    }
}
