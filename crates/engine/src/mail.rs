//! Everything that can be put into the driver's box.

use std::path::PathBuf;

use base::CallId;
use model::{
    Account, AudioDevice, Colleague, DevicePreferences, DirectoryUser, ForcedStatus, OwnAgent, OwnRights, ParkedCall,
    VoiceProcessing,
};
use phone::{Input, TeamInput};
use team_client::{Me, TeamClient};
use tokio::sync::oneshot;

use crate::calls::CallStats;
use crate::directory::{Asker, BulkNews, DirectoryError};
use crate::event::Snapshot;
use crate::panel::{PanelAsker, PanelError};
use crate::profile::Face;
use crate::recording::{Fetched, PlayerWish, Ready};
use crate::session::{Keep, SignInError, SipSignIn, User};
use crate::system::{Internet, Panel};
use crate::team::{Joined, TeamSignIn};
use crate::voicemail::BoxState;

/// Answer to a sign-in.
pub(crate) type SignInReply = oneshot::Sender<Result<User, SignInError>>;

/// One letter.
pub(crate) enum Mail {
    /// For the phone.
    Phone(Input),
    /// A milestone of a call's media that the phone does not care about the details of.
    DtmfHeard(CallId, char),

    /// Sign in with a team server.
    SignInTeam { how: TeamSignIn, keep: Keep, reply: SignInReply },
    /// Sign in with a plain SIP account; answered when the registrar has answered.
    SignInSip { account: Box<SipSignIn>, keep: Keep, reply: SignInReply },
    /// What was kept, if anything: go on with it.
    Resume { kept: Kept },
    /// Nothing was kept, or the keychain cannot be used. `why` is told.
    NothingKept { no_keychain: bool, server: String, email: String },
    /// A team server has answered sign-in number `attempt`.
    Joined { attempt: u64, result: Result<Box<Joined>, SignInError> },
    /// Sign out, forget what was kept.
    SignOut,
    /// The server has ended the session.
    Expired { attempt: u64 },
    /// New short-lived SIP credentials of sign-in `attempt`.
    Renewed { attempt: u64, account: Box<Account> },
    /// State of the event stream of sign-in `attempt`.
    Panel { attempt: u64, panel: Panel },
    /// Round trip to the server of sign-in `attempt`.
    Internet { attempt: u64, internet: Internet },
    /// Calls may be recorded, by the server of sign-in `attempt`.
    Recording { attempt: u64, ready: Box<Ready> },
    /// So many recordings of sign-in `attempt` wait to be sent.
    RecordingsWaiting { attempt: u64, waiting: usize },
    /// There are other recordings, at the server of sign-in `attempt`.
    RecordingsChanged { attempt: u64 },
    /// How the own voice box stands, at the server of sign-in `attempt`.
    Voicemail { attempt: u64, state: BoxState },
    /// Something to listen to has come, or not.
    PlayerFetched { number: u64, fetched: Fetched },
    /// Somebody wants to listen.
    Player(PlayerWish),
    /// The rules for recordings have changed, at the server of sign-in `attempt`.
    RecordingAsked { attempt: u64 },
    /// News from the server of sign-in `attempt`.
    Team { attempt: u64, input: TeamInput },
    /// The server of sign-in `attempt` tells of somebody of the team.
    Colleague { attempt: u64, colleague: Box<Colleague> },
    /// The server says that the account is suspended.
    Suspended { attempt: u64 },
    /// Name and picture of somebody of the team, by the server of sign-in `attempt`.
    Face { attempt: u64, face: Face },
    /// Who we are, as the server says now; passed over unless it is who is signed in.
    Me(Box<Me>),
    /// Everybody of the team, after it was asked for.
    Colleagues { attempt: u64, colleagues: Vec<Colleague> },
    /// The whole team is asked for again: news that come meanwhile count more than the answer.
    RosterAsked { attempt: u64 },
    /// What we may see and do, by the server of sign-in `attempt`.
    Rights { attempt: u64, rights: Box<OwnRights> },
    /// How we stand with the queues, by the server of sign-in `attempt`.
    Agent { attempt: u64, own: Option<Box<OwnAgent>> },
    /// The parked calls that we may take, by the server of sign-in `attempt`.
    Parked { attempt: u64, parked: Vec<ParkedCall> },
    /// Somebody else has set our status, by the server of sign-in `attempt`.
    Forced { attempt: u64, forced: Box<ForcedStatus> },
    /// Somebody wants to look at the directory.
    DirectoryOpen(Asker),
    /// Nobody looks at it any more.
    DirectoryLeave,
    /// The directory, after it was asked for.
    Directory { attempt: u64, users: Result<Vec<DirectoryUser>, DirectoryError> },
    /// News of some of it, by the server of sign-in `attempt`.
    DirectoryNews { attempt: u64, changed: Vec<DirectoryUser>, gone: Vec<String> },
    /// What is known of it may be old.
    DirectoryStale { attempt: u64 },
    /// Who of it matches what was typed.
    DirectorySearch { typed: String, reply: oneshot::Sender<Vec<String>> },
    /// Somebody wants to look at the live panel.
    PanelOpen(PanelAsker),
    /// Nobody looks at it any more.
    PanelLeave,
    /// The live panel, after it was asked for.
    PanelCame { attempt: u64, panel: Result<Box<model::Panel>, PanelError> },
    /// News of it, by the server of sign-in `attempt`.
    PanelNews { attempt: u64, panel: Box<model::Panel> },
    /// What is known of it may be old.
    PanelStale { attempt: u64 },
    /// How far a job over many users is.
    Bulk(Box<BulkNews>),
    /// The team server, to ask it for something that needs no decision.
    TeamClient(oneshot::Sender<Option<TeamClient>>),
    /// The keychain could not keep something.
    NotKept { detail: String },

