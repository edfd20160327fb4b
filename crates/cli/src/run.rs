//! The phone in a terminal: commands in, events out, until it shall end.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::process::ExitCode;

use base::{CallId, Secret};
use engine::{
    Devices, EngineEvent, EngineHandle, EventStream, MediaStep, PlayerView, Quality, SignInError, SipSignIn,
    SoundFault, Team, User,
};
use model::Registration;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::args::AccountArgs;
use crate::command::{self, Line, RecordWish, Verb};
use crate::lines::Lines;
use crate::{agent, bulk, directory, numbers, operate, panel, sources, supervision, voicemail, words};

/// Lines that wait to be carried out; then whoever writes them waits.
const LINES: usize = 64;

/// Signs in and serves commands until `quit`, the end of the input, or a signal; then hangs up, unregisters and ends the engine.
pub async fn run(engine: &EngineHandle, mut events: EventStream, account: AccountArgs, password: Secret) -> ExitCode {
    let mut console = Console {
        engine: engine.clone(),
        lines: Lines::default(),
        registration: Registration::Off,
        registered: false,
        microphone: None,
        speaks_while_muted: false,
        speaker: None,
        player: None,
        quality: BTreeMap::new(),
    };
    let signing_in = sign_in(engine, account, password);
    let code = console.serve(&mut events, read_lines(), signing_in).await;
    // Whatever ends us, the server and the other side are told, and standard output what came of it.
    tokio::join!(engine.shutdown(), console.watch_the_end(&mut events));
    code
}

async fn sign_in(engine: &EngineHandle, account: AccountArgs, password: Secret) -> Result<User, SignInError> {
    match account {
        AccountArgs::Sip { url, user, domain, auth_user } => {
            let account = SipSignIn { url, user, domain, auth_user, password, display_name: String::new() };
            engine.sign_in_sip(account, false).await
        }
        AccountArgs::Team { server, email } => engine.sign_in_team(&server, &email, password, false).await,
    }
}

/// Standard input, read by a thread of its own: a read cannot be given up, and the program must be able to end.
fn read_lines() -> mpsc::Receiver<String> {
    let (tx, rx) = mpsc::channel(LINES);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { return };
            if tx.blocking_send(line).is_err() {
                return;
            }
        }
    });
    rx
}

/// Prints one event, at once.
pub fn print(event: &Value) {
    let mut out = std::io::stdout().lock();
    // Nobody reads any more: the end of our input follows, and ends us in good order.
    let _ = writeln!(out, "{event}").and_then(|()| out.flush());
}

struct Console {
    engine: EngineHandle,
    lines: Lines,
    /// What was told last.
    registration: Registration,
    /// Has been registered at least once.
    registered: bool,
    microphone: Option<SoundFault>,
    /// What was told last.
    speaks_while_muted: bool,
    speaker: Option<SoundFault>,
    /// What is listened to, as told last.
    player: Option<Value>,
    /// How each call sounds, as told last.
    quality: BTreeMap<CallId, Quality>,
}

/// What to do after a line or an event.
enum Then {
    GoOn,
    End(ExitCode),
}

impl Console {
    async fn serve(
        &mut self,
        events: &mut EventStream,
        mut lines: mpsc::Receiver<String>,
        signing_in: impl Future<Output = Result<User, SignInError>>,
    ) -> ExitCode {
        let mut signing_in = std::pin::pin!(signing_in);
        let mut signed_in = false;
        let mut signals = std::pin::pin!(signal());
        loop {
            let then = tokio::select! {
                // What has happened is told before what was asked for later.
                biased;
                event = events.recv() => match event {
                    Some(event) => self.on_event(event),
                    None => {
                        print(&words::error("internal", "the engine has ended"));
                        Then::End(ExitCode::FAILURE)
                    }
                },
                result = &mut signing_in, if !signed_in => {
                    signed_in = true;
                    self.on_signed_in(result)
                }
                line = lines.recv() => match line {
                    Some(line) => self.on_line(&line),
                    None => Then::End(ExitCode::SUCCESS),
                },
                () = &mut signals => Then::End(ExitCode::SUCCESS),
            };
            if let Then::End(code) = then {
                return code;
            }
        }
    }

