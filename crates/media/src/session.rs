//! The door: one call's media.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base::{Chance, Ssrc};
use tokio::sync::{Mutex, mpsc};

use crate::engine::Engine;
use crate::sdp::{Own, Peer};
use crate::sender::{self, Outbox};
use crate::signalling::{Signalling, Stage};
use crate::traffic::{EVENTS, Traffic};
use crate::{Direction, MediaConfig, MediaError, MediaEvent, Negotiated, OutPacket, Playout, Stats, dtmf};

/// From the first agreement to [`MediaEvent::Connected`]; then the session has failed.
const CONNECT_LIMIT: Duration = Duration::from_secs(15);

/// The media of one call. A cheap handle; when the last one is dropped, everything is closed.
///
/// The descriptions may be made and applied from one task while another writes packets. Two descriptions at a time wait for
/// each other.
#[derive(Clone)]
pub struct MediaSession(Arc<Inner>);

struct Inner {
    engine: Arc<Engine>,
    traffic: Arc<Traffic>,
    outbox: Arc<Outbox>,
    signalling: Mutex<Signalling>,
    /// The time to connect is running.
    limited: AtomicBool,
    runtime: tokio::runtime::Handle,
}

impl MediaSession {
    /// Binds sockets and makes a certificate. Must be called within a tokio runtime, which then carries the session.
    ///
    /// The receiver holds about a second of packets; what is not fetched is dropped and counted in [`Stats`].
    ///
    /// # Errors
    /// [`MediaError::Io`] if there is no address to bind, or none can be bound.
    pub async fn new(config: MediaConfig) -> Result<(MediaSession, mpsc::Receiver<MediaEvent>), MediaError> {
        if config.local_ips.is_empty() {
            return Err(MediaError::Io("no local address".to_owned()));
        }
        if config.local_ips.iter().any(std::net::IpAddr::is_unspecified) {
            return Err(MediaError::Io("a wildcard address cannot be offered".to_owned()));
        }
        let mut chance = chance()?;
        let ssrc = Ssrc(chance.next_u64() as u32);
        // Random, it tells nothing about the user (RFC 7022).
        let cname = format!("{:016x}", chance.next_u64());
        let (events_tx, events) = mpsc::channel(EVENTS);
        let traffic = Arc::new(Traffic::new(ssrc, cname.clone(), events_tx));
        let outbox = Arc::new(Outbox::default());
        let engine = Engine::start(&config, &traffic, &outbox.wake, Chance::from_number(chance.next_u64())).await?;
        let sender = sender::run(outbox.clone(), traffic.clone(), engine.track.clone(), chance.next_u64());
        // Ends with the outbox, which `Inner` closes.
        tokio::spawn(sender);
        let inner = Inner {
            engine: Arc::new(engine),
            traffic,
            outbox,
            signalling: Mutex::new(Signalling::new(&config, chance.next_u64(), ssrc, cname)),
            limited: AtomicBool::new(false),
            runtime: tokio::runtime::Handle::current(),
        };
        Ok((MediaSession(Arc::new(inner)), events))
    }

    /// The first offer, with the candidates gathered within 500 ms.
    ///
    /// # Errors
    /// [`MediaError::WrongState`] after an offer or answer.
    pub async fn make_offer(&self) -> Result<String, MediaError> {
        let mut signalling = self.0.signalling.lock().await;
        if signalling.stage != Stage::New {
            return Err(MediaError::WrongState);
        }
        let own = Own::read(&self.0.engine.offer(false).await?)?;
        self.0.engine.announce(&own.0.pwd);
        signalling.own = Some(own);
        signalling.stage = Stage::Offered;
        signalling.write_offer()
    }

    /// A further offer: hold (`wanted` without receiving), resume, or an ICE restart after a network change, which binds
    /// new sockets. Until it is answered, the old agreement holds.
    ///
    /// # Errors
    /// [`MediaError::WrongState`] before the first agreement or while another offer of ours is open.
    pub async fn make_reoffer(&self, wanted: Direction, ice_restart: bool) -> Result<String, MediaError> {
        let mut signalling = self.0.signalling.lock().await;
        if signalling.stage != Stage::Stable {
            return Err(MediaError::WrongState);
        }
        let restart = ice_restart || signalling.must_restart;
        if restart {
            let own = Own::read(&self.0.engine.offer(true).await?)?;
            signalling.own = Some(own.without(signalling.own.as_ref()));
        }
        let before = std::mem::replace(&mut signalling.wanted, wanted);
        signalling.stage = Stage::Reoffered { before, restart };
        signalling.write_offer()
    }

