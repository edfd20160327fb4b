//! How long sound should wait: long enough for nearly all packets, no longer.
//!
//! A packet's *transit* is its arrival minus its place in the stream: it says nothing by itself, but the differences are the
//! network's delay. The least transit of the last seconds is the *reference*; a packet's *delay* is what its transit exceeds
//! it by. The target is a high quantile of the delays, kept in a fine histogram that forgets; it rises at once and falls slowly.
//! Pauses of the network that come again (Wi-Fi) are remembered on their own, because a quantile does not see them. Packets
//! that were overtaken are weighed separately: waiting for one costs every packet delay, not waiting costs one concealment.

mod histogram;
mod least;
mod pauses;

use base::Now;

use self::histogram::{BIN, Histogram};
use self::least::LeastTransit;
use self::pauses::Pauses;
use super::MS;

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
