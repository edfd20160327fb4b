//! Something with the rhythm, pitch and colour of speech, from a seed.

/// Repeatable chance.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as u32
    }

    /// −1.0..1.0.
    pub fn even(&mut self) -> f32 {
        self.next() as i32 as f32 / 2_147_483_648.0
    }

    /// 0.0..1.0.
    pub fn share(&mut self) -> f32 {
        self.next() as f32 / 4_294_967_296.0
    }

    /// Standard normal, near enough.
    pub fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.share()).sum::<f32>() - 6.0
    }
}

/// Vowels, hisses and pauses by turns.
pub struct Speaker {
    chance: Chance,
    pitch: f32,
    phase: f32,
    sound: Sound,
    left: usize,
    length: usize,
    glide: f32,
    resonances: [Resonance; 4],
}

#[derive(Clone, Copy, PartialEq)]
enum Sound {
    Vowel,
    Hiss,
    Pause,
}

#[derive(Clone, Copy, Default)]
struct Resonance {
    a: f32,
    b: f32,
    gain: f32,
    memory: [f32; 2],
}

const VOWELS: [[f32; 4]; 6] = [
    [730.0, 1090.0, 2440.0, 3500.0],
    [270.0, 2290.0, 3010.0, 3700.0],
    [300.0, 870.0, 2240.0, 3300.0],
    [530.0, 1840.0, 2480.0, 3500.0],
    [570.0, 840.0, 2410.0, 3400.0],
    [440.0, 1020.0, 2240.0, 3300.0],
];

impl Speaker {
    pub fn new(seed: u64, pitch: f32) -> Self {
        Speaker {
            chance: Chance::new(seed),
            pitch,
            phase: 0.0,
            sound: Sound::Pause,
            left: 0,
            length: 1,
            glide: 0.0,
            resonances: [Resonance::default(); 4],
        }
    }

    fn begin(&mut self) {
        let draw = self.chance.share();
        self.sound = match (self.sound, draw) {
            (Sound::Pause, _) | (Sound::Hiss, _) => Sound::Vowel,
            (Sound::Vowel, ..0.35) => Sound::Hiss,
            (Sound::Vowel, ..0.85) => Sound::Vowel,
            (Sound::Vowel, _) => Sound::Pause,
        };
        let ms = match self.sound {
            Sound::Vowel => 80.0 + 140.0 * self.chance.share(),
            Sound::Hiss => 40.0 + 80.0 * self.chance.share(),
            Sound::Pause => 60.0 + 300.0 * self.chance.share(),
        };
        self.length = (ms * 48.0) as usize;
        self.left = self.length;
        self.glide = 0.25 * self.chance.even();
        let vowel = VOWELS[(self.chance.share() * 6.0) as usize % 6];
        for (resonance, hz) in self.resonances.iter_mut().zip(vowel) {
            let radius = (-std::f32::consts::PI * (60.0 + hz / 25.0) / 48_000.0).exp();
            resonance.a = 2.0 * radius * (std::f32::consts::TAU * hz / 48_000.0).cos();
            resonance.b = -radius * radius;
            resonance.gain = (1.0 - radius) * 900.0 / (hz + 300.0);
        }
    }
}

impl Iterator for Speaker {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.left == 0 {
            self.begin();
        }
        self.left -= 1;
        let through = 1.0 - self.left as f32 / self.length as f32;
        let loudness = (std::f32::consts::PI * through).sin().max(0.0).sqrt();
        let source = match self.sound {
            Sound::Vowel => {
                self.phase += self.pitch * (1.0 + self.glide * (through - 0.5)) / 48_000.0;
                let pulse = if self.phase >= 1.0 { 12.0 } else { 0.0 };
                self.phase = self.phase.fract();
                pulse + 0.02 * self.chance.even()
            }
            Sound::Hiss | Sound::Pause => 0.0,
        };
        let voiced: f32 = self
            .resonances
            .iter_mut()
            .map(|r| {
                let out = source * r.gain + r.a * r.memory[0] + r.b * r.memory[1];
                r.memory = [out, r.memory[0]];
                out
            })
            .sum();
        let hiss = if self.sound == Sound::Hiss { 0.06 * self.chance.even() } else { 0.0 };
        Some(((voiced + hiss) * loudness).clamp(-0.95, 0.95))
    }
}
