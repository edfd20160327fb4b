//! The configuration file: TOML, with a commented example that `rannan-server config` prints.
//!
//! A key that is not known is an error with its line: a typing mistake must not quietly leave a default in force. Secrets are not in it but
//! in files that it names, so that it can be shown to others; faults tell lines and keys, never what stands there.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base::Secret;
use serde::Deserialize;

use crate::config::{MetricsSettings, ServerConfig, holds_password};
use crate::mail::{MailSecurity, MailSettings};

/// The commented example.
pub const EXAMPLE: &str = include_str!("../rannan-server.example.toml");

/// Longest secret in a file of its own.
const MAX_SECRET: usize = 1024;

/// Why a configuration file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It, or a file that it names, cannot be read.
    #[error("reading {path}: {source}")]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Not TOML, an unknown key, or a value of the wrong kind.
    #[error("{path}, line {line}: {what}")]
    Line {
        /// The configuration file.
        path: PathBuf,
        /// Counted from one.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A secret is empty or too long.
    #[error("{0} must hold a password or token in one line")]
    Secret(PathBuf),
    /// The URL of the database holds a password.
    #[error(
        "{0}: database must not hold a password; put it into a file of its own and name that with database_password_file"
    )]
    PasswordInUrl(PathBuf),
}

/// Reads the file at `path`.
///
/// # Errors
/// [`ConfigError`].
pub fn read_config(path: &Path) -> Result<ServerConfig, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
    let file: File = toml::from_str(&text).map_err(|error| ConfigError::Line {
        path: path.to_owned(),
        line: error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1),
        what: error.message().to_owned(),
    })?;
    if file.database.as_deref().is_some_and(holds_password) {
        return Err(ConfigError::PasswordInUrl(path.to_owned()));
    }
    file.into_config(path.parent().unwrap_or(Path::new("")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    bind: Option<SocketAddr>,
    data: Option<PathBuf>,
    database: Option<String>,
    database_password_file: Option<PathBuf>,
    recordings: Option<PathBuf>,
    domain: Option<String>,
    public_url: Option<String>,
    #[serde(default)]
    public_ws: Vec<String>,
    allow_origins: Option<Vec<String>>,
    #[serde(default)]
    ice: Vec<String>,
    help: Option<String>,
    session_days: Option<u16>,
    mail: Option<Mail>,
    metrics: Option<Metrics>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mail {
    host: String,
    port: Option<u16>,
    #[serde(default)]
    security: Security,
    from: String,
    user: Option<String>,
    password_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Metrics {
    bind: SocketAddr,
    token_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Security {
    Tls,
    #[default]
    StartTls,
    None,
}

impl File {
    fn into_config(self, folder: &Path) -> Result<ServerConfig, ConfigError> {
        let bind = self.bind.unwrap_or(ServerConfig::USUAL_BIND);
        let data = folder.join(self.data.unwrap_or_else(|| PathBuf::from("data")));
        let mut config = ServerConfig::in_dir(bind, &data);
        config.database_url = self.database.unwrap_or(config.database_url);
        config.database_password = self.database_password_file.map(|path| secret(&folder.join(path))).transpose()?;
        config.recordings = self.recordings.map_or(config.recordings, |path| folder.join(path));
        config.domain = self.domain.unwrap_or(config.domain);
        config.public_url = self.public_url;
        config.public_ws_urls = self.public_ws;
        config.allowed_origins = self.allow_origins;
        config.ice = self.ice;
        config.help = self.help;
        if let Some(days) = self.session_days {
            config.session_lifetime = Duration::from_secs(u64::from(days.max(1)) * 24 * 3600);
        }
        if let Some(Metrics { bind, token_file }) = self.metrics {
            let token = token_file.map(|path| secret(&folder.join(path))).transpose()?;
            config.metrics = Some(MetricsSettings { bind, token });
        }
        config.mail = self.mail.map(|mail| mail.into_settings(folder)).transpose()?;
        Ok(config)
    }
}

impl Mail {
    fn into_settings(self, folder: &Path) -> Result<MailSettings, ConfigError> {
        let (security, usual_port) = match self.security {
            Security::Tls => (MailSecurity::Tls, 465),
            Security::StartTls => (MailSecurity::StartTls, 587),
            Security::None => (MailSecurity::None, 25),
        };
        Ok(MailSettings {
            host: self.host,
            port: self.port.unwrap_or(usual_port),
            security,
            user: self.user,
            password: self.password_file.map(|path| secret(&folder.join(path))).transpose()?,
            from: self.from,
        })
    }
}

fn secret(path: &Path) -> Result<Secret, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
    let line = text.trim_end_matches(['\r', '\n']);
    if line.is_empty() || line.len() > MAX_SECRET || line.contains(['\r', '\n']) {
        return Err(ConfigError::Secret(path.to_owned()));
    }
    Ok(Secret::new(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ServerConfig, ConfigError> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("mail-password"), "p w\n").unwrap();
        std::fs::write(dir.path().join("database-password"), "d p\n").unwrap();
        std::fs::write(dir.path().join("metrics-token"), "m t\n").unwrap();
        std::fs::write(dir.path().join("two-lines"), "a\nb\n").unwrap();
        let path = dir.path().join("server.toml");
        std::fs::write(&path, text).unwrap();
        read_config(&path)
    }

    #[test]
    fn the_example_is_the_default_and_each_of_its_lines_is_right_when_it_is_used() {
        let plain = read(EXAMPLE).unwrap();
        assert_eq!((plain.bind, plain.domain.as_str()), (ServerConfig::USUAL_BIND, "rannan.local"));
        assert!(plain.metrics.is_none() && plain.mail.is_none() && !plain.practice);
        let used: String = EXAMPLE
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n");
        let all = read(&used).unwrap();
        assert_eq!(all.database_url, "postgres://rannan@db.example.com/rannan");
        assert_eq!(all.database_password.unwrap().reveal(), "d p");
        assert_eq!(all.session_lifetime, plain.session_lifetime, "what is shown as the default is the default");
        let metrics = all.metrics.unwrap();
        assert_eq!((metrics.bind.port(), metrics.token.unwrap().reveal()), (9464, "m t"));
        let mail = all.mail.unwrap();
        assert_eq!((mail.host.as_str(), mail.port, mail.security), ("mail.example.com", 587, MailSecurity::StartTls));
        assert_eq!(mail.password.unwrap().reveal(), "p w");
    }

    #[test]
    fn mistakes_are_told_with_their_line_and_without_what_stands_there() {
        let mail = "[mail]\nhost = \"h\"\nfrom = \"a@b\"\n";
        for (text, part) in [
            ("\n\nbinds = \"127.0.0.1:1\"\n", "line 3: unknown field `binds`"),
            ("bind = \"here\"\n", "line 1: "),
            ("domain = \"a\"\nice = \"stun\"\n", "line 2: "),
            ("domain = \n", "line 1: "),
            (&format!("{mail}password = \"canary\"\n"), "line 4: unknown field `password`"),
            (&format!("{mail}security = \"ssl\"\n"), "line 4: unknown variant `ssl`"),
            (&format!("{mail}password_file = \"two-lines\"\n"), "one line"),
            (&format!("{mail}password_file = \"nowhere\"\n"), "reading "),
            ("database = \"postgres://u:canary@db/x\"\n", "database_password_file"),
            ("database = \"postgres:///x?password=canary\"\n", "database_password_file"),
        ] {
            let message = read(text).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.contains(part) && !message.contains("canary"), "{text}: {message}");
        }
    }
}
