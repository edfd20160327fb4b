//! The sounds a telephone makes itself.
//!
//! Call progress tones are those of Saudi Arabia and most of Europe: 425 Hz with the cadences of ITU-T E.180 supplement 2.
//! Ringing is a bell of our own.

use std::f32::consts::TAU;

use base::{FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE};

use crate::{Frame, SILENT_FRAME};

/// A sound that the phone makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The other side rings.
    Ringback,
    /// The other side talks to somebody else.
    Busy,
    /// The call cannot be completed.
    Congestion,
    /// Somebody calls while we talk.
    CallWaiting,
    /// Somebody calls.
    Ring,
    /// Both sides hear that the call is recorded, once, 200 ms, −29 dBFS (1400 Hz, as recorders do).
    Recorded,
    /// Feedback for a key, once, 100 ms (ITU-T Q.23). One of `0-9*#A-D`; another character is silent.
    Dtmf(char),
}

/// A stretch of sound or silence.
struct Step {
    sounds: bool,
    ms: u32,
}

const fn on(ms: u32) -> Step {
    Step { sounds: true, ms }
}

const fn off(ms: u32) -> Step {
    Step { sounds: false, ms }
}

impl Tone {
    fn cadence(self) -> &'static [Step] {
        match self {
            Tone::Ringback => &const { [on(1200), off(4600)] },
            Tone::Busy => &const { [on(500), off(500)] },
            Tone::Congestion => &const { [on(250), off(250)] },
            Tone::CallWaiting => &const { [on(150), off(200), on(150), off(10_000)] },
            Tone::Ring => &const { [on(2000), off(1500)] },
            Tone::Recorded => &const { [on(200)] },
            Tone::Dtmf(_) => &const { [on(100)] },
        }
    }

    /// Whether it begins anew when its cadence ends.
    #[must_use]
    pub fn repeats(self) -> bool {
        !matches!(self, Tone::Dtmf(_) | Tone::Recorded)
    }

    /// Frequencies in Hz and amplitudes of a steady tone; zeros for what is not there.
    fn partials(self) -> [(f32, f32); 2] {
        match self {
            Tone::Ringback | Tone::Busy | Tone::Congestion => [(425.0, 0.1), (0.0, 0.0)],
            Tone::CallWaiting => [(425.0, 0.06), (0.0, 0.0)],
            Tone::Recorded => [(1400.0, 0.05), (0.0, 0.0)],
            Tone::Ring => [(0.0, 0.0); 2],
            Tone::Dtmf(key) => dtmf(key).map_or([(0.0, 0.0); 2], |(low, high)| [(low, 0.04), (high, 0.05)]),
        }
    }
}

/// Low and high frequency of a key (ITU-T Q.23).
fn dtmf(key: char) -> Option<(f32, f32)> {
    const KEYS: &str = "123A456B789C*0#D";
    let index = KEYS.find(key.to_ascii_uppercase())?;
    Some(([697.0, 770.0, 852.0, 941.0][index / 4], [1209.0, 1336.0, 1477.0, 1633.0][index % 4]))
}

/// Plays a tone frame by frame.
#[derive(Clone, Debug)]
pub struct ToneGenerator {
    tone: Tone,
    volume: f32,
    /// Position in the cadence, samples.
    at: usize,
    ended: bool,
}

impl ToneGenerator {
    /// From the beginning of its cadence. `volume` 0.0..=1.0 scales the tone's own level.
    #[must_use]
    pub fn new(tone: Tone, volume: f32) -> Self {
        ToneGenerator { tone, volume: volume.clamp(0.0, 1.0), at: 0, ended: false }
    }

    /// What is played.
    #[must_use]
    pub fn tone(&self) -> Tone {
        self.tone
    }

    /// The next 10 ms; `None` when a tone that does not repeat has ended.
    pub fn next_frame(&mut self) -> Option<Frame> {
        if self.ended {
            return None;
        }
        let cadence = self.tone.cadence();
        let (mut start, mut frame) = (0, SILENT_FRAME);
        for step in cadence {
            let length = samples(step.ms);
            if step.sounds && (start..start + length).contains(&self.at) {
                self.sound(self.at - start, length, &mut frame);
            }
            start += length;
        }
        self.at += FRAME_SAMPLES;
        if self.at >= start {
            self.at = 0;
            self.ended = !self.tone.repeats();
        }
        Some(frame)
    }

    /// `from`: samples since the step began; `length`: its samples. Steps are whole frames.
    fn sound(&self, from: usize, length: usize, frame: &mut Frame) {
        if self.tone == Tone::Ring {
            return bell(from, self.volume, frame);
        }
        for (hz, amplitude) in self.tone.partials().into_iter().filter(|(hz, _)| *hz > 0.0) {
            for (n, sample) in frame.iter_mut().enumerate() {
                let at = from + n;
                *sample +=
                    self.volume * amplitude * edge(at, length) * (TAU * hz * at as f32 / SAMPLE_RATE as f32).sin();
            }
        }
    }
}

