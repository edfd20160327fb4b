//! The media task of each call: carries out what the phone asks of the media session, and moves packets between it and the
//! audio worker.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use base::{CallId, CodecKind};
use media::{Direction, MediaConfig, MediaError, MediaEvent, MediaSession, OutPacket};
use phone::{Input, MediaInput};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument;

use crate::audio::{AudioCommand, AudioHandle, CallSound, HeardPacket, PacketSink, SpokenPacket};
use crate::mail::Mail;

/// Orders that may wait for one call. The phone asks one thing at a time; digits are what can pile up.
const ORDERS: usize = 64;
/// How long a digit sounds.
const DIGIT_MS: u16 = 100;
/// The encoder is told of the peer's losses this often.
const REPORT_EVERY: Duration = Duration::from_secs(2);

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
}

struct CallMedia {
    orders: mpsc::Sender<Order>,
    session: Arc<OnceLock<MediaSession>>,
    _task: AbortOnDropHandle<()>,
}

impl Calls {
    pub(crate) fn new(mail: mpsc::Sender<Mail>) -> Calls {
        Calls { mail, calls: HashMap::new(), ice_servers: Vec::new(), toward: None }
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
            codecs: vec![CodecKind::Opus],
        };
        let (orders, queue) = mpsc::channel(ORDERS);
        let session = Arc::new(OnceLock::new());
        let task = CallTask { call, mail: self.mail.clone(), audio, session: session.clone() };
        let span = tracing::info_span!("media", call.id = call.0);
        let task = tokio::spawn(task.run(config, queue).instrument(span));
        self.calls.insert(call, CallMedia { orders, session, _task: AbortOnDropHandle::new(task) });
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
        Box::new(move |SpokenPacket { payload, samples_48k, marker }| {
            if let Some(session) = session.get() {
                // Not connected yet, or on hold: what is said now is not for the wire. The session counts what it drops.
                let codec = CodecKind::Opus;
                session.write(OutPacket { codec, payload, ticks: samples_48k, marker, repeat: 0 });
            }
        })
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

async fn call_sound(audio: &AudioHandle, call: CallId) -> Option<CallSound> {
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
        tokio::join!(self.carry_out(session, orders), self.listen(events), self.report(session));
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
                    self.tell_made(made.map(|(answer, _)| MediaInput::Answer(answer))).await;
                }
                Order::ApplyAnswer(sdp) => {
                    self.tell_made(session.apply_answer(&sdp).await.map(|_| MediaInput::Applied)).await;
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

    /// Tells the encoder how much the other side loses.
    async fn report(&self, session: &MediaSession) {
        let Some(audio) = &self.audio else { return };
        let mut every = interval(REPORT_EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told = None;
        loop {
            every.tick().await;
            let Some(fraction) = session.stats().fraction_lost_out else { continue };
            // A share of 0.0..=1.0 fits.
            let percent = (fraction.clamp(0.0, 1.0) * 100.0).round() as u8;
            if told != Some(percent) {
                told = Some(percent);
                // A refusal is logged by the worker's handle.
                let _ = audio.send(AudioCommand::PeerLoss { call: self.call, percent });
            }
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
