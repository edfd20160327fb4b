//! What the listener wants of the player, and what follows.

use std::sync::Arc;
use std::time::Duration;

use audio::ogg::OggOpus;
use base::Now;
use team_client::{TeamClient, TeamError};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use super::player::{self, Peaks, PlayerState, PlayerView, Run, Sounding};
use crate::mail::Mail;
use crate::sound::Sound;

/// The position is told so often while it sounds.
const TOLD_EVERY: Duration = Duration::from_millis(100);
/// 0.5..=2.0, as the ear follows.
const SPEEDS: (f32, f32) = (0.5, 2.0);

/// What a listener wants.
#[derive(Clone, Debug, PartialEq)]
pub enum PlayerWish {
    /// Listen to this from its beginning; what was listened to is left.
    Play(Sounding),
    /// Rest.
    Pause,
    /// Go on; from the beginning where it was at its end.
    Resume,
    /// Go on from here, milliseconds.
    Seek(u64),
    /// So many times as fast.
    Speed(f32),
    /// No more.
    Close,
}

/// Why there is nothing to listen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoSound {
    Gone,
    Failed,
}

/// A file, ready to be heard, and its picture.
pub(crate) type Fetched = Result<(Arc<OggOpus>, Peaks), NoSound>;

pub(crate) struct Player {
    mail: mpsc::Sender<Mail>,
    view: Option<PlayerView>,
    peaks: Option<Arc<Peaks>>,
    file: Option<Arc<OggOpus>>,
    run: Option<Run>,
    /// Of what is fetched.
    number: u64,
    fetch: Option<AbortOnDropHandle<()>>,
    told_at: Now,
}

impl Player {
    pub(crate) fn new(mail: mpsc::Sender<Mail>) -> Player {
        Player { mail, view: None, peaks: None, file: None, run: None, number: 0, fetch: None, told_at: Now::ZERO }
    }

    pub(crate) fn view(&self) -> Option<&PlayerView> {
        self.view.as_ref()
    }

    pub(crate) fn peaks(&self) -> Option<&Arc<Peaks>> {
        self.peaks.as_ref()
    }

    /// Carries out a wish. `busy`: a call needs the agent's ear.
    pub(crate) fn wish(&mut self, wish: PlayerWish, client: Option<TeamClient>, busy: bool, sound: &mut Sound) {
        match wish {
            PlayerWish::Play(what) => self.load(what, client, sound),
            PlayerWish::Close => self.close(sound),
            PlayerWish::Pause => self.rest(PlayerState::Paused, sound),
            PlayerWish::Resume => {
                if let Some(view) = self.view.as_mut().filter(|view| view.state == PlayerState::Ended) {
                    view.position_ms = 0;
                }
                self.go_on(busy, sound);
            }
            PlayerWish::Seek(ms) => {
                let Some(view) = self.view.as_mut().filter(|_| self.file.is_some()) else { return };
                view.position_ms = ms.min(view.duration_ms);
                match view.state {
                    PlayerState::Playing => self.go_on(busy, sound),
                    _ => view.state = PlayerState::Paused,
                }
            }
            PlayerWish::Speed(speed) => {
                let Some(view) = self.view.as_mut().filter(|_| speed.is_finite()) else { return };
                view.speed = speed.clamp(SPEEDS.0, SPEEDS.1);
                if view.state == PlayerState::Playing {
                    self.follow();
                    self.go_on(busy, sound);
                }
            }
        }
    }

    /// What was asked for has come, or not.
    pub(crate) fn fetched(&mut self, number: u64, fetched: Fetched, busy: bool, sound: &mut Sound) {
        let Some(view) = self.view.as_mut().filter(|_| number == self.number) else { return };
        self.fetch = None;
        match fetched {
            Ok((file, peaks)) => {
                view.duration_ms = player::duration_ms(&file);
                view.state = PlayerState::Paused;
                self.file = Some(file);
                self.peaks = Some(Arc::new(peaks));
                self.go_on(busy, sound);
            }
            Err(NoSound::Gone) => view.state = PlayerState::Gone,
            Err(NoSound::Failed) => view.state = PlayerState::Failed,
        }
    }

