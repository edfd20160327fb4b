//! Ready-made agents for practice, and which profile of the app has which.

use model::Role;

use super::Db;
use super::users::{NewRow, User, user_columns};
use crate::auth::password::NO_PASSWORD;
use crate::random::{uuid_v7, wall_ms};

/// Extensions 101, 102, …; half of the names Arabic, because both scripts have to look right everywhere.
const AGENTS: [(&str, &str); 8] = [
    ("noor", "Noor Haddad"),
    ("khalid", "خالد الأمين"),
    ("rana", "Rana Khoury"),
    ("salma", "سلمى العتيبي"),
    ("omar", "Omar Nasser"),
    ("yusuf", "يوسف الحربي"),
    ("lina", "Lina Farouk"),
    ("maryam", "مريم الزهراني"),
];
const FIRST_EXTENSION: usize = 101;

impl Db {
    /// Adds the ready-made agents that are missing. Nobody can sign in as one of them with a password.
    pub(crate) async fn seed_practice(&self) -> sqlx::Result<()> {
        for (index, (mailbox, name)) in AGENTS.into_iter().enumerate() {
            let now = wall_ms();
            let new = NewRow {
                id: uuid_v7(now),
                email: &format!("{mailbox}@rannan.local"),
                name,
                extension: &(FIRST_EXTENSION + index).to_string(),
                role: Role::User,
                password_hash: NO_PASSWORD,
                ready_made: true,
                created_ms: now,
            };
            self.insert_user(new).await?;
        }
        Ok(())
    }

    /// The agent of a profile; the first free one when the profile is new; `None` when all are taken.
    pub(crate) async fn practice_agent(&self, profile: &str) -> sqlx::Result<Option<User>> {
        // Where several ask at once, another profile may be faster with the first free one: then there is a next one, or none.
        for _ in 0..=AGENTS.len() {
            if let Some(user) = self.agent_of_profile(profile).await? {
                return Ok(Some(user));
            }
            sqlx::query(
                "INSERT INTO practice_profiles (profile, user_id)
                 SELECT $1, id FROM users
                 WHERE ready_made = 1 AND status = 'active' AND id NOT IN (SELECT user_id FROM practice_profiles)
                 ORDER BY extension LIMIT 1
                 ON CONFLICT DO NOTHING",
            )
            .bind(profile.to_owned())
            .execute(&self.pool)
            .await?;
        }
        self.agent_of_profile(profile).await
    }

    async fn agent_of_profile(&self, profile: &str) -> sqlx::Result<Option<User>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            user_columns!(),
            " FROM practice_profiles JOIN users ON users.id = practice_profiles.user_id
             WHERE practice_profiles.profile = $1 AND users.status = 'active'"
        ))
        .bind(profile.to_owned())
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(User::from_row).transpose()
    }
}
