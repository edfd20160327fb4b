//! The window itself: what it needs when it opens, preferences, its end.

use std::sync::Mutex;
use std::time::Instant;

use engine::EngineHandle;
use ipc::{Call, CallRef, ErrorCode, IpcError, OwnStatus, ParkedCall, Settings, Snapshot, UiEvent};
use tauri::{AppHandle, State, WebviewWindow};

use crate::commands::{convert, import_convert};
use crate::notice::NOTICE;
use crate::options::Options;
use crate::outside::Outside;
use crate::{events, preferences, window};

/// Preferences in memory; the file is written at each change.
pub struct Preferences(pub Mutex<Settings>);

/// When the program began, to measure the cold start.
pub struct Started(pub Instant);

#[tauri::command]
pub async fn snapshot(
    window: WebviewWindow,
    engine: State<'_, EngineHandle>,
    options: State<'_, Options>,
    preferences: State<'_, Preferences>,
    outside: State<'_, Outside>,
) -> Result<Snapshot, IpcError> {
    let settings = preferences.current()?;
    let inside = engine.snapshot().await.ok_or_else(|| events::internal("the engine has ended"))?;
    let whole = Snapshot {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        profile: options.profile.clone(),
        session: convert::session(&inside.session),
        calls: inside.calls.iter().map(|view| Call::from_view(view, engine.now(), engine.wall())).collect(),
        muted: inside.muted,
        system: convert::system(&inside.system, engine.now()),
        devices: convert::devices(&inside.devices),
        settings,
        unseen_missed: inside.unseen_missed,
        faces: inside.faces.iter().map(super::profile::face).collect(),
        team: inside.team.as_deref().map(|team| convert::team(team, engine.wall())),
        rights: inside.rights.as_deref().map(Into::into),
        agent: inside.agent.as_deref().map(Into::into),
        parked: inside.parked.iter().map(|call| ParkedCall::from_model(call, engine.wall())).collect(),
        contacts_sync: inside.contacts_sync.as_ref().map(import_convert::sync),
        status: inside.status.as_deref().map(|view| OwnStatus::from_view(view, engine.wall())),
        notice: outside.notice(),
        recordings_waiting: events::waiting(inside.recordings_waiting),
        voicemail: super::recording::mailbox(inside.voicemail),
        player: inside.player.as_ref().map(super::recording::shown),
        peaks: inside.peaks.as_deref().map(super::recording::peaks),
    };
    Ok(if window.label() == NOTICE { for_notice(whole) } else { whole })
}

/// The small window draws its notice, names and pictures. What the agent wants nobody to read there does not reach it.
fn for_notice(whole: Snapshot) -> Snapshot {
    Snapshot {
        calls: Vec::new(),
        team: None,
        rights: None,
        agent: None,
        parked: Vec::new(),
        status: None,
        contacts_sync: None,
        unseen_missed: 0,
        recordings_waiting: 0,
        voicemail: super::recording::mailbox(engine::BoxState::default()),
        player: None,
        peaks: None,
        ..whole
    }
}

#[tauri::command]
pub fn set_settings(app: AppHandle, preferences: State<'_, Preferences>, request: Settings) -> Result<(), IpcError> {
    keep(&app, &preferences, request)
}

/// The window is closed though the phone goes on; from now on without asking.
#[tauri::command]
pub fn close_window(app: AppHandle, preferences: State<'_, Preferences>) -> Result<(), IpcError> {
    window::hide(&app);
    let settings = Settings { keep_running_told: true, ..preferences.current()? };
    keep(&app, &preferences, settings)
}

#[tauri::command]
pub fn show_window(app: AppHandle) {
    window::show(&app);
}

/// Calls back somebody whose missed call the small window shows.
#[tauri::command]
pub fn notice_call_back(
    app: AppHandle,
    engine: State<'_, EngineHandle>,
    outside: State<'_, Outside>,
    request: CallRef,
) -> Result<(), IpcError> {
    let number = outside.missed_number(&request.call).ok_or_else(|| IpcError::new(ErrorCode::NoSuchCall))?;
    outside.dismiss_missed();
    window::show(&app);
    engine.dial(&number);
    Ok(())
}

#[tauri::command]
pub fn notice_dismiss(outside: State<'_, Outside>) {
    outside.dismiss_missed();
}

#[tauri::command]
pub fn painted(started: State<'_, Started>) {
    tracing::info!(since_start_ms = started.0.elapsed().as_millis(), "first paint");
}

#[tauri::command]
pub fn quit(app: AppHandle) {
    app.exit(0);
}

fn keep(app: &AppHandle, preferences: &Preferences, settings: Settings) -> Result<(), IpcError> {
    *preferences.0.lock().map_err(events::internal)? = settings.clone();
    events::emit(app, &UiEvent::Settings { settings: settings.clone() });
    window::dress(app, settings.theme);
    preferences::save(app, &settings)
        .map_err(|fault| IpcError { detail: Some(fault), ..IpcError::new(ErrorCode::StorageFailed) })
}

impl Preferences {
    /// It was told that the phone goes on without its window.
    pub fn keep_running_told(&self) -> bool {
        self.current().is_ok_and(|settings| settings.keep_running_told)
    }

    fn current(&self) -> Result<Settings, IpcError> {
        Ok(self.0.lock().map_err(events::internal)?.clone())
    }
}
