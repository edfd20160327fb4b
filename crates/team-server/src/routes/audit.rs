//! What was done, for those who administer everybody.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use team_api::{AuditEntry, AuditPage};

use crate::audit::{changes, remembered};
use crate::db::audit::{AuditRow, AuditWish};
use crate::extract::Administrator;
use crate::problem::Refusal;
use crate::state::Server;

/// Entries of a page unless told.
const USUAL: u32 = 50;
const MOST: u32 = 200;
/// Longer than any id, area or name of a status.
const MOST_CHARS: usize = 64;

#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    before: Option<String>,
    area: Option<String>,
    person: Option<String>,
    limit: Option<u32>,
}

pub(crate) async fn list(
    State(server): State<Server>,
    _administrator: Administrator,
    wish: Result<Query<Wish>, QueryRejection>,
) -> Result<Json<AuditPage>, Refusal> {
    let Query(wish) = wish.map_err(|_| Refusal::bad_request("limit is a number of 1 to 200."))?;
    let limit = wish.limit.unwrap_or(USUAL);
    let plain = |text: &Option<String>| {
        text.as_ref().is_none_or(|text| {
            text.len() <= MOST_CHARS && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        })
    };
    if !(1..=MOST).contains(&limit) || !plain(&wish.before) || !plain(&wish.person) || !plain(&wish.area) {
        return Err(Refusal::bad_request("before and person are ids, area is a word, limit is a number of 1 to 200."));
    }
    // `_` stands for any letter in LIKE; no area has one.
    let area = wish.area.filter(|area| !area.is_empty() && !area.contains('_'));
    let asked = AuditWish { before: wish.before, area, person: wish.person, limit: limit + 1 };
    let mut rows = server.db.audit_rows(asked).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = more.then(|| rows.last().map(|row| row.id.clone())).flatten();
    Ok(Json(AuditPage { entries: told(&server, rows).await?, next }))
}

async fn told(server: &Server, rows: Vec<AuditRow>) -> Result<Vec<AuditEntry>, Refusal> {
    let mut ids = BTreeSet::new();
    for row in &rows {
        ids.extend([row.user_id.clone(), row.subject.clone()]);
        ids.extend(row.details.get("user").and_then(|user| user.as_str()).map(str::to_owned));
    }
    let users = server.db.names_of_users(ids).await?;
    let departments = server.db.departments().await?.into_iter().map(|one| (one.id, one.name));
    let queues = server.db.queues().await?.into_iter().map(|one| (one.id, one.settings.name));
    let mut names: BTreeMap<String, String> = departments.chain(queues).filter(|(_, name)| !name.is_empty()).collect();
    names.extend(users.iter().map(|(id, (name, _))| (id.clone(), name.clone())));
    let entries = rows.into_iter().map(|row| {
        let (by, by_extension) = users.get(&row.user_id).cloned().unwrap_or_default();
        let subject = names.get(&row.subject).cloned().or_else(|| remembered(&row.details)).unwrap_or(row.subject);
        let changes = changes(&row.details, &|id| names.get(id).cloned());
        AuditEntry { id: row.id, at_ms: row.at_ms, by, by_extension, action: row.action, subject, changes }
    });
    Ok(entries.collect())
}
