//! The media of one call to a voice box: the greeting and the tone go out, then what comes in is kept.

use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use media::{CodecKind, Direction, MediaConfig, MediaError, MediaEvent, MediaSession, OutPacket};
use sip::ua::DialogId;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::echo_call::{ANSWER_WITHIN, Ask, Media, Told, change, refusal};
use super::mail_sound::{Message, PACKET, Prompts};
use crate::seam::Left;

/// A packet goes out so often.
const PACE: Duration = Duration::from_millis(20);
/// Nobody stays longer: the greeting, three minutes and some patience.
const LONGEST_VISIT: Duration = Duration::from_secs(240);

/// Who calls, and whom.
pub(super) struct Visit {
    pub id: DialogId,
    pub owner: String,
    pub from: String,
    pub from_name: String,
    pub prompts: Prompts,
    pub left: mpsc::Sender<Left>,
}

/// Answers the offer and takes a message until the sender of `asks` is dropped, `#` is pressed or the media fail.
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
    let mut prompt = visit.prompts.0.iter().cloned();
    let (mut plays, mut hears, mut message) = (false, false, None::<Message>);
    let mut pace = interval(PACE);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let give_up = Instant::now() + LONGEST_VISIT;
    let why = loop {
        tokio::select! {
            _ = pace.tick(), if plays => match prompt.next() {
                Some(payload) => send(&session, payload),
                None => (plays, hears) = (false, true),
            },
            event = events.recv() => match event {
                Some(MediaEvent::Connected) if !hears && !plays => {
                    plays = true;
                    pace.reset();
                }
                Some(MediaEvent::Packet(packet)) if hears => {
                    let stream = packet.ssrc.0;
                    let message = message.get_or_insert_with(|| Message::begin(stream));
                    if !message.packet(stream, packet.timestamp, &packet.payload) {
                        break Some("the message is long enough".to_owned());
                    }
                }
                Some(MediaEvent::Dtmf { digit: '#', .. }) => break Some("the caller pressed #".to_owned()),
                Some(MediaEvent::Failed(error)) => break Some(error.to_string()),
                Some(MediaEvent::Closed) | None => break Some("closed".to_owned()),
                Some(_) => {}
            },
            ask = asks.recv() => match ask {
                None => break None,
                Some(Ask::Reoffer(offer)) => tell(change(&session, offer.as_deref()).await).await,
                Some(Ask::Answer(answer)) => {
                    if let Err(error) = session.apply_answer(&answer).await {
                        break Some(error.to_string());
                    }
                }
            },
            () = sleep_until(give_up) => break Some("the caller stayed too long".to_owned()),
        }
    };
    if let Some((sound, duration_ms)) = message.and_then(Message::finish) {
        let Visit { owner, from, from_name, left, .. } = visit;
        // Nobody keeps it when the server is going.
        let _ = left.send(Left { owner, from, from_name, duration_ms, sound }).await;
    }
    session.close().await;
    if let Some(why) = why {
        tell(Media::Over { why }).await;
    }
}

fn send(session: &MediaSession, payload: Bytes) {
    session.write(OutPacket { codec: CodecKind::Opus, payload, ticks: PACKET, marker: false, red: false });
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
