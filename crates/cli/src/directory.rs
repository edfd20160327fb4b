//! The directory in words.

use engine::{DirectoryError, DirectoryRow, EngineHandle, ForcedStatus, RegisteredDevice, UserCard};
use serde_json::{Value, json};

use crate::command::Wish;
use crate::run::print;
use crate::words;

/// Asks the server; what comes of it is printed.
pub(crate) fn carry_out(engine: &EngineHandle, wish: Wish) {
    let engine = engine.clone();
    tokio::spawn(async move {
        match done(&engine, wish).await {
            Ok(event) => print(&event),
            Err(DirectoryError::Server(error)) => {
                let (code, message) = words::sign_in_error(&error);
                print(&words::error(code, message));
            }
            Err(error) => print(&words::error("directory", error.to_string())),
        }
    });
}

async fn done(engine: &EngineHandle, wish: Wish) -> Result<Value, DirectoryError> {
    Ok(match wish {
        Wish::Users => {
            let directory = engine.directory().await?;
            let users: Vec<Value> = directory.users.iter().map(row).collect();
            json!({"event": "users", "users": users, "complete": directory.complete})
        }
        Wish::Leave => {
            engine.leave_directory().await;
            json!({"event": "users_left"})
        }
        Wish::User(id) => card(&engine.user_card(&id).await?),
        Wish::Force(id, status, text) => {
            engine.force_status(&id, &status, &text).await?;
            json!({"event": "forced", "user": id})
        }
        Wish::EndSessions(id) => {
            engine.end_sessions(&id).await?;
            json!({"event": "sessions_ended", "user": id})
        }
        Wish::Delete(id) => {
            let version = engine.user_card(&id).await?.version;
            engine.delete_user(&id, version).await?;
            json!({"event": "deleted", "user": id})
        }
        Wish::Devices => {
            let devices: Vec<Value> = engine.registered_devices().await?.iter().map(device).collect();
            json!({"event": "devices", "devices": devices})
        }
        Wish::Unregister(id) => {
            engine.unregister_device(&id).await?;
            json!({"event": "device_unregistered", "device": id})
        }
    })
}

fn device(device: &RegisteredDevice) -> Value {
    json!({
        "id": device.id, "extension": device.extension, "user": device.user, "name": device.name, "agent": device.agent,
        "transport": device.transport, "address": device.address, "since_ms": device.since.0, "until_ms": device.until.0,
    })
}

/// A row.
pub(crate) fn row(row: &DirectoryRow) -> Value {
    let user = &row.user;
    json!({
        "id": user.id, "extension": user.extension, "name": user.name, "email": user.email, "role": user.role.code(),
        "department": user.department, "agent": user.agent, "active": user.active, "online": user.online,
        "registered": user.registered, "on_call": user.on_call, "status": user.status, "kind": user.kind.code(),
        "text": user.text, "mine": row.mine, "may_edit": row.may_edit,
    })
}

/// News of rows.
pub(crate) fn changed(changed: &[DirectoryRow], gone: &[String]) -> Value {
    json!({"event": "directory", "changed": changed.iter().map(row).collect::<Vec<_>>(), "gone": gone})
}

/// Somebody else has set our status.
pub(crate) fn forced(forced: &ForcedStatus) -> Value {
    json!({
        "event": "status_forced", "by": forced.by, "by_extension": forced.by_extension, "status": forced.status,
        "kind": forced.kind.code(), "text": forced.text,
    })
}

/// A card, without anything that is secret.
pub(crate) fn card(card: &UserCard) -> Value {
    json!({
        "event": "user", "id": card.id, "extension": card.extension, "name": card.name, "email": card.email,
        "role": card.role.code(), "active": card.active, "is_agent": card.agent.is_agent, "acl": card.acl,
        "has_pin": card.has_pin, "version": card.version,
    })
}
