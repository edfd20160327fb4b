//! A WAV file as microphone.

use std::path::Path;
use std::sync::Arc;

use audio::{Resampler, UnsupportedRate};
use base::SampleRate;
use hound::{SampleFormat, WavReader};

/// Longest file taken: ten minutes.
const MOST_SECONDS: u32 = 600;

/// Why a file cannot be a microphone.
#[derive(Debug, thiserror::Error)]
pub enum WavError {
    /// It cannot be read, or is no WAV file.
    #[error("reading the sound file: {0}")]
    Read(#[from] hound::Error),
    /// Its rate is outside 8..=192 kHz.
    #[error(transparent)]
    Rate(#[from] UnsupportedRate),
    /// It holds no sound.
    #[error("the sound file is empty")]
    Empty,
    /// It is longer than ten minutes.
    #[error("the sound file is longer than ten minutes")]
    TooLong,
}

/// Reads a file of any usual rate, width and number of channels as 48 kHz mono. Blocks on the disk.
///
/// # Errors
/// [`WavError`].
pub fn load(path: &Path) -> Result<Arc<[f32]>, WavError> {
    let mut reader = WavReader::open(path)?;
    let spec = reader.spec();
    if reader.duration() > spec.sample_rate.saturating_mul(MOST_SECONDS) {
        return Err(WavError::TooLong);
    }
    let samples: Vec<f32> = match spec.sample_format {
        SampleFormat::Float => reader.samples::<f32>().collect::<Result<_, _>>()?,
        SampleFormat::Int => {
            let scale = 1.0 / (1u64 << (spec.bits_per_sample.max(1) - 1)) as f32;
            reader.samples::<i32>().map(|sample| sample.map(|s| s as f32 * scale)).collect::<Result<_, _>>()?
        }
    };
    let channels = usize::from(spec.channels.max(1));
    let mono: Vec<f32> =
        samples.chunks_exact(channels).map(|frame| frame.iter().sum::<f32>() / channels as f32).collect();
    let mut resampler = Resampler::new(SampleRate(spec.sample_rate), SampleRate(base::SAMPLE_RATE))?;
    let mut sound = Vec::with_capacity(mono.len());
    resampler.process(&mono, |converted| sound.extend_from_slice(converted));
    if sound.is_empty() {
        return Err(WavError::Empty);
    }
    Ok(sound.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stereo_at_16_khz_becomes_48_khz_mono() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let path = folder.path().join("stereo.wav");
        let spec =
            hound::WavSpec { channels: 2, sample_rate: 16_000, bits_per_sample: 16, sample_format: SampleFormat::Int };
        let mut writer = hound::WavWriter::create(&path, spec).expect("writable");
        for n in 0..16_000 {
            let sample = (16_384.0 * (n as f32 * std::f32::consts::TAU * 440.0 / 16_000.0).sin()) as i16;
            writer.write_sample(sample).expect("writable");
            writer.write_sample(sample).expect("writable");
        }
        writer.finalize().expect("writable");
        let sound = load(&path).expect("a plain file");
        assert!(sound.len().abs_diff(48_000) < 600, "{} samples", sound.len());
        let peak = sound.iter().fold(0.0f32, |peak, s| peak.max(s.abs()));
        assert!((peak - 0.5).abs() < 0.02, "peak {peak}");
    }

    #[test]
    fn what_is_no_sound_is_refused() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let path = folder.path().join("words.wav");
        std::fs::write(&path, "no sound at all").expect("writable");
        assert!(matches!(load(&path), Err(WavError::Read(_))));
        assert!(matches!(load(&folder.path().join("nobody.wav")), Err(WavError::Read(_))));
    }
}
