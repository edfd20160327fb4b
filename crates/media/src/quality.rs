//! Loss, jitter and round trip from what passes by (RFC 3550 §6.4.1, A.3, A.8). Pure.
//!
//! The engine's own statistics ignore report blocks inside sender reports and know no round trip (trap T14), so we count
//! ourselves.

use std::time::{Duration, Instant};

/// A jump of this many sequence numbers is a restart of the sender, not a loss (RFC 3550 A.1 `MAX_DROPOUT`).
const MAX_DROPOUT: u16 = 3000;

/// What arrived of one stream.
#[derive(Clone, Debug)]
pub struct Reception {
    ssrc: u32,
    base: u32,
    highest: u32,
    received: u32,
    last_transit: Option<f64>,
    jitter: f64,
    started: Instant,
}

impl Reception {
    /// Starts with the stream's first packet.
    #[must_use]
    pub fn new(ssrc: u32, seq: u16, timestamp: u32, now: Instant) -> Self {
        let seq = u32::from(seq);
        let mut reception =
            Reception { ssrc, base: seq, highest: seq, received: 0, last_transit: None, jitter: 0.0, started: now };
        reception.count(timestamp, 48_000, now);
        reception
    }

    /// Whose stream.
    #[must_use]
    pub fn ssrc(&self) -> u32 {
        self.ssrc
    }

    /// The next packet. False when the sender jumped: then begin a new [`Reception`].
    pub fn arrived(&mut self, seq: u16, timestamp: u32, clock_rate: u32, now: Instant) -> bool {
        let ahead = seq.wrapping_sub(self.highest as u16);
        if ahead < MAX_DROPOUT {
            self.highest = self.highest.wrapping_add(u32::from(ahead));
        } else if ahead < u16::MAX - MAX_DROPOUT {
            return false;
        }
        self.count(timestamp, clock_rate, now);
        true
    }

    fn count(&mut self, timestamp: u32, clock_rate: u32, now: Instant) {
        self.received += 1;
        let arrival = now.saturating_duration_since(self.started).as_secs_f64() * f64::from(clock_rate);
        let transit = arrival - f64::from(timestamp);
        if let Some(last) = self.last_transit.replace(transit) {
            // A timestamp that wrapped makes one wild difference; it says nothing about the network.
            let difference = (transit - last).abs();
            if difference < f64::from(u32::MAX / 2) {
                self.jitter += (difference - self.jitter) / 16.0;
            }
        }
    }

    /// Packets that should have come.
    #[must_use]
    pub fn expected(&self) -> u32 {
        self.highest.wrapping_sub(self.base).wrapping_add(1)
    }

    /// Packets that did not come. Duplicates make up for losses, as RFC 3550 A.3 says; never below zero.
    #[must_use]
    pub fn lost(&self) -> u32 {
        self.expected().saturating_sub(self.received)
    }

    /// Interarrival jitter in milliseconds.
    #[must_use]
    pub fn jitter_ms(&self, clock_rate: u32) -> f32 {
        (self.jitter * 1000.0 / f64::from(clock_rate.max(1))) as f32
    }
}

/// What a report block says about our stream.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// Share of packets lost since the block before, 0.0..=1.0.
    pub fraction_lost: f32,
    /// Packets lost since the beginning; duplicates can make it negative on the wire, here it is 0 then.
    pub total_lost: u32,
    /// Jitter at the far end, milliseconds.
    pub jitter_ms: f32,
}

impl Report {
    /// From the fields of the block.
    #[must_use]
    pub fn new(fraction_lost: u8, total_lost: u32, jitter: u32, clock_rate: u32) -> Self {
        let signed = (total_lost << 8) as i32 >> 8;
        Report {
            fraction_lost: f32::from(fraction_lost) / 256.0,
            total_lost: u32::try_from(signed).unwrap_or(0),
            jitter_ms: (f64::from(jitter) * 1000.0 / f64::from(clock_rate.max(1))) as f32,
        }
    }
}

