//! Departments. Whatever changes one, or who belongs to one, takes its turn.

use serde_json::{Value, json};
use sqlx::{AnyConnection, Row as _};

use super::Db;
use super::status_rows::{Hand, note};
use crate::random::uuid_v7;

/// Departments that there may be.
const MOST: i64 = 1000;
/// The one that is there from the start; whoever was put nowhere is in it.
pub(crate) const FIRST: &str = "default";

/// A department with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DepartmentRecord {
    pub id: String,
    /// Empty for the first one until somebody names it.
    pub name: String,
    /// Who belong to it, whatever the state of their account.
    pub people: u64,
    pub version: u64,
}

/// What became of a wish to change the departments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Departed {
    /// It is so.
    Done,
    /// Somebody was faster, or there is none such.
    Stale,
    /// Another one has this name.
    Taken,
    /// People belong to it, or it is the first.
    InUse,
    /// There are as many as there may be.
    Full,
}

impl Db {
    /// All of them, by name.
    pub(crate) async fn departments(&self) -> sqlx::Result<Vec<DepartmentRecord>> {
        let rows = sqlx::query(
            "SELECT id, name, version,
                    (SELECT COUNT(*) FROM users WHERE users.department_id = departments.id) AS people
             FROM departments ORDER BY name, id",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(DepartmentRecord {
                    id: row.try_get("id")?,
                    name: row.try_get("name")?,
                    people: row.try_get::<i64, _>("people")?.unsigned_abs(),
                    version: row.try_get::<i64, _>("version")?.unsigned_abs(),
                })
            })
            .collect()
    }

    /// Makes one; its id.
    pub(crate) async fn add_department(&self, name: &str, hand: Hand<'_>) -> sqlx::Result<Result<String, Departed>> {
        let id = uuid_v7(hand.now);
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        if is_taken(&mut tx, name, "").await? {
            return Ok(Err(Departed::Taken));
        }
        let there: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM departments").fetch_one(&mut *tx).await?;
        if there >= MOST {
            return Ok(Err(Departed::Full));
        }
        sqlx::query("INSERT INTO departments (id, name, version) VALUES ($1, $2, 1)")
            .bind(id.clone())
            .bind(name.to_owned())
            .execute(&mut *tx)
            .await?;
        note(&mut tx, hand, "department.created", &id, json!({ "after": { "name": name } })).await?;
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// Gives another name to one that still has this version.
    pub(crate) async fn rename_department(
        &self,
        id: &str,
        version: u64,
        name: &str,
        hand: Hand<'_>,
    ) -> sqlx::Result<Departed> {
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        if is_taken(&mut tx, name, id).await? {
            return Ok(Departed::Taken);
        }
        let Some(before) = name_of(&mut tx, id, version).await? else { return Ok(Departed::Stale) };
        sqlx::query("UPDATE departments SET name = $1, version = version + 1 WHERE id = $2")
            .bind(name.to_owned())
            .bind(id.to_owned())
            .execute(&mut *tx)
            .await?;
        let details: Value = json!({ "before": { "name": before }, "after": { "name": name } });
        note(&mut tx, hand, "department.changed", id, details).await?;
        tx.commit().await?;
        Ok(Departed::Done)
    }

    /// Deletes one that still has this version and that nobody belongs to. Nobody watches over it any more.
    pub(crate) async fn delete_department(&self, id: &str, version: u64, hand: Hand<'_>) -> sqlx::Result<Departed> {
        let mut tx = self.pool.begin().await?;
        lock(&mut tx).await?;
        let Some(before) = name_of(&mut tx, id, version).await? else { return Ok(Departed::Stale) };
        let people: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users WHERE department_id = $1")
            .bind(id.to_owned())
            .fetch_one(&mut *tx)
            .await?;
        if people > 0 || id == FIRST {
            return Ok(Departed::InUse);
        }
        sqlx::query("DELETE FROM departments WHERE id = $1").bind(id.to_owned()).execute(&mut *tx).await?;
        note(&mut tx, hand, "department.deleted", id, json!({ "before": { "name": before } })).await?;
        tx.commit().await?;
        Ok(Departed::Done)
    }
}

/// Changes of departments, of who belongs to them and of who administers come one after the other.
pub(super) async fn lock(tx: &mut AnyConnection) -> sqlx::Result<()> {
    sqlx::query("UPDATE departments SET version = version WHERE id = $1").bind(FIRST.to_owned()).execute(tx).await?;
    Ok(())
}

async fn is_taken(tx: &mut AnyConnection, name: &str, by_another_than: &str) -> sqlx::Result<bool> {
    let others: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM departments WHERE name = $1 AND id <> $2")
        .bind(name.to_owned())
        .bind(by_another_than.to_owned())
        .fetch_one(tx)
        .await?;
    Ok(others > 0)
}

async fn name_of(tx: &mut AnyConnection, id: &str, version: u64) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT name FROM departments WHERE id = $1 AND version = $2")
        .bind(id.to_owned())
        .bind(i64::try_from(version).unwrap_or(i64::MAX))
        .fetch_optional(tx)
        .await
}

#[cfg(test)]
mod tests {
    use testkit::database::Place;

    use super::*;

    testkit::on_both_databases! {
        departments_are_made_renamed_and_deleted_one_after_the_other,
    }

    const HAND: Hand<'_> = Hand { user_id: "u-admin", now: 1_764_000_000_000 };

    async fn departments_are_made_renamed_and_deleted_one_after_the_other(place: Place) {
        let db = Db::open(&place.url()).await.unwrap();
        let first = db.departments().await.unwrap();
        assert_eq!(first, [DepartmentRecord { id: FIRST.into(), name: String::new(), people: 0, version: 1 }]);
        let id = db.add_department("Cartier", HAND).await.unwrap().unwrap();
        assert_eq!(db.add_department("Cartier", HAND).await.unwrap(), Err(Departed::Taken));
        assert_eq!(db.rename_department(FIRST, 1, "Cartier", HAND).await.unwrap(), Departed::Taken);
        assert_eq!(db.rename_department(&id, 1, "خدمة العملاء", HAND).await.unwrap(), Departed::Done);
        assert_eq!(db.rename_department(&id, 1, "Lost", HAND).await.unwrap(), Departed::Stale);
        assert_eq!(db.delete_department(&id, 1, HAND).await.unwrap(), Departed::Stale);
        assert_eq!(db.delete_department(FIRST, 1, HAND).await.unwrap(), Departed::InUse, "it is always there");
        assert_eq!(db.delete_department(&id, 2, HAND).await.unwrap(), Departed::Done);
        assert_eq!(db.departments().await.unwrap(), first);
        let audit: Vec<_> = db.audit().await.unwrap().into_iter().map(|row| row.1).collect();
        let mut sorted = audit.clone();
        sorted.sort();
        assert_eq!(sorted, ["department.changed", "department.created", "department.deleted"]);
        db.close().await;
    }
}
