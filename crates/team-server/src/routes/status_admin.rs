//! Statuses as administrators change them (ST-05). What is changed holds for the next call, whoever has the status.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use team_api::{EditStatus, ManagedStatus, ManagedStatuses, NewStatus, OrderStatuses, StatusBlocks, code};

use crate::db::status_rows::{Hand, StatusRecord};
use crate::extract::{Administrator, Body};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::routes::status::wire_names;
use crate::state::Server;
use crate::status_rules::{NotSo, blocks_fixed, edited, new_status};

pub(crate) async fn list(
    State(server): State<Server>,
    _administrator: Administrator,
) -> Result<Json<ManagedStatuses>, Refusal> {
    all(&server).await
}

pub(crate) async fn create(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Body(wish): Body<NewStatus>,
) -> Result<(StatusCode, Json<ManagedStatus>), Refusal> {
    let (kind, draft) = new_status(&wish).map_err(refused)?;
    let hand = Hand { user_id: &user.id, now: wall_ms() };
    let id = server.db.add_status(kind, &draft, hand).await?.ok_or_else(|| {
        Refusal::new(StatusCode::CONFLICT, code::TOO_MANY_STATUSES, "There are 100 statuses, retired ones too.")
    })?;
    tracing::info!(user.id = user.id, status = id, "a status was made");
    told(&server).await?;
    one(&server, &id).await.map(|status| (StatusCode::CREATED, Json(managed(status))))
}

pub(crate) async fn edit(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Path(id): Path<String>,
    Body(wish): Body<EditStatus>,
) -> Result<Json<ManagedStatus>, Refusal> {
    let before = one(&server, &id).await?;
    let draft = edited(&before, &wish).map_err(refused)?;
    let hand = Hand { user_id: &user.id, now: wall_ms() };
    if before.version != wish.version || !server.db.change_status(&before, &draft, hand).await? {
        let title = "Somebody else has changed this status since. Look at it again.";
        return Err(Refusal::new(StatusCode::CONFLICT, code::STATUS_CHANGED, title));
    }
    tracing::info!(user.id = user.id, status = id, "a status was changed");
    told(&server).await?;
    one(&server, &id).await.map(|status| Json(managed(status)))
}

pub(crate) async fn order(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Body(wish): Body<OrderStatuses>,
) -> Result<Json<ManagedStatuses>, Refusal> {
    if !server.db.order_statuses(&wish.ids, Hand { user_id: &user.id, now: wall_ms() }).await? {
        return Err(Refusal::bad_body("Name each status that is not retired once."));
    }
    tracing::info!(user.id = user.id, "the statuses were put into another order");
    told(&server).await?;
    all(&server).await
}

/// Calls obey first, then everybody hears of it.
async fn told(server: &Server) -> Result<(), Refusal> {
    server.presence.chose_all(server.db.members().await?, &server.hub);
    server.hub.statuses();
    Ok(())
}

async fn all(server: &Server) -> Result<Json<ManagedStatuses>, Refusal> {
    let records = server.db.status_records().await?;
    Ok(Json(ManagedStatuses { statuses: records.into_iter().map(managed).collect() }))
}

async fn one(server: &Server, id: &str) -> Result<StatusRecord, Refusal> {
    let records = server.db.status_records().await?;
    records.into_iter().find(|record| record.status.id == id).ok_or_else(Refusal::not_found)
}

fn refused(why: NotSo) -> Refusal {
    let (code, detail) = why.told();
    let status = match why {
        NotSo::Kind | NotSo::Names => StatusCode::UNPROCESSABLE_ENTITY,
        NotSo::BlocksFixed | NotSo::BuiltIn => StatusCode::CONFLICT,
    };
    Refusal::new(status, code, detail)
}

fn managed(record: StatusRecord) -> ManagedStatus {
    let blocks_fixed = blocks_fixed(&record);
    let StatusRecord { status, built_in, retired, people, version } = record;
    ManagedStatus {
        id: status.id,
        kind: status.kind.code().to_owned(),
        names: status.names.map(wire_names),
        blocks: StatusBlocks {
            queue: status.blocks.queue,
            internal: status.blocks.internal,
            external: status.blocks.external,
        },
        blocks_fixed,
        built_in,
        retired,
        people,
        version,
    }
}