/// Round trip from sender reports (RFC 3550 §6.4.1): now − when we sent that report − how long the far end kept it.
///
/// Remembers *when* each report left instead of computing with its NTP stamp, so no wall clock is involved.
#[derive(Debug, Default)]
pub struct RoundTrip {
    sent: std::collections::VecDeque<(u32, Instant)>,
    last: Option<Duration>,
}

impl RoundTrip {
    /// A sender report with this 64 bit NTP stamp left.
    pub fn report_sent(&mut self, ntp: u64, now: Instant) {
        if self.sent.len() == 16 {
            self.sent.pop_front();
        }
        self.sent.push_back(((ntp >> 16) as u32, now));
    }

    /// A report block came back. `last_report` and `delay` as in the block; zero means "none yet".
    pub fn block_received(&mut self, last_report: u32, delay: u32, now: Instant) {
        let Some((_, sent)) = self.sent.iter().find(|(ntp, _)| *ntp == last_report && last_report != 0) else { return };
        let kept = Duration::from_secs_f64(f64::from(delay) / 65_536.0);
        if let Some(trip) = now.saturating_duration_since(*sent).checked_sub(kept) {
            self.last = Some(trip);
        }
    }

    /// The last one measured, in milliseconds.
    #[must_use]
    pub fn ms(&self) -> Option<f32> {
        self.last.map(|trip| trip.as_secs_f32() * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn losses_are_counted_over_the_wrap_and_reordering_is_none() {
        let start = Instant::now();
        let mut reception = Reception::new(1, 65_533, 0, start);
        // 65534 is lost, 0 and 1 swap, 2 comes twice.
        for (seq, index) in [(65_535u16, 2u32), (1, 4), (0, 3), (2, 5), (2, 5)] {
            assert!(reception.arrived(seq, index * 960, 48_000, start + ms(u64::from(index) * 20)));
        }
        assert_eq!(reception.expected(), 6);
        assert_eq!(reception.lost(), 0, "the duplicate makes up for the loss (RFC 3550 A.3)");
        assert!(reception.arrived(5, 8 * 960, 48_000, start + ms(160)));
        assert_eq!(reception.lost(), 2);
    }

    #[test]
    fn a_jump_is_a_restart() {
        let start = Instant::now();
        let mut reception = Reception::new(1, 100, 0, start);
        assert!(!reception.arrived(30_000, 960, 48_000, start + ms(20)));
        assert_eq!(reception.lost(), 0);
    }

    #[test]
    fn even_spacing_has_no_jitter_and_uneven_has() {
        let start = Instant::now();
        let mut even = Reception::new(1, 0, 0, start);
        let mut uneven = even.clone();
        for index in 1..100u32 {
            let at = u64::from(index) * 20;
            even.arrived(index as u16, index * 960, 48_000, start + ms(at));
            uneven.arrived(index as u16, index * 960, 48_000, start + ms(at + u64::from(index % 2) * 10));
        }
        assert!(even.jitter_ms(48_000) < 0.01, "{}", even.jitter_ms(48_000));
        assert!((9.0..=10.0).contains(&uneven.jitter_ms(48_000)), "{}", uneven.jitter_ms(48_000));
    }

    #[test]
    fn t14_round_trip_is_measured_and_jitter_is_in_milliseconds() {
        let start = Instant::now();
        let mut trip = RoundTrip::default();
        assert_eq!(trip.ms(), None, "nothing is invented before the first report");
        trip.report_sent(0x1234_5678_9abc_def0, start);
        trip.block_received(0, 0, start + ms(10));
        assert_eq!(trip.ms(), None, "LSR 0 means no report was seen");
        trip.block_received(0x5678_9abc, 65_536 / 2, start + ms(540));
        assert_eq!(trip.ms(), Some(40.0));
        let report = Report::new(64, 0x00ff_ffff, 480, 48_000);
        assert_eq!(report, Report { fraction_lost: 0.25, total_lost: 0, jitter_ms: 10.0 });
    }
}
