//! The live panel (SPEC LP-01 to LP-04, CH-01 to CH-03). Whoever has not the role is refused here and told nothing elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use model::{Act, Standing, is_extension, may};
use serde::Deserialize;
use serde_json::json;
use team_api::{
    ForceStatus, Panel, PanelBreak, PanelCharts, PanelDays, PanelDirections, PanelHalfHour, SendCaller, code,
};
use tokio::sync::oneshot;

use super::oversight;
use super::status::wire_names;
use crate::db::panel_sums::{Fates, SLOT_MS};
use crate::db::status_rows::Hand;
use crate::extract::{Body, Caller};
use crate::panel::{QueuesHere, Scope};
use crate::problem::Refusal;
use crate::queue_seam::{Acted, QueueInput};
use crate::random::wall_ms;
use crate::state::Server;

/// Days begin at whole quarters of an hour, wherever they do: so there are few to count for.
const QUARTER_MS: i64 = 15 * 60 * 1000;
/// The longest day, with the hour that clocks are put back, and two for clocks that are wrong.
const LONGEST_DAY_MS: i64 = 27 * 60 * 60 * 1000;
/// Extensions in the chart of directions (CH-02).
const MOST_EXTENSIONS: usize = 10;

/// When today began.
#[derive(Deserialize)]
pub(crate) struct Today {
    today_ms: i64,
}

pub(crate) async fn look(
    State(server): State<Server>,
    caller: Caller,
    days: Result<Query<PanelDays>, QueryRejection>,
) -> Result<Json<Panel>, Refusal> {
    supervisor(&server, &caller).await?;
    let Query(days) = days.map_err(|_| wrong_days())?;
    let days = checked(days)?;
    let sums = server.db.day_sums(days).await?;
    let here = here(&server).await?;
    let now = (&server.supervisions, wall_ms());
    server.presence.panel_for(&caller.user.extension, &here, &sums, now).map(Json).ok_or_else(not_yours)
}

pub(crate) async fn watch(
    State(server): State<Server>,
    caller: Caller,
    Body(days): Body<PanelDays>,
) -> Result<StatusCode, Refusal> {
    supervisor(&server, &caller).await?;
    if server.hub.panel.look(&caller.token, Some(checked(days)?)) {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Refusal::new(StatusCode::CONFLICT, code::NO_STREAM, "Open the event stream of this session first."))
}

pub(crate) async fn leave(State(server): State<Server>, caller: Caller) -> StatusCode {
    // Without a stream there was nothing to leave.
    let _ = server.hub.panel.look(&caller.token, None);
    StatusCode::NO_CONTENT
}

pub(crate) async fn charts(
    State(server): State<Server>,
    caller: Caller,
    today: Result<Query<Today>, QueryRejection>,
) -> Result<Json<PanelCharts>, Refusal> {
    supervisor(&server, &caller).await?;
    let Query(Today { today_ms }) = today.map_err(|_| wrong_days())?;
    checked(PanelDays { today_ms, yesterday_ms: today_ms - QUARTER_MS })?;
    let now = wall_ms();
    let scope = server.presence.panel_scope(&caller.user.extension).ok_or_else(not_yours)?;
    let here = here(&server).await?;
    Ok(Json(PanelCharts {
        half_hours: half_hours(&server, &scope, &here, (today_ms, now)).await?,
        states: scope.states,
        directions: directions(&server, &scope, today_ms).await?,
        breaks: breaks(&server, &scope, (today_ms, now)).await?,
    }))
}

pub(crate) async fn force(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<ForceStatus>,
) -> Result<StatusCode, Refusal> {
    let extension = directed(&server, &caller, &id).await?;
    oversight::force(&server, caller.user, (&id, &extension), wish).await
}

pub(crate) async fn end_sessions(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let extension = directed(&server, &caller, &id).await?;
    oversight::end_sessions(&server, &caller.user, (&id, &extension)).await
}

