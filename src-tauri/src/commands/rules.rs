//! What holds for the whole team, and what was done.

use engine::{EngineHandle, RulesError};
use ipc::{AuditPage, AuditWish, ErrorCode, IpcError, ParkingRules, TeamRules};
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

#[tauri::command]
pub async fn parking_rules_get(engine: State<'_, EngineHandle>) -> Result<ParkingRules, IpcError> {
    engine.park_ring_back().await.map(parking).map_err(failed)
}

#[tauri::command]
pub async fn parking_rules_put(
    engine: State<'_, EngineHandle>,
    request: ParkingRules,
) -> Result<ParkingRules, IpcError> {
    engine.set_park_ring_back(request.ring_back_s).await.map(parking).map_err(failed)
}

fn parking(ring_back_s: u32) -> ParkingRules {
    ParkingRules { ring_back_s }
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
