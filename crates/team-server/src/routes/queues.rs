//! Queues as administrators set them up, and as they stand.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use team_api::{EditQueue, PutQueueAgent, QueueLive, QueueRow, QueueSettings, Queues, code};
use tokio::sync::oneshot;

use crate::db::queues::Written;
use crate::db::status_rows::Hand;
use crate::extract::{Administrator, Body};
use crate::problem::Refusal;
use crate::queue_rules::{Flaw, check};
use crate::queue_seam::QueueInput;
use crate::queues::agents_changed;
use crate::random::wall_ms;
use crate::state::Server;

/// What the sums of a queue are about.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub(crate) async fn list(State(server): State<Server>, _administrator: Administrator) -> Result<Json<Queues>, Refusal> {
    Ok(Json(Queues { queues: server.db.queues().await? }))
}

pub(crate) async fn create(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Body(wish): Body<QueueSettings>,
) -> Result<(StatusCode, Json<QueueRow>), Refusal> {
    let settings = checked(&server, wish, None).await?;
    let hand = Hand { user_id: &user.id, now: wall_ms() };
    let id = done(server.db.add_queue(&settings, hand).await?)?;
    tracing::info!(user.id = user.id, queue = id, "a queue was made");
    agents_changed(&server).await?;
    one(&server, &id).await.map(|queue| (StatusCode::CREATED, Json(queue)))
}

pub(crate) async fn edit(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Path(id): Path<String>,
    Body(wish): Body<EditQueue>,
) -> Result<Json<QueueRow>, Refusal> {
    let before = one(&server, &id).await?;
    let settings = checked(&server, wish.settings, Some(&id)).await?;
    if before.version != wish.version {
        return done(Written::Changed).map(|_| Json(before));
    }
    let hand = Hand { user_id: &user.id, now: wall_ms() };
    done(server.db.change_queue(&before, &settings, hand).await?)?;
    tracing::info!(user.id = user.id, queue = id, "a queue was changed");
    agents_changed(&server).await?;
    one(&server, &id).await.map(Json)
}

pub(crate) async fn remove(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    if !server.db.remove_queue(&id, Hand { user_id: &user.id, now: wall_ms() }).await? {
        return Err(Refusal::not_found());
    }
    tracing::info!(user.id = user.id, queue = id, "a queue was removed");
    agents_changed(&server).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn put_agent(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Path((queue, agent)): Path<(String, String)>,
    Body(wish): Body<PutQueueAgent>,
) -> Result<Json<QueueRow>, Refusal> {
    let hand = Hand { user_id: &user.id, now: wall_ms() };
    if !server.db.put_queue_agent((&queue, &agent), (wish.level, wish.position), hand).await? {
        return Err(Refusal::not_found());
    }
    agents_changed(&server).await?;
    one(&server, &queue).await.map(Json)
}

pub(crate) async fn remove_agent(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Path((queue, agent)): Path<(String, String)>,
) -> Result<Json<QueueRow>, Refusal> {
    if !server.db.remove_queue_agent(&queue, &agent, Hand { user_id: &user.id, now: wall_ms() }).await? {
        return Err(Refusal::not_found());
    }
    agents_changed(&server).await?;
    one(&server, &queue).await.map(Json)
}

pub(crate) async fn live(
    State(server): State<Server>,
    _administrator: Administrator,
    Path(id): Path<String>,
) -> Result<Json<QueueLive>, Refusal> {
    let queue = one(&server, &id).await?;
    let (answer, answered) = oneshot::channel();
    server.queues.send(QueueInput::AskQueue(id.clone(), answer)).await.map_err(|_| Refusal::busy())?;
    let view = answered.await.map_err(|_| Refusal::busy())?.unwrap_or_default();
    let in_time_ms = i64::from(queue.settings.service_level_s) * 1000;
    let sums = server.db.queue_sums(&id, wall_ms().saturating_sub(DAY_MS), in_time_ms).await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Json(QueueLive {
        queue,
        waiting: count(view.waiting),
        longest_wait_ms: view.longest.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
        free: count(view.free),
        busy: count(view.busy),
        paused: count(view.paused),
        away: count(view.away),
        answered: sums.answered,
        answered_in_time: sums.answered_in_time,
        abandoned: sums.abandoned,
        sent_on: sums.sent_on,
    }))
}

async fn checked(server: &Server, wish: QueueSettings, id: Option<&str>) -> Result<QueueSettings, Refusal> {
    let queues = server.db.queues().await?;
    let others: Vec<&str> = queues.iter().map(|queue| queue.id.as_str()).filter(|other| Some(*other) != id).collect();
    check(wish, &others)
        .map_err(|Flaw(detail)| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code::QUEUE_SETTINGS, detail))
}

async fn one(server: &Server, id: &str) -> Result<QueueRow, Refusal> {
    server.db.queues().await?.into_iter().find(|queue| queue.id == id).ok_or_else(Refusal::not_found)
}

fn done(written: Written) -> Result<String, Refusal> {
    let conflict = |code, detail| Err(Refusal::new(StatusCode::CONFLICT, code, detail));
    match written {
        Written::Done(id) => Ok(id),
        Written::Taken => conflict(code::EXTENSION_TAKEN, "A user or another queue has this extension."),
        Written::Changed => {
            conflict(code::QUEUE_CHANGED, "Somebody else has changed this queue since. Look at it again.")
        }
        Written::TooMany => conflict(code::TOO_MANY_QUEUES, "There are 200 queues."),
    }
}
