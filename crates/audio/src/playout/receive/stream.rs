//! Who sends, and where its numbers are.

use base::{Now, SAMPLE_RATE, Ssrc};

use crate::playout::slots::SLOTS;

/// So many packets with ascending old numbers in a row mean that the sender started its count anew.
const RESTART_AFTER: u32 = 3;

/// Who sends, and where its numbers are.
#[derive(Default)]
pub(super) struct Stream {
    pub(super) ssrc: Option<Ssrc>,
    pub(super) previous: Option<(Ssrc, Now)>,
    pub(super) newest_seq: i64,
    /// Place where the newest packet ends, samples at 48 kHz.
    pub(super) end: i64,
    /// Ticks of the RTP clock in a second, its newest value (extended), and the place of one of its values.
    rate: u32,
    newest_ticks: i64,
    origin: (i64, i64),
    /// Bit n: `newest_seq − n` was received.
    seen: u128,
    /// Old numbers in a row, and the last of them.
    old_run: (u32, u16),
}

impl Stream {
    /// The stream of `ssrc` begins with these numbers, or begins to count anew; its first place is 0.
    pub(super) fn begin(&mut self, ssrc: Ssrc, seq: u16, timestamp: u32, rate: u32, now: Now) {
        let previous = match self.ssrc {
            Some(old) if old != ssrc => Some((old, now)),
            _ => self.previous,
        };
        let (newest_seq, newest_ticks) = (i64::from(seq) + (1 << 16), i64::from(timestamp) + (1 << 32));
        *self = Stream {
            ssrc: Some(ssrc),
            previous,
            newest_seq,
            rate,
            newest_ticks,
            origin: (newest_ticks, 0),
            ..Stream::default()
        };
    }

    /// From here on the clock runs at another rate (RFC 7160); the packet `number` follows those before it.
    pub(super) fn change_rate(&mut self, number: i64, timestamp: u32, rate: u32, samples: i64) {
        let ticks = i64::from(timestamp) + (1 << 32);
        let place = self.end + (number - self.newest_seq - 1) * samples;
        (self.rate, self.newest_ticks, self.origin) = (rate, ticks, (ticks, place));
    }

    pub(super) fn rate(&self) -> u32 {
        self.rate
    }

    /// The place of the sample with this timestamp.
    pub(super) fn place(&self, timestamp: u32) -> i64 {
        let ticks = near_timestamp(self.newest_ticks, timestamp) - self.origin.0;
        self.origin.1 + ticks * i64::from(SAMPLE_RATE / self.rate.max(1))
    }

    /// A sender that restarted with the same SSRC comes with numbers far behind, one after the other (RFC 3550 A.1).
    pub(super) fn counts_anew(&mut self, number: i64, seq: u16) -> bool {
        if number > self.newest_seq - SLOTS {
            self.old_run = (0, 0);
            return false;
        }
        let (count, last) = self.old_run;
        let count = if count > 0 && seq == last.wrapping_add(1) { count + 1 } else { 1 };
        self.old_run = (count, seq);
        count >= RESTART_AFTER
    }

    pub(super) fn has_seen(&self, number: i64) -> bool {
        let back = self.newest_seq - number;
        (0..128).contains(&back) && self.seen & (1 << back) != 0
    }

    /// A packet came by itself, not as a redundant copy.
    pub(super) fn note(&mut self, number: i64, timestamp: u32, samples: i64) {
        let forward = number - self.newest_seq;
        match forward {
            1.. => {
                self.seen = if forward < 128 { self.seen << forward | 1 } else { 1 };
                self.newest_seq = number;
            }
            0 => self.seen |= 1,
            -127..0 => self.seen |= 1 << -forward,
            _ => {}
        }
        if forward >= 0 {
            let place = self.place(timestamp);
            self.newest_ticks = near_timestamp(self.newest_ticks, timestamp);
            self.end = place + samples;
        }
    }

    /// The extended number that ends in `seq`.
    pub(super) fn number(&self, seq: u16) -> i64 {
        self.newest_seq + i64::from(seq.wrapping_sub(self.newest_seq as u16) as i16)
    }
}

/// The extended timestamp closest to `reference` that ends in `timestamp`.
fn near_timestamp(reference: i64, timestamp: u32) -> i64 {
    reference + i64::from(timestamp.wrapping_sub(reference as u32) as i32)
}
