//! From one teller to any number of readers, none of which can slow it down.

use tokio::sync::{broadcast, mpsc, oneshot};

use crate::event::{EngineEvent, Snapshot};
use crate::mail::Mail;

/// Events that a reader may be behind before it gets a snapshot instead. At 20 levels a second that is 25 s of sleep.
const DEPTH: usize = 512;

/// An event and its place in the order of all events.
type Numbered = (u64, EngineEvent);

/// The teller's end.
pub(crate) struct Feed {
    tx: broadcast::Sender<Numbered>,
    told: u64,
}

impl Feed {
    pub(crate) fn new() -> (Feed, FeedDoor) {
        let (tx, _) = broadcast::channel(DEPTH);
        let door = FeedDoor(tx.downgrade());
        (Feed { tx, told: 0 }, door)
    }

    /// Tells everybody. Nobody listening is fine: who comes later gets a snapshot.
    pub(crate) fn tell(&mut self, event: EngineEvent) {
        self.told += 1;
        let _ = self.tx.send((self.told, event));
    }

    /// Number of the last event: a snapshot taken now holds all up to it.
    pub(crate) fn told(&self) -> u64 {
        self.told
    }
}

/// Where readers come in. Does not keep the feed open.
#[derive(Clone)]
pub(crate) struct FeedDoor(broadcast::WeakSender<Numbered>);

impl FeedDoor {
    pub(crate) fn stream(&self, mail: mpsc::Sender<Mail>) -> EventStream {
        EventStream { rx: self.0.upgrade().map(|tx| tx.subscribe()), mail, stale: true, seen: 0 }
    }
}

/// Events in order, beginning with a snapshot. A reader that falls behind loses the oldest and gets a snapshot again.
pub struct EventStream {
    /// `None`: the engine had ended before we came.
    rx: Option<broadcast::Receiver<Numbered>>,
    mail: mpsc::Sender<Mail>,
    /// What the reader knows is not what is: a snapshot is due.
    stale: bool,
    /// Events up to this number are in the snapshot that was given.
    seen: u64,
}

impl EventStream {
    /// The next event; `None` when the engine has ended. May be dropped while it waits, nothing is lost.
    pub async fn recv(&mut self) -> Option<EngineEvent> {
        loop {
            if self.stale {
                return self.snapshot().await;
            }
            match self.rx.as_mut()?.recv().await {
                Ok((number, event)) if number > self.seen => return Some(event),
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(lost)) => {
                    tracing::warn!(lost, "a reader of events fell behind and gets a snapshot");
                    self.stale = true;
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }

    async fn snapshot(&mut self) -> Option<EngineEvent> {
        // What waits from now on is newer than what we lost; what of it the snapshot holds is skipped by number.
        self.rx = self.rx.take().map(|rx| rx.resubscribe());
        let (seen, snapshot) = ask_snapshot(&self.mail).await?;
        self.seen = seen;
        self.stale = false;
        Some(EngineEvent::Snapshot(Box::new(snapshot)))
    }
}

/// Asks the driver; `None` when it has ended.
pub(crate) async fn ask_snapshot(mail: &mpsc::Sender<Mail>) -> Option<(u64, Snapshot)> {
    let (reply, answer) = oneshot::channel();
    mail.send(Mail::Snapshot(reply)).await.ok()?;
    answer.await.ok()
}