    async fn watch_the_end(&mut self, events: &mut EventStream) {
        while let Some(event) = events.recv().await {
            // It ends already.
            let (Then::GoOn | Then::End(_)) = self.on_event(event);
        }
    }

    fn on_signed_in(&mut self, result: Result<User, SignInError>) -> Then {
        let Err(error) = result else { return Then::GoOn };
        let (code, message) = words::sign_in_error(&error);
        print(&json!({"event": "registration_failed", "code": code, "message": message}));
        Then::End(ExitCode::FAILURE)
    }

    fn on_event(&mut self, event: EngineEvent) -> Then {
        match event {
            EngineEvent::Registration(registration) => return self.on_registration(&registration),
            EngineEvent::Call(view) => self.lines.update(*view).iter().for_each(print),
            EngineEvent::CallEnded(view) => print(&self.lines.ended(&view)),
            EngineEvent::Media { call, step } => {
                let state = match step {
                    MediaStep::Connected => "connected",
                    MediaStep::FirstSent => "first_sent",
                    MediaStep::FirstHeard => "first_heard",
                };
                print(&json!({"event": "media", "call": call.0, "state": state}));
            }
            EngineEvent::Quality { call, quality } => {
                self.quality.insert(call, *quality);
            }
            EngineEvent::Passport { call, passport } => {
                self.quality.remove(&call);
                print(&numbers::passport(call, &passport));
            }
            EngineEvent::DtmfHeard { call, digit } => {
                print(&json!({"event": "dtmf", "call": call.0, "digit": digit.to_string()}));
            }
            EngineEvent::Muted(on) => print(&json!({"event": "muted", "on": on})),
            EngineEvent::Devices(devices) => self.on_devices(&devices),
            EngineEvent::DeviceMoved { purpose, to, why } => print(&words::device_moved(purpose, &to, why)),
            EngineEvent::Refused { call, why } => {
                if let Some(call) = call {
                    self.lines.refused(call);
                }
                let (code, message) = words::command_error(why);
                print(&json!({"event": "error", "code": code, "message": message, "call": call.map(|call| call.0)}));
            }
            EngineEvent::Problem(problem) => print(&words::problem(&problem)),
            EngineEvent::Snapshot(snapshot) => {
                self.lines.replace(snapshot.calls).iter().for_each(print);
                self.on_devices(&snapshot.devices);
                words::status(snapshot.status.as_deref()).iter().for_each(print);
                on_team(snapshot.team.as_deref());
                snapshot.agent.iter().for_each(|own| print(&agent::event(Some(own))));
                return self.on_registration(&snapshot.registration);
            }
            EngineEvent::Status(view) => words::status(view.as_deref()).iter().for_each(print),
            EngineEvent::StatusRefused(why) => {
                let (code, message) = words::status_fault(why);
                print(&words::error(code, message));
            }
            EngineEvent::Team(team) => on_team(team.as_deref()),
            EngineEvent::Colleague(colleague) => print(&words::colleague(&colleague)),
            EngineEvent::Agent(own) => print(&agent::event(own.as_deref())),
            EngineEvent::Parked(calls) => print(&operate::parked(&calls)),
            EngineEvent::StatusForced(forced) => print(&directory::forced(&forced)),
            EngineEvent::Directory { changed, gone } => print(&directory::changed(&changed, &gone)),
            EngineEvent::Panel(shown) => print(&panel::event(&shown)),
            EngineEvent::Bulk(news) => bulk::news(&news).iter().for_each(print),
            EngineEvent::DirectoryStale => print(&json!({"event": "directory_stale"})),
            EngineEvent::RecordingsWaiting(count) => print(&json!({"event": "recordings_waiting", "count": count})),
            EngineEvent::Voicemail(state) => print(&json!({
                "event": "voicemail", "enabled": state.enabled, "messages": state.messages, "new": state.new
            })),
            EngineEvent::Recordings => print(&json!({"event": "recordings"})),
            EngineEvent::Player(view) => self.on_player(view.as_ref()),
            EngineEvent::PlayerPeaks(_)
            | EngineEvent::Session(_)
            | EngineEvent::Faces(_)
            | EngineEvent::Rights(_)
            | EngineEvent::Face(_)
            | EngineEvent::System(_)
            | EngineEvent::Levels(_)
            | EngineEvent::History { .. }
            | EngineEvent::Contacts
            | EngineEvent::Sources
            | EngineEvent::ContactsSync(_)
            | EngineEvent::ContactsImport { .. } => {}
        }
        Then::GoOn
    }

