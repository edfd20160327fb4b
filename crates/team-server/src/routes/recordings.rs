//! Recordings: handed over by phones, listed, heard and deleted by those who may.

use axum::Json;
use axum::body::Body as HttpBody;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::{Bytes, BytesMut};
use model::{Act, Reach, Standing, may};
use serde::Deserialize;
use serde_json::json;
use team_api::{OpenRecording, Recording, RecordingDone, RecordingPart, RecordingPolicy, Recordings, code};
use tokio::io::AsyncReadExt as _;

use crate::db::recordings::{Opened, RecordingRecord, Whose};
use crate::db::status_rows::Hand;
use crate::extract::{Administrator, Body, Caller, Raw};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::recordings::{MAX_BYTES, NotWritten, believed, is_id};
use crate::state::Server;

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;
/// Longest part.
pub(crate) const MAX_PART: usize = 1 << 20;
/// Recordings of one person that may be on their way.
const MOST_COMING: i64 = 64;
/// Entries of a page unless told.
const USUAL: usize = 50;
const MOST: usize = 200;
/// A hundred years.
const MOST_DAYS: u32 = 36_500;
/// Longest text about a call.
const MOST_CHARS: usize = 200;

pub(crate) async fn mine(State(server): State<Server>, _caller: Caller) -> Result<Json<RecordingPolicy>, Refusal> {
    Ok(Json(server.recording_policy().await?))
}

pub(crate) async fn policy(
    State(server): State<Server>,
    _administrator: Administrator,
) -> Result<Json<RecordingPolicy>, Refusal> {
    Ok(Json(server.recording_policy().await?))
}

pub(crate) async fn put_policy(
    State(server): State<Server>,
    Administrator(user): Administrator,
    Body(wish): Body<RecordingPolicy>,
) -> Result<Json<RecordingPolicy>, Refusal> {
    if wish.retention_days > MOST_DAYS {
        return Err(Refusal::bad_body("Recordings are kept for at most 36,500 days; 0 keeps them."));
    }
    server.put_recording_policy(wish, Hand { user_id: &user.id, now: wall_ms() }).await?;
    tracing::info!(user.id = user.id, ?wish, "what holds for recordings was changed");
    Ok(Json(wish))
}

pub(crate) async fn open(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(mut of): Body<OpenRecording>,
) -> Result<Json<RecordingPart>, Refusal> {
    if !is_id(&id) {
        return Err(Refusal::not_found());
    }
    let texts = [&of.other, &of.other_name].into_iter().chain(&of.queue);
    if texts.into_iter().any(|text| text.chars().count() > MOST_CHARS) {
        return Err(Refusal::bad_body("A text about the call is too long."));
    }
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    of.started_at_ms = believed(of.started_at_ms, hand.now);
    match server.db.open_recording(&id, &of, hand, MOST_COMING).await? {
        Opened::Yes => Ok(Json(RecordingPart { have: server.recordings.have(&id).await.map_err(disk)? })),
        // It was confirmed, and the phone did not hear it: everything is there.
        Opened::Done => {
            let bytes = server.db.recording(&id).await?.map_or(0, |record| record.bytes);
            Ok(Json(RecordingPart { have: u64::try_from(bytes).unwrap_or(0) }))
        }
        Opened::Taken => Err(Refusal::not_found()),
        Opened::TooMany => Err(Refusal::new(
            StatusCode::CONFLICT,
            code::TOO_MANY_RECORDINGS,
            "Too many recordings are on their way; hand one over completely.",
        )),
    }
}

#[derive(Deserialize)]
pub(crate) struct At {
    offset: u64,
}

