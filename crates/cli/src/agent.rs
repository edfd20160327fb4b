//! How the person at this phone stands with the queues.

use std::time::Duration;

use engine::{AgentError, EngineHandle, GateWhy, OwnAgent};
use serde_json::{Value, json};

use crate::run::print;
use crate::words;

/// What an agent wants of wrap-up.
#[derive(Clone, Copy)]
pub enum Wish {
    /// Its end.
    Ready,
    /// More of it.
    Extend,
}

/// Tells the server; what comes of it is told as an event.
pub fn wish(engine: &EngineHandle, wish: Wish) {
    let engine = engine.clone();
    tokio::spawn(async move {
        let done = match wish {
            Wish::Ready => engine.agent_ready().await,
            Wish::Extend => engine.agent_extend().await,
        };
        match done {
            Ok(()) => {}
            Err(AgentError::NotSignedIn) => print(&words::error("no_account", AgentError::NotSignedIn.to_string())),
            Err(AgentError::Server(error)) => {
                let (code, message) = words::sign_in_error(&error);
                print(&words::error(code, message));
            }
        }
    });
}

/// The `agent` event.
pub fn event(own: Option<&OwnAgent>) -> Value {
    let Some(own) = own else { return json!({"event": "agent", "state": "none"}) };
    let state = own.state.code();
    let gates: Vec<Value> = own
        .gates
        .iter()
        .map(|gate| {
            let missed = if let GateWhy::ForcedBreak { missed } = gate.why { Some(missed) } else { None };
            json!({"why": why(&gate.why), "left_ms": millis(gate.left), "missed": missed})
        })
        .collect();
    json!({"event": "agent", "state": state, "left_ms": millis(own.left), "gates": gates, "missed": own.missed})
}

fn millis(left: Option<Duration>) -> Option<u64> {
    left.map(|left| u64::try_from(left.as_millis()).unwrap_or(u64::MAX))
}

fn why(why: &GateWhy) -> &'static str {
    match why {
        GateWhy::Status => "status",
        GateWhy::ForcedBreak { .. } => "forced_break",
        GateWhy::LoggedOut => "logged_out",
        GateWhy::NotRegistered => "not_registered",
        GateWhy::Offered => "offered",
        GateWhy::InQueueCall => "in_queue_call",
        GateWhy::NotReady => "not_ready",
        GateWhy::WrapUp => "wrap_up",
        GateWhy::BusyDelay => "busy_delay",
        GateWhy::RejectDelay => "reject_delay",
        GateWhy::NoAnswerDelay => "no_answer_delay",
        GateWhy::NotRegisteredDelay => "not_registered_delay",
        GateWhy::OtherCall => "other_call",
        GateWhy::Skill { .. } => "skill",
        GateWhy::NoQueue => "no_queue",
        GateWhy::Other => "other",
    }
}
