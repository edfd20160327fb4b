//! The own voice box in words (EC-08).

use engine::{EngineHandle, PlayerState, PlayerView, PlayerWish, RecordingsError, Sounding};
use serde_json::{Value, json};

use crate::run::print;
use crate::words;

/// What is wanted of the voice box. Messages are named by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// What is in it.
    List,
    /// Listen to one; it is heard then.
    Play(String),
    /// Delete one.
    Delete(String),
}

/// Asks the engine; what comes of it is printed.
pub(crate) fn carry_out(engine: &EngineHandle, wish: Wish) {
    let engine = engine.clone();
    tokio::spawn(async move {
        match done(&engine, wish).await {
            Ok(event) => event.iter().for_each(print),
            Err(RecordingsError::Server(error)) => {
                let (code, message) = words::sign_in_error(&error);
                print(&words::error(code, message));
            }
            Err(error) => print(&words::error("voicemail", error.to_string())),
        }
    });
}

async fn done(engine: &EngineHandle, wish: Wish) -> Result<Option<Value>, RecordingsError> {
    Ok(match wish {
        Wish::List => {
            let mailbox = engine.voicemail().await?;
            let messages: Vec<Value> = mailbox
                .messages
                .iter()
                .map(|it| {
                    json!({
                        "id": it.id, "from": it.from, "name": it.from_name, "left_at_ms": it.left_at.0, "duration_ms": it.duration_ms,
                        "heard": it.heard,
                    })
                })
                .collect();
            Some(json!({"event": "messages", "enabled": mailbox.enabled, "messages": messages}))
        }
        // Its news follow.
        Wish::Play(id) => {
            engine.listen(PlayerWish::Play(Sounding::Message(id)));
            None
        }
        Wish::Delete(id) => {
            engine.delete_message(&id).await?;
            Some(json!({"event": "message_deleted", "message": id}))
        }
    })
}

/// What is listened to; `None`: nothing.
pub(crate) fn player(view: Option<&PlayerView>) -> Value {
    let Some(PlayerView { what: Sounding::Recording(id) | Sounding::Message(id), state, .. }) = view else {
        return json!({"event": "player", "state": "closed"});
    };
    let state = match state {
        PlayerState::Loading => "loading",
        PlayerState::Playing => "playing",
        PlayerState::Paused => "paused",
        PlayerState::Ended => "ended",
        PlayerState::Failed => "failed",
        PlayerState::Gone => "gone",
    };
    json!({"event": "player", "state": state, "message": id})
}
