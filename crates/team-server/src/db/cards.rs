//! Users as administrators see, make and change them. Every change leaves a row in `audit`, in the same transaction, without secrets.

use model::{AgentOptions, Role, Skill};
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::Db;
use super::departments::lock;
use super::queues::extension_taken;
use super::rights::is_last_owner;
use super::sessions::end_sessions;
use super::status_rows::{Hand, note};
use crate::auth::token::TokenHash;
use crate::directory_rules::Agent;

/// What the database says of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CardRecord {
    pub id: String,
    pub extension: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub department: String,
    pub active: bool,
    pub created_ms: i64,
    pub agent: Agent,
    /// Networks in canonical form; none: from everywhere (EC-09).
    pub acl: Vec<String>,
    pub has_pin: bool,
    pub use_voicemail: bool,
    pub version: u64,
}

/// Hashes that a change writes; `None` stays.
#[derive(Clone, Copy, Default)]
pub(crate) struct Hashes<'a> {
    pub password: Option<&'a str>,
    /// Empty: there is no PIN any more.
    pub pin: Option<&'a str>,
}

/// How an attempt to write a card ended.
pub(crate) enum CardWritten {
    /// It is so now. These sessions have ended by it.
    Done(Vec<TokenHash>),
    /// A user or a queue has the extension.
    ExtensionTaken,
    /// Somebody signs in with the e-mail.
    EmailTaken,
    /// Somebody was faster, or the user is gone.
    Stale,
    /// Nobody would be left who may everything.
    LastOwner,
    /// There is no such department.
    NoDepartment,
}

macro_rules! cards {
    () => {
        "SELECT users.id AS user_id, users.extension, users.name, users.email, users.role, users.department_id,
                users.status, users.created_ms, users.card_version, users.acl, users.use_voicemail,
                CASE WHEN users.pin_hash = '' THEN 0 ELSE 1 END AS has_pin, agent_options.is_agent, agent_options.call_timeout,
                agent_options.wrap_up, agent_options.max_no_answer, agent_options.busy_delay,
                agent_options.reject_delay, agent_options.no_answer_delay
         FROM users LEFT JOIN agent_options ON agent_options.user_id = users.id"
    };
}

impl Db {
    /// Everybody, by extension; without skills.
    pub(crate) async fn cards(&self) -> sqlx::Result<Vec<CardRecord>> {
        let rows = sqlx::query(concat!(cards!(), " ORDER BY users.extension")).fetch_all(&self.pool).await?;
        rows.iter().map(record).collect()
    }

