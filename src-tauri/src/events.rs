//! Engine news on their way to the window.

use engine::{EngineEvent, EngineHandle, EventStream};
use ipc::{Call, ErrorCode, IpcError, Levels, OwnStatus, UiEvent};
use tauri::{AppHandle, Emitter, Manager, Runtime, UserAttentionType};

use crate::commands::{convert, directory, directory_bulk, import_convert, panel, profile, recording};
use crate::notice::NOTICE;
use crate::outside::Outside;
use crate::window::MAIN;

/// Name of the one event on the bridge.
const NAME: &str = "rannan";

/// Passes news on until the engine ends; they begin with a snapshot.
pub async fn forward(app: AppHandle, engine: EngineHandle, mut news: EventStream) {
    while let Some(event) = news.recv().await {
        if let EngineEvent::Call(view) = &event
            && view.line == phone::LineState::RingingHere
        {
            ask_attention(&app);
        }
        if matches!(event, EngineEvent::Snapshot(_)) {
            app.state::<Outside>().begin_again();
        }
        for event in shapes(&engine, event) {
            emit(&app, &event);
        }
    }
}

/// Tells the window, and what is seen outside of it.
pub fn emit(app: &AppHandle, event: &UiEvent) {
    app.state::<Outside>().hear(event);
    if let Err(fault) = app.emit_to(MAIN, NAME, event) {
        tracing::error!(%fault, "the window cannot be told");
    }
    // The small window draws calls, names and pictures; nothing else of the phone reaches it.
    if matches!(event, UiEvent::Settings { .. } | UiEvent::Faces { .. } | UiEvent::Face { .. } | UiEvent::System { .. })
    {
        emit_to_notice(app, event);
    }
}

/// Tells the small window, while there is one.
pub fn emit_to_notice(app: &AppHandle, event: &UiEvent) {
    if app.get_webview_window(NOTICE).is_some()
        && let Err(fault) = app.emit_to(NOTICE, NAME, event)
    {
        tracing::error!(%fault, "the small window cannot be told");
    }
}

/// Flashes the taskbar entry. Never takes the keyboard focus (SPEC 2 item 9).
fn ask_attention<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(fault) = window.request_user_attention(Some(UserAttentionType::Critical))
    {
        tracing::warn!(%fault, "the taskbar entry cannot be flashed");
    }
}

