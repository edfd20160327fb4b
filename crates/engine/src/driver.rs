//! The loop: takes one letter, gives it to the phone, carries out what follows, tells what is new, arms the timer.
//!
//! ```text
//!  commands ─┐                              ┌─▶ hands (flows, media, sound, database)
//!  flows ────┼─▶ next ─▶ Phone::handle ─────┤
//!  media ────┤     ▲                        └─▶ board ─▶ feed ─▶ windows
//!  sound ────┘     └──── timer ◀── wake_at
//! ```

use std::collections::VecDeque;

use base::CallId;
use phone::{Command, Input, MediaInput, Phone, TeamInput};
use sip_io::{FlowEvent, FlowNews};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep_until;

use crate::audio::{AudioEvent, OpenFailure, Which};
use crate::board::Board;
use crate::clock::Clock;
use crate::contacts::AddressBook;
use crate::devices::{self, setting};
use crate::event::{EngineEvent, MediaStep, Problem};
use crate::hands::{Hands, registration_failure};
use crate::lobby::{Lobby, Verdict};
use crate::mail::Mail;
use crate::profile::Face;
use crate::recording::Player;
use crate::sound_test::TEST_CALL;
use crate::sources::Sources;
use crate::status;
use crate::system::Internet;
use crate::voicemail::BoxState;

/// Owner of the phone and of everything that it moves.
pub(crate) struct Driver {
    pub(crate) clock: Clock,
    pub(crate) phone: Phone,
    pub(crate) hands: Hands,
    pub(crate) lobby: Lobby,
    pub(crate) board: Board,
    pub(crate) book: AddressBook,
    pub(crate) sources: Sources,
    pub(crate) mail: mpsc::Receiver<Mail>,
    pub(crate) box_in: mpsc::Sender<Mail>,
    pub(crate) flow_events: mpsc::Receiver<FlowEvent>,
    pub(crate) player: Player,
    /// Once devices matter.
    pub(crate) watch: Option<audio_io::DeviceWatch>,
    pub(crate) stopping: Option<oneshot::Sender<()>>,
    /// As the phone was told last: number of the sign-in, and user.
    pub(crate) team_in_use: Option<(u64, String)>,
}

/// What comes next.
enum Next {
    Mail(Mail),
    Flow(FlowEvent),
    Sound(AudioEvent),
    Timer,
}

impl Driver {
    /// Runs until [`Mail::Stop`] has been carried out.
    pub(crate) async fn run(mut self) {
        while !self.is_over() {
            match self.next().await {
                Next::Mail(mail) => self.on_mail(mail),
                Next::Flow(event) => self.on_flow(event),
                Next::Sound(event) => self.on_sound(event),
                Next::Timer => self.feed(Input::Tick),
            }
            self.settle_team();
            let busy = !self.phone.calls().is_empty();
            self.player.settle(self.clock.now(), busy, &mut self.hands.sound);
            self.board.player(&self.player);
            if self.hands.sound.settle(&self.hands.devices) {
                self.watch_devices();
            }
            if self.book.follow(&self.lobby.session) {
                self.board.contacts_changed();
                self.board.contacts_sync(self.book.sync_view());
                self.sources.opened();
            }
            self.board.settle(&self.lobby, &self.hands.devices);
        }
        self.end().await;
    }

    async fn next(&mut self) -> Next {
        let others = [self.hands.sound.wake_at(), self.player.wake_at()];
        let wake = self.phone.wake_at().into_iter().chain(others.into_iter().flatten()).min();
        let timer = async {
            match wake {
                Some(at) => sleep_until(self.clock.instant(at)).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            // We hold a sender ourselves, so the box is never closed.
            Some(mail) = self.mail.recv() => Next::Mail(mail),
            Some(event) = self.flow_events.recv() => Next::Flow(event),
            event = self.hands.sound.next_event() => Next::Sound(event),
            () = timer => Next::Timer,
        }
    }

    /// Gives one input to the phone, and what follows from it at once.
    fn feed(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let outputs = self.phone.handle(self.clock.now(), self.clock.wall(), input);
            for effect in outputs.effects {
                inputs.extend(self.hands.carry_out(effect));
            }
            for notice in outputs.notices {
                if let phone::Notice::Registration(registration) = &notice {
                    let verdict = self.lobby.on_registration(registration);
                    inputs.extend(self.judge(verdict));
                }
                if let phone::Notice::Registration(model::Registration::Registered) = &notice {
                    self.watch_devices();
                }
                self.board.on_notice(notice, &mut self.hands);
            }
        }
    }

