//! What a [`crate::ua::UserAgent`] tells the phone.

use std::time::Duration;

use base::Aor;
use bytes::Bytes;

use crate::usage::QueuePlace;

/// Handle of one INVITE usage, from INVITE to the end. Ours, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DialogId(pub u64);

/// What has to be done, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Output {
    /// Write one SIP message (or a CRLF) as one frame to the current flow.
    Send(Bytes),
    /// Something the phone must know.
    Event(Event),
}

/// Who calls, as it may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The user part, unescaped; `user@host` when the host is not ours. At most 128 characters, no control characters.
    pub number: String,
    /// The display name without control and direction characters, at most 128 characters; may be empty.
    pub display_name: String,
    /// The address to call back, when it is one.
    pub aor: Option<Aor>,
}

/// What an INVITE carries because a REFER asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referral {
    /// Value of Replaces.
    pub(crate) replaces: Option<String>,
    /// Value of Referred-By.
    pub(crate) referred_by: Option<String>,
    /// Leave to supervise the call of whom we call.
    pub(crate) supervise: Option<String>,
}

impl Referral {
    /// For an INVITE that wants to supervise, with the leave that the server gave.
    #[must_use]
    pub fn supervising(token: String) -> Self {
        Referral { supervise: Some(token), ..Referral::default() }
    }

    /// Does it take the place of a call that runs there (attended transfer)?
    #[must_use]
    pub fn is_attended(&self) -> bool {
        self.replaces.is_some()
    }
}

