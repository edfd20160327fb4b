//! A call as the screen shows it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::recording::CallRecording;
use crate::{CallTransfer, SupervisedBy, Supervision};

/// The other side. Both fields come from the network: isolate them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Extension, number or address; can be dialled again.
    pub number: String,
    /// Display name; empty when unknown.
    pub name: String,
}

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CallDirection {
    /// They called us.
    Incoming,
    /// We called them.
    Outgoing,
}

/// What the line does (`phone::LineState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CallLine {
    /// Offer is being made.
    Preparing,
    /// INVITE is on its way.
    Calling,
    /// It rings there.
    RingingThere,
    /// We hear something before the answer.
    EarlyMedia,
    /// It rings here.
    RingingHere,
    /// Answered here, not confirmed yet.
    Answering,
    /// Talking.
    Talking,
    /// On hold by us.
    Held,
    /// Ending.
    Ending,
    /// Over.
    Ended,
}

/// What the sound does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CallMedia {
    /// No session yet.
    None,
    /// Being set up.
    Connecting,
    /// Flows.
    Connected,
    /// Lost for the moment.
    Reconnecting,
    /// Given up.
    Failed,
}

/// How it ended (`model::EndReason`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each variant means what model::EndReason says")]
pub enum EndReason {
    LocalHangUp,
    RemoteHangUp,
    Cancelled,
    Missed,
    AnsweredElsewhere,
    Declined,
    Transferred,
    Busy,
    Rejected,
    NoAnswer,
    NotFound,
    BadNumber,
    Forbidden,
    NotAcceptable,
    ServerFailure,
    Offline,
    Timeout,
    MediaFailed,
    Internal,
}

/// Where a call stands in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueuePlace {
    /// 1 is next.
    pub position: u32,
    /// Seconds that it will take, as far as known.
    pub wait_s: Option<u32>,
}

/// A call. Always complete: replace the old one of the same id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// Id; decimal text, since JavaScript numbers lose bits.
    pub id: String,
    /// Direction.
    pub direction: CallDirection,
    /// The other side.
    pub person: Person,
    /// Line.
    pub line: CallLine,
    /// Sound.
    pub media: CallMedia,
    /// A command is on its way and not yet true.
    pub pending: bool,
    /// Milliseconds since the call began (INVITE), at the moment this was sent.
    pub age_ms: u64,
    /// Milliseconds since it was answered, at the moment this was sent.
    pub talk_ms: Option<u64>,
    /// Milliseconds on hold by us, at the moment this was sent.
    pub held_ms: Option<u64>,
    /// The far end holds us.
    pub held_by_far_end: bool,
    /// The ring was silenced.
    pub silenced: bool,
    /// Set once it is over.
    pub ended: Option<EndReason>,
    /// SIP status code for the second, selectable line.
    pub sip_code: Option<u16>,
    /// Its far end was asked to call somebody else. A failure stays until something else is done with the call.
    pub transfer: Option<CallTransfer>,
    /// Who sent it here.
    pub transferred_by: Option<Person>,
    /// Id of the call that shall be transferred: this one is to ask before.
    pub asks_for: Option<String>,
    /// Name of the queue that offers it, isolate it; none: it comes from no queue.
    pub queue: Option<String>,
    /// Where it waits, if this person called a queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub queue_place: Option<QueuePlace>,
    /// This call is a supervision by this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub supervision: Option<Supervision>,
    /// Somebody supervises it, where that may be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub supervised_by: Option<SupervisedBy>,
    /// It is one of the two calls of a three-way conference.
    pub conference: bool,
    /// Its recording.
    pub recording: CallRecording,
}
