//! Changing a running session (RFC 3261 §14, RFC 3311): one offer at a time, in either direction.

use std::time::Duration;

use base::{Chance, Now};

use super::Unacked;
use crate::core::{Request, TransactionId};

/// Which offer is open inside a confirmed dialog.
///
/// ```text
///          reoffer             491
///   Idle ───────────▶ Sent ───────────▶ Glare ──again_at──▶ Sent …
///    │ ▲   2xx, failure │                 │ theirs comes first: ours has failed
///    │ └────────────────┘                 ▼
///    └────theirs────────────────────▶ Asked ──2xx──▶ Answered ──ACK, flow lost──▶ Idle
///                                       ▲               │ their next INVITE: the ACK was lost
///                                       └───────────────┘
/// ```
pub(crate) enum Reoffer {
    /// None.
    Idle,
    /// Ours is out; theirs meanwhile gets 491.
    Sent { offer: String, collisions: u8 },
    /// Ours met theirs; it goes out again at `again_at` (§14.1).
    Glare { offer: String, collisions: u8, again_at: Now },
    /// Theirs waits for our answer; a second one gets 500 (§14.2).
    Asked(Box<Asked>),
    /// Our 2xx to their re-INVITE waits for ACK.
    Answered(Unacked),
}

/// A re-INVITE or an UPDATE with an offer that we have to answer.
pub(crate) struct Asked {
    pub(crate) tx: TransactionId,
    pub(crate) request: Request,
    /// It came without an offer: our answer is the offer, and ACK brings the answer.
    pub(crate) offerless: bool,
}

/// Telling the peer where we are after a reconnect.
pub(crate) enum TargetRefresh {
    /// Nothing to tell.
    None,
    /// UPDATE is out.
    Sent { failures: u8 },
    /// The path was not there yet (the peer may be reconnecting too): again at `at`.
    Again { failures: u8, at: Now },
}

impl TargetRefresh {
    /// After this many refusals we leave it; the call itself lives by its media.
    const MAX_FAILURES: u8 = 6;

    /// What follows after a refusal or silence that does not end the dialog: 1, 2, 4 … seconds of patience.
    pub(crate) fn after_failure(&self, now: Now) -> TargetRefresh {
        let failures = match self {
            TargetRefresh::None => return TargetRefresh::None,
            TargetRefresh::Sent { failures } | TargetRefresh::Again { failures, .. } => failures + 1,
        };
        if failures >= Self::MAX_FAILURES {
            return TargetRefresh::None;
        }
        TargetRefresh::Again { failures, at: now + Duration::from_secs(1 << failures.min(5)) / 2 }
    }
}

/// How often two sides may collide before the offer is given up.
pub(crate) const MAX_COLLISIONS: u8 = 5;

/// The pause after 491 in units of 10 ms: 2.1–4 s for the side that made the Call-ID, 0–2 s for the other (§14.1).
pub(crate) fn glare_pause(chance: &mut Chance, we_own_call_id: bool) -> Duration {
    let ms = if we_own_call_id { 2100 + 10 * chance.below(191) } else { 10 * chance.below(201) };
    Duration::from_millis(ms)
}
