//! Statuses: the table of those that there are, and who has which.

use model::{Blocks, Status, StatusKind, StatusNames};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::Db;
use super::status_rows::{Hand, note};
use super::users::some_text;

/// Own words that are kept for each user.
const TEXTS: i64 = 3;
/// What somebody has who never chose.
const FIRST: &str = "available";

/// What somebody has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub status: Status,
    /// Rises with each change of the status itself.
    pub status_version: u64,
    pub text: String,
    pub chosen_ms: i64,
    pub changed_ms: i64,
    pub marked_offline: bool,
    pub offline_at_sign_in: bool,
    pub version: u64,
}

/// A user with what they have chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub id: String,
    pub name: String,
    pub extension: String,
    /// Revision of the picture.
    pub avatar: Option<String>,
    pub profile_version: u64,
    pub chosen: Chosen,
}

/// The columns of [`Member`]. Whoever has no row of their own has the first status.
macro_rules! members {
    () => {
        "SELECT users.id AS user_id, users.name, users.extension, users.created_ms, users.avatar, users.profile_version,
                statuses.id AS status_id, statuses.kind, statuses.name_en, statuses.name_ar,
                statuses.version AS status_version,
                statuses.blocks_queue, statuses.blocks_internal, statuses.blocks_external,
                user_statuses.own_words, user_statuses.chosen_ms, user_statuses.changed_ms,
                user_statuses.marked_offline, user_statuses.offline_sign_in, user_statuses.version
         FROM users LEFT JOIN user_statuses ON user_statuses.user_id = users.id
         JOIN statuses ON statuses.id = COALESCE(user_statuses.status_id, 'available')
         WHERE users.status = 'active'"
    };
}