    /// Where it is, is told far too often to be read.
    fn on_player(&mut self, view: Option<&PlayerView>) {
        let event = voicemail::player(view);
        if self.player.as_ref() != Some(&event) {
            print(&event);
            self.player = Some(event);
        }
    }

    fn on_registration(&mut self, registration: &Registration) -> Then {
        if *registration == self.registration {
            return Then::GoOn;
        }
        self.registration = registration.clone();
        match registration {
            Registration::Registered => {
                self.registered = true;
                print(&json!({"event": "registered"}));
            }
            Registration::Failed { why, retry_in_ms } => {
                let (code, message) = words::registration_failure(why);
                print(
                    &json!({"event": "registration_failed", "code": code, "message": message, "retry_in_ms": retry_in_ms}),
                );
                if !self.registered {
                    return Then::End(ExitCode::FAILURE);
                }
            }
            Registration::Off if self.registered => print(&json!({"event": "unregistered"})),
            Registration::Off | Registration::Registering | Registration::Unregistering => {}
        }
        Then::GoOn
    }

    fn on_devices(&mut self, devices: &Devices) {
        for (name, before, now) in [
            ("microphone", &mut self.microphone, devices.microphone_fault),
            ("speaker", &mut self.speaker, devices.speaker_fault),
        ] {
            if let Some(fault) = now.filter(|_| *before != now) {
                print(&words::sound_fault(name, fault));
            }
            *before = now;
        }
        if std::mem::replace(&mut self.speaks_while_muted, devices.speaks_while_muted) != devices.speaks_while_muted {
            print(&json!({"event": "speaks_while_muted", "on": devices.speaks_while_muted}));
        }
    }

