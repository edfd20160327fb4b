use super::*;
use crate::codec::spectrum::tone_level;
use crate::codec::to_pcm16;

/// What `ffmpeg -c:a g722` (5.1) makes of [`signal`], and what it hears in that, 16-bit little-endian.
const FOREIGN_CODE: &[u8] = include_bytes!("../../../tests/fixtures/g722-foreign.g722");
const FOREIGN_SOUND: &[u8] = include_bytes!("../../../tests/fixtures/g722-foreign.s16");

/// 0.4 s at 16 kHz, only integers: pulses through a resonance, noise, full-scale noise (which saturates the filters), silence.
fn signal() -> Vec<i16> {
    let mut chance = 12_345u32;
    let mut white = || {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        i64::from(chance as i32) >> 16
    };
    let mut memory = [0i64; 2];
    (0..6400)
        .map(|n| match n {
            0..3200 => {
                let pulse = if n % 133 == 0 { 9_000 } else { 0 };
                let out = pulse + (31_000 * memory[0] - 15_500 * memory[1]) / 16_384;
                memory = [out, memory[0]];
                (out + white() / 200).clamp(-32_768, 32_767) as i16
            }
            3200..4800 => (white() / 16) as i16,
            4800..5600 => white() as i16,
            _ => 0,
        })
        .collect()
}

/// The same bytes and samples as an implementation that passes the ITU's own test vectors.
#[test]
fn both_directions_are_bit_exact() {
    let signal = signal();
    let mut encoder = Encoder::new();
    let code: Vec<u8> = signal.as_chunks::<2>().0.iter().map(|pair| encoder.pair(*pair)).collect();
    let first = code.iter().zip(FOREIGN_CODE).position(|(ours, theirs)| ours != theirs);
    assert_eq!((first, code.len()), (None, FOREIGN_CODE.len()), "first different byte");
    let mut decoder = Decoder::new();
    let sound: Vec<i16> = FOREIGN_CODE.iter().flat_map(|byte| decoder.byte(*byte)).collect();
    let theirs: Vec<i16> = FOREIGN_SOUND.as_chunks::<2>().0.iter().map(|bytes| i16::from_le_bytes(*bytes)).collect();
    let first = sound.iter().zip(&theirs).position(|(ours, theirs)| ours != theirs);
    assert_eq!((first, sound.len()), (None, theirs.len()), "first different sample");
}

#[test]
fn tones_in_both_bands_come_through() {
    for hz in [300.0, 1000.0, 3000.0, 5500.0, 6800.0] {
        let tone: Vec<f32> =
            (0..16_000).map(|n| 0.3 * (n as f32 * std::f32::consts::TAU * hz / 16_000.0).sin()).collect();
        let (mut code, mut out) = (vec![0; 8000], vec![0.0; 16_000]);
        assert_eq!(Encoder::new().encode(&tone, &mut code), 8000);
        assert_eq!(Decoder::new().decode(&code, &mut out), 16_000);
        let (level, rest) = tone_level(&out[4000..], 16_000, hz);
        assert!((20.0 * (level / 0.3).log10()).abs() < 1.0, "{hz} Hz: level {level}");
        let snr_db = 20.0 * (level / std::f32::consts::SQRT_2 / rest).log10();
        assert!(snr_db > if hz < 4000.0 { 30.0 } else { 12.0 }, "{hz} Hz: {snr_db} dB");
    }
}

#[test]
fn lengths_that_do_not_fit_are_cut() {
    let mut out = [9.0; 5];
    assert_eq!(Decoder::new().decode(&[1, 2, 3, 4], &mut out), 4);
    assert_eq!(out[4], 9.0);
    let mut code = [0; 8];
    assert_eq!(Encoder::new().encode(&[0.0; 5], &mut code), 2);
    assert_eq!(to_pcm16(f32::NAN), 0);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(0u8.., 0..2000)) {
        let mut out = vec![0.0; bytes.len() * 2];
        Decoder::new().decode(&bytes, &mut out);
        proptest::prop_assert!(out.iter().all(|s| (-1.0..=1.0).contains(s)));
    }
}
