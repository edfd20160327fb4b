//! What the server says, as plain values: no shape of the wire leaves this room.

use base::{Aor, Secret, WallMs};
use model::Role;

use team_api::Service;

use crate::error::TeamError;

/// The signed-in user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Id of the user.
    pub id: String,
    /// Sign-in name, set by the administrator (PR-04).
    pub email: String,
    /// Name as colleagues see it.
    pub name: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Revision of the picture, if there is one.
    pub avatar: Option<String>,
    /// Rises with each change of name or picture.
    pub profile_version: u64,
    /// Extension.
    pub extension: String,
    /// What the installation gives this user (PS-03).
    pub service: Service,
    /// When the password was last changed by its owner.
    pub password_changed: Option<WallMs>,
    /// Role (PS-03). One that this version does not know counts as the least.
    pub role: Role,
    /// Status of the account (PS-02).
    pub account_status: AccountStatus,
}

/// May the account be used? A status that this version does not know counts as `Suspended`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountStatus {
    /// Yes.
    Active,
    /// No.
    Suspended,
}

/// Everything that is needed to register, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SipCredentials {
    /// Address of record.
    pub aor: Aor,
    /// Name for From.
    pub display_name: String,
    /// WebSockets (`ws://` or `wss://`, with path) to try in this order; at least one.
    pub ws: Vec<String>,
    /// Digest user name.
    pub user: String,
    /// Digest password.
    pub password: Secret,
    /// When the server stops accepting it: ask for new ones before.
    pub expires_at: WallMs,
    /// With what leaves to supervise our calls are judged; `None`: the server gives none.
    pub supervision_key: Option<Secret>,
    /// What the server's clock said; 0: it did not say.
    pub server_now: WallMs,
    /// ICE servers.
    pub ice: Vec<String>,
}

/// Something happened on the server.
#[derive(Clone, Debug, PartialEq)]
pub enum TeamEvent {
    /// Our extension's first device came or its last one went.
    RegistrationChanged {
        /// At least one device is registered.
        registered: bool,
    },
    /// Our own status changed, here or on another phone of ours.
    StatusChanged(model::OwnStatus),
    /// We stand otherwise with the queues; `None`: we are no agent any more.
    AgentChanged(Option<Box<model::OwnAgent>>),
    /// There are other statuses, or they are called otherwise or keep other calls away.
    StatusesChanged,
    /// What the team sees of somebody changed.
    PresenceChanged(Box<model::Colleague>),
    /// What we may see and do is otherwise, and so is what we see of the team.
    RightsChanged,
    /// Other rules hold for recordings.
    RecordingPolicy,
    /// There are more or fewer recordings of one's own.
    RecordingsChanged,
    /// Messages came, went or were heard.
    VoicemailChanged,
    /// Users whom we administer are otherwise than before.
    DirectoryChanged {
        /// As they are now.
        changed: Vec<model::DirectoryUser>,
        /// Ids of those who are gone, or not ours any more.
        gone: Vec<String>,
    },
    /// A colleague who may sends our running call to this extension.
    TransferAsked {
        /// Where to.
        to: String,
        /// The colleague's name.
        by: String,
    },
    /// The live panel that we look at.
    PanelChanged(Box<model::Panel>),
    /// Somebody else has set our status.
    StatusForced(Box<model::ForcedStatus>),
    /// A supervision may not go on.
    SupervisionEnded {
        /// Extension of the supervisor.
        by: String,
        /// Extension of the agent.
        of: String,
    },
    /// Somebody has another name or picture, we perhaps.
    ProfileChanged(ProfileSeen),
    /// The parked calls that we may take are otherwise: all of them.
    ParkedChanged(Vec<model::ParkedCall>),
    /// An address book has changed; `change` is its newest.
    ContactsChanged {
        /// Ours, or the company's.
        book: model::Book,
        /// Number of its last change.
        change: u64,
    },
    /// A call to us was turned away, because our status blocks it.
    CallBlocked {
        /// Which.
        call: CallSeen,
        /// What the caller was answered.
        code: u16,
    },
    /// A call from or to us was begun.
    CallStarted(CallSeen),
    /// It rings.
    CallRinging(CallSeen),
    /// It was answered.
    CallAnswered(CallSeen),
    /// It is over.
    CallEnded {
        /// Which.
        call: CallSeen,
        /// Final SIP status code; 200 when an answered call was hung up.
        code: u16,
    },
}

/// Name and picture of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileSeen {
    /// Id of the user.
    pub id: String,
    /// Extension.
    pub extension: String,
    /// Name.
    pub name: String,
    /// Revision of the picture, if there is one.
    pub avatar: Option<String>,
    /// Rises with each change.
    pub profile_version: u64,
}