    /// The one with this extension; without skills.
    pub(crate) async fn card_of_extension(&self, extension: &str) -> sqlx::Result<Option<CardRecord>> {
        let row = sqlx::query(concat!(cards!(), " WHERE users.extension = $1"))
            .bind(extension.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(record).transpose()
    }

    /// One of them, with skills.
    pub(crate) async fn card(&self, user_id: &str) -> sqlx::Result<Option<CardRecord>> {
        let row = sqlx::query(concat!(cards!(), " WHERE users.id = $1"))
            .bind(user_id.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let mut card = record(&row)?;
        let skills = sqlx::query("SELECT skill, level FROM agent_skills WHERE user_id = $1 ORDER BY skill")
            .bind(user_id.to_owned())
            .fetch_all(&self.pool)
            .await?;
        for row in &skills {
            let level = u8::try_from(row.try_get::<i64, _>("level")?).unwrap_or(u8::MAX);
            card.agent.skills.push(Skill { name: row.try_get("skill")?, level });
        }
        Ok(Some(card))
    }

    /// Makes a user.
    pub(crate) async fn add_card(
        &self,
        card: &CardRecord,
        password_hash: &str,
        pin_hash: &str,
        hand: Hand<'_>,
    ) -> sqlx::Result<CardWritten> {
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        if let Some(taken) = taken(&mut tx, card).await? {
            return Ok(taken);
        }
        let places: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM departments WHERE id = $1")
            .bind(card.department.clone())
            .fetch_one(&mut *tx)
            .await?;
        if places == 0 {
            return Ok(CardWritten::NoDepartment);
        }
        sqlx::query(
            "INSERT INTO users (id, email, name, extension, role, department_id, status, password_hash, ready_made, created_ms,
                 acl, pin_hash, use_voicemail)
             VALUES ($1, $2, $3, $4, $5, $6, 'active', $7, 0, $8, $9, $10, $11)",
        )
        .bind(card.id.clone())
        .bind(card.email.clone())
        .bind(card.name.clone())
        .bind(card.extension.clone())
        .bind(card.role.code())
        .bind(card.department.clone())
        .bind(password_hash.to_owned())
        .bind(card.created_ms)
        .bind(card.acl.join(" "))
        .bind(pin_hash.to_owned())
        .bind(i64::from(card.use_voicemail))
        .execute(&mut *tx)
        .await?;
        put_agent(&mut tx, &card.id, &card.agent).await?;
        note(&mut tx, hand, "user.created", &card.id, json!({ "after": told(card) })).await?;
        tx.commit().await?;
        Ok(CardWritten::Done(Vec::new()))
    }

    /// Changes one that still has the version of `before`. With a password, or without an account that may be used, every session ends.
    pub(crate) async fn change_card(
        &self,
        before: &CardRecord,
        after: &CardRecord,
        hashes: Hashes<'_>,
        hand: Hand<'_>,
    ) -> sqlx::Result<CardWritten> {
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        if let Some(taken) = taken(&mut tx, after).await? {
            return Ok(taken);
        }
        let goes = before.active && !after.active;
        if goes && before.role == Role::SystemOwner && is_last_owner(&mut tx, &before.id).await? {
            return Ok(CardWritten::LastOwner);
        }
        let renamed = before.name != after.name;
        let done = sqlx::query(
            "UPDATE users SET email = $1, status = $2, acl = $3, pin_hash = COALESCE($4, pin_hash), use_voicemail = $7,
                 card_version = card_version + 1
             WHERE id = $5 AND card_version = $6",
        )
        .bind(after.email.clone())
        .bind(if after.active { "active" } else { "suspended" })
        .bind(after.acl.join(" "))
        .bind(hashes.pin.map(str::to_owned))
        .bind(before.id.clone())
        .bind(i64::try_from(before.version).unwrap_or(i64::MAX))
        .bind(i64::from(after.use_voicemail))
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(CardWritten::Stale);
        }
        if renamed {
            // First and last name are read from it until their owner says them apart.
            sqlx::query(
                "UPDATE users SET name = $1, first_name = '', last_name = '', profile_version = profile_version + 1 WHERE id = $2",
            )
            .bind(after.name.clone())
            .bind(before.id.clone())
            .execute(&mut *tx)
            .await?;
        }
        if before.agent != after.agent {
            put_agent(&mut tx, &before.id, &after.agent).await?;
        }
        if let Some(hash) = hashes.password {
            sqlx::query("UPDATE users SET password_hash = $1, password_changed_ms = 0 WHERE id = $2")
                .bind(hash.to_owned())
                .bind(before.id.clone())
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM password_resets WHERE user_id = $1")
                .bind(before.id.clone())
                .execute(&mut *tx)
                .await?;
        }
        let mut ended = Vec::new();
        if goes || hashes.password.is_some() {
            ended = end_sessions(&mut tx, &before.id, None).await?;
        }
        let another = |hash: Option<&str>| hash.map(|_| "another one");
        let details = json!({
            "before": told(before), "after": told(after), "password": another(hashes.password), "pin": another(hashes.pin),
        });
        note(&mut tx, hand, "user.changed", &before.id, details).await?;
        tx.commit().await?;
        Ok(CardWritten::Done(ended))
    }
}

impl Db {
    /// Deletes one that still has the version of `before`. What is only theirs goes with them: sessions, profile, own contacts, status,
    /// rights, agent options, places in queues. What others need stays: the log of queues, calls of others, `audit`.
    pub(crate) async fn delete_card(&self, before: &CardRecord, hand: Hand<'_>) -> sqlx::Result<CardWritten> {
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        if before.role == Role::SystemOwner && is_last_owner(&mut tx, &before.id).await? {
            return Ok(CardWritten::LastOwner);
        }
        let ended = end_sessions(&mut tx, &before.id, None).await?;
        // The rest goes by `ON DELETE CASCADE`.
        let done = sqlx::query("DELETE FROM users WHERE id = $1 AND card_version = $2")
            .bind(before.id.clone())
            .bind(i64::try_from(before.version).unwrap_or(i64::MAX))
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(CardWritten::Stale);
        }
        note(&mut tx, hand, "user.deleted", &before.id, json!({ "before": told(before) })).await?;
        tx.commit().await?;
        Ok(CardWritten::Done(ended))
    }

    /// Ends every session of somebody. Their tokens come back.
    pub(crate) async fn end_all_sessions(&self, user_id: &str, hand: Hand<'_>) -> sqlx::Result<Vec<TokenHash>> {
        let mut tx = self.pool.begin().await?;
        let ended = end_sessions(&mut tx, user_id, None).await?;
        note(&mut tx, hand, "user.sessions_ended", user_id, json!({ "sessions": ended.len() })).await?;
        tx.commit().await?;
        Ok(ended)
    }
}

