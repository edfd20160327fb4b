//! When a frame is due where no device says so, and when a device has died in silence.

use std::time::Duration;

use audio_io::Health;
use base::{FRAME_MS, Now};

const FRAME: Duration = Duration::from_millis(FRAME_MS as u64);
/// Further behind than this we were asleep: go on from now.
const TOO_LATE: Duration = Duration::from_millis(200);
/// Most frames made up for in one step.
pub(super) const MOST_FRAMES: usize = 3;

/// A frame every 10 ms of the computer's clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameTimer {
    next: Now,
}

impl FrameTimer {
    pub(super) fn new(now: Now) -> Self {
        FrameTimer { next: now }
    }

    /// How many frames are due; at most three at a time.
    pub(super) fn due(&mut self, now: Now) -> usize {
        if now.since(self.next) > TOO_LATE {
            self.next = now;
        }
        let mut count = 0;
        while self.next <= now && count < MOST_FRAMES {
            self.next = self.next + FRAME;
            count += 1;
        }
        count
    }

    /// When the next one is due.
    pub(super) fn next(&self) -> Now {
        self.next
    }
}

/// As [`FrameTimer`], but never leaves out: a recording's length is the time that passed.
#[derive(Clone, Copy, Debug)]
pub(super) struct GaplessTimer {
    next: Now,
}

impl GaplessTimer {
    pub(super) fn new(now: Now) -> Self {
        GaplessTimer { next: now }
    }

    pub(super) fn due(&mut self, now: Now) -> usize {
        let mut count = 0;
        while self.next <= now && count < 100 {
            self.next = self.next + FRAME;
            count += 1;
        }
        count
    }

    pub(super) fn next(&self) -> Now {
        self.next
    }
}

/// No callback for so long: the stream is dead, whatever the system says.
const DEAD_AFTER: Duration = Duration::from_millis(500);
/// A device that has called fewer than `WARM` times is still starting and may take its time: virtual ones stand still for two seconds.
const FIRST_AFTER: Duration = Duration::from_secs(5);
const WARM: u64 = 10;
/// What one step may add to the waiting time: a computer that stood still is no proof against the device.
const MOST_PER_STEP: Duration = Duration::from_millis(25);

/// Watches the callbacks of one stream.
#[derive(Debug)]
pub(super) struct Watchdog {
    seen: u64,
    idle: Duration,
    last_look: Now,
}

impl Watchdog {
    pub(super) fn new(now: Now) -> Self {
        Watchdog { seen: 0, idle: Duration::ZERO, last_look: now }
    }

    /// Whether the stream is over.
    pub(super) fn is_dead(&mut self, health: &Health, now: Now) -> bool {
        let lost = health.lost();
        if let Some(why) = lost {
            tracing::info!(%why, "sound stream lost");
        }
        lost.is_some() || self.is_silent(health.callbacks(), now)
    }

    fn is_silent(&mut self, callbacks: u64, now: Now) -> bool {
        let step = now.since(self.last_look).min(MOST_PER_STEP);
        self.last_look = now;
        if callbacks != self.seen {
            self.seen = callbacks;
            self.idle = Duration::ZERO;
            return false;
        }
        self.idle += step;
        let dead = self.idle >= if self.seen < WARM { FIRST_AFTER } else { DEAD_AFTER };
        if dead {
            tracing::info!(callbacks, "sound stream lost: no callback");
        }
        dead
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_keeps_its_rhythm_and_forgives_a_long_sleep() {
        let mut timer = FrameTimer::new(Now::from_millis(5));
        let due: Vec<usize> = [5, 6, 14, 15, 47, 48, 1000, 1001].map(|ms| timer.due(Now::from_millis(ms))).to_vec();
        assert_eq!(due, [1, 0, 0, 1, 3, 0, 1, 0]);
    }

    #[test]
    fn a_recording_leaves_nothing_out() {
        let mut timer = GaplessTimer::new(Now::ZERO);
        let total: usize = [0, 10, 400, 1000, 1010].map(|ms| timer.due(Now::from_millis(ms))).iter().sum();
        assert_eq!(total, 102);
    }

    #[test]
    fn half_a_second_without_a_callback_is_death_but_a_standstill_of_ours_is_not() {
        let mut dog = Watchdog::new(Now::ZERO);
        assert!(!dog.is_silent(100, Now::from_millis(10)));
        assert!(!dog.is_silent(100, Now::from_millis(5000)), "we slept, not the device");
        let mut now = 5000;
        while !dog.is_silent(100, Now::from_millis(now)) {
            now += 10;
        }
        assert!((5450..=5520).contains(&now), "dead after {now} ms");
    }

    #[test]
    fn a_device_that_starts_may_take_longer() {
        let mut dog = Watchdog::new(Now::ZERO);
        assert!((1..400).all(|k| !dog.is_silent(2, Now::from_millis(k * 10))));
        assert!((400..=520).any(|k| dog.is_silent(2, Now::from_millis(k * 10))));
    }
}
