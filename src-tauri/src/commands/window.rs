//! The window itself: what it needs when it opens, preferences, its end.

use std::sync::Mutex;
use std::time::Instant;

use engine::EngineHandle;
use ipc::{Call, ErrorCode, IpcError, OwnStatus, Settings, Snapshot, UiEvent};
use tauri::{AppHandle, State};

use crate::commands::{convert, import_convert};
use crate::options::Options;
use crate::{events, preferences};

/// Preferences in memory; the file is written at each change.
pub struct Preferences(pub Mutex<Settings>);

/// When the program began, to measure the cold start.
pub struct Started(pub Instant);

#[tauri::command]
pub async fn snapshot(
    engine: State<'_, EngineHandle>,
    options: State<'_, Options>,
    preferences: State<'_, Preferences>,
) -> Result<Snapshot, IpcError> {
    let settings = preferences.current()?;
    let inside = engine.snapshot().await.ok_or_else(|| events::internal("the engine has ended"))?;
    Ok(Snapshot {
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
        contacts_sync: inside.contacts_sync.as_ref().map(import_convert::sync),
        status: inside.status.as_deref().map(|view| OwnStatus::from_view(view, engine.wall())),
    })
}

#[tauri::command]
pub fn set_settings(app: AppHandle, preferences: State<'_, Preferences>, request: Settings) -> Result<(), IpcError> {
    *preferences.0.lock().map_err(events::internal)? = request.clone();
    events::emit(&app, &UiEvent::Settings { settings: request.clone() });
    crate::window::dress(&app, request.theme);
    preferences::save(&app, &request)
        .map_err(|fault| IpcError { detail: Some(fault), ..IpcError::new(ErrorCode::StorageFailed) })
}

#[tauri::command]
pub fn painted(started: State<'_, Started>) {
    tracing::info!(since_start_ms = started.0.elapsed().as_millis(), "first paint");
}

#[tauri::command]
pub fn quit(app: AppHandle) {
    app.exit(0);
}

impl Preferences {
    fn current(&self) -> Result<Settings, IpcError> {
        Ok(self.0.lock().map_err(events::internal)?.clone())
    }
}