    /// Looks where it is, and makes way for a call.
    pub(crate) fn settle(&mut self, now: Now, busy: bool, sound: &mut Sound) {
        if busy && self.run.is_some() {
            return self.rest(PlayerState::Paused, sound);
        }
        let ended = self.run.as_ref().is_some_and(|run| run.at.has_ended());
        if ended {
            self.rest(PlayerState::Ended, sound);
        } else if self.run.is_some() && now >= self.told_at + TOLD_EVERY {
            self.told_at = now;
            self.follow();
        }
    }

    pub(crate) fn wake_at(&self) -> Option<Now> {
        self.run.as_ref().map(|_| self.told_at + TOLD_EVERY)
    }

    /// Nothing is listened to.
    pub(crate) fn close(&mut self, sound: &mut Sound) {
        if self.run.take().is_some() {
            sound.stop_play();
        }
        (self.view, self.peaks, self.file, self.fetch) = (None, None, None, None);
        self.number += 1;
    }

    fn load(&mut self, what: Sounding, client: Option<TeamClient>, sound: &mut Sound) {
        let speed = self.view.as_ref().map_or(1.0, |view| view.speed);
        self.close(sound);
        let state = if client.is_some() { PlayerState::Loading } else { PlayerState::Gone };
        self.view = Some(PlayerView { what: what.clone(), state, position_ms: 0, duration_ms: 0, speed });
        let Some(client) = client else { return };
        let (mail, number) = (self.mail.clone(), self.number);
        self.fetch = Some(AbortOnDropHandle::new(tokio::spawn(async move {
            let fetched = fetch(&client, what).await;
            // The driver has ended.
            let _ = mail.send(Mail::PlayerFetched { number, fetched }).await;
        })));
    }

    fn go_on(&mut self, busy: bool, sound: &mut Sound) {
        let (Some(view), Some(file)) = (&mut self.view, &self.file) else { return };
        self.run = None;
        if busy {
            view.state = PlayerState::Paused;
            return sound.stop_play();
        }
        match player::start(file.clone(), view.position_ms, view.speed) {
            Ok((run, source)) => {
                self.run = Some(run);
                view.state = PlayerState::Playing;
                sound.play(source);
            }
            Err(error) => {
                tracing::error!(%error, "a recording cannot be played");
                view.state = PlayerState::Failed;
                sound.stop_play();
            }
        }
    }

    fn rest(&mut self, state: PlayerState, sound: &mut Sound) {
        self.follow();
        if self.run.take().is_some() {
            sound.stop_play();
            if let Some(view) = &mut self.view {
                view.state = state;
            }
        }
    }

    fn follow(&mut self) {
        if let (Some(view), Some(run)) = (&mut self.view, &self.run) {
            view.position_ms = run.at.ms().min(view.duration_ms);
        }
    }
}

async fn fetch(client: &TeamClient, what: Sounding) -> Fetched {
    let bytes = match &what {
        Sounding::Recording(id) => client.recording_audio(id).await,
        Sounding::Message(id) => client.message_audio(id).await,
    };
    let bytes = bytes.map_err(|error| match error {
        TeamError::Server { status: 403 | 404 | 410, .. } => NoSound::Gone,
        error => {
            tracing::warn!(%error, "a recording could not be fetched");
            NoSound::Failed
        }
    })?;
    let heard = what.clone();
    let read = tokio::task::spawn_blocking(move || {
        let file = audio::ogg::read(&bytes).inspect_err(|error| tracing::error!(%error, "a recording is no sound"));
        file.map(|file| (player::peaks(what, &file), file)).map_err(|_| NoSound::Failed)
    });
    if let Sounding::Message(id) = &heard
        && let Err(error) = client.message_heard(id, true).await
    {
        // It stays new: it is listened to all the same.
        tracing::warn!(%error, "a message could not be marked as heard");
    }
    let (peaks, file) = read.await.unwrap_or(Err(NoSound::Failed))?;
    Ok((Arc::new(file), peaks))
}
