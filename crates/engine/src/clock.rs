//! The client's clock: everything that has a time in the phone was stamped here.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base::{Now, WallMs};

/// One clock for the phone, the sound and the screen. Copies show the same time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    epoch: Instant,
}

impl Clock {
    /// A clock that starts now. A second after the epoch, so that "long ago" can be expressed.
    pub(crate) fn start() -> Clock {
        let now = Instant::now();
        Clock { epoch: now.checked_sub(Duration::from_secs(1)).unwrap_or(now) }
    }

    /// The instant that [`Now`] counts from.
    pub(crate) fn epoch(&self) -> Instant {
        self.epoch
    }

    /// Monotonic time.
    pub(crate) fn now(&self) -> Now {
        Now::at(self.epoch.elapsed())
    }

    /// What the wall clock shows.
    pub(crate) fn wall(&self) -> WallMs {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        WallMs(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    /// When the runtime has to wake us for `at`.
    pub(crate) fn instant(&self, at: Now) -> tokio::time::Instant {
        tokio::time::Instant::from_std(self.epoch + at.since_epoch())
    }
}
