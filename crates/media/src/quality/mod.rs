//! Loss, jitter and round trip from what passes by (RFC 3550 §6.4.1, A.3, A.8). Pure.
//!
//! The engine's own statistics ignore report blocks inside sender reports and know no round trip (trap T14), so we count
//! ourselves, and write our reports ourselves: the engine's know neither a change of codec nor one of clock.

mod bursts;
mod history;
mod loss_map;

pub use bursts::{BurstPicture, Bursts, GMIN};
pub use history::{History, REMEMBERED};
pub use loss_map::{FarLosses, LossMap};

use std::time::{Duration, Instant};

/// A jump of this many sequence numbers is a restart of the sender, not a loss (RFC 3550 A.1 `MAX_DROPOUT`).
const MAX_DROPOUT: u16 = 3000;
/// A packet that so many newer ones have overtaken is taken for lost in the picture of bursts.
const OVERTAKEN: u16 = 32;

/// What arrived of one stream.
#[derive(Clone, Debug)]
pub struct Reception {
    ssrc: u32,
    base: u32,
    highest: u32,
    received: u32,
    /// Arrival and timestamp of the packet before, with its clock.
    last: Option<(Instant, u32, u32)>,
    jitter: f64,
    history: History,
    bursts: Bursts,
    /// The next number whose fate is to be told to `bursts`.
    unjudged: u32,
    /// Expected and received at the last report.
    reported: (u32, u32),
    last_report: Option<(u32, Instant)>,
}

/// The fields of a report block (RFC 3550 §6.4.1) as they go onto the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Whose stream.
    pub ssrc: u32,
    /// Share lost since the last report, 256ths.
    pub fraction_lost: u8,
    /// Lost since the beginning, at most 24 bits.
    pub total_lost: u32,
    /// Highest sequence number with its cycles.
    pub highest: u32,
    /// Jitter in ticks.
    pub jitter: u32,
    /// Middle bits of the last sender report's NTP stamp; 0 for none.
    pub last_report: u32,
    /// Since then, 1/65536 s.
    pub delay: u32,
}

impl Reception {
    /// Starts with the stream's first packet.
    #[must_use]
    pub fn new(ssrc: u32, seq: u16, timestamp: u32, clock_rate: u32, now: Instant) -> Self {
        // A cycle ahead, so that packets which the first one overtook have numbers too.
        let base = u32::from(seq) + (1 << 16);
        Reception {
            ssrc,
            base,
            highest: base,
            received: 1,
            last: Some((now, timestamp, clock_rate)),
            jitter: 0.0,
            history: History::new(seq),
            bursts: Bursts::default(),
            unjudged: base,
            reported: (0, 0),
            last_report: None,
        }
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
        self.received += 1;
        self.history.came(seq);
        self.judge();
        self.measure(timestamp, clock_rate, now);
        true
    }

    /// A sender report of this stream came, with this 64 bit NTP stamp.
    pub fn report_received(&mut self, ntp: u64, now: Instant) {
        self.last_report = Some(((ntp >> 16) as u32, now));
    }

    /// What to tell the far end now; the next one tells what is lost from here on.
    pub fn report(&mut self, now: Instant) -> Block {
        let (expected, received) = (self.expected(), self.received);
        let expected_now = expected.saturating_sub(self.reported.0);
        let lost_now = expected_now.saturating_sub(received.saturating_sub(self.reported.1));
        self.reported = (expected, received);
        let fraction = (lost_now * 256).checked_div(expected_now).unwrap_or(0).min(255);
        let (last_report, delay) = self
            .last_report
            .map_or((0, 0), |(stamp, at)| (stamp, (now.saturating_duration_since(at).as_secs_f64() * 65_536.0) as u32));
        Block {
            ssrc: self.ssrc,
            fraction_lost: fraction as u8,
            total_lost: self.lost().min(0x7f_ffff),
            highest: self.highest.wrapping_sub(1 << 16),
            jitter: self.jitter as u32,
            last_report,
            delay,
        }
    }

    fn judge(&mut self) {
        while self.highest.wrapping_sub(self.unjudged) >= u32::from(OVERTAKEN) {
            let came = self.history.has(self.unjudged as u16).unwrap_or(false);
            self.bursts.add(!came);
            self.unjudged = self.unjudged.wrapping_add(1);
        }
    }

