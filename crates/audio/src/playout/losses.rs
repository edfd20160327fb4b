//! What was lost, and whether one by one or in bursts.

use base::Now;

/// How far back the picture of losses reaches.
const WINDOW_MS: u64 = 10_000;
/// Losses and seconds remembered; more at once than this and the oldest goes.
const MOST_RUNS: usize = 128;
const BUCKETS: usize = 10;

/// Loss on the way here over the last ten seconds, before any repair. Packets too late to be played count as lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LossPicture {
    /// Packets that should have come.
    pub expected: u32,
    /// Packets of these that did not.
    pub lost: u32,
    /// Runs of lost packets without a packet between them.
    pub events: u32,
    /// Packets of the longest run.
    pub longest: u32,
}

impl LossPicture {
    /// Lost packets in per cent of those expected, 0..=100.
    #[must_use]
    pub fn percent(&self) -> f32 {
        if self.expected == 0 { 0.0 } else { 100.0 * self.lost as f32 / self.expected as f32 }
    }

    /// Mean length of a run, in packets; 0 without loss. Independent loss of a share p has 1 / (1 − p).
    #[must_use]
    pub fn mean_burst(&self) -> f32 {
        if self.events == 0 { 0.0 } else { self.lost as f32 / self.events as f32 }
    }

    /// Whether losses come in bursts: several runs, and clearly longer than chance would make them.
    #[must_use]
    pub fn is_bursty(&self) -> bool {
        let chance = 1.0 / (1.0 - self.percent() / 100.0).max(0.2);
        self.events >= 2 && self.mean_burst() > 1.5 * chance
    }
}

/// Loss since the beginning as RFC 3611 §4.7.2 sees it: *bursts* begin and end with a loss and hold no 16 packets in a row that
/// came; the rest is *gaps*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BurstMetrics {
    /// Share of packets lost in bursts, in 1/256.
    pub burst_density: u8,
    /// Share of packets lost in gaps, in 1/256.
    pub gap_density: u8,
    /// Mean length of a burst, milliseconds.
    pub burst_ms: u16,
    /// Mean length of a gap, milliseconds.
    pub gap_ms: u16,
}

/// Counts packets in the order of their numbers, once their time has come.
pub(super) struct Losses {
    runs: [(Now, u32); MOST_RUNS],
    first: usize,
    count: usize,
    /// Packets expected in each second.
    expected: [(u64, u32); BUCKETS],
    /// Lost packets in a row up to now.
    run: u32,
    chain: Chain,
}

impl Losses {
    pub(super) fn new() -> Self {
        Losses {
            runs: [(Now::ZERO, 0); MOST_RUNS],
            first: 0,
            count: 0,
            expected: [(u64::MAX, 0); BUCKETS],
            run: 0,
            chain: Chain::default(),
        }
    }

    /// The next packet in order came, or did not.
    pub(super) fn note(&mut self, came: bool, now: Now) {
        let second = now.since_epoch().as_secs();
        let bucket = &mut self.expected[(second % BUCKETS as u64) as usize];
        if bucket.0 != second {
            *bucket = (second, 0);
        }
        bucket.1 += 1;
        self.chain.note(came);
        if came {
            self.run = 0;
            return;
        }
        self.run += 1;
        if self.run == 1 {
            if self.count == MOST_RUNS {
                self.first = (self.first + 1) % MOST_RUNS;
                self.count -= 1;
            }
            self.runs[(self.first + self.count) % MOST_RUNS] = (now, 1);
            self.count += 1;
        } else if self.count > 0 {
            self.runs[(self.first + self.count - 1) % MOST_RUNS] = (now, self.run);
        }
    }

    /// Forgets runs that are too long ago.
    pub(super) fn forget(&mut self, now: Now) {
        while self.count > 0 && now.since(self.runs[self.first].0).as_millis() as u64 > WINDOW_MS {
            self.first = (self.first + 1) % MOST_RUNS;
            self.count -= 1;
        }
        let second = now.since_epoch().as_secs();
        for bucket in &mut self.expected {
            if bucket.0 != u64::MAX && bucket.0 + BUCKETS as u64 <= second {
                *bucket = (u64::MAX, 0);
            }
        }
    }