/// Is extension or e-mail somebody else's?
async fn taken(tx: &mut AnyConnection, card: &CardRecord) -> sqlx::Result<Option<CardWritten>> {
    if extension_taken(&mut *tx, &card.extension, &card.id).await? {
        return Ok(Some(CardWritten::ExtensionTaken));
    }
    let emails: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users WHERE email = $1 AND id <> $2")
        .bind(card.email.clone())
        .bind(card.id.clone())
        .fetch_one(&mut *tx)
        .await?;
    Ok((emails > 0).then_some(CardWritten::EmailTaken))
}

async fn put_agent(tx: &mut AnyConnection, user_id: &str, agent: &Agent) -> sqlx::Result<()> {
    let options = agent.options;
    let numbers = [
        u16::from(agent.is_agent),
        options.call_timeout,
        options.wrap_up,
        options.max_no_answer,
        options.busy_delay,
        options.reject_delay,
        options.no_answer_delay,
    ];
    let sql = "INSERT INTO agent_options (is_agent, call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, no_answer_delay,
                   user_id, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
               ON CONFLICT (user_id) DO UPDATE SET is_agent = excluded.is_agent, call_timeout = excluded.call_timeout,
                   wrap_up = excluded.wrap_up, max_no_answer = excluded.max_no_answer, busy_delay = excluded.busy_delay,
                   reject_delay = excluded.reject_delay, no_answer_delay = excluded.no_answer_delay,
                   version = agent_options.version + 1";
    let query = numbers.into_iter().fold(sqlx::query(sql), |query, number| query.bind(i64::from(number)));
    query.bind(user_id.to_owned()).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM agent_skills WHERE user_id = $1").bind(user_id.to_owned()).execute(&mut *tx).await?;
    for skill in &agent.skills {
        sqlx::query("INSERT INTO agent_skills (user_id, skill, level) VALUES ($1, $2, $3)")
            .bind(user_id.to_owned())
            .bind(skill.name.clone())
            .bind(i64::from(skill.level))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

fn record(row: &AnyRow) -> sqlx::Result<CardRecord> {
    let option = |column: &str, usual: u16| -> sqlx::Result<u16> {
        let kept = row.try_get::<Option<i64>, _>(column)?;
        Ok(kept.and_then(|kept| u16::try_from(kept).ok()).unwrap_or(usual))
    };
    let usual = AgentOptions::USUAL;
    Ok(CardRecord {
        id: row.try_get("user_id")?,
        extension: row.try_get("extension")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        role: Role::from_code(row.try_get("role")?).unwrap_or(Role::User),
        department: row.try_get("department_id")?,
        active: row.try_get::<String, _>("status")? == "active",
        created_ms: row.try_get("created_ms")?,
        agent: Agent {
            is_agent: option("is_agent", 0)? == 1,
            options: AgentOptions {
                call_timeout: option("call_timeout", usual.call_timeout)?,
                wrap_up: option("wrap_up", usual.wrap_up)?,
                max_no_answer: option("max_no_answer", usual.max_no_answer)?,
                busy_delay: option("busy_delay", usual.busy_delay)?,
                reject_delay: option("reject_delay", usual.reject_delay)?,
                no_answer_delay: option("no_answer_delay", usual.no_answer_delay)?,
            },
            skills: Vec::new(),
        },
        acl: row.try_get::<String, _>("acl")?.split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect(),
        has_pin: row.try_get::<i64, _>("has_pin")? == 1,
        use_voicemail: row.try_get::<i64, _>("use_voicemail")? == 1,
        version: row.try_get::<i64, _>("card_version")?.unsigned_abs(),
    })
}

fn told(card: &CardRecord) -> Value {
    json!({
        "extension": card.extension, "name": card.name, "email": card.email, "role": card.role.code(),
        "department": card.department, "active": card.active, "acl": card.acl,
        "has_pin": card.has_pin, "use_voicemail": card.use_voicemail, "agent": team_api::AgentCard::from(&card.agent),
    })
}
