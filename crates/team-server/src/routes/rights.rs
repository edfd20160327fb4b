//! What one may oneself, and what administrators say of others. A change holds in every open stream before it is answered.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use model::{Role, RoleRights, Standing};
use team_api::{DepartmentRef, MyRights, PutUserRights, UserRights, code};

use crate::db::rights::{Righted, RightsRecord};
use crate::db::roles::RoleTable;
use crate::db::status_rows::Hand;
use crate::db::users::User;
use crate::extract::{Body, Caller};
use crate::problem::Refusal;
use crate::random::wall_ms;
use crate::rights_rules::{Giver, NotYours};
use crate::state::Server;

/// Departments that one person may watch over.
const MOST_WATCHED: usize = 100;

pub(crate) async fn mine(State(server): State<Server>, caller: Caller) -> Result<Json<MyRights>, Refusal> {
    let record = server.db.rights_record(&caller.user.id).await?.ok_or_else(Refusal::not_signed_in)?;
    let departments = server.db.departments().await?;
    let named = |id: &String| {
        let name = departments.iter().find(|department| department.id == *id).map(|it| it.name.clone());
        DepartmentRef { id: id.clone(), name: name.unwrap_or_default() }
    };
    let role_rights = server.db.role_rights(record.role).await?;
    Ok(Json(MyRights {
        department: named(&record.department),
        watches: record.watches.iter().map(named).collect(),
        role: record.role.into(),
        role_rights: role_rights.into(),
        switches: record.rights.into(),
    }))
}

pub(crate) async fn look(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<UserRights>, Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    let record = giving.looked_at(&server, &id).await?;
    Ok(Json(giving.card(record)))
}

pub(crate) async fn change(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(wish): Body<PutUserRights>,
) -> Result<Json<UserRights>, Refusal> {
    let giving = Giving::administering(&server, &caller.user).await?;
    let before = giving.looked_at(&server, &id).await?;
    let after = wished(&before, &wish)?;
    giving.judge(&id, &before, &after).map_err(not_yours)?;
    if before.version != wish.version {
        return Err(refused(Righted::Stale));
    }
    let hand = Hand { user_id: &caller.user.id, now: wall_ms() };
    let done = server.db.change_rights(&id, &before, &after, hand).await?;
    if done != Righted::Done {
        return Err(refused(done));
    }
    tracing::info!(user.id = caller.user.id, subject = id, "rights were changed");
    if !server.read_standings().await?.contains(&before.extension) && before != after {
        // Nothing that is seen is otherwise, only what they are or what is recorded.
        server.hub.rights(BTreeSet::from([before.extension]));
    }
    let now = server.db.rights_record(&id).await?.ok_or_else(Refusal::not_found)?;
    Ok(Json(giving.card(now)))
}

/// What somebody wants it to be.
fn wished(before: &RightsRecord, wish: &PutUserRights) -> Result<RightsRecord, Refusal> {
    let role = wish.role.known().ok_or_else(|| Refusal::bad_body("There is no such role."))?;
    let rights = wish.switches.strictly();
    let rights = rights.ok_or_else(|| Refusal::bad_body("Recorded are off, external or all calls."))?;
    if wish.watches.len() > MOST_WATCHED {
        return Err(Refusal::bad_body("Somebody watches over 100 departments at most."));
    }
    if wish.watches.iter().chain([&wish.department]).any(|id| id.contains('\0')) {
        return Err(refused(Righted::NoDepartment));
    }
    // The own department is seen anyway.
    let watches = wish.watches.iter().filter(|id| **id != wish.department).cloned().collect();
    let RightsRecord { extension, version, .. } = before.clone();
    Ok(RightsRecord { extension, department: wish.department.clone(), watches, role, rights, version })
}

pub(super) fn not_yours(why: NotYours) -> Refusal {
    Refusal::forbidden(match why {
        NotYours::Person => "This person is not yours to administer.",
        NotYours::Role => "Nobody gives a role above their own, or changes somebody who stands above them.",
        NotYours::Department => "You do not administer this department.",
    })
}

fn refused(why: Righted) -> Refusal {
    match why {
        // Done is no refusal; whoever asks again sees how it stands.
        Righted::Done | Righted::Stale => {
            let detail = "Somebody else has changed these rights since. Look at them again.";
            Refusal::new(StatusCode::CONFLICT, code::RIGHTS_CHANGED, detail)
        }
        Righted::LastOwner => {
            let detail = "This is the last system owner.";
            Refusal::new(StatusCode::CONFLICT, code::LAST_OWNER, detail)
        }
        Righted::NoDepartment => Refusal::bad_body("There is no such department."),
    }
}

/// Whoever administers, with what that depends on, as the database says at this moment.
pub(super) struct Giving {
    pub(super) standing: Standing,
    role: Role,
    roles: RoleTable,
}

impl Giving {
    /// Those only who administer somebody.
    pub(super) async fn administering(server: &Server, user: &User) -> Result<Giving, Refusal> {
        let standing = server.db.standing(&user.id).await?.ok_or_else(Refusal::not_signed_in)?;
        if standing.role.administers == model::Reach::Nobody {
            return Err(Refusal::forbidden("For administrators only."));
        }
        Ok(Giving { standing, role: user.role, roles: server.db.role_table().await? })
    }

    pub(super) fn giver(&self) -> Giver<'_> {
        Giver { standing: &self.standing, role: self.role, roles: &self.roles }
    }

    /// May this be changed into that?
    pub(super) fn judge(&self, id: &str, before: &RightsRecord, after: &RightsRecord) -> Result<(), NotYours> {
        self.giver().judge(&self.standing_of(id, before), before, after)
    }

    /// Somebody whom they administer. Of others they do not even hear whether there is one.
    pub(super) async fn looked_at(&self, server: &Server, id: &str) -> Result<RightsRecord, Refusal> {
        // PostgreSQL takes no text with a zero byte in it.
        let found = match id.contains('\0') {
            true => None,
            false => server.db.rights_record(id).await?,
        };
        found.filter(|record| self.giver().may_look(&self.standing_of(id, record))).ok_or_else(Refusal::not_found)
    }

    fn standing_of(&self, id: &str, record: &RightsRecord) -> Standing {
        let usual = RoleRights::usual(record.role);
        Standing {
            id: id.to_owned(),
            department: record.department.clone(),
            watches: record.watches.clone(),
            role: self.roles.get(&record.role).map_or(usual, |row| row.rights),
            rights: record.rights,
        }
    }

    fn card(&self, record: RightsRecord) -> UserRights {
        UserRights {
            gives: self.giver().gives(record.role).into_iter().map(Into::into).collect(),
            department: record.department,
            watches: record.watches.into_iter().collect(),
            role: record.role.into(),
            switches: record.rights.into(),
            version: record.version,
        }
    }
}
