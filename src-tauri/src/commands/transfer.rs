//! Sending calls to somebody else.

use engine::EngineHandle;
use ipc::{CompleteTransfer, Consult, IpcError, Transfer};
use tauri::State;

use super::calls::parse;

#[tauri::command]
pub fn transfer(engine: State<'_, EngineHandle>, request: Transfer) -> Result<(), IpcError> {
    engine.transfer(parse(&request.call)?, &request.target);
    Ok(())
}

#[tauri::command]
pub fn consult(engine: State<'_, EngineHandle>, request: Consult) -> Result<String, IpcError> {
    Ok(engine.consult(parse(&request.about)?, &request.target).to_string())
}

#[tauri::command]
pub fn complete_transfer(engine: State<'_, EngineHandle>, request: CompleteTransfer) -> Result<(), IpcError> {
    engine.complete_transfer(parse(&request.call)?, parse(&request.to)?);
    Ok(())
}