    /// Tells the phone when a team account came into use, or is none any more.
    fn settle_team(&mut self) {
        let in_use = self.lobby.team_in_use();
        if in_use == self.team_in_use {
            return;
        }
        self.hands.status = self.lobby.status_door();
        if self.team_in_use.is_some() {
            self.board.faces(Vec::new());
            self.board.rights(None);
            self.board.agent(None);
            self.board.parked(Vec::new());
            self.hands.recorder.closed();
            self.player.close(&mut self.hands.sound);
            self.board.recordings_waiting(0);
            self.board.voicemail(BoxState::default());
            self.feed(Input::Team(TeamInput::Closed));
        }
        self.team_in_use.clone_from(&in_use);
        self.board.team_of(in_use.as_ref().map(|(_, user)| user.clone()));
        if let Some((attempt, user)) = in_use {
            self.feed(Input::Team(TeamInput::Opened { user }));
            if let Some((user, client, place)) = self.lobby.recorded() {
                self.hands.recorder.opened(attempt, &user, client, place);
            }
        }
    }

    fn judge(&mut self, verdict: Verdict) -> Option<Input> {
        match verdict {
            Verdict::Nothing => None,
            Verdict::SignIn(account) => {
                self.hands.calls.use_ice_servers(account.ice_servers.clone());
                Some(Input::User(Command::SignIn(account)))
            }
            Verdict::SignOut => Some(Input::User(Command::SignOut)),
        }
    }

    fn follow(&mut self, verdict: Verdict) {
        if let Some(input) = self.judge(verdict) {
            self.feed(input);
        }
    }

    fn on_flow(&mut self, FlowEvent { flow, news }: FlowEvent) {
        match news {
            FlowNews::Up { peer } => {
                self.hands.calls.lead_toward(peer.ip());
                self.feed(Input::FlowUp(flow));
            }
            FlowNews::Frame(bytes) => self.feed(Input::Sip(flow, bytes)),
            FlowNews::RoundTrip(rtt) => {
                if self.lobby.flow_is_internet() {
                    self.lobby.internet = Internet::Reached { rtt };
                }
            }
            FlowNews::Down(fault) => {
                self.hands.forget_flow(flow);
                if self.lobby.flow_is_internet() {
                    self.lobby.internet = Internet::Down { why: crate::board::why_down(fault), detail: None };
                }
                self.feed(Input::FlowDown(flow, registration_failure(fault)));
            }
        }
    }

    fn on_sound(&mut self, event: AudioEvent) {
        use phone::SoundInput::{MicrophoneFailed, MicrophoneOpen, SpeakerFailed, SpeakerOpen};
        let (which, fault) = match event {
            AudioEvent::MicOpened => {
                self.hands.sound.opened(Which::Mic);
                return self.feed(Input::Sound(MicrophoneOpen));
            }
            AudioEvent::SpeakerOpened => {
                self.hands.sound.opened(Which::Speaker);
                return self.feed(Input::Sound(SpeakerOpen));
            }
            AudioEvent::Levels { mic, muted, calls } => {
                if self.hands.sound.test_hears(mic) {
                    self.feed(Input::Sound(phone::SoundInput::TestVoice));
                }
                return self.board.levels(mic, muted, &calls);
            }
            AudioEvent::FirstHeard { call } if call == TEST_CALL => return,
            AudioEvent::FirstHeard { call } => {
                self.board.milestone(call, MediaStep::FirstHeard);
                return self.feed(Input::Media(call, MediaInput::FirstHeard));
            }
            AudioEvent::SpeaksWhileMuted(speaks) => {
                self.hands.devices.speaks_while_muted = speaks;
                return;
            }
            // The session says when it is on the wire.
            AudioEvent::FirstSpoken { .. } => return,
            AudioEvent::OpenFailed { which, why } => (which, fault_of(why)),
            AudioEvent::MicLost => (Which::Mic, phone::SoundFault::Lost),
            AudioEvent::SpeakerLost => (Which::Speaker, phone::SoundFault::Lost),
            AudioEvent::RingerLost => (Which::Ringer, phone::SoundFault::Lost),
            AudioEvent::SideTestLost => (Which::SideTest, phone::SoundFault::Lost),
        };
        tracing::warn!(?which, ?fault, "a sound device does not work");
        if self.hands.sound.is_tested(which) {
            return self.feed(Input::Sound(phone::SoundInput::TestFailed(fault)));
        }
        if !self.hands.sound.device_failed(which, fault) {
            // Another one is on its way already.
            return;
        }
        match which {
            Which::Mic => self.feed(Input::Sound(MicrophoneFailed(fault))),
            Which::Speaker => self.feed(Input::Sound(SpeakerFailed(fault))),
            Which::Ringer => self.hands.sound.ringer_failed(),
            Which::SideTest => {}
        }
        self.watch_devices();
    }

