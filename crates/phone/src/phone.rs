//! The phone: takes one input, asks the account and the calls, returns what follows.

use std::time::Duration;

use base::{Aor, CallId, Chance, FlowId, Now, Secret, SuperviseMode, WallMs};
use model::{Account, DeviceKind, EndReason, Party, Registration, Supervised};
use sip::ua::{DialogId, Event, Output};

use crate::account::{Attachment, Registered};
use crate::call::{Invitation, Lineup};
use crate::devices::{Desk, DevicesView};
use crate::dial;
use crate::input::{Command, Input, SoundFault, SoundInput, TeamInput};
use crate::notice::{CallView, CommandError, Notice};
use crate::sound_test::{SoundTest, TestView};
use crate::status::{StatusDesk, StatusView};
use crate::supervise::Leaves;
use crate::turn::{Outputs, Turn};

/// What a phone is told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneConfig {
    /// `User-Agent`, as `Rannan/0.1.0`.
    pub user_agent: String,
    /// This installation, as `urn:uuid:…` (RFC 5626 §4.1). The same over restarts.
    pub instance: String,
    /// Lines. A further caller hears busy, a further `Dial` is refused.
    pub max_calls: usize,
    /// How long an incoming call rings here before it counts as missed.
    pub ring_timeout: Duration,
}

impl PhoneConfig {
    /// Eight lines, 90 s of ringing.
    #[must_use]
    pub fn new(user_agent: impl Into<String>, instance: impl Into<String>) -> Self {
        PhoneConfig {
            user_agent: user_agent.into(),
            instance: instance.into(),
            max_calls: 8,
            ring_timeout: Duration::from_secs(90),
        }
    }
}

/// A telephone with one account. Not shared: one owner calls [`Phone::handle`] with one input at a time and carries out
/// what it returns before the next.
pub struct Phone {
    config: PhoneConfig,
    chance: Chance,
    account: Option<Attachment>,
    lineup: Lineup,
    microphone: Option<SoundFault>,
    speaker: Option<SoundFault>,
    desk: Desk,
    test: SoundTest,
    status: StatusDesk,
    leaves: Leaves,
    /// Where a colleague sends the call that runs, and until when one is waited for.
    sent_on: Option<(String, Now)>,
    /// Time of the last turn.
    now: Now,
    last_flow: u64,
    last_call: u64,
}

/// How long a call that a colleague sends on may take to be confirmed: longer than the answer's way, shorter than the next call.
const SENT_ON_PATIENCE: Duration = Duration::from_secs(2);

/// Ids of incoming calls count up from here. Ids in `Command::Dial` are chosen by whoever dials and must be lower, so that
/// the two never meet. Exact in an IEEE double, which is what a webview has for numbers.
pub const INCOMING_CALL_IDS: u64 = 1 << 40;

impl Phone {
    /// A phone without an account.
    #[must_use]
    pub fn new(config: PhoneConfig, chance: Chance) -> Self {
        Phone {
            config,
            chance,
            account: None,
            lineup: Lineup::default(),
            microphone: None,
            speaker: None,
            desk: Desk::default(),
            test: SoundTest::default(),
            status: StatusDesk::default(),
            leaves: Leaves::default(),
            sent_on: None,
            now: Now::ZERO,
            last_flow: 0,
            last_call: INCOMING_CALL_IDS,
        }
    }

    /// Takes one input that happened at `now` (`wall` is the same moment for the history) and says what follows.
    pub fn handle(&mut self, now: Now, wall: WallMs, input: Input) -> Outputs {
        let mut turn = Turn::new(now, wall);
        self.now = now;
        match input {
            Input::User(command) => self.on_command(&mut turn, command),
            Input::Sound(input) => self.on_sound(&mut turn, input),
            Input::Team(input) => self.on_team(&mut turn, input),
            Input::RecordingFailed(call) => self.lineup.recording_failed(call),
            // The rest concerns an account; without one it is late.
            other => {
                let flow = self.fresh_flow();
                if let Some(at) = &mut self.account {
                    on_the_wire(at, &mut self.lineup, &mut turn, flow, other);
                }
            }
        }
        self.settle(&mut turn);
        turn.out
    }

