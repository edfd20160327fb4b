//! Where a flow goes.

use url::{Host, Url};

/// Where a flow goes: `ws://host:port/path` or `wss://…`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FlowTarget {
    /// TLS.
    pub secure: bool,
    /// Name or address, IPv6 without brackets. TLS verifies this name.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path and query, beginning with `/`.
    pub path: String,
}

/// Why a text is no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Not a URL.
    #[error("not a URL; expected wss://host[:port]/path")]
    Shape,
    /// Another scheme than `ws` and `wss`.
    #[error("only wss:// and ws:// are understood")]
    Scheme,
}

impl FlowTarget {
    /// Reads `ws://` and `wss://` URLs. Ports default to 80 and 443.
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn parse(text: &str) -> Result<FlowTarget, TargetError> {
        let url = Url::parse(text.trim()).map_err(|_| TargetError::Shape)?;
        let secure = match url.scheme() {
            "wss" => true,
            "ws" => false,
            _ => return Err(TargetError::Scheme),
        };
        let host = match url.host().ok_or(TargetError::Shape)? {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let port = url.port_or_known_default().ok_or(TargetError::Shape)?;
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        Ok(FlowTarget { secure, host, port, path })
    }

    /// The URL of the upgrade request.
    pub(crate) fn url(&self) -> String {
        let scheme = if self.secure { "wss" } else { "ws" };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        format!("{scheme}://{host}:{}{}", self.port, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(bool, &str, u16, &str), TargetError>) {
        let expected = expected.map(|(secure, host, port, path)| FlowTarget {
            secure,
            host: host.into(),
            port,
            path: path.into(),
        });
        assert_eq!(FlowTarget::parse(text), expected, "{text}");
    }

    #[test]
    fn urls_become_targets() {
        check("wss://phones.example.com/sip", Ok((true, "phones.example.com", 443, "/sip")));
        check(" ws://127.0.0.1:8080 ", Ok((false, "127.0.0.1", 8080, "/")));
        check("wss://[::1]:8443/ws?x=1", Ok((true, "::1", 8443, "/ws?x=1")));
        check("https://phones.example.com", Err(TargetError::Scheme));
        check("phones.example.com", Err(TargetError::Shape));
        check("", Err(TargetError::Shape));
    }

    #[test]
    fn addresses_of_version_six_get_their_brackets_back() {
        let target = FlowTarget::parse("wss://[::1]:8443/ws").unwrap();
        assert_eq!(target.url(), "wss://[::1]:8443/ws");
    }
}
