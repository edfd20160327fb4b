//! One INVITE usage, from INVITE to the end of the session (RFC 3261 §13, §15).

use std::time::Duration;

use base::Now;
use bytes::Bytes;

use super::{Reoffer, TargetRefresh};
use crate::core::{Request, T1, T2, TransactionId};
use crate::dialog::Dialog;

/// A call leg as the protocol sees it.
///
/// ```text
///  invite ─▶ Inviting ──2xx: ACK────────────────────────▶ Confirmed ──hang_up: BYE──▶ Leaving ──answer, 32 s──▶ gone
///               │ hang_up: CANCEL (held until 1xx), then       ▲  │                        ▲
///               │   2xx: ACK, BYE ─────────────────────────────┼──┼────────────────────────┤
///               │   failure, silence ─▶ gone                   │  └─ BYE from them ─▶ gone │
///  INVITE ─▶ Incoming ──answer: 200──▶ Answered ──ACK──────────┘                           │
///               │ CANCEL: 487 ─▶ gone     │ no ACK in 64·T1: BYE ─▶ gone                   │
///               │ reject ─▶ gone          └─ hang_up: remembered until ACK (§15) ──────────┘
/// ```
pub(crate) struct Call {
    pub(crate) call_id: String,
    pub(crate) local_tag: String,
    /// We made the Call-ID: we called.
    pub(crate) outgoing: bool,
    pub(crate) state: State,
}

pub(crate) enum State {
    /// Our INVITE is out. Timer B gives up after 32 s of silence; after a provisional answer only the user gives up.
    Inviting {
        tx: TransactionId,
        forks: Vec<Fork>,
        /// The user has hung up; whatever comes now, it ends.
        leaving: bool,
    },
    /// Their INVITE waits for a person.
    Incoming {
        tx: TransactionId,
        request: Box<Request>,
        /// 180 is repeated every minute, or proxies give up on us (§13.3.1.1).
        ring_again_at: Option<Now>,
    },
    /// 200 is sent and repeated until ACK (§13.3.1.4).
    Answered { dialog: Box<Dialog>, unacked: Unacked, leaving: bool },
    /// The session stands.
    Confirmed { dialog: Box<Dialog>, reoffer: Reoffer, refresh: TargetRefresh },
    /// BYE is out, or waits for a flow.
    Leaving { dialog: Box<Dialog>, sent: bool, give_up_at: Now },
}

/// An early dialog made by one of the phones that the INVITE reached (§12.1, §13.2.2.1).
pub(crate) struct Fork {
    pub(crate) tag: String,
    /// The first session description of this fork; later ones are previews of the same.
    pub(crate) sdp: Option<String>,
}

/// Forks we keep apart; provisional responses of further ones are shown without their SDP.
pub(crate) const MAX_FORKS: usize = 16;
/// The pause between two 180.
pub(crate) const RING_AGAIN: Duration = Duration::from_secs(60);

/// A 2xx of ours without its ACK.
pub(crate) struct Unacked {
    pub(crate) response: Bytes,
    pub(crate) cseq: u32,
    /// The 2xx carried our offer, so ACK brings the answer.
    pub(crate) offered: bool,
    pub(crate) repeat_at: Now,
    pub(crate) give_up_at: Now,
    pause: Duration,
}

impl Unacked {
    pub(crate) fn new(now: Now, response: Bytes, cseq: u32, offered: bool) -> Self {
        Unacked { response, cseq, offered, repeat_at: now + T1, give_up_at: now + 64 * T1, pause: T1 }
    }

    /// It was sent once more: the next pause is twice as long, up to T2.
    pub(crate) fn repeated(&mut self, now: Now) {
        self.pause = (self.pause * 2).min(T2);
        self.repeat_at = now + self.pause;
    }

    pub(crate) fn wake_at(&self) -> Now {
        self.repeat_at.min(self.give_up_at)
    }
}

impl Call {
    /// When the call wants to be looked at without input.
    pub(crate) fn wake_at(&self) -> Option<Now> {
        match &self.state {
            State::Inviting { .. } => None,
            State::Incoming { ring_again_at, .. } => *ring_again_at,
            State::Answered { unacked, .. } => Some(unacked.wake_at()),
            State::Confirmed { reoffer, refresh, .. } => {
                let offer = match reoffer {
                    Reoffer::Glare { again_at, .. } => Some(*again_at),
                    Reoffer::Answered(unacked) => Some(unacked.wake_at()),
                    Reoffer::Idle | Reoffer::Sent { .. } | Reoffer::Asked(_) => None,
                };
                let target = match refresh {
                    TargetRefresh::Again { at, .. } => Some(*at),
                    TargetRefresh::None | TargetRefresh::Sent { .. } => None,
                };
                offer.into_iter().chain(target).min()
            }
            State::Leaving { give_up_at, .. } => Some(*give_up_at),
        }
    }

    /// The dialog, once there is exactly one.
    pub(crate) fn dialog_mut(&mut self) -> Option<&mut Dialog> {
        match &mut self.state {
            State::Inviting { .. } | State::Incoming { .. } => None,
            State::Answered { dialog, .. } | State::Confirmed { dialog, .. } | State::Leaving { dialog, .. } => {
                Some(dialog)
            }
        }
    }
}
