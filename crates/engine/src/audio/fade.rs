//! Short fades, so that a change of devices does not click.

use audio::Frame;

/// 5 ms at 48 kHz.
const FADE_SAMPLES: usize = 240;

/// The first 5 ms rise from silence.
pub(super) fn fade_in(frame: &mut Frame) {
    for (n, sample) in frame.iter_mut().take(FADE_SAMPLES).enumerate() {
        *sample *= n as f32 / FADE_SAMPLES as f32;
    }
}

/// The first 5 ms fall to silence, the rest is silent.
pub(super) fn fade_out(frame: &mut Frame) {
    for (n, sample) in frame.iter_mut().enumerate() {
        *sample *= FADE_SAMPLES.saturating_sub(n) as f32 / FADE_SAMPLES as f32;
    }
}

/// From one sound to another within 5 ms.
pub(super) fn cross(mut from: Frame, to: &mut Frame) {
    fade_out(&mut from);
    fade_in(to);
    for (sample, old) in to.iter_mut().zip(from) {
        *sample += old;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sound_crosses_without_a_change() {
        let mut to = [0.5; base::FRAME_SAMPLES];
        cross(to, &mut to);
        assert!(to.iter().all(|sample| (sample - 0.5).abs() < 1e-6));
    }

    #[test]
    fn no_step_is_larger_than_a_fade_makes_it() {
        let mut to = [-0.5; base::FRAME_SAMPLES];
        cross([0.5; base::FRAME_SAMPLES], &mut to);
        let step = to.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(step < 0.01, "{step}");
    }
}
