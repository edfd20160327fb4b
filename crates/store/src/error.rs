//! Why the store did not do it.

use std::path::PathBuf;

/// What went wrong, as far as the user can do different things about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the file cannot be made, read or written: permissions, a missing drive.
    #[error("using {path}: {source}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another program holds the file for more than five seconds. Close it and try again.
    #[error("another program holds the database")]
    Locked,
    /// No space left. Nothing was lost, the change was not made.
    #[error("the disk is full")]
    Full,
    /// The file is damaged, found while it was open. Opening it the next time moves it aside.
    #[error("the database is damaged: {0}")]
    Damaged(sqlx::Error),
    /// The file was written by a newer version of the program. It is left as it is.
    #[error("the database belongs to a newer version")]
    Newer,
    /// Anything else.
    #[error("the database failed: {0}")]
    Other(sqlx::Error),
}

/// SQLite's primary result codes (sqlite.org/rescode.html).
mod code {
    pub const BUSY: i32 = 5;
    pub const LOCKED: i32 = 6;
    pub const CORRUPT: i32 = 11;
    pub const FULL: i32 = 13;
    pub const NOT_A_DATABASE: i32 = 26;
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return StoreError::Locked;
        }
        // The driver gives the extended code; the primary one is its low byte.
        let primary = error.as_database_error().and_then(|e| e.code()?.parse::<i32>().ok()).map(|code| code & 0xff);
        match primary {
            Some(code::BUSY | code::LOCKED) => StoreError::Locked,
            Some(code::FULL) => StoreError::Full,
            Some(code::CORRUPT | code::NOT_A_DATABASE) => StoreError::Damaged(error),
            _ => StoreError::Other(error),
        }
    }
}
