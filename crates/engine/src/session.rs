//! Who is signed in, and what went wrong on the way.

use std::time::Duration;

use base::{AccountId, Aor, Secret};
use model::{Account, AccountKind, RegistrationFailure, Server, Transport};
use sip_io::FlowTarget;
use team_client::TeamError;

use crate::profile::Profile;

/// The person at this phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Stable id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// E-mail; empty for a SIP account.
    pub email: String,
    /// Extension.
    pub extension: String,
    /// Base URL of the team server, or the domain of a SIP account.
    pub server: String,
    /// A practice account.
    pub practice: bool,
    /// What the team server knows of them; `None` for a SIP account.
    pub profile: Option<Profile>,
}

/// Where we stand.
///
/// ```text
/// SignedOut ─▶ SigningIn ─▶ SignedIn ─▶ SigningOut ─▶ SignedOut
///     ▲            │            └─ the server ended it ──▲
///     └─ refused ──┘
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// Not signed in.
    SignedOut {
        /// Why, when it was not the user's wish.
        why: Option<SignedOutWhy>,
        /// Server last used, to fill the form.
        server: String,
        /// E-mail last used, to fill the form.
        email: String,
    },
    /// On the way.
    SigningIn,
    /// In. Whether calls are possible is another question: see the registration.
    SignedIn(User),
    /// Unregistering, 5 s at most.
    SigningOut,
}

/// Why we are out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedOutWhy {
    /// The session is no longer valid at the server.
    Expired,
    /// The kept session could not be resumed; when the server could not be reached, it is tried on in the background.
    Failed(SignInError),
    /// The account was suspended (PS-02).
    Suspended,
    /// There is no keychain, so nothing could be kept.
    NoKeychain,
}

/// What of a sign-in stays on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The session too: the next start goes on with it.
    Session,
    /// History, contacts and what the form was filled with.
    Data,
    /// Nothing: others use this computer (LO-02).
    Nothing,
}

impl From<bool> for Keep {
    /// Whether the session is kept.
    fn from(session: bool) -> Self {
        if session { Keep::Session } else { Keep::Data }
    }
}

/// Why signing in failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// User name or password are wrong.
    #[error("user name or password are wrong")]
    WrongCredentials {
        /// Tries left before the account is locked for a while.
        tries_left: Option<u32>,
    },
    /// Too many tries.
    #[error("too many tries")]
    RateLimited {
        /// When to try again.
        retry_after: Duration,
    },
    /// No connection.
    #[error("the server cannot be reached")]
    Unreachable,
    /// TLS.
    #[error("the server's certificate is not trusted")]
    BadCertificate,
    /// Something else answers there.
    #[error("there is no Rannan server at this address")]
    NotAServer,
    /// The text is no address.
    #[error("this is no server address")]
    BadAddress,
    /// The registrar does not let this account in.
    #[error("the server refused the account ({code})")]
    Refused {
        /// SIP status code.
        code: u16,
    },
    /// No answer to REGISTER.
    #[error("the server does not answer")]
    NoAnswer,
    /// The kept session is no longer valid.
    #[error("the session has expired")]
    Expired,
    /// The account may not be used (PS-02).
    #[error("the account is suspended")]
    Suspended,
    /// The server failed.
    #[error("the server failed ({status} {code})")]
    Server {
        /// HTTP or SIP status.
        status: u16,
        /// Code of the team API; empty for SIP.
        code: String,
    },
    /// Another sign-in, a sign-out or the end of the program came before the answer.
    #[error("superseded by a later request")]
    Superseded,
}

impl From<TeamError> for SignInError {
    fn from(error: TeamError) -> Self {
        match error {
            TeamError::WrongCredentials { tries_left } => SignInError::WrongCredentials { tries_left },
            TeamError::RateLimited { retry_after } => SignInError::RateLimited { retry_after },
            TeamError::Unreachable => SignInError::Unreachable,
            TeamError::BadCertificate => SignInError::BadCertificate,
            TeamError::NotAServer => SignInError::NotAServer,
            TeamError::BadAddress => SignInError::BadAddress,
            TeamError::Expired => SignInError::Expired,
            TeamError::Suspended => SignInError::Suspended,
            TeamError::Server { status, code } => SignInError::Server { status, code },
        }
    }
}

