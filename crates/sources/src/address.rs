//! Where an address book is, and whether its password may go there.

use std::net::IpAddr;

use model::{Source, SourceFault, SourceWhy};
use url::{Host, Url};

/// Where an LDAP server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LdapPlace {
    /// Name or address.
    pub(crate) host: Host,
    /// Port.
    pub(crate) port: u16,
    /// When TLS begins.
    pub(crate) tls: Tls,
}

/// When TLS begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tls {
    /// With the first byte.
    AtOnce,
    /// After it was asked for (RFC 4511 §4.14).
    Asked,
    /// Never.
    Never,
}

/// The URL of a CardDAV server or book. `host` alone is HTTPS.
pub(crate) fn dav(source: &Source, has_password: bool) -> Result<Url, SourceFault> {
    let typed = source.address.trim();
    let text = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = parsed(&text)?;
    let cleartext = match url.scheme() {
        "https" => false,
        "http" => true,
        _ => return Err(SourceWhy::BadAddress.into()),
    };
    permit(source, has_password, cleartext, &host(&url)?)?;
    Ok(url)
}

/// The place of an LDAP server. `host` alone is `ldaps`.
pub(crate) fn ldap(source: &Source, has_password: bool) -> Result<LdapPlace, SourceFault> {
    let typed = source.address.trim();
    let (scheme, rest) = typed.split_once("://").unwrap_or(("ldaps", typed));
    let (tls, usual) = match (scheme.to_ascii_lowercase().as_str(), source.starttls) {
        ("ldaps", _) => (Tls::AtOnce, 636),
        ("ldap", true) => (Tls::Asked, 389),
        ("ldap", false) => (Tls::Never, 389),
        _ => return Err(SourceWhy::BadAddress.into()),
    };
    // Only known schemes have hosts of letters outside ASCII and addresses; an unknown one keeps its port even when it is the usual one.
    let url = parsed(&format!("https://{rest}"))?;
    let port = parsed(&format!("ldap://{}", rest))?.port();
    if url.path() != "/" || url.query().is_some() {
        return Err(SourceWhy::BadAddress.into());
    }
    let host = host(&url)?;
    permit(source, has_password, tls == Tls::Never, &host)?;
    Ok(LdapPlace { host, port: port.unwrap_or(usual), tls })
}

fn parsed(text: &str) -> Result<Url, SourceFault> {
    let url = Url::parse(text).map_err(|fault| SourceFault::new(SourceWhy::BadAddress, &fault.to_string()))?;
    // A password in an address would be kept and shown with it.
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if bare && url.has_host() { Ok(url) } else { Err(SourceWhy::BadAddress.into()) }
}

fn host(url: &Url) -> Result<Host, SourceFault> {
    url.host().map(|host| host.to_owned()).ok_or(SourceWhy::BadAddress.into())
}

fn permit(source: &Source, has_password: bool, cleartext: bool, host: &Host) -> Result<(), SourceFault> {
    if !source.user.trim().is_empty() && !has_password {
        return Err(SourceWhy::NoPassword.into());
    }
    let secret = has_password || !source.user.trim().is_empty();
    if secret && cleartext && !is_loopback(host) { Err(SourceWhy::Cleartext.into()) } else { Ok(()) }
}

fn is_loopback(host: &Host) -> bool {
    match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => IpAddr::from(*ip).is_loopback(),
        Host::Ipv6(ip) => IpAddr::from(*ip).is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use model::SourceKind;

    use super::*;

    fn source(kind: SourceKind, address: &str, user: &str) -> Source {
        Source { kind, address: address.into(), user: user.into(), starttls: true, ..Source::default() }
    }

    fn dav_of(address: &str, user: &str) -> Result<String, SourceWhy> {
        let source = source(SourceKind::CardDav, address, user);
        dav(&source, !user.is_empty()).map(|url| url.to_string()).map_err(|fault| fault.why)
    }

    #[test]
    fn carddav_addresses_are_read_as_people_type_them() {
        assert_eq!(dav_of("cloud.example", "noor"), Ok("https://cloud.example/".into()));
        assert_eq!(dav_of(" https://cloud.example/dav/ ", "noor"), Ok("https://cloud.example/dav/".into()));
        assert_eq!(dav_of("http://127.0.0.1:5232/", "noor"), Ok("http://127.0.0.1:5232/".into()));
        assert_eq!(dav_of("http://intranet.example/", ""), Ok("http://intranet.example/".into()));
        for nonsense in ["", "ftp://x", "https://", "a b", "https://noor:secret@x/", "ldap://x"] {
            assert_eq!(dav_of(nonsense, "noor"), Err(SourceWhy::BadAddress), "{nonsense}");
        }
    }

    #[test]
    fn pain_15_no_password_travels_in_the_clear() {
        assert_eq!(dav_of("http://cloud.example/", "noor"), Err(SourceWhy::Cleartext));
        assert_eq!(dav_of("http://localhost.evil.example/", "noor"), Err(SourceWhy::Cleartext));
        let mut plain = source(SourceKind::Ldap, "ldap://ldap.example", "noor");
        assert!(ldap(&plain, true).is_ok());
        plain.starttls = false;
        assert_eq!(ldap(&plain, true).map_err(|fault| fault.why), Err(SourceWhy::Cleartext));
        plain.address = "ldap://[::1]:3389".into();
        assert!(ldap(&plain, true).is_ok());
        assert_eq!(ldap(&plain, false).map_err(|fault| fault.why), Err(SourceWhy::NoPassword));
    }

    #[test]
    fn ldap_addresses_have_their_usual_ports() {
        let place = |address: &str| ldap(&source(SourceKind::Ldap, address, ""), false).map(|it| (it.port, it.tls));
        assert_eq!(place("ldap.example"), Ok((636, Tls::AtOnce)));
        assert_eq!(place("ldaps://ldap.example:1636/"), Ok((1636, Tls::AtOnce)));
        assert_eq!(place("ldap://ldap.example:443"), Ok((443, Tls::Asked)));
        assert_eq!(place("LDAP://دليل.example"), Ok((389, Tls::Asked)));
        assert!(place("https://ldap.example").is_err() && place("ldap://x/dc=example").is_err());
    }
}