pub(crate) async fn bytes(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    at: Result<Query<At>, QueryRejection>,
    Raw(part): Raw,
) -> Result<Json<RecordingPart>, Refusal> {
    let Query(At { offset }) = at.map_err(|_| Refusal::bad_request("offset is a number of bytes."))?;
    let record = own(&server, &caller, &id).await?;
    if part.len() > MAX_PART {
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, "A part has at most 1 MiB."));
    }
    if record.done {
        return Err(elsewhere());
    }
    match server.recordings.add(&id, offset, part).await {
        Ok(have) => Ok(Json(RecordingPart { have })),
        Err(NotWritten::Offset) => Err(elsewhere()),
        Err(NotWritten::TooLong) => {
            Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, "A recording has at most 512 MiB."))
        }
        Err(NotWritten::Io(error)) => Err(disk(error)),
        Err(NotWritten::Task) => Err(Refusal::internal()),
    }
}

pub(crate) async fn done(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<RecordingDone>,
) -> Result<Json<Recording>, Refusal> {
    let mut record = own(&server, &caller, &id).await?;
    if !record.done {
        let broken = || {
            let title = "The file is not as it was announced; hand it over again.";
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code::RECORDING_BROKEN, title)
        };
        let (bytes, duration_ms) = (i64::try_from(wish.bytes), i64::try_from(wish.duration_ms));
        let (Ok(bytes), Ok(duration_ms)) = (bytes, duration_ms) else { return Err(broken()) };
        if wish.bytes > MAX_BYTES || !server.recordings.finish(&id, wish.bytes, &wish.sha256).await.map_err(disk)? {
            return Err(broken());
        }
        server.db.recording_done(&id, bytes, duration_ms).await?;
        (record.bytes, record.duration_ms, record.done) = (bytes, duration_ms, true);
        tracing::info!(user.id = caller.user.id, recording.id = id, bytes, "a recording was handed over");
        server.hub.recordings(&caller.user.extension);
    }
    Ok(Json(shown(record, caller.user.name.clone())))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    user: Option<String>,
    before: Option<String>,
    limit: Option<usize>,
}

pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
    wish: Result<Query<Wish>, QueryRejection>,
) -> Result<Json<Recordings>, Refusal> {
    let refused = || Refusal::bad_request("user is an id, before is `next` of a page, limit is a number of 1 to 200.");
    let Query(wish) = wish.map_err(|_| refused())?;
    let limit = wish.limit.unwrap_or(USUAL);
    let before = wish.before.as_deref().map_or(Some((i64::MAX, String::new())), cursor).ok_or_else(refused)?;
    if !(1..=MOST).contains(&limit) || wish.user.as_ref().is_some_and(|id| id.is_empty() || id.contains('\0')) {
        return Err(refused());
    }
    let standings = server.db.standings().await?;
    let viewer = standings.values().find(|it| it.id == caller.user.id).ok_or_else(Refusal::not_signed_in)?;
    let whose = match wish.user {
        Some(id) => {
            let subject = standings.values().find(|it| it.id == id);
            Whose::These(if may_hear(viewer, &id, subject) { vec![id] } else { Vec::new() })
        }
        // Also those of accounts that are no more.
        None if viewer.role.administers == Reach::Everybody => Whose::Everybody,
        None => Whose::These(
            standings.values().filter(|it| may_hear(viewer, &it.id, Some(it))).map(|it| it.id.clone()).collect(),
        ),
    };
    let mut found = server.db.recordings_before((before.0, &before.1), &whose, limit as i64 + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| format!("{}.{}", last.of.started_at_ms, last.id));
    let names = server.db.names_of_users(found.iter().map(|row| row.user_id.clone()).collect()).await?;
    let name = |id: &str| names.get(id).map(|(name, _)| name.clone()).unwrap_or_default();
    let recordings = found.into_iter().map(|row| (name(&row.user_id), row)).map(|(name, row)| shown(row, name));
    Ok(Json(Recordings { recordings: recordings.collect(), next }))
}

