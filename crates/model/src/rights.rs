//! Who may see and do what (SPEC 1.5). One pure function, [`may`]: the server asks it before every answer and every event, so
//! that what somebody may not see is not on the wire to them.

use std::collections::BTreeSet;

/// What a person is in the team. What a role allows is a row that administrators edit: [`RoleRights`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Takes and makes calls.
    User,
    /// Also takes calls for others.
    Receptionist,
    /// Administers the users of the own department.
    DepartmentAdministrator,
    /// Watches over departments.
    Manager,
    /// Owns a department: watches over it and administers it.
    Owner,
    /// Administers everybody.
    SystemAdministrator,
    /// Everything.
    SystemOwner,
}

base::codes! {
    Role {
        User = "user",
        Receptionist = "receptionist",
        DepartmentAdministrator = "department_administrator",
        Manager = "manager",
        Owner = "owner",
        SystemAdministrator = "system_administrator",
        SystemOwner = "system_owner",
    }
}

impl Role {
    /// Every role, the least first.
    #[must_use]
    pub const fn every() -> &'static [Role] {
        Role::ALL
    }
}

/// Whose accounts a role administers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nobody's.
    #[default]
    Nobody,
    /// Those of the departments that the person belongs to or watches over.
    Departments,
    /// Everybody's, and the departments, roles, statuses and queues themselves.
    Everybody,
}

base::codes! {
    Reach {
        Nobody = "nobody",
        Departments = "departments",
        Everybody = "everybody",
    }
}

/// What a role allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleRights {
    /// Listen, whisper and barge in, for those who have the right as well (RG-09).
    pub monitors: bool,
    /// Sees the live panel of the departments that the person belongs to or watches over; whoever administers everybody, of all.
    pub live_panel: bool,
    /// Administers.
    pub administers: Reach,
}

impl RoleRights {
    /// What a role allows until somebody says otherwise (RG-09: manager, owner and system owner monitor).
    #[must_use]
    pub const fn usual(role: Role) -> RoleRights {
        match role {
            Role::User | Role::Receptionist => {
                RoleRights { monitors: false, live_panel: false, administers: Reach::Nobody }
            }
            Role::DepartmentAdministrator => {
                RoleRights { monitors: false, live_panel: true, administers: Reach::Departments }
            }
            Role::Manager => RoleRights { monitors: true, live_panel: true, administers: Reach::Nobody },
            Role::Owner => RoleRights { monitors: true, live_panel: true, administers: Reach::Departments },
            Role::SystemAdministrator => {
                RoleRights { monitors: false, live_panel: true, administers: Reach::Everybody }
            }
            Role::SystemOwner => RoleRights { monitors: true, live_panel: true, administers: Reach::Everybody },
        }
    }
}

/// Which calls of a person are recorded without anybody asking (RG-12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recording {
    /// None.
    #[default]
    Off,
    /// Those with somebody outside.
    External,
    /// All.
    All,
}

base::codes! {
    Recording {
        Off = "off",
        External = "external",
        All = "all",
    }
}

/// The switches of one person (RG-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
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
    /// Recorded by themselves (RG-12).
    pub recording: Recording,
    /// May press Record (RG-13).
    pub press_record: bool,
}

impl Rights {
    /// What somebody has until an administrator says otherwise.
    pub const USUAL: Rights = Rights {
        presence: true,
        calls: true,
        show_my_calls: true,
        operations: false,
        parking: false,
        ivr: false,
        intercom: false,
        monitoring: false,
        recording: Recording::Off,
        press_record: false,
    };
}

impl Default for Rights {
    fn default() -> Self {
        Rights::USUAL
    }
}

/// Somebody, as far as rights go: who looks, or who is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Stable id of the person.
    pub id: String,
    /// Id of the department that the person belongs to.
    pub department: String,
    /// Ids of further departments that the person watches over.
    pub watches: BTreeSet<String>,
    /// What the role allows.
    pub role: RoleRights,
    /// The own switches.
    pub rights: Rights,
}

impl Standing {
    /// Does `other` belong to a department of this person's? Rights act within it (RG-11).
    fn reaches(&self, other: &Standing) -> bool {
        self.department == other.department || self.watches.contains(&other.department)
    }
}

/// What somebody wants to see of, or do to, somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// See the status, and that there is a call.
    SeePresence,
    /// See each call: that it is one, its state and since when, not with whom.
    SeeCalls,
    /// See with whom: number, name and direction.
    SeeNumbers,
    /// Take, divert or transfer a call.
    Operate,
    /// Park a call or take a parked one.
    Park,
    /// Send a call to a digital receptionist.
    SendToIvr,
    /// Speak through the phone.
    Intercom,
    /// Hear a call without being heard.
    Listen,
    /// Be heard by the colleague alone.
    Whisper,
    /// Be heard by both.
    BargeIn,
    /// Hear the recordings of calls that are over.
    HearRecordings,
    /// See agents, queues and figures of the department.
    SeeLivePanel,
    /// Set the status and end the sessions, from the live panel: of whoever is seen there and has no higher role.
    Direct,
    /// See and change the account: card, rights, status, sessions.
    Administer,
}

