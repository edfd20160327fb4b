//! The rights of others, for those who administer them.

use engine::{EngineHandle, RightsError};
use ipc::{Department, ErrorCode, IpcError, PutRights, RightsCard, RightsOf};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub async fn departments(engine: State<'_, EngineHandle>) -> Result<Vec<Department>, IpcError> {
    let departments = engine.departments().await.map_err(failed)?;
    Ok(departments.iter().map(Into::into).collect())
}

#[tauri::command]
pub async fn rights_get(engine: State<'_, EngineHandle>, request: RightsOf) -> Result<RightsCard, IpcError> {
    engine.rights_of(&request.user).await.map(|card| (&card).into()).map_err(failed)
}

#[tauri::command]
pub async fn rights_put(engine: State<'_, EngineHandle>, request: PutRights) -> Result<RightsCard, IpcError> {
    let card = engine.put_rights_of(&request.user, &request.card.into()).await;
    card.map(|card| (&card).into()).map_err(failed)
}

fn failed(fault: RightsError) -> IpcError {
    IpcError::new(match &fault {
        RightsError::Server(fault) => return sign_in_error(fault),
        RightsError::NotSignedIn => ErrorCode::NotSignedIn,
        RightsError::NotYours => ErrorCode::NotYours,
        RightsError::Changed => ErrorCode::RightsChanged,
        RightsError::LastOwner => ErrorCode::LastOwner,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_is_told_differently_has_a_code_of_its_own() {
        for (fault, code) in [
            (RightsError::NotYours, ErrorCode::NotYours),
            (RightsError::Changed, ErrorCode::RightsChanged),
            (RightsError::LastOwner, ErrorCode::LastOwner),
            (RightsError::Server(engine::SignInError::Unreachable), ErrorCode::ServerUnreachable),
        ] {
            assert_eq!(failed(fault).code, code);
        }
    }
}
