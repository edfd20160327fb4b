//! Departments.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use base::Redacted;
use model::department_name;
use serde::Deserialize;
use team_api::{Department, Departments, EditDepartment, NewDepartment, code};

use super::rights::Giving;
use crate::db::departments::{Departed, DepartmentRecord};
use crate::db::status_rows::Hand;
use crate::extract::{Administrator, Body, Caller};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::state::Server;

/// Those that the caller administers.
pub(crate) async fn list(State(server): State<Server>, caller: Caller) -> Result<Json<Departments>, Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    let mut departments = server.db.departments().await?;
    departments.retain(|department| giving.giver().reaches(&department.id));
    Ok(Json(Departments { departments: departments.into_iter().map(told).collect() }))
}

pub(crate) async fn create(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Body(wish): Body<NewDepartment>,
) -> Result<(StatusCode, Json<Department>), Refusal> {
    let name = named(&wish.name)?;
    let made = server.db.add_department(name, Hand { user_id: &user.id, now: wall_ms() }).await?;
    let id = made.map_err(refused)?;
    tracing::info!(user.id = user.id, department = id, name = %Redacted(name), "a department was made");
    one(&server, &id).await.map(|department| (StatusCode::CREATED, Json(department)))
}

pub(crate) async fn rename(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Path(id): Path<String>,
    Body(wish): Body<EditDepartment>,
) -> Result<Json<Department>, Refusal> {
    one(&server, &id).await?;
    let name = named(&wish.name)?;
    let hand = Hand { user_id: &user.id, now: wall_ms() };
    let done = server.db.rename_department(&id, wish.version, name, hand).await?;
    if done != Departed::Done {
        return Err(refused(done));
    }
    tracing::info!(user.id = user.id, department = id, "a department was renamed");
    // It has another name for those who see it.
    server.hub.rights(server.presence.concerned_with(&id));
    one(&server, &id).await.map(Json)
}

#[derive(Deserialize)]
pub(crate) struct Which {
    version: u64,
}

pub(crate) async fn delete(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Path(id): Path<String>,
    which: Result<Query<Which>, axum::extract::rejection::QueryRejection>,
) -> Result<StatusCode, Refusal> {
    let Query(Which { version }) = which.map_err(|_| Refusal::bad_request("version is a number."))?;
    one(&server, &id).await?;
    let done = server.db.delete_department(&id, version, Hand { user_id: &user.id, now: wall_ms() }).await?;
    if done != Departed::Done {
        return Err(refused(done));
    }
    tracing::info!(user.id = user.id, department = id, "a department was deleted");
    server.read_standings().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn named(typed: &str) -> Result<&str, Refusal> {
    department_name(typed).ok_or_else(|| {
        let detail = "A department has a name of 1 to 60 characters in one line.";
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code::DEPARTMENT_NAME, detail)
    })
}

async fn one(server: &Server, id: &str) -> Result<Department, Refusal> {
    let departments = server.db.departments().await?;
    departments.into_iter().find(|department| department.id == id).map(told).ok_or_else(Refusal::not_found)
}

fn refused(why: Departed) -> Refusal {
    let (code, detail) = match why {
        // Done is no refusal; whoever asks again sees how it stands.
        Departed::Done | Departed::Stale => {
            (code::DEPARTMENT_CHANGED, "Somebody else has changed this department since. Look at it again.")
        }
        Departed::Taken => (code::DEPARTMENT_TAKEN, "Another department has this name."),
        Departed::InUse => (code::DEPARTMENT_IN_USE, "People belong to it, or it is the one that is always there."),
        Departed::Full => (code::TOO_MANY_DEPARTMENTS, "There are 1000 departments."),
    };
    Refusal::new(StatusCode::CONFLICT, code, detail)
}

fn told(record: DepartmentRecord) -> Department {
    let DepartmentRecord { id, name, people, version } = record;
    Department { id, name, people, version }
}
