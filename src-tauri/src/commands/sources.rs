//! Outside address books.

use engine::{EngineHandle, Secret, SourceKept, SourceView};
use ipc::{ErrorCode, IpcError, Source, SourceDraft, SourceRef, SourceSaved, SourceTrial};
use model::SourceId;
use tauri::State;

use super::contacts::failed;

#[tauri::command]
pub async fn sources(engine: State<'_, EngineHandle>) -> Result<Vec<Source>, IpcError> {
    Ok(engine.sources().await.map_err(failed)?.into_iter().map(view).collect())
}

#[tauri::command]
pub async fn source_test(engine: State<'_, EngineHandle>, request: SourceDraft) -> Result<SourceTrial, IpcError> {
    let (source, password) = read(request)?;
    Ok(engine.source_test(source, password).await.map_err(failed)?.into())
}

#[tauri::command]
pub async fn source_save(engine: State<'_, EngineHandle>, request: SourceDraft) -> Result<SourceSaved, IpcError> {
    let (source, password) = read(request)?;
    Ok(match engine.source_save(source, password).await.map_err(failed)? {
        SourceKept::Kept(id) => SourceSaved::Kept { id: id.to_string() },
        SourceKept::Refused(fault) => SourceSaved::Refused { fault: fault.into() },
    })
}

#[tauri::command]
pub async fn source_remove(engine: State<'_, EngineHandle>, request: SourceRef) -> Result<(), IpcError> {
    engine.source_remove(id(&request.id)?).await.map_err(failed)
}

#[tauri::command]
pub async fn source_refresh(engine: State<'_, EngineHandle>, request: SourceRef) -> Result<(), IpcError> {
    engine.source_refresh(id(&request.id)?).await;
    Ok(())
}

fn read(draft: SourceDraft) -> Result<(model::Source, Option<Secret>), IpcError> {
    let source = draft.source().ok_or_else(nonsense)?;
    Ok((source, (!draft.password.is_empty()).then(|| Secret::new(draft.password))))
}

fn id(text: &str) -> Result<SourceId, IpcError> {
    text.parse().map_err(|_| nonsense())
}

/// The window only sends ids that it was given.
fn nonsense() -> IpcError {
    IpcError::new(ErrorCode::Internal)
}

fn view(view: SourceView) -> Source {
    let SourceView { source, count, read_at, fault, reading } = view;
    Source {
        id: source.id.to_string(),
        kind: source.kind.into(),
        name: source.name,
        address: source.address,
        user: source.user,
        base_dn: source.base_dn,
        filter: source.filter,
        starttls: source.starttls,
        certificates: source.certificates,
        count,
        read_at_ms: read_at.map(|at| at.0),
        fault: fault.map(Into::into),
        reading,
    }
}
