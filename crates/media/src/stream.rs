//! Sequence numbers and timestamps of what we send (RFC 3550 §5.1). Pure.

use std::time::{Duration, Instant};

/// Time without packets from which on the timestamp follows the clock instead of what the sender claims.
const GAP: Duration = Duration::from_millis(120);

/// One stream's line of numbers.
///
/// The sequence never jumps: the receiver's SRTP guesses the roll-over from it (RFC 3711 §3.3.1, trap T16). The timestamp
/// does, after a hold or mute without packets, because it says *when* a sound was made; a receiver would otherwise take
/// everything after a hold of 30 s for 30 s late.
#[derive(Debug)]
pub struct Line {
    seq: u16,
    timestamp: u32,
    last_at: Option<Instant>,
    /// Ticks per second; 48 kHz before the first packet.
    clock_rate: u32,
    /// Sound that was left out in favour of digits.
    skipped: u32,
}

/// The numbers of one packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// Sequence number.
    pub seq: u16,
    /// Timestamp.
    pub timestamp: u32,
    /// First packet after silence (RFC 3551 §4.1).
    pub marker: bool,
}

impl Line {
    /// Starts at random numbers (RFC 3550 §5.1); the sequence in the lower half, so that it does not wrap at once.
    #[must_use]
    pub fn new(random: u64) -> Self {
        Line {
            seq: (random as u16) & 0x7fff,
            timestamp: (random >> 32) as u32,
            last_at: None,
            clock_rate: 48_000,
            skipped: 0,
        }
    }

    /// Timestamps count in this clock from now on. They go on from where they are: the time between the last packet of one
    /// codec and the first of another is counted in the new clock (RFC 7160 §4.2).
    pub fn set_clock(&mut self, clock_rate: u32) {
        if self.clock_rate != clock_rate {
            self.clock_rate = clock_rate.max(1000);
            self.skipped = 0;
        }
    }

    /// The next sound packet, `advance` ticks after the one before.
    pub fn sound(&mut self, advance: u32, marker: bool, now: Instant) -> Numbers {
        let skipped = std::mem::take(&mut self.skipped);
        let (advance, gap) = self.since_last(advance.saturating_add(skipped), now);
        let Numbers { seq, timestamp, .. } = self.take(advance, now);
        Numbers { seq, timestamp, marker: marker || gap }
    }

    /// A sound packet that gives way to a digit: time passes, no number is used.
    pub fn skip(&mut self, advance: u32) {
        self.skipped = self.skipped.saturating_add(advance).min(self.clock_rate * 60);
    }

    /// The first packet of a digit: a new timestamp that all its packets share.
    pub fn event_start(&mut self, now: Instant) -> Numbers {
        let skipped = std::mem::take(&mut self.skipped);
        let (advance, _) = self.since_last(self.clock_rate / 50 + skipped, now);
        let numbers = self.take(advance, now);
        Numbers { marker: true, ..numbers }
    }

    /// A further packet of the digit.
    pub fn event_next(&mut self) -> Numbers {
        self.seq = self.seq.wrapping_add(1);
        Numbers { seq: self.seq, timestamp: self.timestamp, marker: false }
    }

    /// How far to advance, and whether a gap was bridged.
    fn since_last(&self, advance: u32, now: Instant) -> (u32, bool) {
        let Some(last) = self.last_at else { return (0, true) };
        let passed = now.saturating_duration_since(last);
        let clock = u128::from(self.clock_rate);
        let step = self.clock_rate / 100;
        let ticks = (passed.as_millis() * clock / 1000) as u32;
        let claimed = Duration::from_millis(u64::from(advance) * 1000 / u64::from(self.clock_rate));
        if passed > claimed + GAP { (ticks / step * step, true) } else { (advance, false) }
    }

    fn take(&mut self, advance: u32, now: Instant) -> Numbers {
        if self.last_at.is_some() {
            self.seq = self.seq.wrapping_add(1);
        }
        self.timestamp = self.timestamp.wrapping_add(advance);
        self.last_at = Some(now);
        Numbers { seq: self.seq, timestamp: self.timestamp, marker: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn t16_sequence_counts_by_one_through_speech_digits_and_gaps() {
        let start = Instant::now();
        let mut line = Line::new(0x0000_1000_0000_7fff);
        let mut numbers = vec![line.sound(960, false, start), line.sound(960, false, start + ms(20))];
        numbers.push(line.event_start(start + ms(40)));
        line.skip(960);
        numbers.push(line.event_next());
        line.skip(960);
        numbers.push(line.sound(960, false, start + ms(100)));
        numbers.push(line.sound(960, false, start + ms(30_100)));
        let first = numbers[0];
        assert_eq!((first.seq, first.timestamp, first.marker), (0x7fff, 0x1000, true));
        let steps: Vec<u16> = numbers.windows(2).map(|w| w[1].seq.wrapping_sub(w[0].seq)).collect();
        assert_eq!(steps, [1, 1, 1, 1, 1]);
        let ticks: Vec<u32> = numbers.windows(2).map(|w| w[1].timestamp.wrapping_sub(w[0].timestamp)).collect();
        assert_eq!(ticks, [960, 960, 0, 2880, 48 * 30_000]);
        let markers: Vec<bool> = numbers.iter().map(|n| n.marker).collect();
        assert_eq!(markers, [true, false, true, false, false, true]);
    }

    #[test]
    fn another_clock_goes_on_from_the_same_timestamp() {
        let start = Instant::now();
        let mut line = Line::new(0);
        line.sound(960, false, start);
        line.set_clock(8000);
        let first = line.sound(160, false, start + ms(20));
        let second = line.sound(160, false, start + ms(40));
        let after_hold = line.sound(160, false, start + ms(1040));
        assert_eq!([first.timestamp, second.timestamp, after_hold.timestamp], [160, 320, 8320]);
        assert_eq!([first.seq, second.seq, after_hold.seq], [1, 2, 3]);
    }

    #[test]
    fn discontinuous_transmission_keeps_what_the_sender_claims() {
        let start = Instant::now();
        let mut line = Line::new(0);
        line.sound(960, false, start);
        let comfort = line.sound(19_200, false, start + ms(405));
        assert_eq!((comfort.timestamp, comfort.marker), (19_200, false));
    }
}
