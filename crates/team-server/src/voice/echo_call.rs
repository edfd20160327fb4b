//! The media of one call to the echo: a task that owns the session until the call is over.

use std::net::IpAddr;
use std::time::Duration;

use media::{Direction, Echo, EchoEnd, MediaConfig, MediaError, MediaSession};
use sip::ua::DialogId;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Longer than this nobody waits for an answer.
pub(super) const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// What the echo phone asks of a running call. Dropping the sender ends the call's media.
#[derive(Debug)]
pub(super) enum Ask {
    /// The far end changes the session: its offer, or `None` when ours is wanted.
    Reoffer(Option<String>),
    /// The far end's answer to our offer.
    Answer(String),
}

/// What a call's media tell.
#[derive(Debug)]
pub(super) struct Told {
    pub id: DialogId,
    pub what: Media,
}

/// How far a call's media are.
#[derive(Debug)]
pub(super) enum Media {
    /// The answer to the first offer.
    Ready(String),
    /// There will be no media: refuse the call with this code.
    Refused { code: u16, why: String },
    /// The answer to a later offer, or our offer where none came.
    Changed(String),
    /// The later offer cannot be taken; everything stays as it was.
    Unchanged { code: u16 },
    /// The path to the far end is lost for good, or the session is.
    Over { why: String },
}

/// Answers the offer and echoes until the sender of `asks` is dropped or the media fail.
pub(super) async fn run(
    id: DialogId,
    local_ips: Vec<IpAddr>,
    offer: String,
    mut asks: mpsc::Receiver<Ask>,
    tell: mpsc::Sender<Told>,
) {
    // The voice task outlives us, or nobody needs to know.
    let tell = async |what| drop(tell.send(Told { id, what }).await);
    let opened = timeout(ANSWER_WITHIN, open(local_ips, &offer)).await;
    let (session, echo, answer) = match opened {
        Ok(Ok(opened)) => opened,
        Ok(Err(error)) => return tell(Media::Refused { code: refusal(&error), why: error.to_string() }).await,
        Err(_) => return tell(Media::Refused { code: 500, why: "media took too long".into() }).await,
    };
    tell(Media::Ready(answer)).await;
    let mut echo = std::pin::pin!(echo.run());
    loop {
        tokio::select! {
            end = &mut echo => {
                let why = match end {
                    EchoEnd::Closed => "closed".to_owned(),
                    EchoEnd::Failed(error) => error.to_string(),
                };
                return tell(Media::Over { why }).await;
            }
            ask = asks.recv() => match ask {
                None => return session.close().await,
                Some(Ask::Reoffer(offer)) => tell(change(&session, offer.as_deref()).await).await,
                Some(Ask::Answer(answer)) => {
                    if let Err(error) = session.apply_answer(&answer).await {
                        return tell(Media::Over { why: error.to_string() }).await;
                    }
                }
            },
        }
    }
}

async fn open(local_ips: Vec<IpAddr>, offer: &str) -> Result<(MediaSession, Echo, String), MediaError> {
    let config = MediaConfig { codecs: media::ALL_CODECS.to_vec(), ..MediaConfig::opus(local_ips) };
    let (session, events) = MediaSession::new(config).await?;
    let (answer, _) = session.answer_offer(offer, Direction::SendRecv).await?;
    Ok((session.clone(), Echo::new(session, events), answer))
}

pub(super) async fn change(session: &MediaSession, offer: Option<&str>) -> Media {
    let changed = match offer {
        Some(offer) => session.answer_offer(offer, Direction::SendRecv).await.map(|(answer, _)| answer),
        None => session.make_reoffer(Direction::SendRecv, false).await,
    };
    match changed {
        Ok(sdp) => Media::Changed(sdp),
        Err(error) => {
            tracing::info!(%error, "a change of the session cannot be taken");
            Media::Unchanged { code: refusal(&error) }
        }
    }
}

/// 488 where another offer would help, 500 where we are to blame.
pub(super) fn refusal(error: &MediaError) -> u16 {
    match error {
        MediaError::BadSdp(_) | MediaError::NoCommonCodec | MediaError::NoSecurity | MediaError::PeerChanged => 488,
        _ => 500,
    }
}
