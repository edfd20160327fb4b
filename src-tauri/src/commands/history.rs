//! Call history.

use std::path::PathBuf;

use base::WallMs;
use engine::{CallFilter, CallQuery, EngineHandle, HistoryFault, StorageFailed};
use ipc::{
    CallPassport, ErrorCode, HistoryFilter, HistoryKind, HistoryNote, HistoryPage, HistoryQuery, HistoryRef,
    HistoryRow, IpcError, PassportFile,
};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use tauri::path::PathResolver;
use tauri::{AppHandle, Manager, Runtime, State};

use crate::{events, saved_file};

const MOST_ROWS: u32 = 200;

#[tauri::command]
pub async fn history(engine: State<'_, EngineHandle>, request: HistoryQuery) -> Result<HistoryPage, IpcError> {
    let limit = request.limit.clamp(1, MOST_ROWS);
    let page = engine.history(asked(request.filter), request.before, limit).await.map_err(failed)?;
    let whose = page.contacts.iter().map(|id| id.map(|id| id.to_string())).chain(std::iter::repeat(None));
    let rows = page.rows.iter().zip(whose).map(|(row, contact)| HistoryRow { contact, ..HistoryRow::from(row) });
    Ok(HistoryPage { rows: rows.collect(), next_before: page.next_before })
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

#[tauri::command]
pub async fn history_note(engine: State<'_, EngineHandle>, request: HistoryNote) -> Result<(), IpcError> {
    engine.history_note(request.id, &request.note).await.map_err(refused)
}

/// Writes the calls that fit to a file in the agent's downloads and answers with its path.
#[tauri::command]
pub async fn history_export(
    app: AppHandle,
    engine: State<'_, EngineHandle>,
    request: HistoryFilter,
) -> Result<String, IpcError> {
    let time = |at: WallMs| local(at).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let text = engine.history_export(asked(request), time).await.map_err(refused)?;
    let stem = format!("rannan-history-{}", local(engine.wall()).strftime("%Y-%m-%d"));
    written(&app, stem, "csv", text).await
}

/// Writes how a call sounded to a file in the agent's downloads and answers with its path.
#[tauri::command]
pub async fn export_passport(
    app: AppHandle,
    engine: State<'_, EngineHandle>,
    request: HistoryRef,
) -> Result<String, IpcError> {
    let Some(record) = engine.history_call(request.id).await.map_err(failed)? else {
        return Err(IpcError::new(ErrorCode::NoSuchRow));
    };
    let started = local(record.started_at);
    let written_by = format!("Rannan/{}", env!("CARGO_PKG_VERSION"));
    let file = PassportFile::new(&record, started.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), written_by);
    let text = file.to_json().map_err(events::internal)?;
    let number = saved_file::name_part(&record.party.number);
    let stem = format!("rannan-call-{}-{number}", started.strftime("%Y-%m-%d-%H%M"));
    written(&app, stem, "json", text).await
}

/// Writes a new file to the agent's downloads and answers with its path.
pub(super) async fn written(
    app: &AppHandle,
    stem: String,
    extension: &'static str,
    text: String,
) -> Result<String, IpcError> {
    let dir = downloads(app.path()).map_err(not_written)?;
    let writing = tauri::async_runtime::spawn_blocking(move || saved_file::write_new(&dir, &stem, extension, &text));
    let path = writing.await.map_err(events::internal)?.map_err(not_written)?;
    Ok(path.display().to_string())
}

/// Writes a file with secrets to the agent's downloads, for its owner alone, and answers with its path.
pub(super) async fn written_privately(
    app: &AppHandle,
    stem: String,
    extension: &'static str,
    text: base::Secret,
) -> Result<String, IpcError> {
    let dir = downloads(app.path()).map_err(not_written)?;
    let write = move || saved_file::write_private(&dir, &stem, extension, text.reveal());
    let path = tauri::async_runtime::spawn_blocking(write).await.map_err(events::internal)?.map_err(not_written)?;
    Ok(path.display().to_string())
}

fn asked(filter: HistoryFilter) -> CallQuery {
    let kind = match filter.kind {
        HistoryKind::All => CallFilter::All,
        HistoryKind::Missed => CallFilter::Missed,
        HistoryKind::Incoming => CallFilter::Incoming,
        HistoryKind::Outgoing => CallFilter::Outgoing,
    };
    CallQuery {
        filter: kind,
        since: filter.since_ms.map(WallMs),
        text: filter.text,
        numbers: filter.numbers,
        ..CallQuery::default()
    }
}

fn refused(fault: HistoryFault) -> IpcError {
    match fault {
        HistoryFault::Storage(fault) => failed(fault),
        HistoryFault::NoSuchRow => IpcError::new(ErrorCode::NoSuchRow),
        HistoryFault::NoteTooLong => IpcError::new(ErrorCode::NoteTooLong),
        HistoryFault::Internal(detail) => events::internal(detail),
    }
}

/// The folder for downloads; where the system names none, the agent's own, and where there is none, ours.
pub(super) fn downloads<R: Runtime>(paths: &PathResolver<R>) -> tauri::Result<PathBuf> {
    paths.download_dir().or_else(|_| paths.home_dir()).or_else(|_| paths.app_data_dir())
}

/// A moment on this computer's clock. One that no calendar has is shown as 1970.
pub(super) fn local(at: WallMs) -> Zoned {
    Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(TimeZone::system())
}

pub(super) fn not_written(fault: impl std::fmt::Display) -> IpcError {
    IpcError { detail: Some(fault.to_string()), ..IpcError::new(ErrorCode::FileNotWritten) }
}

fn failed(fault: StorageFailed) -> IpcError {
    IpcError { detail: Some(fault.to_string()), ..IpcError::new(ErrorCode::StorageFailed) }
}
