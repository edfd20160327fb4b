//! Queues, for those who set them up.

use engine::{EngineHandle, QueueAdminError};
use ipc::{EditQueue, ErrorCode, IpcError, ManagedQueue, PutQueueMember, QueueMemberRef, QueueRef, QueueSetup};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub async fn queues_get(engine: State<'_, EngineHandle>) -> Result<Vec<ManagedQueue>, IpcError> {
    let queues = engine.managed_queues().await.map_err(failed)?;
    Ok(queues.into_iter().map(Into::into).collect())
}

#[tauri::command]
pub async fn queue_add(engine: State<'_, EngineHandle>, request: QueueSetup) -> Result<ManagedQueue, IpcError> {
    engine.add_queue(&request.into()).await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn queue_edit(engine: State<'_, EngineHandle>, request: EditQueue) -> Result<ManagedQueue, IpcError> {
    let EditQueue { id, version, setup } = request;
    engine.edit_queue(&id, version.into(), &setup.into()).await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn queue_remove(engine: State<'_, EngineHandle>, request: QueueRef) -> Result<(), IpcError> {
    engine.remove_queue(&request.id).await.map_err(failed)
}

#[tauri::command]
pub async fn queue_member_put(
    engine: State<'_, EngineHandle>,
    request: PutQueueMember,
) -> Result<ManagedQueue, IpcError> {
    let PutQueueMember { queue, user, level, position } = request;
    engine.put_queue_member(&queue, &user, (level, position)).await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn queue_member_remove(
    engine: State<'_, EngineHandle>,
    request: QueueMemberRef,
) -> Result<ManagedQueue, IpcError> {
    engine.remove_queue_member(&request.queue, &request.user).await.map(Into::into).map_err(failed)
}

fn failed(fault: QueueAdminError) -> IpcError {
    IpcError::new(match &fault {
        QueueAdminError::Server(fault) => return sign_in_error(fault),
        QueueAdminError::NotSignedIn => ErrorCode::NotSignedIn,
        QueueAdminError::NotYours => ErrorCode::NotYours,
        QueueAdminError::Changed => ErrorCode::QueueChanged,
        QueueAdminError::ExtensionTaken => ErrorCode::ExtensionTaken,
        QueueAdminError::Settings => ErrorCode::QueueSettings,
        QueueAdminError::TooMany => ErrorCode::TooManyQueues,
    })
}
