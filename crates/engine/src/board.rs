//! What is true now, for windows that open, and what of it has changed, for those that are open.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use base::{CallId, Dbfs, Now};
use model::{Colleague, DirectoryUser, OwnAgent, OwnRights, ParkedCall, Registration};
use phone::{LineState, Notice, Phone};
use sip_io::FlowFault;

use crate::agent::AgentSeat;
use crate::clock::Clock;
use crate::contacts::{Callers, ContactsSync};
use crate::devices::{DeviceBoard, Devices};
use crate::directory::{DirectoryError, DirectoryRows, Told};
use crate::event::{EngineEvent, Levels, MediaStep, Snapshot};
use crate::feed::Feed;
use crate::hands::Hands;
use crate::lobby::Lobby;
use crate::panel::{PanelError, PanelScreen, ShownPanel};
use crate::profile::{Face, Faces};
use crate::recording::{Peaks, Player, PlayerView};
use crate::roster::Roster;
use crate::session::Session;
use crate::system::{self, Facts, Panel, SystemStatus, WhyDown};
use crate::voicemail::BoxState;

/// What was told last, so that only changes are told.
pub(crate) struct Board {
    clock: Clock,
    feed: Feed,
    registration: Registration,
    registration_retry_at: Option<Now>,
    session: Option<Session>,
    devices: Option<Devices>,
    system: Option<SystemStatus>,
    unseen_missed: u32,
    milestones: HashMap<CallId, HashSet<MediaStep>>,
    callers: Callers,
    faces: Faces,
    roster: Roster,
    contacts_sync: Option<ContactsSync>,
    rights: Option<Box<OwnRights>>,
    agent: AgentSeat,
    parked: Vec<ParkedCall>,
    recordings_waiting: usize,
    voicemail: BoxState,
    player: Option<PlayerView>,
    peaks: Option<Arc<Peaks>>,
    pub(crate) directory: DirectoryRows,
    pub(crate) screen: PanelScreen,
}

impl Board {
    pub(crate) fn new(clock: Clock, feed: Feed, callers: Callers) -> Board {
        Board {
            clock,
            feed,
            registration: Registration::Off,
            registration_retry_at: None,
            session: None,
            devices: None,
            system: None,
            unseen_missed: 0,
            milestones: HashMap::new(),
            callers,
            faces: Faces::default(),
            roster: Roster::default(),
            contacts_sync: None,
            rights: None,
            agent: AgentSeat::default(),
            parked: Vec::new(),
            recordings_waiting: 0,
            voicemail: BoxState::default(),
            player: None,
            peaks: None,
            directory: DirectoryRows::default(),
            screen: PanelScreen::default(),
        }
    }

    pub(crate) fn tell(&mut self, event: EngineEvent) {
        self.feed.tell(event);
    }

    /// Passes on what the phone says, and remembers what the lights depend on.
    pub(crate) fn on_notice(&mut self, notice: Notice, hands: &mut Hands) {
        match notice {
            Notice::Registration(registration) => {
                self.registration_retry_at = match &registration {
                    Registration::Failed { retry_in_ms: Some(ms), .. } => {
                        Some(self.clock.now() + std::time::Duration::from_millis(*ms))
                    }
                    _ => None,
                };
                self.registration = registration.clone();
                self.tell(EngineEvent::Registration(registration));
            }
            Notice::Call(view) => {
                if matches!(view.line, LineState::Ending | LineState::Ended) {
                    hands.sound.leave(view.call);
                }
                let view = self.callers.dress(*view);
                self.tell(EngineEvent::Call(Box::new(view)));
            }
            Notice::CallEnded(view) => {
                hands.sound.leave(view.call);
                self.milestones.remove(&view.call);
                let view = self.callers.over(*view);
                self.tell(EngineEvent::CallEnded(Box::new(view)));
            }
            Notice::Microphone(fault) => hands.devices.microphone_fault = fault,
            Notice::Speaker(fault) => hands.devices.speaker_fault = fault,
            Notice::Devices(view) => hands.devices.show(*view),
            Notice::DeviceMoved { purpose, to, why } => self.tell(EngineEvent::DeviceMoved { purpose, to, why }),
            Notice::Test(test) => hands.devices.show_test(*test),
            Notice::Muted(muted) => self.tell(EngineEvent::Muted(muted)),
            Notice::Refused(call, why) => self.tell(EngineEvent::Refused { call, why }),
            Notice::Quality(call, quality) => self.tell(EngineEvent::Quality { call, quality }),
            Notice::Passport(call, passport) => self.tell(EngineEvent::Passport { call, passport }),
            Notice::Status(view) => self.tell(EngineEvent::Status(view)),
            Notice::StatusRefused(why) => self.tell(EngineEvent::StatusRefused(why)),
            // The archive says so when the row is there.
            Notice::HistoryChanged => {}
        }
    }

