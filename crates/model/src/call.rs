//! What is remembered of a call.

use base::{AccountId, WallMs};

use crate::Passport;

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// They called us.
    Incoming,
    /// We called them.
    Outgoing,
}

/// The other side of a call, as SIP told it (cleaned of bidi controls, SPEC 4.3 rule 4).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Party {
    /// Extension, number or `user@host`: what can be dialled again.
    pub number: String,
    /// Display name; empty when none was sent.
    pub display_name: String,
}

/// How a call ended. Each gets its own words on screen; being busy is an outcome, not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EndReason {
    /// We hung up an answered call.
    LocalHangUp,
    /// They hung up an answered call.
    RemoteHangUp,
    /// We gave up before the other side answered.
    Cancelled,
    /// They gave up before we answered.
    Missed,
    /// Another of our devices answered (RFC 3326 Reason `cause=200`).
    AnsweredElsewhere,
    /// We declined.
    Declined,
    /// It went on without us: transferred.
    Transferred,
    /// 486, 600.
    Busy,
    /// 603, 607, 608.
    Rejected,
    /// 480, 408 from afar, or the ringing timed out.
    NoAnswer,
    /// 404, 410, 604: nobody has this number.
    NotFound,
    /// 484: the number is incomplete or nonsense.
    BadNumber,
    /// 401, 403, 407: not allowed to call this.
    Forbidden,
    /// 488, 606, 415: no codec or security in common.
    NotAcceptable,
    /// 503, other 5xx.
    ServerFailure,
    /// We are not connected to the server and the request could not be sent.
    Offline,
    /// No answer at all to INVITE within 32 s (Timer B).
    Timeout,
    /// Media could not be set up, or was lost for good.
    MediaFailed,
    /// The microphone or the speaker could not be opened and the call makes no sense.
    Internal,
}

base::codes! {
    EndReason {
        LocalHangUp = "local_hang_up",
        RemoteHangUp = "remote_hang_up",
        Cancelled = "cancelled",
        Missed = "missed",
        AnsweredElsewhere = "answered_elsewhere",
        Declined = "declined",
        Transferred = "transferred",
        Busy = "busy",
        Rejected = "rejected",
        NoAnswer = "no_answer",
        NotFound = "not_found",
        BadNumber = "bad_number",
        Forbidden = "forbidden",
        NotAcceptable = "not_acceptable",
        ServerFailure = "server_failure",
        Offline = "offline",
        Timeout = "timeout",
        MediaFailed = "media_failed",
        Internal = "internal",
    }
}

/// A row of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRecord {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// Which account.
    pub account: AccountId,
    /// Direction.
    pub direction: Direction,
    /// The other side.
    pub party: Party,
    /// Start: INVITE sent or received.
    pub started_at: WallMs,
    /// When it was answered, if it was.
    pub answered_at: Option<WallMs>,
    /// End.
    pub ended_at: WallMs,
    /// Outcome.
    pub reason: EndReason,
    /// Final SIP status code, if there was one: second, selectable line on screen.
    pub sip_code: Option<u16>,
    /// Missed and not yet looked at.
    pub unseen: bool,
    /// What the agent wrote about it; empty: nothing.
    pub note: String,
    /// How it sounded, if sound flowed. Rows that are read as a list have it not; it is asked for by id.
    pub quality: Option<Box<Passport>>,
    /// The transfer that it was part of.
    pub transfer: Option<CallTransfer>,
}

/// How a call was part of a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallTransfer {
    /// It was sent to them.
    To(Party),
    /// They sent it here.
    By(Party),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_back() {
        for reason in EndReason::ALL {
            assert_eq!(EndReason::from_code(reason.code()), Some(*reason));
        }
        assert_eq!(EndReason::from_code("other"), None);
    }
}
