//! What is lost, and when the rest arrives.

use super::Outcome;

/// A packet under way.
pub struct Flying {
    pub arrives_us: u64,
    pub number: usize,
    pub payload: Vec<u8>,
}

/// A bad network, the same each time.
pub struct Network {
    loss: f64,
    burst: f64,
    jitter_ms: f64,
    exp_ms: f64,
    ppm: f64,
    seed: u64,
}

/// The first packets are never lost, so that there is a beginning to align.
const SPARED: usize = 5;

impl Default for Network {
    fn default() -> Self {
        Network { loss: 0.0, burst: 1.0, jitter_ms: 0.0, exp_ms: 0.0, ppm: 0.0, seed: 1 }
    }
}

impl Network {
    /// Takes a word of the command line; false when it is not for the network.
    pub fn set(&mut self, key: &str, value: &str) -> Outcome<bool> {
        match key {
            "loss" => self.loss = value.parse()?,
            "burst" => self.burst = value.parse()?,
            "jitter" => self.jitter_ms = value.parse()?,
            "exp" => self.exp_ms = value.parse()?,
            "ppm" => self.ppm = value.parse()?,
            "seed" => self.seed = value.parse()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Which of so many packets are lost.
    pub fn losses(&self, count: usize) -> Vec<bool> {
        let mut chances = Chance(self.seed.wrapping_mul(2_654_435_761));
        let (leave, enter) = (1.0 / self.burst, self.loss / self.burst / (1.0 - self.loss));
        let mut bad = false;
        (0..count)
            .map(|number| {
                let chance = chances.next();
                bad = if self.burst <= 1.0 {
                    chance < self.loss
                } else if bad {
                    chance >= leave
                } else {
                    chance < enter
                };
                bad && number >= SPARED
            })
            .collect()
    }

    /// What arrives, in the order of arrival. The network takes 20 ms at least.
    pub fn fly(&self, packets: Vec<Vec<u8>>, lost: &[bool], packet_ms: usize) -> Vec<Flying> {
        let mut delays = Chance(self.seed ^ 0x5555);
        let mut last = 0;
        let mut flying = Vec::new();
        for (number, payload) in packets.into_iter().enumerate() {
            let sent_ms = (number * packet_ms) as f64 * (1.0 + self.ppm / 1e6);
            let uniform = 2.0 * self.jitter_ms * delays.next();
            let exponential = -self.exp_ms * (1.0 - delays.next()).ln();
            if lost[number] {
                continue;
            }
            let mut arrives_us = ((sent_ms + 20.0 + uniform + exponential + delays.next()) * 1000.0) as u64;
            if self.exp_ms == 0.0 {
                arrives_us = arrives_us.max(last);
            }
            last = arrives_us.max(last);
            flying.push(Flying { arrives_us, number, payload });
        }
        flying.sort_by_key(|packet| packet.arrives_us);
        flying
    }
}

/// Numbers that look random and are the same each time (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    /// 0.0..1.0
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
