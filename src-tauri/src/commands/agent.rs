//! The person at this phone as an agent of queues.

use engine::{AgentError, EngineHandle};
use ipc::{ErrorCode, IpcError};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub async fn agent_ready(engine: State<'_, EngineHandle>) -> Result<(), IpcError> {
    engine.agent_ready().await.map_err(|fault| failed(&fault))
}

#[tauri::command]
pub async fn agent_extend(engine: State<'_, EngineHandle>) -> Result<(), IpcError> {
    engine.agent_extend().await.map_err(|fault| failed(&fault))
}

fn failed(fault: &AgentError) -> IpcError {
    match fault {
        AgentError::Server(fault) => sign_in_error(fault),
        AgentError::NotSignedIn => IpcError::new(ErrorCode::NotSignedIn),
    }
}
