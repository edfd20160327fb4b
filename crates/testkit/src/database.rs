//! A database of its own for each test, of either kind, and the macro that runs a test on both.

use std::path::Path;

use tempfile::TempDir;

#[cfg(unix)]
use crate::postgres;

/// An empty database, and a folder that goes with the test.
pub struct Place {
    folder: TempDir,
    /// PostgreSQL; `None`: SQLite in the folder.
    postgres: Option<String>,
}

impl Place {
    /// SQLite, in the folder.
    ///
    /// # Panics
    /// When there is no room for a folder.
    #[must_use]
    pub fn sqlite() -> Self {
        Place { folder: tempfile::tempdir().expect("a folder"), postgres: None }
    }

    /// PostgreSQL, in the cluster of this process.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start; the message says what to do.
    #[cfg(unix)]
    #[must_use]
    pub fn postgres() -> Self {
        Place { postgres: Some(postgres::fresh_database()), ..Place::sqlite() }
    }

    /// PostgreSQL, for a user who needs this password.
    ///
    /// # Panics
    /// As [`Place::postgres`].
    #[cfg(unix)]
    #[must_use]
    pub fn postgres_with_password(password: &str) -> Self {
        Place { postgres: Some(postgres::fresh_sealed_database(password)), ..Place::sqlite() }
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// The URL of the database; it holds no password.
    #[must_use]
    pub fn url(&self) -> String {
        let sqlite = || format!("sqlite:{}", self.dir().join("server.db").display());
        self.postgres.clone().unwrap_or_else(sqlite)
    }

    /// It is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.postgres.is_some()
    }
}

/// Makes two tests of each `async fn name(place: Place)`: `on_sqlite::name` and `on_postgres::name`. Nothing is left out where PostgreSQL is
/// missing: the test fails and says what to install. (PostgreSQL is started on a Unix socket, so on Windows there is only the first.)
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name($crate::database::Place::sqlite()).await;
                }
            )+
        }
        #[cfg(unix)]
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name($crate::database::Place::postgres()).await;
                }
            )+
        }
    };
}
