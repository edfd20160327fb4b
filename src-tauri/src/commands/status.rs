//! One's own status.

use engine::EngineHandle;
use ipc::{OfflineAtSignIn, SetStatus};
use tauri::State;

#[tauri::command]
pub fn set_status(engine: State<'_, EngineHandle>, request: SetStatus) {
    engine.set_status(&request.id, &request.text);
}

#[tauri::command]
pub fn offline_at_sign_in(engine: State<'_, EngineHandle>, request: OfflineAtSignIn) {
    engine.set_offline_at_sign_in(request.on);
}
