//! The engine's door: commands that return at once, questions that are answered, and the stream of events.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{CallId, Now, Secret, WallMs};
use model::{CallRecord, Colleague, DeviceChoice, DeviceId, DevicePurpose, Passport, VoiceProcessing};
use phone::{Command, Input, TestRequest};
use team_client::TeamClient;
use tokio::sync::{mpsc, oneshot};

use crate::archive::{Archive, StorageFailed};
use crate::calls::CallStats;
use crate::clock::Clock;
use crate::contacts::AddressBook;
use crate::directory::Bulk;
use crate::event::Snapshot;
use crate::feed::{EventStream, FeedDoor, ask_snapshot};
use crate::lobby;
use crate::mail::Mail;
use crate::profile::{Album, Darkroom};
use crate::secrets::Keychain;
use crate::session::{Keep, SignInError, SipSignIn, User};
use crate::sources::Sources;
use crate::team::TeamSignIn;

/// What answers at a server address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerCheck {
    /// Version of the server.
    pub version: String,
    /// Round trip.
    pub rtt: Duration,
}

/// The engine, for whoever wants to use it. Cheap to clone.
///
/// What returns nothing returns at once; progress and results come as events.
#[derive(Clone)]
pub struct EngineHandle(pub(crate) Arc<Door>);

pub(crate) struct Door {
    pub(crate) mail: mpsc::Sender<Mail>,
    pub(crate) feed: FeedDoor,
    pub(crate) clock: Clock,
    pub(crate) archive: Archive,
    pub(crate) book: AddressBook,
    pub(crate) sources: Sources,
    pub(crate) bulk: Bulk,
    pub(crate) darkroom: Darkroom,
    pub(crate) album: Album,
    pub(crate) keychain: Keychain,
    pub(crate) extra_ca: Option<String>,
    pub(crate) device_name: String,
    pub(crate) next_call: AtomicU64,
}

/// Watching and asking.
impl EngineHandle {
    /// Events from now on, beginning with a snapshot.
    #[must_use]
    pub fn subscribe(&self) -> EventStream {
        self.0.feed.stream(self.0.mail.clone())
    }

    /// Everything that is true now; `None` when the engine has ended.
    pub async fn snapshot(&self) -> Option<Snapshot> {
        ask_snapshot(&self.0.mail).await.map(|(_, snapshot)| snapshot)
    }

    /// The clock that calls are stamped with: ages are `now() - then`.
    #[must_use]
    pub fn now(&self) -> Now {
        self.0.clock.now()
    }

    /// The same moment on the wall clock.
    #[must_use]
    pub fn wall(&self) -> WallMs {
        self.0.clock.wall()
    }

    pub(crate) fn extra_ca(&self) -> Option<&str> {
        self.0.extra_ca.as_deref()
    }

    /// Numbers of a call; `None` when there is no such call.
    pub async fn call_stats(&self, call: CallId) -> Option<CallStats> {
        let (reply, answer) = oneshot::channel();
        self.0.mail.send(Mail::Stats(call, reply)).await.ok()?;
        answer.await.ok()
    }
}

/// Signing in and out.
impl EngineHandle {
    /// Is there a Rannan server?
    ///
    /// # Errors
    /// [`SignInError`] without the credentials' variants.
    pub async fn check_server(&self, server: &str) -> Result<ServerCheck, SignInError> {
        let health = TeamClient::new(server, self.0.extra_ca.as_deref())?.health().await?;
        Ok(ServerCheck { version: health.version, rtt: health.rtt })
    }

    /// Signs in with a team server. Returns when it has let us in; registering follows by itself.
    ///
    /// # Errors
    /// [`SignInError`]; nothing is changed then but that the account of before is signed out.
    pub async fn sign_in_team(
        &self,
        server: &str,
        email: &str,
        password: Secret,
        keep: impl Into<Keep>,
    ) -> Result<User, SignInError> {
        let keep = keep.into();
        let how = TeamSignIn::Password {
            server: server.to_owned(),
            email: email.to_owned(),
            password,
            device: self.0.device_name.clone(),
        };
        self.sign_in(|reply| Mail::SignInTeam { how, keep, reply }).await
    }