fn shapes(engine: &EngineHandle, event: EngineEvent) -> Vec<UiEvent> {
    let call = |view: &phone::CallView| Call::from_view(view, engine.now(), engine.wall());
    let status = |view: Option<Box<phone::StatusView>>| UiEvent::Status {
        status: view.map(|view| OwnStatus::from_view(&view, engine.wall())),
    };
    let team =
        |team: Option<Box<engine::Team>>| UiEvent::Team { team: team.map(|team| convert::team(&team, engine.wall())) };
    let rights = |own: Option<Box<engine::OwnRights>>| UiEvent::Rights { rights: own.as_deref().map(Into::into) };
    let agent = |own: Option<Box<engine::OwnAgent>>| UiEvent::Agent { agent: own.as_deref().map(Into::into) };
    let parked = |calls: Vec<engine::ParkedCall>| UiEvent::Parked {
        parked: calls.iter().map(|call| ipc::ParkedCall::from_model(call, engine.wall())).collect(),
    };
    match event {
        // A window that lost news gets everything again, as if it had just opened.
        EngineEvent::Snapshot(snapshot) => {
            let mut all = vec![
                UiEvent::Session { session: convert::session(&snapshot.session) },
                UiEvent::System { system: convert::system(&snapshot.system, engine.now()) },
                UiEvent::Muted { muted: snapshot.muted },
                UiEvent::Devices { devices: convert::devices(&snapshot.devices) },
                UiEvent::History { unseen_missed: snapshot.unseen_missed },
                status(snapshot.status),
                team(snapshot.team),
                rights(snapshot.rights),
                agent(snapshot.agent),
                parked(snapshot.parked),
                UiEvent::RecordingsWaiting { waiting: waiting(snapshot.recordings_waiting) },
                UiEvent::Voicemail { state: recording::mailbox(snapshot.voicemail) },
                UiEvent::Player { player: snapshot.player.as_ref().map(recording::shown) },
                UiEvent::Contacts,
                UiEvent::Faces { faces: snapshot.faces.iter().map(profile::face).collect() },
                UiEvent::ContactsSync { sync: snapshot.contacts_sync.as_ref().map(import_convert::sync) },
            ];
            let peaks = snapshot.peaks.iter().map(|peaks| UiEvent::PlayerPeaks { peaks: recording::peaks(peaks) });
            all.extend(peaks);
            all.extend(snapshot.calls.iter().map(|view| UiEvent::Call { call: call(view) }));
            all
        }
        EngineEvent::Session(session) => vec![UiEvent::Session { session: convert::session(&session) }],
        EngineEvent::System(system) => vec![UiEvent::System { system: convert::system(&system, engine.now()) }],
        EngineEvent::Call(view) => vec![UiEvent::Call { call: call(&view) }],
        EngineEvent::CallEnded(view) => vec![UiEvent::CallEnded { call: call(&view) }],
        EngineEvent::Muted(muted) => vec![UiEvent::Muted { muted }],
        EngineEvent::Levels(levels) => vec![UiEvent::Levels {
            levels: Levels { microphone_dbfs: levels.microphone.0, caller_dbfs: levels.caller.0 },
        }],
        EngineEvent::Devices(devices) => vec![UiEvent::Devices { devices: convert::devices(&devices) }],
        EngineEvent::DeviceMoved { purpose, to, why } => {
            let name = ipc::KnownDevice::from(&to).name;
            vec![UiEvent::DeviceMoved { purpose: purpose.into(), name, why: why.into() }]
        }
        EngineEvent::History { unseen_missed } => vec![UiEvent::History { unseen_missed }],
        EngineEvent::Contacts => vec![UiEvent::Contacts],
        EngineEvent::Sources => vec![UiEvent::Sources],
        EngineEvent::ContactsSync(sync) => {
            vec![UiEvent::ContactsSync { sync: sync.as_ref().map(import_convert::sync) }]
        }
        EngineEvent::ContactsImport { done, total } => {
            let narrow = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
            vec![UiEvent::ContactsImport { done: narrow(done), total: narrow(total) }]
        }
        EngineEvent::Refused { call, why } => {
            vec![UiEvent::Problem { error: IpcError::new(convert::refusal(why)), call: call.map(|id| id.to_string()) }]
        }
        EngineEvent::Problem(problem) => vec![UiEvent::Problem { error: convert::problem(&problem), call: None }],
        EngineEvent::Faces(faces) => vec![UiEvent::Faces { faces: faces.iter().map(profile::face).collect() }],
        EngineEvent::Face(face) => vec![UiEvent::Face { face: profile::face(&face) }],
        EngineEvent::Status(view) => vec![status(view)],
        EngineEvent::StatusRefused(why) => vec![UiEvent::Problem { error: IpcError::new(why.into()), call: None }],
        // The window shows these through Call and System.
        EngineEvent::Quality { call, quality } => {
            vec![UiEvent::Quality { call: call.to_string(), quality: (&*quality).into() }]
        }
        // The history has it when somebody asks.
        EngineEvent::Passport { .. } => Vec::new(),
        EngineEvent::Registration(_) | EngineEvent::Media { .. } | EngineEvent::DtmfHeard { .. } => Vec::new(),
        EngineEvent::Team(all) => vec![team(all)],
        EngineEvent::Rights(own) => vec![rights(own)],
        EngineEvent::Agent(own) => vec![agent(own)],
        EngineEvent::Parked(calls) => vec![parked(calls)],
        EngineEvent::RecordingsWaiting(count) => vec![UiEvent::RecordingsWaiting { waiting: waiting(count) }],
        EngineEvent::Recordings => vec![UiEvent::Recordings],
        EngineEvent::Voicemail(state) => vec![UiEvent::Voicemail { state: recording::mailbox(state) }],
        EngineEvent::Player(view) => vec![UiEvent::Player { player: view.as_ref().map(recording::shown) }],
        EngineEvent::PlayerPeaks(peaks) => vec![UiEvent::PlayerPeaks { peaks: recording::peaks(&peaks) }],
        EngineEvent::Directory { changed, gone } => {
            vec![UiEvent::DirectoryChanged { changed: changed.iter().map(directory::row).collect(), gone }]
        }
        EngineEvent::Panel(shown) => vec![UiEvent::Panel { panel: Box::new(panel::told(&shown)) }],
        EngineEvent::Bulk(news) => vec![directory_bulk::news(&news)],
        EngineEvent::DirectoryStale => vec![UiEvent::DirectoryStale],
        EngineEvent::StatusForced(forced) => vec![UiEvent::StatusForced {
            by: forced.by.clone(),
            by_extension: forced.by_extension.clone(),
            status: (&*forced).into(),
        }],
        EngineEvent::Colleague(colleague) => {
            vec![UiEvent::Colleague { colleague: ipc::Colleague::from_model(&colleague, engine.wall()) }]
        }
    }
}

/// A count for the window.
pub fn waiting(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// An error that says where it came from, for faults that have no better code.
pub fn internal(detail: impl std::fmt::Display) -> IpcError {
    IpcError { detail: Some(detail.to_string()), ..IpcError::new(ErrorCode::Internal) }
}
