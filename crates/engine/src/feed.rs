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

#[cfg(test)]
mod tests {
    use model::Registration;

    use super::*;
    use crate::devices::{DeviceBoard, SoundOverride};
    use crate::session::Session;
    use crate::system::{Facts, Internet, Panel, status};

    fn snapshot() -> Snapshot {
        let devices = DeviceBoard::new(SoundOverride::default());
        let facts = Facts {
            registration: Registration::Off,
            registration_retry_at: None,
            panel: Panel::Unused,
            internet: Internet::Unused,
            microphone: devices.microphone_fact(),
            speaker: devices.speaker_fact(),
            microphone_fault: None,
            speaker_fault: None,
        };
        Snapshot {
            session: Session::SigningIn,
            registration: Registration::Off,
            calls: Vec::new(),
            muted: false,
            system: status(&facts),
            devices: devices.view(),
            unseen_missed: 0,
            team: None,
            contacts_sync: None,
            rights: None,
            agent: None,
            parked: Vec::new(),
            recordings_waiting: 0,
            voicemail: crate::voicemail::BoxState::default(),
            player: None,
            peaks: None,
            status: None,
            faces: Vec::new(),
        }
    }

    /// Answers the next question for a snapshot; it holds all events up to `told`.
    async fn answer(letters: &mut mpsc::Receiver<Mail>, told: u64) {
        let Some(Mail::Snapshot(reply)) = letters.recv().await else { panic!("a reader asks for a snapshot") };
        assert!(reply.send((told, snapshot())).is_ok());
    }

    #[tokio::test]
    async fn a_reader_begins_with_a_snapshot_and_gets_nothing_twice() {
        let (mut feed, door) = Feed::new();
        let (mail, mut letters) = mpsc::channel(4);
        let mut stream = door.stream(mail);
        feed.tell(EngineEvent::Muted(true));
        let (first, ()) = tokio::join!(stream.recv(), async {
            // Told while the reader waits for the snapshot, which holds it.
            feed.tell(EngineEvent::Muted(false));
            answer(&mut letters, feed.told()).await;
        });
        assert!(matches!(first, Some(EngineEvent::Snapshot(_))));
        feed.tell(EngineEvent::History { unseen_missed: 1 });
        assert_eq!(stream.recv().await, Some(EngineEvent::History { unseen_missed: 1 }));
        drop(feed);
        assert_eq!(stream.recv().await, None);
    }

    #[tokio::test]
    async fn a_reader_that_fell_behind_gets_a_snapshot_instead_of_what_it_lost() {
        let (mut feed, door) = Feed::new();
        let (mail, mut letters) = mpsc::channel(4);
        let mut stream = door.stream(mail);
        let (_, ()) = tokio::join!(stream.recv(), answer(&mut letters, 0));
        for _ in 0..=DEPTH {
            feed.tell(EngineEvent::Muted(true));
        }
        let told = feed.told();
        let (again, ()) = tokio::join!(stream.recv(), answer(&mut letters, told));
        assert!(matches!(again, Some(EngineEvent::Snapshot(_))));
        feed.tell(EngineEvent::Muted(false));
        assert_eq!(stream.recv().await, Some(EngineEvent::Muted(false)));
    }

    #[tokio::test]
    async fn a_stream_of_an_engine_that_has_ended_is_at_its_end() {
        let (feed, door) = Feed::new();
        drop(feed);
        let (mail, letters) = mpsc::channel(4);
        drop(letters);
        assert_eq!(door.stream(mail).recv().await, None);
    }
}
