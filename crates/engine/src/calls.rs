//! The media task of each call: carries out what the phone asks of the media session, and moves packets between it and the
//! audio worker.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use base::{CallId, CodecKind};
use media::{Direction, MediaConfig, MediaError, MediaEvent, MediaSession, Negotiated, OutPacket};
use phone::{Input, MediaInput};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument;

use crate::audio::{AudioCommand, AudioHandle, CallSound, HeardPacket, PacketSink, SpokenPacket, Voice};
use crate::clock::Clock;
use crate::mail::Mail;
use crate::quality::{WATCH_EVERY, Watch};

/// Orders that may wait for one call. The phone asks one thing at a time; digits are what can pile up.
const ORDERS: usize = 64;
/// How long a digit sounds.
const DIGIT_MS: u16 = 100;

/// Numbers of a call.
#[derive(Clone, Debug)]
pub struct CallStats {
    /// Of the network side; `None` while the session is being made.
    pub network: Option<media::Stats>,
    /// Of the sound side; `None` before it was joined.
    pub sound: Option<CallSound>,
}

/// What the phone asks of a call's media.
#[derive(Debug)]
pub(crate) enum Order {
    Offer,
    Reoffer { hold: bool, ice_restart: bool },
    Answer { offer: String, hold: bool },
    ApplyAnswer(String),
    Rollback,
    Dtmf(String),
}

/// The media of all calls.
pub(crate) struct Calls {
    mail: mpsc::Sender<Mail>,
    calls: HashMap<CallId, CallMedia>,
    ice_servers: Vec<String>,
    /// Other end of the flow to the registrar: says whether loopback makes sense.
    toward: Option<IpAddr>,
    clock: Clock,
    /// What we speak, best first.
    codecs: Vec<CodecKind>,
}

struct CallMedia {
    orders: mpsc::Sender<Order>,
    session: Arc<OnceLock<MediaSession>>,
    agreed: Arc<Mutex<Option<Negotiated>>>,
    _task: AbortOnDropHandle<()>,
}

impl Calls {
    pub(crate) fn new(mail: mpsc::Sender<Mail>, clock: Clock, codecs: Vec<CodecKind>) -> Calls {
        Calls { mail, calls: HashMap::new(), ice_servers: Vec::new(), toward: None, clock, codecs }
    }

    pub(crate) fn use_ice_servers(&mut self, ice_servers: Vec<String>) {
        self.ice_servers = ice_servers;
    }

    pub(crate) fn lead_toward(&mut self, server: IpAddr) {
        self.toward = Some(server);
    }

    /// Makes the session of a call; it begins at once.
    pub(crate) fn open(&mut self, call: CallId, audio: Option<AudioHandle>) {
        let config = MediaConfig {
            local_ips: media::local_addresses(self.toward),
            ice_servers: self.ice_servers.clone(),
            wanted: Direction::SendRecv,
            codecs: self.codecs.clone(),
            dred: true,
        };
        let (orders, queue) = mpsc::channel(ORDERS);
        let session = Arc::new(OnceLock::new());
        let agreed = Arc::default();
        let task = CallTask {
            call,
            mail: self.mail.clone(),
            audio,
            session: session.clone(),
            agreed: Arc::clone(&agreed),
            clock: self.clock,
        };
        let span = tracing::info_span!("media", call.id = call.0);
        let task = tokio::spawn(task.run(config, queue).instrument(span));
        self.calls.insert(call, CallMedia { orders, session, agreed, _task: AbortOnDropHandle::new(task) });
    }

    /// Passes an order on. One for a call that is gone is late; a full queue means that the session hangs.
    pub(crate) fn order(&self, call: CallId, order: Order) {
        let Some(media) = self.calls.get(&call) else { return };
        if let Err(mpsc::error::TrySendError::Full(order)) = media.orders.try_send(order) {
            tracing::error!(call.id = call.0, ?order, "the media session does not keep up; the order is dropped");
        }
    }

