//! The database: SQLite by default, PostgreSQL when scaled out, one text of SQL for both (`$1` parameters, TEXT and BIGINT). Where they
//! differ all the same is in `dialect`, and nowhere else.

pub(crate) mod audit;
pub(crate) mod cards;
pub(crate) mod contacts;
pub(crate) mod departments;
pub(crate) mod dialect;
pub(crate) mod event_log;
pub(crate) mod panel_sums;
mod parking;
pub(crate) mod practice;
pub(crate) mod profiles;
pub(crate) mod queue_events;
pub(crate) mod queues;
pub(crate) mod recordings;
pub(crate) mod resets;
pub(crate) mod rights;
pub(crate) mod roles;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod status_rows;
pub(crate) mod statuses;
mod supervision;
pub(crate) mod users;
mod voicemail;

use std::time::Duration;

use dialect::Dialect;
use sqlx::AnyPool;
use sqlx::any::install_default_drivers;
use sqlx::migrate::MigrateError;

use crate::config::sqlite_path;

/// How long a request waits for its turn at the database.
const ACQUIRE: Duration = Duration::from_secs(5);

/// The steps that a database takes.
pub(crate) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Db {
    pool: AnyPool,
    dialect: Dialect,
}

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("a database is named as sqlite:PATH or postgres://USER@HOST/DB")]
    Kind,
    #[error("making the database file: {0}")]
    File(#[from] std::io::Error),
    #[error("connecting to the database: {0}")]
    Connect(#[from] sqlx::Error),
    #[error("bringing the database up to date: {0}")]
    Migrate(#[from] MigrateError),
}

impl Db {
    /// Connects and migrates. A missing SQLite file is made, readable and writable by its owner only.
    pub(crate) async fn open(url: &str) -> Result<Self, OpenError> {
        install_default_drivers();
        let dialect = Dialect::of_url(url).ok_or(OpenError::Kind)?;
        if let Some(path) = sqlite_path(url) {
            make_private_file(&path)?;
        }
        let pool = dialect.pool().acquire_timeout(ACQUIRE).connect(url).await?;
        // Two servers that start at once on PostgreSQL take the steps one after the other: sqlx holds an advisory lock meanwhile.
        MIGRATIONS.run(&pool).await?;
        Ok(Db { pool, dialect })
    }

    /// Whether it answers.
    pub(crate) async fn ping(&self) -> sqlx::Result<()> {
        sqlx::query("SELECT 1").execute(&self.pool).await.map(|_| ())
    }

    /// Open connections.
    pub(crate) fn connections(&self) -> u32 {
        self.pool.size()
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

/// Makes an empty file, or takes the one that is there, for its owner only.
pub(crate) fn make_private_file(path: &std::path::Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // An older file may be readable by others. SQLite gives its -wal and -shm files the mode of the database.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    drop(file);
    Ok(())
}
