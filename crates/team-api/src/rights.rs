//! Departments, roles, and what each person may see and do (SPEC 1.5).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Role;

/// Answer of `GET` [`crate::path::DEPARTMENTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Departments {
    /// Those that the caller administers, by name.
    pub departments: Vec<Department>,
}

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Department {
    /// Its name for ever.
    pub id: String,
    /// What it is called; empty for the one that is there from the start, until somebody names it.
    pub name: String,
    /// How many people belong to it.
    pub people: u64,
    /// Rises with each change. Name it when you change it.
    pub version: u64,
}

/// Body of `POST` [`crate::path::DEPARTMENTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewDepartment {
    /// 1 to 60 characters in one line; no other department has it.
    pub name: String,
}

/// Body of `PATCH` [`crate::path::DEPARTMENT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EditDepartment {
    /// The version that this is made on. Another one: [`crate::code::DEPARTMENT_CHANGED`], and nothing is changed.
    pub version: u64,
    /// As in [`NewDepartment::name`].
    pub name: String,
}

/// A department by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DepartmentRef {
    /// Id.
    pub id: String,
    /// As in [`Department::name`].
    pub name: String,
}

/// Answer of `GET` [`crate::path::ROLES`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Roles {
    /// Each role, the least first.
    pub roles: Vec<RoleRow>,
}

/// What a role allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoleRow {
    /// Which.
    pub role: Role,
    /// What it allows.
    pub rights: RoleRights,
    /// Rises with each change. Name it when you change it.
    pub version: u64,
}

/// What a role allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoleRights {
    /// Listen, whisper and barge in, for those who have the right as well (RG-09).
    pub monitors: bool,
    /// Sees the live panel of the departments that the person belongs to or watches over.
    pub live_panel: bool,
    /// Whose accounts it administers: `nobody`, `departments`, `everybody`.
    pub administers: String,
}

/// Body of `PUT` [`crate::path::ROLE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PutRole {
    /// The version that this is made on. Another one: [`crate::code::RIGHTS_CHANGED`], and nothing is changed.
    pub version: u64,
    /// What the role allows from now on.
    pub rights: RoleRights,
}

/// The switches of one person (RG-01).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Switches {
    /// Sees the status of the others of the department (RG-04, RG-05).
    pub presence: bool,
    /// Sees the calls of the others of the department (RG-06, RG-07).
    pub calls: bool,
    /// Lets the others of the department see whom this person talks to (RG-02, RG-03).
    pub show_my_calls: bool,
    /// Picks up, diverts and transfers calls of the others of the department (RG-08).
    pub operations: bool,
    /// Parks calls and takes parked ones (RG-08).
    pub parking: bool,
    /// Sends calls to a digital receptionist (RG-08).
    pub ivr: bool,
    /// Speaks through the phones of the others (RG-08).
    pub intercom: bool,
    /// Listens, whispers and barges in, if the role allows it as well (RG-09).
    pub monitoring: bool,
    /// Which calls are recorded without anybody asking: `off`, `external`, `all` (RG-12).
    pub recording: String,
    /// May press Record (RG-13).
    pub press_record: bool,
}

/// Answer of `GET` and `PUT` [`crate::path::USER_RIGHTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UserRights {
    /// Id of the department that they belong to.
    pub department: String,
    /// Ids of further departments that they watch over.
    pub watches: Vec<String>,
    /// What they are.
    pub role: Role,
    /// Their switches.
    pub switches: Switches,
    /// Rises with each change. Name it when you change it.
    pub version: u64,
    /// Roles that the caller may give them; none: the caller may look and not change.
    pub gives: Vec<Role>,
}

/// Body of `PUT` [`crate::path::USER_RIGHTS`]: everything as it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PutUserRights {
    /// The version that this is made on. Another one: [`crate::code::RIGHTS_CHANGED`], and nothing is changed.
    pub version: u64,
    /// Id of the department that they belong to.
    pub department: String,
    /// Ids of further departments that they watch over, 100 at most.
    pub watches: Vec<String>,
    /// What they are.
    pub role: Role,
    /// Their switches.
    pub switches: Switches,
}

/// Answer of [`crate::path::MY_RIGHTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyRights {
    /// Where the caller belongs.
    pub department: DepartmentRef,
    /// Further departments that the caller watches over.
    pub watches: Vec<DepartmentRef>,
    /// What the caller is.
    pub role: Role,
    /// What that allows.
    pub role_rights: RoleRights,
    /// The caller's switches.
    pub switches: Switches,
}

impl From<model::RoleRights> for RoleRights {
    fn from(rights: model::RoleRights) -> Self {
        let model::RoleRights { monitors, live_panel, administers } = rights;
        RoleRights { monitors, live_panel, administers: administers.code().to_owned() }
    }
}

impl RoleRights {
    /// What it says; a word of a newer server counts as the least.
    #[must_use]
    pub fn known(&self) -> model::RoleRights {
        self.strictly().unwrap_or(model::RoleRights {
            monitors: self.monitors,
            live_panel: self.live_panel,
            administers: model::Reach::Nobody,
        })
    }

    /// What it says; `None`: a word that does not exist.
    #[must_use]
    pub fn strictly(&self) -> Option<model::RoleRights> {
        let administers = model::Reach::from_code(&self.administers)?;
        Some(model::RoleRights { monitors: self.monitors, live_panel: self.live_panel, administers })
    }
}

impl From<model::Rights> for Switches {
    fn from(rights: model::Rights) -> Self {
        let model::Rights { presence, calls, show_my_calls, operations, parking, ivr, intercom, .. } = rights;
        let model::Rights { monitoring, recording, press_record, .. } = rights;
        Switches {
            presence,
            calls,
            show_my_calls,
            operations,
            parking,
            ivr,
            intercom,
            monitoring,
            recording: recording.code().to_owned(),
            press_record,
        }
    }
}

impl Switches {
    /// What they say; a word of a newer server means that nothing is recorded.
    #[must_use]
    pub fn known(&self) -> model::Rights {
        self.with(model::Recording::from_code(&self.recording).unwrap_or_default())
    }

    /// What they say; `None`: a word that does not exist.
    #[must_use]
    pub fn strictly(&self) -> Option<model::Rights> {
        model::Recording::from_code(&self.recording).map(|recording| self.with(recording))
    }

    fn with(&self, recording: model::Recording) -> model::Rights {
        model::Rights {
            presence: self.presence,
            calls: self.calls,
            show_my_calls: self.show_my_calls,
            operations: self.operations,
            parking: self.parking,
            ivr: self.ivr,
            intercom: self.intercom,
            monitoring: self.monitoring,
            recording,
            press_record: self.press_record,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_say_the_same_both_ways_and_unknown_words_are_the_least_rg_01() {
        let rights = model::Rights {
            show_my_calls: false,
            monitoring: true,
            recording: model::Recording::External,
            ..model::Rights::USUAL
        };
        let switches = Switches::from(rights);
        assert_eq!((switches.known(), switches.strictly()), (rights, Some(rights)));
        let newer = Switches { recording: "internal".into(), ..switches };
        assert_eq!((newer.known().recording, newer.strictly()), (model::Recording::Off, None));

        let role = RoleRights::from(model::RoleRights::usual(model::Role::Owner));
        assert_eq!(role.strictly(), Some(model::RoleRights::usual(model::Role::Owner)));
        let newer = RoleRights { administers: "planet".into(), ..role };
        assert_eq!((newer.known().administers, newer.strictly()), (model::Reach::Nobody, None));
    }
}
