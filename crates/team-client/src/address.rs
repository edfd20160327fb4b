//! From what was typed into the field *Server* to a base URL.

use std::net::IpAddr;

use url::{Host, Url};

use crate::error::TeamError;

/// `host`, `host:port` and `https://host[:port]` are HTTPS; `http://…` is taken for this computer only. No path, no user.
pub(crate) fn base_url(typed: &str) -> Result<Url, TeamError> {
    let typed = typed.trim();
    let text = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&text).map_err(|_| TeamError::BadAddress)?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    let scheme_fits = match url.scheme() {
        "https" => true,
        "http" => is_loopback(&url),
        _ => false,
    };
    if bare && anonymous && scheme_fits && url.has_host() { Ok(url) } else { Err(TeamError::BadAddress) }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::from(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::from(ip).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_https() {
        for (typed, expected) in [
            ("team.example.com", "https://team.example.com/"),
            (" team.example.com:8443/ ", "https://team.example.com:8443/"),
            ("https://team.example.com", "https://team.example.com/"),
            ("127.0.0.1:5080", "https://127.0.0.1:5080/"),
            ("http://127.0.0.1:5080", "http://127.0.0.1:5080/"),
            ("http://localhost:5080/", "http://localhost:5080/"),
            ("http://[::1]:5080", "http://[::1]:5080/"),
            ("خادم.example", "https://xn--mgb2dyb.example/"),
        ] {
            match base_url(typed) {
                Ok(url) if typed.is_ascii() => assert_eq!(url.as_str(), expected, "{typed}"),
                Ok(url) => assert!(url.as_str().starts_with("https://xn--"), "{url}"),
                Err(error) => panic!("{typed}: {error}"),
            }
        }
    }

    #[test]
    fn nonsense_and_plain_http_are_refused() {
        for typed in [
            "",
            "http://team.example.com",
            "http://localhost.evil.test",
            "ftp://x",
            "a b",
            "user:pw@host",
            "host/path",
            "host?x",
            "://",
            "https://",
        ] {
            assert!(matches!(base_url(typed), Err(TeamError::BadAddress)), "{typed:?}");
        }
    }
}
