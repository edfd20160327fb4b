//! Queues and who serves them.

use model::{AgentOptions, Skill};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};
use team_api::{QueueAgent, QueueRow, QueueSettings, QueueSkill, QueueTierRules};

use super::Db;
use super::status_rows::{Hand, note};
use crate::random::uuid_v7;

/// Queues that there may be.
const MOST: i64 = 200;

/// An agent, as the queues need to know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AgentRow {
    pub extension: String,
    pub options: AgentOptions,
    pub skills: Vec<Skill>,
}

/// How an attempt to write a queue ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// It is so now; the id.
    Done(String),
    /// The extension is that of a user or of another queue.
    Taken,
    /// Somebody was faster.
    Changed,
    /// There are as many as there may be.
    TooMany,
}

impl Db {
    /// All queues, by extension.
    pub(crate) async fn queues(&self) -> sqlx::Result<Vec<QueueRow>> {
        let rows = sqlx::query("SELECT * FROM queues ORDER BY extension, id").fetch_all(&self.pool).await?;
        let mut queues = rows.iter().map(queue).collect::<sqlx::Result<Vec<QueueRow>>>()?;
        let agents = sqlx::query(
            "SELECT queue_agents.queue_id, queue_agents.user_id, queue_agents.level, queue_agents.position, users.extension,
                    users.name, COALESCE(agent_options.is_agent, 0) AS is_agent
             FROM queue_agents JOIN users ON users.id = queue_agents.user_id
                 LEFT JOIN agent_options ON agent_options.user_id = users.id
             WHERE users.status = 'active' ORDER BY queue_agents.level, queue_agents.position, users.extension",
        )
        .fetch_all(&self.pool)
        .await?;
        for row in &agents {
            let id: String = row.try_get("queue_id")?;
            if let Some(queue) = queues.iter_mut().find(|queue| queue.id == id) {
                queue.agents.push(QueueAgent {
                    user_id: row.try_get("user_id")?,
                    name: row.try_get("name")?,
                    extension: row.try_get("extension")?,
                    is_agent: row.try_get::<i64, _>("is_agent")? != 0,
                    level: number(row, "level")?,
                    position: number(row, "position")?,
                });
            }
        }
        let skills = sqlx::query("SELECT queue_id, skill, level FROM queue_skills ORDER BY skill");
        for row in &skills.fetch_all(&self.pool).await? {
            let id: String = row.try_get("queue_id")?;
            if let Some(queue) = queues.iter_mut().find(|queue| queue.id == id) {
                let level = number(row, "level")?;
                queue.settings.skills.push(QueueSkill { name: row.try_get("skill")?, level });
            }
        }
        Ok(queues)
    }

    /// All agents who may sign in.
    pub(crate) async fn queue_agents(&self) -> sqlx::Result<Vec<AgentRow>> {
        let rows = sqlx::query(
            "SELECT users.id AS user_id, users.extension, agent_options.call_timeout, agent_options.wrap_up,
                    agent_options.max_no_answer, agent_options.busy_delay, agent_options.reject_delay,
                    agent_options.no_answer_delay
             FROM agent_options JOIN users ON users.id = agent_options.user_id
             WHERE agent_options.is_agent = 1 AND users.status = 'active' ORDER BY users.extension",
        )
        .fetch_all(&self.pool)
        .await?;
        let skills = sqlx::query("SELECT user_id, skill, level FROM agent_skills ORDER BY skill");
        let skills = skills.fetch_all(&self.pool).await?;
        let mut agents = Vec::with_capacity(rows.len());
        for row in &rows {
            let user_id: String = row.try_get("user_id")?;
            let mut mine = Vec::new();
            for skill in &skills {
                if skill.try_get::<String, _>("user_id")? == user_id {
                    mine.push(Skill { name: skill.try_get("skill")?, level: number(skill, "level")? });
                }
            }
            agents.push(AgentRow {
                extension: row.try_get("extension")?,
                options: AgentOptions {
                    call_timeout: number(row, "call_timeout")?,
                    wrap_up: number(row, "wrap_up")?,
                    max_no_answer: number(row, "max_no_answer")?,
                    busy_delay: number(row, "busy_delay")?,
                    reject_delay: number(row, "reject_delay")?,
                    no_answer_delay: number(row, "no_answer_delay")?,
                },
                skills: mine,
            });
        }
        Ok(agents)
    }

