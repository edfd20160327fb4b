//! The directory, for those who administer people.

use engine::{DirectoryError, EngineHandle};
use ipc::{
    DeleteUser, Directory, DirectorySearch, DirectoryUser, EditUser, ErrorCode, ExtensionOf, ForceStatus, IpcError,
    NewUser, RegisteredPhone, UserCard, UserOf,
};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub async fn directory_get(engine: State<'_, EngineHandle>) -> Result<Directory, IpcError> {
    let directory = engine.directory().await.map_err(failed)?;
    Ok(Directory { users: directory.users.iter().map(row).collect(), complete: directory.complete })
}

#[tauri::command]
pub async fn directory_leave(engine: State<'_, EngineHandle>) -> Result<(), IpcError> {
    engine.leave_directory().await;
    Ok(())
}

#[tauri::command]
pub async fn directory_search(
    engine: State<'_, EngineHandle>,
    request: DirectorySearch,
) -> Result<Vec<String>, IpcError> {
    Ok(engine.search_directory(&request.text).await)
}

#[tauri::command]
pub async fn user_get(engine: State<'_, EngineHandle>, request: UserOf) -> Result<UserCard, IpcError> {
    engine.user_card(&request.id).await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn user_add(engine: State<'_, EngineHandle>, request: NewUser) -> Result<UserCard, IpcError> {
    engine.add_user(request.into()).await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn user_edit(engine: State<'_, EngineHandle>, request: EditUser) -> Result<UserCard, IpcError> {
    let id = request.id.clone();
    engine.edit_user(&id, request.into()).await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn user_delete(engine: State<'_, EngineHandle>, request: DeleteUser) -> Result<(), IpcError> {
    engine.delete_user(&request.id, request.version.into()).await.map_err(failed)
}

#[tauri::command]
pub async fn user_force_status(engine: State<'_, EngineHandle>, request: ForceStatus) -> Result<(), IpcError> {
    engine.force_status(&request.id, &request.status_id, &request.text).await.map_err(failed)
}

#[tauri::command]
pub async fn user_end_sessions(engine: State<'_, EngineHandle>, request: UserOf) -> Result<(), IpcError> {
    engine.end_sessions(&request.id).await.map_err(failed)
}

#[tauri::command]
pub async fn user_password(engine: State<'_, EngineHandle>) -> Result<String, IpcError> {
    let password = engine.new_password().ok_or_else(|| IpcError::new(ErrorCode::Internal))?;
    Ok(password.reveal().to_owned())
}

#[tauri::command]
pub async fn extensions_get(engine: State<'_, EngineHandle>) -> Result<Vec<RegisteredPhone>, IpcError> {
    let devices = engine.registered_devices().await.map_err(failed)?;
    Ok(devices.into_iter().map(Into::into).collect())
}

#[tauri::command]
pub async fn extension_unregister(engine: State<'_, EngineHandle>, request: ExtensionOf) -> Result<(), IpcError> {
    engine.unregister_device(&request.id).await.map_err(|fault| match fault {
        DirectoryError::NoSuchUser => IpcError::new(ErrorCode::NoSuchExtension),
        fault => failed(fault),
    })
}

/// A row of the directory.
#[must_use]
pub fn row(row: &engine::DirectoryRow) -> DirectoryUser {
    DirectoryUser::from_model(&row.user, row.mine, row.may_edit)
}

pub(super) fn failed(fault: DirectoryError) -> IpcError {
    IpcError::new(match &fault {
        DirectoryError::Server(fault) => return sign_in_error(fault),
        DirectoryError::NotSignedIn => ErrorCode::NotSignedIn,
        DirectoryError::NotYours => ErrorCode::NotYours,
        DirectoryError::NoSuchUser => ErrorCode::NoSuchUser,
        DirectoryError::Changed => ErrorCode::UserChanged,
        DirectoryError::ExtensionTaken => ErrorCode::ExtensionTaken,
        DirectoryError::EmailTaken => ErrorCode::EmailTaken,
        DirectoryError::WeakPassword => ErrorCode::WeakPassword,
        DirectoryError::Extension => ErrorCode::BadExtension,
        DirectoryError::Name => ErrorCode::BadUserName,
        DirectoryError::Email => ErrorCode::BadEmail,
        DirectoryError::Acl => ErrorCode::BadAcl,
        DirectoryError::Pin => ErrorCode::BadPin,
        DirectoryError::Card => ErrorCode::BadCard,
        DirectoryError::Yourself => ErrorCode::Yourself,
        DirectoryError::LastOwner => ErrorCode::LastOwner,
        DirectoryError::Status => ErrorCode::StatusRefused,
        DirectoryError::StatusText => ErrorCode::StatusText,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_is_told_differently_has_a_code_of_its_own_us_01() {
        for (fault, code) in [
            (DirectoryError::NotYours, ErrorCode::NotYours),
            (DirectoryError::Changed, ErrorCode::UserChanged),
            (DirectoryError::EmailTaken, ErrorCode::EmailTaken),
            (DirectoryError::Yourself, ErrorCode::Yourself),
            (DirectoryError::Server(engine::SignInError::Unreachable), ErrorCode::ServerUnreachable),
        ] {
            assert_eq!(failed(fault).code, code);
        }
    }
}