/// A call as the server sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallSeen {
    /// Opaque, the same for all events of one call.
    pub id: String,
    /// Calling extension.
    pub from: String,
    /// Dialled extension.
    pub to: String,
}

impl From<team_api::Me> for Me {
    fn from(me: team_api::Me) -> Self {
        Me {
            id: me.id,
            email: me.email,
            name: me.name,
            first_name: me.first_name,
            last_name: me.last_name,
            avatar: me.avatar,
            profile_version: me.profile_version,
            extension: me.extension,
            service: me.service,
            password_changed: me.password_changed_ms.map(WallMs),
            role: me.role.known().unwrap_or(Role::User),
            account_status: match me.account_status {
                team_api::AccountStatus::Active => AccountStatus::Active,
                team_api::AccountStatus::Suspended | team_api::AccountStatus::Unknown => AccountStatus::Suspended,
            },
        }
    }
}

impl TryFrom<team_api::SipCredentials> for SipCredentials {
    type Error = TeamError;

    fn try_from(c: team_api::SipCredentials) -> Result<Self, TeamError> {
        let ws: Vec<String> =
            c.ws.into_iter().filter(|url| url.starts_with("ws://") || url.starts_with("wss://")).collect();
        if ws.is_empty() {
            return Err(TeamError::NotAServer);
        }
        Ok(SipCredentials {
            aor: c.aor.parse().map_err(|_| TeamError::NotAServer)?,
            display_name: c.display_name,
            ws,
            user: c.user,
            password: c.password,
            expires_at: WallMs(c.expires_at_ms),
            supervision_key: c.supervision_key,
            server_now: WallMs(c.now_ms),
            ice: c.ice,
        })
    }
}

impl TeamEvent {
    /// `None` for what concerns the stream itself.
    pub(crate) fn from_wire(body: team_api::EventBody) -> Option<Self> {
        use team_api::{CallData, EventBody};
        let seen = |CallData { call, from, to }| CallSeen { id: call, from, to };
        Some(match body {
            EventBody::Hello(_) | EventBody::Resync => return None,
            EventBody::AgentChanged(data) => TeamEvent::AgentChanged(crate::agent::own_agent(data).map(Box::new)),
            EventBody::RegistrationChanged(data) => TeamEvent::RegistrationChanged { registered: data.registered },
            EventBody::CallStarted(data) => TeamEvent::CallStarted(seen(data)),
            EventBody::CallRinging(data) => TeamEvent::CallRinging(seen(data)),
            EventBody::CallAnswered(data) => TeamEvent::CallAnswered(seen(data)),
            EventBody::CallEnded(data) => {
                TeamEvent::CallEnded { call: CallSeen { id: data.call, from: data.from, to: data.to }, code: data.code }
            }
            EventBody::CallBlocked(data) => TeamEvent::CallBlocked {
                call: CallSeen { id: data.call, from: data.from, to: data.to },
                code: data.code,
            },
            EventBody::StatusChanged(mine) => TeamEvent::StatusChanged(crate::status::own_status(mine)),
            EventBody::StatusesChanged => TeamEvent::StatusesChanged,
            EventBody::RightsChanged => TeamEvent::RightsChanged,
            EventBody::RecordingPolicy => TeamEvent::RecordingPolicy,
            EventBody::RecordingsChanged => TeamEvent::RecordingsChanged,
            EventBody::VoicemailChanged(_) => TeamEvent::VoicemailChanged,
            EventBody::DirectoryChanged(data) => TeamEvent::DirectoryChanged {
                changed: data.changed.into_iter().map(crate::directory::row).collect(),
                gone: data.gone,
            },
            EventBody::ParkedChanged(parked) => TeamEvent::ParkedChanged(crate::parking::calls(parked)),
            EventBody::TransferAsked(data) => TeamEvent::TransferAsked { to: data.to, by: data.by },
            EventBody::PanelChanged(panel) => TeamEvent::PanelChanged(Box::new(crate::panel::panel(*panel))),
            EventBody::StatusForced(data) => TeamEvent::StatusForced(Box::new(crate::directory::forced(data))),
            EventBody::SupervisionEnded(data) => TeamEvent::SupervisionEnded { by: data.by, of: data.of },
            EventBody::ProfileChanged(data) => TeamEvent::ProfileChanged(ProfileSeen {
                id: data.id,
                extension: data.extension,
                name: data.name,
                avatar: data.avatar,
                profile_version: data.profile_version,
            }),
            EventBody::ContactsChanged(data) => {
                TeamEvent::ContactsChanged { book: model::Book::from_code(&data.book)?, change: data.seq }
            }
            EventBody::PresenceChanged(person) => {
                TeamEvent::PresenceChanged(Box::new(crate::status::colleague(person)))
            }
        })
    }
}
