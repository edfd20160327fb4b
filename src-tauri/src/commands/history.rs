//! Call history.

use engine::{CallFilter, EngineHandle, StorageFailed};
use ipc::{CallPassport, ErrorCode, HistoryPage, HistoryQuery, HistoryRef, HistoryRow, IpcError};
use tauri::State;

const MOST_ROWS: u32 = 200;

#[tauri::command]
pub async fn history(engine: State<'_, EngineHandle>, request: HistoryQuery) -> Result<HistoryPage, IpcError> {
    let filter = if request.missed_only { CallFilter::Missed } else { CallFilter::All };
    let page = engine.history(filter, request.before, request.limit.clamp(1, MOST_ROWS)).await.map_err(failed)?;
    Ok(HistoryPage { rows: page.rows.iter().map(HistoryRow::from).collect(), next_before: page.next_before })
}

#[tauri::command]
pub async fn history_seen(engine: State<'_, EngineHandle>) -> Result<(), IpcError> {
    engine.history_seen().await.map_err(failed)
}

#[tauri::command]
pub async fn history_delete(engine: State<'_, EngineHandle>, request: HistoryRef) -> Result<(), IpcError> {
    engine.history_delete(request.id).await.map_err(failed)
}

#[tauri::command]
pub async fn history_restore(engine: State<'_, EngineHandle>, request: HistoryRef) -> Result<(), IpcError> {
    engine.history_restore(request.id).await.map_err(failed)
}

#[tauri::command]
pub async fn history_quality(
    engine: State<'_, EngineHandle>,
    request: HistoryRef,
) -> Result<Option<CallPassport>, IpcError> {
    let passport = engine.history_quality(request.id).await.map_err(failed)?;
    Ok(passport.as_ref().map(CallPassport::from))
}

fn failed(fault: StorageFailed) -> IpcError {
    IpcError { detail: Some(fault.to_string()), ..IpcError::new(ErrorCode::StorageFailed) }
}
