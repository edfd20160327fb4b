//! Supervision and conferences in words.

use engine::{CallView, EngineHandle, LineState, RecordingState, SuperviseError, SuperviseMode};
use serde_json::{Value, json};

use crate::run::print;
use crate::words;

/// Asks the server for leave. What comes of it is told by the call, or as an error.
pub(crate) fn begin(engine: &EngineHandle, user: String, mode: SuperviseMode) {
    let engine = engine.clone();
    tokio::spawn(async move {
        // People know extensions, the server knows ids.
        let team = engine.colleagues().await.unwrap_or_default();
        let found = team.into_iter().find(|colleague| colleague.extension == user);
        let id = found.map_or(user, |colleague| colleague.id);
        if let Err(error) = engine.supervise(&id, mode).await {
            print(&refused(&error));
        }
    });
}

fn refused(error: &SuperviseError) -> Value {
    let code = match error {
        SuperviseError::NotSignedIn => "no_account",
        SuperviseError::NoRight => "supervise_refused",
        SuperviseError::NoCall => "supervise_no_call",
        SuperviseError::Taken => "supervise_taken",
        SuperviseError::Own => "supervise_own",
        SuperviseError::Server(error) => words::sign_in_error(error).0,
    };
    words::error(code, error.to_string())
}

/// What a new view of a call means for who hears whom.
pub(crate) fn changes(before: Option<&CallView>, now: &CallView) -> Vec<Value> {
    let mut events = Vec::new();
    let runs = |view: &CallView| (view.line == LineState::Talking).then(|| view.supervision.clone()).flatten();
    let supervises = runs(now);
    if let Some(about) = supervises.filter(|about| before.and_then(runs).as_ref() != Some(about)) {
        events.push(json!({
            "event": "supervising",
            "call": now.call.0,
            "user": about.whom.user,
            "extension": about.whom.extension,
            "name": about.whom.name,
            "mode": about.mode.code(),
            "other": about.whom.other.map(|other| other.number),
        }));
    }
    if before.and_then(|view| view.supervised_by.as_ref()) != now.supervised_by.as_ref() {
        let by = now.supervised_by.as_ref();
        events.push(json!({
            "event": "supervised",
            "call": now.call.0,
            "by": by.map(|by| &by.name),
            "mode": by.map(|by| by.mode.code()),
        }));
    }
    if before.is_some_and(|view| view.conference) != now.conference {
        events.push(json!({"event": "conference", "call": now.call.0, "on": now.conference}));
    }
    if before.map_or(RecordingState::Off, |view| view.recording.state) != now.recording.state {
        let by = if now.recording.automatic { "rules" } else { "button" };
        events.push(json!({"event": "recording", "call": now.call.0, "state": state(now.recording.state), "by": by}));
    }
    events
}

fn state(state: RecordingState) -> &'static str {
    match state {
        RecordingState::Off => "off",
        RecordingState::On => "on",
        RecordingState::Paused => "paused",
        RecordingState::Held => "held",
        RecordingState::Failed => "failed",
    }
}
