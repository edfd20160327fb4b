//! Who may see and do what: role, department and switches of each user, and what each role allows.

use std::collections::{BTreeMap, BTreeSet};

use model::{Reach, Recording, Rights, Role, RoleRights, Standing};
use serde_json::{Value, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::Db;
use super::departments::lock;
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

/// What one user is and may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RightsRecord {
    pub extension: String,
    pub department: String,
    pub watches: BTreeSet<String>,
    pub role: Role,
    pub rights: Rights,
    /// 0 until somebody changes it.
    pub version: u64,
}

/// What became of a wish to change the rights of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Righted {
    Done,
    /// Somebody was faster, or the user is gone.
    Stale,
    /// Nobody would be left who may everything.
    LastOwner,
    /// There is no such department.
    NoDepartment,
}

/// The columns of [`RightsRecord`]. Whoever has no row of their own has the usual switches.
macro_rules! rights {
    () => {
        "SELECT users.id AS user_id, users.extension, users.role, users.department_id,
                user_rights.presence, user_rights.calls, user_rights.show_my_calls, user_rights.operations,
                user_rights.parking, user_rights.ivr, user_rights.intercom, user_rights.monitoring,
                user_rights.recording, user_rights.press_record, user_rights.version AS rights_version
         FROM users LEFT JOIN user_rights ON user_rights.user_id = users.id"
    };
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
    /// How everybody stands who may sign in, by extension.
    pub(crate) async fn standings(&self) -> sqlx::Result<BTreeMap<String, Standing>> {
        let roles = self.role_table().await?;
        let rows = sqlx::query(concat!(rights!(), " WHERE users.status = 'active'")).fetch_all(&self.pool).await?;
        let watched =
            sqlx::query("SELECT user_id, department_id FROM watched_departments").fetch_all(&self.pool).await?;
        let mut watches: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in &watched {
            watches.entry(row.try_get("user_id")?).or_default().insert(row.try_get("department_id")?);
        }
        rows.iter()
            .map(|row| {
                let id: String = row.try_get("user_id")?;
                let watches = watches.remove(&id).unwrap_or_default();
                let record = record(row, watches)?;
                Ok((record.extension.clone(), standing(id, record, &roles)))
            })
            .collect()
    }

    /// How one of them stands, whatever the state of the account.
    pub(crate) async fn standing(&self, user_id: &str) -> sqlx::Result<Option<Standing>> {
        let Some(record) = self.rights_record(user_id).await? else { return Ok(None) };
        Ok(Some(standing(user_id.to_owned(), record, &self.role_table().await?)))
    }

    /// What one of them is and may.
    pub(crate) async fn rights_record(&self, user_id: &str) -> sqlx::Result<Option<RightsRecord>> {
        let row = sqlx::query(concat!(rights!(), " WHERE users.id = $1"))
            .bind(user_id.to_owned())
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let watches: Vec<String> =
            sqlx::query_scalar("SELECT department_id FROM watched_departments WHERE user_id = $1")
                .bind(user_id.to_owned())
                .fetch_all(&self.pool)
                .await?;
        record(&row, watches.into_iter().collect()).map(Some)
    }

    /// Changes what still stands as `before`.
    pub(crate) async fn change_rights(
        &self,
        user_id: &str,
        before: &RightsRecord,
        after: &RightsRecord,
        hand: Hand<'_>,
    ) -> sqlx::Result<Righted> {
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        if before.role == Role::SystemOwner
            && after.role != Role::SystemOwner
            && is_last_owner(&mut tx, user_id).await?
        {
            return Ok(Righted::LastOwner);
        }
        for department in std::iter::once(&after.department).chain(&after.watches) {
            let found: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM departments WHERE id = $1")
                .bind(department.clone())
                .fetch_one(&mut *tx)
                .await?;
            if found == 0 {
                return Ok(Righted::NoDepartment);
            }
        }
        if !put_switches(&mut tx, user_id, before.version, &after.rights).await? {
            return Ok(Righted::Stale);
        }
        sqlx::query("UPDATE users SET role = $1, department_id = $2 WHERE id = $3")
            .bind(after.role.code())
            .bind(after.department.clone())
            .bind(user_id.to_owned())
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM watched_departments WHERE user_id = $1")
            .bind(user_id.to_owned())
            .execute(&mut *tx)
            .await?;
        for department in &after.watches {
            sqlx::query("INSERT INTO watched_departments (user_id, department_id) VALUES ($1, $2)")
                .bind(user_id.to_owned())
                .bind(department.clone())
                .execute(&mut *tx)
                .await?;
        }
        note(&mut tx, hand, "rights.changed", user_id, json!({ "before": told(before), "after": told(after) })).await?;
        tx.commit().await?;
        Ok(Righted::Done)
    }

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

/// Writes the switches over those of this version. `false`: they have another one, or the user is gone.
async fn put_switches(tx: &mut AnyConnection, user_id: &str, version: u64, rights: &Rights) -> sqlx::Result<bool> {
    let sql = match version {
        0 => {
            "INSERT INTO user_rights (presence, calls, show_my_calls, operations, parking, ivr, intercom, monitoring,
                                      recording, press_record, user_id, version)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, users.id, $12 + 1 FROM users WHERE users.id = $11
             ON CONFLICT DO NOTHING"
        }
        _ => {
            "UPDATE user_rights SET presence = $1, calls = $2, show_my_calls = $3, operations = $4, parking = $5,
                 ivr = $6, intercom = $7, monitoring = $8, recording = $9, press_record = $10, version = version + 1
             WHERE user_id = $11 AND version = $12"
        }
    };
    let done = sqlx::query(sql)
        .bind(i64::from(rights.presence))
        .bind(i64::from(rights.calls))
        .bind(i64::from(rights.show_my_calls))
        .bind(i64::from(rights.operations))
        .bind(i64::from(rights.parking))
        .bind(i64::from(rights.ivr))
        .bind(i64::from(rights.intercom))
        .bind(i64::from(rights.monitoring))
        .bind(rights.recording.code())
        .bind(i64::from(rights.press_record))
        .bind(user_id.to_owned())
        .bind(i64::try_from(version).unwrap_or(i64::MAX))
        .execute(tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

async fn is_last_owner(tx: &mut AnyConnection, user_id: &str) -> sqlx::Result<bool> {
    let others: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM users WHERE role = $1 AND status = 'active' AND id <> $2")
            .bind(Role::SystemOwner.code())
            .bind(user_id.to_owned())
            .fetch_one(tx)
            .await?;
    Ok(others == 0)
}

fn record(row: &AnyRow, watches: BTreeSet<String>) -> sqlx::Result<RightsRecord> {
    let version: Option<i64> = row.try_get("rights_version")?;
    let on = |column: &str| row.try_get::<Option<i64>, _>(column).map(|value| value == Some(1));
    let rights = match version {
        None => Rights::USUAL,
        Some(_) => Rights {
            presence: on("presence")?,
            calls: on("calls")?,
            show_my_calls: on("show_my_calls")?,
            operations: on("operations")?,
            parking: on("parking")?,
            ivr: on("ivr")?,
            intercom: on("intercom")?,
            monitoring: on("monitoring")?,
            recording: row
                .try_get::<Option<String>, _>("recording")?
                .and_then(|word| Recording::from_code(&word))
                .unwrap_or_default(),
            press_record: on("press_record")?,
        },
    };
    Ok(RightsRecord {
        extension: row.try_get("extension")?,
        department: row.try_get("department_id")?,
        watches,
        // A word of another version counts as the least.
        role: Role::from_code(row.try_get("role")?).unwrap_or(Role::User),
        rights,
        version: version.unwrap_or_default().unsigned_abs(),
    })
}

fn standing(id: String, record: RightsRecord, roles: &RoleTable) -> Standing {
    let RightsRecord { department, watches, role, rights, .. } = record;
    let role = roles.get(&role).map_or(RoleRights::usual(role), |record| record.rights);
    Standing { id, department, watches, role, rights }
}

fn told(record: &RightsRecord) -> Value {
    json!({
        "role": record.role.code(), "department": record.department, "watches": record.watches,
        "switches": team_api::Switches::from(record.rights),
    })
}

fn told_role(rights: RoleRights) -> Value {
    json!(team_api::RoleRights::from(rights))
}

#[cfg(test)]
#[path = "rights_tests.rs"]
mod tests;
