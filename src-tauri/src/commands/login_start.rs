//! Whether the system starts the phone when the agent logs in. The system keeps it, and its own settings may change it: it is asked each
//! time.

use ipc::{IpcError, LoginStart};
use tauri::AppHandle;
use tauri_plugin_autostart::{AutoLaunchManager, ManagerExt as _};

use crate::events;

#[tauri::command]
pub async fn start_at_login(app: AppHandle) -> Result<LoginStart, IpcError> {
    on_a_thread(app, |system| Ok(LoginStart { on: system.is_enabled()? })).await
}

#[tauri::command]
pub async fn set_start_at_login(app: AppHandle, request: LoginStart) -> Result<(), IpcError> {
    on_a_thread(app, move |system| if request.on { system.enable() } else { system.disable() }).await
}

/// The system reads and writes files, or asks another program.
async fn on_a_thread<T: Send + 'static>(
    app: AppHandle,
    ask: impl FnOnce(&AutoLaunchManager) -> Result<T, tauri_plugin_autostart::Error> + Send + 'static,
) -> Result<T, IpcError> {
    let asked = tauri::async_runtime::spawn_blocking(move || ask(&app.autolaunch())).await;
    asked.map_err(events::internal)?.map_err(events::internal)
}
