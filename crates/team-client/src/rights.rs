//! What one may see and do, and what administrators say of others.

use model::{Department, OwnRights, RightsCard, Role};
use reqwest::Method;
use team_api::{DepartmentRef, Departments, MyRights, PutUserRights, Switches, UserRights, path};

use crate::client::TeamClient;
use crate::error::TeamError;

impl TeamClient {
    /// What the person at this phone may see and do.
    ///
    /// # Errors
    /// [`TeamError`].
    pub async fn my_rights(&self) -> Result<OwnRights, TeamError> {
        let mine: MyRights = self.ask(self.authorized(Method::GET, path::MY_RIGHTS)?, true).await?;
        Ok(OwnRights {
            department: named(mine.department),
            watches: mine.watches.into_iter().map(named).collect(),
            role: mine.role.known().unwrap_or(Role::User),
            role_rights: mine.role_rights.known(),
            rights: mine.switches.known(),
        })
    }

    /// The departments that this person administers, by name.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `forbidden` for those who administer nobody.
    pub async fn departments(&self) -> Result<Vec<Department>, TeamError> {
        let all: Departments = self.ask(self.authorized(Method::GET, path::DEPARTMENTS)?, true).await?;
        Ok(all.departments.into_iter().map(|it| Department { id: it.id, name: it.name }).collect())
    }

    /// What somebody may see and do.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `not-found` for those whom this person does not administer.
    pub async fn user_rights(&self, id: &str) -> Result<RightsCard, TeamError> {
        let request = self.authorized(Method::GET, &path_of(id)?)?;
        self.ask(request, true).await.map(card)
    }

    /// Says what somebody may see and do, based on the version that was seen.
    ///
    /// # Errors
    /// [`TeamError`]; `Server` with `rights-changed` when somebody was faster, `last-owner` when nobody would be left who
    /// administers everybody, `forbidden` when it is not this person's to give.
    pub async fn put_user_rights(&self, id: &str, wish: &RightsCard) -> Result<RightsCard, TeamError> {
        let body = PutUserRights {
            version: wish.version,
            department: wish.department.clone(),
            watches: wish.watches.clone(),
            role: wish.role.into(),
            switches: Switches::from(wish.rights),
        };
        let request = self.authorized(Method::PUT, &path_of(id)?)?.json(&body);
        self.ask(request, true).await.map(card)
    }
}

fn path_of(id: &str) -> Result<String, TeamError> {
    id_in(id).map(path::user_rights)
}

/// An id that may stand in a path: the server's are UUIDs or plain words, and whatever else came must not become another path.
pub(crate) fn id_in(id: &str) -> Result<&str, TeamError> {
    let fits = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    fits.then_some(id).ok_or_else(|| TeamError::Server { status: 404, code: team_api::code::NOT_FOUND.to_owned() })
}

fn named(department: DepartmentRef) -> Department {
    Department { id: department.id, name: department.name }
}

fn card(rights: UserRights) -> RightsCard {
    RightsCard {
        department: rights.department,
        watches: rights.watches,
        role: rights.role.known().unwrap_or(Role::User),
        rights: rights.switches.known(),
        version: rights.version,
        gives: rights.gives.into_iter().filter_map(team_api::Role::known).collect(),
    }
}
