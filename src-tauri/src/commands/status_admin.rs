//! The statuses of the team, for those who administer it.

use engine::{EngineHandle, StatusAdminError};
use ipc::{ErrorCode, IpcError, ManagedStatus, NewStatus, StatusOrder};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub async fn statuses_get(engine: State<'_, EngineHandle>) -> Result<Vec<ManagedStatus>, IpcError> {
    engine.managed_statuses().await.map(shapes).map_err(failed)
}

#[tauri::command]
pub async fn status_add(engine: State<'_, EngineHandle>, request: NewStatus) -> Result<ManagedStatus, IpcError> {
    let NewStatus { kind, names, blocks } = request;
    let status = engine.add_status(kind.into(), &names.into(), blocks.into()).await;
    status.map(|status| (&status).into()).map_err(failed)
}

#[tauri::command]
pub async fn status_edit(engine: State<'_, EngineHandle>, request: ManagedStatus) -> Result<ManagedStatus, IpcError> {
    engine.edit_status(&request.into()).await.map(|status| (&status).into()).map_err(failed)
}

#[tauri::command]
pub async fn statuses_order(
    engine: State<'_, EngineHandle>,
    request: StatusOrder,
) -> Result<Vec<ManagedStatus>, IpcError> {
    engine.order_statuses(request.ids).await.map(shapes).map_err(failed)
}

fn shapes(all: Vec<engine::ManagedStatus>) -> Vec<ManagedStatus> {
    all.iter().map(Into::into).collect()
}

fn failed(fault: StatusAdminError) -> IpcError {
    IpcError::new(match &fault {
        StatusAdminError::Server(fault) => return sign_in_error(fault),
        StatusAdminError::NotSignedIn => ErrorCode::NotSignedIn,
        StatusAdminError::NotYours => ErrorCode::NotYours,
        StatusAdminError::Changed => ErrorCode::StatusChanged,
        StatusAdminError::Names => ErrorCode::StatusNames,
        StatusAdminError::TooMany => ErrorCode::TooManyStatuses,
    })
}
