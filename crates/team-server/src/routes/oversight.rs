//! What is done to somebody else, be it from the directory or from the live panel. Who may is asked before.

use axum::http::StatusCode;
use base::WallMs;
use team_api::{ForceStatus, StatusForcedData};

use super::status;
use crate::db::status_rows::Hand;
use crate::db::users::User;
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::seam::VoiceInput;
use crate::state::Server;

/// Sets the status of somebody, by id and extension: the same way as an own choice, and they are told by whom (DR-11).
pub(super) async fn force(
    server: &Server,
    by: User,
    (id, extension): (&str, &str),
    wish: ForceStatus,
) -> Result<StatusCode, Refusal> {
    let (status, text) = status::wished(server, &wish.status, &wish.text).await?;
    let hand = Hand { user_id: &by.id, now: wall_ms() };
    if !server.db.force_status(id, &status.id, &text, hand).await? {
        return Err(status::newer());
    }
    tracing::info!(user.id = by.id, subject = id, status = status.id, "a status was forced");
    status::changed_of(server, id, extension).await?;
    let forced = StatusForcedData {
        by: by.name,
        by_extension: by.extension,
        status: status.id,
        kind: status.kind.code().to_owned(),
        names: status.names.map(status::wire_names),
        text,
    };
    server.hub.forced(extension, forced);
    Ok(StatusCode::NO_CONTENT)
}

/// Signs somebody out everywhere, by id and extension; their phones are gone. They may sign in again.
pub(super) async fn end_sessions(
    server: &Server,
    by: &User,
    (id, extension): (&str, &str),
) -> Result<StatusCode, Refusal> {
    let now = wall_ms();
    let ended = server.db.end_all_sessions(id, Hand { user_id: &by.id, now }).await?;
    tracing::info!(user.id = by.id, subject = id, sessions_ended = ended.len(), "sessions were ended");
    ended.into_iter().for_each(|token| server.hub.revoke(token));
    let lifetime = i64::try_from(server.config.credentials_lifetime.as_secs()).unwrap_or(i64::from(u32::MAX));
    let void_until = WallMs((now / 1000).saturating_add(lifetime).saturating_mul(1000));
    server.end_supervisions_by(extension);
    let gone = VoiceInput::SignOut { extension: extension.to_owned(), void_until };
    server.voice.send(gone).await.map_err(|_| Refusal::busy())?;
    if server.db.end_status(id, now).await? {
        status::changed_of(server, id, extension).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
