//! Accounts: who this phone is, and where it registers.

use base::{AccountId, Aor, Secret};

/// How SIP travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// SIP over WebSocket (RFC 7118), plain. Only for this computer and for tests.
    Ws,
    /// SIP over WebSocket over TLS (RFC 7118).
    Wss,
}

/// Where SIP goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    /// Transport.
    pub transport: Transport,
    /// Host name or address, as the user or the server gave it; TLS verifies this name.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path of the WebSocket, beginning with `/`.
    pub path: String,
}

/// Two kinds of account (DECISIONS 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// Everything is provisioned by a Rannan team server.
    Team {
        /// Base URL of the server, `https://host[:port]`.
        server_url: String,
        /// Sign-in name.
        email: String,
    },
    /// Any PBX.
    Sip,
}

/// An account of this phone, ready to register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Ours.
    pub id: AccountId,
    /// Team or plain SIP.
    pub kind: AccountKind,
    /// Address of record that is registered.
    pub aor: Aor,
    /// Name sent in From; empty means none.
    pub display_name: String,
    /// Digest user name; often the user part of the AOR.
    pub auth_user: String,
    /// Digest password.
    pub password: Secret,
    /// Where to register.
    pub server: Server,
    /// ICE servers for this account's calls (`stun:` and `turn:` URIs). Empty: host candidates only.
    pub ice_servers: Vec<String>,
}

/// What the phone knows of its registration. Shown as *Web Phone* in the system status (SY-02).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Not asked for.
    Off,
    /// Connecting or REGISTER sent.
    Registering,
    /// Confirmed by the registrar.
    Registered,
    /// Refused or unreachable; tried again by itself at `retry_in_ms` when that is known.
    Failed {
        /// Why.
        why: RegistrationFailure,
        /// When the next attempt comes, in milliseconds from the notice; `None`: only the user can mend it.
        retry_in_ms: Option<u64>,
    },
    /// Unregister sent, waiting for the answer (5 s at most).
    Unregistering,
}

/// Why a registration failed, as far as the user is told different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationFailure {
    /// 401/403 after an answer to the challenge: user name or password are wrong.
    WrongCredentials,
    /// The server knows this account and does not take it in this network (EC-09).
    NotFromHere,
    /// 403 without a challenge, 404: the server does not let this account in.
    Refused {
        /// Status code.
        code: u16,
    },
    /// No connection: name not found, refused, timed out.
    Unreachable,
    /// TLS: certificate unknown, expired or for another name.
    BadCertificate,
    /// No answer to REGISTER within 32 s (Timer F).
    NoAnswer,
    /// 5xx or anything else.
    ServerError {
        /// Status code.
        code: u16,
    },
}
