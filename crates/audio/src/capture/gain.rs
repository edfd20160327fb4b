//! Loud enough, and never too loud.

use sonora_agc2::adaptive_digital_gain_controller::{AdaptiveDigitalGainController, FrameInfo};
use sonora_agc2::common::{ADJACENT_SPEECH_FRAMES_THRESHOLD, MIN_LEVEL_DBFS, SATURATION_PROTECTOR_INITIAL_HEADROOM_DB};
use sonora_agc2::noise_level_estimator::NoiseLevelEstimator;
use sonora_agc2::saturation_protector::SaturationProtector;
use sonora_agc2::speech_level_estimator::{AdaptiveDigitalConfig, SpeechLevelEstimator};

use super::bands::FULL_SCALE;
use crate::Frame;

/// Brings speech to a usual level: AGC2's digital part. In place of its own neural network it is told when somebody speaks, which saves
/// three quarters of its cost.
pub(super) struct AutoGain {
    speech: SpeechLevelEstimator,
    noise: NoiseLevelEstimator,
    saturation: SaturationProtector,
    gain: AdaptiveDigitalGainController,
}

impl AutoGain {
    pub(super) fn new() -> Self {
        let config = AdaptiveDigitalConfig {
            headroom_db: 5.0,
            // A whisper is brought to −30 dBFS; more would bring up the room.
            max_gain_db: 30.0,
            initial_gain_db: 6.0,
            max_gain_change_db_per_second: 6.0,
            max_output_noise_level_dbfs: -50.0,
        };
        AutoGain {
            speech: SpeechLevelEstimator::new(&config, ADJACENT_SPEECH_FRAMES_THRESHOLD),
            noise: NoiseLevelEstimator::default(),
            saturation: SaturationProtector::new(
                SATURATION_PROTECTOR_INITIAL_HEADROOM_DB,
                ADJACENT_SPEECH_FRAMES_THRESHOLD,
            ),
            gain: AdaptiveDigitalGainController::new(config, ADJACENT_SPEECH_FRAMES_THRESHOLD),
        }
    }

    /// `limited` is the limiter's level before it took anything away.
    pub(super) fn process(&mut self, frame: &Frame, speaks: bool, limited: f32) -> Frame {
        let mut scaled = frame.map(|sample| sample * FULL_SCALE);
        let peak = frame.iter().fold(0.0f32, |peak, s| peak.max(s.abs()));
        let power = frame.iter().map(|s| s * s).sum::<f32>() / frame.len() as f32;
        let speech_probability = if speaks { 1.0 } else { 0.0 };
        let noise_rms_dbfs = self.noise.analyze(&[&scaled]);
        self.speech.update(dbfs(power.sqrt()), speech_probability);
        self.saturation.analyze(speech_probability, dbfs(peak), self.speech.level_dbfs());
        let info = FrameInfo {
            speech_probability,
            speech_level_dbfs: self.speech.level_dbfs(),
            speech_level_reliable: self.speech.is_confident(),
            noise_rms_dbfs,
            headroom_db: self.saturation.headroom_db(),
            limiter_envelope_dbfs: dbfs(limited),
        };
        self.gain.process(&info, &mut [&mut scaled]);
        scaled.map(|sample| sample / FULL_SCALE)
    }
}

fn dbfs(amplitude: f32) -> f32 {
    (20.0 * amplitude.max(1e-9).log10()).max(MIN_LEVEL_DBFS)
}

/// The loudest that leaves: −1 dBFS, so that no codec clips.
const CEILING: f32 = 0.891;
/// Per sample: 63 % of the way back in 80 ms.
const RELEASE: f32 = 1.0 / (0.08 * base::SAMPLE_RATE as f32);

/// Takes the gain back at once when a sample would be too loud, and gives it back slowly. No look-ahead, so no delay.
pub(super) struct Limiter {
    gain: f32,
    /// The loudest sample of the last frame before limiting.
    pub level: f32,
}

impl Limiter {
    pub(super) fn new() -> Self {
        Limiter { gain: 1.0, level: 0.0 }
    }

    pub(super) fn process(&mut self, frame: &mut Frame) {
        self.level = frame.iter().fold(0.0f32, |peak, s| peak.max(s.abs()));
        if self.level <= CEILING && self.gain > 0.9999 {
            self.gain = 1.0;
            return;
        }
        for sample in frame {
            self.gain += (1.0 - self.gain) * RELEASE;
            if sample.abs() * self.gain > CEILING {
                self.gain = CEILING / sample.abs();
            }
            *sample *= self.gain;
        }
    }
}
