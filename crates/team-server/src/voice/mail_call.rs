//! The media of one call to the voice boxes: what is said goes out, what is said there is kept, keys are obeyed.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use media::{CodecKind, Direction, MediaConfig, MediaError, MediaEvent, MediaSession, OutPacket};
use sip::ua::DialogId;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

use super::booth::{Booth, Do, Say, Step, Tongue};
use super::echo_call::{ANSWER_WITHIN, Ask, Media, Told, change, refusal};
use super::mail_sound::{Message, PACKET, Prompts, packets, samples};
use crate::mail_seam::{BoxWish, Left, Opened};

/// Nobody stays longer with somebody else's box: the greeting, three minutes and some patience.
const LONGEST_VISIT: Duration = Duration::from_secs(240);
/// …nor with one's own.
const LONGEST_STAY: Duration = Duration::from_secs(30 * 60);
/// After this silence an owner is asked once more.
const QUIET: Duration = Duration::from_secs(12);
/// The database answers within this time, or the call ends.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who calls, and whom.
pub(super) struct Visit {
    pub id: DialogId,
    pub owner: String,
    pub from: String,
    pub from_name: String,
    pub script: Script,
    pub prompts: Prompts,
    pub wishes: mpsc::Sender<BoxWish>,
}

/// What the call is for.
#[derive(Debug)]
pub(super) enum Script {
    /// Somebody leaves a message.
    Leave,
    /// The owner listens.
    Own(Booth),
}

impl Script {
    pub(super) fn own() -> Script {
        Script::Own(Booth::default())
    }

    fn step(&mut self, step: Step) -> Vec<Do> {
        match (self, step) {
            (Script::Own(booth), step) => booth.step(step),
            (Script::Leave, Step::Begin) => vec![Do::Greet, Do::Say(Say::Tone, Tongue::English), Do::Record],
            (Script::Leave, Step::Recorded(_)) => vec![Do::HangUp],
            (Script::Leave, _) => Vec::new(),
        }
    }

    fn longest(&self) -> Duration {
        match self {
            Script::Leave => LONGEST_VISIT,
            Script::Own(_) => LONGEST_STAY,
        }
    }
}

/// Answers the offer and follows the script until its end, the sender of `asks` is dropped or the media fail.
pub(super) async fn run(
    visit: Visit,
    local_ips: Vec<IpAddr>,
    offer: String,
    mut asks: mpsc::Receiver<Ask>,
    tell: mpsc::Sender<Told>,
) {
    let id = visit.id;
    // The voice task outlives us, or nobody needs to know.
    let tell = async |what| drop(tell.send(Told { id, what }).await);
    let opened = timeout(ANSWER_WITHIN, open(local_ips, &offer)).await;
    let (session, mut events, answer) = match opened {
        Ok(Ok(opened)) => opened,
        Ok(Err(error)) => return tell(Media::Refused { code: refusal(&error), why: error.to_string() }).await,
        Err(_) => return tell(Media::Refused { code: 500, why: "media took too long".into() }).await,
    };
    tell(Media::Ready(answer)).await;
    let give_up = Instant::now() + visit.script.longest();
    let mut leg = Leg::new(visit, session);
    let why = loop {
        let next = leg.next_at();
        tokio::select! {
            () = sleep_until(next.unwrap_or(give_up)), if next.is_some() => {
                if let Some(why) = leg.tick().await {
                    break Some(why);
                }
            }
            event = events.recv() => match event {
                Some(MediaEvent::Connected) => leg.begin().await,
                Some(MediaEvent::Packet(packet)) => leg.hear(packet.ssrc.0, packet.timestamp, &packet.payload).await,
                Some(MediaEvent::Dtmf { digit, .. }) => leg.key(digit).await,
                Some(MediaEvent::Failed(error)) => break Some(error.to_string()),
                Some(MediaEvent::Closed) | None => break Some("closed".to_owned()),
                Some(_) => {}
            },
            ask = asks.recv() => match ask {
                None => break None,
                Some(Ask::Reoffer(offer)) => tell(change(&leg.session, offer.as_deref()).await).await,
                Some(Ask::Answer(answer)) => {
                    if let Err(error) = leg.session.apply_answer(&answer).await {
                        break Some(error.to_string());
                    }
                }
            },
            () = sleep_until(give_up) => break Some("the caller stayed too long".to_owned()),
        }
    };
    leg.keep_message().await;
    leg.session.close().await;
    if let Some(why) = why {
        tell(Media::Over { why }).await;
    }
}

/// A call and how far its script is.
struct Leg {
    visit: Visit,
    session: MediaSession,
    begun: bool,
    /// What is to be sent, and when the next of it is due.
    queue: VecDeque<Bytes>,
    due: Instant,
    /// What follows when all of it was sent.
    then: Then,
    /// What comes in is kept.
    hears: bool,
    message: Option<Message>,
    /// What was recorded last, with its length in milliseconds.
    kept: Option<(Vec<u8>, u64)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// The script is told that it is over.
    Over,
    Record,
    HangUp,
    /// The script is told that nothing happens.
    Quiet,
}

impl Leg {
    fn new(visit: Visit, session: MediaSession) -> Leg {
        let (queue, due) = (VecDeque::new(), Instant::now());
        Leg { visit, session, begun: false, queue, due, then: Then::Quiet, hears: false, message: None, kept: None }
    }

    /// When there is something to do.
    fn next_at(&self) -> Option<Instant> {
        let waits = self.hears || matches!(self.visit.script, Script::Leave) && self.then == Then::Quiet;
        (self.begun && !waits).then_some(self.due)
    }

