//! How long to wait before the next attempt to connect or register.

use std::time::Duration;

use base::Chance;

/// Attempts since the last success: 0.5 s, 1, 2, 4 … 30 s, each ±50 %, so that a thousand phones do not come back in
/// the same instant. RFC 5626 §4.5 begins with 30 s; an agent would lose a queue call in that time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BackOff {
    failures: u32,
}

impl BackOff {
    /// The pause after one more failure.
    pub(crate) fn next(&mut self, chance: &mut Chance) -> Duration {
        let base = FIRST.saturating_mul(1 << self.failures.min(6)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        let half_ms = base.as_millis() as u64 / 2;
        Duration::from_millis(half_ms + chance.below(2 * half_ms + 1))
    }

    /// It worked, or the circumstances have changed: start again with the shortest pause.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }
}

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_to_thirty_seconds_within_half() {
        for seed in 0..100 {
            let mut chance = Chance::from_number(seed);
            let mut back_off = BackOff::default();
            for base_ms in [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000] {
                let pause = back_off.next(&mut chance).as_millis() as u64;
                assert!((base_ms / 2..=base_ms * 3 / 2).contains(&pause), "seed {seed}: {pause} ms for {base_ms} ms");
            }
            back_off.reset();
            assert!(back_off.next(&mut chance).as_millis() <= 750, "seed {seed}");
        }
    }
}