    fn on_mail(&mut self, mail: Mail) {
        match mail {
            Mail::Phone(mut input) => {
                self.note_milestone(&input);
                self.note_choice(&input);
                if matches!(input, Input::User(Command::RetryNow)) {
                    self.lobby.retry_now();
                }
                self.complete(&mut input);
                self.feed(input);
            }
            Mail::DtmfHeard(call, digit) if self.is_shown(call) => {
                self.board.tell(EngineEvent::DtmfHeard { call, digit });
            }
            // Of a guest nothing is told.
            Mail::DtmfHeard(..) => {}

            Mail::SignInTeam { how, keep, reply } => {
                let verdict = self.lobby.sign_in_team(how, keep, reply);
                self.follow(verdict);
            }
            Mail::SignInSip { account, keep, reply } => {
                let verdict = self.lobby.sign_in_sip(account, keep, reply);
                self.follow(verdict);
            }
            Mail::Resume { kept } => {
                let verdict = self.lobby.resume(kept);
                self.follow(verdict);
            }
            Mail::NothingKept { no_keychain, server, email } => self.lobby.nothing_kept(no_keychain, server, email),
            Mail::Joined { attempt, result } => {
                let verdict = self.lobby.joined(attempt, result);
                self.follow(verdict);
            }
            Mail::SignOut => {
                let registered = self.phone.registration() != model::Registration::Off;
                let verdict = self.lobby.sign_out(registered);
                self.follow(verdict);
            }
            Mail::Expired { attempt } => {
                let verdict = self.lobby.expired(attempt);
                self.follow(verdict);
            }
            Mail::Renewed { attempt, account } if self.lobby.is_current(attempt) => {
                self.hands.calls.use_ice_servers(account.ice_servers.clone());
                self.feed(Input::User(Command::Renew { auth_user: account.auth_user, password: account.password }));
            }
            Mail::Panel { attempt, panel } if self.lobby.is_current(attempt) => {
                self.board.panel(&panel);
                self.lobby.panel = panel;
            }
            Mail::Internet { attempt, internet } if self.lobby.is_current(attempt) => self.lobby.internet = internet,
            Mail::Team { attempt, input } if self.lobby.is_current(attempt) => self.feed(Input::Team(input)),
            Mail::Suspended { attempt } => {
                let verdict = self.lobby.suspended(attempt);
                self.follow(verdict);
            }
            Mail::Face { attempt, face } if self.lobby.is_current(attempt) => self.board.face(face),
            Mail::Me(me) => {
                if let Some(name) = self.lobby.is_me(&me) {
                    self.feed(Input::User(Command::Rename(name)));
                }
            }
            Mail::Colleague { attempt, colleague } if self.lobby.is_current(attempt) => {
                self.board.face((&*colleague).into());
                self.board.colleague(*colleague);
            }
            Mail::Colleagues { attempt, colleagues } if self.lobby.is_current(attempt) => {
                self.board.faces(colleagues.iter().map(Face::from).collect());
                self.board.colleagues(colleagues);
            }
            Mail::RosterAsked { attempt } if self.lobby.is_current(attempt) => self.board.roster_asked(),
            Mail::Rights { attempt, rights } if self.lobby.is_current(attempt) => {
                let rules = self.hands.recorder.rights(&rights);
                self.board.rights(Some(rights));
                rules.into_iter().for_each(|rules| self.feed(rules));
            }
            Mail::Player(wish) => {
                let busy = !self.phone.calls().is_empty();
                self.player.wish(wish, self.lobby.team_client(), busy, &mut self.hands.sound);
            }
            Mail::PlayerFetched { number, fetched } => {
                let busy = !self.phone.calls().is_empty();
                self.player.fetched(number, fetched, busy, &mut self.hands.sound);
            }
            Mail::Recording { attempt, ready } if self.lobby.is_current(attempt) => {
                let rules = self.hands.recorder.ready(*ready);
                rules.into_iter().for_each(|rules| self.feed(rules));
            }
            Mail::RecordingsWaiting { attempt, waiting } if self.lobby.is_current(attempt) => {
                self.board.recordings_waiting(waiting);
            }
            Mail::Voicemail { attempt, state } if self.lobby.is_current(attempt) => self.board.voicemail(state),
            Mail::RecordingsChanged { attempt } if self.lobby.is_current(attempt) => {
                self.board.tell(EngineEvent::Recordings);
            }
            Mail::RecordingAsked { attempt } if self.lobby.is_current(attempt) => self.hands.recorder.look_again(),
            Mail::Agent { attempt, own } if self.lobby.is_current(attempt) => self.board.agent(own),
            Mail::Parked { attempt, parked } if self.lobby.is_current(attempt) => self.board.parked(parked),
            Mail::Forced { attempt, forced } if self.lobby.is_current(attempt) => {
                self.board.tell(EngineEvent::StatusForced(forced));
            }
            Mail::DirectoryOpen(asker) => {
                if self.board.directory.open(asker) {
                    self.lobby.ask_directory();
                }
            }
            Mail::DirectoryLeave => self.board.directory.leave(),
            Mail::Directory { attempt, users } if self.lobby.is_current(attempt) => self.board.directory_list(users),
            Mail::DirectoryNews { attempt, changed, gone } if self.lobby.is_current(attempt) => {
                self.board.directory_news(changed, gone);
            }
            Mail::DirectoryStale { attempt } if self.lobby.is_current(attempt) => {
                if self.board.directory_stale() {
                    self.lobby.ask_directory();
                }
            }
            Mail::PanelOpen(asker) => {
                if self.board.screen.open(asker) {
                    self.lobby.ask_panel(true);
                }
            }
            Mail::PanelLeave => {
                self.board.screen.leave();
                self.lobby.ask_panel(false);
            }
            Mail::PanelCame { attempt, panel } if self.lobby.is_current(attempt) => {
                self.board.panel_came(panel.map(|panel| *panel));
                if !self.board.screen.is_watched() {
                    self.lobby.ask_panel(false);
                }
            }
            Mail::PanelNews { attempt, panel } if self.lobby.is_current(attempt) => self.board.panel_news(*panel),
            Mail::PanelStale { attempt } if self.lobby.is_current(attempt) => {
                if self.board.screen.is_watched() {
                    self.lobby.ask_panel(true);
                }
            }
            // Who asked may have gone.
            Mail::DirectorySearch { typed, reply } => drop(reply.send(self.board.directory.search(&typed))),
            Mail::Bulk(news) => self.board.tell(EngineEvent::Bulk(news)),
            // Who asked may have gone.
            Mail::TeamClient(reply) => drop(reply.send(self.lobby.team_client())),
            // News of a sign-in that is over.
            Mail::Renewed { .. }
            | Mail::Panel { .. }
            | Mail::Internet { .. }
            | Mail::Team { .. }
            | Mail::Face { .. }
            | Mail::Colleague { .. }
            | Mail::RosterAsked { .. }
            | Mail::Rights { .. }
            | Mail::Recording { .. }
            | Mail::RecordingsWaiting { .. }
            | Mail::RecordingAsked { .. }
            | Mail::RecordingsChanged { .. }
            | Mail::Voicemail { .. }
            | Mail::Agent { .. }
            | Mail::Parked { .. }
            | Mail::Forced { .. }
            | Mail::Directory { .. }
            | Mail::DirectoryNews { .. }
            | Mail::DirectoryStale { .. }
            | Mail::PanelCame { .. }
            | Mail::PanelNews { .. }
            | Mail::PanelStale { .. }
            | Mail::Colleagues { .. } => {}
            Mail::NotKept { detail } => self.board.tell(EngineEvent::Problem(Problem::NoKeychain { detail })),

            Mail::RefreshDevices => self.watch_devices(),
            Mail::DeviceList(list) => self.feed(Input::Sound(phone::SoundInput::Devices(list))),
            Mail::RememberedDevices(kept) => self.feed(Input::Sound(phone::SoundInput::Remembered(kept))),
            Mail::Volume(percent) => {
                self.hands.archive.keep_setting(setting::VOLUME, Some(percent.to_string()));
                self.set_volume(percent);
            }
            Mail::RememberedVolume(percent) => self.set_volume(percent),
            Mail::Voice(voice) => {
                self.hands.archive.keep_setting(setting::VOICE, Some(voice.to_text()));
                self.hands.devices.set_voice(voice);
                self.hands.sound.treat(voice);
            }
            Mail::RememberedVoice(voice) => {
                self.hands.devices.recall_voice(voice);
                self.hands.sound.treat(self.hands.devices.voice);
            }
            Mail::KeyTone(key) => self.hands.sound.tone(phone::Tone::Dtmf(key)),

            Mail::History { unseen_missed } => self.board.history(unseen_missed),
            Mail::StorageOpen { set_aside } => {
                if let Some(path) = set_aside {
                    self.board.tell(EngineEvent::Problem(Problem::StorageSetAside { path }));
                }
                self.recall();
            }
            Mail::StorageFailed { detail } => self.board.tell(EngineEvent::Problem(Problem::StorageFailed { detail })),

            Mail::Contacts => self.board.contacts_changed(),
            Mail::Sources => self.board.tell(EngineEvent::Sources),
            Mail::ContactsSync => self.board.contacts_sync(self.book.sync_view()),
            Mail::ContactsImport { done, total } => self.board.tell(EngineEvent::ContactsImport { done, total }),
            Mail::Caller { call, question, name } => self.board.caller(call, question, name),

            Mail::Snapshot(reply) => {
                self.board.settle(&self.lobby, &self.hands.devices);
                // Who asked may have gone.
                let _ = reply.send(self.board.snapshot(&self.phone, &self.lobby, &self.hands.devices));
            }
            Mail::Stats(call, reply) => {
                let audio = self.hands.sound.running();
                self.hands.calls.stats(call, audio, reply);
            }
            Mail::NetworkChanged => {
                self.lobby.network_changed();
                self.feed(Input::NetworkChanged);
            }
            Mail::Stop(reply) => {
                self.stopping = Some(reply);
                self.feed(Input::User(Command::SignOut));
            }
        }
    }

