//! Two sessions on 127.0.0.1 and the means to watch them. Nothing sleeps: everything waits for events with a deadline.

use std::time::Duration;

use bytes::Bytes;
use media::{Direction, InPacket, MediaConfig, MediaEvent, MediaSession, Negotiated, OutPacket};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Longer than anything that a test waits for, on a machine that has other things to do.
pub const DEADLINE: Duration = Duration::from_secs(30);

pub struct End {
    pub session: MediaSession,
    pub events: mpsc::Receiver<MediaEvent>,
}

impl End {
    pub async fn new() -> End {
        let (session, events) = MediaSession::new(config()).await.expect("a session on loopback");
        End { session, events }
    }

    /// The next event that `wanted` accepts; others pass.
    pub async fn until<T>(&mut self, what: &str, mut wanted: impl FnMut(MediaEvent) -> Option<T>) -> T {
        let wait = async {
            loop {
                let event = self.events.recv().await.unwrap_or_else(|| panic!("the session ended before {what}"));
                if let Some(found) = wanted(event) {
                    return found;
                }
            }
        };
        tokio::time::timeout(DEADLINE, wait).await.unwrap_or_else(|_| panic!("no {what} within {DEADLINE:?}"))
    }

    pub async fn connected(&mut self) {
        self.until("connection", |event| (event == MediaEvent::Connected).then_some(())).await;
    }

    pub async fn packet(&mut self) -> InPacket {
        self.until("packet", |event| if let MediaEvent::Packet(packet) = event { Some(packet) } else { None }).await
    }

    /// Throws away what came so far, then waits for a packet made later than this call.
    pub async fn fresh_packet(&mut self) -> InPacket {
        let now = std::time::Instant::now();
        loop {
            let packet = self.packet().await;
            if packet.arrived > now {
                return packet;
            }
        }
    }

    /// Speaks until the handle is dropped: 20 ms packets whose payload counts up.
    pub fn speak(&self) -> Speech {
        let session = self.session.clone();
        Speech(tokio::spawn(async move {
            let mut tick = tokio::time::interval(Duration::from_millis(20));
            for count in 0u32.. {
                tick.tick().await;
                session.write(packet(count));
            }
        }))
    }
}

pub struct Speech(JoinHandle<()>);

impl Drop for Speech {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub fn config() -> MediaConfig {
    MediaConfig { local_ips: vec![[127, 0, 0, 1].into()], ice_servers: Vec::new(), wanted: Direction::SendRecv }
}

pub fn packet(count: u32) -> OutPacket {
    OutPacket { payload: Bytes::copy_from_slice(&count.to_be_bytes()), samples_48k: 960, marker: false }
}

/// A called B; both are connected.
pub struct Call {
    pub a: End,
    pub b: End,
    pub at_a: Negotiated,
    pub at_b: Negotiated,
    pub offer: String,
    pub answer: String,
}

/// Connects two sessions; the offer and the answer pass through `edit`, as if another implementation had written them.
pub async fn call_edited(edit: impl Fn(&str) -> String) -> Call {
    let (mut a, mut b) = (End::new().await, End::new().await);
    let offer = edit(&a.session.make_offer().await.expect("an offer"));
    let (answer, at_b) = b.session.answer_offer(&offer, Direction::SendRecv).await.expect("an answer");
    let answer = edit(&answer);
    let at_a = a.session.apply_answer(&answer).await.expect("the answer fits");
    a.connected().await;
    b.connected().await;
    Call { a, b, at_a, at_b, offer, answer }
}

pub async fn call() -> Call {
    call_edited(str::to_owned).await
}

impl Call {
    /// A re-offers, B answers.
    pub async fn reoffer(&mut self, wanted: Direction, b_wants: Direction) {
        let offer = self.a.session.make_reoffer(wanted, false).await.expect("a re-offer");
        let (answer, at_b) = self.b.session.answer_offer(&offer, b_wants).await.expect("an answer to it");
        self.at_a = self.a.session.apply_answer(&answer).await.expect("the answer fits");
        self.at_b = at_b;
    }

    /// Sound arrives in the directions agreed on, and is refused at the source in the others.
    pub async fn assert_sound_follows_directions(&mut self) {
        assert_eq!(self.at_a.direction, self.at_b.direction.reversed(), "both sides see one agreement");
        let (_from_a, _from_b) = (self.a.speak(), self.b.speak());
        if self.at_a.direction.sends() {
            self.b.fresh_packet().await;
        } else {
            assert!(!self.a.session.write(packet(0)), "A must not send");
        }
        if self.at_b.direction.sends() {
            self.a.fresh_packet().await;
        } else {
            assert!(!self.b.session.write(packet(0)), "B must not send");
        }
    }
}
