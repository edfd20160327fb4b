//! Chance as an argument: cores get a seeded generator, so that a test with the same seed takes the same way.

use rand_chacha::ChaCha12Rng;
use rand_core::{RngCore, SeedableRng};

/// Random numbers for tags, branches, Call-IDs, nonces and back-off. Cryptographically strong when the seed is.
///
/// Products seed it from the operating system; tests with a fixed number that they print.
#[derive(Clone)]
pub struct Chance(ChaCha12Rng);

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chance(…)")
    }
}

impl Chance {
    /// From 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Chance(ChaCha12Rng::from_seed(seed))
    }

    /// From a number, for tests.
    #[must_use]
    pub fn from_number(seed: u64) -> Self {
        Chance(ChaCha12Rng::seed_from_u64(seed))
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A whole number in `0..bound`; 0 when `bound` is 0. The bias is below 2⁻³² for the bounds we use.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.0.next_u64() % bound }
    }

    /// 16 hexadecimal digits: a tag, a branch suffix, part of a Call-ID.
    pub fn token(&mut self) -> String {
        format!("{:016x}", self.0.next_u64())
    }

    /// An independent generator, for a part that lives its own life.
    #[must_use]
    pub fn fork(&mut self) -> Chance {
        let mut seed = [0u8; 32];
        self.0.fill_bytes(&mut seed);
        Chance::from_seed(seed)
    }
}