    fn note_milestone(&mut self, input: &Input) {
        let (call, step) = match input {
            Input::Media(call, MediaInput::Connected) => (*call, MediaStep::Connected),
            Input::Media(call, MediaInput::FirstSent) => (*call, MediaStep::FirstSent),
            _ => return,
        };
        if self.is_shown(call) {
            self.board.milestone(call, step);
        }
    }

    /// Is it one of the calls that the user sees? Of a guest nothing is told.
    fn is_shown(&self, call: CallId) -> bool {
        self.phone.calls().iter().any(|view| view.call == call)
    }

    /// What of a call's quality the media side cannot know.
    fn complete(&self, input: &mut Input) {
        if let Input::Media(_, MediaInput::Measured(measured)) = input {
            measured.microphone_fault = self.hands.devices.microphone_fault.is_some();
            if let Internet::Reached { rtt } = &self.lobby.internet {
                measured.server_rtt_ms = Some(rtt.as_secs_f32() * 1000.0);
            }
        }
    }

    /// What was given at start counts until the agent chooses.
    fn note_choice(&mut self, input: &Input) {
        use model::DevicePurpose::{Microphone, Speaker};
        match input {
            Input::User(Command::SwitchDevice(purpose, _)) => self.hands.devices.chosen(*purpose),
            Input::User(Command::SaveDevices(_)) => {
                [Microphone, Speaker].iter().for_each(|purpose| self.hands.devices.chosen(*purpose));
            }
            _ => {}
        }
    }

