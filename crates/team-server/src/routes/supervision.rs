//! Leave to supervise a call: judged by the rights of this moment, written down whether it is given or not.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Secret, SuperviseMode, WallMs};
use model::{Act, may};
use serde_json::json;
use sip::{SuperviseToken, supervise_key};
use team_api::{Supervise, SuperviseLeave, SupervisionPolicy, code};
use tokio::sync::oneshot;

use crate::db::status_rows::Hand;
use crate::extract::{Administrator, Body, Caller};
use crate::problem::Refusal;
use crate::random::{token, wall_ms};
use crate::seam::VoiceInput;
use crate::sight::told;
use crate::state::Server;

/// For how long leave is good: as long as a phone takes to gather its candidates and to reach the other, and a slow network more.
const LEAVE_MS: i64 = 30_000;

pub(crate) async fn supervise(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<Supervise>,
) -> Result<Json<SuperviseLeave>, Refusal> {
    let mode = SuperviseMode::from(wish.mode);
    let judged = judge(&server, &caller, &id, mode).await;
    let (action, why) = match &judged {
        Ok(_) => ("supervision.allowed", None),
        Err((why, _)) => ("supervision.refused", Some(*why)),
    };
    // Nobody hears anything before it stands in the audit. A subject of any length is no id.
    let subject: String = id.chars().filter(|c| *c != '\0').take(64).collect();
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    server.db.note_supervision(hand, action, &subject, json!({ "mode": mode.code(), "why": why })).await?;
    tracing::info!(user.id = caller.user.id, subject, mode = mode.code(), action, why, "leave to supervise");
    judged.map(Json).map_err(|(_, refusal)| refusal)
}

/// Leave, or why not: for the audit and for the caller.
async fn judge(
    server: &Server,
    caller: &Caller,
    id: &str,
    mode: SuperviseMode,
) -> Result<SuperviseLeave, (&'static str, Refusal)> {
    let failed = |error: sqlx::Error| ("failed", Refusal::from(error));
    let no_right = || ("no-right", Refusal::forbidden("This needs the right and the role, within the department."));
    if id == caller.user.id {
        return Err(("yourself", conflict(code::YOURSELF, "Nobody supervises themselves.")));
    }
    // PostgreSQL takes no text with a zero byte in it. Whether there is such a user is nobody's business without the right.
    let subject = if id.contains('\0') { None } else { server.db.standing(id).await.map_err(failed)? };
    let viewer = server.db.standing(&caller.user.id).await.map_err(failed)?;
    let (Some(viewer), Some(subject)) = (viewer, subject) else { return Err(no_right()) };
    let act = match mode {
        SuperviseMode::Listen => Act::Listen,
        SuperviseMode::Whisper => Act::Whisper,
        SuperviseMode::Barge => Act::BargeIn,
    };
    if !may(&viewer, act, &subject) {
        return Err(no_right());
    }
    let record = server.db.rights_record(id).await.map_err(failed)?.ok_or_else(no_right)?;
    let of = record.extension;
    let (answer, talk) = oneshot::channel();
    let asked = VoiceInput::TalkOf { extension: of.clone(), answer };
    server.voice.send(asked).await.map_err(|_| ("failed", Refusal::busy()))?;
    let call = talk.await.map_err(|_| ("failed", Refusal::busy()))?;
    let (call, with) = call.ok_or(("no-call", conflict(code::SUPERVISE_NO_CALL, "Nobody talks there.")))?;
    let by = caller.user.extension.clone();
    if with == by {
        return Err(("own-call", conflict(code::YOURSELF, "Nobody supervises a call of their own.")));
    }
    if server.supervisions.of(&of).is_some_and(|(other, _)| other != by) {
        return Err(("taken", conflict(code::SUPERVISE_TAKEN, "Somebody supervises this call already.")));
    }
    let shown = server.db.agents_see_supervision().await.map_err(failed)?;
    let seen = server.presence.stands(&of).map(|(_, person)| told(Some(&viewer), Some(&subject), &person));
    let until = WallMs(wall_ms().saturating_add(LEAVE_MS));
    let leave = SuperviseToken { id: token(), until, mode, shown, by, of: of.clone(), call };
    let signed = leave.sign(&supervise_key(&server.sip_secret, &of));
    Ok(SuperviseLeave {
        token: Secret::new(signed),
        expires_at_ms: until.0,
        extension: of,
        name: seen.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
        other: seen.and_then(|person| person.call?.with),
    })
}

pub(crate) async fn policy(
    State(server): State<Server>,
    _administrator: Administrator,
) -> Result<Json<SupervisionPolicy>, Refusal> {
    Ok(Json(SupervisionPolicy { agents_see: server.db.agents_see_supervision().await? }))
}

pub(crate) async fn put_policy(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Body(wish): Body<SupervisionPolicy>,
) -> Result<Json<SupervisionPolicy>, Refusal> {
    server.db.show_supervision(wish.agents_see, Hand { user_id: &user.id, now: wall_ms() }).await?;
    tracing::info!(user.id = user.id, agents_see = wish.agents_see, "what agents see of supervision was changed");
    Ok(Json(wish))
}

fn conflict(code: &str, detail: &str) -> Refusal {
    Refusal::new(StatusCode::CONFLICT, code, detail)
}