    /// RFC 3550 A.8. Two packets of different clocks say nothing about each other.
    fn measure(&mut self, timestamp: u32, clock_rate: u32, now: Instant) {
        let last = self.last.replace((now, timestamp, clock_rate));
        let Some((before, last_timestamp, last_clock)) = last else { return };
        if last_clock != clock_rate {
            self.jitter *= f64::from(clock_rate) / f64::from(last_clock.max(1));
            return;
        }
        let passed = now.saturating_duration_since(before).as_secs_f64() * f64::from(clock_rate);
        let claimed = f64::from(timestamp.wrapping_sub(last_timestamp) as i32);
        let difference = (passed - claimed).abs();
        // A timestamp that jumped says nothing about the network.
        if difference < f64::from(clock_rate) * 10.0 {
            self.jitter += (difference - self.jitter) / 16.0;
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

    /// Packets that came.
    #[must_use]
    pub fn received(&self) -> u32 {
        self.received
    }

    /// Interarrival jitter in milliseconds.
    #[must_use]
    pub fn jitter_ms(&self) -> f32 {
        let clock_rate = self.last.map_or(48_000, |(_, _, clock_rate)| clock_rate);
        (self.jitter * 1000.0 / f64::from(clock_rate.max(1))) as f32
    }

    /// Single losses or bursts.
    #[must_use]
    pub fn bursts(&self) -> &Bursts {
        &self.bursts
    }

    /// Which of the last packets came.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
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
        let mut reception = Reception::new(1, 65_533, 0, 48_000, start);
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
        let mut reception = Reception::new(1, 100, 0, 48_000, start);
        assert!(!reception.arrived(30_000, 960, 48_000, start + ms(20)));
        assert_eq!(reception.lost(), 0);
    }

    #[test]
    fn even_spacing_has_no_jitter_and_uneven_has() {
        let start = Instant::now();
        let mut even = Reception::new(1, 0, 0, 48_000, start);
        let mut uneven = even.clone();
        for index in 1..100u32 {
            let at = u64::from(index) * 20;
            even.arrived(index as u16, index * 960, 48_000, start + ms(at));
            uneven.arrived(index as u16, index * 960, 48_000, start + ms(at + u64::from(index % 2) * 10));
        }
        assert!(even.jitter_ms() < 0.01, "{}", even.jitter_ms());
        assert!((9.0..=10.0).contains(&uneven.jitter_ms()), "{}", uneven.jitter_ms());
    }

    #[test]
    fn another_clock_is_no_jitter() {
        let start = Instant::now();
        let mut reception = Reception::new(1, 0, 0, 48_000, start);
        for n in 1..50u32 {
            reception.arrived(n as u16, n * 960, 48_000, start + ms(u64::from(n) * 20));
        }
        for n in 50..100u32 {
            reception.arrived(n as u16, 47_040 + (n - 49) * 160, 8000, start + ms(u64::from(n) * 20));
        }
        assert!(reception.jitter_ms() < 0.1, "{}", reception.jitter_ms());
    }

    #[test]
    fn blocks_tell_what_was_lost_since_the_one_before() {
        let start = Instant::now();
        let at = |n: u16| start + ms(u64::from(n) * 20);
        let mut reception = Reception::new(9, 65_500, 0, 48_000, start);
        let send = |reception: &mut Reception, range: std::ops::Range<u16>, lost: fn(u16) -> bool| {
            for n in range.filter(|n| !lost(*n)) {
                reception.arrived(65_500u16.wrapping_add(n), u32::from(n) * 960, 48_000, at(n));
            }
        };
        send(&mut reception, 1..100, |n| n % 4 == 2);
        let first = reception.report(at(100));
        assert_eq!((first.fraction_lost, first.total_lost, first.highest), (64, 25, (1 << 16) + 63));
        assert_eq!((first.last_report, first.delay), (0, 0));
        reception.report_received(0x1234_5678_9abc_def0, at(100));
        send(&mut reception, 100..200, |_| false);
        let second = reception.report(at(200));
        assert_eq!((second.fraction_lost, second.total_lost), (0, 25));
        assert_eq!((second.last_report, second.delay), (0x5678_9abc, 2 * 65_536));
        assert!(reception.bursts().recent_run().is_some_and(|run| run < 1.01));
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
