//! What lies in the voice boxes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sqlx::Row as _;
use team_api::{VoiceMessage, VoicemailData};

use super::Db;

/// Messages of one box; one more takes the place of the oldest.
pub(crate) const MOST: i64 = 100;

impl Db {
    /// Extensions of those who have a box.
    pub(crate) async fn boxes(&self) -> sqlx::Result<Vec<String>> {
        sqlx::query_scalar("SELECT extension FROM users WHERE use_voicemail = 1 AND status = 'active'")
            .fetch_all(&self.pool)
            .await
    }

    /// Keeps a message for the owner of this extension. `false`: there is nobody.
    pub(crate) async fn add_message(&self, owner: &str, message: &VoiceMessage, sound: &[u8]) -> sqlx::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let done = sqlx::query(
            "INSERT INTO voicemail (id, user_id, caller, caller_name, left_ms, duration_ms, heard, sound)
             SELECT $1, id, $2, $3, $4, $5, 0, $6 FROM users WHERE extension = $7",
        )
        .bind(message.id.clone())
        .bind(message.from.clone())
        .bind(message.from_name.clone())
        .bind(message.left_at_ms)
        .bind(i64::try_from(message.duration_ms).unwrap_or(i64::MAX))
        .bind(STANDARD.encode(sound))
        .bind(owner.to_owned())
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "DELETE FROM voicemail WHERE id IN (
                 SELECT voicemail.id FROM voicemail JOIN users ON users.id = voicemail.user_id
                 WHERE users.extension = $1 ORDER BY left_ms DESC, voicemail.id DESC LIMIT 100000 OFFSET $2)",
        )
        .bind(owner.to_owned())
        .bind(MOST)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Id of whoever has this extension.
    pub(crate) async fn user_of(&self, extension: &str) -> sqlx::Result<Option<String>> {
        sqlx::query_scalar("SELECT id FROM users WHERE extension = $1")
            .bind(extension.to_owned())
            .fetch_optional(&self.pool)
            .await
    }

    /// Id and hash of the access PIN of whoever has this extension and a box; the hash is empty when there is no PIN.
    pub(crate) async fn box_key(&self, extension: &str) -> sqlx::Result<Option<(String, String)>> {
        let row = sqlx::query(
            "SELECT id, pin_hash FROM users WHERE extension = $1 AND use_voicemail = 1 AND status = 'active'",
        )
        .bind(extension.to_owned())
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| Ok((row.try_get("id")?, row.try_get("pin_hash")?))).transpose()
    }

    /// What the owner of this extension says to callers, if not the usual.
    pub(crate) async fn greeting(&self, extension: &str) -> sqlx::Result<Option<Vec<u8>>> {
        let sound: Option<String> = sqlx::query_scalar(
            "SELECT sound FROM voicemail_greetings JOIN users ON users.id = voicemail_greetings.user_id
             WHERE users.extension = $1",
        )
        .bind(extension.to_owned())
        .fetch_optional(&self.pool)
        .await?;
        sound.map(decoded).transpose()
    }

    /// Another greeting; `None`: the usual one.
    pub(crate) async fn put_greeting(&self, extension: &str, sound: Option<&[u8]>) -> sqlx::Result<()> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("DELETE FROM voicemail_greetings WHERE user_id IN (SELECT id FROM users WHERE extension = $1)")
            .bind(extension.to_owned())
            .execute(&mut *tx)
            .await?;
        if let Some(sound) = sound {
            sqlx::query(
                "INSERT INTO voicemail_greetings (user_id, sound) SELECT id, $1 FROM users WHERE extension = $2",
            )
            .bind(STANDARD.encode(sound))
            .bind(extension.to_owned())
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    /// Has this person a box?
    pub(crate) async fn has_box(&self, user_id: &str) -> sqlx::Result<bool> {
        let has: Option<i64> = sqlx::query_scalar("SELECT use_voicemail FROM users WHERE id = $1")
            .bind(user_id.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        Ok(has == Some(1))
    }

    /// Somebody's messages, the newest first.
    pub(crate) async fn messages(&self, user_id: &str) -> sqlx::Result<Vec<VoiceMessage>> {
        let rows = sqlx::query(
            "SELECT id, caller, caller_name, left_ms, duration_ms, heard FROM voicemail
             WHERE user_id = $1 ORDER BY left_ms DESC, id DESC",
        )
        .bind(user_id.to_owned())
        .fetch_all(&self.pool)
        .await?;
        let one = |row: &sqlx::any::AnyRow| {
            Ok(VoiceMessage {
                id: row.try_get("id")?,
                from: row.try_get("caller")?,
                from_name: row.try_get("caller_name")?,
                left_at_ms: row.try_get("left_ms")?,
                duration_ms: row.try_get::<i64, _>("duration_ms")?.unsigned_abs(),
                heard: row.try_get::<i64, _>("heard")? == 1,
            })
        };
        rows.iter().map(one).collect()
    }

    /// How many of them there are in the box of this extension.
    pub(crate) async fn message_count(&self, extension: &str) -> sqlx::Result<VoicemailData> {
        let rows: Vec<i64> = sqlx::query_scalar(
            "SELECT heard FROM voicemail JOIN users ON users.id = voicemail.user_id WHERE users.extension = $1",
        )
        .bind(extension.to_owned())
        .fetch_all(&self.pool)
        .await?;
        let old = rows.iter().filter(|heard| **heard == 1).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(VoicemailData { new: count(rows.len() - old), old: count(old) })
    }

    /// The sound of a message of this person.
    pub(crate) async fn message_sound(&self, user_id: &str, id: &str) -> sqlx::Result<Option<Vec<u8>>> {
        let sound: Option<String> = sqlx::query_scalar("SELECT sound FROM voicemail WHERE id = $1 AND user_id = $2")
            .bind(id.to_owned())
            .bind(user_id.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        sound.map(decoded).transpose()
    }

    /// A message was heard, or is new again. `false`: this person has none of this name.
    pub(crate) async fn message_heard(&self, user_id: &str, id: &str, heard: bool) -> sqlx::Result<bool> {
        let done = sqlx::query("UPDATE voicemail SET heard = $1 WHERE id = $2 AND user_id = $3")
            .bind(i64::from(heard))
            .bind(id.to_owned())
            .bind(user_id.to_owned())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// A message is gone. `false`: this person has none of this name.
    pub(crate) async fn delete_message(&self, user_id: &str, id: &str) -> sqlx::Result<bool> {
        let done = sqlx::query("DELETE FROM voicemail WHERE id = $1 AND user_id = $2")
            .bind(id.to_owned())
            .bind(user_id.to_owned())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

fn decoded(text: String) -> sqlx::Result<Vec<u8>> {
    STANDARD.decode(text).map_err(|error| sqlx::Error::Decode(error.into()))
}
