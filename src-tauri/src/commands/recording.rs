//! Recordings of calls, and listening to them.

use base::CallId;
use engine::{EngineHandle, RecordingsAsked, RecordingsError, Sounding};
use ipc::{BoxState, MessageHeard, MessageRef, VoiceBox};
use ipc::{
    CallSwitch, ErrorCode, IpcError, Player, PlayerPeaks, PlayerState, PlayerWish, RecordingPolicy, RecordingRef,
    RecordingsPage, RecordingsWish,
};
use tauri::State;

use super::convert::sign_in_error;

#[tauri::command]
pub fn record(engine: State<'_, EngineHandle>, request: CallSwitch) -> Result<(), IpcError> {
    engine.record(id(&request)?, request.on);
    Ok(())
}

#[tauri::command]
pub fn record_pause(engine: State<'_, EngineHandle>, request: CallSwitch) -> Result<(), IpcError> {
    engine.pause_recording(id(&request)?, request.on);
    Ok(())
}

#[tauri::command]
pub async fn recordings(engine: State<'_, EngineHandle>, request: RecordingsWish) -> Result<RecordingsPage, IpcError> {
    let asked = RecordingsAsked { user: request.user, before: request.before };
    let (rows, next) = engine.recordings(&asked).await.map_err(failed)?;
    Ok(RecordingsPage { recordings: rows.into_iter().map(Into::into).collect(), next })
}

#[tauri::command]
pub async fn recording_delete(engine: State<'_, EngineHandle>, request: RecordingRef) -> Result<(), IpcError> {
    engine.delete_recording(&request.recording).await.map_err(failed)
}

#[tauri::command]
pub async fn recording_policy_get(engine: State<'_, EngineHandle>) -> Result<RecordingPolicy, IpcError> {
    engine.recording_policy().await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn recording_policy_put(
    engine: State<'_, EngineHandle>,
    request: RecordingPolicy,
) -> Result<RecordingPolicy, IpcError> {
    engine.put_recording_policy(&request.into()).await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub fn player(engine: State<'_, EngineHandle>, request: PlayerWish) {
    engine.listen(match request {
        PlayerWish::Play { recording } => engine::PlayerWish::Play(Sounding::Recording(recording)),
        PlayerWish::PlayMessage { message } => engine::PlayerWish::Play(Sounding::Message(message)),
        PlayerWish::Pause => engine::PlayerWish::Pause,
        PlayerWish::Resume => engine::PlayerWish::Resume,
        PlayerWish::Seek { ms } => engine::PlayerWish::Seek(ms),
        PlayerWish::Speed { factor } => engine::PlayerWish::Speed(factor),
        PlayerWish::Close => engine::PlayerWish::Close,
    });
}

#[tauri::command]
pub async fn voicemail(engine: State<'_, EngineHandle>) -> Result<VoiceBox, IpcError> {
    engine.voicemail().await.map(Into::into).map_err(failed)
}

#[tauri::command]
pub async fn message_heard(engine: State<'_, EngineHandle>, request: MessageHeard) -> Result<(), IpcError> {
    engine.message_heard(&request.message, request.heard).await.map_err(failed)
}

#[tauri::command]
pub async fn message_delete(engine: State<'_, EngineHandle>, request: MessageRef) -> Result<(), IpcError> {
    engine.delete_message(&request.message).await.map_err(failed)
}

/// How the own voice box stands, for the window.
pub fn mailbox(state: engine::BoxState) -> BoxState {
    BoxState {
        enabled: state.enabled,
        messages: crate::events::waiting(state.messages),
        new: crate::events::waiting(state.new),
    }
}

/// What is listened to, for the window.
pub fn shown(view: &engine::PlayerView) -> Player {
    Player {
        recording: name(&view.what),
        state: match view.state {
            engine::PlayerState::Loading => PlayerState::Loading,
            engine::PlayerState::Playing => PlayerState::Playing,
            engine::PlayerState::Paused => PlayerState::Paused,
            engine::PlayerState::Ended => PlayerState::Ended,
            engine::PlayerState::Gone => PlayerState::Gone,
            engine::PlayerState::Failed => PlayerState::Failed,
        },
        position_ms: view.position_ms,
        duration_ms: view.duration_ms,
        speed: view.speed,
    }
}

/// The picture of it.
pub fn peaks(peaks: &engine::Peaks) -> PlayerPeaks {
    PlayerPeaks { recording: name(&peaks.what), far: peaks.far.clone(), near: peaks.near.clone() }
}

fn name(what: &Sounding) -> String {
    match what {
        Sounding::Recording(id) | Sounding::Message(id) => id.clone(),
    }
}

fn id(request: &CallSwitch) -> Result<CallId, IpcError> {
    super::calls::parse(&request.call)
}

fn failed(fault: RecordingsError) -> IpcError {
    IpcError::new(match &fault {
        RecordingsError::Server(fault) => return sign_in_error(fault),
        RecordingsError::NotSignedIn => ErrorCode::NotSignedIn,
        RecordingsError::NotYours => ErrorCode::NotYours,
    })
}