    async fn begin(&mut self) {
        if !std::mem::replace(&mut self.begun, true) {
            self.follow(Step::Begin).await;
        }
    }

    /// Sends the next packet, or goes on behind the last one. Why the call is over, when it is.
    async fn tick(&mut self) -> Option<String> {
        if let Some(payload) = self.queue.pop_front() {
            let ticks = samples(&payload).unwrap_or(PACKET);
            self.session.write(OutPacket { codec: CodecKind::Opus, payload, ticks, marker: false, red: false });
            self.due += Duration::from_micros(u64::from(ticks) * 1000 / 48);
            return None;
        }
        match std::mem::replace(&mut self.then, Then::Quiet) {
            Then::HangUp => return Some("all was said".to_owned()),
            Then::Record => self.hears = true,
            Then::Over => {
                self.due = Instant::now() + QUIET;
                self.follow(Step::Over).await;
            }
            Then::Quiet => {
                self.due = Instant::now() + QUIET;
                self.follow(Step::Quiet).await;
            }
        }
        None
    }

    async fn key(&mut self, digit: char) {
        if self.hears {
            if digit == '#' {
                self.recorded().await;
            }
            return;
        }
        if matches!(self.visit.script, Script::Leave) {
            return;
        }
        if self.then != Then::HangUp {
            // What sounds is cut off, and the silence is counted anew.
            self.queue.clear();
            self.then = Then::Quiet;
            self.due = Instant::now() + QUIET;
        }
        self.follow(Step::Key(digit)).await;
    }

    async fn hear(&mut self, stream: u32, timestamp: u32, packet: &[u8]) {
        if !self.hears {
            return;
        }
        let message = self.message.get_or_insert_with(|| Message::begin(stream));
        if !message.packet(stream, timestamp, packet) {
            self.recorded().await;
        }
    }

    async fn recorded(&mut self) {
        self.hears = false;
        self.kept = self.message.take().and_then(Message::finish);
        let is_there = self.kept.is_some();
        self.keep_message().await;
        self.due = Instant::now();
        self.follow(Step::Recorded(is_there)).await;
    }

    /// A message for somebody else is kept as far as it came.
    async fn keep_message(&mut self) {
        if !matches!(self.visit.script, Script::Leave) {
            return;
        }
        let last = self.message.take().and_then(Message::finish);
        let Some((sound, duration_ms)) = last.or_else(|| self.kept.take()) else { return };
        let Visit { owner, from, from_name, .. } = &self.visit;
        let left = Left { owner: owner.clone(), from: from.clone(), from_name: from_name.clone(), duration_ms, sound };
        self.wish(BoxWish::Leave(left)).await;
    }

    /// Tells the script, and does what it says.
    async fn follow(&mut self, step: Step) {
        let mut todo: VecDeque<Do> = self.visit.script.step(step).into();
        while let Some(wanted) = todo.pop_front() {
            let owner = self.visit.owner.clone();
            match wanted {
                Do::Say(say, tongue) => {
                    let said = self.visit.prompts.of(say, tongue).to_vec();
                    self.play(said);
                }
                Do::Greet => {
                    let own = self.ask(|answer| BoxWish::Greeting { owner, answer }).await.flatten();
                    let own = own.and_then(|file| packets(&file).ok()).map(|packets| packets.to_vec());
                    let greeting = own.unwrap_or_else(|| self.visit.prompts.greeting().to_vec());
                    self.play(greeting);
                }
                Do::Play(id) => {
                    let sound = self.ask(|answer| BoxWish::Sound { owner, id, answer }).await.flatten();
                    let sound = sound.and_then(|file| packets(&file).ok()).map(|packets| packets.to_vec());
                    self.play(sound.unwrap_or_default());
                }
                Do::Open(pin) => {
                    let opened = self.ask(|answer| BoxWish::Open { owner, pin, answer }).await;
                    todo.extend(self.visit.script.step(Step::Opened(opened.unwrap_or(Opened::TooOften))));
                }
                Do::Heard(id) => self.wish(BoxWish::Heard { owner, id }).await,
                Do::Delete(id) => self.wish(BoxWish::Delete { owner, id }).await,
                Do::KeepGreeting => {
                    if let Some((sound, _)) = self.kept.take() {
                        self.wish(BoxWish::Greet { owner, sound: Some(sound) }).await;
                    }
                }
                Do::UsualGreeting => self.wish(BoxWish::Greet { owner, sound: None }).await,
                Do::Record => self.then = Then::Record,
                Do::HangUp => self.then = Then::HangUp,
            }
        }
    }

    fn play(&mut self, packets: Vec<Bytes>) {
        if self.queue.is_empty() {
            self.due = Instant::now();
        }
        self.queue.extend(packets);
        if self.then == Then::Quiet {
            self.then = Then::Over;
        }
    }

    async fn wish(&self, wish: BoxWish) {
        // Nobody keeps it when the server is going.
        let _ = self.visit.wishes.send(wish).await;
    }

    /// `None`: nobody answers.
    async fn ask<T>(&self, wish: impl FnOnce(oneshot::Sender<T>) -> BoxWish) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        self.wish(wish(answer)).await;
        timeout(PATIENCE, answered).await.ok()?.ok()
    }
}

/// Opus alone: nothing is decoded here.
async fn open(
    local_ips: Vec<IpAddr>,
    offer: &str,
) -> Result<(MediaSession, mpsc::Receiver<MediaEvent>, String), MediaError> {
    let (session, events) = MediaSession::new(MediaConfig::opus(local_ips)).await?;
    let (answer, _) = session.answer_offer(offer, Direction::SendRecv).await?;
    Ok((session, events, answer))
}
