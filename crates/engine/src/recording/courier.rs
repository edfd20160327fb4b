//! Brings what waits in the spool to the server, one recording after the other, and asks what the server wants recorded.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::Secret;
use team_client::{TeamClient, TeamError, code};
use tokio::sync::{Notify, mpsc};
use tokio::time::timeout;

use super::Ready;
use super::seal::OwnerKey;
use super::spool::{Spool, Spooled};
use crate::mail::Mail;
use crate::secrets::Keychain;

/// Under this name the keychain keeps the key of the spool.
const KEY_NAME: &str = "recordings";
/// Bytes in a request.
const PART: usize = 256 * 1024;
/// After a failure; twice as long after each further one.
const PAUSE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(300));

pub(super) struct Courier {
    pub(super) attempt: u64,
    pub(super) user: String,
    pub(super) server: String,
    pub(super) client: TeamClient,
    pub(super) mail: mpsc::Sender<Mail>,
    /// A recording is complete.
    pub(super) wake: Arc<Notify>,
    /// The policy may have changed.
    pub(super) news: Arc<Notify>,
}

/// Why a recording stays in the spool.
#[derive(Debug, thiserror::Error)]
enum NotSent {
    #[error(transparent)]
    Server(#[from] TeamError),
    #[error("the spool: {0}")]
    Spool(#[from] super::spool::SpoolError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("the server counts differently: {0} bytes")]
    Offset(u64),
    #[error("a task failed: {0}")]
    Task(#[from] tokio::task::JoinError),
}

impl NotSent {
    /// The server will not have it, however often it is asked: it keeps no other from being sent.
    fn is_final(&self) -> bool {
        let NotSent::Server(TeamError::Server { status, code }) = self else { return false };
        // Signed out, too slow, at another byte, too many at once: all of that passes.
        (400..500).contains(status)
            && !matches!(status, 401 | 408 | 429)
            && ![code::RECORDING_OFFSET, code::TOO_MANY_RECORDINGS].contains(&code.as_str())
    }
}

impl Courier {
    /// Until it is dropped.
    pub(super) async fn serve(self, data_dir: PathBuf, keychain: Option<Keychain>) {
        let Some(key) = owner_key(keychain).await else { return };
        let spool = Spool::new(&data_dir, key);
        tokio::join!(self.keep_policy(&spool), self.keep_sending(&spool));
    }

    async fn keep_policy(&self, spool: &Spool) {
        loop {
            match self.client.recording_policy().await {
                Ok(policy) => {
                    let ready = Box::new(Ready { spool: spool.clone(), policy });
                    self.tell(Mail::Recording { attempt: self.attempt, ready }).await;
                    self.news.notified().await;
                }
                // A server that keeps no recordings.
                Err(TeamError::Server { status: 404, .. }) => return,
                Err(error) => {
                    tracing::warn!(%error, "what is to be recorded could not be fetched");
                    // Whichever comes first.
                    let _ = timeout(PAUSE.0, self.news.notified()).await;
                }
            }
        }
    }

    async fn keep_sending(&self, spool: &Spool) {
        let mut pause = PAUSE.0;
        let mut told = 0;
        loop {
            let mut failed = false;
            let (mut others, mut refused) = (0, 0);
            loop {
                let waiting = spool.waiting();
                let count = waiting.len().saturating_sub(others);
                if std::mem::replace(&mut told, count) != count {
                    self.tell(Mail::RecordingsWaiting { attempt: self.attempt, waiting: count }).await;
                }
                // Those of somebody else come first in nobody's list.
                let Some(id) = waiting.get(others + refused) else { break };
                match self.send(spool, id).await {
                    Ok(true) => pause = PAUSE.0,
                    Ok(false) => others += 1,
                    Err(error) if error.is_final() => {
                        tracing::error!(recording.id = id, %error, "the server refuses a recording; it stays on this computer");
                        refused += 1;
                    }
                    Err(error) => {
                        tracing::warn!(recording.id = id, %error, "a recording could not be sent");
                        failed = true;
                        break;
                    }
                }
            }
            if failed {
                // Woken by the next recording, or by the connection.
                let _ = timeout(pause, self.wake.notified()).await;
                pause = (pause * 2).min(PAUSE.1);
            } else {
                self.wake.notified().await;
            }
        }
    }

    /// False: it is not ours to send.
    async fn send(&self, spool: &Spool, id: &str) -> Result<bool, NotSent> {
        let (from, name) = (spool.clone(), id.to_owned());
        let read = tokio::task::spawn_blocking(move || from.read(&name)).await?;
        let spooled = match read {
            Ok(spooled) if spooled.about.user == self.user && spooled.about.server == self.server => spooled,
            Ok(_) => return Ok(false),
            Err(error) => {
                // Sealed with a key that is no more, or damaged: nobody can send it. It is left where it is.
                tracing::error!(recording.id = id, %error, "a recording cannot be read");
                return Ok(false);
            }
        };
        let duration_ms = duration_ms(&spooled.sound);
        if duration_ms > 0 {
            self.upload(id, &spooled, duration_ms).await?;
        }
        spool.remove(id)?;
        Ok(true)
    }

    async fn upload(&self, id: &str, spooled: &Spooled, duration_ms: u64) -> Result<(), NotSent> {
        let mut again = true;
        loop {
            let mut have = self.client.open_recording(id, &spooled.about.to_new()).await?;
            loop {
                let from = usize::try_from(have).ok().filter(|from| *from <= spooled.sound.len());
                let rest = &spooled.sound[from.ok_or(NotSent::Offset(have))?..];
                if rest.is_empty() {
                    break;
                }
                let part = rest[..rest.len().min(PART)].to_vec();
                let now = self.client.send_recording(id, have, part).await?;
                if now <= have {
                    return Err(NotSent::Offset(now));
                }
                have = now;
            }
            let done = self.client.finish_recording(id, &spooled.sound, duration_ms).await;
            match done {
                Err(TeamError::Server { code, .. }) if code == code::RECORDING_BROKEN && again => again = false,
                other => return other.map(drop).map_err(NotSent::from),
            }
        }
    }

    async fn tell(&self, mail: Mail) {
        // The driver has ended.
        let _ = self.mail.send(mail).await;
    }
}

/// What is to be heard in it; 0 when there is nothing.
fn duration_ms(sound: &[u8]) -> u64 {
    audio::ogg::read(sound).map_or(0, |file| file.packets.len() as u64 * 20)
}

/// The key of the spool. Where there is no keychain, or nothing may stay, one that ends with the program: what waits then is lost with it,
/// and nobody else can read it.
async fn owner_key(keychain: Option<Keychain>) -> Option<OwnerKey> {
    if let Some(keychain) = &keychain {
        match keychain.get(KEY_NAME.to_owned()).await {
            Ok(Some(kept)) => match OwnerKey::read(&kept) {
                Some(key) => return Some(key),
                None => tracing::error!("the key of the recordings in the keychain is damaged; a new one is made"),
            },
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "recordings that wait will not survive the program"),
        }
    }
    let fresh: Secret = match OwnerKey::fresh() {
        Ok(fresh) => fresh,
        Err(error) => {
            tracing::error!(%error, "nothing can be recorded");
            return None;
        }
    };
    if let Some(keychain) = keychain
        && let Err(error) = keychain.set(KEY_NAME.to_owned(), fresh.clone()).await
    {
        tracing::warn!(%error, "recordings that wait will not survive the program");
    }
    OwnerKey::read(&fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_for_ever_keeps_no_other_waiting_rg_12() {
        for (status, code, is_final) in [
            (400, code::BAD_REQUEST, true),
            (404, code::NOT_FOUND, true),
            (413, code::TOO_LARGE, true),
            (422, code::RECORDING_BROKEN, true),
            (401, code::NOT_SIGNED_IN, false),
            (409, code::RECORDING_OFFSET, false),
            (409, code::TOO_MANY_RECORDINGS, false),
            (429, code::RATE_LIMITED, false),
            (500, code::INTERNAL, false),
            (507, code::BUSY, false),
        ] {
            let error = NotSent::Server(TeamError::Server { status, code: code.to_owned() });
            assert_eq!(error.is_final(), is_final, "{status} {code}");
        }
        assert!(!NotSent::Offset(7).is_final());
    }
}