    fn on_line(&mut self, line: &str) -> Then {
        match command::parse(line) {
            Ok(None) => {}
            Ok(Some(Line::Quit)) => return Then::End(ExitCode::SUCCESS),
            Ok(Some(Line::Dial(target))) => self.lines.dialled(self.engine.dial(&target)),
            Ok(Some(Line::Use(purpose, id))) => self.engine.choose_device(purpose, id),
            Ok(Some(Line::Status(name, text))) => self.engine.set_status(&name, &text),
            Ok(Some(Line::OfflineAtSignIn(on))) => self.engine.set_offline_at_sign_in(on),
            Ok(Some(Line::Team)) => self.tell_team(),
            Ok(Some(Line::Operate(operation))) => operate::carry_out(&self.engine, operation),
            Ok(Some(Line::Bulk(wish))) => bulk::carry_out(&self.engine, wish),
            Ok(Some(Line::Directory(wish))) => directory::carry_out(&self.engine, wish),
            Ok(Some(Line::Panel(wish))) => panel::carry_out(&self.engine, wish),
            Ok(Some(Line::Voicemail(wish))) => voicemail::carry_out(&self.engine, wish),
            Ok(Some(Line::Sources)) => sources::list(&self.engine),
            Ok(Some(Line::SourceTest(id))) => sources::test(&self.engine, id),
            Ok(Some(Line::Ready)) => agent::wish(&self.engine, agent::Wish::Ready),
            Ok(Some(Line::Extend)) => agent::wish(&self.engine, agent::Wish::Extend),
            Ok(Some(Line::Transfer(target))) => match self.lines.transferable() {
                Some(call) => self.engine.transfer(call, &target),
                None => no_such_call(),
            },
            Ok(Some(Line::Park)) => match self.lines.transferable() {
                Some(call) => operate::park(&self.engine, call),
                None => no_such_call(),
            },
            Ok(Some(Line::Unpark(place))) => self.lines.dialled(self.engine.unpark(place)),
            Ok(Some(Line::Ask(target))) => match self.lines.transferable() {
                Some(about) => self.lines.dialled(self.engine.consult(about, &target)),
                None => no_such_call(),
            },
            Ok(Some(Line::TransferTo(to))) => match self.lines.asked_about(to) {
                Some(call) => self.engine.complete_transfer(call, to),
                None => no_such_call(),
            },
            Ok(Some(Line::Supervise(user, mode))) => supervision::begin(&self.engine, user, mode),
            Ok(Some(Line::SuperviseLeave)) => self.engine.supervise_leave(),
            Ok(Some(Line::Conference)) => self.engine.conference(),
            Ok(Some(Line::Record(wish))) => match self.lines.talking() {
                Some(call) => match wish {
                    RecordWish::On => self.engine.record(call, true),
                    RecordWish::Off => self.engine.record(call, false),
                    RecordWish::Pause => self.engine.pause_recording(call, true),
                    RecordWish::Resume => self.engine.pause_recording(call, false),
                },
                None => no_such_call(),
            },
            Ok(Some(Line::Mute(on))) => self.engine.mute(on),
            Ok(Some(Line::Dtmf(digits))) => match self.lines.talking() {
                Some(call) => self.engine.dtmf(call, &digits),
                None => no_such_call(),
            },
            Ok(Some(Line::Call(verb, call))) => match call.or_else(|| self.lines.meant(verb)) {
                Some(call) => self.about(verb, call),
                None => no_such_call(),
            },
            Err(message) => print(&words::error("bad_command", message)),
        }
        Then::GoOn
    }

    fn tell_team(&self) {
        let engine = self.engine.clone();
        tokio::spawn(async move {
            match engine.colleagues().await {
                Ok(team) => print(&words::team(&team)),
                Err(error) => {
                    let (code, message) = words::sign_in_error(&error);
                    print(&words::error(code, message));
                }
            }
        });
    }

    fn about(&self, verb: Verb, call: CallId) {
        match verb {
            Verb::Answer => self.engine.answer(call),
            Verb::Decline => self.engine.decline(call),
            Verb::HangUp => self.engine.hang_up(call),
            Verb::Hold => self.engine.hold(call),
            Verb::Resume => self.engine.resume(call),
            Verb::Stats => {
                let (engine, quality) = (self.engine.clone(), self.quality.get(&call).copied());
                tokio::spawn(async move {
                    match engine.call_stats(call).await {
                        Some(stats) => print(&numbers::stats(call, &stats, quality.as_ref())),
                        None => no_such_call(),
                    }
                });
            }
        }
    }
}

fn no_such_call() {
    print(&words::error("no_such_call", "there is no such call"));
}

/// Ready when the user or the system wants us to end.
#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::interrupt()), signal(SignalKind::terminate()), signal(SignalKind::hangup())) {
        (Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)) => {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
        }
        // Without handlers the system ends us its own way.
        _ => std::future::pending().await,
    }
}

/// Ready when the user wants us to end.
#[cfg(not(unix))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

/// Everybody, as soon as it is known.
fn on_team(team: Option<&Team>) {
    let known = team.filter(|team| team.known);
    known.into_iter().flat_map(|team| &team.colleagues).map(words::colleague).for_each(|line| print(&line));
}
