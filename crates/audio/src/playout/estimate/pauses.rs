//! Pauses of the network that make a habit.

use base::Now;

use crate::playout::MS;

/// Pauses of the network: delays far beyond the usual that come again.
#[derive(Default)]
pub(super) struct Pauses {
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
    pub(super) fn note(&mut self, delay: i64, usual: i64, now: Now) {
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
    pub(super) fn height(&self) -> i64 {
        let mut known = self.last.iter().flatten();
        match (known.next(), known.next()) {
            (Some(first), Some(second)) => known.fold(first.1.max(second.1), |most, pause| most.max(pause.1)),
            _ => 0,
        }
    }
}