    /// Tells session, devices and lights if they changed. Call after every letter.
    pub(crate) fn settle(&mut self, lobby: &Lobby, devices: &DeviceBoard) {
        if self.session.as_ref() != Some(&lobby.session) {
            self.session = Some(lobby.session.clone());
            self.tell(EngineEvent::Session(lobby.session.clone()));
        }
        let view = devices.view();
        if self.devices.as_ref() != Some(&view) {
            self.devices = Some(view.clone());
            self.tell(EngineEvent::Devices(view));
        }
        let system = self.system(lobby, devices);
        if self.system.as_ref() != Some(&system) {
            self.system = Some(system.clone());
            self.tell(EngineEvent::System(system));
        }
    }

    /// A milestone of a call's sound: told the first time.
    pub(crate) fn milestone(&mut self, call: CallId, step: MediaStep) {
        if self.milestones.entry(call).or_default().insert(step) {
            self.tell(EngineEvent::Media { call, step });
        }
    }

    /// The audio worker measures 20 times a second.
    pub(crate) fn levels(&mut self, microphone: Dbfs, muted: bool, calls: &[(CallId, Dbfs)]) {
        let loudest = calls.iter().map(|(_, level)| level.0).fold(Dbfs::SILENCE.0, f32::max);
        let microphone = if muted { Dbfs::SILENCE } else { microphone };
        self.tell(EngineEvent::Levels(Levels { microphone, caller: Dbfs(loudest), muted }));
    }

    pub(crate) fn history(&mut self, unseen_missed: u32) {
        self.unseen_missed = unseen_missed;
        self.tell(EngineEvent::History { unseen_missed });
    }

    /// A team account came into use, with this user, or none is any more.
    pub(crate) fn team_of(&mut self, user: Option<String>) {
        self.directory.belongs_to(user.clone());
        self.screen.belongs_to(user.clone());
        self.roster.belongs_to(user);
        self.tell_team();
    }

    /// The stream of events is up or down, and with it what is known of the team.
    pub(crate) fn panel(&mut self, panel: &Panel) {
        let is_live = matches!(panel, Panel::Live);
        self.directory.live(is_live);
        let told = self.screen.live(is_live, self.clock.now());
        self.tell_screen(told);
        match panel {
            Panel::Live => self.roster.asked(),
            Panel::Connecting | Panel::Lost { .. } | Panel::Unused => {
                if self.roster.lost() {
                    self.tell_team();
                }
            }
        }
    }

    /// The whole team.
    pub(crate) fn colleagues(&mut self, colleagues: Vec<Colleague>) {
        self.roster.list(colleagues);
        self.tell_team();
    }

    /// The whole team has been asked for once more, though the stream is up.
    pub(crate) fn roster_asked(&mut self) {
        self.roster.asked();
    }

    /// What this account may see and do, if that is news; `None`: it has no team, or it is not known yet.
    pub(crate) fn rights(&mut self, rights: Option<Box<OwnRights>>) {
        if self.rights != rights {
            self.rights.clone_from(&rights);
            self.tell(EngineEvent::Rights(rights));
            let told = self.directory.judged_anew(self.rights.as_deref());
            self.tell_directory(told);
        }
    }

    /// The directory has come, or did not.
    pub(crate) fn directory_list(&mut self, users: Result<Vec<DirectoryUser>, DirectoryError>) {
        let told = self.directory.list(users, self.rights.as_deref());
        self.tell_directory(told);
    }

    /// News of some of it.
    pub(crate) fn directory_news(&mut self, changed: Vec<DirectoryUser>, gone: Vec<String>) {
        let told = self.directory.news(changed, gone, self.rights.as_deref());
        self.tell_directory(told);
    }

    /// What is known of it may be old. True: it has to be asked for again.
    pub(crate) fn directory_stale(&mut self) -> bool {
        let is_watched = self.directory.stale();
        if is_watched {
            self.tell(EngineEvent::DirectoryStale);
        }
        is_watched
    }

    /// The live panel has come, or did not.
    pub(crate) fn panel_came(&mut self, panel: Result<model::Panel, PanelError>) {
        let told = self.screen.came(panel, self.clock.now());
        self.tell_screen(told);
    }

    /// News of it.
    pub(crate) fn panel_news(&mut self, panel: model::Panel) {
        let told = self.screen.news(panel, self.clock.now());
        self.tell_screen(told);
    }

    fn tell_screen(&mut self, told: Option<ShownPanel>) {
        if let Some(shown) = told {
            self.tell(EngineEvent::Panel(Box::new(shown)));
        }
    }

    fn tell_directory(&mut self, told: Option<Told>) {
        if let Some(Told { changed, gone }) = told {
            self.tell(EngineEvent::Directory { changed, gone });
        }
    }

    /// How we stand with the queues; `None`: we are no agent, or it is not known.
    pub(crate) fn agent(&mut self, own: Option<Box<OwnAgent>>) {
        if self.agent.take(self.clock.now(), own.clone()) {
            self.tell(EngineEvent::Agent(own));
        }
    }

