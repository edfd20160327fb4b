//! What each role allows. For the system owner alone, who can take everything from every role but the own one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use model::{Reach, Role};
use team_api::{PutRole, RoleRow, Roles, code};

use crate::db::roles::RoleRecord;
use crate::db::status_rows::Hand;
use crate::db::users::User;
use crate::extract::{Body, Caller};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::state::Server;

pub(crate) async fn list(State(server): State<Server>, caller: Caller) -> Result<Json<Roles>, Refusal> {
    owner(&caller.user)?;
    let table = server.db.role_table().await?;
    Ok(Json(Roles { roles: table.into_iter().map(|(role, record)| told(role, record)).collect() }))
}

pub(crate) async fn change(
    State(server): State<Server>,
    caller: Caller,
    Path(word): Path<String>,
    Body(wish): Body<PutRole>,
) -> Result<Json<RoleRow>, Refusal> {
    owner(&caller.user)?;
    let role = Role::from_code(&word).ok_or_else(Refusal::not_found)?;
    let rights = wish
        .rights
        .strictly()
        .ok_or_else(|| Refusal::bad_body("A role administers nobody, departments or everybody."))?;
    if role == Role::SystemOwner && rights.administers != Reach::Everybody {
        let detail = "The system owner administers everybody.";
        return Err(Refusal::new(StatusCode::CONFLICT, code::LAST_OWNER, detail));
    }
    let before = record(&server, role).await?;
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    if before.version != wish.version || !server.db.change_role(role, before, rights, hand).await? {
        let detail = "Somebody else has changed this role since. Look at it again.";
        return Err(Refusal::new(StatusCode::CONFLICT, code::RIGHTS_CHANGED, detail));
    }
    tracing::info!(user.id = caller.user.id, role = role.code(), "a role allows something else");
    server.read_standings().await?;
    Ok(Json(told(role, record(&server, role).await?)))
}

fn owner(user: &User) -> Result<(), Refusal> {
    match user.role {
        Role::SystemOwner => Ok(()),
        _ => Err(Refusal::forbidden("For the system owner only.")),
    }
}

async fn record(server: &Server, role: Role) -> Result<RoleRecord, Refusal> {
    server.db.role_table().await?.get(&role).copied().ok_or_else(Refusal::not_found)
}

fn told(role: Role, record: RoleRecord) -> RoleRow {
    RoleRow { role: role.into(), rights: record.rights.into(), version: record.version }
}