    /// The far end's answer, also that of a 183. The same answer again is accepted and changes nothing; another one to the
    /// same first offer is accepted as long as it comes from the same end (a 200 after a 183).
    ///
    /// # Errors
    /// What the answer lacks; [`MediaError::PeerChanged`] for another end (a second fork); the offer stays open then.
    pub async fn apply_answer(&self, sdp: &str) -> Result<Negotiated, MediaError> {
        let mut signalling = self.0.signalling.lock().await;
        if signalling.stage == Stage::Stable
            && signalling.last_answer.as_deref() == Some(sdp)
            && let Some(negotiated) = &signalling.negotiated
        {
            return Ok(negotiated.clone());
        }
        let answer = Peer::read(sdp)?;
        signalling.fits(&answer)?;
        let restart = match signalling.stage {
            Stage::Offered => {
                self.0.engine.accept_answer(&answer).await?;
                true
            }
            Stage::Reoffered { restart, .. } => {
                restart && {
                    same_certificate(&signalling, &answer)?;
                    self.0.engine.accept_answer(&answer).await?;
                    true
                }
            }
            Stage::Stable if signalling.last_answer.is_some() => false,
            Stage::New | Stage::Stable | Stage::Closed => return Err(MediaError::WrongState),
        };
        if !restart {
            self.follow(&signalling, &answer).await?;
        }
        signalling.must_restart &= !restart;
        signalling.last_answer = Some(sdp.to_owned());
        let negotiated = signalling.accept_answer(answer)?;
        self.agree(&signalling);
        Ok(negotiated)
    }

    /// Our further offer was refused: everything stays as it was agreed before. After a refused ICE restart there is no
    /// path until the next offer of ours, which then restarts whatever it was asked for.
    ///
    /// # Errors
    /// [`MediaError::WrongState`] when no further offer is open.
    pub async fn rollback_offer(&self) -> Result<(), MediaError> {
        let mut signalling = self.0.signalling.lock().await;
        let Stage::Reoffered { before, restart } = signalling.stage else { return Err(MediaError::WrongState) };
        signalling.wanted = before;
        signalling.stage = Stage::Stable;
        if restart {
            signalling.must_restart = true;
            self.0.engine.rollback().await?;
        }
        Ok(())
    }

    /// Answers an offer, the first or a later one.
    ///
    /// # Errors
    /// What the offer lacks; [`MediaError::WrongState`] while an offer of ours is open (glare is SIP's business);
    /// [`MediaError::PeerChanged`] if a later offer bears another certificate. A later offer that fails changes nothing.
    pub async fn answer_offer(&self, offer: &str, wanted: Direction) -> Result<(String, Negotiated), MediaError> {
        let mut signalling = self.0.signalling.lock().await;
        if !matches!(signalling.stage, Stage::New | Stage::Stable) {
            return Err(MediaError::WrongState);
        }
        let offer = Peer::read(offer)?;
        signalling.fits(&offer)?;
        let known = signalling.peer.as_ref().map(|peer| peer.transport.same_ice(&offer.transport));
        if known == Some(true) {
            self.follow(&signalling, &offer).await?;
        } else {
            same_certificate(&signalling, &offer)?;
            let answer = self.0.engine.answer(&offer).await?;
            let own = Own::read(&answer)?.without(signalling.own.as_ref());
            self.0.engine.announce(&own.0.pwd);
            signalling.own = Some(own);
            signalling.must_restart = false;
        }
        signalling.last_answer = None;
        let answered = signalling.accept_offer(offer, wanted)?;
        self.agree(&signalling);
        Ok(answered)
    }

    /// Queues a packet; never blocks. False when it was not taken, because we do not send now or nothing is connected (the
    /// newest three are sent first if the connection comes within 80 ms), or when the oldest waiting packet was
    /// dropped for it (counted in [`Stats::dropped_out`]).
    pub fn write(&self, packet: OutPacket) -> bool {
        let sends = self.0.traffic.agreed().direction.is_some_and(Direction::sends);
        if !sends {
            return false;
        }
        if !self.0.traffic.connected.load(Ordering::Acquire) {
            self.0.outbox.keep(packet);
            return false;
        }
        let kept_all = self.0.outbox.put(packet);
        if !kept_all {
            self.0.traffic.dropped_out.fetch_add(1, Ordering::Relaxed);
        }
        kept_all
    }

