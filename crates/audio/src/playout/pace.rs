//! Whether to play faster, slower or as it came.

use super::MS;

/// Pulls over which the least is observed: 160 to 320 ms.
const HALF_WINDOW: u32 = 16;
/// Less than the target by so much: play slower, until it is reached.
const TOO_LITTLE: i64 = 2 * MS;
/// More than the target by so much: play faster, until it is nearly reached.
const TOO_MUCH: i64 = 12 * MS;
const NEARLY: i64 = 3 * MS;
/// So much really has to wait before anything is left out.
const LEAST_WAITING: i64 = 15 * MS;
/// More than the target by so much, after a stall: the oldest is thrown away.
const FAR_TOO_MUCH: i64 = 250 * MS;
/// Frames from one stretch to the next when there is no hurry.
const BETWEEN: u32 = 3;
/// Beyond these there is a hurry.
const HURRY_SLOWER: i64 = 15 * MS;
const HURRY_FASTER: i64 = 100 * MS;

/// What should happen to the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing.
    Keep,
    /// Leave out a period where it is not heard.
    Faster,
    /// Repeat a period where it is not heard.
    Slower,
    /// The same, and soon: the buffer is about to run dry.
    SlowerNow,
    /// Throw away what is too old.
    Cut,
}

/// Compares the delay with its target over a while, so that a pull that comes early or late changes nothing.
pub(super) struct Pace {
    delay: Least,
    waiting: Least,
    since_stretch: u32,
    doing: Wish,
}

impl Pace {
    pub(super) fn new() -> Self {
        Pace { delay: Least::default(), waiting: Least::default(), since_stretch: 0, doing: Wish::Keep }
    }

    /// Another delay begins.
    pub(super) fn restart(&mut self) {
        *self = Pace::new();
    }

    /// `delay` of what is played now, `waiting` sound, both in samples; once for each frame.
    pub(super) fn wish(&mut self, delay: i64, waiting: i64, target: i64) -> Wish {
        self.delay.note(delay);
        self.waiting.note(waiting);
        self.since_stretch = self.since_stretch.saturating_add(1);
        let (delay, waiting) = (self.delay.value(), self.waiting.value());
        let missing = target - delay;
        self.doing = match self.doing {
            _ if delay - target > FAR_TOO_MUCH && waiting > FAR_TOO_MUCH => return Wish::Cut,
            _ if missing > TOO_LITTLE => Wish::Slower,
            Wish::Slower if missing > 0 => Wish::Slower,
            _ if waiting < LEAST_WAITING => Wish::Keep,
            _ if -missing > TOO_MUCH => Wish::Faster,
            Wish::Faster if -missing > NEARLY => Wish::Faster,
            _ => Wish::Keep,
        };
        match self.doing {
            Wish::Slower if missing > HURRY_SLOWER => Wish::SlowerNow,
            Wish::Faster if -missing > HURRY_FASTER => Wish::Faster,
            wish if self.since_stretch >= BETWEEN => wish,
            _ => Wish::Keep,
        }
    }

    /// The sound was made longer (or shorter: negative) by so many samples.
    pub(super) fn stretched(&mut self, by: i64) {
        self.since_stretch = 0;
        self.moved(by);
    }

    /// The delay changed by so much for another reason.
    pub(super) fn moved(&mut self, by: i64) {
        self.delay.shift(by);
        self.waiting.shift(by);
    }

    /// The delay, as far as it is steady.
    pub(super) fn delay(&self) -> i64 {
        self.delay.value()
    }
}

/// The least of the last values.
#[derive(Default)]
struct Least {
    now: Option<i64>,
    before: Option<i64>,
    count: u32,
}

impl Least {
    fn note(&mut self, value: i64) {
        if self.count == HALF_WINDOW {
            self.before = self.now.take();
            self.count = 0;
        }
        self.now = Some(self.now.map_or(value, |least| least.min(value)));
        self.count += 1;
    }

    fn shift(&mut self, by: i64) {
        self.now = self.now.map(|value| value + by);
        self.before = self.before.map(|value| value + by);
    }

    fn value(&self) -> i64 {
        match (self.now, self.before) {
            (Some(now), Some(before)) => now.min(before),
            (now, before) => now.or(before).unwrap_or(0),
        }
    }
}