    fn on_command(&mut self, turn: &mut Turn, command: Command) {
        let (call, done) = match command {
            Command::SignIn(account) => return self.sign_in(turn, *account),
            Command::SignOut => return self.sign_out(turn),
            Command::Renew { auth_user, password } => {
                let flow = self.fresh_flow();
                let there = self.with_account(turn, |at, turn| at.renew(turn, auth_user, password, flow));
                (None, there.ok_or(CommandError::NoAccount))
            }
            Command::Rename(name) => {
                let there = self.with_account(turn, |at, _| at.rename(name));
                (None, there.ok_or(CommandError::NoAccount))
            }
            Command::RetryNow => {
                let flow = self.fresh_flow();
                let there = self.with_account(turn, |at, turn| at.retry_now(turn, flow));
                (None, there.ok_or(CommandError::NoAccount))
            }
            Command::Mute(muted) => return self.lineup.mute(muted, turn),
            Command::SaveDevices(choice) => return self.desk.save(turn, &choice),
            Command::SwitchDevice(purpose, id) => return self.desk.switch(turn, purpose, id.as_ref()),
            Command::Test(request) => return self.test.begin(turn, *request, self.lineup.is_empty()),
            Command::TestHeard(heard) => return self.test.answered(turn, heard),
            Command::EndTest => return self.test.stopped(turn),
            Command::SetStatus { status, text } => return self.status.choose(turn, status, &text),
            Command::OfflineAtSignIn(on) => return self.status.set_offline_at_sign_in(turn, on),
            Command::Dial { call, target } => (Some(call), self.dial(turn, call, &target)),
            Command::ExpectPickup(word) => return self.lineup.expect_pickup(turn.now, word),
            Command::Supervise { call, whom, mode, token } => {
                (Some(call), self.supervise(turn, call, (whom, mode, &token)))
            }
            Command::SuperviseLeave => {
                if let Some(at) = &mut self.account {
                    self.lineup.leave_supervision(at, turn, EndReason::LocalHangUp, |_| true);
                }
                return;
            }
            Command::Conference => (None, self.lineup.confer()),
            Command::Record { call, on } => (Some(call), self.lineup.record(call, on)),
            Command::PauseRecording { call, on } => (Some(call), self.lineup.pause_recording(call, on)),
            Command::Silence(call) => (Some(call), self.lineup.silence(call)),
            Command::Hold(call) => (Some(call), self.lineup.hold(call)),
            Command::Dtmf { call, digits } => (Some(call), self.lineup.dtmf(turn, call, &digits)),
            Command::Answer(call) => (Some(call), self.with_lineup(|lineup, at| lineup.answer(at, turn, call))),
            Command::Decline(call) => (Some(call), self.with_lineup(|lineup, at| lineup.decline(at, turn, call))),
            Command::HangUp(call) => (Some(call), self.with_lineup(|lineup, at| lineup.hang_up(at, turn, call))),
            Command::Resume(call) => (Some(call), self.with_lineup(|lineup, at| lineup.resume(at, turn, call))),
            Command::Transfer { call, target } => (Some(call), self.transfer(turn, call, &target)),
            Command::Consult { call, about, target } => (Some(call), self.consult(turn, call, about, &target)),
            Command::CompleteTransfer { call, to } => {
                (Some(call), self.with_lineup(|lineup, at| lineup.complete_transfer(at, turn, call, to)))
            }
        };
        if let Err(error) = done {
            turn.notice(Notice::Refused(call, error));
        }
    }

    fn transfer(&mut self, turn: &mut Turn, call: CallId, target: &str) -> Result<(), CommandError> {
        let at = self.account.as_mut().filter(|at| !at.is_signing_out()).ok_or(CommandError::NoAccount)?;
        let target = typed(at, target)?;
        self.lineup.transfer(at, turn, call, target)
    }

    /// A colleague sends the call that runs to somebody else. The server tells it by another way than SIP: it may be here before the ACK
    /// that makes a call of an answer, so it is waited for.
    fn send_on(&mut self, turn: &mut Turn) {
        let Some((to, until)) = self.sent_on.take() else { return };
        match self.lineup.that_runs() {
            Some(call) => {
                if let Err(error) = self.transfer(turn, call, &to) {
                    turn.notice(Notice::Refused(Some(call), error));
                }
            }
            None if turn.now < until => self.sent_on = Some((to, until)),
            // The call was over before it could be sent.
            None => {}
        }
    }

