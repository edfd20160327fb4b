//! `rannan-server`: the team server alone.

mod program {
    pub mod args;
    pub mod help;
}

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;
use std::process::ExitCode;

use base::Secret;
use program::args::{Task, parse};
use team_server::{DatabaseState, NewUser, ServerConfig, add_user, backup, check, start};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let words: Vec<String> = std::env::args().skip(1).collect();
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
