//! The audit, read. It is written where things are done, in the same transaction.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sqlx::Row;

use super::Db;

/// After every id: those are hexadecimal.
const NEWEST: &str = "gggggggg";

/// Something that was done, as it stands.
#[derive(Clone, Debug)]
pub(crate) struct AuditRow {
    pub id: String,
    pub at_ms: i64,
    pub user_id: String,
    pub action: String,
    pub subject: String,
    pub details: Value,
}

/// Which entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct AuditWish {
    /// Older than the one with this id.
    pub before: Option<String>,
    /// The part of the action before the dot.
    pub area: Option<String>,
    /// Done by, or to, this user.
    pub person: Option<String>,
    pub limit: u32,
}

impl Db {
    /// What was done, newest first.
    pub(crate) async fn audit_rows(&self, wish: AuditWish) -> sqlx::Result<Vec<AuditRow>> {
        let person = wish.person.unwrap_or_default();
        let rows = sqlx::query(
            "SELECT id, at_ms, user_id, action, subject, details FROM audit
             WHERE id < $1 AND action LIKE $2 AND ($3 = '' OR user_id = $4 OR subject = $5) ORDER BY id DESC LIMIT $6",
        )
        .bind(wish.before.unwrap_or_else(|| NEWEST.to_owned()))
        .bind(wish.area.map_or_else(|| "%".to_owned(), |area| format!("{area}.%")))
        .bind(person.clone())
        .bind(person.clone())
        .bind(person)
        .bind(i64::from(wish.limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let details: String = row.try_get("details")?;
                Ok(AuditRow {
                    id: row.try_get("id")?,
                    at_ms: row.try_get("at_ms")?,
                    user_id: row.try_get("user_id")?,
                    action: row.try_get("action")?,
                    subject: row.try_get("subject")?,
                    // A row of a newer server may hold what this one cannot read: it is shown without.
                    details: serde_json::from_str(&details).unwrap_or(Value::Null),
                })
            })
            .collect()
    }

    /// Name and extension of each of these users that is there, by id.
    pub(crate) async fn names_of_users(
        &self,
        ids: BTreeSet<String>,
    ) -> sqlx::Result<BTreeMap<String, (String, String)>> {
        let mut names = BTreeMap::new();
        for id in ids {
            let row = sqlx::query("SELECT name, extension FROM users WHERE id = $1")
                .bind(id.clone())
                .fetch_optional(&self.pool)
                .await?;
            if let Some(row) = row {
                names.insert(id, (row.try_get("name")?, row.try_get("extension")?));
            }
        }
        Ok(names)
    }
}
