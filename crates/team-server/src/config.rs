//! What a server is told before it starts.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base::Secret;
use url::Url;

use crate::mail::MailSettings;

/// Name of the SQLite file in the data folder.
const DATABASE_FILE: &str = "server.db";
/// Name of the folder of recordings in the data folder.
const RECORDINGS: &str = "recordings";

/// Everything [`crate::start`] needs to know.
#[derive(Clone)]
pub struct ServerConfig {
    /// Where to listen; port 0 takes a free one.
    pub bind: SocketAddr,
    /// `sqlite:PATH` (made when missing, readable by its owner only) or `postgres://…`.
    pub database_url: String,
    /// Password of PostgreSQL, apart from the URL, so that the URL can be shown.
    pub database_password: Option<Secret>,
    /// Folder of the recordings; made when missing, readable by its owner only. Servers that share a database share it, too.
    pub recordings: PathBuf,
    /// SIP domain: host of every AOR and realm of the digest, lower case.
    pub domain: String,
    /// Ready-made agents for this computer, and `/v1/try` to become one of them. Only together with a loopback address.
    pub practice: bool,
    /// WebSocket URLs that phones are told, in order. Empty: `ws://` and the host the phone asked for.
    pub public_ws_urls: Vec<String>,
    /// Base of the links in mails, `https://phones.example.com`: never taken from a request, or whoever asks could choose where the link
    /// leads. `None`: `http://` and the address, on a loopback address only.
    pub public_url: Option<String>,
    /// How mail is sent. `None`: it is not; whoever forgot their password is told to ask [`ServerConfig::help`].
    pub mail: Option<MailSettings>,
    /// Whom people ask who cannot sign in, in the administrator's words: a name, an address, a number.
    pub help: Option<String>,
    /// Origins (`https://host`) from which a browser may open `/sip`. `None`: any, the digest decides.
    pub allowed_origins: Option<Vec<String>>,
    /// ICE servers that phones are told.
    pub ice: Vec<String>,
    /// How long a session lives without being used.
    pub session_lifetime: Duration,
    /// How long SIP credentials are accepted.
    pub credentials_lifetime: Duration,
    /// Where Prometheus finds `/metrics`. `None`: nowhere.
    pub metrics: Option<MetricsSettings>,
    /// Open SIP WebSockets at the same time; more are answered 503.
    pub max_flows: usize,
    /// Open connections at the same time, SIP and events included; more wait in the system's queue.
    pub max_connections: usize,
}

/// Where Prometheus finds `/metrics`, and what it shows there.
#[derive(Clone)]
pub struct MetricsSettings {
    /// An address of its own; port 0 takes a free one.
    pub bind: SocketAddr,
    /// Shown as `Authorization: Bearer TOKEN`. Without one the address must be a loopback address.
    pub token: Option<Secret>,
}

impl MetricsSettings {
    /// On a network only those who show a token are told how busy a company is.
    pub(crate) fn is_allowed(&self) -> bool {
        self.token.is_some() || self.bind.ip().is_loopback()
    }
}

impl ServerConfig {
    /// Where a server listens that nobody told otherwise.
    pub const USUAL_BIND: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 5080);

    /// A server with its database in `dir`.
    #[must_use]
    pub fn in_dir(bind: SocketAddr, dir: &Path) -> Self {
        ServerConfig {
            bind,
            database_url: sqlite_url(&dir.join(DATABASE_FILE)),
            database_password: None,
            recordings: dir.join(RECORDINGS),
            domain: "rannan.local".to_owned(),
            practice: false,
            public_ws_urls: Vec::new(),
            public_url: None,
            mail: None,
            help: None,
            allowed_origins: None,
            ice: Vec::new(),
            session_lifetime: Duration::from_secs(30 * 24 * 3600),
            credentials_lifetime: Duration::from_secs(3600),
            metrics: None,
            // Two thousand agents with a second device, an event stream for each, and room for requests.
            max_flows: 5000,
            max_connections: 12_000,
        }
    }

    /// The embedded server: this computer only, a free port, ready-made agents.
    #[must_use]
    pub fn practice(dir: &Path) -> Self {
        ServerConfig { practice: true, ..Self::in_dir(SocketAddr::from(([127, 0, 0, 1], 0)), dir) }
    }

    /// The URL of the database with its password, for the driver alone.
    #[must_use]
    pub fn database_access(&self) -> Secret {
        let Some(password) = self.database_password.as_ref().filter(|_| !self.database_url.starts_with("sqlite:"))
        else {
            return Secret::new(self.database_url.as_str());
        };
        // As a parameter and not before the host, which may be missing: `postgres:///db?host=/run/postgresql`.
        match Url::parse(&self.database_url) {
            Ok(mut url) => {
                url.query_pairs_mut().append_pair("password", password.reveal());
                Secret::new(url.as_str())
            }
            // The driver says what is wrong with it.
            Err(_) => Secret::new(self.database_url.as_str()),
        }
    }
}

/// Whether a URL carries a password, where everybody sees it who sees the URL.
#[must_use]
pub fn holds_password(database_url: &str) -> bool {
    let Ok(url) = Url::parse(database_url) else { return false };
    url.password().is_some() || url.query_pairs().any(|(key, _)| key == "password")
}

/// `sqlite:` and the path, escaped as the driver reads it.
pub(crate) fn sqlite_url(path: &Path) -> String {
    let mut url = "sqlite:".to_owned();
    for c in path.to_string_lossy().chars() {
        match c {
            '%' | '?' | '#' | ' ' | '"' | '<' | '>' | '`' | '{' | '}' | '\\' => {
                url.push_str(&format!("%{:02X}", c as u32))
            }
            _ => url.push(c),
        }
    }
    url
}

/// The file behind a `sqlite:` URL; `None` for other databases and for memory.
pub(crate) fn sqlite_path(url: &str) -> Option<std::path::PathBuf> {
    let rest = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    let rest = rest.split('?').next().unwrap_or_default();
    if rest == ":memory:" {
        return None;
    }
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.as_bytes();
    while let Some((&first, tail)) = left.split_first() {
        let code = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                left = &tail[2..];
            }
            _ => {
                bytes.push(first);
                left = tail;
            }
        }
    }
    String::from_utf8(bytes).ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_reaches_the_driver_and_nothing_else() {
        let password = "c a&n%ary/=?#قهوة";
        let mut config = ServerConfig::in_dir(ServerConfig::USUAL_BIND, Path::new("data"));
        config.database_password = Some(Secret::new(password));
        assert_eq!(config.database_access().reveal(), config.database_url, "SQLite has none");
        for url in ["postgres://u@db:5/x", "postgres:///x?host=/run/postgresql", "postgres://u@db/x?sslmode=require"] {
            config.database_url = url.to_owned();
            let access = config.database_access();
            let read = Url::parse(access.reveal()).unwrap();
            let found = read.query_pairs().find(|(key, _)| key == "password").map(|(_, value)| value.into_owned());
            assert_eq!(found.as_deref(), Some(password), "{url}");
            assert!(holds_password(access.reveal()) && !holds_password(url));
        }
        assert!(holds_password("postgres://u:p@db/x") && !holds_password("sqlite:a:b@c"));
    }

    #[test]
    fn sqlite_url_survives_odd_folder_names() {
        for path in ["/tmp/a b/100%/server.db", "/home/خالد/what?#/server.db", r"C:\Users\Rana K\server.db"] {
            assert_eq!(sqlite_path(&sqlite_url(Path::new(path))).unwrap(), Path::new(path));
        }
    }
}
