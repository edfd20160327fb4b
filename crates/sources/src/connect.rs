//! The way to a host: its name, its addresses, whom TLS believes, and what a failure on the way is called.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use model::SourceWhy;
use rustls::{CertificateError, ClientConfig};
use tokio::net::lookup_host;
use tokio::time::timeout;
use url::Host;

use crate::reading::Ask;
use crate::stop::Stop;

/// Addresses of a name that are tried.
const MOST_ADDRESSES: usize = 8;

/// The addresses of a host.
pub(crate) async fn addresses(ask: &Ask, host: &Host, port: u16) -> Result<Vec<SocketAddr>, Stop> {
    let found: Vec<_> = match host {
        Host::Ipv4(ip) => vec![SocketAddr::from((*ip, port))],
        Host::Ipv6(ip) => vec![SocketAddr::from((*ip, port))],
        Host::Domain(name) => {
            let looked = timeout(ask.limits.connect, lookup_host((name.as_str(), port))).await;
            let looked = looked.map_err(|_| SourceWhy::TimedOut)?;
            looked.map_err(|_| Stop::from(SourceWhy::NoSuchHost))?.take(MOST_ADDRESSES).collect()
        }
    };
    if found.is_empty() { Err(SourceWhy::NoSuchHost.into()) } else { Ok(found) }
}

/// Whom TLS believes: the system's certificates, and those of the address book.
pub(crate) async fn trust(ask: &Ask) -> Result<Arc<ClientConfig>, Stop> {
    let certificates = ask.source.certificates.clone();
    // The system's certificates are files.
    let read = tokio::task::spawn_blocking(move || {
        let trust = match certificates.as_str() {
            "" => sip_io::Trust::system(),
            pem => sip_io::Trust::with_extra(pem).map_err(|_| SourceWhy::BadCertificateFile)?,
        };
        Ok::<_, SourceWhy>(trust.client_config())
    });
    Ok(read.await.map_err(|_| SourceWhy::BadCertificate)??)
}

/// What a failed connection or request is called: the innermost cause that we know decides.
pub(crate) fn why(error: &(dyn Error + 'static)) -> Stop {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return of_tls(tls);
        }
        if let Some(io) = error.downcast_ref::<std::io::Error>()
            && io.kind() == std::io::ErrorKind::TimedOut
        {
            return SourceWhy::TimedOut.into();
        }
        // An io::Error hides what it wraps from `source`.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    SourceWhy::Unreachable.into()
}

fn of_tls(error: &rustls::Error) -> Stop {
    let rustls::Error::InvalidCertificate(fault) = error else {
        // Whatever answers does not speak TLS, or none of this decade.
        return Stop::new(SourceWhy::NoTls, &error.to_string());
    };
    let why = match fault {
        CertificateError::UnknownIssuer => SourceWhy::UnknownIssuer,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => SourceWhy::WrongName,
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => SourceWhy::Expired,
        _ => SourceWhy::BadCertificate,
    };
    Stop::new(why, &fault.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn pain_15_a_failed_connection_has_a_name() {
        let name = |error: Error| why(&error).into_fault().why;
        let certificate = |fault| Error::other(rustls::Error::InvalidCertificate(fault));
        assert_eq!(name(certificate(CertificateError::UnknownIssuer)), SourceWhy::UnknownIssuer);
        assert_eq!(name(certificate(CertificateError::NotValidForName)), SourceWhy::WrongName);
        assert_eq!(name(certificate(CertificateError::Expired)), SourceWhy::Expired);
        assert_eq!(name(certificate(CertificateError::BadSignature)), SourceWhy::BadCertificate);
        assert_eq!(name(Error::other(rustls::Error::DecryptError)), SourceWhy::NoTls);
        assert_eq!(name(ErrorKind::TimedOut.into()), SourceWhy::TimedOut);
        assert_eq!(name(ErrorKind::ConnectionRefused.into()), SourceWhy::Unreachable);
    }
}
