//! What the server tells on the event stream.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    AgentData, ContactsData, DirectoryData, MyStatus, Panel, PersonStatus, ProfileData, StatusForcedData,
    SupervisionEndData, TransferAskedData,
};

/// One text frame of [`crate::path::EVENTS`].
///
/// `{"seq": 1764000000123, "at_ms": …, "type": "call.ringing", "data": {…}}`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Rises by at least one from event to event, also across restarts of the server. What others see is left out, so there are gaps.
    pub seq: u64,
    /// When it happened.
    pub at_ms: i64,
    /// What happened.
    #[serde(flatten)]
    pub body: EventBody,
}

/// What happened: `type` and `data`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "data")]
pub enum EventBody {
    /// First frame of every stream.
    #[serde(rename = "hello")]
    Hello(HelloData),
    /// Events were lost: ask again for everything that is shown.
    #[serde(rename = "resync")]
    Resync,
    /// The user's own registration came or went.
    #[serde(rename = "registration.changed")]
    RegistrationChanged(RegistrationData),
    /// INVITE was accepted by the server for forwarding.
    #[serde(rename = "call.started")]
    CallStarted(CallData),
    /// A device of the called side rings.
    #[serde(rename = "call.ringing")]
    CallRinging(CallData),
    /// A device of the called side answered.
    #[serde(rename = "call.answered")]
    CallAnswered(CallData),
    /// It is over.
    #[serde(rename = "call.ended")]
    CallEnded(CallEndData),
    /// A call to the user was turned away, because their status blocks it. Nothing has rung.
    #[serde(rename = "call.blocked")]
    CallBlocked(CallEndData),
    /// The user's own status changed, on any of their phones or by the server.
    #[serde(rename = "status.changed")]
    StatusChanged(MyStatus),
    /// The user is an agent, and stands otherwise with the queues.
    #[serde(rename = "agent.changed")]
    AgentChanged(AgentData),
    /// There are other statuses, or they are called otherwise or keep other calls away: ask for the list again.
    #[serde(rename = "statuses.changed")]
    StatusesChanged,
    /// What the team sees of somebody changed. Those hear it who see it, each as much as they may see, the person too. Also
    /// told when the reader may see more of them, or less, than before.
    #[serde(rename = "presence.changed")]
    PresenceChanged(PersonStatus),
    /// Somebody has another name or picture. Everybody hears it, the person too.
    #[serde(rename = "profile.changed")]
    ProfileChanged(ProfileData),
    /// What the user may see and do is otherwise: ask again for [`crate::path::MY_RIGHTS`] and [`crate::path::PRESENCE`].
    #[serde(rename = "rights.changed")]
    RightsChanged,
    /// Other rules hold for recordings: ask again for [`crate::path::MY_RECORDING`].
    #[serde(rename = "recording.policy")]
    RecordingPolicy,
    /// There are more or fewer recordings of the user.
    #[serde(rename = "recordings.changed")]
    RecordingsChanged,
    /// There are other messages in the user's voice box, or they were heard.
    #[serde(rename = "voicemail.changed")]
    VoicemailChanged(crate::VoicemailData),
    /// Users are otherwise than before, or are gone. Those hear it who administer them, a few times a second at most.
    #[serde(rename = "directory.changed")]
    DirectoryChanged(DirectoryData),
    /// The live panel is otherwise. The streams that asked hear it ([`crate::path::PANEL_WATCH`]), each as much as its reader may see.
    #[serde(rename = "panel.changed")]
    PanelChanged(Box<Panel>),
    /// Somebody who administers the user has set their status; `status.changed` says what counts (DR-11).
    #[serde(rename = "status.forced")]
    StatusForced(StatusForcedData),
    /// Somebody who may sends the user's running call to somebody else: the phone that has it does so (RG-08).
    #[serde(rename = "call.transfer_asked")]
    TransferAsked(TransferAskedData),
    /// The parked calls that the user may take are otherwise: all of them.
    #[serde(rename = "parked.changed")]
    ParkedChanged(crate::Parked),
    /// A supervision may not go on: its supervisor leaves, and the agent's phone ends it.
    #[serde(rename = "supervision.ended")]
    SupervisionEnded(SupervisionEndData),
    /// An address book has changed: one's own, or the company's.
    #[serde(rename = "contacts.changed")]
    ContactsChanged(ContactsData),
}

/// Data of [`EventBody::Hello`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HelloData {
    /// As in [`crate::Health::instance`].
    pub instance: String,
    /// True when `?since` was given and the server no longer has all that came after it.
    pub resync: bool,
}

/// Data of [`EventBody::RegistrationChanged`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RegistrationData {
    /// Whose.
    pub extension: String,
    /// At least one device is registered.
    pub registered: bool,
}

/// Data of the call events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallData {
    /// The same for all events of one call; opaque.
    pub call: String,
    /// Calling extension.
    pub from: String,
    /// Dialled extension.
    pub to: String,
}

/// Data of [`EventBody::CallEnded`] and [`EventBody::CallBlocked`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallEndData {
    /// The same for all events of one call; opaque.
    pub call: String,
    /// Calling extension.
    pub from: String,
    /// Dialled extension.
    pub to: String,
    /// Final SIP status code; 200 when an answered call was hung up.
    pub code: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_is_flat_with_type_and_data() {
        let event = Event {
            seq: 7,
            at_ms: 9,
            body: EventBody::CallEnded(CallEndData {
                call: "c".into(),
                from: "101".into(),
                to: "*43".into(),
                code: 486,
            }),
        };
        let text = r#"{"seq":7,"at_ms":9,"type":"call.ended","data":{"call":"c","from":"101","to":"*43","code":486}}"#;
        assert_eq!(serde_json::to_string(&event).unwrap(), text);
        assert_eq!(serde_json::from_str::<Event>(text).unwrap(), event);
    }

    #[test]
    fn resync_needs_no_data() {
        let event: Event = serde_json::from_str(r#"{"seq":1,"at_ms":2,"type":"resync"}"#).unwrap();
        assert_eq!(event.body, EventBody::Resync);
    }
}
