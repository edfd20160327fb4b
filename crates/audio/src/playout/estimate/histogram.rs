//! How often which delay was seen.

use crate::playout::MS;

/// Width of a bin, 2 ms.
pub(super) const BIN: i64 = 2 * MS;
/// Delays up to 400 ms are told apart.
const BINS: usize = 200;
/// What each packet weighs once the histogram is settled: it remembers about 150 packets (3 s).
const WEIGHT: f32 = 1.0 / 150.0;
/// One packet in a hundred is worth so much delay.
const COST_OF_ONE_PERCENT: f32 = 20.0 * MS as f32;

/// Shares of packets by delay; old ones fade.
pub(super) struct Histogram {
    shares: Box<[f32; BINS]>,
    count: u32,
}

impl Histogram {
    /// Begins with the belief that a packet comes with `delay`.
    pub(super) fn new(delay: i64) -> Self {
        let mut shares = Box::new([0.0; BINS]);
        shares[(delay / BIN) as usize] = 1.0;
        Histogram { shares, count: 1 }
    }

    pub(super) fn add(&mut self, delay: i64) {
        self.count = self.count.saturating_add(1);
        let weight = WEIGHT.max(1.0 / self.count as f32);
        self.shares.iter_mut().for_each(|share| *share *= 1.0 - weight);
        self.shares[bin(delay)] += weight;
    }

    /// Moves all delays by so many bins.
    pub(super) fn shift(&mut self, bins: i64) {
        let by = (bins.unsigned_abs() as usize).min(BINS - 1);
        if bins > 0 {
            let beyond: f32 = self.shares[BINS - by..].iter().sum();
            self.shares.copy_within(..BINS - by, by);
            self.shares[..by].fill(0.0);
            self.shares[BINS - 1] += beyond;
        } else {
            let below: f32 = self.shares[..by].iter().sum();
            self.shares.copy_within(by.., 0);
            self.shares[BINS - by..].fill(0.0);
            self.shares[0] += below;
        }
    }

    /// The delay that this share of the packets does not exceed.
    pub(super) fn quantile(&self, share: f32) -> i64 {
        let mut beyond = 1.0 - share;
        for (bin, here) in self.shares.iter().enumerate().rev() {
            beyond -= here;
            if beyond < 0.0 {
                return (bin as i64 + 1) * BIN;
            }
        }
        0
    }

    /// The wait at which waiting and missing cost least together.
    pub(super) fn cheapest(&self) -> i64 {
        let mut missed = 1.0 - self.shares[0];
        let mut best = (missed * 100.0 * COST_OF_ONE_PERCENT, 0);
        for (bin, here) in self.shares.iter().enumerate().skip(1) {
            missed -= here;
            let wait = (bin as i64 + 1) * BIN;
            let cost = missed.max(0.0) * 100.0 * COST_OF_ONE_PERCENT + wait as f32;
            if cost < best.0 {
                best = (cost, wait);
            }
        }
        best.1
    }
}

fn bin(delay: i64) -> usize {
    (delay.max(0) / BIN).min(BINS as i64 - 1) as usize
}
