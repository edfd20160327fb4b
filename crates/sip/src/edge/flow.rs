//! One connection of a client, as the edge sees it.

use std::net::IpAddr;

use base::{Now, WallMs};

/// What is known about a flow.
pub(super) struct Flow {
    /// An in-process service: no digest, no rate limit, always this user.
    pub trusted_as: Option<String>,
    /// Who proved to be behind it.
    pub login: Option<Login>,
    /// Wrong passwords in a row.
    pub failures: u32,
    /// Frames that were no SIP, since the flow came up.
    pub garbage: u32,
    /// It was told to go; nothing it says counts any more.
    pub closing: bool,
    /// From where it comes; `None`: nobody said.
    pub peer: Option<IpAddr>,
    bucket: Bucket,
}

/// A proven identity. A connection is one client, so what it proved holds until the credentials expire.
#[derive(Clone, Debug)]
pub(super) struct Login {
    pub user: String,
    pub until: WallMs,
}

/// How much a flow may still send at once, in thousandths of a frame.
struct Bucket {
    level: u64,
    at: Now,
    refused: u32,
}

/// What to do with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// Look at it.
    Take,
    /// Too fast: forget it.
    Drop,
    /// It does not stop: end the flow.
    Close,
}

/// Frames beyond the limit before the flow is closed.
const PATIENCE: u32 = 1000;

impl Flow {
    pub(super) fn new(now: Now, trusted_as: Option<String>, burst: u32) -> Self {
        let bucket = Bucket { level: u64::from(burst) * 1000, at: now, refused: 0 };
        Flow { trusted_as, login: None, failures: 0, garbage: 0, closing: false, peer: None, bucket }
    }

    /// Counts one frame.
    pub(super) fn admit(&mut self, now: Now, per_second: u32, burst: u32) -> Admission {
        if self.closing {
            return Admission::Drop;
        }
        if self.trusted_as.is_some() {
            return Admission::Take;
        }
        let bucket = &mut self.bucket;
        let elapsed = u64::try_from((now - bucket.at).as_millis()).unwrap_or(u64::MAX);
        let full = u64::from(burst) * 1000;
        bucket.level = bucket.level.saturating_add(elapsed.saturating_mul(u64::from(per_second))).min(full);
        bucket.at = now;
        if let Some(level) = bucket.level.checked_sub(1000) {
            bucket.level = level;
            bucket.refused = 0;
            return Admission::Take;
        }
        bucket.refused += 1;
        if bucket.refused > PATIENCE { Admission::Close } else { Admission::Drop }
    }

    /// Whom this flow may speak for right now without showing credentials.
    pub(super) fn is_now(&self, wall: WallMs) -> Option<&str> {
        let login = self.login.as_ref().filter(|l| l.until > wall).map(|l| l.user.as_str());
        self.trusted_as.as_deref().or(login)
    }

    /// Who was ever proven to be here: enough inside dialogs, which must not die with the credentials.
    pub(super) fn user(&self) -> Option<&str> {
        self.trusted_as.as_deref().or(self.login.as_ref().map(|l| l.user.as_str()))
    }

    /// Whether anybody was ever proven to be here.
    pub(super) fn is_known(&self) -> bool {
        self.user().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burst_then_rate_then_end() {
        let mut flow = Flow::new(Now::ZERO, None, 2);
        let mut at = |ms| flow.admit(Now::from_millis(ms), 10, 2);
        assert_eq!([at(0), at(0), at(0)], [Admission::Take, Admission::Take, Admission::Drop]);
        assert_eq!([at(100), at(100)], [Admission::Take, Admission::Drop]);
        for _ in 1..PATIENCE {
            at(100);
        }
        assert_eq!(at(100), Admission::Close);
    }
}
