//! The seam between the web server and the voice task.
//!
//! The web side owns the WebSockets (`sip_socket`), the voice task owns the registrar, the proxy and the echo. One bounded queue carries
//! everything in; each flow has a bounded queue out. A socket's reader waits for its place in the queue in, which is first come, first
//! served: a noisy peer gets one place at a time and is slowed down by TCP.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use base::{FlowId, Secret, SuperviseMode, WallMs};
use bytes::Bytes;
use ipnet::IpNet;
use sip::edge::NotOperated;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::mail_seam::BoxWish;
use crate::presence::TurnedAway;
use crate::queue_seam::QueueDoor;

/// Places in the queue in, for all flows together.
pub(crate) const INPUTS: usize = 1024;
/// Places in the queue of events out.
pub(crate) const EVENTS: usize = 1024;
/// Places in each flow's queue out.
const OUTBOUND: usize = 256;

/// Everything that the voice task gets.
#[derive(Debug)]
pub(crate) enum VoiceInput {
    /// A WebSocket with sub-protocol `sip` is open. Always the first input of its flow.
    FlowUp { flow: FlowId, peer: SocketAddr, outbound: Outbound },
    /// One WebSocket message: one SIP message (RFC 7118 §5), or a CRLF keep-alive. At most 64 KiB.
    Frame { flow: FlowId, bytes: Bytes },
    /// The socket is gone. Always the last input of its flow, exactly once.
    FlowDown { flow: FlowId },
    /// This extension belongs to an active user. May be repeated.
    KnowExtension { extension: String },
    /// This extension belongs to nobody who may be called: its phones are gone.
    ForgetExtension { extension: String },
    /// Whoever has this extension is signed out everywhere: their phones are gone, and so is the worth of credentials that end by then.
    SignOut { extension: String, void_until: WallMs },
    /// Whoever has this extension has a voice box, or not.
    Box { extension: String, has: bool },
    /// This extension registers and calls from these networks only; from everywhere when there are none.
    Restrict { extension: String, networks: Vec<IpNet> },
    /// Call-ID of the call on which somebody talks, and with whom.
    TalkOf { extension: String, answer: oneshot::Sender<Option<(String, String)>> },
    /// Which phones are registered?
    Devices(oneshot::Sender<Vec<DeviceHere>>),
    /// A place is kept for a call that `by` parks. Answered which; none: there is none.
    Park { by: String, answer: oneshot::Sender<Option<u8>> },
    /// Something is done with the call that rings at somebody. Answered why not, if not.
    Operate { user: String, operation: Operation, done: oneshot::Sender<Result<(), NotOperated>> },
    /// The registration of this phone ends. Answered whether it was there.
    Unregister { id: String, done: oneshot::Sender<bool> },
}

/// What a colleague does with a ringing call.
#[derive(Debug)]
pub(crate) enum Operation {
    /// It rings at this extension too; the phone that knows the word answers.
    PickUp { by: String, word: String },
    /// It rings there instead.
    Divert { to: String },
}

/// A phone that is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeviceHere {
    pub id: String,
    pub extension: String,
    pub user_agent: String,
    pub peer: SocketAddr,
    pub since_ms: i64,
    pub until_ms: i64,
}

/// A call that is parked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParkedHere {
    pub slot: u8,
    /// Extension of who parked it.
    pub by: String,
    pub number: String,
    pub name: String,
    pub since_ms: i64,
    /// Nobody took it: it rings at the one who parked it.
    pub comes_back: bool,
}

/// Who may take a call that somebody parked: both by extension.
pub(crate) type MayTake = Arc<dyn Fn(&str, &str) -> bool + Send + Sync>;

/// The parking places.
#[derive(Clone)]
pub(crate) struct ParkDoor {
    pub may_take: MayTake,
    /// What is parked, for those who look.
    pub parked: watch::Sender<Vec<ParkedHere>>,
    /// A call that nobody takes rings back after so long.
    pub ring_back: watch::Receiver<Duration>,
}

