//! Looking after a server that runs: a copy of its database, and what would happen if it were started.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use model::Reach;
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, Connection as _};

use crate::config::{ServerConfig, sqlite_path};
use crate::db::dialect::Dialect;
use crate::db::roles::role_table;
use crate::db::{MIGRATIONS, OpenError, make_private_file};
use crate::mail::{MailError, Post};

/// Version of the step of the database that brought roles with rights.
const RIGHTS: i64 = 10;

/// How long a look waits for PostgreSQL.
const CONNECT: Duration = Duration::from_secs(5);

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database is no SQLite file; PostgreSQL has tools of its own.
    #[error(
        "this command copies SQLite only; a PostgreSQL database is copied with pg_dump, and brought back with pg_restore or psql"
    )]
    NotSqlite,
    /// There is no database yet.
    #[error("{0} does not exist")]
    Missing(PathBuf),
    /// Something is there already; nothing is overwritten.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// The copy could not be written, or not be put in its place.
    #[error("writing {path}: {source}")]
    Write {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Reading the database or writing the copy failed.
    #[error("copying: {0}")]
    Copy(Box<dyn std::error::Error + Send + Sync>),
    /// The copy was written and cannot be relied upon; it was removed.
    #[error("the copy is damaged: {0}")]
    Damaged(String),
}

/// Copies the SQLite database at `database_url` to the new file `to`, as it is at one moment, while a server may be running on it. The copy is
/// read and checked before it gets its name, and is readable by its owner only.
///
/// # Errors
/// [`BackupError`]; `to` does not exist then.
pub async fn backup(database_url: &str, to: &Path) -> Result<(), BackupError> {
    let from = sqlite_path(database_url).ok_or(BackupError::NotSqlite)?;
    if !from.exists() {
        return Err(BackupError::Missing(from));
    }
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    let done = copy(&from, &partial).await.and_then(|()| {
        let put = std::fs::File::open(&partial).and_then(|file| file.sync_all());
        put.and_then(|()| std::fs::rename(&partial, to))
            .map_err(|source| BackupError::Write { path: to.to_owned(), source })
    });
    if done.is_err()
        && partial.exists()
        && let Err(error) = std::fs::remove_file(&partial)
    {
        tracing::warn!(%error, "a copy that was not finished could not be removed");
    }
    done
}

async fn copy(from: &Path, partial: &Path) -> Result<(), BackupError> {
    install_default_drivers();
    let write = |source| BackupError::Write { path: partial.to_owned(), source };
    if partial.exists() {
        std::fs::remove_file(partial).map_err(write)?;
    }
    // SQLite writes into an empty file and keeps its mode.
    make_private_file(partial).map_err(write)?;
    let failed = |error: sqlx::Error| BackupError::Copy(error.into());
    let mut source = open(from).await.map_err(failed)?;
    sqlx::query("VACUUM INTO $1")
        .bind(partial.to_string_lossy().into_owned())
        .execute(&mut source)
        .await
        .map_err(failed)?;
    source.close().await.map_err(failed)?;
    let damaged = |error: sqlx::Error| BackupError::Damaged(error.to_string());
    let mut copy = open(partial).await.map_err(damaged)?;
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut copy).await.map_err(damaged)?;
    let _: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users").fetch_one(&mut copy).await.map_err(damaged)?;
    copy.close().await.map_err(damaged)?;
    if verdict == "ok" { Ok(()) } else { Err(BackupError::Damaged(verdict)) }
}

/// An existing file; a missing one is not made.
async fn open(path: &Path) -> sqlx::Result<AnyConnection> {
    AnyConnection::connect(&format!("{}?mode=rw", crate::config::sqlite_url(path))).await
}

/// What a look at a configuration and its database found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkup {
    /// State of the database.
    pub database: DatabaseState,
    /// It is PostgreSQL, whose copies are not made by [`backup`].
    pub postgres: bool,
    /// People who may sign in; 0 without a database.
    pub active_users: u64,
    /// Administrators among them.
    pub active_admins: u64,
    /// Mail is set up.
    pub mail: bool,
}

