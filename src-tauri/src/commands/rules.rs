//! What holds for the whole team, and what was done.

use engine::{EngineHandle, RulesError};
use ipc::{AuditPage, AuditWish, ErrorCode, IpcError, TeamRules};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub async fn audit_get(engine: State<'_, EngineHandle>, request: AuditWish) -> Result<AuditPage, IpcError> {
    engine.audit(&request.into()).await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn team_rules_get(engine: State<'_, EngineHandle>) -> Result<TeamRules, IpcError> {
    engine.agents_see_supervision().await.map(rules).map_err(failed)
}

#[tauri::command]
pub async fn team_rules_put(engine: State<'_, EngineHandle>, request: TeamRules) -> Result<TeamRules, IpcError> {
    engine.show_supervision(request.agents_see_supervision).await.map(rules).map_err(failed)
}

fn rules(agents_see_supervision: bool) -> TeamRules {
    TeamRules { agents_see_supervision }
}

fn failed(fault: RulesError) -> IpcError {
    IpcError::new(match &fault {
        RulesError::Server(fault) => return sign_in_error(fault),
        RulesError::NotSignedIn => ErrorCode::NotSignedIn,
        RulesError::NotYours => ErrorCode::NotYours,
    })
}
