//! Calls of colleagues (RG-08).

use engine::{EngineHandle, OperateError};
use ipc::{ErrorCode, IpcError, PickUpOf, SendCallOf};
use tauri::State;

use super::convert::sign_in_error;

/// Takes a ringing call of a colleague.
#[tauri::command]
pub async fn colleague_pick_up(engine: State<'_, EngineHandle>, request: PickUpOf) -> Result<(), IpcError> {
    engine.pick_up(&request.user).await.map_err(failed)
}

/// Sends a ringing call of a colleague elsewhere.
#[tauri::command]
pub async fn colleague_divert(engine: State<'_, EngineHandle>, request: SendCallOf) -> Result<(), IpcError> {
    engine.divert(&request.user, &request.to).await.map_err(failed)
}

/// Sends a running call of a colleague elsewhere.
#[tauri::command]
pub async fn colleague_transfer(engine: State<'_, EngineHandle>, request: SendCallOf) -> Result<(), IpcError> {
    engine.transfer_call_of(&request.user, &request.to).await.map_err(failed)
}

fn failed(fault: OperateError) -> IpcError {
    IpcError::new(match &fault {
        OperateError::Server(fault) => return sign_in_error(fault),
        OperateError::NotSignedIn => ErrorCode::NotSignedIn,
        OperateError::Refused => ErrorCode::OperateRefused,
        OperateError::NoCall => ErrorCode::OperateNoCall,
        OperateError::OfQueue => ErrorCode::OperateOfQueue,
        OperateError::NoChance => ErrorCode::Internal,
        OperateError::NobodyThere => ErrorCode::OperateNobodyThere,
    })
}
