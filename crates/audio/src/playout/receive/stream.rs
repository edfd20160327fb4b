//! Who sends, and where its numbers are.

use base::{Now, Ssrc};

use crate::playout::slots::SLOTS;

/// So many packets with ascending old numbers in a row mean that the sender started its count anew.
const RESTART_AFTER: u32 = 3;

/// Who sends, and where its numbers are.
#[derive(Default)]
pub(super) struct Stream {
    pub(super) ssrc: Option<Ssrc>,
    pub(super) previous: Option<(Ssrc, Now)>,
    pub(super) newest_seq: i64,
    pub(super) newest_timestamp: i64,
    /// End of the newest packet.
    pub(super) end: i64,
    /// Bit n: `newest_seq − n` was received.
    pub(super) seen: u64,
    /// Old numbers in a row, and the last of them.
    pub(super) old_run: (u32, u16),
}

impl Stream {
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
        (0..64).contains(&back) && self.seen & (1 << back) != 0
    }

    pub(super) fn note(&mut self, number: i64, timestamp: i64, samples: i64) {
        let forward = number - self.newest_seq;
        match forward {
            1.. => {
                self.seen = if forward < 64 { self.seen << forward | 1 } else { 1 };
                self.newest_seq = number;
                self.newest_timestamp = timestamp;
            }
            0 => self.seen |= 1,
            -63..0 => self.seen |= 1 << -forward,
            _ => {}
        }
        self.end = self.end.max(timestamp + samples);
    }
}

/// The extended number closest to `reference` that ends in `seq`.
pub(super) fn near_seq(reference: i64, seq: u16) -> i64 {
    reference + i64::from(seq.wrapping_sub(reference as u16) as i16)
}

/// The extended timestamp closest to `reference` that ends in `timestamp`.
pub(super) fn near_timestamp(reference: i64, timestamp: u32) -> i64 {
    reference + i64::from(timestamp.wrapping_sub(reference as u32) as i32)
}
