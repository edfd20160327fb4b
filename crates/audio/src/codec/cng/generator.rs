//! Noise from a description.

use super::{MAX_ORDER, Sid};

/// Share of the way to a new description that is gone every 2.5 ms: 90 % in 45 ms, so that an update is not heard as a step.
const GLIDE: f32 = 0.12;
const BLOCK: usize = 20;

/// Makes noise like the one described last, at 8 kHz. Never allocates, always stable: lattice filter with |k| < 1.
#[derive(Clone)]
pub struct Generator {
    target: [f32; MAX_ORDER],
    target_level: f32,
    k: [f32; MAX_ORDER],
    level: f32,
    /// Backward prediction errors of the lattice.
    memory: [f32; MAX_ORDER],
    chance: u32,
    started: bool,
}

impl Default for Generator {
    fn default() -> Self {
        Generator::new()
    }
}

impl Generator {
    /// Silent until a description comes.
    #[must_use]
    pub fn new() -> Self {
        Generator {
            target: [0.0; MAX_ORDER],
            target_level: 0.0,
            k: [0.0; MAX_ORDER],
            level: 0.0,
            memory: [0.0; MAX_ORDER],
            chance: 0x9e37_79b9,
            started: false,
        }
    }

    /// Takes a new description. The first one applies at once, later ones are glided to.
    pub fn describe(&mut self, sid: &Sid) {
        self.target = std::array::from_fn(|index| sid.reflection(index));
        self.target_level = 10f32.powf(sid.level().0 / 20.0);
        if !std::mem::replace(&mut self.started, true) {
            (self.k, self.level) = (self.target, self.target_level);
        }
    }

    /// Fills `out` with noise at 8 kHz; 10 ms are 80 samples.
    pub fn fill(&mut self, out: &mut [f32]) {
        for block in out.chunks_mut(BLOCK) {
            self.glide();
            // White noise through 1/A(z) grows by Π 1/(1−k²); √3 makes even noise in −1..1 have an RMS of one.
            let shrink: f32 = self.k.iter().map(|k| 1.0 - k * k).product();
            let gain = self.level * (3.0 * shrink).sqrt();
            for sample in block {
                *sample = self.coloured(gain).clamp(-1.0, 1.0);
            }
        }
    }

    /// Forgets everything: another stream begins.
    pub fn reset(&mut self) {
        *self = Generator::new();
    }

    fn glide(&mut self) {
        self.level += (self.target_level - self.level) * GLIDE;
        for (k, target) in self.k.iter_mut().zip(self.target) {
            *k += (target - *k) * GLIDE;
        }
    }

    /// All-pole lattice; the highest stage first.
    fn coloured(&mut self, gain: f32) -> f32 {
        let mut forward = self.white() * gain;
        for stage in (0..MAX_ORDER).rev() {
            forward -= self.k[stage] * self.memory[stage];
            if stage + 1 < MAX_ORDER {
                self.memory[stage + 1] = self.memory[stage] + self.k[stage] * forward;
            }
        }
        self.memory[0] = forward;
        forward
    }

    /// Even in −1..1 (Marsaglia's xorshift; the seed is fixed, noise needs no secret).
    fn white(&mut self) -> f32 {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 17;
        self.chance ^= self.chance << 5;
        self.chance as i32 as f32 / 2_147_483_648.0
    }
}