    fn consult(&mut self, turn: &mut Turn, call: CallId, about: CallId, target: &str) -> Result<(), CommandError> {
        let at = self.account.as_ref().filter(|at| !at.is_signing_out()).ok_or(CommandError::NoAccount)?;
        self.lineup.consult(at, turn, (call, about), typed(at, target)?, &self.config)
    }

    fn dial(&mut self, turn: &mut Turn, call: CallId, target: &str) -> Result<(), CommandError> {
        let at = self.account.as_ref().filter(|at| !at.is_signing_out()).ok_or(CommandError::NoAccount)?;
        let target = typed(at, target)?;
        self.lineup.dial(at, turn, call, target, &self.config)
    }

    fn supervise(
        &mut self,
        turn: &mut Turn,
        call: CallId,
        about: (Supervised, SuperviseMode, &Secret),
    ) -> Result<(), CommandError> {
        let at = self.account.as_mut().filter(|at| !at.is_signing_out()).ok_or(CommandError::NoAccount)?;
        self.lineup.supervise(at, turn, call, about, &self.config)
    }

    fn sign_in(&mut self, turn: &mut Turn, account: Account) {
        self.drop_account(turn);
        self.leaves.forget();
        let flow = self.fresh_flow();
        self.account = Some(Attachment::new(account, &self.config, flow, &mut self.chance, turn));
    }

    fn sign_out(&mut self, turn: &mut Turn) {
        let Some(at) = self.account.as_mut().filter(|at| !at.is_signing_out()) else { return };
        self.lineup.leave_all(at, turn);
        at.sign_out(turn);
    }

    /// Lets the account of before go without waiting for answers: what was sent is still written.
    fn drop_account(&mut self, turn: &mut Turn) {
        self.sign_out(turn);
        self.listen_to_user_agent(turn);
        self.lineup.finish_all();
        self.lineup.settle(None, turn);
        if let Some(mut at) = self.account.take() {
            at.close(turn);
        }
    }

    fn on_sound(&mut self, turn: &mut Turn, input: SoundInput) {
        match input {
            SoundInput::MicrophoneOpen => {
                self.test.microphone_open(turn);
                self.on_device(turn, DeviceKind::Microphone, None);
            }
            SoundInput::MicrophoneFailed(fault) => self.on_device(turn, DeviceKind::Microphone, Some(fault)),
            SoundInput::SpeakerOpen => self.on_device(turn, DeviceKind::Speaker, None),
            SoundInput::SpeakerFailed(fault) => self.on_device(turn, DeviceKind::Speaker, Some(fault)),
            SoundInput::Devices(list) => {
                self.desk.on_list(list);
                self.test.devices_changed(turn, |kind, id| self.desk.has(kind, id));
            }
            SoundInput::Remembered(preferences) => self.desk.remember(*preferences),
            SoundInput::TestFailed(fault) => self.test.failed(turn, fault),
            SoundInput::TestVoice => self.test.voice(),
        }
    }

    fn on_team(&mut self, turn: &mut Turn, input: TeamInput) {
        match &input {
            TeamInput::TransferAsked { to } => {
                self.sent_on = Some((to.clone(), turn.now + SENT_ON_PATIENCE));
                return;
            }
            TeamInput::SuperviseKey { key, ahead_ms } => return self.leaves.know(key.clone(), *ahead_ms),
            TeamInput::SuperviseRevoked { by, of } => {
                if let Some(at) = &mut self.account {
                    self.lineup.supervise_revoked(at, turn, by, of);
                }
                return;
            }
            TeamInput::Recording(rules) => return self.lineup.record_by(Some(*rules)),
            TeamInput::Closed => {
                self.leaves.forget();
                self.lineup.record_by(None);
            }
            _ => {}
        }
        let account = self.account.as_ref().map(|at| at.account().id);
        self.status.on_team(turn, &mut self.chance, account, input);
    }