/// The writing half of a flow. Cheap to clone, never blocks.
#[derive(Clone, Debug)]
pub(crate) struct Outbound {
    queue: mpsc::Sender<Bytes>,
    closing: CancellationToken,
}

impl Outbound {
    /// A pair without a socket.
    pub(crate) fn channel() -> (Outbound, mpsc::Receiver<Bytes>) {
        let (queue, receiver) = mpsc::channel(OUTBOUND);
        (Outbound { queue, closing: CancellationToken::new() }, receiver)
    }

    /// Queues one SIP message. A full queue means that the peer does not read: the flow is closed. After closing it is dropped.
    pub(crate) fn send(&self, bytes: Bytes) {
        if self.closing.is_cancelled() {
            return;
        }
        if let Err(mpsc::error::TrySendError::Full(_)) = self.queue.try_send(bytes) {
            tracing::warn!("a SIP flow does not read what it is sent and is closed");
            self.closing.cancel();
        }
    }

    /// Sends what is queued, one second at most, then closes the socket.
    pub(crate) fn close(&self) {
        self.closing.cancel();
    }

    /// For the owner of the socket: resolves once the flow shall be closed.
    pub(crate) fn closing(&self) -> CancellationToken {
        self.closing.clone()
    }
}

/// What the voice task starts with.
pub(crate) struct VoiceSetup {
    /// Realm and host of every AOR, lower case.
    pub domain: String,
    /// Key of the short-lived SIP passwords.
    pub ephemeral_secret: Secret,
    /// Extensions of active users.
    pub extensions: Vec<String>,
    /// Those who may register and call from some networks only.
    pub networks: Vec<(String, Vec<IpNet>)>,
    /// Whom no call reaches just now.
    pub turned_away: watch::Receiver<TurnedAway>,
    /// Those who have a voice box.
    pub boxes: Vec<String>,
    /// What their phone wants of the database.
    pub box_wishes: mpsc::Sender<BoxWish>,
    /// The parking places.
    pub parking: ParkDoor,
    /// The queues.
    pub queues: QueueDoor,
    /// Where the server listens: loopback means that media stay on this computer too.
    pub media_ip: IpAddr,
    /// Everything that comes in. Closed when the server is gone.
    pub inputs: mpsc::Receiver<VoiceInput>,
    /// What happens; use `try_send`, count what does not fit.
    pub events: mpsc::Sender<VoiceEvent>,
    /// Cancelled at shutdown; end within two seconds.
    pub stop: CancellationToken,
}

/// What the voice task tells. `from` and `to` are user parts (`101`, `*43`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VoiceEvent {
    /// `registered`: at least one device of this extension is left.
    RegistrationChanged { extension: String, registered: bool },
    /// An INVITE was accepted for forwarding.
    CallStarted { call: String, from: String, to: String },
    /// A called device rings.
    CallRinging { call: String, from: String, to: String },
    /// A called device answered.
    CallAnswered { call: String, from: String, to: String },
    /// A colleague has it now: it rings at `was` no more.
    CallMoved { call: String, was: String },
    /// It is over; 200 after an answered call.
    CallEnded { call: String, from: String, to: String, code: u16 },
    /// A queue offers a call to this agent, whose phone rings. `offer` is no call.
    OfferRinging { offer: String, agent: String },
    /// …and does not ring any more, whatever came of it.
    OfferOver { offer: String, agent: String },
    /// A supervisor takes part in a call of this agent, or does so differently. It is no call.
    Supervised { by: String, of: String, mode: SuperviseMode },
    /// …and takes part no more.
    SuperviseOver { by: String, of: String },
    /// Somebody came with a leave to supervise that is worth nothing; why, in a word.
    SuperviseRefused { by: String, of: String, why: &'static str },
    /// The status of the called side blocks it: nothing has rung.
    CallBlocked { call: String, from: String, to: String, code: u16 },
}
