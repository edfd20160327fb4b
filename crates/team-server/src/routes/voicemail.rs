//! Voice boxes: each for its owner alone.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use team_api::{PutVoiceMessage, VoiceMessage, Voicemail};

use crate::extract::{Body, Caller};
use crate::problem::Refusal;
use crate::state::Server;
use crate::voicemail::tell;

pub(crate) async fn list(State(server): State<Server>, caller: Caller) -> Result<Json<Voicemail>, Refusal> {
    let enabled = server.db.has_box(&caller.user.id).await?;
    Ok(Json(Voicemail { enabled, messages: server.db.messages(&caller.user.id).await? }))
}

pub(crate) async fn audio(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let sound = server.db.message_sound(&caller.user.id, &id).await?.ok_or_else(Refusal::not_found)?;
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("audio/ogg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((head, sound).into_response())
}

pub(crate) async fn put(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<PutVoiceMessage>,
) -> Result<Json<VoiceMessage>, Refusal> {
    if !server.db.message_heard(&caller.user.id, &id, wish.heard).await? {
        return Err(Refusal::not_found());
    }
    tell(&server, &caller.user.extension).await?;
    let messages = server.db.messages(&caller.user.id).await?;
    messages.into_iter().find(|message| message.id == id).map(Json).ok_or_else(Refusal::not_found)
}

pub(crate) async fn remove(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    if !server.db.delete_message(&caller.user.id, &id).await? {
        return Err(Refusal::not_found());
    }
    tell(&server, &caller.user.extension).await?;
    Ok(StatusCode::NO_CONTENT)
}
