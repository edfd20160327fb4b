//! From one sample rate to another.

use audioadapter_buffers::direct::InterleavedSlice;
use base::SampleRate;
use rubato::{Async, FixedAsync, Resampler as _, SincInterpolationParameters, SincInterpolationType, WindowFunction};

use crate::SampleFifo;

/// A rate outside 8..=192 kHz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot convert from {from} to {to} samples per second")]
pub struct UnsupportedRate {
    /// The rate given.
    pub from: u32,
    /// The rate wanted.
    pub to: u32,
}

/// Converts a mono stream between two fixed rates. Band-limited (sinc, 64 points); equal rates pass through untouched.
///
/// Works on blocks of 10 ms: what is pushed waits until a block is full. Adds 32 samples of delay at the input rate.
pub struct Resampler(Option<Converter>);

struct Converter {
    inner: Async<f32>,
    waiting: SampleFifo,
    block: Box<[f32]>,
    converted: Box<[f32]>,
}

impl Resampler {
    /// A converter between two rates.
    ///
    /// # Errors
    /// [`UnsupportedRate`] when one of them is outside 8..=192 kHz.
    pub fn new(from: SampleRate, to: SampleRate) -> Result<Self, UnsupportedRate> {
        let refused = UnsupportedRate { from: from.0, to: to.0 };
        let plausible = 8_000..=192_000;
        if !plausible.contains(&from.0) || !plausible.contains(&to.0) {
            return Err(refused);
        }
        if from == to {
            return Ok(Resampler(None));
        }
        let parameters = SincInterpolationParameters {
            sinc_len: 64,
            f_cutoff: None,
            oversampling_factor: 256,
            interpolation: SincInterpolationType::Linear,
            window: WindowFunction::BlackmanHarris2,
        };
        let block = (from.0 / 100) as usize;
        let ratio = f64::from(to.0) / f64::from(from.0);
        let inner = Async::new_sinc(ratio, 1.1, &parameters, block, 1, FixedAsync::Input).map_err(|_| refused)?;
        let room = inner.output_frames_max();
        Ok(Resampler(Some(Converter {
            inner,
            waiting: SampleFifo::new(block * 64),
            block: vec![0.0; block].into_boxed_slice(),
            converted: vec![0.0; room].into_boxed_slice(),
        })))
    }

    /// Takes any number of samples; hands the converted ones to `out`, in order, as they come about.
    pub fn process(&mut self, samples: &[f32], mut out: impl FnMut(&[f32])) {
        let Some(converter) = &mut self.0 else { return out(samples) };
        for piece in samples.chunks(converter.block.len()) {
            converter.waiting.push(piece);
            while converter.waiting.len() >= converter.block.len() {
                converter.waiting.pop(&mut converter.block);
                let count = converter.convert();
                out(&converter.converted[..count]);
            }
        }
    }
}

impl Converter {
    fn convert(&mut self) -> usize {
        let (block, room) = (self.block.len(), self.converted.len());
        let input = InterleavedSlice::new(&self.block[..], 1, block).expect("one channel of exactly this length");
        let mut output =
            InterleavedSlice::new_mut(&mut self.converted[..], 1, room).expect("one channel of exactly this length");
        let (_, written) = self
            .inner
            .process_into_buffer(&input, &mut output, None)
            .expect("the block has the chunk size and the output has room for the largest result");
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::spectrum::tone_level;

    fn convert(from: u32, to: u32, hz: f32, pieces: usize) -> Vec<f32> {
        let mut resampler = Resampler::new(SampleRate(from), SampleRate(to)).expect("usual rates");
        let input: Vec<f32> =
            (0..from).map(|n| 0.5 * (n as f32 * std::f32::consts::TAU * hz / from as f32).sin()).collect();
        let mut out = Vec::new();
        input.chunks(pieces).for_each(|piece| resampler.process(piece, |s| out.extend_from_slice(s)));
        out
    }

    #[test]
    fn a_tone_keeps_pitch_and_level_at_every_usual_rate() {
        for (from, to) in
            [(44_100, 48_000), (48_000, 44_100), (16_000, 48_000), (48_000, 16_000), (8_000, 48_000), (96_000, 48_000)]
        {
            let out = convert(from, to, 1000.0, 333);
            let expected = to as usize;
            assert!(out.len().abs_diff(expected) < to as usize / 40, "{from}→{to}: {} samples", out.len());
            let (level, rest) = tone_level(&out[to as usize / 4..], to, 1000.0);
            assert!((level - 0.5).abs() < 0.01, "{from}→{to}: level {level}");
            assert!(rest < 0.5 * 0.003, "{from}→{to}: residue {rest} is above −50 dB");
        }
    }

    #[test]
    fn what_a_lower_rate_cannot_carry_is_removed_not_folded() {
        let out = convert(48_000, 16_000, 12_000.0, 480);
        let rms = crate::level::rms(&out[4000..]);
        assert!(rms < 0.35 * 0.01, "12 kHz folded to 4 kHz with {rms}");
    }

    #[test]
    fn equal_rates_pass_through() {
        let mut resampler = Resampler::new(SampleRate(48_000), SampleRate(48_000)).expect("same rate");
        let mut out = Vec::new();
        resampler.process(&[0.1, 0.2, 0.3], |s| out.extend_from_slice(s));
        assert_eq!(out, [0.1, 0.2, 0.3]);
    }

    #[test]
    fn nonsense_rates_are_refused() {
        assert!(Resampler::new(SampleRate(0), SampleRate(48_000)).is_err());
        assert!(Resampler::new(SampleRate(48_000), SampleRate(1_000_000)).is_err());
    }
}
