//! What one call is doing, drawn.
//!
//! ```text
//!  dial ─▶ Preparing ─offer─▶ Calling ──180──▶ RingingThere ──18x with SDP──▶ EarlyMedia
//!             │                  │ └──18x with SDP──────────────────────────────▲  │
//!             │                  └────────────200: answer applied──┬───────────────┘
//!             │                                                    ▼
//!                                │ ▲ registered again
//!             in a queue, and the connection breaks: QueueingAgain
//!
//!  INVITE ─▶ RingingHere ─answer─▶ Answering ─SDP: 200─▶ AwaitingAck ─ACK─▶ Talking ◀─▶ (re-offers: `Exchange`)
//!                │                    │                      │               │
//!   hang up, decline, media lost: CANCEL, 603, 486, 488, BYE │               │
//!                └────────────────────┴──────┬───────────────┴───────────────┘
//!                                            ▼
//!                                          Ending ──closed, 5 s──▶ Over
//!   the far end cancels, refuses, hangs up; silence; flow lost before the answer: straight to Over.
//! ```
//!
//! The sound's own state is another axis ([`MediaState`](crate::MediaState)): a call can talk while its media is mended.

use base::{Aor, Now};
use model::EndReason;

/// Signalling state of a call as the phone needs it.
#[derive(Debug)]
pub(crate) enum State {
    /// Outgoing. Media writes the offer; nothing was sent.
    Preparing {
        /// Whom to invite.
        target: Aor,
    },
    /// Outgoing. INVITE is on its way.
    Calling,
    /// Outgoing. 180 came without sound.
    RingingThere,
    /// Outgoing. A provisional response brought a description; we listen.
    EarlyMedia {
        /// What was applied: the 200 usually repeats it.
        answer: String,
    },
    /// Outgoing. The connection broke while the call waited in a queue, which keeps its place: it is invited again once we are registered.
    QueueingAgain {
        /// Nobody keeps the place any longer.
        give_up_at: Now,
    },
    /// Incoming. A person has to decide until `give_up_at`.
    RingingHere {
        /// What the far end offers; `None`: it wants our offer.
        offer: Option<String>,
        /// Nobody is there.
        give_up_at: Now,
    },
    /// Incoming. Answer was pressed; media writes our description.
    Answering {
        /// The INVITE had no offer: it is an offer that media writes.
        late_offer: bool,
    },
    /// Incoming. 200 is sent and repeated until ACK comes.
    AwaitingAck {
        /// The 200 carries our offer, its answer has not come yet.
        late_offer: bool,
    },
    /// Answered and confirmed.
    Talking(Session),
    /// We end it; the far end has not agreed yet.
    Ending {
        /// Decided when we began to end it.
        reason: EndReason,
        /// The user agent has not finished: we stop waiting.
        give_up_at: Now,
    },
    /// Nothing is left but to tell it.
    Over {
        /// Why.
        reason: EndReason,
    },
}

/// A confirmed call: what was agreed and what is wished for next.
#[derive(Debug, Default)]
pub(crate) struct Session {
    pub(crate) exchange: Exchange,
    /// The last completed offer/answer has us holding.
    pub(crate) agreed_hold: bool,
    /// The far end refused to be held, but the agent is on another call: it is held on our side alone.
    pub(crate) holds_alone: bool,
    /// Since when it is held.
    pub(crate) held_at: Option<Now>,
    /// The next re-offer shall restart ICE.
    pub(crate) wants_restart: bool,
    /// The far end must learn our new address.
    pub(crate) wants_refresh: bool,
    /// Re-offers in a row that failed for a reason that passes.
    pub(crate) failures: u8,
    /// Not before then.
    pub(crate) again_at: Option<Now>,
    /// Media is lost and being mended until then.
    pub(crate) mend_until: Option<Now>,
}

impl Session {
    /// Is the call on hold by us, as far as anybody can tell?
    pub(crate) fn is_held(&self) -> bool {
        self.agreed_hold || self.holds_alone
    }
}

/// Which offer is open in a confirmed call. One at a time in both directions (RFC 3261 §14.1).
///
/// ```text
///            a wish                        offer            answered, refused
///  Settled ─────────▶ WritingOffer ─────────────▶ Offered ───────────────────▶ Settled
///     ├───far end's offer───▶ WritingAnswer ──answer──────────────────────────▶ Settled
///     └───far end asks for ours──▶ WritingLateOffer ──offer──▶ OfferedLate ──▶ Settled
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Exchange {
    /// None.
    #[default]
    Settled,
    /// Media writes our re-offer.
    WritingOffer(Wish),
    /// re-INVITE is on its way.
    Offered(Wish),
    /// Media writes the answer to the far end's offer.
    WritingAnswer {
        /// We answer as one who holds.
        hold: bool,
        /// Their offer puts us on hold.
        held_by_far_end: bool,
    },
    /// Their re-INVITE came without an offer: media writes one for our 200.
    WritingLateOffer {
        /// We hold.
        hold: bool,
    },
    /// 200 with our offer is sent; ACK brings the answer.
    OfferedLate {
        /// We hold.
        hold: bool,
    },
}

/// What a re-offer of ours is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Hold, or talk.
    pub(crate) hold: bool,
    /// New ICE credentials.
    pub(crate) restart: bool,
}

impl State {
    /// Outgoing and not answered.
    pub(crate) fn is_outgoing_unanswered(&self) -> bool {
        matches!(
            self,
            State::Preparing { .. }
                | State::Calling
                | State::RingingThere
                | State::EarlyMedia { .. }
                | State::QueueingAgain { .. }
        )
    }

    /// Answered by one side or the other and not ending.
    pub(crate) fn is_answered(&self) -> bool {
        matches!(self, State::Answering { .. } | State::AwaitingAck { .. } | State::Talking(_))
    }

    /// Takes the agent's attention: anything but a call that only rings here or that ends.
    pub(crate) fn is_engaging(&self) -> bool {
        self.is_outgoing_unanswered() || self.is_answered()
    }

    /// Ending or over.
    pub(crate) fn is_done(&self) -> bool {
        matches!(self, State::Ending { .. } | State::Over { .. })
    }

    /// When this state ends by itself.
    pub(crate) fn deadline(&self) -> Option<Now> {
        match self {
            State::RingingHere { give_up_at, .. }
            | State::QueueingAgain { give_up_at }
            | State::Ending { give_up_at, .. } => Some(*give_up_at),
            State::Talking(session) => session.mend_until.into_iter().chain(session.again_at).min(),
            State::Preparing { .. }
            | State::Calling
            | State::RingingThere
            | State::EarlyMedia { .. }
            | State::Answering { .. }
            | State::AwaitingAck { .. }
            | State::Over { .. } => None,
        }
    }
}
