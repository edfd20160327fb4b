//! How far sound must be shifted to look like itself.

/// The shortest shift, 2.5 ms: 400 Hz.
pub(super) const SHORTEST: usize = 120;
/// The longest shift, 15 ms: 67 Hz.
pub(super) const LONGEST: usize = 720;
/// How much is compared, 10 ms.
pub(super) const WINDOW: usize = 480;

/// The coarse search runs at 8 kHz.
const COARSE: usize = 6;
const COARSE_WINDOW: usize = WINDOW / COARSE;
/// Taken off the likeness of each coarse step.
const LONGER_IS_WORSE: f32 = 0.03 / COARSE_LONGEST as f32;
const COARSE_LONGEST: usize = LONGEST / COARSE;

/// The best shift and how alike the two pieces are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    /// Samples, [`SHORTEST`]`..=`[`LONGEST`].
    pub shift: usize,
    /// Normalised cross-correlation, −1..=1; 0 for silence.
    pub likeness: f32,
}

/// The shift at which `WINDOW` samples from `at` look most like those `shift` earlier.
/// `samples` reaches from `LONGEST` before `at` to `WINDOW` behind it.
pub(super) fn backward(samples: &[f32], at: usize) -> Match {
    let first = at - LONGEST;
    best(&samples[first..at + WINDOW], LONGEST, |shift| LONGEST - shift, LONGEST)
}

/// The shift, at most `longest`, at which `WINDOW` samples from `at` look most like those `shift` later.
/// `samples` reaches `longest + WINDOW` behind `at`; `longest` is at least [`SHORTEST`].
pub(super) fn forward(samples: &[f32], at: usize, longest: usize) -> Match {
    let longest = longest.min(LONGEST);
    best(&samples[at..at + longest + WINDOW], 0, |shift| shift, longest)
}

/// Compares the window at `fixed` with the windows at `place(shift)`: roughly first, then to the sample.
fn best(piece: &[f32], fixed: usize, place: impl Fn(usize) -> usize, longest: usize) -> Match {
    let mut coarse = [0.0f32; COARSE_LONGEST + COARSE_WINDOW];
    for (out, group) in coarse.iter_mut().zip(piece.chunks_exact(COARSE)) {
        *out = group.iter().sum();
    }
    let a = &coarse[fixed / COARSE..][..COARSE_WINDOW];
    let mut found = Match { shift: SHORTEST, likeness: -1.0 };
    for shift in (SHORTEST / COARSE)..=(longest / COARSE) {
        let from = place(shift * COARSE) / COARSE;
        let likeness = likeness(a, &coarse[from..from + COARSE_WINDOW]);
        // One period rather than two that are a little more alike.
        let preferred = likeness - LONGER_IS_WORSE * shift as f32;
        if preferred > found.likeness {
            found = Match { shift: shift * COARSE, likeness: preferred };
        }
    }
    let a = &piece[fixed..fixed + WINDOW];
    let near = found.shift.saturating_sub(COARSE - 1).max(SHORTEST)..=(found.shift + COARSE - 1).min(longest);
    let mut fine = Match { shift: found.shift, likeness: -1.0 };
    for shift in near {
        let likeness = likeness(a, &piece[place(shift)..place(shift) + WINDOW]);
        if likeness > fine.likeness {
            fine = Match { shift, likeness };
        }
    }
    fine
}

/// Normalised cross-correlation of two pieces of one length.
pub(super) fn likeness(a: &[f32], b: &[f32]) -> f32 {
    let (ab, aa, bb) = dots(a, b);
    let norm = (aa * bb).sqrt();
    if norm > 1e-9 { ab / norm } else { 0.0 }
}

/// Three sums at once, in lanes that the compiler can keep in vector registers.
fn dots(a: &[f32], b: &[f32]) -> (f32, f32, f32) {
    const LANES: usize = 8;
    let mut sums = [[0.0f32; LANES]; 3];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[0][lane] += a[lane] * b[lane];
            sums[1][lane] += a[lane] * a[lane];
            sums[2][lane] += b[lane] * b[lane];
        }
    }
    let [ab, aa, bb] = sums.map(|lanes| lanes.iter().sum());
    (ab, aa, bb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::voice::Voice;

    #[test]
    fn the_period_of_a_voice_is_found_in_both_directions() {
        // About 120 Hz: 400 samples.
        let voice: Vec<f32> = Voice::default().skip(4800).take(4800).collect();
        for found in [backward(&voice, 2400), forward(&voice, 2400, LONGEST)] {
            let periods = [330..=480, 660..=720];
            assert!(periods.iter().any(|range| range.contains(&found.shift)) && found.likeness > 0.9, "{found:?}");
        }
    }

    #[test]
    fn silence_is_like_nothing() {
        assert_eq!(backward(&[0.0; 2400], 1200).likeness, 0.0);
    }

    #[test]
    fn a_short_look_ahead_is_enough_for_a_short_period() {
        let tone: Vec<f32> = (0..900).map(|n| (n as f32 / 200.0 * std::f32::consts::TAU).sin()).collect();
        let found = forward(&tone, 0, 250);
        assert!((197..=203).contains(&found.shift) && found.likeness > 0.99, "{found:?}");
    }
}
