//! Calls of colleagues (RG-08).

use engine::{EngineHandle, OperateError};
use ipc::{CallRef, ErrorCode, IpcError, ParkPlace, PickUpOf, SendCallOf};
use tauri::State;

use super::calls::parse;
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

/// Asks for a parking place and sends the call there.
#[tauri::command]
pub async fn park(engine: State<'_, EngineHandle>, request: CallRef) -> Result<ParkPlace, IpcError> {
    engine.park(parse(&request.call)?).await.map(Into::into).map_err(|fault| match fault {
        OperateError::Refused => IpcError::new(ErrorCode::ParkRefused),
        fault => failed(fault),
    })
}

fn failed(fault: OperateError) -> IpcError {
    IpcError::new(match &fault {
        OperateError::Server(fault) => return sign_in_error(fault),
        OperateError::NotSignedIn => ErrorCode::NotSignedIn,
        OperateError::Refused => ErrorCode::OperateRefused,
        OperateError::NoCall => ErrorCode::OperateNoCall,
        OperateError::OfQueue => ErrorCode::OperateOfQueue,
        OperateError::NoChance => ErrorCode::Internal,
        OperateError::NoPlace => ErrorCode::ParkNoPlace,
        OperateError::NobodyThere => ErrorCode::OperateNobodyThere,
    })
}