    /// The parked calls that we may take, if that is news.
    pub(crate) fn parked(&mut self, parked: Vec<ParkedCall>) {
        if self.parked != parked {
            self.parked.clone_from(&parked);
            self.tell(EngineEvent::Parked(parked));
        }
    }

    /// So many recordings wait for the server.
    pub(crate) fn recordings_waiting(&mut self, waiting: usize) {
        if std::mem::replace(&mut self.recordings_waiting, waiting) != waiting {
            self.tell(EngineEvent::RecordingsWaiting(waiting));
        }
    }

    /// How the own voice box stands. Told each time: a message may have taken the place of another.
    pub(crate) fn voicemail(&mut self, state: BoxState) {
        self.voicemail = state;
        self.tell(EngineEvent::Voicemail(state));
    }

    /// What is listened to, as far as it is new.
    pub(crate) fn player(&mut self, player: &Player) {
        if self.player.as_ref() != player.view() {
            self.player = player.view().cloned();
            self.tell(EngineEvent::Player(self.player.clone()));
        }
        let is_same = match (&self.peaks, player.peaks()) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !is_same {
            self.peaks = player.peaks().cloned();
            self.peaks.clone().into_iter().for_each(|peaks| self.tell(EngineEvent::PlayerPeaks(peaks)));
        }
    }

    /// News of one of the team.
    pub(crate) fn colleague(&mut self, colleague: Colleague) {
        if let Some(colleague) = self.roster.news(colleague) {
            self.tell(EngineEvent::Colleague(Box::new(colleague)));
        }
    }

    fn tell_team(&mut self) {
        let team = self.roster.team().map(Box::new);
        self.tell(EngineEvent::Team(team));
    }

    /// The address book has changed: calls may have other names.
    pub(crate) fn contacts_changed(&mut self) {
        self.callers.ask_again();
        self.tell(EngineEvent::Contacts);
    }

    /// Name and picture of somebody of the team.
    pub(crate) fn face(&mut self, face: Face) {
        if let Some(face) = self.faces.see(face) {
            self.tell(EngineEvent::Face(face));
        }
    }

    /// The same of everybody, or of nobody any more.
    pub(crate) fn faces(&mut self, faces: Vec<Face>) {
        if self.faces.replace(faces) {
            self.tell(EngineEvent::Faces(self.faces.all()));
        }
    }

    /// How contacts stand at the server, if that is news.
    pub(crate) fn contacts_sync(&mut self, view: Option<ContactsSync>) {
        if self.contacts_sync != view {
            self.contacts_sync.clone_from(&view);
            self.tell(EngineEvent::ContactsSync(view));
        }
    }

    /// The address book has answered who has the number of a call.
    pub(crate) fn caller(&mut self, call: CallId, question: u64, name: Option<String>) {
        if let Some(view) = self.callers.named(call, question, name) {
            self.tell(EngineEvent::Call(Box::new(view)));
        }
    }

    /// Everything, and the number of the last event that it holds.
    pub(crate) fn snapshot(&self, phone: &Phone, lobby: &Lobby, devices: &DeviceBoard) -> (u64, Snapshot) {
        let snapshot = Snapshot {
            session: lobby.session.clone(),
            registration: phone.registration(),
            calls: phone.calls().into_iter().map(|view| self.callers.dressed(view)).collect(),
            muted: phone.muted(),
            system: self.system(lobby, devices),
            devices: devices.view(),
            unseen_missed: self.unseen_missed,
            contacts_sync: self.contacts_sync.clone(),
            status: phone.status().map(Box::new),
            faces: self.faces.all(),
            team: self.roster.team().map(Box::new),
            rights: self.rights.clone(),
            agent: self.agent.at(self.clock.now()),
            parked: self.parked.clone(),
            recordings_waiting: self.recordings_waiting,
            voicemail: self.voicemail,
            player: self.player.clone(),
            peaks: self.peaks.clone(),
        };
        (self.feed.told(), snapshot)
    }

    fn system(&self, lobby: &Lobby, devices: &DeviceBoard) -> SystemStatus {
        system::status(&Facts {
            registration: self.registration.clone(),
            registration_retry_at: self.registration_retry_at,
            panel: lobby.panel.clone(),
            internet: lobby.internet.clone(),
            microphone: devices.microphone_fact(),
            speaker: devices.speaker_fact(),
            microphone_fault: devices.microphone_fault,
            speaker_fault: devices.speaker_fault,
        })
    }
}

/// What a flow that is down says about the internet.
pub(crate) fn why_down(fault: FlowFault) -> WhyDown {
    match fault {
        FlowFault::Unreachable | FlowFault::Closed => WhyDown::Unreachable,
        FlowFault::BadCertificate => WhyDown::BadCertificate,
        FlowFault::Refused { .. } => WhyDown::ServerError,
        FlowFault::TimedOut => WhyDown::NoAnswer,
    }
}
