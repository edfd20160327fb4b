//! How long sound should wait: long enough for nearly all packets, no longer.
//!
//! A packet's *transit* is its arrival minus its place in the stream: it says nothing by itself, but the differences are the
//! network's delay. The least transit of the last seconds is the *reference*; a packet's *delay* is what its transit exceeds
//! it by. The target is a high quantile of the delays, kept in a fine histogram that forgets; it rises at once and falls slowly.
//! Pauses of the network that come again (Wi-Fi) are remembered on their own, because a quantile does not see them. Packets
//! that were overtaken are weighed separately: waiting for one costs every packet delay, not waiting costs one concealment.

use base::Now;

use super::MS;

/// Width of a bin, 2 ms.
const BIN: i64 = 2 * MS;
/// Delays up to 400 ms are told apart.
const BINS: usize = 200;
/// What each packet weighs once the histogram is settled: it remembers about 150 packets (3 s).
const WEIGHT: f32 = 1.0 / 150.0;
/// This share of the packets shall come in time.
const QUANTILE: f32 = 0.98;
/// Frames are taken every 10 ms and do not begin where packets begin: a packet may be needed so much earlier.
const GUARD: i64 = 10 * MS;
/// Bounds of the target.
pub(super) const LEAST_TARGET: i64 = 20 * MS;
pub(super) const MOST_TARGET: i64 = 200 * MS;
/// How long a target stays before it falls, and how fast it falls.
const HOLD_MS: u64 = 4000;
const FALL_PER_SECOND: i64 = 5 * MS;
/// One packet in a hundred is worth so much delay.
const COST_OF_ONE_PERCENT: f32 = 20.0 * MS as f32;

/// Estimates the delay of one stream. All times are samples at 48 kHz.
pub(super) struct DelayEstimator {
    reference: Option<i64>,
    delays: Histogram,
    overtaken: Histogram,
    least: LeastTransit,
    /// Transits of the last packets, for a step upwards.
    recent: [i64; RECENT],
    packets: u64,
    pauses: Pauses,
    wanted: i64,
    target: i64,
    raised: Now,
    fallen: Now,
}

const RECENT: usize = 16;

impl DelayEstimator {
    pub(super) fn new() -> Self {
        DelayEstimator {
            reference: None,
            delays: Histogram::new(8 * MS),
            overtaken: Histogram::new(0),
            least: LeastTransit::default(),
            recent: [0; RECENT],
            packets: 0,
            pauses: Pauses::default(),
            wanted: LEAST_TARGET,
            target: LEAST_TARGET,
            raised: Now::ZERO,
            fallen: Now::ZERO,
        }
    }

    /// Another stream: transits begin anew, what is known about the network stays.
    pub(super) fn restart(&mut self) {
        self.reference = None;
        self.packets = 0;
    }

    /// Notes a packet whose first sample is at `at` and that came at `now`; `overtaken` by a later one.
    pub(super) fn note(&mut self, at: i64, overtaken: bool, now: Now) {
        let transit = samples(now) - at;
        let reference = *self.reference.get_or_insert(transit);
        if transit - reference > STEP_AT_ONCE || reference - transit > STEP_AT_ONCE {
            // The sender did not count a pause, or jumped: this says nothing about the network.
            self.reference = Some(transit);
            self.packets = 0;
        }
        if self.packets == 0 {
            self.least = LeastTransit::new(transit);
            self.recent = [transit; RECENT];
        }
        self.recent[self.packets as usize % RECENT] = transit;
        self.packets += 1;
        self.least.note(transit);
        let step = self.recent.iter().min().copied().unwrap_or(transit);
        if step - self.reference.unwrap_or(transit) > MOST_TARGET {
            self.least = LeastTransit::new(step);
        }
        self.move_reference();
        let delay = transit - self.reference.unwrap_or(transit);
        if overtaken {
            self.overtaken.add(delay);
        } else {
            self.overtaken.add(0);
            self.delays.add(delay);
            self.pauses.note(delay, self.delays.quantile(QUANTILE), now);
        }
        let quantile = self.delays.quantile(QUANTILE).max(self.overtaken.cheapest());
        self.wanted = quantile.max(self.pauses.height()) + GUARD;
    }

