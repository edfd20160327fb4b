//! What one may see and do, and the rights of others for those who administer them.
//!
//! `departments()` takes nothing and answers with a list of [`Department`]s; `rights_get(RightsOf) -> RightsCard`;
//! `rights_put(PutRights) -> RightsCard`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Role;

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Department {
    /// Id.
    pub id: String,
    /// What it is called, isolate it; empty for the one that is there from the start, until somebody names it.
    pub name: String,
}

/// Whose accounts a role administers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Reach {
    /// Nobody's.
    Nobody,
    /// Those of the departments that the person belongs to or watches over.
    Departments,
    /// Everybody's.
    Everybody,
}

/// Which calls are recorded without anybody asking (RG-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Recording {
    /// None.
    Off,
    /// Those with somebody outside.
    External,
    /// All.
    All,
}

/// The switches of one person (RG-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Switches {
    /// Sees the status of the others of the department.
    pub presence: bool,
    /// Sees the calls of the others of the department.
    pub calls: bool,
    /// Lets the others of the department see whom this person talks to.
    pub show_my_calls: bool,
    /// Picks up, diverts and transfers calls of the others of the department.
    pub operations: bool,
    /// Parks calls and takes parked ones.
    pub parking: bool,
    /// Sends calls to a digital receptionist.
    pub ivr: bool,
    /// Speaks through the phones of the others.
    pub intercom: bool,
    /// Listens, whispers and barges in, if the role allows it as well.
    pub monitoring: bool,
    /// Recorded by themselves.
    pub recording: Recording,
    /// May press Record.
    pub press_record: bool,
}

/// What the person at this phone may see and do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnRights {
    /// Where they belong.
    pub department: Department,
    /// Further departments that they watch over.
    pub watches: Vec<Department>,
    /// What they are.
    pub role: Role,
    /// The role listens, whispers and barges in, with the switch.
    pub monitors: bool,
    /// The role sees the live panel.
    pub live_panel: bool,
    /// Whose accounts the role administers.
    pub administers: Reach,
    /// Their switches.
    pub switches: Switches,
}

/// `rights_get(RightsOf)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RightsOf {
    /// Id of the user.
    pub user: String,
}

/// The rights of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RightsCard {
    /// Id of the department that they belong to.
    pub department: String,
    /// Ids of further departments that they watch over.
    pub watches: Vec<String>,
    /// What they are.
    pub role: Role,
    /// Their switches.
    pub switches: Switches,
    /// What is saved is based on it.
    pub version: u32,
    /// Roles that may be given to them; none: they may be looked at only.
    pub gives: Vec<Role>,
}

/// `rights_put(PutRights)`: `rightsChanged` when somebody was faster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PutRights {
    /// Id of the user.
    pub user: String,
    /// As it shall be, on the version that was read.
    pub card: RightsCard,
}

impl From<&model::Department> for Department {
    fn from(department: &model::Department) -> Self {
        Department { id: department.id.clone(), name: department.name.clone() }
    }
}

impl From<&model::OwnRights> for OwnRights {
    fn from(own: &model::OwnRights) -> Self {
        OwnRights {
            department: (&own.department).into(),
            watches: own.watches.iter().map(Into::into).collect(),
            role: own.role.into(),
            monitors: own.role_rights.monitors,
            live_panel: own.role_rights.live_panel,
            administers: match own.role_rights.administers {
                model::Reach::Nobody => Reach::Nobody,
                model::Reach::Departments => Reach::Departments,
                model::Reach::Everybody => Reach::Everybody,
            },
            switches: own.rights.into(),
        }
    }
}

impl From<&model::RightsCard> for RightsCard {
    fn from(card: &model::RightsCard) -> Self {
        RightsCard {
            department: card.department.clone(),
            watches: card.watches.clone(),
            role: card.role.into(),
            switches: card.rights.into(),
            version: u32::try_from(card.version).unwrap_or(u32::MAX),
            gives: card.gives.iter().copied().map(Into::into).collect(),
        }
    }
}

impl From<RightsCard> for model::RightsCard {
    fn from(card: RightsCard) -> Self {
        model::RightsCard {
            department: card.department,
            watches: card.watches,
            role: card.role.into(),
            rights: card.switches.into(),
            version: card.version.into(),
            gives: card.gives.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<model::Rights> for Switches {
    fn from(rights: model::Rights) -> Self {
        let model::Rights { presence, calls, show_my_calls, operations, parking, ivr, intercom, .. } = rights;
        let model::Rights { monitoring, press_record, .. } = rights;
        let recording = match rights.recording {
            model::Recording::Off => Recording::Off,
            model::Recording::External => Recording::External,
            model::Recording::All => Recording::All,
        };
        Switches {
            presence,
            calls,
            show_my_calls,
            operations,
            parking,
            ivr,
            intercom,
            monitoring,
            recording,
            press_record,
        }
    }
}

impl From<Switches> for model::Rights {
    fn from(switches: Switches) -> Self {
        let Switches { presence, calls, show_my_calls, operations, parking, ivr, intercom, .. } = switches;
        let Switches { monitoring, press_record, .. } = switches;
        let recording = match switches.recording {
            Recording::Off => model::Recording::Off,
            Recording::External => model::Recording::External,
            Recording::All => model::Recording::All,
        };
        model::Rights {
            presence,
            calls,
            show_my_calls,
            operations,
            parking,
            ivr,
            intercom,
            monitoring,
            recording,
            press_record,
        }
    }
}

impl From<Role> for model::Role {
    fn from(role: Role) -> model::Role {
        match role {
            Role::User => model::Role::User,
            Role::Receptionist => model::Role::Receptionist,
            Role::DepartmentAdministrator => model::Role::DepartmentAdministrator,
            Role::Manager => model::Role::Manager,
            Role::Owner => model::Role::Owner,
            Role::SystemAdministrator => model::Role::SystemAdministrator,
            Role::SystemOwner => model::Role::SystemOwner,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_the_same_after_both_ways_rg_01() {
        let card = model::RightsCard {
            department: "cartier".into(),
            watches: vec!["sales".into()],
            role: model::Role::Manager,
            rights: model::Rights {
                show_my_calls: false,
                operations: true,
                recording: model::Recording::External,
                ..model::Rights::USUAL
            },
            version: 3,
            gives: vec![model::Role::User, model::Role::Manager],
        };
        assert_eq!(model::RightsCard::from(RightsCard::from(&card)), card);
    }
}