/// May `viewer` do this to `subject`? Everything about oneself may be seen; nobody monitors or administers themselves by it.
#[must_use]
pub fn may(viewer: &Standing, act: Act, subject: &Standing) -> bool {
    let own = viewer.id == subject.id;
    let near = !own && viewer.reaches(subject);
    let rights = &viewer.rights;
    match act {
        Act::SeePresence => own || near && rights.presence,
        Act::SeeCalls => own || near && rights.presence && rights.calls,
        Act::SeeNumbers => own || near && rights.presence && rights.calls && subject.rights.show_my_calls,
        Act::Operate => near && rights.operations,
        Act::Park => (own || near) && rights.parking,
        Act::SendToIvr => (own || near) && rights.ivr,
        Act::Intercom => near && rights.intercom,
        Act::Listen | Act::Whisper | Act::BargeIn => near && rights.monitoring && viewer.role.monitors,
        Act::HearRecordings => own || may(viewer, Act::Listen, subject) || may(viewer, Act::Administer, subject),
        Act::SeeLivePanel => viewer.role.live_panel && (own || near || viewer.role.administers == Reach::Everybody),
        Act::Direct => {
            let rank = |standing: &Standing| (standing.role.administers, standing.role.monitors);
            !own && may(viewer, Act::SeeLivePanel, subject) && rank(subject) <= rank(viewer)
        }
        Act::Administer => match viewer.role.administers {
            Reach::Nobody => false,
            Reach::Departments => viewer.reaches(subject),
            Reach::Everybody => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(id: &str, department: &str, role: Role, rights: Rights) -> Standing {
        Standing {
            id: id.into(),
            department: department.into(),
            watches: BTreeSet::new(),
            role: RoleRights::usual(role),
            rights,
        }
    }

    fn user(id: &str, rights: Rights) -> Standing {
        standing(id, "cartier", Role::User, rights)
    }

    #[test]
    fn what_is_seen_follows_the_truth_table_rg_02_rg_03_rg_04_rg_05_rg_06_rg_07() {
        // viewer's presence, viewer's calls, subject's show_my_calls → presence, calls, numbers
        for (presence, calls, show_my_calls, seen) in [
            (false, false, false, [false, false, false]),
            (false, false, true, [false, false, false]),
            (false, true, false, [false, false, false]),
            (false, true, true, [false, false, false]),
            (true, false, false, [true, false, false]),
            (true, false, true, [true, false, false]),
            (true, true, false, [true, true, false]),
            (true, true, true, [true, true, true]),
        ] {
            let rana = user("rana", Rights { presence, calls, show_my_calls: false, ..Rights::USUAL });
            let noor = user("noor", Rights { presence: false, calls: false, show_my_calls, ..Rights::USUAL });
            let acts = [Act::SeePresence, Act::SeeCalls, Act::SeeNumbers];
            assert_eq!(acts.map(|act| may(&rana, act, &noor)), seen, "{presence} {calls} {show_my_calls}");
            let elsewhere = Standing { department: "sales".into(), ..noor.clone() };
            assert_eq!(acts.map(|act| may(&rana, act, &elsewhere)), [false; 3], "another department (RG-11)");
            assert_eq!(acts.map(|act| may(&rana, act, &rana)), [true; 3], "oneself");
        }
    }

    #[test]
    fn each_operation_has_a_switch_of_its_own_rg_08() {
        let acts = [Act::Operate, Act::Park, Act::SendToIvr, Act::Intercom];
        let noor = user("noor", Rights::USUAL);
        for (at, act) in acts.into_iter().enumerate() {
            let on = |of: usize| of == at;
            let rights = Rights { operations: on(0), parking: on(1), ivr: on(2), intercom: on(3), ..Rights::USUAL };
            let rana = user("rana", rights);
            assert_eq!(acts.map(|it| may(&rana, it, &noor)), acts.map(|it| it == act));
            let elsewhere = Standing { department: "sales".into(), ..noor.clone() };
            assert!(!may(&rana, act, &elsewhere), "{act:?} in another department (RG-11)");
        }
    }

    #[test]
    fn monitoring_needs_the_right_and_the_role_rg_09() {
        let noor = user("noor", Rights::USUAL);
        for role in Role::ALL.iter().copied() {
            for monitoring in [false, true] {
                let viewer = standing("rana", "cartier", role, Rights { monitoring, ..Rights::USUAL });
                let expected = monitoring && matches!(role, Role::Manager | Role::Owner | Role::SystemOwner);
                for act in [Act::Listen, Act::Whisper, Act::BargeIn] {
                    assert_eq!(may(&viewer, act, &noor), expected, "{role:?} {monitoring} {act:?}");
                    let elsewhere = Standing { department: "sales".into(), ..noor.clone() };
                    assert!(!may(&viewer, act, &elsewhere), "RG-11");
                    assert!(!may(&viewer, act, &viewer), "nobody monitors themselves");
                }
            }
        }
    }

    #[test]
    fn recordings_are_heard_by_their_owner_by_who_monitors_and_by_who_administers_rg_09_rg_12() {
        let noor = user("noor", Rights::USUAL);
        assert!(may(&noor, Act::HearRecordings, &noor), "one's own");
        for role in Role::ALL.iter().copied() {
            for monitoring in [false, true] {
                let viewer = standing("rana", "cartier", role, Rights { monitoring, ..Rights::USUAL });
                let expected = may(&viewer, Act::Listen, &noor) || may(&viewer, Act::Administer, &noor);
                assert_eq!(may(&viewer, Act::HearRecordings, &noor), expected, "{role:?} {monitoring}");
                let elsewhere = Standing { department: "sales".into(), ..noor.clone() };
                let everybody = viewer.role.administers == Reach::Everybody;
                assert_eq!(may(&viewer, Act::HearRecordings, &elsewhere), everybody, "RG-11");
            }
        }
        let manager = standing("m", "cartier", Role::Manager, Rights { monitoring: true, ..Rights::USUAL });
        assert!(may(&manager, Act::HearRecordings, &noor));
        assert!(!may(&user("omar", Rights::USUAL), Act::HearRecordings, &noor));
    }

    #[test]
    fn who_watches_over_a_department_sees_it_as_if_it_were_the_own_rg_11() {
        let mut manager = standing("m", "head", Role::Manager, Rights { monitoring: true, ..Rights::USUAL });
        let noor = user("noor", Rights::USUAL);
        assert!(!may(&manager, Act::SeePresence, &noor) && !may(&manager, Act::SeeLivePanel, &noor));
        manager.watches.insert("cartier".into());
        assert!(may(&manager, Act::SeeNumbers, &noor) && may(&manager, Act::Listen, &noor));
        assert!(may(&manager, Act::SeeLivePanel, &noor));
    }

    #[test]
    fn the_live_panel_is_seen_by_role_and_department_lp_01_rg_11() {
        let noor = user("noor", Rights::USUAL);
        let elsewhere = Standing { department: "sales".into(), ..noor.clone() };
        for role in Role::ALL.iter().copied() {
            let viewer = standing("v", "cartier", role, Rights::USUAL);
            let expected = match role {
                Role::User | Role::Receptionist => [false, false],
                Role::DepartmentAdministrator | Role::Manager | Role::Owner => [true, false],
                Role::SystemAdministrator | Role::SystemOwner => [true, true],
            };
            assert_eq!([&noor, &elsewhere].map(|it| may(&viewer, Act::SeeLivePanel, it)), expected, "{role:?}");
        }
    }

    #[test]
    fn nobody_is_directed_by_somebody_with_a_lesser_role_lp_04() {
        use Role::*;
        let directs = |viewer: Role, subject: Role| {
            may(
                &standing("v", "cartier", viewer, Rights::USUAL),
                Act::Direct,
                &standing("s", "cartier", subject, Rights::USUAL),
            )
        };
        for (viewer, directed) in [
            (User, vec![]),
            (Receptionist, vec![]),
            (Manager, vec![User, Receptionist, Manager]),
            (DepartmentAdministrator, vec![User, Receptionist, DepartmentAdministrator, Manager]),
            (Owner, vec![User, Receptionist, DepartmentAdministrator, Manager, Owner]),
            (
                SystemAdministrator,
                vec![User, Receptionist, DepartmentAdministrator, Manager, Owner, SystemAdministrator],
            ),
            (SystemOwner, Role::ALL.to_vec()),
        ] {
            let found: Vec<Role> = Role::ALL.iter().copied().filter(|subject| directs(viewer, *subject)).collect();
            assert_eq!(found, directed, "{viewer:?}");
        }
        let manager = standing("m", "cartier", Manager, Rights::USUAL);
        assert!(!may(&manager, Act::Direct, &manager), "oneself");
        assert!(!may(&manager, Act::Direct, &user("n", Rights::USUAL).clone_in("sales")), "RG-11");
    }

    impl Standing {
        fn clone_in(&self, department: &str) -> Standing {
            Standing { department: department.into(), ..self.clone() }
        }
    }

    #[test]
    fn accounts_are_administered_as_far_as_the_role_reaches_dr_12() {
        let noor = user("noor", Rights::USUAL);
        let elsewhere = Standing { department: "sales".into(), ..noor.clone() };
        for role in Role::ALL.iter().copied() {
            let viewer = standing("v", "cartier", role, Rights::USUAL);
            let expected = match role {
                Role::User | Role::Receptionist | Role::Manager => [false, false],
                Role::DepartmentAdministrator | Role::Owner => [true, false],
                Role::SystemAdministrator | Role::SystemOwner => [true, true],
            };
            assert_eq!([&noor, &elsewhere].map(|it| may(&viewer, Act::Administer, it)), expected, "{role:?}");
        }
    }
}
