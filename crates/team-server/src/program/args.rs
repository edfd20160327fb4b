//! The command line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base::Secret;
use team_server::{NewUser, ServerConfig, holds_password, read_config};

use super::demo_args::Demo;
use super::help;

/// What is to be done.
pub enum Task {
    Serve(ServerConfig),
    /// The password is asked for later.
    AddUser(ServerConfig, NewUser),
    Backup(ServerConfig, PathBuf),
    Check(ServerConfig),
    /// A contact centre to look at.
    Demo(Demo),
    /// Print this and end.
    Say(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Serve,
    AddUser,
    Admin,
    Backup,
    Check,
    Config,
    Demo,
}

/// Options as they were typed; what is not there comes from the configuration file.
#[derive(Default)]
struct Typed {
    config: Option<PathBuf>,
    bind: Option<SocketAddr>,
    data: Option<PathBuf>,
    database: Option<String>,
    domain: Option<String>,
    public_ws: Vec<String>,
    origins: Vec<String>,
    ice: Vec<String>,
    practice: bool,
    email: Option<String>,
    name: Option<String>,
    extension: Option<String>,
    admin: bool,
    file: Option<PathBuf>,
}

const PASSWORD_IS_SEEN: &str = "everybody on this computer sees the options of a program: \
leave the password out of --database and put it into RANNAN_DATABASE_PASSWORD or database_password_file";

/// Reads the words after the program's name.
pub fn parse(words: Vec<String>) -> Result<Task, String> {
    let (verb, rest) = verb(&words)?;
    let asked = |option: &str, short: &str| words.iter().any(|word| word == option || word == short);
    if asked("--help", "-h") {
        return Ok(Task::Say(help(verb)));
    }
    if asked("--version", "-V") {
        return Ok(Task::Say(format!("rannan-server {}\n", env!("CARGO_PKG_VERSION"))));
    }
    if verb == Some(Verb::Config) {
        return Ok(Task::Say(team_server::CONFIG_EXAMPLE.to_owned()));
    }
    let verb = verb.unwrap_or(Verb::Serve);
    if verb == Verb::Demo {
        return Demo::read(rest).map(Task::Demo);
    }
    let typed = Typed::read(verb, rest)?;
    let mut config = typed.config()?;
    if let Some(password) = password_of_environment()? {
        config.database_password = Some(password);
    }
    match verb {
        Verb::Serve | Verb::Config | Verb::Demo => Ok(Task::Serve(config)),
        Verb::AddUser | Verb::Admin => Ok(Task::AddUser(config, typed.new_user()?)),
        Verb::Backup => {
            let file = typed.file.ok_or("backup needs the name of a new file (see --help)")?;
            Ok(Task::Backup(config, file))
        }
        Verb::Check => Ok(Task::Check(config)),
    }
}

/// Only this user and the system's administrator see the environment of a program; everybody sees its options.
fn password_of_environment() -> Result<Option<Secret>, String> {
    match std::env::var("RANNAN_DATABASE_PASSWORD") {
        Ok(password) => Ok(Some(password).filter(|it| !it.is_empty()).map(Secret::new)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err("RANNAN_DATABASE_PASSWORD is no text".to_owned()),
    }
}

fn verb(words: &[String]) -> Result<(Option<Verb>, &[String]), String> {
    let verb = match words.first().map(String::as_str) {
        Some("serve") => Verb::Serve,
        Some("add-user") => Verb::AddUser,
        Some("backup") => Verb::Backup,
        Some("check") => Verb::Check,
        Some("config") => Verb::Config,
        Some("demo") => Verb::Demo,
        Some("admin") => match words.get(1).map(String::as_str) {
            Some("create") => return Ok((Some(Verb::Admin), &words[2..])),
            Some("--help" | "-h") => Verb::Admin,
            _ => return Err("admin can create: rannan-server admin create (see --help)".to_owned()),
        },
        Some(word) if !word.starts_with('-') => return Err(format!("{word} is not known (see --help)")),
        Some(_) | None => return Ok((None, words)),
    };
    Ok((Some(verb), &words[1..]))
}

fn help(verb: Option<Verb>) -> String {
    match verb {
        None => format!("{}{}", help::GENERAL, help::OPTIONS),
        Some(Verb::Serve) => format!("{}{}", help::SERVE, help::OPTIONS),
        Some(Verb::AddUser) => format!("{}{}", help::ADD_USER, help::OPTIONS),
        Some(Verb::Admin) => format!("{}{}", help::ADMIN, help::OPTIONS),
        Some(Verb::Backup) => format!("{}{}", help::BACKUP, help::OPTIONS),
        Some(Verb::Check) => format!("{}{}", help::CHECK, help::OPTIONS),
        Some(Verb::Config) => help::CONFIG.to_owned(),
        Some(Verb::Demo) => help::DEMO.to_owned(),
    }
}

impl Typed {
    fn read(verb: Verb, words: &[String]) -> Result<Self, String> {
        let adding = matches!(verb, Verb::AddUser | Verb::Admin);
        let mut typed = Typed { admin: verb == Verb::Admin, ..Typed::default() };
        let mut words = words.iter();
        while let Some(option) = words.next() {
            let mut value = || words.next().cloned().ok_or_else(|| format!("{option} needs a value (see --help)"));
            match option.as_str() {
                "--config" => typed.config = Some(value()?.into()),
                "--bind" => {
                    let fault = |_| "--bind needs ADDRESS:PORT, as 127.0.0.1:5080".to_owned();
                    typed.bind = Some(value()?.parse().map_err(fault)?);
                }
                "--data" => typed.data = Some(value()?.into()),
                "--database" => {
                    let url = value()?;
                    if holds_password(&url) {
                        return Err(PASSWORD_IS_SEEN.to_owned());
                    }
                    typed.database = Some(url);
                }
                "--domain" => typed.domain = Some(value()?),
                "--public-ws" => typed.public_ws.push(value()?),
                "--allow-origin" => typed.origins.push(value()?),
                "--ice" => typed.ice.push(value()?),
                "--practice" => typed.practice = true,
                // Read before everything else, where the log is made.
                "--json-log" => {}
                "--email" if adding => typed.email = Some(value()?),
                "--name" if adding => typed.name = Some(value()?),
                "--extension" if adding => typed.extension = Some(value()?),
                "--admin" if adding => typed.admin = true,
                file if verb == Verb::Backup && !file.starts_with('-') && typed.file.is_none() => {
                    typed.file = Some(file.into());
                }
                _ => return Err(format!("{option} is not known (see --help)")),
            }
        }
        Ok(typed)
    }

    fn config(&self) -> Result<ServerConfig, String> {
        let mut config = match &self.config {
            Some(path) => read_config(path).map_err(|error| error.to_string())?,
            None => ServerConfig::in_dir(ServerConfig::USUAL_BIND, Path::new("data")),
        };
        if let Some(dir) = &self.data {
            let in_dir = ServerConfig::in_dir(config.bind, dir);
            (config.database_url, config.recordings) = (in_dir.database_url, in_dir.recordings);
        }
        config.bind = self.bind.unwrap_or(config.bind);
        config.practice = self.practice;
        if let Some(url) = &self.database {
            config.database_url.clone_from(url);
        }
        if let Some(domain) = &self.domain {
            config.domain.clone_from(domain);
        }
        if !self.public_ws.is_empty() {
            config.public_ws_urls.clone_from(&self.public_ws);
        }
        if !self.origins.is_empty() {
            config.allowed_origins = Some(self.origins.clone());
        }
        if !self.ice.is_empty() {
            config.ice.clone_from(&self.ice);
        }
        Ok(config)
    }

    fn new_user(self) -> Result<NewUser, String> {
        let missing = |what: &str| format!("a user needs {what} (see --help)");
        Ok(NewUser {
            email: self.email.ok_or_else(|| missing("--email"))?,
            name: self.name.ok_or_else(|| missing("--name"))?,
            extension: self.extension.ok_or_else(|| missing("--extension"))?,
            password: Secret::new(""),
            admin: self.admin,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    fn said(line: &str) -> String {
        match parse(words(line)) {
            Ok(Task::Say(text)) | Err(text) => text,
            Ok(_) => String::new(),
        }
    }

    #[test]
    fn options_reach_the_configuration() {
        let line = "--bind 127.0.0.1:0 --domain x.test --practice --public-ws wss://a/sip --ice stun:s";
        for line in [line.to_owned(), format!("serve {line}")] {
            let Ok(Task::Serve(config)) = parse(words(&line)) else { panic!("{line}") };
            assert_eq!(config.bind.port(), 0);
            assert_eq!(config.domain, "x.test");
            assert!(config.practice);
            assert_eq!(config.public_ws_urls, ["wss://a/sip"]);
        }
    }

    #[test]
    fn options_win_over_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("server.toml");
        std::fs::write(&path, "domain = \"file.test\"\nbind = \"127.0.0.1:7\"\nice = [\"stun:file\"]\n").unwrap();
        let line = format!("--domain typed.test --config {}", path.display());
        let Ok(Task::Serve(config)) = parse(words(&line)) else { panic!("{line}") };
        assert_eq!((config.domain.as_str(), config.bind.port()), ("typed.test", 7));
        assert_eq!(config.ice, ["stun:file"]);
        assert!(config.database_url.contains(&dir.path().display().to_string()), "beside the file");
    }

    #[test]
    fn mistakes_are_named() {
        for (line, part) in [
            ("--bind here", "ADDRESS:PORT"),
            ("--data", "needs a value"),
            ("--email a@b", "not known"),
            ("add-user --name N", "--email"),
            ("admin", "admin create"),
            ("backup", "new file"),
            ("backup a b", "b is not known"),
            ("dance", "dance is not known"),
            ("--database postgres://u:canary@db/x", "RANNAN_DATABASE_PASSWORD"),
            ("check --database postgres://db/x?password=canary", "RANNAN_DATABASE_PASSWORD"),
            ("--config /nowhere/x.toml", "/nowhere/x.toml"),
        ] {
            assert!(said(line).contains(part) && !said(line).contains("canary"), "{line}: {}", said(line));
        }
    }

    #[test]
    fn every_verb_has_help_of_its_own() {
        for (verb, part) in [
            ("", "rannan-server backup FILE"),
            ("serve", "SIGTERM"),
            ("add-user", "--extension"),
            ("admin create", "administrator"),
            ("admin", "administrator"),
            ("backup", "server.db-wal"),
            ("check", "Changes nothing"),
            ("config", "rannan-server.toml"),
            ("demo", "--pace"),
        ] {
            assert!(said(&format!("{verb} --help")).contains(part), "{verb}");
        }
        assert!(said("config").contains("[mail]"));
    }
}
