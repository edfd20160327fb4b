//! A flow, as its owner sees it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base::FlowId;
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};
use tracing::Instrument;

use crate::{FlowFault, FlowTarget, Trust, connect, pump};

/// Frames that may wait to be written. More means that the peer does not read.
const QUEUE_FRAMES: usize = 256;

/// News of one flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowEvent {
    /// Which flow; late news of an old one are recognised by it.
    pub flow: FlowId,
    /// What happened.
    pub news: FlowNews,
}

/// What can happen to a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlowNews {
    /// It is open: send. The peer's address says which way media will likely go (loopback or not).
    Up {
        /// Other end of the connection.
        peer: SocketAddr,
    },
    /// One frame came: a SIP message, a keep-alive or rubbish.
    Frame(Bytes),
    /// A ping was answered after this time.
    RoundTrip(Duration),
    /// It could not be opened, or has ended. The last news. Does not come after [`Flow::close`].
    Down(FlowFault),
}

/// A connection that is being opened, is open, or is down. Dropping it closes it after what waits has been written.
#[derive(Debug)]
pub struct Flow {
    id: FlowId,
    frames: mpsc::Sender<Bytes>,
    _closed: DropGuard,
}

impl Flow {
    /// Starts opening a flow; news go to `events`, in order, and wait there while it is full. Must be called inside a tokio runtime.
    #[must_use]
    pub fn open(id: FlowId, target: FlowTarget, trust: Arc<Trust>, events: mpsc::Sender<FlowEvent>) -> Flow {
        let (frames, queue) = mpsc::channel(QUEUE_FRAMES);
        let span = tracing::debug_span!("flow", flow.id = id.0);
        let closed = CancellationToken::new();
        tokio::spawn(live(target, trust, queue, closed.clone(), Ear { id, events }).instrument(span));
        Flow { id, frames, _closed: closed.drop_guard() }
    }

    /// Ends the flow after what waits has been written. No more news come, save those that are on their way.
    pub fn close(self) {}

    /// Queues one message. Never blocks. What is sent before the flow is up goes out when it is.
    ///
    /// False: the flow is down, or the peer does not read and the queue is full; `Down` follows or has come.
    #[must_use]
    pub fn send(&self, frame: Bytes) -> bool {
        self.frames.try_send(frame).is_ok()
    }

    /// Which flow.
    #[must_use]
    pub fn id(&self) -> FlowId {
        self.id
    }
}

/// Where news go.
pub(crate) struct Ear {
    id: FlowId,
    events: mpsc::Sender<FlowEvent>,
}

impl Ear {
    /// Waits while the queue is full. When nobody listens any more the flow is about to be closed, and news are nobody's.
    pub(crate) async fn tell(&self, news: FlowNews) {
        let _ = self.events.send(FlowEvent { flow: self.id, news }).await;
    }
}

async fn live(
    target: FlowTarget,
    trust: Arc<Trust>,
    queue: mpsc::Receiver<Bytes>,
    closed: CancellationToken,
    ear: Ear,
) {
    let opened = tokio::select! {
        opened = connect::connect(&target, &trust) => opened,
        // Closed before it was up: nobody waits for it.
        () = closed.cancelled() => return,
    };
    let fault = match opened {
        Err(fault) => Some(fault),
        Ok((socket, peer)) => {
            tracing::debug!("flow is up");
            ear.tell(FlowNews::Up { peer }).await;
            pump::run(socket, queue, &ear).await
        }
    };
    if let Some(fault) = fault {
        tracing::debug!(%fault, "flow is down");
        ear.tell(FlowNews::Down(fault)).await;
    }
}