/// State of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseState {
    /// Not there, or there and empty; the first start makes it.
    None,
    /// Older than this program by so many steps, which the next start takes.
    Behind(usize),
    /// As this program needs it.
    Current,
    /// Made by a newer program: this one refuses to run on it.
    Newer,
}

/// Why a server would not start.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The settings of mail cannot be used.
    #[error("mail: {0}")]
    Mail(#[from] MailError),
    /// A start refuses to tell metrics on a network to everybody.
    #[error("metrics at {0} need a token_file; without one they are told at a loopback address only")]
    Metrics(SocketAddr),
    /// The database cannot be read.
    #[error("database: {0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
}

/// Looks without changing anything.
///
/// # Errors
/// [`CheckError`].
pub async fn check(config: &ServerConfig) -> Result<Checkup, CheckError> {
    if let Some(mail) = &config.mail {
        Post::new(mail)?;
    }
    if let Some(settings) = config.metrics.as_ref().filter(|settings| !settings.is_allowed()) {
        return Err(CheckError::Metrics(settings.bind));
    }
    let mail = config.mail.is_some();
    install_default_drivers();
    let failed = |error: sqlx::Error| CheckError::Database(error.into());
    let url = &config.database_url;
    let dialect = Dialect::of_url(url).ok_or_else(|| CheckError::Database(OpenError::Kind.into()))?;
    let postgres = dialect == Dialect::Postgres;
    let none = Checkup { database: DatabaseState::None, postgres, active_users: 0, active_admins: 0, mail };
    let mut connection = match sqlite_path(url) {
        Some(path) if !path.exists() => return Ok(none),
        Some(path) => open(&path).await.map_err(failed)?,
        None => {
            let access = config.database_access();
            let connected = tokio::time::timeout(CONNECT, AnyConnection::connect(access.reveal())).await;
            connected.unwrap_or(Err(sqlx::Error::PoolTimedOut)).map_err(failed)?
        }
    };
    if count(&mut connection, dialect.count_step_tables()).await.map_err(failed)? == 0 {
        connection.close().await.map_err(failed)?;
        return Ok(none);
    }
    let applied: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version")
        .fetch_all(&mut connection)
        .await
        .map_err(failed)?;
    let known: Vec<i64> = MIGRATIONS.iter().map(|step| step.version).collect();
    let database = if applied.iter().any(|version| !known.contains(version)) {
        DatabaseState::Newer
    } else if applied.len() < known.len() {
        DatabaseState::Behind(known.len() - applied.len())
    } else {
        DatabaseState::Current
    };
    let administer = administering(&mut connection, applied.contains(&RIGHTS)).await.map_err(failed)?;
    let mut found = Checkup { database, ..none };
    let by_role = sqlx::query_as("SELECT role, COUNT(*) FROM users WHERE status = 'active' GROUP BY role");
    let rows: Vec<(String, i64)> = by_role.fetch_all(&mut connection).await.map_err(failed)?;
    for (role, people) in rows {
        let people = people.unsigned_abs();
        found.active_users += people;
        if administer.contains(&role.as_str()) {
            found.active_admins += people;
        }
    }
    connection.close().await.map_err(failed)?;
    Ok(found)
}

async fn count(connection: &mut AnyConnection, sql: &'static str) -> sqlx::Result<u64> {
    let number: i64 = sqlx::query_scalar(sql).fetch_one(connection).await?;
    Ok(number.unsigned_abs())
}

/// Codes of the roles that administer everybody. A database from before the step [`RIGHTS`] knows one.
async fn administering(connection: &mut AnyConnection, has_rights: bool) -> sqlx::Result<Vec<&'static str>> {
    if !has_rights {
        return Ok(vec!["admin"]);
    }
    let table = role_table(connection).await?;
    let all = table.iter().filter(|(_, record)| record.rights.administers == Reach::Everybody);
    Ok(all.map(|(role, _)| role.code()).collect())
}