    /// Signs in as a practice agent; the same profile is the same agent.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in_practice(&self, server: &str, profile: &str) -> Result<User, SignInError> {
        let how = TeamSignIn::Practice { server: server.to_owned(), profile: profile.to_owned() };
        self.sign_in(|reply| Mail::SignInTeam { how, keep: Keep::Data, reply }).await
    }

    /// Signs in with a SIP account. Returns when the registrar has answered.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in_sip(&self, account: SipSignIn, keep: impl Into<Keep>) -> Result<User, SignInError> {
        let keep = keep.into();
        self.sign_in(|reply| Mail::SignInSip { account: Box::new(account), keep, reply }).await
    }

    /// Goes on with the session that was kept, if any. True: on the way, events follow. False: show the sign-in page.
    pub async fn resume_session(&self) -> bool {
        match lobby::kept(&self.0.archive, &self.0.keychain).await {
            Ok(kept) => self.0.mail.send(Mail::Resume { kept }).await.is_ok(),
            Err(nothing) => {
                self.post(nothing);
                false
            }
        }
    }

    /// Unregisters (5 s at most), ends the session and forgets what was kept.
    pub fn sign_out(&self) {
        self.post(Mail::SignOut);
    }

    /// Connects now instead of at the end of the back-off.
    pub fn retry_now(&self) {
        self.command(Command::RetryNow);
    }

    async fn sign_in(&self, letter: impl FnOnce(crate::mail::SignInReply) -> Mail) -> Result<User, SignInError> {
        let (reply, answer) = oneshot::channel();
        self.0.mail.send(letter(reply)).await.map_err(|_| SignInError::Superseded)?;
        answer.await.unwrap_or(Err(SignInError::Superseded))
    }
}

/// Calls.
impl EngineHandle {
    /// Calls what was typed: extension, number, feature code or SIP URI.
    pub fn dial(&self, target: &str) -> CallId {
        let call = CallId(self.0.next_call.fetch_add(1, Ordering::Relaxed));
        self.command(Command::Dial { call, target: target.to_owned() });
        call
    }

    /// Answers; a running call is put on hold first.
    pub fn answer(&self, call: CallId) {
        self.command(Command::Answer(call));
    }

    /// Declines a ringing call.
    pub fn decline(&self, call: CallId) {
        self.command(Command::Decline(call));
    }

    /// Stops ringing aloud.
    pub fn silence(&self, call: CallId) {
        self.command(Command::Silence(call));
    }

    /// Ends a call, whatever its state.
    pub fn hang_up(&self, call: CallId) {
        self.command(Command::HangUp(call));
    }

    /// Puts on hold.
    pub fn hold(&self, call: CallId) {
        self.command(Command::Hold(call));
    }

    /// Takes back; a running other call is put on hold first.
    pub fn resume(&self, call: CallId) {
        self.command(Command::Resume(call));
    }

    /// Mutes or unmutes the microphone for all calls.
    pub fn mute(&self, on: bool) {
        self.command(Command::Mute(on));
    }

    /// Sends digits `0-9*#A-D` into a call.
    pub fn dtmf(&self, call: CallId, digits: &str) {
        self.command(Command::Dtmf { call, digits: digits.to_owned() });
    }

    /// Plays the tone of a key in the agent's ear only.
    pub fn key_tone(&self, digit: char) {
        self.post(Mail::KeyTone(digit));
    }
}

/// History and settings: reads need no decision of the phone.
impl EngineHandle {
    /// Missed calls have been looked at.
    ///
    /// # Errors
    /// [`StorageFailed`].
    pub async fn history_seen(&self) -> Result<(), StorageFailed> {
        self.0.archive.mark_seen().await
    }

    /// Deletes a row; it can be brought back until the program ends.
    ///
    /// # Errors
    /// [`StorageFailed`].
    pub async fn history_delete(&self, id: i64) -> Result<(), StorageFailed> {
        self.0.archive.delete(id).await
    }

    /// Brings a deleted row back.
    ///
    /// # Errors
    /// [`StorageFailed`].
    pub async fn history_restore(&self, id: i64) -> Result<(), StorageFailed> {
        self.0.archive.restore(id).await
    }

    /// One call of the history, with how it sounded; `None` when there is no such row any more.
    ///
    /// # Errors
    /// [`StorageFailed`].
    pub async fn history_call(&self, id: i64) -> Result<Option<CallRecord>, StorageFailed> {
        self.0.archive.call(id).await
    }