    /// A device of a call opened, or failed.
    fn on_device(&mut self, turn: &mut Turn, kind: DeviceKind, news: Option<SoundFault>) {
        let (place, notice): (_, fn(Option<SoundFault>) -> Notice) = match kind {
            DeviceKind::Microphone => (&mut self.microphone, Notice::Microphone),
            DeviceKind::Speaker => (&mut self.speaker, Notice::Speaker),
        };
        match news {
            // A test may have opened another one.
            None if self.test.is_running() => {}
            None => self.desk.works(kind),
            Some(fault) => self.desk.failed(kind, fault, turn.now),
        }
        if *place != news {
            *place = news;
            turn.notice(notice(news));
        }
    }

    /// Carries out what the user agent asked for during this turn, and what follows from it.
    fn listen_to_user_agent(&mut self, turn: &mut Turn) {
        while let Some(output) = turn.from_sip.pop_front() {
            let Some(at) = &mut self.account else { continue };
            match output {
                Output::Send(message) => at.send(turn, message),
                Output::Event(event) => self.on_event(turn, event),
            }
        }
    }

    fn on_event(&mut self, turn: &mut Turn, event: Event) {
        let Some(at) = &mut self.account else { return };
        match event {
            Event::Registered { .. } | Event::RegistrationFailed { .. } | Event::Unregistered => {
                if at.on_event(turn, &event) == Registered::OnNewFlow {
                    self.lineup.end_supervisions(at, turn);
                    at.ask(turn, sip::ua::UserAgent::refresh_targets);
                    self.lineup.reconnected(at, turn);
                }
            }
            Event::Invited { id, from, offer, replaces, referred_by, queue, pickup, supervise } => {
                self.last_call += 1;
                let call = CallId(self.last_call);
                if let Some(token) = supervise {
                    let asked = (from, offer, token.as_str());
                    return self.lineup.supervised(at, turn, (call, id), asked, &mut self.leaves);
                }
                match replaces {
                    None => {
                        self.lineup.invited(at, turn, call, (id, from, offer, queue), &self.config);
                        if let Some(by) = referred_by {
                            self.lineup.came_back(call, *by);
                        }
                        if let Some(word) = pickup {
                            self.lineup.picked_up(at, turn, call, &word);
                        }
                    }
                    Some(replaces) => {
                        let invitation = Invitation { from, offer, replaces, referred_by };
                        self.lineup.taken_over(at, turn, (call, id), invitation, &self.config);
                    }
                }
            }
            Event::Referred { id, to, referral } => {
                self.last_call += 1;
                self.lineup.referred(at, turn, (CallId(self.last_call), id), (&to, referral), &self.config);
            }
            event => {
                if let Some(dialog) = dialog_of(&event) {
                    self.lineup.on_sip(at, turn, dialog, event, &mut self.leaves);
                }
            }
        }
    }

    /// What happened to one call may mean something for another, and that again. It ends: each step unties something.
    fn follow(&mut self, turn: &mut Turn) {
        self.listen_to_user_agent(turn);
        while let Some(at) = &mut self.account
            && self.lineup.follow(at, turn)
        {
            self.listen_to_user_agent(turn);
        }
    }

    /// End of a turn: sound, views, and sign-out when it is done.
    fn settle(&mut self, turn: &mut Turn) {
        self.follow(turn);
        self.send_on(turn);
        self.follow(turn);
        let done = self.account.as_ref().is_some_and(|at| at.is_signed_out(turn.now, self.lineup.is_over()));
        if done {
            self.lineup.finish_all();
        }
        self.lineup.settle(self.account.as_ref(), turn);
        if done && let Some(mut at) = self.account.take() {
            at.close(turn);
        }
        if !self.lineup.is_empty() {
            self.test.call_came(turn);
        }
        self.test.tick(turn);
        self.desk.settle(turn);
        self.status.settle(turn);
    }

    fn with_account<T>(&mut self, turn: &mut Turn, f: impl FnOnce(&mut Attachment, &mut Turn) -> T) -> Option<T> {
        self.account.as_mut().map(|at| f(at, turn))
    }

    fn with_lineup(
        &mut self,
        f: impl FnOnce(&mut Lineup, &mut Attachment) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        match &mut self.account {
            Some(at) => f(&mut self.lineup, at),
            None => Err(CommandError::NoSuchCall),
        }
    }

