//! Calls.

use base::CallId;
use engine::EngineHandle;
use ipc::{CallRef, Dial, Dtmf, ErrorCode, IpcError, Mute};
use tauri::State;

#[tauri::command]
pub fn dial(engine: State<'_, EngineHandle>, request: Dial) -> String {
    engine.dial(&request.target).to_string()
}

#[tauri::command]
pub fn answer(engine: State<'_, EngineHandle>, request: CallRef) -> Result<(), IpcError> {
    engine.answer(id(&request)?);
    Ok(())
}

#[tauri::command]
pub fn decline(engine: State<'_, EngineHandle>, request: CallRef) -> Result<(), IpcError> {
    engine.decline(id(&request)?);
    Ok(())
}

#[tauri::command]
pub fn silence(engine: State<'_, EngineHandle>, request: CallRef) -> Result<(), IpcError> {
    engine.silence(id(&request)?);
    Ok(())
}

#[tauri::command]
pub fn hang_up(engine: State<'_, EngineHandle>, request: CallRef) -> Result<(), IpcError> {
    engine.hang_up(id(&request)?);
    Ok(())
}

#[tauri::command]
pub fn hold(engine: State<'_, EngineHandle>, request: CallRef) -> Result<(), IpcError> {
    engine.hold(id(&request)?);
    Ok(())
}

#[tauri::command]
pub fn resume(engine: State<'_, EngineHandle>, request: CallRef) -> Result<(), IpcError> {
    engine.resume(id(&request)?);
    Ok(())
}

#[tauri::command]
pub fn mute(engine: State<'_, EngineHandle>, request: Mute) {
    engine.mute(request.on);
}

#[tauri::command]
pub fn dtmf(engine: State<'_, EngineHandle>, request: Dtmf) -> Result<(), IpcError> {
    match &request.call {
        Some(call) => engine.dtmf(parse(call)?, &request.digits),
        None => request.digits.chars().for_each(|digit| engine.key_tone(digit)),
    }
    Ok(())
}

fn id(request: &CallRef) -> Result<CallId, IpcError> {
    parse(&request.call)
}

pub(super) fn parse(text: &str) -> Result<CallId, IpcError> {
    text.parse().map(CallId).map_err(|_| IpcError::new(ErrorCode::NoSuchCall))
}
