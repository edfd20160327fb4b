//! For tests: something that a speech codec takes for speech, the same every time.

/// Pulses at a gliding pitch through three formants, in syllables of 240 ms.
pub(crate) struct Voice {
    n: usize,
    phase: f32,
    formants: [(f32, f32, f32, [f32; 2]); 3],
}

impl Default for Voice {
    fn default() -> Self {
        let formant = |hz: f32, bandwidth: f32, gain: f32| {
            let radius = (-std::f32::consts::PI * bandwidth / 48_000.0).exp();
            let turn = std::f32::consts::TAU * hz / 48_000.0;
            (2.0 * radius * turn.cos(), -radius * radius, gain * (1.0 - radius), [0.0; 2])
        };
        let formants = [formant(650.0, 80.0, 1.0), formant(1100.0, 100.0, 0.6), formant(2500.0, 150.0, 0.3)];
        Voice { n: 0, phase: 0.0, formants }
    }
}

impl Iterator for Voice {
    type Item = f32;
    fn next(&mut self) -> Option<f32> {
        let seconds = self.n as f32 / 48_000.0;
        self.n += 1;
        let pitch = 120.0 + 20.0 * (std::f32::consts::TAU * 1.3 * seconds).sin();
        self.phase += pitch / 48_000.0;
        let pulse = if self.phase >= 1.0 { 8.0 } else { 0.0 };
        self.phase = self.phase.fract();
        let syllable = (std::f32::consts::PI * (seconds / 0.24).fract()).sin();
        let sound: f32 = self
            .formants
            .iter_mut()
            .map(|(a, b, gain, state)| {
                let out = pulse * *gain + *a * state[0] + *b * state[1];
                *state = [out, state[0]];
                out
            })
            .sum();
        Some((sound * syllable).clamp(-0.9, 0.9))
    }
}

/// `count` packets of it, encoded as a call would.
pub(crate) fn packets(count: usize) -> Vec<Vec<u8>> {
    encode(count, Voice::default())
}

/// Encodes `count` packets of any sound.
pub(crate) fn encode(count: usize, mut sound: impl Iterator<Item = f32>) -> Vec<Vec<u8>> {
    let mut encoder =
        super::opus::Encoder::new(super::opus::EncoderConfig::default()).expect("default values are valid");
    let mut out = [0u8; super::opus::MAX_PACKET_BYTES];
    (0..count)
        .map(|_| {
            let pcm: [f32; super::opus::PACKET_SAMPLES] = std::array::from_fn(|_| sound.next().unwrap_or(0.0));
            let len = encoder.encode(&pcm, &mut out).expect("room for any packet");
            out[..len].to_vec()
        })
        .collect()
}

#[test]
fn it_is_taken_for_speech() {
    let packets = packets(50);
    let protected = packets.iter().filter(|packet| super::opus::has_fec(packet)).count();
    let rms = crate::level::rms(&Voice::default().take(48_000).collect::<Vec<_>>());
    let modes: Vec<u8> = packets.iter().map(|p| p[0] >> 3).collect();
    assert!(protected > 40 && rms > 0.05, "{protected} of 50 packets carry FEC, level {rms}, {modes:?}");
}
