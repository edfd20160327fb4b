//! Statuses: which there are, one's own, those of the team.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use model::{Status, StatusKind, status_text};
use team_api::{MyStatus, People, SetStatus, StatusBlocks, StatusList, StatusNames, StatusRow, StatusSettings, code};

use crate::db::statuses::Chosen;
use crate::db::users::User;
use crate::extract::{Body, Caller};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::state::Server;

pub(crate) async fn list(State(server): State<Server>, _caller: Caller) -> Result<Json<StatusList>, Refusal> {
    let statuses = server.db.statuses().await?.into_iter().map(|status| StatusRow {
        id: status.id,
        kind: status.kind.code().to_owned(),
        blocks: StatusBlocks {
            queue: status.blocks.queue,
            internal: status.blocks.internal,
            external: status.blocks.external,
        },
        names: status.names.map(wire_names),
    });
    Ok(Json(StatusList { statuses: statuses.collect() }))
}

pub(crate) async fn mine(State(server): State<Server>, caller: Caller) -> Result<Json<MyStatus>, Refusal> {
    let member = server.db.member(&caller.user.id).await?.ok_or_else(Refusal::not_signed_in)?;
    let texts = server.db.status_texts(&caller.user.id).await?;
    Ok(Json(my_status(&member.chosen, texts)))
}

/// The newest choice wins: one that was made before what counts now is refused.
pub(crate) async fn choose(
    State(server): State<Server>,
    caller: Caller,
    Body(wish): Body<SetStatus>,
) -> Result<Json<MyStatus>, Refusal> {
    let (status, text) = wished(&server, &wish.status, &wish.text).await?;
    let at = wall_ms().saturating_sub(i64::try_from(wish.age_ms).unwrap_or(i64::MAX));
    if !server.db.choose_status(&caller.user.id, &status.id, &text, at).await? {
        // The same again, because the answer was lost on its way.
        let member = server.db.member(&caller.user.id).await?.ok_or_else(Refusal::not_signed_in)?;
        if is_so(&member.chosen, &status, &text) {
            let texts = server.db.status_texts(&caller.user.id).await?;
            return Ok(Json(my_status(&member.chosen, texts)));
        }
        return Err(newer());
    }
    tracing::info!(user.id = caller.user.id, status = status.id, "status chosen");
    changed(&server, &caller.user).await?.map(Json).ok_or_else(Refusal::not_signed_in)
}

pub(crate) async fn settings(
    State(server): State<Server>,
    caller: Caller,
    Body(settings): Body<StatusSettings>,
) -> Result<Json<MyStatus>, Refusal> {
    server.db.set_offline_at_sign_in(&caller.user.id, settings.offline_at_sign_in, wall_ms()).await?;
    changed(&server, &caller.user).await?.map(Json).ok_or_else(Refusal::not_signed_in)
}

/// Everybody, of each as much as the caller may see.
pub(crate) async fn people(State(server): State<Server>, caller: Caller) -> Result<Json<People>, Refusal> {
    // Whoever was added since the start is there from now on.
    for member in server.db.members().await? {
        server.presence.chose(member, &server.hub);
    }
    // Another server of the same database may have changed rights.
    server.read_standings().await?;
    Ok(Json(People { people: server.presence.seen_by(&caller.user.extension) }))
}

/// Somebody signed in.
pub(crate) async fn signed_in(server: &Server, user: &User) -> Result<(), Refusal> {
    if server.db.begin_status(&user.id, wall_ms()).await? {
        changed(server, user).await?;
    } else if let Some(member) = server.db.member(&user.id).await? {
        server.presence.chose(member, &server.hub);
    }
    if !server.presence.knows_standing_of(&user.extension) {
        server.read_standings().await?;
    }
    Ok(())
}

/// Somebody signed out.
pub(crate) async fn signed_out(server: &Server, user: &User) -> Result<(), Refusal> {
    if server.db.end_status(&user.id, wall_ms()).await? {
        changed(server, user).await?;
    }
    Ok(())
}

/// Somebody's status was set by the server.
pub(crate) async fn status_changed(server: &Server, user: &User) -> sqlx::Result<()> {
    changed(server, user).await.map(|_| ())
}

async fn changed(server: &Server, user: &User) -> sqlx::Result<Option<MyStatus>> {
    changed_of(server, &user.id, &user.extension).await
}

/// Tells calls, the team and the user's own phones what the database says now. `None`: the account is gone.
pub(super) async fn changed_of(server: &Server, id: &str, extension: &str) -> sqlx::Result<Option<MyStatus>> {
    let Some(member) = server.db.member(id).await? else { return Ok(None) };
    let mine = my_status(&member.chosen, server.db.status_texts(id).await?);
    server.presence.chose(member, &server.hub);
    server.hub.own_status(extension, mine.clone());
    Ok(Some(mine))
}

/// A status that can be chosen, and the words for it.
pub(super) async fn wished(server: &Server, id: &str, typed: &str) -> Result<(Status, String), Refusal> {
    let statuses = server.db.statuses().await?;
    let status = statuses.into_iter().find(|status| status.id == id).filter(can_be_chosen).ok_or_else(|| {
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code::UNKNOWN_STATUS, "Choose a status from the list.")
    })?;
    let text = text_for(status.kind, typed)?.to_owned();
    Ok((status, text))
}

pub(super) fn newer() -> Refusal {
    let title = "Another status was chosen later. It counts; choose again to change it.";
    Refusal::new(StatusCode::CONFLICT, code::NEWER_STATUS, title)
}

fn is_so(chosen: &Chosen, status: &Status, text: &str) -> bool {
    chosen.status.id == status.id && chosen.text == text && !chosen.marked_offline
}

fn can_be_chosen(status: &Status) -> bool {
    status.kind != StatusKind::Offline
}

fn text_for(kind: StatusKind, typed: &str) -> Result<&str, Refusal> {
    if kind != StatusKind::Other {
        return Ok("");
    }
    status_text(typed).ok_or_else(|| {
        let title = "Write in one line what your status is, 1 to 40 characters.";
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code::STATUS_TEXT, title)
    })
}

fn my_status(chosen: &Chosen, recent_texts: Vec<String>) -> MyStatus {
    MyStatus {
        status: chosen.status.id.clone(),
        kind: chosen.status.kind.code().to_owned(),
        names: chosen.status.names.clone().map(wire_names),
        text: chosen.text.clone(),
        since_ms: if chosen.marked_offline { chosen.changed_ms } else { chosen.chosen_ms },
        marked_offline: chosen.marked_offline,
        offline_at_sign_in: chosen.offline_at_sign_in,
        recent_texts,
        version: chosen.version,
    }
}

/// As they are told.
pub(crate) fn wire_names(names: model::StatusNames) -> StatusNames {
    StatusNames { en: names.en, ar: names.ar }
}
