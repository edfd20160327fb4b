//! Why a flow is down.

use std::io;

use tokio_tungstenite::tungstenite::Error as WsError;

/// Why a flow could not be opened, or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FlowFault {
    /// No such name, no route, or nobody listens. Trying again may help.
    #[error("the server cannot be reached")]
    Unreachable,
    /// TLS: issuer unknown, expired, or for another name. Trying again does not help.
    #[error("the server's certificate is not trusted")]
    BadCertificate,
    /// Somebody answered, but not as a SIP WebSocket: another HTTP status than 101, no sub-protocol `sip`, no TLS.
    #[error("the server refused the WebSocket (status {status:?})")]
    Refused {
        /// HTTP status, when there was one.
        status: Option<u16>,
    },
    /// Connecting took too long, or nothing was received within [`crate::SILENCE_LIMIT`], or nothing could be written.
    #[error("the server does not answer")]
    TimedOut,
    /// The peer or the network ended an open flow.
    #[error("the connection was closed")]
    Closed,
}

impl FlowFault {
    /// What an error during connecting means.
    pub(crate) fn of_handshake(error: &WsError) -> FlowFault {
        match error {
            WsError::Io(error) => FlowFault::of_io(error),
            WsError::Http(response) => FlowFault::Refused { status: Some(response.status().as_u16()) },
            WsError::ConnectionClosed
            | WsError::AlreadyClosed
            | WsError::Tls(_)
            | WsError::Capacity(_)
            | WsError::Protocol(_)
            | WsError::WriteBufferFull(_)
            | WsError::Utf8(_)
            | WsError::AttackAttempt
            | WsError::Url(_)
            | WsError::HttpFormat(_) => FlowFault::Refused { status: None },
        }
    }

    /// What an error of the socket or of TLS means. `tokio-rustls` wraps its errors into those of the socket.
    pub(crate) fn of_io(error: &io::Error) -> FlowFault {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) => {
                FlowFault::BadCertificate
            }
            Some(_) => FlowFault::Refused { status: None },
            None if error.kind() == io::ErrorKind::TimedOut => FlowFault::TimedOut,
            None => FlowFault::Unreachable,
        }
    }
}
