//! Recordings of calls: handed over by the phone that made them, listed and heard by those who may.

use base::WallMs;
use model::{Consent, NewRecording, RecordingPolicy, RecordingRow, RecordingsAsked};
use reqwest::{Method, header};
use sha2::{Digest as _, Sha256};
use team_api::{OpenRecording, RecordedBy, RecordingDone, RecordingPart, path};

use crate::client::TeamClient;
use crate::error::TeamError;
use crate::voicemail::named;

/// Longest sound that is fetched: as long as a server keeps one.
const MAX_SOUND: usize = 512 * 1024 * 1024;

impl TeamClient {
    /// What holds for recordings.
    ///
    /// # Errors
    /// [`TeamError`]; `Server { status: 404, .. }` from a server that keeps none.
    pub async fn recording_policy(&self) -> Result<RecordingPolicy, TeamError> {
        let wire: team_api::RecordingPolicy = self.ask(self.authorized(Method::GET, path::MY_RECORDING)?, true).await?;
        Ok(policy(wire))
    }

    /// Says what holds, for those who administer everybody.
    ///
    /// # Errors
    /// [`TeamError`]; nothing is changed then.
    pub async fn put_recording_policy(&self, wish: &RecordingPolicy) -> Result<RecordingPolicy, TeamError> {
        let consent = match wish.consent {
            Consent::None => team_api::Consent::None,
            Consent::Tone => team_api::Consent::Tone,
            Consent::Words => team_api::Consent::Words,
            Consent::WordsEn => team_api::Consent::WordsEn,
            Consent::WordsAr => team_api::Consent::WordsAr,
        };
        let RecordingPolicy { retention_days, may_pause, .. } = *wish;
        let body = team_api::RecordingPolicy { consent, retention_days, may_pause };
        let wire = self.ask(self.authorized(Method::PUT, path::RECORDING_POLICY)?.json(&body), true).await?;
        Ok(policy(wire))
    }

    /// Begins to hand over a recording, or goes on: how many bytes the server has.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn open_recording(&self, id: &str, of: &NewRecording) -> Result<u64, TeamError> {
        let body = OpenRecording {
            other: of.other.clone(),
            other_name: of.other_name.clone(),
            outgoing: of.outgoing,
            external: of.external,
            queue: of.queue.clone(),
            started_at_ms: of.started_at.0,
            by: if of.by_button { RecordedBy::Button } else { RecordedBy::Policy },
        };
        let request = self.authorized(Method::PUT, &named(path::MY_RECORDING_OF, id)?)?.json(&body);
        self.ask(request, true).await.map(|part: RecordingPart| part.have)
    }

    /// Hands over the next part, at most 1 MiB: how many bytes the server has now.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `recording-offset` when the server has another number of bytes.
    pub async fn send_recording(&self, id: &str, offset: u64, part: Vec<u8>) -> Result<u64, TeamError> {
        let request = self.authorized(Method::PUT, &named(path::MY_RECORDING_BYTES, id)?)?;
        let request = request.query(&[("offset", offset)]).header(header::CONTENT_TYPE, "application/octet-stream");
        self.ask(request.body(part), true).await.map(|part: RecordingPart| part.have)
    }

    /// All of it was handed over.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `recording-broken` when the server has something else: it begins again at the first byte.
    pub async fn finish_recording(&self, id: &str, sound: &[u8], duration_ms: u64) -> Result<(), TeamError> {
        let sha256 = Sha256::digest(sound).iter().map(|byte| format!("{byte:02x}")).collect();
        let body = RecordingDone { bytes: sound.len() as u64, duration_ms, sha256 };
        let request = self.authorized(Method::POST, &named(path::MY_RECORDING_DONE, id)?)?.json(&body);
        self.ask(request, true).await.map(|_: team_api::Recording| ())
    }

    /// Recordings that may be heard, newest first, and where older ones begin.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn recordings(&self, asked: &RecordingsAsked) -> Result<(Vec<RecordingRow>, Option<String>), TeamError> {
        let wish: Vec<(&str, &str)> = [("user", &asked.user), ("before", &asked.before)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
            .collect();
        let page: team_api::Recordings =
            self.ask(self.authorized(Method::GET, path::RECORDINGS)?.query(&wish), true).await?;
        Ok((page.recordings.into_iter().map(row).collect(), page.next))
    }

    /// The sound of one, an Ogg Opus file.
    ///
    /// # Errors
    /// [`TeamError`]; `Server { status: 404, .. }` when it is gone, or not theirs to hear.
    pub async fn recording_audio(&self, id: &str) -> Result<Vec<u8>, TeamError> {
        let request = self.authorized(Method::GET, &named(path::RECORDING_AUDIO, id)?)?.timeout(SOUND_WITHIN);
        self.fetch(request, true, MAX_SOUND).await.map(|(_, sound)| sound)
    }

    /// Deletes one for good.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn delete_recording(&self, id: &str) -> Result<(), TeamError> {
        let request = self.authorized(Method::DELETE, &named(path::RECORDING, id)?)?;
        self.fetch(request, true, 0).await.map(drop)
    }
}

/// From the first byte sent to the last one received: an hour of sound over a slow line.
const SOUND_WITHIN: std::time::Duration = std::time::Duration::from_secs(300);

fn policy(wire: team_api::RecordingPolicy) -> RecordingPolicy {
    let consent = match wire.consent {
        team_api::Consent::None => Consent::None,
        team_api::Consent::Tone => Consent::Tone,
        team_api::Consent::Words => Consent::Words,
        team_api::Consent::WordsEn => Consent::WordsEn,
        team_api::Consent::WordsAr => Consent::WordsAr,
    };
    RecordingPolicy { consent, retention_days: wire.retention_days, may_pause: wire.may_pause }
}

fn row(wire: team_api::Recording) -> RecordingRow {
    let team_api::Recording { id, user, user_name, of, duration_ms, bytes } = wire;
    let of = NewRecording {
        other: of.other,
        other_name: of.other_name,
        outgoing: of.outgoing,
        external: of.external,
        queue: of.queue,
        started_at: WallMs(of.started_at_ms),
        by_button: of.by == RecordedBy::Button,
    };
    RecordingRow { id, user, user_name, of, duration_ms, bytes }
}
