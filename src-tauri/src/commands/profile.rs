//! One's own profile, and the pictures of the team.

use base::Secret;
use engine::{AccountStatus, EngineHandle, PictureRefused, ProfileError, Service};
use ipc::{
    ChangePassword, ErrorCode, Face, IpcError, PasswordDraft, PasswordRules, PhotoCrop, PhotoFault, PhotoOpened,
    PhotoRef, PictureRef, Profile, ProfileService, Rename,
};
use tauri::State;
use tauri::ipc::{InvokeBody, Request, Response};

use super::convert::sign_in_error;
use crate::events;

#[tauri::command]
pub async fn rename(engine: State<'_, EngineHandle>, request: Rename) -> Result<(), IpcError> {
    engine.rename(&request.first_name, &request.last_name).await.map_err(failed)
}

/// The bytes of a file come as they are: as JSON they would be four times as many.
#[tauri::command]
pub async fn photo_open(engine: State<'_, EngineHandle>, request: Request<'_>) -> Result<PhotoOpened, IpcError> {
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        // A web view that cannot send bytes sends them as a list.
        InvokeBody::Json(list) => serde_json::from_value(list.clone()).map_err(events::internal)?,
    };
    match engine.photo_open(bytes).await {
        Ok(photo) => Ok(PhotoOpened::Open {
            photo: u32::try_from(photo.number).map_err(events::internal)?,
            width: photo.width,
            height: photo.height,
            smaller_than: photo.smaller_than,
        }),
        Err(ProfileError::Refused(why)) => Ok(refused(why)),
        Err(fault) => Err(failed(fault)),
    }
}

#[tauri::command]
pub async fn photo_preview(engine: State<'_, EngineHandle>, request: PhotoRef) -> Result<Response, IpcError> {
    let jpeg = engine.photo_preview(u64::from(request.photo)).map_err(failed)?;
    Ok(Response::new(jpeg.to_vec()))
}

#[tauri::command]
pub async fn photo_save(engine: State<'_, EngineHandle>, request: PhotoCrop) -> Result<(), IpcError> {
    let PhotoCrop { photo, x, y, side, quarters } = request;
    engine.photo_save(u64::from(photo), engine::PhotoCrop { x, y, side, quarters }).await.map_err(failed)
}

#[tauri::command]
pub fn photo_close(engine: State<'_, EngineHandle>, request: PhotoRef) {
    engine.photo_close(u64::from(request.photo));
}

#[tauri::command]
pub async fn photo_remove(engine: State<'_, EngineHandle>) -> Result<(), IpcError> {
    engine.photo_remove().await.map_err(failed)
}

#[tauri::command]
pub async fn picture(engine: State<'_, EngineHandle>, request: PictureRef) -> Result<Response, IpcError> {
    let jpeg = engine.picture(&request.user, &request.revision, request.large).await.map_err(failed)?;
    Ok(Response::new(jpeg.map(|jpeg| jpeg.to_vec()).unwrap_or_default()))
}

#[tauri::command]
pub fn password_rules(request: PasswordDraft) -> PasswordRules {
    model::PasswordRules::of(&request.password).into()
}

#[tauri::command]
pub async fn change_password(engine: State<'_, EngineHandle>, request: ChangePassword) -> Result<(), IpcError> {
    engine.change_password(&Secret::new(request.current), &Secret::new(request.new)).await.map_err(failed)
}

/// What the window shows of a profile.
pub fn shape(profile: &engine::Profile) -> Profile {
    Profile {
        first_name: profile.first_name.clone(),
        last_name: profile.last_name.clone(),
        avatar: profile.avatar.clone(),
        service: match profile.service {
            Service::Voice => ProfileService::Voice,
            Service::ContactCentre => ProfileService::ContactCentre,
            Service::Unknown => ProfileService::Unknown,
        },
        role: profile.role.into(),
        active: profile.account_status == AccountStatus::Active,
        password_changed_ms: profile.password_changed.map(|at| at.0),
    }
}

/// Name and picture of somebody.
pub fn face(face: &engine::Face) -> Face {
    Face {
        id: face.id.clone(),
        extension: face.extension.clone(),
        name: face.name.clone(),
        avatar: face.avatar.clone(),
    }
}

fn refused(why: PictureRefused) -> PhotoOpened {
    let format = match why {
        PictureRefused::Foreign(foreign) => Some(foreign.code().to_uppercase()),
        _ => None,
    };
    let why = match why {
        PictureRefused::Empty => PhotoFault::Empty,
        PictureRefused::TooManyBytes { .. } => PhotoFault::TooManyBytes,
        PictureRefused::Foreign(_) => PhotoFault::Foreign,
        PictureRefused::Unknown => PhotoFault::Unknown,
        PictureRefused::TooManyPixels { .. } => PhotoFault::TooManyPixels,
        PictureRefused::TooComplex => PhotoFault::TooComplex,
        PictureRefused::Unsupported => PhotoFault::Unsupported,
        PictureRefused::Truncated => PhotoFault::Truncated,
        PictureRefused::Damaged => PhotoFault::Damaged,
    };
    PhotoOpened::Refused { why, format }
}

fn failed(fault: ProfileError) -> IpcError {
    let code = match &fault {
        ProfileError::Server(fault) => return sign_in_error(fault),
        ProfileError::WrongPassword { tries_left } => {
            return IpcError { tries_left: *tries_left, ..IpcError::new(ErrorCode::WrongPassword) };
        }
        ProfileError::NotSignedIn => ErrorCode::NotSignedIn,
        ProfileError::Name => ErrorCode::BadName,
        ProfileError::WeakPassword => ErrorCode::WeakPassword,
        ProfileError::NoSuchPhoto => ErrorCode::NoSuchFile,
        ProfileError::Refused(_) | ProfileError::Internal(_) => ErrorCode::Internal,
    };
    IpcError { detail: (code == ErrorCode::Internal).then(|| fault.to_string()), ..IpcError::new(code) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::ForeignPicture;

    #[test]
    fn a_foreign_file_is_called_by_its_name_pr_08() {
        let opened = refused(PictureRefused::Foreign(ForeignPicture::Gif));
        assert_eq!(opened, PhotoOpened::Refused { why: PhotoFault::Foreign, format: Some("GIF".into()) });
        assert_eq!(
            refused(PictureRefused::Truncated),
            PhotoOpened::Refused { why: PhotoFault::Truncated, format: None }
        );
    }
}