    /// Look for devices.
    RefreshDevices,
    /// Devices were listed, at first or because something about them changed.
    DeviceList(Vec<AudioDevice>),
    /// What was chosen in an earlier run.
    RememberedDevices(Box<DevicePreferences>),
    /// Loudness of callers.
    Volume(u8),
    /// What it was set to in an earlier run.
    RememberedVolume(u8),
    /// How the agent's voice is treated.
    Voice(VoiceProcessing),
    /// How it was treated in an earlier run.
    RememberedVoice(VoiceProcessing),
    /// A key's tone in the agent's ear only.
    KeyTone(char),

    /// The history has changed.
    History { unseen_missed: u32 },
    /// The database is open; a damaged one was moved aside.
    StorageOpen { set_aside: Option<PathBuf> },
    /// The database cannot be used.
    StorageFailed { detail: String },

    /// The address book has changed.
    Contacts,
    /// The list of outside address books has changed, or how one of them stands.
    Sources,
    /// How contacts stand at the server has changed, perhaps.
    ContactsSync,
    /// Bytes of the file that is imported: how many were taken in, of how many.
    ContactsImport { done: usize, total: usize },
    /// Who has the number of a call; `question` is the one that is answered.
    Caller { call: CallId, question: u64, name: Option<String> },

    /// Everything.
    Snapshot(oneshot::Sender<(u64, Snapshot)>),
    /// Numbers of a call.
    Stats(CallId, oneshot::Sender<CallStats>),
    /// The addresses of this computer changed, or it woke.
    NetworkChanged,
    /// End: hang up, unregister, close.
    Stop(oneshot::Sender<()>),
}

/// A session that was kept in the keychain.
pub(crate) enum Kept {
    /// Token of a team server, and who was in then, when that is known.
    Team { server: String, email: String, token: base::Secret, user: Option<Box<User>> },
    /// A SIP account with its password.
    Sip(Box<SipSignIn>),
}
