//! Recordings of calls (RG-12, RG-13): made in this phone, sealed on its disk, and sent to the team server.
//!
//! ```text
//!  phone ──Effect::Record──▶ Recorder ──▶ audio worker's tap ──ring──▶ scribe ──▶ spool (sealed files)
//!                               ▲                                                   │
//!                   rights, policy ◀── team server ◀────────── courier ◀────────────┘
//! ```
//! Nothing here can delay a voice: the tap copies, and the scribe is a thread of its own. What is in the spool survives the death of the
//! program and of the server; it leaves this computer when the server has confirmed all of it.

mod courier;
mod desk;
mod listing;
mod player;
mod scribe;
mod seal;
mod spool;
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use base::{CallId, WallMs};
use model::{Consent, OwnRights};
use phone::{Input, RecordStep, RecordingOf, RecordingRules, TeamInput};
use team_client::TeamClient;
use tokio::sync::{Notify, mpsc};
use tokio_util::task::AbortOnDropHandle;

use self::courier::Courier;
use self::spool::{About, Spool};
use crate::audio::{Announcement, AudioCommand};
use crate::mail::Mail;
use crate::secrets::Keychain;
use crate::session::User;
use crate::sound::Sound;
use crate::start::uuid;

pub use self::desk::PlayerWish;
pub(crate) use self::desk::{Fetched, Player};
pub use self::listing::RecordingsError;
pub use self::player::{PEAKS, Peaks, PlayerState, PlayerView, Sounding};

/// What recording needs from outside: where it is kept, and what the server wants.
#[derive(Clone)]
pub(crate) struct Ready {
    spool: Spool,
    policy: model::RecordingPolicy,
}

/// The driver's side.
pub(crate) struct Recorder {
    mail: mpsc::Sender<Mail>,
    owner: Option<Owner>,
    /// Of whoever is in, or on the way: they may be told before the account is in use.
    rights: Option<(model::Recording, bool)>,
}

/// Who is signed in.
struct Owner {
    user: String,
    server: String,
    ready: Option<Ready>,
    told: Option<RecordingRules>,
    wake: Arc<Notify>,
    news: Arc<Notify>,
    _courier: AbortOnDropHandle<()>,
}

impl Recorder {
    pub(crate) fn new(mail: mpsc::Sender<Mail>) -> Recorder {
        Recorder { mail, owner: None, rights: None }
    }

    /// A team account is in use. `keychain`: `None` where nothing may stay on this computer (LO-02).
    pub(crate) fn opened(
        &mut self,
        attempt: u64,
        user: &User,
        client: TeamClient,
        (data_dir, keychain): (PathBuf, Option<Keychain>),
    ) {
        let (wake, news) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let courier = Courier {
            attempt,
            user: user.id.clone(),
            server: user.server.clone(),
            client,
            mail: self.mail.clone(),
            wake: wake.clone(),
            news: news.clone(),
        };
        let task = tokio::spawn(courier.serve(data_dir, keychain));
        self.owner = Some(Owner {
            user: user.id.clone(),
            server: user.server.clone(),
            ready: None,
            told: None,
            wake,
            news,
            _courier: AbortOnDropHandle::new(task),
        });
    }

    /// None is any more. What waits is sent when its owner signs in again.
    pub(crate) fn closed(&mut self) {
        self.owner = None;
        self.rights = None;
    }

    /// What the person's calls are recorded by.
    pub(crate) fn rights(&mut self, rights: &OwnRights) -> Option<Input> {
        self.rights = Some((rights.rights.recording, rights.rights.press_record));
        self.owner.as_mut()?.rules(self.rights)
    }

    /// The spool is open, and the server's policy known.
    pub(crate) fn ready(&mut self, ready: Ready) -> Option<Input> {
        let owner = self.owner.as_mut()?;
        owner.ready = Some(ready);
        owner.rules(self.rights)
    }

    /// The policy has changed, or may have.
    pub(crate) fn look_again(&self) {
        if let Some(owner) = &self.owner {
            owner.news.notify_one();
            owner.wake.notify_one();
        }
    }

    /// Carries out what the phone wants of a recording.
    pub(crate) fn carry_out(
        &mut self,
        (call, step): (CallId, RecordStep),
        now: WallMs,
        sound: &mut Sound,
    ) -> Option<Input> {
        let owner = self.owner.as_ref();
        let consent = owner.and_then(|owner| owner.ready.as_ref()).map_or(Consent::None, |ready| ready.policy.consent);
        match step {
            RecordStep::Begin(of) => match owner.and_then(|owner| owner.begin(call, *of, now, &self.mail)) {
                Some(out) => sound.command(AudioCommand::Record { call, out, first: words::beginning(consent) }),
                None => return Some(Input::RecordingFailed(call)),
            },
            RecordStep::Pause => {
                sound.command(AudioCommand::PauseRecord { call, on: true, first: Announcement::Nothing })
            }
            RecordStep::Resume => {
                sound.command(AudioCommand::PauseRecord { call, on: false, first: words::going_on(consent) })
            }
            RecordStep::End => sound.command(AudioCommand::EndRecord { call }),
        }
        None
    }
}

impl Owner {
    fn rules(&mut self, rights: Option<(model::Recording, bool)>) -> Option<Input> {
        let ((automatic, press), ready) = (rights?, self.ready.as_ref()?);
        let rules = RecordingRules { automatic, press, may_pause: ready.policy.may_pause, tone: ready.policy.tone() };
        (self.told.replace(rules) != Some(rules)).then_some(Input::Team(TeamInput::Recording(rules)))
    }

    fn begin(
        &self,
        call: CallId,
        of: RecordingOf,
        now: WallMs,
        mail: &mpsc::Sender<Mail>,
    ) -> Option<crate::audio::RecordSink> {
        let spool = self.ready.as_ref()?.spool.clone();
        let mut chance = [0u64; 3];
        for number in &mut chance {
            *number = getrandom::u64().inspect_err(|error| tracing::error!(%error, "no random numbers")).ok()?;
        }
        let about = About {
            user: self.user.clone(),
            server: self.server.clone(),
            other: of.party.number,
            other_name: of.party.display_name,
            outgoing: of.outgoing,
            external: of.outside,
            queue: of.queue,
            started_at_ms: now.0,
            by_button: of.by_button,
        };
        let id = uuid(chance[0], chance[1]);
        let (mail, wake) = (mail.clone(), self.wake.clone());
        let done = move |result: Result<(), scribe::ScribeError>| match result {
            Ok(()) => wake.notify_one(),
            Err(error) => {
                tracing::error!(call.id = %call, %error, "a recording cannot be kept");
                // The driver has ended: so has the call.
                let _ = mail.blocking_send(Mail::Phone(Input::RecordingFailed(call)));
                wake.notify_one();
            }
        };
        let started = scribe::start(move || spool.create(&id, &about), chance[2] as u32, done);
        started.inspect_err(|error| tracing::error!(call.id = %call, %error, "a recording cannot begin")).ok()
    }
}
