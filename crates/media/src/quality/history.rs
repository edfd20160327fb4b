//! Which of the last packets came. Pure.

/// How far back is remembered. Power of two.
pub const REMEMBERED: u16 = 256;

/// One bit for each of the last [`REMEMBERED`] sequence numbers.
#[derive(Clone, Debug)]
pub struct History {
    bits: [u64; REMEMBERED as usize / 64],
    /// The highest sequence number so far.
    highest: u16,
    /// How many numbers up to `highest` belong to the stream.
    known: u16,
}

impl History {
    /// Begins with the first packet.
    #[must_use]
    pub fn new(seq: u16) -> Self {
        let mut history = History { bits: [0; REMEMBERED as usize / 64], highest: seq, known: 1 };
        history.set(seq, true);
        history
    }

    /// A packet came, newer or older than the others.
    pub fn came(&mut self, seq: u16) {
        let ahead = seq.wrapping_sub(self.highest);
        if ahead == 0 || ahead > u16::MAX / 2 {
            if self.highest.wrapping_sub(seq) < REMEMBERED {
                self.set(seq, true);
                self.known = self.known.max(self.highest.wrapping_sub(seq) + 1);
            }
            return;
        }
        for back in (0..ahead.min(REMEMBERED)).rev() {
            self.set(seq.wrapping_sub(back), back == 0);
        }
        self.highest = seq;
        self.known = self.known.saturating_add(ahead).min(REMEMBERED);
    }

    /// Did it come? `None`: too old, not yet due, or before the stream began.
    #[must_use]
    pub fn has(&self, seq: u16) -> Option<bool> {
        let back = self.highest.wrapping_sub(seq);
        (back < self.known).then(|| self.bits[usize::from(seq % REMEMBERED) / 64] >> (seq % 64) & 1 == 1)
    }

    /// The highest sequence number so far.
    #[must_use]
    pub fn highest(&self) -> u16 {
        self.highest
    }

    /// How many numbers up to the highest can be asked for.
    #[must_use]
    pub fn known(&self) -> u16 {
        self.known
    }

    fn set(&mut self, seq: u16, came: bool) {
        let word = &mut self.bits[usize::from(seq % REMEMBERED) / 64];
        let bit = 1u64 << (seq % 64);
        if came {
            *word |= bit;
        } else {
            *word &= !bit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_reordering_and_the_wrap() {
        let mut history = History::new(65_533);
        for seq in [65_534, 0, 65_535, 3] {
            history.came(seq);
        }
        let asked: Vec<Option<bool>> = [65_532, 65_533, 65_535, 0, 1, 2, 3, 4].map(|seq| history.has(seq)).into();
        let (no, yes) = (Some(false), Some(true));
        assert_eq!(asked, [None, yes, yes, yes, no, no, yes, None]);
        history.came(65_532);
        assert_eq!(history.has(65_532), yes, "overtaken by the first");
    }

    #[test]
    fn a_leap_forgets_what_is_behind() {
        let mut history = History::new(10);
        history.came(10 + REMEMBERED * 2);
        assert_eq!(history.has(10), None);
        assert!((11 + REMEMBERED..10 + REMEMBERED * 2).all(|seq| history.has(seq) == Some(false)));
        assert_eq!(history.known(), REMEMBERED);
    }
}