    pub(super) fn picture(&self) -> LossPicture {
        let mut picture =
            LossPicture { expected: self.expected.iter().map(|bucket| bucket.1).sum(), ..LossPicture::default() };
        for n in 0..self.count {
            let length = self.runs[(self.first + n) % MOST_RUNS].1;
            picture.lost += length;
            picture.events += 1;
            picture.longest = picture.longest.max(length);
        }
        // A long run lies in seconds that the window may have left already.
        picture.expected = picture.expected.max(picture.lost);
        picture
    }

    /// `packet_ms`: duration of a packet.
    pub(super) fn bursts(&self, packet_ms: u32) -> BurstMetrics {
        self.chain.metrics(packet_ms)
    }
}

/// The four-state counters of RFC 3611 appendix A.2.
#[derive(Clone, Copy, Default)]
struct Chain {
    /// Packets received since the last loss.
    received: u64,
    /// Losses in the burst under way.
    lost: u64,
    c11: u64,
    c13: u64,
    c14: u64,
    c22: u64,
    c23: u64,
    c33: u64,
    any_loss: bool,
}

/// So many packets in a row end a burst.
const GAP: u64 = 16;

impl Chain {
    fn note(&mut self, came: bool) {
        if came {
            self.received += 1;
            return;
        }
        if self.received >= GAP || !self.any_loss {
            if self.lost == 1 {
                self.c14 += 1;
            } else if self.lost > 1 {
                self.c13 += 1;
            }
            self.lost = 1;
            self.c11 += self.received;
        } else {
            self.lost += 1;
            if self.received == 0 {
                self.c33 += 1;
            } else {
                self.c23 += 1;
                self.c22 += self.received - 1;
            }
        }
        self.any_loss = true;
        self.received = 0;
    }

    fn metrics(&self, packet_ms: u32) -> BurstMetrics {
        // Losses inside bursts follow one another directly (c33) or after some packets (c23); each burst has one loss more.
        let c11 = self.c11 + if self.received >= GAP { self.received } else { 0 };
        let bursts = self.c13 + u64::from(self.lost > 1);
        let lost_in_bursts = self.c33 + self.c23 + bursts;
        let packets_in_bursts = lost_in_bursts + self.c22 + self.c23;
        let lost_in_gaps = self.c14 + u64::from(self.lost == 1);
        let packets_in_gaps = c11 + lost_in_gaps;
        let share = |lost: u64, all: u64| (256 * lost).checked_div(all).map_or(0, |share| share.min(255) as u8);
        let mean_ms = |packets: u64, events: u64| {
            (packets * u64::from(packet_ms)).checked_div(events).map_or(0, |ms| ms.min(u64::from(u16::MAX)) as u16)
        };
        BurstMetrics {
            burst_density: share(lost_in_bursts, packets_in_bursts),
            gap_density: share(lost_in_gaps, packets_in_gaps),
            burst_ms: mean_ms(packets_in_bursts, bursts),
            gap_ms: mean_ms(packets_in_gaps, bursts + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(pattern: &str) -> Losses {
        let mut losses = Losses::new();
        for (k, packet) in pattern.chars().enumerate() {
            losses.note(packet == '.', Now::from_millis(k as u64 * 20));
        }
        losses
    }

    #[test]
    fn single_losses_and_bursts_are_told_apart() {
        let random = after(&"....x....x......x..x........".repeat(10)).picture();
        assert_eq!((random.events, random.lost, random.longest), (40, 40, 1));
        assert!(!random.is_bursty() && (random.percent() - 14.3).abs() < 0.1, "{random:?}");
        let bursts = after(&"....................xxxxx...".repeat(10)).picture();
        assert_eq!((bursts.events, bursts.lost, bursts.longest), (10, 50, 5));
        assert!(bursts.is_bursty() && bursts.mean_burst() == 5.0, "{bursts:?}");
    }

    #[test]
    fn ten_seconds_later_it_is_forgotten() {
        let mut losses = after(&"...xx".repeat(40));
        losses.forget(Now::from_millis(15_000));
        assert_eq!(losses.picture(), LossPicture::default());
    }

    #[test]
    fn the_metrics_of_rfc_3611_see_a_burst_between_gaps() {
        let gap = ".".repeat(100);
        let metrics = after(&format!("{gap}x..xx.x{gap}x{gap}")).bursts(20);
        // The burst: 4 of 7 packets. The gaps: one loss in 301 packets, two gaps.
        assert_eq!((metrics.burst_density, metrics.burst_ms), ((256 * 4 / 7) as u8, 140));
        assert_eq!((metrics.gap_density, metrics.gap_ms), (0, 3010));
    }
}
