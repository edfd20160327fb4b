//! How each agent takes calls from queues.

use model::AgentOptions;

use super::Db;

impl Db {
    /// Makes the person with this extension an agent, with these options. `false`: nobody has it.
    pub(crate) async fn put_agent_options(&self, extension: &str, options: AgentOptions) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "INSERT INTO agent_options (user_id, is_agent, call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, no_answer_delay, version)
             SELECT id, 1, $1, $2, $3, $4, $5, $6, 1 FROM users WHERE extension = $7
             ON CONFLICT (user_id) DO UPDATE SET
                 is_agent = 1, call_timeout = excluded.call_timeout, wrap_up = excluded.wrap_up,
                 max_no_answer = excluded.max_no_answer, busy_delay = excluded.busy_delay, reject_delay = excluded.reject_delay,
                 no_answer_delay = excluded.no_answer_delay, version = agent_options.version + 1",
        )
        .bind(i64::from(options.call_timeout))
        .bind(i64::from(options.wrap_up))
        .bind(i64::from(options.max_no_answer))
        .bind(i64::from(options.busy_delay))
        .bind(i64::from(options.reject_delay))
        .bind(i64::from(options.no_answer_delay))
        .bind(extension.to_owned())
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