    /// Makes a queue.
    pub(crate) async fn add_queue(&self, settings: &QueueSettings, hand: Hand<'_>) -> sqlx::Result<Written> {
        let id = uuid_v7(hand.now);
        let mut tx = self.pool.begin().await?;
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM queues").fetch_one(&mut *tx).await?;
        if count >= MOST {
            return Ok(Written::TooMany);
        }
        if extension_taken(&mut tx, &settings.extension, &id).await? {
            return Ok(Written::Taken);
        }
        let sql = "INSERT INTO queues (name, extension, strategy, tier_rules, tier_wait_s, tier_multiply, tier_no_wait, max_wait_s,
                       max_no_agent_s, overflow, overflow_to, discard_s, resume, skip_other_calls, service_level_s, max_callers,
                       id, version)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)";
        bind(sqlx::query(sql), settings).bind(id.clone()).execute(&mut *tx).await?;
        set_skills(&mut tx, &id, &settings.skills).await?;
        note(&mut tx, hand, "queue.created", &id, json!({ "after": settings })).await?;
        tx.commit().await?;
        Ok(Written::Done(id))
    }

    /// Changes one that still stands as `before`.
    pub(crate) async fn change_queue(
        &self,
        before: &QueueRow,
        settings: &QueueSettings,
        hand: Hand<'_>,
    ) -> sqlx::Result<Written> {
        let mut tx = self.pool.begin().await?;
        if extension_taken(&mut tx, &settings.extension, &before.id).await? {
            return Ok(Written::Taken);
        }
        let sql = "UPDATE queues SET name = $1, extension = $2, strategy = $3, tier_rules = $4, tier_wait_s = $5, tier_multiply = $6,
                       tier_no_wait = $7, max_wait_s = $8, max_no_agent_s = $9, overflow = $10, overflow_to = $11, discard_s = $12,
                       resume = $13, skip_other_calls = $14, service_level_s = $15, max_callers = $16, version = version + 1
                   WHERE id = $17 AND version = $18";
        let version = i64::try_from(before.version).unwrap_or(i64::MAX);
        let done = bind(sqlx::query(sql), settings).bind(before.id.clone()).bind(version).execute(&mut *tx).await?;
        if done.rows_affected() == 0 {
            return Ok(Written::Changed);
        }
        set_skills(&mut tx, &before.id, &settings.skills).await?;
        let details = json!({ "before": before.settings, "after": settings });
        note(&mut tx, hand, "queue.changed", &before.id, details).await?;
        tx.commit().await?;
        Ok(Written::Done(before.id.clone()))
    }

    /// Removes a queue. `false`: there is none.
    pub(crate) async fn remove_queue(&self, id: &str, hand: Hand<'_>) -> sqlx::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let done = sqlx::query("DELETE FROM queues WHERE id = $1").bind(id.to_owned()).execute(&mut *tx).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut tx, hand, "queue.removed", id, json!({})).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// An agent serves a queue at this place. `false`: there is no such user, or no such queue.
    pub(crate) async fn put_queue_agent(
        &self,
        (queue, user): (&str, &str),
        (level, position): (u16, u16),
        hand: Hand<'_>,
    ) -> sqlx::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let done = sqlx::query(
            "INSERT INTO queue_agents (queue_id, user_id, level, position)
             SELECT queues.id, users.id, $1, $2 FROM queues, users
             WHERE queues.id = $3 AND users.id = $4 AND users.status = 'active'
             ON CONFLICT (queue_id, user_id) DO UPDATE SET level = excluded.level, position = excluded.position",
        )
        .bind(i64::from(level))
        .bind(i64::from(position))
        .bind(queue.to_owned())
        .bind(user.to_owned())
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let details = json!({ "user": user, "level": level, "position": position });
        note(&mut tx, hand, "queue.agent_put", queue, details).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// An agent serves a queue no more. `false`: did not.
    pub(crate) async fn remove_queue_agent(&self, queue: &str, user: &str, hand: Hand<'_>) -> sqlx::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let done = sqlx::query("DELETE FROM queue_agents WHERE queue_id = $1 AND user_id = $2")
            .bind(queue.to_owned())
            .bind(user.to_owned())
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut tx, hand, "queue.agent_removed", queue, json!({ "user": user })).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Is the extension that of a user or of a queue with another id than this? Both are called by it.
pub(super) async fn extension_taken(tx: &mut AnyConnection, extension: &str, but: &str) -> sqlx::Result<bool> {
    let taken: i64 = sqlx::query_scalar(
        "SELECT (SELECT COUNT(*) FROM users WHERE extension = $1 AND id <> $2)
              + (SELECT COUNT(*) FROM queues WHERE extension = $3 AND id <> $4)",
    )
    .bind(extension.to_owned())
    .bind(but.to_owned())
    .bind(extension.to_owned())
    .bind(but.to_owned())
    .fetch_one(tx)
    .await?;
    Ok(taken > 0)
}

async fn set_skills(tx: &mut AnyConnection, id: &str, skills: &[QueueSkill]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM queue_skills WHERE queue_id = $1").bind(id.to_owned()).execute(&mut *tx).await?;
    for skill in skills {
        sqlx::query("INSERT INTO queue_skills (queue_id, skill, level) VALUES ($1, $2, $3)")
            .bind(id.to_owned())
            .bind(skill.name.clone())
            .bind(i64::from(skill.level))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

type Sql<'q> = sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>;

/// The columns that an administrator decides, in the order of both statements.
fn bind<'q>(sql: Sql<'q>, it: &QueueSettings) -> Sql<'q> {
    let rules = it.tier_rules.unwrap_or(QueueTierRules { wait_s: 0, multiply: false, at_once_without_agents: false });
    sql.bind(it.name.clone())
        .bind(it.extension.clone())
        .bind(it.strategy.clone())
        .bind(i64::from(it.tier_rules.is_some()))
        .bind(i64::from(rules.wait_s))
        .bind(i64::from(rules.multiply))
        .bind(i64::from(rules.at_once_without_agents))
        .bind(i64::from(it.max_wait_s))
        .bind(i64::from(it.max_wait_no_agent_s))
        .bind(it.overflow.clone())
        .bind(it.overflow_to.clone())
        .bind(i64::from(it.discard_abandoned_after_s))
        .bind(i64::from(it.resume))
        .bind(i64::from(it.skip_other_calls))
        .bind(i64::from(it.service_level_s))
        .bind(i64::from(it.max_callers))
}

fn queue(row: &AnyRow) -> sqlx::Result<QueueRow> {
    let flag = |column: &str| row.try_get::<i64, _>(column).map(|value| value != 0);
    let rules = QueueTierRules {
        wait_s: number(row, "tier_wait_s")?,
        multiply: flag("tier_multiply")?,
        at_once_without_agents: flag("tier_no_wait")?,
    };
    let settings = QueueSettings {
        name: row.try_get("name")?,
        extension: row.try_get("extension")?,
        strategy: row.try_get("strategy")?,
        tier_rules: flag("tier_rules")?.then_some(rules),
        max_wait_s: number(row, "max_wait_s")?,
        max_wait_no_agent_s: number(row, "max_no_agent_s")?,
        overflow: row.try_get("overflow")?,
        overflow_to: row.try_get("overflow_to")?,
        discard_abandoned_after_s: number(row, "discard_s")?,
        resume: flag("resume")?,
        skip_other_calls: flag("skip_other_calls")?,
        service_level_s: number(row, "service_level_s")?,
        max_callers: number(row, "max_callers")?,
        skills: Vec::new(),
    };
    let version = row.try_get::<i64, _>("version")?.unsigned_abs();
    Ok(QueueRow { id: row.try_get("id")?, settings, agents: Vec::new(), version })
}

/// A number that fits because we wrote it; what does not was written by somebody else.
fn number<T: TryFrom<i64>>(row: &AnyRow, column: &str) -> sqlx::Result<T> {
    let value: i64 = row.try_get(column)?;
    T::try_from(value).map_err(|_| sqlx::Error::Decode(format!("{column} is {value}").into()))
}
