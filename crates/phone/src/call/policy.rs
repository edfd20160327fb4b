//! Decisions about calls that depend on nothing but a few facts.

use std::time::Duration;

use super::end_reason;
use crate::notice::TransferFault;

/// What a declined caller gets: 603 when the agent says no, 486 when he is on another call (DECISIONS 9). A queue
/// punishes the two differently (SPEC AO-04, AO-05), so they must not be mixed up, and neither may be 480.
pub(crate) fn decline_code(on_another_call: bool) -> u16 {
    if on_another_call { 486 } else { 603 }
}

/// More callers than lines.
pub(crate) const NO_LINE_FREE: u16 = 486;

/// It rang and nobody came. This *is* 480: nobody declined, and a queue counts it as not answered (SPEC AO-06).
pub(crate) const NOBODY_THERE: u16 = 480;

/// The agent signs out while it rings: this phone is unavailable, his other phones may ring on (603 would stop them).
pub(crate) const SIGNING_OUT: u16 = 480;

/// We could not make a description that fits the offer.
pub(crate) const NOTHING_IN_COMMON: u16 = 488;

/// Something of ours is broken.
pub(crate) const OUR_FAULT: u16 = 500;

/// An offer of theirs while ours is open (RFC 3261 §14.2).
pub(crate) const OFFERS_COLLIDE: u16 = 491;

/// As whom the server sends back calls that were parked.
pub(crate) const PARKING: &str = "*68";

/// How long a call that was picked up may take to come.
pub(crate) const PICKUP_PATIENCE: Duration = Duration::from_secs(10);

/// How long a queue keeps the place of a caller whose connection broke, unless an administrator says otherwise.
pub(crate) const PLACE_IS_KEPT: Duration = Duration::from_secs(60);

/// How long a call may stay in `Ending` before it is given up: a ghost call must not keep the agent busy.
pub(crate) const ENDING_PATIENCE: Duration = Duration::from_secs(5);

/// How long we wait for the next news of a transfer: longer than any phone rings (90 s), shorter than a caller's patience.
pub(crate) const TRANSFER_PATIENCE: Duration = Duration::from_secs(120);

/// After a transfer whoever asked for it hangs up (RFC 5589 §6.1). If it does not, we do.
pub(crate) const TRANSFERRED_PATIENCE: Duration = Duration::from_secs(3);

/// What a refusal of REFER means.
pub(crate) fn refer_fault(code: u16) -> TransferFault {
    match code {
        // Method, extension or event package unknown.
        405 | 420 | 489 | 501 => TransferFault::NotSupported,
        408 | 504 => TransferFault::Silent,
        503 => TransferFault::Offline,
        _ => TransferFault::Refused,
    }
}

/// What the caller met at the target.
pub(crate) fn target_fault(code: u16) -> TransferFault {
    TransferFault::Target(end_reason::from_status(code))
}

/// How long lost media may be mended by an ICE restart.
pub(crate) const MENDING_PATIENCE: Duration = Duration::from_secs(15);

/// The same while the server cannot be reached, so that the restart cannot even be sent.
pub(crate) const OFFLINE_MENDING_PATIENCE: Duration = Duration::from_secs(60);

/// A re-offer that ended like this was not refused by the far end: it did not get there, most likely because the far end
/// is reconnecting (477 and 478 are Kamailio's words for a connection that is gone).
pub(crate) const NOT_REACHED: [u16; 6] = [430, 477, 478, 480, 503, 504];

/// The first pause before it is tried again; each further one is twice as long.
pub(crate) const REACH_AGAIN: Duration = Duration::from_secs(1);

/// Attempts that may fail for a passing reason (out of reach, or crossing one of theirs) before it counts as a refusal.
/// With the pauses above that is about a minute: the longest pause of a phone that reconnects is 45 s.
pub(crate) const MAX_FAILURES: u8 = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declining_is_603_and_busy_is_486() {
        assert_eq!((decline_code(false), decline_code(true)), (603, 486));
    }
}