impl From<&RegistrationFailure> for SignInError {
    fn from(failure: &RegistrationFailure) -> Self {
        match *failure {
            RegistrationFailure::WrongCredentials => SignInError::WrongCredentials { tries_left: None },
            RegistrationFailure::NotFromHere => SignInError::Refused { code: 403 },
            RegistrationFailure::Refused { code } => SignInError::Refused { code },
            RegistrationFailure::Unreachable => SignInError::Unreachable,
            RegistrationFailure::BadCertificate => SignInError::BadCertificate,
            RegistrationFailure::NoAnswer => SignInError::NoAnswer,
            RegistrationFailure::ServerError { code } => SignInError::Server { status: code, code: String::new() },
        }
    }
}

/// A plain SIP account, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SipSignIn {
    /// `wss://host[:port]/path`.
    pub url: String,
    /// User part of the address.
    pub user: String,
    /// Domain.
    pub domain: String,
    /// Digest user; empty: same as `user`.
    pub auth_user: String,
    /// Digest password.
    pub password: Secret,
    /// Name shown to others; may be empty.
    pub display_name: String,
}

impl SipSignIn {
    /// What the phone registers.
    ///
    /// # Errors
    /// [`SignInError::BadAddress`] when URL, user or domain cannot be used.
    pub(crate) fn account(&self) -> Result<Account, SignInError> {
        let server = server_of(&self.url)?;
        let aor = Aor::new(self.user.trim(), self.domain.trim()).map_err(|_| SignInError::BadAddress)?;
        let auth_user = if self.auth_user.is_empty() { aor.user.clone() } else { self.auth_user.clone() };
        Ok(Account {
            id: ACCOUNT,
            kind: AccountKind::Sip,
            aor,
            display_name: self.display_name.clone(),
            auth_user,
            password: self.password.clone(),
            server,
            ice_servers: Vec::new(),
        })
    }

    /// Who that is, for the screen.
    pub(crate) fn user_of(account: &Account) -> User {
        let name = if account.display_name.is_empty() { &account.aor.user } else { &account.display_name };
        User {
            id: account.aor.to_string(),
            name: name.clone(),
            email: String::new(),
            extension: account.aor.user.clone(),
            server: account.aor.host.clone(),
            practice: false,
            profile: None,
        }
    }
}

/// The phone has one account at a time.
pub(crate) const ACCOUNT: AccountId = AccountId(1);

/// Where SIP goes, from a WebSocket URL.
pub(crate) fn server_of(url: &str) -> Result<Server, SignInError> {
    let target = FlowTarget::parse(url).map_err(|_| SignInError::BadAddress)?;
    let transport = if target.secure { Transport::Wss } else { Transport::Ws };
    Ok(Server { transport, host: target.host, port: target.port, path: target.path })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(url: &str, user: &str, auth_user: &str) -> SipSignIn {
        SipSignIn {
            url: url.into(),
            user: user.into(),
            domain: "pbx.example.com".into(),
            auth_user: auth_user.into(),
            password: Secret::new("x"),
            display_name: String::new(),
        }
    }

    #[test]
    fn a_typed_sip_account_is_completed() {
        let account = typed("wss://pbx.example.com/ws", "101", "").account().unwrap();
        assert_eq!(account.auth_user, "101");
        assert_eq!(account.server.port, 443);
        assert_eq!(SipSignIn::user_of(&account).name, "101");
        assert_eq!(typed("wss://pbx.example.com/ws", "101", "agent").account().unwrap().auth_user, "agent");
    }

    #[test]
    fn nonsense_is_no_address() {
        assert_eq!(typed("pbx", "101", "").account(), Err(SignInError::BadAddress));
        assert_eq!(typed("wss://pbx.example.com/ws", "", "").account(), Err(SignInError::BadAddress));
        assert_eq!(typed("wss://pbx.example.com/ws", "1 0\r\n1", "").account(), Err(SignInError::BadAddress));
    }
}
