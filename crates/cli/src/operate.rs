//! Calls of colleagues (RG-08).

use engine::{EngineHandle, OperateError};
use serde_json::json;

use crate::command::Operation;
use crate::run::print;
use crate::words;

/// Asks the server; what comes of it is printed.
pub(crate) fn carry_out(engine: &EngineHandle, operation: Operation) {
    let engine = engine.clone();
    tokio::spawn(async move {
        let done = match &operation {
            Operation::PickUp(id) => engine.pick_up(id).await,
            Operation::Divert(id, to) => engine.divert(id, to).await,
            Operation::Transfer(id, to) => engine.transfer_call_of(id, to).await,
        };
        match done {
            Ok(()) => print(&json!({"event": "operated"})),
            Err(OperateError::Server(error)) => {
                let (code, message) = words::sign_in_error(&error);
                print(&words::error(code, message));
            }
            Err(error) => print(&words::error("operate", error.to_string())),
        }
    });
}