    /// The target now, with `repair` for what a packet that mends a hole comes later than the hole. Call often.
    pub(super) fn target(&mut self, repair: i64, now: Now) -> i64 {
        let wanted = (self.wanted + repair).clamp(LEAST_TARGET, MOST_TARGET);
        if wanted >= self.target {
            if wanted > self.target {
                self.target = wanted;
            }
            (self.raised, self.fallen) = (now, now);
        } else if now.since(self.raised).as_millis() as u64 >= HOLD_MS {
            let fall = FALL_PER_SECOND * now.since(self.fallen).as_millis() as i64 / 1000;
            if fall > 0 {
                self.target = (self.target - fall).max(wanted);
                self.fallen = now;
            }
        } else {
            self.fallen = now;
        }
        self.target
    }

    /// How far behind the earliest possible moment the sample `at` is played at `now`.
    pub(super) fn delay(&self, at: i64, now: Now) -> i64 {
        self.reference.map_or(0, |reference| samples(now) - at - reference)
    }

    /// The target as it was last computed.
    pub(super) fn last_target(&self) -> i64 {
        self.target
    }

    /// Keeps the reference at the least transit, in whole bins, and what is measured from it in its place.
    fn move_reference(&mut self) {
        let Some(reference) = self.reference else { return };
        let bins = (self.least.value() - reference).div_euclid(BIN);
        if bins != 0 {
            self.reference = Some(reference + bins * BIN);
            self.delays.shift(-bins);
            self.target = (self.target - bins * BIN).clamp(LEAST_TARGET, MOST_TARGET);
        }
    }
}

/// A transit that changed by more than this is another count, not another delay.
const STEP_AT_ONCE: i64 = 1000 * MS;

/// A point in time in samples.
pub(super) fn samples(now: Now) -> i64 {
    (now.since_epoch().as_micros() as i64).saturating_mul(MS) / 1000
}

/// Shares of packets by delay; old ones fade.
struct Histogram {
    shares: Box<[f32; BINS]>,
    count: u32,
}

impl Histogram {
    /// Begins with the belief that a packet comes with `delay`.
    fn new(delay: i64) -> Self {
        let mut shares = Box::new([0.0; BINS]);
        shares[(delay / BIN) as usize] = 1.0;
        Histogram { shares, count: 1 }
    }

    fn add(&mut self, delay: i64) {
        self.count = self.count.saturating_add(1);
        let weight = WEIGHT.max(1.0 / self.count as f32);
        self.shares.iter_mut().for_each(|share| *share *= 1.0 - weight);
        self.shares[bin(delay)] += weight;
    }

