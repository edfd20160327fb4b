//! Calls of colleagues (RG-08).

use base::CallId;
use engine::{EngineHandle, OperateError, ParkedCall};
use serde_json::{Value, json};

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
            Err(error) => failed(&error),
        }
    });
}

/// Parks a call; the place is printed.
pub(crate) fn park(engine: &EngineHandle, call: CallId) {
    let engine = engine.clone();
    tokio::spawn(async move {
        match engine.park(call).await {
            Ok(place) => print(&json!({"event": "parks", "call": call.0, "slot": place.slot, "dial": place.dial})),
            Err(error) => failed(&error),
        }
    });
}

/// What is parked.
pub(crate) fn parked(calls: &[ParkedCall]) -> Value {
    let one = |call: &ParkedCall| {
        json!({
            "slot": call.slot, "dial": call.dial, "by": call.by_name, "since_ms": call.since.0, "comes_back": call.comes_back,
            "number": call.with.as_ref().map(|with| &with.number), "name": call.with.as_ref().map(|with| &with.display_name),
        })
    };
    json!({"event": "parked", "calls": calls.iter().map(one).collect::<Vec<_>>()})
}

fn failed(error: &OperateError) {
    match error {
        OperateError::Server(error) => {
            let (code, message) = words::sign_in_error(error);
            print(&words::error(code, message));
        }
        error => print(&words::error("operate", error.to_string())),
    }
}
