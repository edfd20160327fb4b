//! One's own name, picture and password; pictures of others.

use std::net::SocketAddr;
use std::time::Instant;

use axum::Json;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base::Redacted;
use model::{PasswordRules, name_part, whole_name};
use serde::Deserialize;
use team_api::{AvatarSize, ChangeMe, ChangePassword, Me, code};

use super::account::MAX_PASSWORD;
use crate::auth::limits::Verdict;
use crate::auth::password;
use crate::db::users::User;
use crate::extract::{Body, Caller, Raw};
use crate::pictures::{MAX_FILE, NoPicture, revision};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::state::Server;

/// A revision never has other bytes, but the same address has another revision tomorrow: kept, and asked about each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

pub(crate) async fn change(
    State(server): State<Server>,
    caller: Caller,
    Body(wish): Body<ChangeMe>,
) -> Result<Json<Me>, Refusal> {
    if wish.is_for_administrators() {
        return Err(Refusal::forbidden("Only an administrator changes this."));
    }
    let user = caller.user;
    let first = wish.first_name.as_deref().unwrap_or(&user.first_name);
    let last = wish.last_name.as_deref().unwrap_or(&user.last_name);
    let named = name_part(first).zip(name_part(last));
    let (first, last, whole) =
        named.and_then(|(first, last)| Some((first, last, whole_name(first, last)?))).ok_or_else(|| {
            let title =
                "A name is one line; first and last name have up to 100 characters each, and not both are empty.";
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code::NAME, title)
        })?;
    if wish != ChangeMe::default() {
        server.db.rename_user(&user.id, first, last, &whole).await?;
    }
    changed(&server, &user.id).await
}

pub(crate) async fn put_avatar(
    State(server): State<Server>,
    caller: Caller,
    Raw(file): Raw,
) -> Result<Json<Me>, Refusal> {
    // The limit of the body is a little larger, so that this is what is said.
    if file.len() > MAX_FILE {
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, "A picture has at most 5 MiB."));
    }
    let squares = server.pictures.render(file).await.map_err(|why| match why {
        NoPicture::Crowded => Refusal::busy(),
        NoPicture::Failed => Refusal::internal(),
        NoPicture::Refused(why) => {
            tracing::info!(user.id = caller.user.id, %why, "a picture was refused");
            let code = format!("{}{}", code::PICTURE, why.code());
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, &code, "The file is no picture that is taken.")
        }
    })?;
    server.db.set_avatar(&caller.user.id, &revision(&squares), &squares.large.bytes, &squares.small.bytes).await?;
    tracing::info!(user.id = caller.user.id, "picture changed");
    changed(&server, &caller.user.id).await
}

pub(crate) async fn delete_avatar(State(server): State<Server>, caller: Caller) -> Result<Json<Me>, Refusal> {
    server.db.remove_avatar(&caller.user.id).await?;
    changed(&server, &caller.user.id).await
}

#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    size: AvatarSize,
}

/// The whole team may see it, as it may see the name.
pub(crate) async fn avatar(
    State(server): State<Server>,
    _caller: Caller,
    Path(user_id): Path<String>,
    which: Result<Query<Which>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Query(Which { size }) = which.map_err(|_| Refusal::bad_request("size is small or large."))?;
    // PostgreSQL takes no text with a zero byte in it.
    if user_id.contains('\0') {
        return Err(Refusal::not_found());
    }
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if let Some(known) = known
        && let Some(revision) = server.db.avatar_revision(&user_id).await?
        && known == tag(&revision, size)
    {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, known.to_owned())]).into_response());
    }
    let stored = server.db.avatar(&user_id, size).await?.ok_or_else(Refusal::not_found)?;
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static(avatar::MEDIA_TYPE)),
        (header::ETAG, HeaderValue::try_from(tag(&stored.revision, size)).map_err(|_| Refusal::internal())?),
        (header::CACHE_CONTROL, ASK_AGAIN),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((head, stored.jpeg).into_response())
}

/// The revision comes first, so that a client can read it.
fn tag(revision: &str, size: AvatarSize) -> String {
    format!("\"{revision}.{}\"", size.as_str())
}

/// Guesses of the current password count together with those at the sign-in (PW-01).
pub(crate) async fn change_password(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    caller: Caller,
    Body(wish): Body<ChangePassword>,
) -> Result<Json<Me>, Refusal> {
    let user = caller.user;
    if wish.current.reveal().len() > MAX_PASSWORD || wish.new.reveal().len() > MAX_PASSWORD {
        return Err(Refusal::bad_body("The password is too long."));
    }
    let left = match server.limits.take(Instant::now(), peer.ip(), &user.email) {
        Verdict::Try { left } => left,
        Verdict::Wait(wait) => {
            tracing::warn!(user = %Redacted(&user.email), "change of password refused: too many tries");
            return Err(Refusal::rate_limited(wait.as_secs() + 1));
        }
    };
    let verified = server.passwords.verify(Some(user.password_hash.clone()), wish.current).await;
    let Ok(fits) = verified else {
        server.limits.not_used(peer.ip(), &user.email);
        return Err(Refusal::busy());
    };
    if !fits {
        return Err(Refusal::wrong_credentials(left));
    }
    server.limits.succeeded(peer.ip(), &user.email);
    if !PasswordRules::of(wish.new.reveal()).all_kept() {
        let title = "A password has 8 characters, a capital and a small letter, a number and a special character.";
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code::WEAK_PASSWORD, title));
    }
    let hash = password::hash(wish.new).await;
    let ended = server.db.change_password(&user.id, &hash, wall_ms(), &caller.token).await?;
    tracing::info!(user.id = user.id, sessions_ended = ended.len(), "password changed");
    ended.into_iter().for_each(|token| server.hub.revoke(token));
    me(&server, &user.id).await
}

/// Tells the team what the database says now, if that is something else.
async fn changed(server: &Server, user_id: &str) -> Result<Json<Me>, Refusal> {
    if let Some(member) = server.db.member(user_id).await? {
        server.presence.chose(member, &server.hub);
    }
    me(server, user_id).await
}

async fn me(server: &Server, user_id: &str) -> Result<Json<Me>, Refusal> {
    let user: Option<User> = server.db.active_user(user_id).await?;
    user.map(|user| Json(user.me())).ok_or_else(Refusal::not_signed_in)
}