    /// Presses a key (RFC 4733) for 40 to 1300 ms, after those that were pressed before, with 70 ms between them. Speech
    /// is left out while it sounds.
    ///
    /// # Errors
    /// [`MediaError::BadDigit`], [`MediaError::NoDtmf`] if the far end takes none, [`MediaError::WrongState`] while we
    /// do not send, [`MediaError::DtmfQueueFull`].
    pub fn send_dtmf(&self, digit: char, duration_ms: u16) -> Result<(), MediaError> {
        let event = dtmf::event_of(digit).ok_or(MediaError::BadDigit)?;
        let agreed = self.0.traffic.agreed();
        if agreed.digits.is_none() {
            return Err(MediaError::NoDtmf);
        }
        if !agreed.direction.is_some_and(Direction::sends) || !self.0.traffic.connected.load(Ordering::Acquire) {
            return Err(MediaError::WrongState);
        }
        if self.0.outbox.press(event, duration_ms) { Ok(()) } else { Err(MediaError::DtmfQueueFull) }
    }

    /// Whether each packet of speech is sent a second time, as it is, together with the next one. Receivers drop the second of two equal
    /// packets (SRTP does so by itself, RFC 3711 §3.3.2); a loss that the far end reports may be too small meanwhile.
    pub fn repeat(&self, on: bool) {
        self.0.traffic.repeat(on);
    }

    /// How our playing goes, for the reports to the far end.
    pub fn note_playout(&self, playout: Playout) {
        self.0.traffic.note_playout(playout);
    }

    /// Counters and measurements so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.0.traffic.stats()
    }

    /// Ends the session: sockets, tasks, and [`MediaEvent::Closed`]. Again is harmless.
    pub async fn close(&self) {
        let mut signalling = self.0.signalling.lock().await;
        if std::mem::replace(&mut signalling.stage, Stage::Closed) == Stage::Closed {
            return;
        }
        self.0.traffic.end();
        self.0.outbox.close();
        self.0.engine.close().await;
        self.0.traffic.tell(MediaEvent::Closed);
    }

    /// A description without ICE restart: it must come from the same end, and may name further addresses of it.
    async fn follow(&self, signalling: &Signalling, said: &Peer) -> Result<(), MediaError> {
        same_certificate(signalling, said)?;
        let Some(known) = &signalling.peer else { return Err(MediaError::WrongState) };
        if !known.transport.same_ice(&said.transport) {
            return Err(MediaError::PeerChanged);
        }
        let new = said.transport.candidates.iter().filter(|c| !known.transport.candidates.contains(c)).cloned();
        self.0.engine.add_candidates(&new.collect::<Vec<_>>()).await
    }

    fn agree(&self, signalling: &Signalling) {
        self.0.traffic.agree(signalling.agreed());
        self.0.outbox.wake.notify_one();
        if !self.0.limited.swap(true, Ordering::Relaxed) {
            let traffic = Arc::downgrade(&self.0.traffic);
            // Ends by itself. The engine tells nothing when the far end's certificate is wrong (trap T19).
            tokio::spawn(async move {
                tokio::time::sleep(CONNECT_LIMIT).await;
                if let Some(traffic) = traffic.upgrade() {
                    traffic.give_up_unless_connected();
                }
            });
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if self.signalling.get_mut().stage == Stage::Closed {
            return;
        }
        self.traffic.end();
        self.outbox.close();
        let (engine, traffic) = (self.engine.clone(), self.traffic.clone());
        // Dropping the engine alone would leave its task running.
        self.runtime.spawn(async move {
            engine.close().await;
            traffic.tell(MediaEvent::Closed);
        });
    }
}

/// DTLS is done once: a new certificate within a session means somebody else, which the engine cannot follow.
fn same_certificate(signalling: &Signalling, said: &Peer) -> Result<(), MediaError> {
    match &signalling.peer {
        Some(known) if known.transport.fingerprint != said.transport.fingerprint => Err(MediaError::PeerChanged),
        Some(_) | None => Ok(()),
    }
}

fn chance() -> Result<Chance, MediaError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| MediaError::Io(error.to_string()))?;
    Ok(Chance::from_seed(seed))
}