/// The caller rings at the phones of whoever asks.
pub(crate) async fn pull(
    State(server): State<Server>,
    caller: Caller,
    Path(stay): Path<String>,
) -> Result<StatusCode, Refusal> {
    supervisor(&server, &caller).await?;
    let queue = queue_of(&server, &caller, &stay).await?;
    let (done, answer) = oneshot::channel();
    let input = QueueInput::Pull(stay.clone(), caller.user.extension.clone(), done);
    server.queues.send(input).await.map_err(|_| Refusal::busy())?;
    acted(answer.await.map_err(|_| Refusal::busy())?)?;
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    server.db.note_caller("caller.pulled", &stay, json!({ "queue": queue }), hand).await?;
    tracing::info!(user.id = caller.user.id, queue, "a caller was pulled");
    Ok(StatusCode::NO_CONTENT)
}

/// The caller goes elsewhere.
pub(crate) async fn send(
    State(server): State<Server>,
    caller: Caller,
    Path(stay): Path<String>,
    Body(SendCaller { to }): Body<SendCaller>,
) -> Result<StatusCode, Refusal> {
    supervisor(&server, &caller).await?;
    let queue = queue_of(&server, &caller, &stay).await?;
    if !is_extension(&to) {
        return Err(Refusal::bad_body("An extension has 1 to 32 letters, digits or . - _"));
    }
    let (done, answer) = oneshot::channel();
    server.queues.send(QueueInput::Send(stay.clone(), to.clone(), done)).await.map_err(|_| Refusal::busy())?;
    acted(answer.await.map_err(|_| Refusal::busy())?)?;
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    server.db.note_caller("caller.sent_on", &stay, json!({ "queue": queue, "to": to }), hand).await?;
    tracing::info!(user.id = caller.user.id, queue, "a caller was sent on");
    Ok(StatusCode::NO_CONTENT)
}

/// How the caller stands, as the database says at this moment; refused without the role (LP-01).
async fn supervisor(server: &Server, caller: &Caller) -> Result<Standing, Refusal> {
    let standing = server.db.standing(&caller.user.id).await?.ok_or_else(Refusal::not_signed_in)?;
    if standing.role.live_panel { Ok(standing) } else { Err(not_yours()) }
}

/// The extension of somebody whom the caller may direct. Of whom the panel does not show they do not even hear whether there is one.
async fn directed(server: &Server, caller: &Caller, id: &str) -> Result<String, Refusal> {
    let viewer = supervisor(server, caller).await?;
    // PostgreSQL takes no text with a zero byte in it.
    let known = if id.contains('\0') { None } else { server.db.rights_record(id).await? };
    let (Some(record), Some(subject)) = (known, server.db.standing(&id.replace('\0', "")).await?) else {
        return Err(Refusal::not_found());
    };
    if !may(&viewer, Act::SeeLivePanel, &subject) {
        return Err(Refusal::not_found());
    }
    if !may(&viewer, Act::Direct, &subject) {
        return Err(Refusal::forbidden("Nobody directs themselves, or somebody with a higher role."));
    }
    Ok(record.extension)
}

/// The queue in which somebody waits, if the caller sees it.
async fn queue_of(server: &Server, caller: &Caller, stay: &str) -> Result<String, Refusal> {
    let scope = server.presence.panel_scope(&caller.user.extension).ok_or_else(not_yours)?;
    let here = here(server).await?;
    let waits = here.waiting.iter().find(|it| it.stay == stay).ok_or_else(Refusal::not_found)?;
    let queue = here.plan.queues.iter().find(|queue| queue.id == waits.queue && scope.sees(queue));
    queue.map(|queue| queue.id.clone()).ok_or_else(Refusal::not_found)
}

async fn here(server: &Server) -> Result<QueuesHere, Refusal> {
    server.queues_here().await.ok_or_else(Refusal::busy)
}

fn acted(how: Acted) -> Result<(), Refusal> {
    let not_now = |detail| Err(Refusal::new(StatusCode::CONFLICT, code::NOT_NOW, detail));
    match how {
        Acted::Done => Ok(()),
        Acted::Gone => Err(Refusal::not_found()),
        Acted::Busy => not_now("A call of a queue rings at your phones already, or you talk for one."),
        Acted::Unreachable => not_now("No call gets there now. The caller goes on waiting."),
    }
}

