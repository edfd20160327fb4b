//! Transfers as the command line tells them.

use engine::{CallView, TransferFault, TransferStage};
use model::EndReason;
use serde_json::{Value, json};

/// What is new about the transfer of a call.
pub fn changes(before: Option<&CallView>, now: &CallView) -> Option<Value> {
    let transfer = now.transfer.as_ref()?;
    if before.and_then(|view| view.transfer.as_ref()) == Some(transfer) {
        return None;
    }
    let (stage, reason) = match transfer.stage {
        TransferStage::Asked => ("asked", None),
        TransferStage::Accepted => ("accepted", None),
        TransferStage::Trying => ("trying", None),
        TransferStage::Ringing => ("ringing", None),
        TransferStage::Answered => ("answered", None),
        TransferStage::Failed(fault) => ("failed", Some(code(fault))),
    };
    Some(json!({
        "event": "transfer",
        "call": now.call.0,
        "to": transfer.to.number,
        "stage": stage,
        "reason": reason,
        "sip_code": transfer.sip_code,
    }))
}

fn code(fault: TransferFault) -> &'static str {
    match fault {
        TransferFault::NotSupported => "not_supported",
        TransferFault::Refused => "refused",
        TransferFault::Silent => "silent",
        TransferFault::Offline => "offline",
        TransferFault::Target(reason) => EndReason::code(reason),
    }
}
