//! What the shell tells the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::recording::{Player, PlayerPeaks};
use crate::voicemail::BoxState;
use crate::{
    Bulk, BulkRow, Call, CallQuality, Colleague, ContactsSync, DevicePurpose, Devices, DirectoryUser, Face, IpcError,
    MoveWhy, Notice, OwnAgent, OwnRights, OwnStatus, Panel, ParkedCall, SeenStatus, Session, Settings, System, Team,
};

/// Everything a window needs when it opens or wakes; later events change parts of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// Version of the program.
    pub version: String,
    /// `npm start -- --profile NAME`; empty for the default profile.
    pub profile: String,
    /// Signed in or not.
    pub session: Session,
    /// Running calls, oldest first.
    pub calls: Vec<Call>,
    /// Microphone muted.
    pub muted: bool,
    /// System status (SY-01…05).
    pub system: System,
    /// Devices and choice.
    pub devices: Devices,
    /// Preferences.
    pub settings: Settings,
    /// Missed calls not yet looked at.
    pub unseen_missed: u32,
    /// How contacts stand at the team server; none: they are on this computer only.
    pub contacts_sync: Option<ContactsSync>,
    /// One's own status; none: this account has none, or it is not known yet.
    pub status: Option<OwnStatus>,
    /// Name and picture of everybody of the team.
    pub faces: Vec<Face>,
    /// The team; none: this account has none.
    pub team: Option<Team>,
    /// What this account may see and do; none: it has no team, or it is not known yet.
    pub rights: Option<OwnRights>,
    /// How this account stands with the queues; none: it is no agent, or it is not known.
    pub agent: Option<OwnAgent>,
    /// The parked calls that this account may take, by place.
    pub parked: Vec<ParkedCall>,
    /// What the small window shows; none: there is no such window.
    pub notice: Option<Notice>,
    /// So many recordings wait on this computer until the server has them.
    pub recordings_waiting: u32,
    /// The own voice box.
    pub voicemail: BoxState,
    /// What is listened to; none: nothing.
    pub player: Option<Player>,
    /// The picture of it, once it is known.
    pub peaks: Option<PlayerPeaks>,
}

/// Levels of both voices, 20 times a second while audio is open. dBFS, −127 is silence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Levels {
    /// The agent's microphone, after mute.
    pub microphone_dbfs: f32,
    /// The caller.
    pub caller_dbfs: f32,
}

/// One piece of news. Event name on the bridge: `rannan`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum UiEvent {
    /// Signed in, out, or on the way.
    Session {
        /// New value.
        session: Session,
    },
    /// A call was born or changed.
    Call {
        /// New value.
        call: Call,
    },
    /// A call is over: `call.ended` is set.
    CallEnded {
        /// Last value.
        call: Call,
    },
    /// Mute changed.
    Muted {
        /// New value.
        muted: bool,
    },
    /// System status changed.
    System {
        /// New value.
        system: System,
    },
    /// How a call sounds, once a second.
    Quality {
        /// Id of the call.
        call: String,
        /// New value.
        quality: CallQuality,
    },
    /// Levels.
    Levels {
        /// New value.
        levels: Levels,
    },
    /// Devices came, went or were chosen.
    Devices {
        /// New value.
        devices: Devices,
    },
    /// Another device is used, though nobody chose it.
    DeviceMoved {
        /// For what.
        purpose: DevicePurpose,
        /// What is used now; isolate it.
        name: String,
        /// Why.
        why: MoveWhy,
    },
    /// Preferences changed (also by another window).
    Settings {
        /// New value.
        settings: Settings,
    },
    /// The history has changed: ask again.
    History {
        /// Missed calls not yet looked at.
        unseen_missed: u32,
    },
    /// The address book has changed: ask again, also for the history, whose names come from it.
    Contacts,
    /// Outside address books have changed, or how one of them stands: ask again.
    Sources,
    /// How contacts stand at the team server has changed.
    ContactsSync {
        /// New value; none: they are on this computer only.
        sync: Option<ContactsSync>,
    },
    /// How far an import is, in bytes of its file.
    ContactsImport {
        /// Taken in.
        done: u32,
        /// Of how many.
        total: u32,
    },
    /// Name and picture of everybody of the team.
    Faces {
        /// New value.
        faces: Vec<Face>,
    },
    /// Name or picture of somebody of the team changed.
    Face {
        /// New value.
        face: Face,
    },
    /// The window's close button was pressed during a call: ask, then `quit()`.
    CloseAsked,
    /// It was pressed for the first time where the phone goes on without a window: tell, then `close_window()`.
    KeepRunningTold,
    /// The small window shows something else.
    Notice {
        /// New value; none: nothing, it closes.
        notice: Option<Notice>,
    },
    /// Something failed that was not an answer to a request, or a request that was accepted failed later.
    Problem {
        /// What.
        error: IpcError,
        /// Which call, if any.
        call: Option<String>,
    },
    /// The team came, went, or can no longer be seen.
    Team {
        /// New value.
        team: Option<Team>,
    },
    /// What this account may see and do has changed.
    Rights {
        /// New value; none: it has no team, or it is not known yet.
        rights: Option<OwnRights>,
    },
    /// How this account stands with the queues has changed.
    Agent {
        /// New value; none: it is no agent, or it is not known.
        agent: Option<OwnAgent>,
    },
    /// Other calls are parked.
    Parked {
        /// All that this account may take, by place.
        parked: Vec<ParkedCall>,
    },
    /// One of the team changed, or is new.
    Colleague {
        /// New value.
        colleague: Colleague,
    },
    /// One's own status changed, or was asked for.
    Status {
        /// New value.
        status: Option<OwnStatus>,
    },
    /// The directory that is looked at is otherwise than it was told before.
    DirectoryChanged {
        /// As they are now; new ones too.
        changed: Vec<DirectoryUser>,
        /// Ids of those who are gone, or are not this account's to administer any more.
        gone: Vec<String>,
    },
    /// What was told of the directory may be old. It is asked for again; a `directoryChanged`, perhaps an
    /// empty one, says that it is up to date.
    DirectoryStale,
    /// The live panel that is looked at is otherwise; at most four times a second.
    Panel {
        /// New value.
        panel: Box<Panel>,
    },
    /// How far a job over many users is.
    Bulk {
        /// As it is now.
        bulk: Bulk,
        /// Rows that are otherwise.
        changed: Vec<BulkRow>,
    },
    /// So many recordings wait on this computer until the server has them.
    RecordingsWaiting {
        /// How many.
        waiting: u32,
    },
    /// The own voice box is otherwise: ask again.
    Voicemail {
        /// How it stands.
        state: BoxState,
    },
    /// There are other recordings, or other rules for them: ask again.
    Recordings,
    /// What is listened to.
    Player {
        /// New value; none: nothing.
        player: Option<Player>,
    },
    /// The picture of what is listened to, once it is known.
    PlayerPeaks {
        /// New value.
        peaks: PlayerPeaks,
    },
    /// Somebody who administers this person has set their status; `status` says what counts (DR-11).
    StatusForced {
        /// Name of who did it, isolate it.
        by: String,
        /// Extension of who did it, isolate it.
        by_extension: String,
        /// The status.
        status: SeenStatus,
    },
}