    /// Ends a session.
    pub(crate) fn close(&mut self, call: CallId) {
        let Some(CallMedia { session, .. }) = self.calls.remove(&call) else { return };
        if let Some(session) = session.get().cloned() {
            tokio::spawn(async move { session.close().await });
        }
    }

    /// Where the audio worker puts what this call shall send. Runs on the worker's thread.
    pub(crate) fn sink(&self, call: CallId) -> PacketSink {
        let session = self.calls.get(&call).map(|media| media.session.clone()).unwrap_or_default();
        Box::new(move |SpokenPacket { codec, payload, ticks, is_red, marker }| {
            if let Some(session) = session.get() {
                // Not connected yet, or on hold: what is said now is not for the wire. The session counts what it drops.
                session.write(OutPacket { codec, payload, ticks, marker, red: is_red });
            }
        })
    }

    /// How a call speaks, as agreed last.
    pub(crate) fn voice(&self, call: CallId) -> Voice {
        let media = self.calls.get(&call);
        media.and_then(|media| lock(&media.agreed).as_ref().map(voice)).unwrap_or_default()
    }

    /// Collects the numbers of a call; answered from another task.
    pub(crate) fn stats(&self, call: CallId, audio: Option<AudioHandle>, reply: oneshot::Sender<CallStats>) {
        let Some(media) = self.calls.get(&call) else { return };
        let network = media.session.get().map(MediaSession::stats);
        tokio::spawn(async move {
            let sound = match audio {
                Some(audio) => call_sound(&audio, call).await,
                None => None,
            };
            // Who asked may have gone.
            let _ = reply.send(CallStats { network, sound });
        });
    }
}

/// How to speak by an agreement.
fn voice(agreed: &Negotiated) -> Voice {
    let Negotiated { codec, ptime, red, .. } = agreed;
    Voice { codec: codec.kind, ptime: *ptime, red_inside: red.map(|_| codec.pt) }
}

pub(crate) async fn call_sound(audio: &AudioHandle, call: CallId) -> Option<CallSound> {
    let (reply, answer) = oneshot::channel();
    if !audio.send(AudioCommand::Stats { call, reply }) {
        return None;
    }
    answer.await.ok()
}

struct CallTask {
    call: CallId,
    mail: mpsc::Sender<Mail>,
    audio: Option<AudioHandle>,
    session: Arc<OnceLock<MediaSession>>,
    agreed: Arc<Mutex<Option<Negotiated>>>,
    clock: Clock,
}

impl CallTask {
    async fn run(self, config: MediaConfig, orders: mpsc::Receiver<Order>) {
        let (session, events) = match MediaSession::new(config).await {
            Ok(made) => made,
            Err(error) => {
                tracing::error!(%error, "media cannot be set up");
                return self.tell(MediaInput::Failed).await;
            }
        };
        let session = self.session.get_or_init(|| session);
        // Together in one task: packets must flow while a description is being made.
        tokio::join!(self.carry_out(session, orders), self.listen(events), self.watch(session));
    }

    async fn carry_out(&self, session: &MediaSession, mut orders: mpsc::Receiver<Order>) {
        while let Some(order) = orders.recv().await {
            match order {
                Order::Offer => self.tell_made(session.make_offer().await.map(MediaInput::Offer)).await,
                Order::Reoffer { hold, ice_restart } => {
                    let made = session.make_reoffer(direction(hold), ice_restart).await;
                    self.tell_made(made.map(MediaInput::Offer)).await;
                }
                Order::Answer { offer, hold } => {
                    let made = session.answer_offer(&offer, direction(hold)).await;
                    let made = made.map(|(answer, agreed)| {
                        self.agree(agreed);
                        MediaInput::Answer(answer)
                    });
                    self.tell_made(made).await;
                }
                Order::ApplyAnswer(sdp) => {
                    let applied = session.apply_answer(&sdp).await.map(|agreed| {
                        self.agree(agreed);
                        MediaInput::Applied
                    });
                    self.tell_made(applied).await;
                }
                Order::Rollback => {
                    if let Err(error) = session.rollback_offer().await {
                        tracing::warn!(%error, "an offer could not be taken back");
                    }
                }
                Order::Dtmf(digits) => {
                    for digit in digits.chars() {
                        if let Err(error) = session.send_dtmf(digit, DIGIT_MS) {
                            tracing::warn!(%error, "a digit could not be sent");
                        }
                    }
                }
            }
        }
    }

