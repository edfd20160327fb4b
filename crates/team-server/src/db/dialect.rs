//! Where SQLite and PostgreSQL differ. Everything else is one text of SQL for both (docs/decisions/0014-two-databases.md).

use sqlx::Executor as _;
use sqlx::any::AnyPoolOptions;

/// Connections of one server to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 10;

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// By the beginning of the URL; `None`: neither of the two.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        match url.split_once(':')?.0 {
            "sqlite" => Some(Dialect::Sqlite),
            "postgres" | "postgresql" => Some(Dialect::Postgres),
            _ => None,
        }
    }

    /// SQLite runs in WAL mode with one connection: it has one writer anyway, and a second one only brings `database is locked`.
    pub(crate) fn pool(self) -> AnyPoolOptions {
        match self {
            Dialect::Sqlite => AnyPoolOptions::new()
                .max_connections(1)
                .min_connections(1)
                .idle_timeout(None)
                .max_lifetime(None)
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        connection.execute("PRAGMA journal_mode = WAL").await?;
                        connection.execute("PRAGMA synchronous = NORMAL").await?;
                        connection.execute("PRAGMA foreign_keys = ON").await?;
                        Ok(())
                    })
                }),
            Dialect::Postgres => AnyPoolOptions::new().max_connections(POSTGRES_CONNECTIONS),
        }
    }

    /// Begins a transaction that sees one moment, however many questions it asks. SQLite does that anyway; to PostgreSQL every question is
    /// a moment of its own unless it is told.
    pub(crate) fn begin_looking(self) -> &'static str {
        match self {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        }
    }

    /// Counts the table in which sqlx keeps the steps that were taken: 0 in a database that no server has used.
    pub(crate) fn count_step_tables(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
            Dialect::Postgres => {
                "SELECT COUNT(*) FROM pg_catalog.pg_class
                 WHERE relname = '_sqlx_migrations' AND relkind = 'r' AND pg_catalog.pg_table_is_visible(oid)"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_says_which_database_it_is() {
        for (url, expected) in [
            ("sqlite:data/server.db", Some(Dialect::Sqlite)),
            ("postgres://rannan@db/rannan", Some(Dialect::Postgres)),
            ("postgresql:///rannan?host=/run/postgresql", Some(Dialect::Postgres)),
            ("mysql://db/rannan", None),
            ("server.db", None),
            ("", None),
        ] {
            assert_eq!(Dialect::of_url(url), expected, "{url}");
        }
    }
}
