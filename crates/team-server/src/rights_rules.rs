//! What an administrator may change of somebody's rights. Pure; the routes ask here.

use model::{Act, Reach, Role, Standing, may};

use crate::db::rights::RightsRecord;
use crate::db::roles::RoleTable;

/// Whoever changes something.
pub(crate) struct Giver<'a> {
    pub standing: &'a Standing,
    pub role: Role,
    pub roles: &'a RoleTable,
}

/// Why something is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotYours {
    /// This person is not theirs to administer.
    Person,
    /// A role above their own.
    Role,
    /// A department that they do not administer.
    Department,
}

impl Giver<'_> {
    /// Whom they may look at.
    pub(crate) fn may_look(&self, subject: &Standing) -> bool {
        may(self.standing, Act::Administer, subject)
    }

    /// Roles that they may give to somebody who has this one: none above their own, and none to somebody who stands above them.
    pub(crate) fn gives(&self, has: Role) -> Vec<Role> {
        if !self.is_above(has) {
            return Vec::new();
        }
        Role::every().iter().copied().filter(|role| self.is_above(*role)).collect()
    }

    /// May this be changed into that?
    pub(crate) fn judge(
        &self,
        subject: &Standing,
        before: &RightsRecord,
        after: &RightsRecord,
    ) -> Result<(), NotYours> {
        if !self.may_look(subject) {
            return Err(NotYours::Person);
        }
        if !self.is_above(before.role) || !self.is_above(after.role) {
            return Err(NotYours::Role);
        }
        let moved = before.department != after.department;
        let mut touched = before.watches.symmetric_difference(&after.watches).chain(moved.then_some(&after.department));
        match touched.all(|department| self.reaches(department)) {
            true => Ok(()),
            false => Err(NotYours::Department),
        }
    }

    /// May somebody with this role be made in this department?
    pub(crate) fn judge_new(&self, role: Role, department: &str) -> Result<(), NotYours> {
        match (self.is_above(role), self.reaches(department)) {
            (true, true) => Ok(()),
            (false, _) => Err(NotYours::Role),
            (true, false) => Err(NotYours::Department),
        }
    }

    /// Is this department theirs to administer?
    pub(crate) fn reaches(&self, department: &str) -> bool {
        match self.standing.role.administers {
            Reach::Nobody => false,
            Reach::Departments => self.standing.department == department || self.standing.watches.contains(department),
            Reach::Everybody => true,
        }
    }

    /// The own role, or one that stands and reaches no higher.
    fn is_above(&self, role: Role) -> bool {
        let reach = |role: Role| match self.roles.get(&role).map(|record| record.rights.administers) {
            None | Some(Reach::Nobody) => 0,
            Some(Reach::Departments) => 1,
            Some(Reach::Everybody) => 2,
        };
        role <= self.role && reach(role) <= reach(self.role)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use model::{Rights, RoleRights};

    use super::*;
    use crate::db::roles::RoleRecord;

    fn table() -> RoleTable {
        Role::every().iter().map(|role| (*role, RoleRecord { rights: RoleRights::usual(*role), version: 0 })).collect()
    }

    fn standing(id: &str, department: &str, role: Role) -> Standing {
        Standing {
            id: id.into(),
            department: department.into(),
            watches: BTreeSet::new(),
            role: RoleRights::usual(role),
            rights: Rights::USUAL,
        }
    }

    fn record(department: &str, role: Role) -> RightsRecord {
        RightsRecord {
            extension: "101".into(),
            department: department.into(),
            watches: BTreeSet::new(),
            role,
            rights: Rights::USUAL,
            version: 1,
        }
    }

    #[test]
    fn nobody_gives_more_than_they_have() {
        use Role::*;
        let roles = table();
        for (role, has, expected) in [
            (User, User, vec![User]),
            (DepartmentAdministrator, User, vec![User, Receptionist, DepartmentAdministrator]),
            (DepartmentAdministrator, Owner, vec![]),
            (Owner, Manager, vec![User, Receptionist, DepartmentAdministrator, Manager, Owner]),
            (
                SystemAdministrator,
                User,
                vec![User, Receptionist, DepartmentAdministrator, Manager, Owner, SystemAdministrator],
            ),
            (SystemAdministrator, SystemOwner, vec![]),
            (SystemOwner, SystemOwner, Role::every().to_vec()),
        ] {
            let standing = standing("a", "cartier", role);
            assert_eq!(Giver { standing: &standing, role, roles: &roles }.gives(has), expected, "{role:?} {has:?}");
        }
        // A lesser role that somebody has given everything to is out of reach as well.
        let mut edited = table();
        edited.get_mut(&Receptionist).unwrap().rights.administers = Reach::Everybody;
        let owner = standing("a", "cartier", Owner);
        assert!(!Giver { standing: &owner, role: Owner, roles: &edited }.gives(User).contains(&Receptionist));
    }

    #[test]
    fn departments_are_changed_by_those_who_reach_them_rg_11() {
        let roles = table();
        let mut owner = standing("a", "cartier", Role::Owner);
        owner.watches.insert("sales".into());
        let giver = Giver { standing: &owner, role: Role::Owner, roles: &roles };
        let noor = standing("noor", "cartier", Role::User);
        let before = record("cartier", Role::User);
        let judge = |after: &RightsRecord| giver.judge(&noor, &before, after);
        assert_eq!(judge(&record("sales", Role::Manager)), Ok(()));
        assert_eq!(judge(&record("billing", Role::User)), Err(NotYours::Department));
        assert_eq!(judge(&record("cartier", Role::SystemOwner)), Err(NotYours::Role));
        let watches = BTreeSet::from(["billing".to_owned()]);
        let watching = RightsRecord { watches, ..before.clone() };
        assert_eq!(judge(&watching), Err(NotYours::Department));
        assert_eq!(giver.judge(&noor, &watching, &watching), Ok(()), "what was so before may stay");
        let far = standing("sami", "billing", Role::User);
        assert_eq!(giver.judge(&far, &before, &before), Err(NotYours::Person));
    }
}