    /// Devices are listed and watched from the first time they matter on.
    fn watch_devices(&mut self) {
        if self.watch.is_none() {
            match devices::watch(self.box_in.clone()) {
                Ok(watch) => self.watch = Some(watch),
                Err(error) => tracing::error!(%error, "sound devices cannot be watched"),
            }
        }
    }

    fn set_volume(&mut self, percent: u8) {
        self.hands.devices.volume_percent = percent.min(100);
        self.hands.sound.volume(percent.min(100));
    }

    /// Fetches what was remembered, now that the database is open.
    fn recall(&self) {
        let book = self.book.clone();
        tokio::spawn(async move {
            book.recall().await;
            book.changed().await;
        });
        let (archive, mail) = (self.hands.archive.clone(), self.box_in.clone());
        tokio::spawn(async move {
            use phone::devices::{ranking_from_text, ringers_from_text};
            let mut kept = model::DevicePreferences::default();
            let mut found = false;
            if let Ok(Some(text)) = archive.setting(setting::MICROPHONE).await {
                (kept.microphone, found) = (ranking_from_text(&text), true);
            }
            if let Ok(Some(text)) = archive.setting(setting::SPEAKER).await {
                (kept.speaker, found) = (ranking_from_text(&text), true);
            }
            if let Ok(Some(text)) = archive.setting(setting::RINGERS).await {
                (kept.ringers, found) = (ringers_from_text(&text), true);
            }
            if found {
                let _ = mail.send(Mail::RememberedDevices(Box::new(kept))).await;
            }
            if let Ok(Some(text)) = archive.setting(setting::VOLUME).await
                && let Ok(percent) = text.parse()
            {
                let _ = mail.send(Mail::RememberedVolume(percent)).await;
            }
            if let Ok(Some(text)) = archive.setting(setting::VOICE).await {
                let _ = mail.send(Mail::RememberedVoice(model::VoiceProcessing::from_text(&text))).await;
            }
            if let Ok(Some(text)) = archive.setting(status::KEPT_WISH).await
                && let Some((user, wish)) = status::wish_from_text(&text)
            {
                let _ = mail.send(Mail::Phone(Input::Team(TeamInput::Kept { user, wish }))).await;
            }
            if let Ok(unseen_missed) = archive.unseen_missed().await {
                let _ = mail.send(Mail::History { unseen_missed }).await;
            }
        });
    }