pub(crate) async fn audio(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let record = heard(&server, &caller, &id).await?;
    if record.user_id != caller.user.id {
        // Nobody hears anything before it stands in the audit.
        let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
        let details = json!({ "recording": { "after": id }, "other": { "after": record.of.other }, "started_at_ms": { "after": record.of.started_at_ms } });
        server.db.note_recording(hand, "recording.heard", &record.user_id, details).await?;
    }
    let file = server.recordings.open(&id).await.map_err(|error| {
        tracing::error!(recording.id = id, %error, "the file of a recording cannot be read");
        Refusal::not_found()
    })?;
    let head = [
        (header::CONTENT_TYPE, HeaderValue::from_static("audio/ogg")),
        (header::CONTENT_LENGTH, HeaderValue::from(record.bytes)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((head, HttpBody::from_stream(chunks(file))).into_response())
}

pub(crate) async fn remove(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let record = heard(&server, &caller, &id).await?;
    let (viewer, subject) = standings(&server, &caller, &record.user_id).await?;
    let administers = match &subject {
        Some(subject) => may(&viewer, Act::Administer, subject),
        None => viewer.role.administers == Reach::Everybody,
    };
    if !administers {
        return Err(Refusal::forbidden("For those who administer the person."));
    }
    server.recordings.remove(&id).await.map_err(disk)?;
    server.db.forget_recording(&id, Some(Hand { user_id: &caller.user.id, now: wall_ms() })).await?;
    tracing::info!(user.id = caller.user.id, recording.id = id, "a recording was deleted");
    if let Some(record) = server.db.rights_record(&record.user_id).await? {
        server.hub.recordings(&record.extension);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// One that is complete and that the caller may hear; whether there is another is nobody's business.
async fn heard(server: &Server, caller: &Caller, id: &str) -> Result<RecordingRecord, Refusal> {
    let record = if is_id(id) { server.db.recording(id).await? } else { None };
    let record = record.filter(|record| record.done).ok_or_else(Refusal::not_found)?;
    let (viewer, subject) = standings(server, caller, &record.user_id).await?;
    if may_hear(&viewer, &record.user_id, subject.as_ref()) { Ok(record) } else { Err(Refusal::not_found()) }
}

async fn standings(server: &Server, caller: &Caller, of: &str) -> Result<(Standing, Option<Standing>), Refusal> {
    let viewer = server.db.standing(&caller.user.id).await?.ok_or_else(Refusal::not_signed_in)?;
    Ok((viewer, server.db.standing(of).await?))
}

/// `subject`: whose it is, if they are still there.
fn may_hear(viewer: &Standing, user_id: &str, subject: Option<&Standing>) -> bool {
    match subject {
        Some(subject) => may(viewer, Act::HearRecordings, subject),
        None => viewer.id == user_id || viewer.role.administers == Reach::Everybody,
    }
}

/// One of the caller's own.
async fn own(server: &Server, caller: &Caller, id: &str) -> Result<RecordingRecord, Refusal> {
    let record = if is_id(id) { server.db.recording(id).await? } else { None };
    record.filter(|record| record.user_id == caller.user.id).ok_or_else(Refusal::not_found)
}

fn shown(record: RecordingRecord, user_name: String) -> Recording {
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    Recording {
        id: record.id,
        user: record.user_id,
        user_name,
        of: record.of,
        duration_ms: count(record.duration_ms),
        bytes: count(record.bytes),
    }
}

/// A file, piece by piece: it is never in memory as a whole.
fn chunks(file: tokio::fs::File) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> {
    futures_util::stream::try_unfold(file, |mut file| async move {
        let mut chunk = BytesMut::with_capacity(CHUNK);
        let length = file.read_buf(&mut chunk).await?;
        Ok((length > 0).then(|| (chunk.freeze(), file)))
    })
}

fn cursor(text: &str) -> Option<(i64, String)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.to_owned())).filter(|(_, id)| is_id(id))
}

fn elsewhere() -> Refusal {
    Refusal::new(StatusCode::CONFLICT, code::RECORDING_OFFSET, "The part does not begin where the last one ended.")
}

fn disk(error: std::io::Error) -> Refusal {
    tracing::error!(%error, "the files of recordings");
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Refusal::new(StatusCode::INSUFFICIENT_STORAGE, code::BUSY, "The server's disk is full.")
        }
        _ => Refusal::internal(),
    }
}