async fn half_hours(
    server: &Server,
    scope: &Scope,
    here: &QueuesHere,
    (today, now): (i64, i64),
) -> Result<Vec<PanelHalfHour>, Refusal> {
    let seen: BTreeSet<&str> =
        here.plan.queues.iter().filter(|queue| scope.sees(queue)).map(|queue| queue.id.as_str()).collect();
    let slots = usize::try_from((now - today) / SLOT_MS + 1).unwrap_or_default();
    let mut sums = vec![Fates::default(); slots];
    for (slot, queue, fates) in server.db.half_hours(today).await? {
        if let Some(sum) = sums.get_mut(slot).filter(|_| seen.contains(queue.as_str())) {
            sum.add(fates);
        }
    }
    let half_hour = |(starts_ms, fates): (i64, Fates)| PanelHalfHour {
        starts_ms,
        answered: fates.answered,
        abandoned: fates.abandoned,
        service_level: fates.service_level(),
    };
    Ok((0..).map(|slot| today + slot * SLOT_MS).zip(sums).map(half_hour).collect())
}

async fn directions(server: &Server, scope: &Scope, today: i64) -> Result<Vec<PanelDirections>, Refusal> {
    let mut rows: BTreeMap<String, PanelDirections> = BTreeMap::new();
    for (extension, direction, calls) in server.db.calls_by_direction(today).await? {
        let Some((_, name)) = scope.users.get(&extension) else { continue };
        let row = rows.entry(extension.clone()).or_default();
        (row.extension, row.name) = (extension, name.clone());
        match direction.as_str() {
            "inbound" => row.inbound += calls,
            "outbound" => row.outbound += calls,
            "conference" => row.conference += calls,
            "eavesdrop" => row.eavesdrop += calls,
            _ => row.internal += calls,
        }
    }
    let sum = |it: &PanelDirections| it.inbound + it.outbound + it.conference + it.eavesdrop + it.internal;
    let mut rows: Vec<PanelDirections> = rows.into_values().collect();
    rows.sort_by(|a, b| sum(b).cmp(&sum(a)).then_with(|| a.extension.cmp(&b.extension)));
    rows.truncate(MOST_EXTENSIONS);
    Ok(rows)
}

async fn breaks(server: &Server, scope: &Scope, (today, now): (i64, i64)) -> Result<Vec<PanelBreak>, Refusal> {
    let users: BTreeSet<&str> = scope.users.values().map(|(id, _)| id.as_str()).collect();
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for spent in server.db.breaks(today, now).await? {
        if users.contains(spent.user_id.as_str()) {
            *sums.entry(spent.status_id).or_default() += spent.ms;
        }
    }
    let records = server.db.status_records().await?;
    let named = records.into_iter().filter_map(|record| {
        let ms = sums.remove(&record.status.id)?;
        let status = record.status;
        let names = status.names.map(wire_names);
        Some(PanelBreak { kind: status.kind.code().to_owned(), status: status.id, names, ms })
    });
    let mut breaks: Vec<PanelBreak> = named.collect();
    breaks.sort_by(|a, b| b.ms.cmp(&a.ms).then_with(|| a.status.cmp(&b.status)));
    Ok(breaks)
}

fn checked(days: PanelDays) -> Result<PanelDays, Refusal> {
    let PanelDays { today_ms, yesterday_ms } = days;
    let whole = [today_ms, yesterday_ms].iter().all(|at| at % QUARTER_MS == 0);
    let is_day = |began: i64, end: i64| began <= end && end.saturating_sub(began) <= LONGEST_DAY_MS;
    // A clock may be a little ahead of ours.
    let fits = is_day(today_ms, wall_ms().saturating_add(QUARTER_MS)) && is_day(yesterday_ms, today_ms);
    if whole && fits { Ok(days) } else { Err(wrong_days()) }
}

fn wrong_days() -> Refusal {
    Refusal::bad_request("today_ms and yesterday_ms are when days began, at whole quarters of an hour.")
}

fn not_yours() -> Refusal {
    Refusal::forbidden("For those who see the live panel.")
}