fn samples(ms: u32) -> usize {
    (ms / FRAME_MS) as usize * FRAME_SAMPLES
}

/// 5 ms up and down, so that nothing clicks.
fn edge(at: usize, length: usize) -> f32 {
    const RAMP: usize = 240;
    let near = at.min(length - 1 - at.min(length - 1));
    if near >= RAMP { 1.0 } else { 0.5 - 0.5 * (std::f32::consts::PI * near as f32 / RAMP as f32).cos() }
}

/// Two bells, struck by turns: D6, A5, D6, A5. Each has its note and a partial at 2.76 times of it, as a bar has, that dies sooner.
fn bell(from: usize, volume: f32, frame: &mut Frame) {
    const STRIKES: [(f32, f32); 4] = [(0.0, 1174.66), (0.18, 880.0), (0.8, 1174.66), (0.98, 880.0)];
    const PARTIALS: [(f32, f32, f32); 2] = [(1.0, 0.22, 0.22), (2.76, 0.06, 0.08)];
    for (start, note) in STRIKES {
        for (n, sample) in frame.iter_mut().enumerate() {
            let seconds = (from + n) as f32 / SAMPLE_RATE as f32 - start;
            if seconds <= 0.0 {
                continue;
            }
            let attack = (seconds / 0.003).min(1.0);
            for (ratio, amplitude, decay) in PARTIALS {
                *sample +=
                    volume * amplitude * attack * (-seconds / decay).exp() * (TAU * note * ratio * seconds).sin();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::spectrum::{loudest, tone_level};

    fn play(tone: Tone, frames: usize) -> Vec<f32> {
        let mut generator = ToneGenerator::new(tone, 1.0);
        (0..frames).map_while(|_| generator.next_frame()).flatten().collect()
    }

    #[test]
    fn progress_tones_are_425_hz_in_their_cadence() {
        for (tone, on_ms, off_ms) in
            [(Tone::Ringback, 1200, 4600), (Tone::Busy, 500, 500), (Tone::Congestion, 250, 250)]
        {
            let sound = play(tone, (on_ms + off_ms) / 10 * 2);
            let (on, period) = (on_ms * 48, (on_ms + off_ms) * 48);
            for start in [0, period] {
                let (level, rest) = tone_level(&sound[start + 480..start + on - 480], 48_000, 425.0);
                assert!((level - 0.1).abs() < 0.005 && rest < 0.001, "{tone:?}: level {level}, rest {rest}");
                assert!(sound[start + on..start + period].iter().all(|s| *s == 0.0), "{tone:?}: pause is silent");
            }
        }
    }

    #[test]
    fn dtmf_has_both_frequencies_and_ends() {
        for (key, low, high) in [('1', 697.0, 1209.0), ('0', 941.0, 1336.0), ('#', 941.0, 1477.0), ('d', 941.0, 1633.0)]
        {
            let sound = play(Tone::Dtmf(key), 1000);
            assert_eq!(sound.len(), 4800, "{key}: 100 ms");
            let (low_level, _) = tone_level(&sound[240..4560], 48_000, low);
            let (high_level, _) = tone_level(&sound[240..4560], 48_000, high);
            assert!(
                (low_level - 0.04).abs() < 0.005 && (high_level - 0.05).abs() < 0.005,
                "{key}: {low_level} {high_level}"
            );
        }
        assert!(play(Tone::Dtmf('x'), 20).iter().all(|s| *s == 0.0));
    }

    #[test]
    fn no_tone_clicks_or_clips() {
        for tone in [Tone::Ringback, Tone::Busy, Tone::CallWaiting, Tone::Ring, Tone::Dtmf('5')] {
            let sound = play(tone, 400);
            let peak = sound.iter().fold(0.0f32, |m, s| m.max(s.abs()));
            assert!(peak < 0.7, "{tone:?} peaks at {peak}");
            let jump = sound.windows(2).fold(0.0f32, |m, w| m.max((w[1] - w[0]).abs()));
            assert!(jump < 0.15, "{tone:?} jumps by {jump}");
        }
    }

    #[test]
    fn the_bell_rings_with_its_notes_and_pauses() {
        let sound = play(Tone::Ring, 350);
        let note = loudest(&sound[..8640], 48_000);
        assert!((note - 1174.66).abs() < 8.0, "first strike at {note} Hz");
        assert!(crate::level::rms(&sound[..48_000]) > 0.03, "a bell is to be heard");
        assert!(sound[2000 * 48..].iter().all(|s| *s == 0.0), "then it rests");
    }

    #[test]
    fn volume_scales() {
        let mut quiet = ToneGenerator::new(Tone::Busy, 0.5);
        let frames: Vec<f32> = (0..40).filter_map(|_| quiet.next_frame()).flatten().collect();
        let (level, _) = tone_level(&frames[480..], 48_000, 425.0);
        assert!((level - 0.05).abs() < 0.003, "{level}");
    }
}