    fn is_over(&self) -> bool {
        self.stopping.is_some() && self.phone.registration() == model::Registration::Off
    }

    async fn end(mut self) {
        // The watch may be waiting to put a list into our box.
        self.mail.close();
        let (worker, watch) = (self.hands.sound.end(), self.watch.take());
        if worker.is_some() || watch.is_some() {
            // Waits for the threads; the worker's completes a file that it writes.
            if let Err(error) = tokio::task::spawn_blocking(move || drop((worker, watch))).await {
                tracing::error!(%error, "the audio worker did not end well");
            }
        }
        self.hands.archive.close().await;
        if let Some(reply) = self.stopping.take() {
            let _ = reply.send(());
        }
    }
}

fn fault_of(why: OpenFailure) -> phone::SoundFault {
    match why {
        OpenFailure::Missing => phone::SoundFault::Missing,
        OpenFailure::Busy => phone::SoundFault::Busy,
        OpenFailure::NoPermission => phone::SoundFault::NoPermission,
        OpenFailure::Format => phone::SoundFault::Failed,
        OpenFailure::Backend(detail) => {
            tracing::warn!(detail, "the sound system failed");
            phone::SoundFault::Failed
        }
    }
}

/// Calls that we dial are numbered from 1 on.
pub(crate) const FIRST_DIALLED: CallId = CallId(1);
