//! Listening to calls of others, and joining calls.

use engine::{EngineHandle, SuperviseError};
use ipc::{ErrorCode, IpcError, Supervise};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub async fn supervise(engine: State<'_, EngineHandle>, request: Supervise) -> Result<(), IpcError> {
    engine.supervise(&request.user, request.mode.into()).await.map_err(|fault| failed(&fault))
}

#[tauri::command]
pub fn supervise_leave(engine: State<'_, EngineHandle>) {
    engine.supervise_leave();
}

#[tauri::command]
pub fn conference(engine: State<'_, EngineHandle>) {
    engine.conference();
}

fn failed(fault: &SuperviseError) -> IpcError {
    IpcError::new(match fault {
        SuperviseError::Server(fault) => return sign_in_error(fault),
        SuperviseError::NotSignedIn => ErrorCode::NotSignedIn,
        SuperviseError::NoRight => ErrorCode::SuperviseRefused,
        SuperviseError::NoCall => ErrorCode::SuperviseNoCall,
        SuperviseError::Taken => ErrorCode::SuperviseTaken,
        SuperviseError::Own => ErrorCode::SuperviseOwn,
    })
}
