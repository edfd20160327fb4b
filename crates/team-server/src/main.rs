//! `rannan-server`: the team server alone.

use std::io::{IsTerminal as _, Read as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use base::Secret;
use team_server::{NewUser, ServerConfig, add_user, start};
use tracing_subscriber::EnvFilter;

const HELP: &str = "\
The Rannan team server: accounts, events and SIP over WebSocket on one port.

Usage: rannan-server [OPTIONS]
       rannan-server add-user --email EMAIL --name NAME --extension EXT [--admin] [OPTIONS]   (password on standard input)

Options:
  --bind ADDRESS:PORT    where to listen                                   [127.0.0.1:5080; port 0: a free one]
  --data DIR             folder of the SQLite database                     [./data]
  --database URL         sqlite:PATH or postgres://USER@HOST/DB instead
  --domain NAME          SIP domain, host of every address                 [rannan.local]
  --public-ws URL        WebSocket URL that phones are told; repeatable    [ws:// and the host they asked for]
  --allow-origin ORIGIN  web origin that may open /sip; repeatable         [any]
  --ice URL              stun: or turn: server that phones are told; repeatable
  --practice             ready-made agents without passwords, for this computer only
  --json-log             one JSON object a line on standard error instead of text
  --help, --version

It does not do TLS. On a network put a proxy in front (Caddy, HAProxy, nginx) that does, and name its address with --public-ws.
RUST_LOG sets the log level (info).
";

struct Args {
    config: ServerConfig,
    new_user: Option<NewUser>,
}

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let words: Vec<String> = std::env::args().skip(1).collect();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match words.iter().any(|w| w == "--json-log") {
        true => log.json().init(),
        false => log.with_ansi(std::io::stderr().is_terminal()).init(),
    }
    if words.iter().any(|w| w == "--help" || w == "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    if words.iter().any(|w| w == "--version" || w == "-V") {
        println!("rannan-server {}", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    let done = parse(words).and_then(|args| {
        let runtime = tokio::runtime::Runtime::new().map_err(|e| format!("starting the runtime: {e}"))?;
        runtime.block_on(async {
            match args.new_user {
                Some(new) => add(args.config, new).await,
                None => run(args.config).await,
            }
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("rannan-server: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: ServerConfig) -> Result<(), String> {
    let server = start(config).await.map_err(|e| e.to_string())?;
    // For whoever started us with port 0.
    println!("listening on http://{}", server.addr());
    wait_for_the_end().await.map_err(|e| format!("waiting for a signal: {e}"))?;
    server.shutdown().await;
    Ok(())
}

#[cfg(unix)]
async fn wait_for_the_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => done,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn wait_for_the_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

async fn add(config: ServerConfig, mut new: NewUser) -> Result<(), String> {
    let mut password = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut password)
        .map_err(|e| format!("reading the password from standard input: {e}"))?;
    new.password = Secret::new(password.trim_end_matches(['\r', '\n']));
    let (email, extension) = (new.email.clone(), new.extension.clone());
    add_user(&config.database_url, new).await.map_err(|e| e.to_string())?;
    println!("added {email} with extension {extension}");
    Ok(())
}

fn parse(words: Vec<String>) -> Result<Args, String> {
    let mut words = words.into_iter().peekable();
    let adding = words.next_if_eq("add-user").is_some();
    let (mut bind, mut data) = (SocketAddr::from(([127, 0, 0, 1], 5080)), PathBuf::from("data"));
    let (mut database, mut domain, mut practice) = (None, None, false);
    let (mut public_ws, mut origins, mut ice) = (Vec::new(), Vec::new(), Vec::new());
    let (mut email, mut name, mut extension, mut admin) = (None, None, None, false);
    while let Some(option) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{option} needs a value (see --help)"));
        match option.as_str() {
            "--bind" => {
                bind = value()?.parse().map_err(|_| "--bind needs ADDRESS:PORT, as 127.0.0.1:5080".to_owned())?
            }
            "--data" => data = value()?.into(),
            "--database" => database = Some(value()?),
            "--domain" => domain = Some(value()?),
            "--public-ws" => public_ws.push(value()?),
            "--allow-origin" => origins.push(value()?),
            "--ice" => ice.push(value()?),
            "--practice" => practice = true,
            // Read before everything else, where the log is made.
            "--json-log" => {}
            "--email" if adding => email = Some(value()?),
            "--name" if adding => name = Some(value()?),
            "--extension" if adding => extension = Some(value()?),
            "--admin" if adding => admin = true,
            _ => return Err(format!("{option} is not known (see --help)")),
        }
    }
    let mut config = ServerConfig::in_dir(bind, &data);
    config.practice = practice;
    config.public_ws_urls = public_ws;
    config.allowed_origins = (!origins.is_empty()).then_some(origins);
    config.ice = ice;
    config.database_url = database.unwrap_or(config.database_url);
    config.domain = domain.unwrap_or(config.domain);
    let missing = |what: &str| format!("add-user needs {what} (see --help)");
    let new_user = match adding {
        false => None,
        true => Some(NewUser {
            email: email.ok_or_else(|| missing("--email"))?,
            name: name.ok_or_else(|| missing("--name"))?,
            extension: extension.ok_or_else(|| missing("--extension"))?,
            password: Secret::new(""),
            admin,
        }),
    };
    Ok(Args { config, new_user })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn options_reach_the_configuration() {
        let args =
            parse(words("--bind 127.0.0.1:0 --domain x.test --practice --public-ws wss://a/sip --ice stun:s")).unwrap();
        assert_eq!(args.config.bind.port(), 0);
        assert_eq!(args.config.domain, "x.test");
        assert!(args.config.practice && args.new_user.is_none());
        assert_eq!(args.config.public_ws_urls, ["wss://a/sip"]);
    }

    #[test]
    fn mistakes_are_named() {
        for (line, part) in [
            ("--bind here", "ADDRESS:PORT"),
            ("--data", "needs a value"),
            ("--email a@b", "not known"),
            ("add-user --name N", "--email"),
        ] {
            let message = parse(words(line)).err().unwrap();
            assert!(message.contains(part), "{line}: {message}");
        }
    }
}