    /// Moves all delays by so many bins.
    fn shift(&mut self, bins: i64) {
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
    fn quantile(&self, share: f32) -> i64 {
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
    fn cheapest(&self) -> i64 {
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

/// The least of the last 175 to 200 packets.
struct LeastTransit {
    blocks: [i64; 8],
    at: usize,
    in_block: u32,
}

const BLOCK_PACKETS: u32 = 25;

impl Default for LeastTransit {
    fn default() -> Self {
        LeastTransit::new(0)
    }
}

impl LeastTransit {
    fn new(transit: i64) -> Self {
        LeastTransit { blocks: [transit; 8], at: 0, in_block: 0 }
    }

    fn note(&mut self, transit: i64) {
        if self.in_block == BLOCK_PACKETS {
            self.at = (self.at + 1) % self.blocks.len();
            self.blocks[self.at] = transit;
            self.in_block = 0;
        }
        self.in_block += 1;
        self.blocks[self.at] = self.blocks[self.at].min(transit);
    }

    fn value(&self) -> i64 {
        self.blocks.iter().min().copied().unwrap_or(0)
    }
}

/// Pauses of the network: delays far beyond the usual that come again.
#[derive(Default)]
struct Pauses {
    /// The delay of the packet before.
    before: i64,
    /// When the last ones were, and how long.
    last: [Option<(Now, i64)>; 4],
    next: usize,
}

/// A delay is a pause when it is so much longer than usual, and the next packet had to wait as well.
const PAUSE_BEYOND: i64 = 10 * MS;
/// Packets of one pause come together.
const ONE_PAUSE_MS: u64 = 500;
/// Two pauses in this time make a habit, and the habit is kept for as long.
const HABIT_MS: u64 = 12_000;

impl Pauses {
    fn note(&mut self, delay: i64, usual: i64, now: Now) {
        self.last.iter_mut().for_each(|pause| {
            if pause.is_some_and(|(at, _)| now.since(at).as_millis() as u64 > HABIT_MS) {
                *pause = None;
            }
        });
        let before = std::mem::replace(&mut self.before, delay);
        if before <= usual + PAUSE_BEYOND || delay <= before / 2 {
            return;
        }
        let delay = delay.max(before);
        let newest = (self.next + self.last.len() - 1) % self.last.len();
        match &mut self.last[newest] {
            Some((at, height)) if (now.since(*at).as_millis() as u64) < ONE_PAUSE_MS => *height = delay.max(*height),
            _ => {
                self.last[self.next] = Some((now, delay));
                self.next = (self.next + 1) % self.last.len();
            }
        }
    }

    /// What a habit asks for; 0 when there is none.
    fn height(&self) -> i64 {
        let mut known = self.last.iter().flatten();
        match (known.next(), known.next()) {
            (Some(first), Some(second)) => known.fold(first.1.max(second.1), |most, pause| most.max(pause.1)),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Feeds packets each 20 ms with these delays in milliseconds; returns the target after the last.
    fn target_after(delays_ms: impl Iterator<Item = f64>) -> i64 {
        let mut estimator = DelayEstimator::new();
        let mut target = 0;
        for (k, delay) in delays_ms.enumerate() {
            let now = Now::at(Duration::from_micros(k as u64 * 20_000 + 5_000_000 + (delay * 1000.0) as u64));
            estimator.note(k as i64 * 960, false, now);
            target = estimator.target(0, now);
        }
        target / MS
    }

    #[test]
    fn a_clean_network_asks_for_the_least() {
        assert_eq!(target_after((0..500).map(|k| f64::from(k % 3))), 20);
    }

    #[test]
    fn jitter_is_followed_up_at_once_and_down_slowly() {
        let jitter = |k: u32| f64::from(k * 7919 % 81);
        let calm = |k: u32| f64::from(k % 2);
        let at_once = target_after((0..300).map(calm).chain((0..40).map(jitter)));
        assert!((75..=95).contains(&at_once), "{at_once} ms after 0.8 s");
        let later = target_after((0..300).map(jitter).chain((0..400).map(calm)));
        assert!((60..=95).contains(&later), "{later} ms after 8 calm seconds");
        let much_later = target_after((0..300).map(jitter).chain((0..1600).map(calm)));
        assert!(much_later <= 22, "{much_later} ms in the end");
    }

    #[test]
    fn a_longer_way_is_no_jitter() {
        let step = target_after((0..500).map(|k| if k < 200 { 0.0 } else { 150.0 }));
        assert!(step <= 165, "{step}");
        let later = target_after((0..3000).map(|k| if k < 200 { 0.0 } else { 150.0 }));
        assert_eq!(later, 20);
    }

    #[test]
    fn pauses_that_come_again_are_waited_for_and_a_single_one_is_not() {
        // Five packets of each hundred come together at the end of a pause of 100 ms.
        let paused = |k: u32, every: u32| if k % every < 5 { 100.0 - 20.0 * f64::from(k % every) } else { 0.0 };
        let again = target_after((50..1000).map(|k| paused(k, 200)));
        assert!((105..=120).contains(&again), "{again}");
        let once = target_after((50..1000).map(|k| paused(k, 800)));
        assert!(once <= 60, "{once}");
    }

    #[test]
    fn clocks_that_differ_are_no_jitter() {
        for ppm in [-200.0, 200.0] {
            let drift = (0..15_000).map(|k| f64::from(k) * 20.0 * ppm / 1e6 + 100.0 + f64::from(k % 2));
            let target = target_after(drift);
            assert!(target <= 22, "{ppm}: {target}");
        }
    }
}