    fn fresh_flow(&mut self) -> FlowId {
        self.last_flow += 1;
        FlowId(self.last_flow)
    }

    /// When to come with [`Input::Tick`] if nothing else happens before.
    #[must_use]
    pub fn wake_at(&self) -> Option<Now> {
        let account = self.account.as_ref().and_then(Attachment::wake_at);
        let side = [self.test.wake_at(), self.desk.wake_at(self.now), self.status.wake_at()];
        [account, self.lineup.wake_at()].into_iter().chain(side).flatten().min()
    }

    /// The calls in the order in which they began, for a window that was just opened.
    #[must_use]
    pub fn calls(&self) -> Vec<CallView> {
        self.lineup.views()
    }

    /// Where the registration stands.
    #[must_use]
    pub fn registration(&self) -> Registration {
        self.account.as_ref().map_or(Registration::Off, |at| at.registration().clone())
    }

    /// Is the microphone muted?
    #[must_use]
    pub fn muted(&self) -> bool {
        self.lineup.is_muted()
    }

    /// Devices, for a window that was just opened.
    #[must_use]
    pub fn devices(&self) -> &DevicesView {
        self.desk.view()
    }

    /// One's own status, if this account has one and the server has said it.
    #[must_use]
    pub fn status(&self) -> Option<StatusView> {
        self.status.view()
    }

    /// The test that runs, or the last one.
    #[must_use]
    pub fn test(&self) -> &TestView {
        self.test.view()
    }

    /// Trouble with the microphone, if any.
    #[must_use]
    pub fn microphone_fault(&self) -> Option<SoundFault> {
        self.microphone
    }

    /// Trouble with the speaker, if any.
    #[must_use]
    pub fn speaker_fault(&self) -> Option<SoundFault> {
        self.speaker
    }
}

/// What was typed, as it can be called from this account.
fn typed(at: &Attachment, target: &str) -> Result<(Aor, Party), CommandError> {
    dial::parse(target, &at.account().aor.host).map_err(|_| CommandError::BadNumber)
}

/// Flows, SIP, media and time. `flow` is a fresh one, if one is needed.
fn on_the_wire(at: &mut Attachment, lineup: &mut Lineup, turn: &mut Turn, flow: FlowId, input: Input) {
    match input {
        Input::FlowUp(flow) => at.flow_up(turn, flow),
        Input::FlowDown(flow, why) => {
            if at.listens_to(flow) {
                lineup.suspect_paths();
            }
            at.flow_down(turn, flow, why);
        }
        Input::Sip(flow, bytes) => {
            if at.listens_to(flow) {
                at.ask(turn, |ua, now| ua.receive(now, &bytes));
            }
        }
        Input::NetworkChanged => {
            lineup.suspect_paths();
            at.network_changed(turn, flow);
        }
        Input::Media(call, input) => lineup.on_media(at, turn, call, input),
        Input::Tick => {
            at.tick(turn, flow);
            lineup.tick(at, turn);
        }
        Input::User(_) | Input::Sound(_) | Input::Team(_) | Input::RecordingFailed(_) => {} // Handled by the phone itself.
    }
}

fn dialog_of(event: &Event) -> Option<DialogId> {
    match event {
        Event::Registered { .. } | Event::RegistrationFailed { .. } | Event::Unregistered => None,
        Event::Invited { id, .. }
        | Event::Provisional { id, .. }
        | Event::Queued { id, .. }
        | Event::Accepted { id, .. }
        | Event::Failed { id, .. }
        | Event::TimedOut { id }
        | Event::FlowLost { id }
        | Event::Cancelled { id, .. }
        | Event::Confirmed { id }
        | Event::Reoffered { id, .. }
        | Event::ReofferAnswered { id, .. }
        | Event::ReofferFailed { id, .. }
        | Event::WantsReoffer { id }
        | Event::SuperviseAsked { id, .. }
        | Event::SuperviseAnswered { id, .. }
        | Event::Referred { id, .. }
        | Event::ReferAccepted { id, .. }
        | Event::ReferFailed { id, .. }
        | Event::ReferProgress { id, .. }
        | Event::Ended { id, .. }
        | Event::Closed { id } => Some(*id),
    }
}