impl Db {
    /// The statuses that can be had, in their order.
    pub(crate) async fn statuses(&self) -> sqlx::Result<Vec<Status>> {
        let rows = sqlx::query(
            "SELECT id AS status_id, kind, name_en, name_ar, blocks_queue, blocks_internal, blocks_external
             FROM statuses WHERE retired = 0 ORDER BY place, id",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(status).collect()
    }

    /// Everybody who may sign in.
    pub(crate) async fn members(&self) -> sqlx::Result<Vec<Member>> {
        let rows = sqlx::query(concat!(members!(), " ORDER BY users.extension")).fetch_all(&self.pool).await?;
        rows.iter().map(member).collect()
    }

    /// One of them.
    pub(crate) async fn member(&self, user_id: &str) -> sqlx::Result<Option<Member>> {
        let row = sqlx::query(concat!(members!(), " AND users.id = $1"))
            .bind(user_id.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(member).transpose()
    }

    /// The last own words, newest first.
    pub(crate) async fn status_texts(&self, user_id: &str) -> sqlx::Result<Vec<String>> {
        sqlx::query_scalar("SELECT own_words FROM status_texts WHERE user_id = $1 ORDER BY used_ms DESC, own_words")
            .bind(user_id.to_owned())
            .fetch_all(&self.pool)
            .await
    }

    /// Chooses a status, as of `at_ms`; whoever was marked offline is there again. `false`: something later counts.
    pub(crate) async fn choose_status(
        &self,
        user_id: &str,
        status_id: &str,
        text: &str,
        at_ms: i64,
    ) -> sqlx::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let done = choose(&mut tx, user_id, status_id, text, at_ms).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// The same by an administrator, who is written down.
    pub(crate) async fn force_status(
        &self,
        user_id: &str,
        status_id: &str,
        text: &str,
        hand: Hand<'_>,
    ) -> sqlx::Result<bool> {
        let mut tx = self.pool.begin().await?;
        if !choose(&mut tx, user_id, status_id, text, hand.now).await? {
            return Ok(false);
        }
        note(&mut tx, hand, "user.status_forced", user_id, json!({ "status": status_id, "text": text })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Somebody signs in: marked offline or not, as they have set it. `true`: that changed something.
    pub(crate) async fn begin_status(&self, user_id: &str, now: i64) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE user_statuses SET marked_offline = offline_sign_in, changed_ms = $1, version = version + 1
             WHERE user_id = $2 AND marked_offline <> offline_sign_in",
        )
        .bind(now)
        .bind(user_id.to_owned())
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Somebody signed out: marked offline when no session of theirs is left. `true`: that changed something.
    pub(crate) async fn end_status(&self, user_id: &str, now: i64) -> sqlx::Result<bool> {
        self.ensure_status(user_id, now).await?;
        let done = sqlx::query(
            "UPDATE user_statuses SET marked_offline = 1, changed_ms = $1, version = version + 1
             WHERE user_id = $2 AND marked_offline = 0
             AND NOT EXISTS (SELECT 1 FROM sessions WHERE user_id = $3 AND expires_ms > $4)",
        )
        .bind(now)
        .bind(user_id.to_owned())
        .bind(user_id.to_owned())
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// How each sign-in begins from now on.
    pub(crate) async fn set_offline_at_sign_in(&self, user_id: &str, on: bool, now: i64) -> sqlx::Result<()> {
        self.ensure_status(user_id, now).await?;
        sqlx::query("UPDATE user_statuses SET offline_sign_in = $1, version = version + 1 WHERE user_id = $2")
            .bind(i64::from(on))
            .bind(user_id.to_owned())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn ensure_status(&self, user_id: &str, now: i64) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO user_statuses
                 (user_id, status_id, own_words, chosen_ms, changed_ms, marked_offline, offline_sign_in, version)
             VALUES ($1, $2, '', $3, $4, 0, 0, 1) ON CONFLICT DO NOTHING",
        )
        .bind(user_id.to_owned())
        .bind(FIRST.to_owned())
        .bind(now)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

/// Chooses a status, as of `at_ms`. `false`: something later counts.
async fn choose(tx: &mut AnyConnection, user_id: &str, status_id: &str, text: &str, at_ms: i64) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO user_statuses
             (user_id, status_id, own_words, chosen_ms, changed_ms, marked_offline, offline_sign_in, version)
         VALUES ($1, $2, $3, $4, $5, 0, 0, 1)
         ON CONFLICT (user_id) DO UPDATE SET
             status_id = excluded.status_id, own_words = excluded.own_words, chosen_ms = excluded.chosen_ms,
             changed_ms = excluded.changed_ms, marked_offline = 0, version = user_statuses.version + 1
         WHERE user_statuses.changed_ms <= excluded.changed_ms",
    )
    .bind(user_id.to_owned())
    .bind(status_id.to_owned())
    .bind(text.to_owned())
    .bind(at_ms)
    .bind(at_ms)
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 1 && !text.is_empty() {
        sqlx::query(
            "INSERT INTO status_texts (user_id, own_words, used_ms) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, own_words) DO UPDATE SET used_ms = excluded.used_ms",
        )
        .bind(user_id.to_owned())
        .bind(text.to_owned())
        .bind(at_ms)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "DELETE FROM status_texts WHERE user_id = $1 AND own_words NOT IN
             (SELECT own_words FROM status_texts WHERE user_id = $2 ORDER BY used_ms DESC, own_words LIMIT $3)",
        )
        .bind(user_id.to_owned())
        .bind(user_id.to_owned())
        .bind(TEXTS)
        .execute(&mut *tx)
        .await?;
    }
    Ok(done.rows_affected() == 1)
}

/// Reads `status_id`, `kind`, the names and what is blocked.
pub(super) fn status(row: &AnyRow) -> sqlx::Result<Status> {
    let (en, ar): (String, String) = (row.try_get("name_en")?, row.try_get("name_ar")?);
    let blocks = |column: &str| row.try_get::<i64, _>(column).map(|value| value != 0);
    Ok(Status {
        id: row.try_get("status_id")?,
        // A kind of a newer server is one with words of its own to this one.
        kind: StatusKind::from_code(row.try_get("kind")?).unwrap_or(StatusKind::Other),
        names: (!en.is_empty() || !ar.is_empty()).then_some(StatusNames { en, ar }),
        blocks: Blocks {
            queue: blocks("blocks_queue")?,
            internal: blocks("blocks_internal")?,
            external: blocks("blocks_external")?,
        },
    })
}

fn member(row: &AnyRow) -> sqlx::Result<Member> {
    let number = |column: &str| row.try_get::<Option<i64>, _>(column);
    let created_ms: i64 = row.try_get("created_ms")?;
    Ok(Member {
        id: row.try_get("user_id")?,
        name: row.try_get("name")?,
        extension: row.try_get("extension")?,
        avatar: some_text(row.try_get("avatar")?),
        profile_version: row.try_get::<i64, _>("profile_version")?.unsigned_abs(),
        chosen: Chosen {
            status: status(row)?,
            status_version: row.try_get::<i64, _>("status_version")?.unsigned_abs(),
            text: row.try_get::<Option<String>, _>("own_words")?.unwrap_or_default(),
            chosen_ms: number("chosen_ms")?.unwrap_or(created_ms),
            changed_ms: number("changed_ms")?.unwrap_or(created_ms),
            marked_offline: number("marked_offline")? == Some(1),
            offline_at_sign_in: number("offline_sign_in")? == Some(1),
            version: number("version")?.unwrap_or_default().unsigned_abs(),
        },
    })
}

#[cfg(test)]
mod tests {
    use testkit::database::Place;

    use super::*;

    testkit::on_both_databases! {
        seeded_statuses_block_what_the_model_says_st_15,
    }

    async fn seeded_statuses_block_what_the_model_says_st_15(place: Place) {
        let db = Db::open(&place.url()).await.unwrap();
        let statuses = db.statuses().await.unwrap();
        assert_eq!(
            statuses.iter().map(|status| status.id.as_str()).collect::<Vec<_>>(),
            ["available", "break", "dnd", "meeting", "other", "offline"]
        );
        for status in statuses {
            assert_eq!(status.kind.code(), status.id);
            assert_eq!(status.blocks, Blocks::usual(status.kind), "{}", status.id);
        }
        db.close().await;
    }
}
