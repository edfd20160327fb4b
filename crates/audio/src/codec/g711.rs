//! ITU-T G.711: eight bits a sample at 8 kHz, in two national flavours (RTP payload types 0 and 8, RFC 3551 §4.5.14).
//!
//! Computed, not looked up: a code is a sign, an exponent and four bits of mantissa. 0 dBov is an amplitude of 1.0, so the largest
//! values are 32 124 / 32 768 (µ-law) and 32 256 / 32 768 (A-law), as in the tables 2a and 1a of the recommendation, left-justified to 16 bits.

use super::{from_pcm16, to_pcm16};

/// µ-law's bias: it makes every segment twice as long as the one before it.
const BIAS: u32 = 33 << 2;
/// The largest magnitude that µ-law can tell apart, 8159 of 8192.
const MOST_ULAW: u32 = 8158 << 2 | 3;

/// µ-law to samples; stops at the shorter of the two and returns how many were written.
pub fn decode_ulaw(bytes: &[u8], out: &mut [f32]) -> usize {
    each(bytes, out, |byte| from_pcm16(ulaw_value(byte)))
}

/// A-law to samples; stops at the shorter of the two and returns how many were written.
pub fn decode_alaw(bytes: &[u8], out: &mut [f32]) -> usize {
    each(bytes, out, |byte| from_pcm16(alaw_value(byte)))
}

/// Samples to µ-law by the decision values of table 2a; stops at the shorter of the two and returns how many were written.
pub fn encode_ulaw(pcm: &[f32], out: &mut [u8]) -> usize {
    each(pcm, out, |sample| ulaw_code(to_pcm16(sample)))
}

/// Samples to A-law by the decision values of table 1a; stops at the shorter of the two and returns how many were written.
pub fn encode_alaw(pcm: &[f32], out: &mut [u8]) -> usize {
    each(pcm, out, |sample| alaw_code(to_pcm16(sample)))
}

fn each<A: Copy, B>(from: &[A], to: &mut [B], convert: impl Fn(A) -> B) -> usize {
    from.iter().zip(to.iter_mut()).map(|(a, b)| *b = convert(*a)).count()
}

fn ulaw_value(code: u8) -> i16 {
    let code = !code;
    let (exponent, mantissa) = (u32::from(code >> 4 & 7), u32::from(code & 15));
    let magnitude = (((mantissa << 3) + BIAS) << exponent) - BIAS;
    signed(magnitude, code & 0x80 != 0)
}

fn ulaw_code(sample: i16) -> u8 {
    let biased = u32::from(sample.unsigned_abs()).min(MOST_ULAW) + BIAS;
    // The bias makes the highest bit at least 2⁷.
    let exponent = biased.ilog2() - 7;
    let mantissa = biased >> (exponent + 3) & 15;
    let sign = if sample < 0 { 0x80 } else { 0 };
    !(sign | (exponent << 4 | mantissa) as u8)
}

fn alaw_value(code: u8) -> i16 {
    // Every second bit is inverted on the wire (§3.3 note: it keeps the line's clock alive).
    let code = code ^ 0x55;
    let (exponent, mantissa) = (u32::from(code >> 4 & 7), u32::from(code & 15));
    let step = (mantissa << 4) + 8;
    let magnitude = if exponent == 0 { step } else { (step + 256) << (exponent - 1) };
    signed(magnitude, code & 0x80 == 0)
}

fn alaw_code(sample: i16) -> u8 {
    let magnitude = u32::from(sample.unsigned_abs()).min(32_767);
    let code = if magnitude < 256 {
        magnitude >> 4
    } else {
        let exponent = magnitude.ilog2() - 7;
        exponent << 4 | magnitude >> (exponent + 3) & 15
    };
    let sign = if sample < 0 { 0 } else { 0x80 };
    (sign | code as u8) ^ 0x55
}

/// The largest magnitude of both laws is below 2¹⁵.
fn signed(magnitude: u32, negative: bool) -> i16 {
    if negative { -(magnitude as i16) } else { magnitude as i16 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Table 2a/G.711 (×4) and table 1a/G.711 (×8): the value of the first code of each positive segment, and of the very last.
    #[test]
    fn values_are_those_of_the_recommendation() {
        let ulaw = [0xff, 0xef, 0xdf, 0xcf, 0xbf, 0xaf, 0x9f, 0x8f, 0x80].map(ulaw_value);
        assert_eq!(ulaw, [0, 33, 99, 231, 495, 1023, 2079, 4191, 8031].map(|value| value * 4));
        let alaw = [0xd5, 0xc5, 0xf5, 0xe5, 0x95, 0x85, 0xb5, 0xa5, 0xaa].map(alaw_value);
        assert_eq!(alaw, [1, 33, 66, 132, 264, 528, 1056, 2112, 4032].map(|value| value * 8));
        assert_eq!((ulaw_value(0x00), alaw_value(0x2a)), (-8031 * 4, -4032 * 8));
    }

    #[test]
    fn every_code_comes_back() {
        for code in 0..=255u8 {
            assert_eq!(alaw_code(alaw_value(code)), code);
            // µ-law has two zeros; the positive one is sent.
            let expected = if code == 0x7f { 0xff } else { code };
            assert_eq!(ulaw_code(ulaw_value(code)), expected);
        }
    }

    /// Note to the tables: a value lies in the middle between its decision values, so the decisions follow from the values one by one.
    #[test]
    fn every_sample_lies_between_the_decision_values_of_its_code() {
        let check = |name: &str, positive: &dyn Fn(u8) -> u8, first: i32, value: fn(u8) -> i16, code: fn(i16) -> u8| {
            let mut from = -first;
            for number in 0..=127 {
                let middle = i32::from(value(positive(number)));
                let to = if number == 127 { 32_768 } else { 2 * middle - from };
                for sample in from.max(0)..to {
                    assert_eq!(code(sample as i16), positive(number), "{name} of {sample}");
                    let negative = positive(number) ^ 0x80;
                    assert!(sample == 0 || code(-sample as i16) == negative, "{name} of −{sample}");
                }
                from = to;
            }
        };
        check("µ-law", &|number| !number, 4, ulaw_value, ulaw_code);
        check("A-law", &|number| (number | 0x80) ^ 0x55, 0, alaw_value, alaw_code);
    }

    #[test]
    fn slices_of_different_length_meet_at_the_shorter() {
        let mut out = [0.0; 3];
        assert_eq!(decode_ulaw(&[0x80; 2], &mut out), 2);
        assert_eq!(out, [32_124.0 / 32_768.0, 32_124.0 / 32_768.0, 0.0]);
        let mut codes = [0; 2];
        assert_eq!(encode_alaw(&[2.0, f32::NAN, 0.0], &mut codes), 2);
        assert_eq!(codes, [0xaa, 0xd5], "too loud is full scale, nonsense is silence");
    }
}