    async fn listen(&self, mut events: mpsc::Receiver<MediaEvent>) {
        while let Some(event) = events.recv().await {
            match event {
                MediaEvent::Packet(packet) => {
                    if let Some(audio) = &self.audio {
                        audio.packet(HeardPacket {
                            call: self.call,
                            ssrc: packet.ssrc,
                            seq: packet.seq,
                            timestamp: packet.timestamp,
                            codec: packet.codec,
                            redundant: packet.redundant,
                            payload: packet.payload,
                            arrived: packet.arrived,
                        });
                    }
                }
                MediaEvent::Connected => self.tell(MediaInput::Connected).await,
                MediaEvent::FirstSent => self.tell(MediaInput::FirstSent).await,
                MediaEvent::Dtmf { digit, .. } => self.post(Mail::DtmfHeard(self.call, digit)).await,
                MediaEvent::Disconnected => self.tell(MediaInput::Disconnected).await,
                MediaEvent::Failed(error) => {
                    tracing::warn!(%error, "media failed");
                    self.tell(MediaInput::Failed).await;
                }
                MediaEvent::Closed => return,
            }
        }
    }

    /// What was agreed is kept for when the call takes part in the sound, and told if it does already.
    fn agree(&self, agreed: Negotiated) {
        let voice = voice(&agreed);
        *lock(&self.agreed) = Some(agreed);
        if let Some(audio) = &self.audio {
            // A refusal is logged by the worker's handle.
            let _ = audio.send(AudioCommand::Voice { call: self.call, voice });
        }
    }

    /// Once a second: what the far end reports sets how our voice is protected; what is measured goes to the phone.
    async fn watch(&self, session: &MediaSession) {
        let Some(audio) = &self.audio else { return };
        let mut watch = Watch::new(self.clock.now());
        let mut every = interval(WATCH_EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            every.tick().await;
            let network = session.stats();
            if network.sent_packets == 0 && network.received_packets == 0 {
                continue;
            }
            let agreed = lock(&self.agreed).clone();
            let Some(agreed) = agreed else { continue };
            if let Some(protection) = watch.protect(&agreed, &network, self.clock.now()) {
                session.repeat(protection.repeat);
                // A refusal is logged by the worker's handle.
                let _ = audio.send(AudioCommand::Protect { call: self.call, protection });
            }
            let sound = call_sound(audio, self.call).await;
            if let Some(sound) = &sound {
                session.note_playout(watch.playout(sound));
            }
            let measured = watch.measured(&agreed, &network, sound.as_ref());
            self.tell(MediaInput::Measured(Box::new(measured))).await;
        }
    }

    async fn tell_made(&self, made: Result<MediaInput, MediaError>) {
        let input = made.unwrap_or_else(|error| {
            tracing::warn!(%error, "a description could not be made or applied");
            failure(&error)
        });
        self.tell(input).await;
    }

    async fn tell(&self, input: MediaInput) {
        self.post(Mail::Phone(Input::Media(self.call, input))).await;
    }

    async fn post(&self, mail: Mail) {
        // The driver ends this task when it ends.
        let _ = self.mail.send(mail).await;
    }
}

fn direction(hold: bool) -> Direction {
    if hold { Direction::SendOnly } else { Direction::SendRecv }
}

fn failure(error: &MediaError) -> MediaInput {
    match error {
        MediaError::NoCommonCodec | MediaError::NoSecurity => MediaInput::NothingInCommon,
        MediaError::BadSdp(_)
        | MediaError::PeerChanged
        | MediaError::WrongState
        | MediaError::NoDtmf
        | MediaError::BadDigit
        | MediaError::DtmfQueueFull => MediaInput::BadDescription,
        MediaError::Io(_) | MediaError::Engine(_) | MediaError::NoPath => MediaInput::Failed,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing inside can be left half done by a panic: it is replaced as a whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