    /// How a call of the history sounded; `None` when no sound flowed in it.
    ///
    /// # Errors
    /// [`StorageFailed`].
    pub async fn history_quality(&self, id: i64) -> Result<Option<Passport>, StorageFailed> {
        self.0.archive.quality(id).await
    }

    /// A preference of the shell, as it kept it.
    ///
    /// # Errors
    /// [`StorageFailed`].
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StorageFailed> {
        self.0.archive.setting(key).await
    }

    /// Keeps a preference of the shell.
    ///
    /// # Errors
    /// [`StorageFailed`].
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), StorageFailed> {
        self.0.archive.set_setting(key, value).await
    }
}

/// Statuses.
impl EngineHandle {
    /// Chooses a status, by id; `text` where it wants own words. True once `EngineEvent::Status` says so.
    pub fn set_status(&self, status: &str, text: &str) {
        self.command(Command::SetStatus { status: status.to_owned(), text: text.to_owned() });
    }

    /// Whether each sign-in begins marked offline.
    pub fn set_offline_at_sign_in(&self, on: bool) {
        self.command(Command::OfflineAtSignIn(on));
    }

    /// The whole team as the server sees it now; nobody for a SIP account.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn colleagues(&self) -> Result<Vec<Colleague>, SignInError> {
        let (reply, answer) = oneshot::channel();
        self.0.mail.send(Mail::TeamClient(reply)).await.map_err(|_| SignInError::Superseded)?;
        match answer.await {
            Ok(Some(client)) => Ok(client.colleagues().await?),
            Ok(None) => Ok(Vec::new()),
            Err(_) => Err(SignInError::Superseded),
        }
    }
}

/// Devices, and the end.
impl EngineHandle {
    /// Looks for devices from now on, if nobody did yet; an event follows when something changes.
    pub fn refresh_devices(&self) {
        self.post(Mail::RefreshDevices);
    }

    /// Switches one device, also in a call; `None` is the system's default. It is remembered.
    pub fn choose_device(&self, purpose: DevicePurpose, id: Option<DeviceId>) {
        self.command(Command::SwitchDevice(purpose, id));
    }

    /// Uses these devices from now on, and remembers them.
    pub fn save_devices(&self, choice: DeviceChoice) {
        self.command(Command::SaveDevices(Box::new(choice)));
    }

    /// Tests a device, saved or not. Where it stands comes with `EngineEvent::Devices`; a call refuses it, or ends it.
    pub fn test_device(&self, request: TestRequest) {
        self.command(Command::Test(Box::new(request)));
    }

    /// The agent's answer to whether the test is heard.
    pub fn test_heard(&self, heard: bool) {
        self.command(Command::TestHeard(heard));
    }

    /// Ends the test.
    pub fn end_test(&self) {
        self.command(Command::EndTest);
    }

    /// Loudness of callers, 0..=100; 100 plays as received.
    pub fn set_volume(&self, percent: u8) {
        self.post(Mail::Volume(percent));
    }

    /// How the agent's voice is treated before it is sent; at once, also in a call, and remembered.
    pub fn set_voice(&self, voice: VoiceProcessing) {
        self.post(Mail::Voice(voice));
    }

    /// Ends the engine: calls are hung up, the phone unregisters (5 s at most), the database is closed. A kept session stays kept.
    pub async fn shutdown(&self) {
        let (reply, answer) = oneshot::channel();
        if self.0.mail.send(Mail::Stop(reply)).await.is_ok() {
            // No answer means that it has ended already.
            let _ = answer.await;
        }
    }

    /// The team server; `None`: no team account is in use.
    pub(crate) async fn team_client(&self) -> Option<TeamClient> {
        let (reply, answer) = oneshot::channel();
        self.0.mail.send(Mail::TeamClient(reply)).await.ok()?;
        answer.await.ok().flatten()
    }

    pub(crate) fn command(&self, command: Command) {
        self.post(Mail::Phone(Input::User(command)));
    }

    pub(crate) fn post(&self, mail: Mail) {
        if let Err(error) = self.0.mail.try_send(mail) {
            // Full: the loop hangs. Closed: it has ended, and nobody waits for anything.
            tracing::error!(%error, "a command was lost");
        }
    }
}
