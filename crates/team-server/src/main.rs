//! `rannan-server`: the team server alone.

mod program {
    pub mod args;
    pub mod demo;
    pub mod demo_args;
    pub mod help;
}

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;
use std::process::ExitCode;

use base::Secret;
use program::args::{Task, parse};
use team_server::{DatabaseState, NewUser, ServerConfig, add_user, backup, check, start};
use tracing_subscriber::EnvFilter;

/// What `demo` logs. Of calls, the rooms below `media` warn of much that is usual.
const QUIET: &str = "warn,webrtc=error,rtc=error,rtc_ice=error,rtc_dtls=error,rtc_srtp=error,rtc_sctp=error";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // Whoever looks around for the first time should not have to read over the story of thirty phones.
    let usual = if words.first().is_some_and(|word| word == "demo") { QUIET } else { "info" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match words.iter().any(|w| w == "--json-log") {
        true => log.json().init(),
        false => log.with_ansi(std::io::stderr().is_terminal()).init(),
    }
    let done = parse(words).and_then(|task| {
        let runtime = tokio::runtime::Runtime::new().map_err(|e| format!("starting the runtime: {e}"))?;
        runtime.block_on(perform(task))
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("rannan-server: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn perform(task: Task) -> Result<(), String> {
    match task {
        Task::Serve(config) => run(config).await,
        Task::Demo(demo) => {
            let end = the_end().map_err(no_signals)?;
            program::demo::run(demo, end).await
        }
        Task::AddUser(config, new) => add(config, new).await,
        Task::Backup(config, to) => copy(&config, &to).await,
        Task::Check(config) => look(&config).await,
        Task::Say(text) => {
            print!("{text}");
            Ok(())
        }
    }
}

async fn run(config: ServerConfig) -> Result<(), String> {
    let end = the_end().map_err(no_signals)?;
    let server = start(config).await.map_err(|e| e.to_string())?;
    // For whoever started us with port 0.
    println!("listening on http://{}", server.addr());
    end.await;
    server.shutdown().await;
    Ok(())
}

/// When somebody wants this to end. Listens from the call on, so that whoever is told that we are open may end us at once.
#[cfg(unix)]
fn the_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn the_end() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

fn no_signals(error: std::io::Error) -> String {
    format!("waiting for a signal: {error}")
}

async fn add(config: ServerConfig, mut new: NewUser) -> Result<(), String> {
    new.password = if std::io::stdin().is_terminal() { asked_password()? } else { piped_password()? };
    let (email, extension) = (new.email.clone(), new.extension.clone());
    add_user(config.database_access().reveal(), new).await.map_err(|e| e.to_string())?;
    println!("added {email} with extension {extension}");
    Ok(())
}

fn asked_password() -> Result<Secret, String> {
    let ask = |prompt| rpassword::prompt_password(prompt).map_err(|e| format!("asking for the password: {e}"));
    let password = ask("Password: ")?;
    if ask("The same again: ")? != password {
        return Err("the two passwords are not the same".to_owned());
    }
    Ok(Secret::new(password))
}

fn piped_password() -> Result<Secret, String> {
    let mut password = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut password)
        .map_err(|e| format!("reading the password from standard input: {e}"))?;
    Ok(Secret::new(password.trim_end_matches(['\r', '\n'])))
}

async fn copy(config: &ServerConfig, to: &Path) -> Result<(), String> {
    backup(&config.database_url, to).await.map_err(|e| e.to_string())?;
    println!("copied to {}", to.display());
    Ok(())
}

async fn look(config: &ServerConfig) -> Result<(), String> {
    let found = check(config).await.map_err(|e| e.to_string())?;
    println!("configuration: can be used");
    println!("mail: {}", if found.mail { "set up" } else { "not set up, forgotten passwords need an administrator" });
    match &config.metrics {
        Some(metrics) => println!("metrics: at http://{}/metrics", metrics.bind),
        None => println!("metrics: told nowhere"),
    }
    let kind = if found.postgres { "PostgreSQL, " } else { "" };
    match found.database {
        DatabaseState::None => println!("database: {kind}none yet, the first start makes it"),
        DatabaseState::Behind(steps) => println!("database: {kind}{steps} step(s) behind, the next start takes them"),
        DatabaseState::Current => println!("database: {kind}up to date"),
        DatabaseState::Newer => return Err("the database was made by a newer version of this program".to_owned()),
    }
    if found.postgres {
        println!("copies: make them with pg_dump, rannan-server backup copies SQLite only");
    }
    println!("people: {} active, {} of them administrators", found.active_users, found.active_admins);
    if found.active_admins == 0 {
        println!("there is no administrator: rannan-server admin create");
    }
    Ok(())
}
