//! What each role allows, where it differs from the usual.

use std::collections::BTreeMap;

use model::{Reach, Role, RoleRights};
use serde_json::{Value, json};
use sqlx::Row as _;

use super::Db;
use super::status_rows::{Hand, note};

/// What each role allows; every role is in it.
pub(crate) type RoleTable = BTreeMap<Role, RoleRecord>;

/// What a role allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoleRecord {
    pub rights: RoleRights,
    /// 0 until somebody changes it.
    pub version: u64,
}

/// What each role allows.
pub(crate) async fn role_table<'e>(asked: impl sqlx::AnyExecutor<'e>) -> sqlx::Result<RoleTable> {
    let mut table: RoleTable =
        Role::every().iter().map(|role| (*role, RoleRecord { rights: RoleRights::usual(*role), version: 0 })).collect();
    let rows = sqlx::query("SELECT role, monitors, live_panel, administers, version FROM role_rights")
        .fetch_all(asked)
        .await?;
    for row in &rows {
        // One of another version of the server.
        let Some(role) = Role::from_code(row.try_get("role")?) else { continue };
        let rights = RoleRights {
            monitors: row.try_get::<i64, _>("monitors")? == 1,
            live_panel: row.try_get::<i64, _>("live_panel")? == 1,
            administers: Reach::from_code(row.try_get("administers")?).unwrap_or_default(),
        };
        table.insert(role, RoleRecord { rights, version: row.try_get::<i64, _>("version")?.unsigned_abs() });
    }
    Ok(table)
}

impl Db {
    /// What each role allows.
    pub(crate) async fn role_table(&self) -> sqlx::Result<RoleTable> {
        role_table(&self.pool).await
    }

    /// What one role allows.
    pub(crate) async fn role_rights(&self, role: Role) -> sqlx::Result<RoleRights> {
        let table = self.role_table().await?;
        Ok(table.get(&role).map_or(RoleRights::usual(role), |record| record.rights))
    }

    /// Changes what a role allows, if it still has this version. `false`: somebody was faster.
    pub(crate) async fn change_role(
        &self,
        role: Role,
        before: RoleRecord,
        after: RoleRights,
        hand: Hand<'_>,
    ) -> sqlx::Result<bool> {
        let mut tx = self.pool.begin().await?;
        let sql = match before.version {
            0 => {
                "INSERT INTO role_rights (role, monitors, live_panel, administers, version)
                 VALUES ($1, $2, $3, $4, $5 + 1) ON CONFLICT DO NOTHING"
            }
            _ => {
                "UPDATE role_rights SET monitors = $2, live_panel = $3, administers = $4, version = version + 1
                 WHERE role = $1 AND version = $5"
            }
        };
        let done = sqlx::query(sql)
            .bind(role.code())
            .bind(i64::from(after.monitors))
            .bind(i64::from(after.live_panel))
            .bind(after.administers.code())
            .bind(i64::try_from(before.version).unwrap_or(i64::MAX))
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let details = json!({ "before": told_role(before.rights), "after": told_role(after) });
        note(&mut tx, hand, "role.changed", role.code(), details).await?;
        tx.commit().await?;
        Ok(true)
    }
}

fn told_role(rights: RoleRights) -> Value {
    json!(team_api::RoleRights::from(rights))
}
