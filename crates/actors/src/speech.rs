//! The media of one call: a task that owns the session until the call is over, and speaks meanwhile.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use base::{Chance, CodecKind};
use media::{Direction, MediaConfig, MediaError, MediaEvent, MediaSession, OutPacket};
use tokio::sync::mpsc;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use crate::Span;
use crate::draw::within;
use crate::voice::Voice;

/// Longer than this nobody waits for a description.
const DESCRIBE_WITHIN: Duration = Duration::from_secs(5);
const PACKET_MS: u64 = 20;
/// Ticks of the RTP clock in a packet of Opus.
const TICKS: u32 = 960;
/// How long somebody speaks, and how long they listen then.
const SPURT: Span = Span { least: Duration::from_millis(1200), most: Duration::from_millis(5000) };

/// How the session begins.
#[derive(Debug)]
pub(crate) enum Begin {
    /// With our offer.
    Offer,
    /// With our answer to theirs.
    Answer(String),
}

/// What the phone asks of a running call. Dropping the sender ends the call's media.
#[derive(Debug)]
pub(crate) enum Ask {
    /// Their answer to our offer.
    Apply(String),
    /// Their later offer, or `None` when ours is wanted.
    Take(Option<String>),
    /// A later offer of ours with this direction.
    Turn(Direction),
    /// It was refused.
    RollBack,
}

/// How far the media are.
#[derive(Debug)]
pub(crate) enum Media {
    /// The first description.
    Ready(String),
    /// The answer to their later offer, or our offer where none came.
    Taken(String),
    /// Their later offer cannot be taken.
    NotTaken,
    /// Our later offer.
    Turned(String),
    /// There are no media, or no more.
    Over(String),
}

/// What the media of a call tell: of which call, and what.
#[derive(Debug)]
pub(crate) struct Told {
    pub call: u64,
    pub what: Media,
}

/// What a call speaks with.
pub(crate) struct Speaker {
    pub call: u64,
    pub local_ips: Vec<IpAddr>,
    pub voice: Arc<Voice>,
    pub chance: Chance,
    pub tell: mpsc::Sender<Told>,
}

impl Speaker {
    /// Speaks until the sender of `asks` is dropped or the media fail.
    pub(crate) async fn run(self, begin: Begin, mut asks: mpsc::Receiver<Ask>) {
        let opened = timeout(DESCRIBE_WITHIN, self.open(begin)).await;
        let (session, mut events, sdp) = match opened {
            Ok(Ok(opened)) => opened,
            Ok(Err(error)) => return self.tell(Media::Over(error.to_string())).await,
            Err(_) => return self.tell(Media::Over("media took too long".to_owned())).await,
        };
        self.tell(Media::Ready(sdp)).await;
        let mut mouth = Mouth::new(self.voice.clone(), self.chance.clone());
        let mut ticks = ticks();
        loop {
            tokio::select! {
                ask = asks.recv() => match ask {
                    None => return session.close().await,
                    Some(ask) => match carry_out(&session, ask).await {
                        Ok(Some(said)) => self.tell(said).await,
                        Ok(None) => {}
                        Err(error) => return self.tell(Media::Over(error.to_string())).await,
                    },
                },
                // What is heard is not listened to.
                event = events.recv() => match event {
                    Some(MediaEvent::Failed(error)) => return self.tell(Media::Over(error.to_string())).await,
                    Some(MediaEvent::Closed) | None => return self.tell(Media::Over("closed".to_owned())).await,
                    Some(_) => {}
                },
                _ = ticks.tick() => {
                    if let Some(packet) = mouth.next() {
                        session.write(packet);
                    }
                }
            }
        }
    }

    async fn open(&self, begin: Begin) -> Result<(MediaSession, mpsc::Receiver<MediaEvent>, String), MediaError> {
        let (session, events) = MediaSession::new(MediaConfig::opus(self.local_ips.clone())).await?;
        let sdp = match begin {
            Begin::Offer => session.make_offer().await?,
            Begin::Answer(offer) => session.answer_offer(&offer, Direction::SendRecv).await?.0,
        };
        Ok((session, events, sdp))
    }

    async fn tell(&self, what: Media) {
        // The phone is gone: nobody needs to know.
        let _ = self.tell.send(Told { call: self.call, what }).await;
    }
}

async fn carry_out(session: &MediaSession, ask: Ask) -> Result<Option<Media>, MediaError> {
    Ok(match ask {
        Ask::Apply(answer) => {
            session.apply_answer(&answer).await?;
            None
        }
        Ask::Take(offer) => {
            let changed = match offer {
                Some(offer) => session.answer_offer(&offer, Direction::SendRecv).await.map(|(answer, _)| answer),
                None => session.make_reoffer(Direction::SendRecv, false).await,
            };
            Some(changed.map_or(Media::NotTaken, Media::Taken))
        }
        Ask::Turn(direction) => session.make_reoffer(direction, false).await.ok().map(Media::Turned),
        Ask::RollBack => {
            // Nothing was open: then there is nothing to take back.
            let _ = session.rollback_offer().await;
            None
        }
    })
}

fn ticks() -> Interval {
    let mut ticks = interval(Duration::from_millis(PACKET_MS));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    ticks
}

/// Speaks and listens by turns.
struct Mouth {
    voice: Arc<Voice>,
    chance: Chance,
    at: usize,
    speaks: bool,
    /// Packets until it changes.
    left: u64,
    /// Packets that were not sent since the last one that was.
    silent: u32,
}

impl Mouth {
    fn new(voice: Arc<Voice>, mut chance: Chance) -> Self {
        let (speaks, at) = (chance.below(2) == 0, chance.below(voice.packets.len() as u64) as usize);
        Mouth { voice, chance, at, speaks, left: 0, silent: 0 }
    }

    fn next(&mut self) -> Option<OutPacket> {
        if self.left == 0 {
            self.speaks = !self.speaks;
            self.left = within(&mut self.chance, SPURT).as_millis() as u64 / PACKET_MS;
        }
        self.left = self.left.saturating_sub(1);
        if !self.speaks {
            self.silent = self.silent.saturating_add(1);
            return None;
        }
        let payload = self.voice.packets.get(self.at)?.clone();
        self.at = (self.at + 1) % self.voice.packets.len();
        let silent = std::mem::take(&mut self.silent);
        let ticks = TICKS.saturating_mul(silent.saturating_add(1));
        Some(OutPacket { codec: CodecKind::Opus, payload, ticks, marker: silent > 0, red: false })
    }
}
