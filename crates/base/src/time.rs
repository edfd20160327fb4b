//! Time as an argument.

use std::ops::{Add, Sub};
use std::time::Duration;

/// A point on the monotonic clock of this process, counted from an epoch that the owner of the clock chose.
///
/// Cores never read a clock: `engine::clock` (client) and the server's voice task make these values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Now(Duration);

impl Now {
    /// The clock's epoch.
    pub const ZERO: Now = Now(Duration::ZERO);

    /// A point `since_epoch` after the epoch.
    #[must_use]
    pub const fn at(since_epoch: Duration) -> Self {
        Now(since_epoch)
    }

    /// Shorthand for tests and tables.
    #[must_use]
    pub const fn from_millis(ms: u64) -> Self {
        Now(Duration::from_millis(ms))
    }

    /// How long after the epoch this is.
    #[must_use]
    pub const fn since_epoch(self) -> Duration {
        self.0
    }

    /// How long after `earlier` this is; zero when `earlier` is in fact later.
    #[must_use]
    pub fn since(self, earlier: Now) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Now {
    type Output = Now;
    fn add(self, rhs: Duration) -> Now {
        Now(self.0 + rhs)
    }
}

impl Sub<Now> for Now {
    type Output = Duration;
    /// Saturates at zero.
    fn sub(self, rhs: Now) -> Duration {
        self.since(rhs)
    }
}

/// Milliseconds since 1970-01-01 UTC: what is stored and shown, never what a deadline is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallMs(pub i64);
