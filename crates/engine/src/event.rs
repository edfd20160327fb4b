//! What the engine tells.

use std::sync::Arc;

use std::path::PathBuf;

use base::{CallId, Dbfs};
use model::{
    Colleague, DevicePurpose, ForcedStatus, KnownDevice, OwnAgent, OwnRights, ParkedCall, Passport, Quality,
    Registration,
};
use phone::{CallView, CommandError, MoveWhy, StatusFault, StatusView};

use crate::contacts::ContactsSync;
use crate::devices::Devices;
use crate::directory::{BulkNews, DirectoryRow};
use crate::panel::ShownPanel;
use crate::profile::Face;
use crate::recording::{Peaks, PlayerView};
use crate::roster::Team;
use crate::session::Session;
use crate::system::SystemStatus;
use crate::voicemail::BoxState;

/// One piece of news. Each holds a complete value: replace the old one.
#[derive(Clone, Debug, PartialEq)]
pub enum EngineEvent {
    /// Everything, at the beginning and after a slow reader has lost events.
    Snapshot(Box<Snapshot>),
    /// Signed in, out, or on the way.
    Session(Session),
    /// Registration at the SIP server.
    Registration(Registration),
    /// The four lights.
    System(SystemStatus),
    /// A call was born or changed.
    Call(Box<CallView>),
    /// A call is over.
    CallEnded(Box<CallView>),
    /// Sound of a call reached a milestone. Each comes once per call.
    Media {
        /// Which call.
        call: CallId,
        /// Which milestone.
        step: MediaStep,
    },
    /// How a call sounds: once a second while its media is up.
    Quality {
        /// Which call.
        call: CallId,
        /// How.
        quality: Box<Quality>,
    },
    /// How a call has sounded, when it is over. Also kept with its row in the history.
    Passport {
        /// Which call.
        call: CallId,
        /// How.
        passport: Box<Passport>,
    },
    /// The other side sent a digit (RFC 4733).
    DtmfHeard {
        /// Which call.
        call: CallId,
        /// `0-9*#A-D`.
        digit: char,
    },
    /// Microphone muted or not.
    Muted(bool),
    /// Levels, at most 20 times a second.
    Levels(Levels),
    /// Devices came, went, were chosen or have trouble.
    Devices(Devices),
    /// Another device is live, though nobody chose it.
    DeviceMoved {
        /// For what.
        purpose: DevicePurpose,
        /// What is live now.
        to: KnownDevice,
        /// Why.
        why: MoveWhy,
    },
    /// The history has changed.
    History {
        /// Missed calls not yet looked at.
        unseen_missed: u32,
    },
    /// The address book has changed, or is another one: ask again. Names in the history may have changed with it.
    Contacts,
    /// Outside address books have changed, or how one of them stands: ask again.
    Sources,
    /// How contacts stand at the team server; `None`: they are on this computer only.
    ContactsSync(Option<ContactsSync>),
    /// How far an import is, in bytes of its file.
    ContactsImport {
        /// Taken in.
        done: usize,
        /// Of how many.
        total: usize,
    },
    /// A command could not be carried out.
    Refused {
        /// Which call, if any.
        call: Option<CallId>,
        /// Why.
        why: CommandError,
    },
    /// Something failed that nobody asked for.
    Problem(Problem),
    /// One's own status; `None`: this account has none, or it is not known yet.
    Status(Option<Box<StatusView>>),
    /// A status was not changed: what was confirmed before still counts.
    StatusRefused(StatusFault),
    /// The team; `None`: this account has none.
    Team(Option<Box<Team>>),
    /// One of the team changed, or is new.
    Colleague(Box<Colleague>),
    /// What this account may see and do; `None`: it has no team, or it is not known yet.
    Rights(Option<Box<OwnRights>>),
    /// How this account stands with the queues, with the time that is left now; `None`: it is no agent, or it is not known.
    Agent(Option<Box<OwnAgent>>),
    /// The parked calls that this account may take, by place.
    Parked(Vec<ParkedCall>),
    /// Name and picture of everybody of the team; nobody without a team account.
    Faces(Vec<Face>),
    /// Name or picture of somebody changed.
    Face(Face),
    /// The directory that is looked at is otherwise than it was told before.
    Directory {
        /// As they are now.
        changed: Vec<DirectoryRow>,
        /// Ids of those who are gone.
        gone: Vec<String>,
    },
    /// What was told of the directory may be old; it is asked for again, and what has changed is told then.
    DirectoryStale,
    /// The live panel that is looked at is otherwise, or may be old from now on.
    Panel(Box<ShownPanel>),
    /// How far a job over many users is.
    Bulk(Box<BulkNews>),
    /// So many recordings wait on this computer for the server.
    RecordingsWaiting(usize),
    /// The own voice box is otherwise: ask again.
    Voicemail(BoxState),
    /// Recordings of this team are other ones, or there are more or fewer: ask again.
    Recordings,
    /// What is listened to; `None`: nothing.
    Player(Option<PlayerView>),
    /// The picture of what is listened to.
    PlayerPeaks(Arc<Peaks>),
    /// Somebody else has set our status (DR-11).
    StatusForced(Box<ForcedStatus>),
}

/// Everything a window needs when it opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Session.
    pub session: Session,
    /// Registration.
    pub registration: Registration,
    /// Running calls, oldest first.
    pub calls: Vec<CallView>,
    /// Microphone muted.
    pub muted: bool,
    /// The four lights.
    pub system: SystemStatus,
    /// Devices.
    pub devices: Devices,
    /// Missed calls not yet looked at.
    pub unseen_missed: u32,
    /// How contacts stand at the team server; `None`: they are on this computer only.
    pub contacts_sync: Option<ContactsSync>,
    /// One's own status.
    pub status: Option<Box<StatusView>>,
    /// Name and picture of everybody of the team.
    pub faces: Vec<Face>,
    /// The team; none: this account has none.
    pub team: Option<Box<Team>>,
    /// What this account may see and do; none: it has no team, or it is not known yet.
    pub rights: Option<Box<OwnRights>>,
    /// How this account stands with the queues, with the time that is left now; none: it is no agent, or it is not known.
    pub agent: Option<Box<OwnAgent>>,
    /// The parked calls that this account may take, by place.
    pub parked: Vec<ParkedCall>,
    /// So many recordings wait on this computer for the server.
    pub recordings_waiting: usize,
    /// The own voice box.
    pub voicemail: BoxState,
    /// What is listened to.
    pub player: Option<PlayerView>,
    /// The picture of it, once it is known.
    pub peaks: Option<Arc<Peaks>>,
}

/// A milestone of a call's sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaStep {
    /// ICE and DTLS are up.
    Connected,
    /// The first packet left.
    FirstSent,
    /// The first sound of the other side was played.
    FirstHeard,
}

/// Levels of both voices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// The agent's microphone; [`Dbfs::SILENCE`] while muted, since that is what others hear.
    pub microphone: Dbfs,
    /// The loudest of the other sides.
    pub caller: Dbfs,
    /// Muted.
    pub muted: bool,
}

/// Something failed that nobody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The database was damaged; it was moved there and a new one begun.
    StorageSetAside {
        /// The damaged file.
        path: PathBuf,
    },
    /// The database cannot be used: there is no history.
    StorageFailed {
        /// Technical line.
        detail: String,
    },
    /// Signed in, but nothing could be kept: the password is asked at the next start.
    NoKeychain {
        /// Technical line.
        detail: String,
    },
}