/// Why a registration failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterFailure {
    /// The registrar refused our answer to its challenge.
    WrongCredentials,
    /// The registrar knows us and does not take us in this network: 403 with the words of our own server (EC-09).
    NotFromHere,
    /// Another 3xx, 4xx or 6xx.
    Refused {
        /// The status code.
        code: u16,
    },
    /// 5xx: trying later makes sense.
    ServerError {
        /// The status code.
        code: u16,
    },
    /// Nothing came in 32 s (Timer F), or 408.
    NoAnswer,
    /// The flow went before the answer came.
    FlowLost,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// We are registered, for the first time or again.
    Registered {
        /// For how long the registrar keeps us; the refresh is our business.
        expires: Duration,
    },
    /// A registration or its refresh failed. Call [`crate::ua::UserAgent::register`] to try again.
    RegistrationFailed {
        /// Why.
        why: RegisterFailure,
    },
    /// The end that [`crate::ua::UserAgent::unregister`] asked for: confirmed, failed, or 5 s without an answer.
    Unregistered,
    /// Somebody calls.
    Invited {
        /// The new call leg.
        id: DialogId,
        /// Who it claims to be.
        from: Caller,
        /// The SDP offer; `None` when the offer is ours to make in the 200.
        offer: Option<String>,
        /// The call leg that it takes the place of (RFC 3891): one of ours that runs, and the caller may have it.
        replaces: Option<DialogId>,
        /// Who sent the caller to us (RFC 3892), if it says so.
        referred_by: Option<Box<Caller>>,
        /// The queue that offers it, as our server says; at most 200 characters, nothing that controls.
        queue: Option<String>,
        /// The word by which this phone asked for the call, as our server says: somebody here picks it up.
        pickup: Option<String>,
        /// It wants to supervise a call of ours, and shows this.
        supervise: Option<String>,
    },
    /// 182: the call waits in a queue. `Provisional` comes as well.
    Queued {
        /// The call leg.
        id: DialogId,
        /// Where it stands.
        place: QueuePlace,
    },
    /// 180, 183 and the like (not 100).
    Provisional {
        /// The call leg.
        id: DialogId,
        /// 101..=199.
        code: u16,
        /// SDP, once per fork.
        early_sdp: Option<String>,
    },
    /// The other side took the call. ACK has been sent.
    Accepted {
        /// The call leg.
        id: DialogId,
        /// The SDP of the 2xx, else the one this fork had sent before.
        answer: Option<String>,
    },
    /// The other side, or a server, refused. The handle is free.
    Failed {
        /// The call leg.
        id: DialogId,
        /// 300..=699.
        code: u16,
        /// The words beside the code; shown to nobody, useful in a log.
        reason_phrase: String,
        /// Retry-After, if it came.
        retry_after: Option<Duration>,
    },
    /// No answer at all to INVITE within 32 s (Timer B). The handle is free.
    TimedOut {
        /// The call leg.
        id: DialogId,
    },
    /// The flow went before the call was answered, or there was none. The handle is free.
    FlowLost {
        /// The call leg.
        id: DialogId,
    },
    /// The caller gave up before we answered. The handle is free.
    Cancelled {
        /// The call leg.
        id: DialogId,
        /// Another device of ours took it (RFC 3326 `Reason: SIP;cause=200`).
        elsewhere: bool,
    },
    /// ACK for our 200 came.
    Confirmed {
        /// The call leg.
        id: DialogId,
    },
    /// The other side wants to change the session. Answer with `answer_reoffer` or `refuse_reoffer`.
    Reoffered {
        /// The call leg.
        id: DialogId,
        /// Its offer; `None` when the offer is ours to make in the answer.
        offer: Option<String>,
    },
    /// Our offer was answered: by the 2xx to `reoffer`, or by the ACK when our offer travelled in a 2xx.
    ReofferAnswered {
        /// The call leg.
        id: DialogId,
        /// The SDP answer.
        answer: Option<String>,
    },
    /// Our `reoffer` was not taken; the session goes on as it was. 491 means that theirs came first, 503 that the flow went.
    ReofferFailed {
        /// The call leg.
        id: DialogId,
        /// The status code.
        code: u16,
    },
    /// The peer must learn our new path and knows no UPDATE: call `reoffer`.
    WantsReoffer {
        /// The call leg.
        id: DialogId,
    },
    /// The other side asks us to call somebody else instead. Answer with `accept_refer` or `refuse_refer`, at once.
    Referred {
        /// The call leg.
        id: DialogId,
        /// `sip:user@host` or `tel:…`.
        to: String,
        /// For `invite_referred`.
        referral: Referral,
    },
    /// The other side, which supervises a call of ours, wants to do so differently and shows this. Answer with `answer_supervise`, at
    /// once.
    SuperviseAsked {
        /// The call leg.
        id: DialogId,
        /// What it shows.
        token: String,
    },
    /// Our `change_supervision` was answered. 408 means silence, 503 that the flow went.
    SuperviseAnswered {
        /// The call leg.
        id: DialogId,
        /// The status code.
        code: u16,
    },
    /// Our `refer` is being carried out.
    ReferAccepted {
        /// The call leg.
        id: DialogId,
        /// [`Event::ReferProgress`] follows. If not, nothing more will be heard of it (RFC 4488).
        reports: bool,
    },
    /// Our `refer` was not taken; the call goes on as it was. 408 means silence, 503 that the flow went.
    ReferFailed {
        /// The call leg.
        id: DialogId,
        /// The status code.
        code: u16,
    },
    /// What became of our `refer` so far.
    ReferProgress {
        /// The call leg.
        id: DialogId,
        /// The newest answer to their INVITE; `None`: the report does not say.
        code: Option<u16>,
        /// Nothing more will be heard.
        over: bool,
    },
    /// The session is over: BYE from the far end, or the dialog died (481, 408, no ACK). The handle is free.
    Ended {
        /// The call leg.
        id: DialogId,
        /// The code that killed the dialog, or the cause of the BYE's Reason header.
        cause: Option<u16>,
    },
    /// Our own `hang_up` or `reject` is finished or given up. The handle is free.
    Closed {
        /// The call leg.
        id: DialogId,
    },
}

/// What happened on the wire, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Frames that were no SIP message and could not be answered.
    pub malformed: u64,
    /// Requests refused as broken (400, 505).
    pub refused: u64,
    /// Requests turned away because too many were open (503, 486).
    pub overloaded: u64,
    /// Repeated requests swallowed by their transaction.
    pub retransmissions: u64,
    /// Responses that fitted nothing.
    pub unmatched_responses: u64,
    /// 2xx that came again and got their ACK again.
    pub repeated_answers: u64,
}
