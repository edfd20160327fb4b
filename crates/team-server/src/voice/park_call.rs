//! The media of one call to a parking place: something to listen to, until the call goes on elsewhere.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use audio::ogg;
use bytes::Bytes;
use media::{CodecKind, Direction, MediaConfig, MediaError, MediaEvent, MediaSession, OutPacket};
use sip::ua::DialogId;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::VoiceError;
use super::echo_call::{ANSWER_WITHIN, Ask, Media, Told, change, refusal};
use super::mail_sound::{PACKET, SILENCE};

/// A packet goes out so often.
const PACE: Duration = Duration::from_millis(20);
/// Packets of silence after the tone: five seconds.
const PAUSE: usize = 250;

/// What a leg plays: packets of Opus, 20 ms each, from the beginning again when they are over. Cheap to clone.
#[derive(Clone)]
pub(super) struct HoldSound {
    packets: Arc<[Bytes]>,
    next: usize,
}

impl HoldSound {
    /// A soft tone every few seconds, so that nobody thinks the line dead.
    pub(super) fn tone() -> Result<HoldSound, VoiceError> {
        let tone = ogg::read(include_bytes!("../../prompts/tone.opus"))?.packets.into_iter().map(Bytes::from);
        let pause = std::iter::repeat_n(Bytes::from_static(&SILENCE), PAUSE);
        Ok(HoldSound { packets: tone.chain(pause).collect(), next: 0 })
    }

    /// The next packet; `None`: there is nothing to play.
    pub(super) fn packet(&mut self) -> Option<Bytes> {
        let packet = self.packets.get(self.next)?.clone();
        self.next = (self.next + 1) % self.packets.len();
        Some(packet)
    }
}

/// Answers the offer and plays until the sender of `asks` is dropped or the media fail.
pub(super) async fn run(
    id: DialogId,
    local_ips: Vec<IpAddr>,
    offer: String,
    mut sound: HoldSound,
    mut asks: mpsc::Receiver<Ask>,
    tell: mpsc::Sender<Told>,
) {
    // The voice task outlives us, or nobody needs to know.
    let tell = async |what| drop(tell.send(Told { id, what }).await);
    let opened = timeout(ANSWER_WITHIN, open(local_ips, &offer)).await;
    let (session, mut events, answer) = match opened {
        Ok(Ok(opened)) => opened,
        Ok(Err(error)) => return tell(Media::Refused { code: refusal(&error), why: error.to_string() }).await,
        Err(_) => return tell(Media::Refused { code: 500, why: "media took too long".into() }).await,
    };
    tell(Media::Ready(answer)).await;
    let mut plays = false;
    let mut pace = interval(PACE);
    // Somebody who waits does not hear a hurry after a pause.
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let why = loop {
        tokio::select! {
            _ = pace.tick(), if plays => {
                if let Some(payload) = sound.packet() {
                    session.write(OutPacket { codec: CodecKind::Opus, payload, ticks: PACKET, marker: false, red: false });
                }
            }
            event = events.recv() => match event {
                Some(MediaEvent::Connected) => plays = true,
                Some(MediaEvent::Failed(error)) => break Some(error.to_string()),
                Some(MediaEvent::Closed) | None => break Some("closed".to_owned()),
                // What they say is heard by nobody.
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
        }
    };
    session.close().await;
    if let Some(why) = why {
        tell(Media::Over { why }).await;
    }
}

/// Opus alone: nothing is encoded here.
async fn open(
    local_ips: Vec<IpAddr>,
    offer: &str,
) -> Result<(MediaSession, mpsc::Receiver<MediaEvent>, String), MediaError> {
    let (session, events) = MediaSession::new(MediaConfig::opus(local_ips)).await?;
    let (answer, _) = session.answer_offer(offer, Direction::SendRecv).await?;
    Ok((session, events, answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_begins_again_when_it_is_over_rg_08() {
        let mut sound = HoldSound::tone().unwrap();
        let length = sound.packets.len();
        let first: Vec<Bytes> = (0..length).filter_map(|_| sound.packet()).collect();
        let second: Vec<Bytes> = (0..length).filter_map(|_| sound.packet()).collect();
        assert!(length > PAUSE);
        assert_eq!(first, second);
    }
}
