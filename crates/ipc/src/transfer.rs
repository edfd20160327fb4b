//! Sending a call to somebody else. Commands: `transfer(Transfer)` without asking there, `consult(Consult) -> String` (id of the new
//! call) to ask first, then `complete_transfer(CompleteTransfer)`; back to the caller is `hang_up` of the new call, or `resume`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{EndReason, Person};

/// `transfer(Transfer)`.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// Id of the call.
    pub call: String,
    /// As typed, or a number of a contact or colleague.
    pub target: String,
}

/// `consult(Consult) -> String`: id of the new call.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Consult {
    /// Id of the call that shall be transferred.
    pub about: String,
    /// As typed, or a number of a contact or colleague.
    pub target: String,
}

/// `complete_transfer(CompleteTransfer)`.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompleteTransfer {
    /// Id of the call that is sent.
    pub call: String,
    /// Id of the call with whom it is sent to.
    pub to: String,
}

/// How far a transfer is (`phone::TransferStage`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TransferStage {
    /// Asked for, no answer yet.
    Asked,
    /// The caller's phone will do it.
    Accepted,
    /// It is calling.
    Trying,
    /// It rings at the target.
    Ringing,
    /// The target has answered; the call ends.
    Answered,
    /// It came to nothing.
    Failed,
}

/// Why it came to nothing (`phone::TransferFault`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TransferFault {
    /// The caller's phone cannot be transferred.
    NotSupported,
    /// The caller's phone, or a server, did not want it.
    Refused,
    /// Nothing was heard in time.
    Silent,
    /// The connection to the server was lost.
    Offline,
    /// It ended at the target; `reason` says how.
    Target,
}

/// A transfer of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallTransfer {
    /// To whom.
    pub to: Person,
    /// How far it is.
    pub stage: TransferStage,
    /// With `stage: "failed"`.
    pub fault: Option<TransferFault>,
    /// With `fault: "target"`: as a call to the target would have ended.
    pub reason: Option<EndReason>,
    /// SIP status code for the second, selectable line.
    pub sip_code: Option<u16>,
}

/// Which part of a transfer a call of the history was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TransferWay {
    /// It was sent to them.
    To,
    /// They sent it here.
    By,
}

/// A transfer in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowTransfer {
    /// Sent there, or from there.
    pub way: TransferWay,
    /// With whom.
    pub person: Person,
}

impl From<&phone::TransferView> for CallTransfer {
    fn from(view: &phone::TransferView) -> Self {
        let (stage, why) = match view.stage {
            phone::TransferStage::Asked => (TransferStage::Asked, None),
            phone::TransferStage::Accepted => (TransferStage::Accepted, None),
            phone::TransferStage::Trying => (TransferStage::Trying, None),
            phone::TransferStage::Ringing => (TransferStage::Ringing, None),
            phone::TransferStage::Answered => (TransferStage::Answered, None),
            phone::TransferStage::Failed(why) => (TransferStage::Failed, Some(why)),
        };
        let (fault, reason) = match why {
            None => (None, None),
            Some(phone::TransferFault::NotSupported) => (Some(TransferFault::NotSupported), None),
            Some(phone::TransferFault::Refused) => (Some(TransferFault::Refused), None),
            Some(phone::TransferFault::Silent) => (Some(TransferFault::Silent), None),
            Some(phone::TransferFault::Offline) => (Some(TransferFault::Offline), None),
            Some(phone::TransferFault::Target(reason)) => (Some(TransferFault::Target), Some(reason.into())),
        };
        CallTransfer { to: (&view.to).into(), stage, fault, reason, sip_code: view.sip_code }
    }
}

impl From<&model::CallTransfer> for RowTransfer {
    fn from(transfer: &model::CallTransfer) -> Self {
        match transfer {
            model::CallTransfer::To(party) => RowTransfer { way: TransferWay::To, person: party.into() },
            model::CallTransfer::By(party) => RowTransfer { way: TransferWay::By, person: party.into() },
        }
    }
}
