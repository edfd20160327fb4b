//! A voice-like sound, made once and played in every call: vowels with pitch and formants, in syllables, words and pauses. It says nothing.

use std::f32::consts::TAU;

use audio::codec::opus::{CodecError, Encoder, EncoderConfig, MAX_PACKET_BYTES};
use base::{Chance, SAMPLE_RATE};
use bytes::Bytes;

/// Samples of a packet of 20 ms.
const PACKET: usize = SAMPLE_RATE as usize / 50;
/// Packets of the whole sound: four seconds.
const PACKETS: usize = 200;
/// Partials of a vowel. Above them a telephone voice has little.
const PARTIALS: usize = 14;
/// First two formants of five vowels, Hz.
const VOWELS: [(f32, f32); 5] = [(700.0, 1200.0), (500.0, 1800.0), (320.0, 2200.0), (480.0, 900.0), (340.0, 800.0)];

/// Opus packets of 20 ms that may be repeated for ever.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    pub packets: Vec<Bytes>,
}

impl Voice {
    /// A voice of this pitch in Hz.
    pub(crate) fn of(pitch: f32, chance: &mut Chance) -> Result<Voice, CodecError> {
        // Nobody judges its quality: complexity 4 and 24 kbit/s are plenty, and it is encoded only once.
        let config = EncoderConfig { bitrate: 24_000, complexity: 4, ..EncoderConfig::default() };
        let mut encoder = Encoder::new(config)?;
        let sound = babble(pitch, chance);
        let mut out = [0; MAX_PACKET_BYTES];
        let mut packets = Vec::with_capacity(PACKETS);
        for frame in sound.chunks_exact(PACKET) {
            let length = encoder.encode(frame, &mut out)?;
            packets.push(Bytes::copy_from_slice(&out[..length]));
        }
        Ok(Voice { packets })
    }
}

/// Syllables of 140 to 260 ms, a pause after some; −20 dBFS or so.
fn babble(pitch: f32, chance: &mut Chance) -> Vec<f32> {
    let total = PACKET * PACKETS;
    let mut sound = Vec::with_capacity(total);
    while sound.len() < total {
        let length = ms(140 + chance.below(120));
        let vowel = VOWELS[chance.below(VOWELS.len() as u64) as usize];
        let bend = 0.85 + chance.below(30) as f32 / 100.0;
        syllable(pitch * bend, vowel, length, &mut sound);
        if chance.below(4) == 0 {
            let pause = ms(80 + chance.below(200));
            sound.extend(std::iter::repeat_n(0.0, pause));
        }
    }
    sound.truncate(total);
    // Silence at both ends, so that it joins with itself.
    let fade = ms(20);
    for at in 0..fade {
        let gain = at as f32 / fade as f32;
        sound[at] *= gain;
        sound[total - 1 - at] *= gain;
    }
    sound
}

fn syllable(pitch: f32, (first, second): (f32, f32), length: usize, sound: &mut Vec<f32>) {
    let loud = |hz: f32| {
        let near = |formant: f32| (-((hz - formant) / 180.0).powi(2)).exp();
        0.02 + near(first) + 0.5 * near(second)
    };
    let partials: Vec<(f32, f32)> = (1..=PARTIALS).map(|n| pitch * n as f32).map(|hz| (hz, 0.12 * loud(hz))).collect();
    for at in 0..length {
        let seconds = at as f32 / SAMPLE_RATE as f32;
        let envelope = (std::f32::consts::PI * at as f32 / length as f32).sin();
        let sample: f32 = partials.iter().map(|(hz, gain)| gain * (TAU * hz * seconds).sin()).sum();
        sound.push((envelope * sample).clamp(-0.9, 0.9));
    }
}

fn ms(ms: u64) -> usize {
    ms as usize * SAMPLE_RATE as usize / 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use audio::codec::opus::Decoder;

    #[test]
    fn a_voice_is_heard_and_has_pauses() {
        let voice = Voice::of(130.0, &mut Chance::from_number(3)).expect("a voice");
        assert_eq!(voice.packets.len(), PACKETS);
        let mut decoder = Decoder::new().expect("a decoder");
        let mut pcm = vec![0.0; PACKET];
        let levels: Vec<f32> = voice
            .packets
            .iter()
            .map(|packet| {
                let count = decoder.decode(packet, &mut pcm).expect("it is Opus");
                (pcm[..count].iter().map(|it| it * it).sum::<f32>() / count as f32).sqrt()
            })
            .collect();
        let speaks = levels.iter().filter(|level| **level > 0.02).count();
        let rests = levels.iter().filter(|level| **level < 0.005).count();
        assert!(speaks > PACKETS / 2 && rests > 3, "{speaks} packets speak, {rests} rest");
    }
}
