//! Whether somebody speaks: level against the room's noise, and pitch.

use super::decimated::{Decimated, RATE_8K_FRAME};
use super::floor::NoiseFloor;
use crate::Frame;

/// 30 ms at 8 kHz: two periods of a low voice.
const WINDOW: usize = 240;
/// Pitch from 70 to 400 Hz.
const SHORTEST: usize = 20;
const LONGEST: usize = 114;
/// How much of a period must return in the next one.
const PERIODIC: f32 = 0.6;
/// Decibels above the noise.
const ABOVE_NOISE: f32 = 9.0;
/// Quieter is not meant for anybody.
const LEAST_DBFS: f32 = -58.0;
/// Voiced frames in a row that are no accident.
const VOICED: u8 = 4;
/// Frames that still belong to speech after the last voiced one: consonants and the gaps between words.
const HOLD: u8 = 20;
/// What the noise is taken for before it is known, dBFS.
const FIRST_NOISE: f32 = -60.0;

/// Hears speech in a microphone signal, muted or not. Clicks, keyboards and steady hum are not speech.
pub struct SpeechDetector {
    decimated: Decimated,
    line: [f32; WINDOW],
    level: f32,
    floor: NoiseFloor,
    voiced: u8,
    hold: u8,
}

impl Default for SpeechDetector {
    fn default() -> Self {
        SpeechDetector::new()
    }
}

impl SpeechDetector {
    /// Has heard nothing.
    #[must_use]
    pub fn new() -> Self {
        SpeechDetector {
            decimated: Decimated::new(),
            line: [0.0; WINDOW],
            level: -100.0,
            floor: NoiseFloor::new(FIRST_NOISE),
            voiced: 0,
            hold: 0,
        }
    }

    /// Whether this frame belongs to speech.
    pub fn hear(&mut self, frame: &Frame) -> bool {
        let new = self.decimated.frame(frame);
        self.line.copy_within(RATE_8K_FRAME.., 0);
        self.line[WINDOW - RATE_8K_FRAME..].copy_from_slice(&new);
        let power = self.line.iter().map(|s| s * s).sum::<f32>() / WINDOW as f32;
        self.level = 10.0 * (power + 1e-12).log10();
        let noise = self.floor.follow(self.level);
        let loud = self.level > LEAST_DBFS && self.level > noise + ABOVE_NOISE;
        self.voiced = if loud && self.is_periodic() { (self.voiced + 1).min(VOICED) } else { 0 };
        self.hold = if self.voiced == VOICED { HOLD } else { self.hold.saturating_sub(1) };
        self.hold > 0
    }

    fn is_periodic(&self) -> bool {
        let new = &self.line[LONGEST..];
        let energy: f32 = new.iter().map(|s| s * s).sum();
        (SHORTEST..=LONGEST).any(|lag| {
            let old = &self.line[LONGEST - lag..WINDOW - lag];
            let (product, other) = new.iter().zip(old).fold((0.0, 0.0), |(p, e), (a, b)| (p + a * b, e + b * b));
            product > PERIODIC * (energy * other).sqrt().max(1e-9)
        })
    }
}

/// "You are muted": speech into a muted microphone, told once it is certain and no longer than it lasts.
#[derive(Clone, Copy, Debug, Default)]
pub struct MutedSpeech {
    /// Frames of speech, leaking.
    heard: u16,
    /// Frames since the last speech.
    since: u16,
    told: bool,
}

impl MutedSpeech {
    /// 400 ms of speech within a second or so.
    const CERTAIN: u16 = 40;
    /// 2.5 s without any.
    const OVER: u16 = 250;

    /// Once a frame; whether the hint should be shown.
    pub fn step(&mut self, muted: bool, speaks: bool) -> bool {
        if !muted {
            *self = MutedSpeech::default();
            return false;
        }
        if speaks {
            self.heard = (self.heard + 1).min(2 * Self::CERTAIN);
            self.since = 0;
        } else {
            self.heard = self.heard.saturating_sub(1);
            self.since = self.since.saturating_add(1);
        }
        self.told = (self.told || self.heard >= Self::CERTAIN) && self.since < Self::OVER;
        self.told
    }
}
