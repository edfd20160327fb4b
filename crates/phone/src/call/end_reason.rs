//! Names the outcome of a call that failed: from a SIP status code to what a person understands.

use model::EndReason;

use crate::effect::RejectTone;

/// The outcome that a final response of 300 or above to our INVITE means (RFC 3261 §21 and the registry after it).
pub(crate) fn from_status(code: u16) -> EndReason {
    match code {
        // We do not follow redirections: whoever we called is not at this number.
        300..=399 => EndReason::NotFound,
        // 402: payment; 428…438: identity is missing or wrong; 433: anonymous callers are refused; 470: consent.
        401 | 402 | 403 | 407 | 428 | 429 | 433 | 436 | 437 | 438 | 470 => EndReason::Forbidden,
        404 | 410 | 604 => EndReason::NotFound,
        // 414: too long; 416: scheme unknown; 485: ambiguous.
        414 | 416 | 484 | 485 => EndReason::BadNumber,
        // 487 without a CANCEL of ours: a server in between gave up ringing.
        408 | 480 | 487 => EndReason::NoAnswer,
        486 | 600 => EndReason::Busy,
        // 406, 415, 488, 493, 580, 606: bodies; 420, 421, 422, 494: extensions, timers or security that we do not share.
        406 | 415 | 420 | 421 | 422 | 488 | 493 | 494 | 580 | 606 => EndReason::NotAcceptable,
        600.. => EndReason::Rejected,
        _ => EndReason::ServerFailure,
    }
}

/// The tone after an outgoing call that failed; `None` when we ended it ourselves or it was a normal end.
pub(crate) fn tone(reason: EndReason) -> Option<RejectTone> {
    match reason {
        EndReason::Busy | EndReason::Rejected => Some(RejectTone::Busy),
        EndReason::NoAnswer
        | EndReason::NotFound
        | EndReason::BadNumber
        | EndReason::Forbidden
        | EndReason::NotAcceptable
        | EndReason::ServerFailure
        | EndReason::Offline
        | EndReason::Timeout
        | EndReason::MediaFailed
        | EndReason::Internal => Some(RejectTone::Congestion),
        EndReason::LocalHangUp
        | EndReason::Transferred
        | EndReason::RemoteHangUp
        | EndReason::Cancelled
        | EndReason::Missed
        | EndReason::AnsweredElsewhere
        | EndReason::Declined => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every status code of the IANA registry from 400 on.
    const TABLE: &[(EndReason, &[u16])] = &[
        (EndReason::Forbidden, &[401, 402, 403, 407, 428, 429, 433, 436, 437, 438, 470]),
        (EndReason::NotFound, &[300, 301, 302, 305, 380, 404, 410, 604]),
        (EndReason::BadNumber, &[414, 416, 484, 485]),
        (EndReason::NoAnswer, &[408, 480, 487]),
        (EndReason::Busy, &[486, 600]),
        (EndReason::Rejected, &[603, 607, 608, 699]),
        (EndReason::NotAcceptable, &[406, 415, 420, 421, 422, 488, 493, 494, 580, 606]),
        (
            EndReason::ServerFailure,
            &[
                400, 405, 412, 413, 417, 423, 424, 425, 430, 439, 440, 469, 481, 482, 483, 489, 491, 500, 501, 502,
                503, 504, 505, 513, 555,
            ],
        ),
    ];

    #[test]
    fn every_status_code_has_its_words() {
        for (reason, codes) in TABLE {
            for code in *codes {
                assert_eq!(from_status(*code), *reason, "{code}");
            }
        }
    }

    #[test]
    fn busy_sounds_different_from_failure() {
        assert_eq!(tone(from_status(486)), Some(RejectTone::Busy));
        assert_eq!(tone(from_status(603)), Some(RejectTone::Busy));
        assert_eq!(tone(from_status(503)), Some(RejectTone::Congestion));
        assert_eq!(tone(EndReason::Cancelled), None);
    }
}
