//! Why the server did not answer as asked, in as many kinds as the user is told different things.

use std::error::Error;
use std::time::Duration;

/// A request that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TeamError {
    /// E-mail or password are wrong.
    #[error("the e-mail or the password is not right")]
    WrongCredentials {
        /// Tries before a wait, when the server said so.
        tries_left: Option<u32>,
    },
    /// Too many tries.
    #[error("too many tries, wait {} s", retry_after.as_secs())]
    RateLimited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// Name not found, refused, no route, timed out, or the connection broke.
    #[error("the server cannot be reached")]
    Unreachable,
    /// Unknown issuer, expired, or for another name.
    #[error("the certificate of the server is not trusted")]
    BadCertificate,
    /// Something answers, but it is no Rannan team server.
    #[error("this is not a team server")]
    NotAServer,
    /// What was given as address is none, or is plain HTTP to another computer.
    #[error("this is not an address of a server")]
    BadAddress,
    /// The session ended: sign in again.
    #[error("the session has ended")]
    Expired,
    /// The account may not be used.
    #[error("the account is suspended")]
    Suspended,
    /// The server refuses or fails for another reason.
    #[error("the server answered {status} {code}")]
    Server {
        /// HTTP status.
        status: u16,
        /// Code of the problem; `gateway` when a proxy in front of the server answered.
        code: String,
    },
}

impl TeamError {
    /// From a failed connection or request: the innermost cause that we know decides.
    pub(crate) fn from_transport(error: &(dyn Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(kind) = known(error) {
                return kind;
            }
            // An io::Error hides what it wraps from `source`.
            let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
            next = wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
        }
        TeamError::Unreachable
    }
}

fn known(error: &(dyn Error + 'static)) -> Option<TeamError> {
    use tokio_tungstenite::tungstenite::Error as Ws;
    use tokio_tungstenite::tungstenite::error::ProtocolError as Protocol;
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(match tls {
            rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented => TeamError::BadCertificate,
            // Whatever answers does not speak TLS, or none of this decade.
            _ => TeamError::NotAServer,
        });
    }
    if let Some(Ws::Protocol(Protocol::ResetWithoutClosingHandshake | Protocol::HandshakeIncomplete)) =
        error.downcast_ref()
    {
        return Some(TeamError::Unreachable);
    }
    if let Some(Ws::Protocol(_) | Ws::HttpFormat(_) | Ws::Utf8(_)) = error.downcast_ref::<Ws>() {
        return Some(TeamError::NotAServer);
    }
    if error.downcast_ref::<tokio_tungstenite::tungstenite::http::Error>().is_some() {
        return Some(TeamError::NotAServer);
    }
    None
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::{Error, error::ProtocolError};

    use super::*;

    #[test]
    fn a_killed_server_is_unreachable_and_a_foreign_one_is_none() {
        let kind = |error: ProtocolError| TeamError::from_transport(&Error::Protocol(error));
        assert_eq!(kind(ProtocolError::ResetWithoutClosingHandshake), TeamError::Unreachable);
        assert_eq!(kind(ProtocolError::MissingConnectionUpgradeHeader), TeamError::NotAServer);
        let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        assert_eq!(TeamError::from_transport(&Error::Io(reset)), TeamError::Unreachable);
    }

    #[test]
    fn tls_errors_are_found_inside_io_errors() {
        let wrapped = |error: rustls::Error| TeamError::from_transport(&std::io::Error::other(error));
        let expired = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        assert_eq!(wrapped(expired), TeamError::BadCertificate);
        assert_eq!(wrapped(rustls::Error::DecryptError), TeamError::NotAServer);
    }
}
