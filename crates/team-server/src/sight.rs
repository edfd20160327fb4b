//! How much somebody sees of somebody else, and what is left of what is told when the rest is taken away. Pure; whatever goes
//! to a phone about the presence of another person passes here.

use model::{Act, Standing, StatusKind, may};
use team_api::{PersonCall, PersonMay, PersonStatus};

/// How much is seen, from nothing on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sight {
    /// Who they are: name, extension, picture.
    Nothing,
    /// Their status, and that they are on a call (RG-04, RG-07).
    Presence,
    /// Each call: its state, since when (RG-06).
    Calls,
    /// With whom (RG-02).
    Numbers,
}

impl Sight {
    /// Of whom nothing is known, nothing is seen, and who is not known sees nothing.
    pub(crate) fn of(viewer: Option<&Standing>, subject: Option<&Standing>) -> Sight {
        let (Some(viewer), Some(subject)) = (viewer, subject) else { return Sight::Nothing };
        let may = |act| may(viewer, act, subject);
        match () {
            () if may(Act::SeeNumbers) => Sight::Numbers,
            () if may(Act::SeeCalls) => Sight::Calls,
            () if may(Act::SeePresence) => Sight::Presence,
            () => Sight::Nothing,
        }
    }

    /// What is left of somebody.
    pub(crate) fn cut(self, person: &PersonStatus) -> PersonStatus {
        match self {
            Sight::Numbers => person.clone(),
            Sight::Calls => PersonStatus {
                call: person.call.as_ref().map(|call| PersonCall { with: None, ..call.clone() }),
                ..person.clone()
            },
            // A phone that rings is a state of a call; only that they speak with somebody is presence.
            Sight::Presence => PersonStatus {
                call: person.call.as_ref().filter(|call| !call.ringing).map(|_| PersonCall {
                    ringing: false,
                    since_ms: None,
                    with: None,
                }),
                ..person.clone()
            },
            Sight::Nothing => PersonStatus {
                id: person.id.clone(),
                name: person.name.clone(),
                extension: person.extension.clone(),
                avatar: person.avatar.clone(),
                profile_version: person.profile_version,
                status: StatusKind::Offline.code().to_owned(),
                kind: StatusKind::Offline.code().to_owned(),
                names: None,
                text: String::new(),
                since_ms: None,
                call: None,
                department: None,
                hidden: true,
                may: PersonMay::default(),
            },
        }
    }
}

/// All of a viewer that counts for what they are told of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct View {
    sight: Sight,
    supervise: bool,
    operate: bool,
}

impl View {
    pub(crate) fn of(viewer: Option<&Standing>, subject: Option<&Standing>) -> View {
        let can = |act| viewer.zip(subject).is_some_and(|(viewer, subject)| may(viewer, act, subject));
        View { sight: Sight::of(viewer, subject), supervise: can(Act::Listen), operate: can(Act::Operate) }
    }

    fn of_person(self, person: &PersonStatus) -> PersonStatus {
        let may = PersonMay { supervise: self.supervise, operate: self.operate };
        PersonStatus { may, ..self.sight.cut(person) }
    }
}

/// How somebody saw what was, if there was something, and sees what is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Look {
    pub before: Option<View>,
    pub now: View,
}

impl Look {
    /// What is left of news for whoever looks like this. `None`: nothing that is new to them.
    pub(crate) fn news(self, before: Option<&PersonStatus>, now: &PersonStatus) -> Option<PersonStatus> {
        let seen = self.now.of_person(now);
        let known = self.before.zip(before).map(|(view, person)| view.of_person(person));
        (known.as_ref() != Some(&seen)).then_some(seen)
    }
}

/// What of somebody is told to somebody else, and what these may do with it.
pub(crate) fn told(viewer: Option<&Standing>, subject: Option<&Standing>, person: &PersonStatus) -> PersonStatus {
    View::of(viewer, subject).of_person(person)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use model::{Rights, Role, RoleRights};
    use team_api::CallWith;

    use super::*;

    const NUMBER: &str = "17778732492";

    fn noor(ringing: bool) -> PersonStatus {
        PersonStatus {
            id: "noor".into(),
            name: "Noor".into(),
            extension: "101".into(),
            avatar: None,
            profile_version: 3,
            status: "other".into(),
            kind: "other".into(),
            names: None,
            text: "in a course".into(),
            since_ms: Some(5),
            call: Some(PersonCall {
                ringing,
                since_ms: Some(7),
                with: Some(CallWith { incoming: false, number: NUMBER.into(), name: "Grace".into() }),
            }),
            department: Some("cartier".into()),
            hidden: false,
            may: PersonMay::default(),
        }
    }

    #[test]
    fn each_right_takes_away_what_it_is_about_and_no_more_rg_02_rg_03_rg_04_rg_05_rg_06_rg_07() {
        let shown = |sight: Sight, ringing| serde_json::to_string(&sight.cut(&noor(ringing))).unwrap();
        for (sight, words) in [
            (Sight::Numbers, [true, true, true, true]),
            (Sight::Calls, [false, true, true, true]),
            (Sight::Presence, [false, false, true, true]),
            (Sight::Nothing, [false, false, false, false]),
        ] {
            let text = shown(sight, false);
            let found = [NUMBER, "\"since_ms\":7", "\"call\":", "in a course"].map(|word| text.contains(word));
            assert_eq!(found, words, "{sight:?}: {text}");
            assert_eq!(text.contains("\"hidden\":true"), sight == Sight::Nothing);
            assert!(text.contains("\"Noor\"") && text.contains("\"101\""), "who they are is known");
        }
        assert!(shown(Sight::Calls, true).contains("\"ringing\":true"));
        assert!(!shown(Sight::Presence, true).contains("\"call\":"), "what rings is not yet a call that is seen");
    }

    #[test]
    fn sight_is_what_rights_say_and_of_strangers_there_is_none_rg_11() {
        let standing = |id: &str, department: &str, rights| Standing {
            id: id.into(),
            department: department.into(),
            watches: BTreeSet::new(),
            role: RoleRights::usual(Role::User),
            rights,
        };
        let noor = standing("noor", "cartier", Rights::USUAL);
        let of = |rights| Sight::of(Some(&standing("rana", "cartier", rights)), Some(&noor));
        assert_eq!(of(Rights::USUAL), Sight::Numbers);
        assert_eq!(of(Rights { calls: false, ..Rights::USUAL }), Sight::Presence);
        assert_eq!(of(Rights { presence: false, ..Rights::USUAL }), Sight::Nothing);
        let quiet = standing("noor", "cartier", Rights { show_my_calls: false, ..Rights::USUAL });
        let rana = standing("rana", "cartier", Rights::USUAL);
        assert_eq!(Sight::of(Some(&rana), Some(&quiet)), Sight::Calls);
        assert_eq!(Sight::of(Some(&quiet), Some(&quiet)), Sight::Numbers, "oneself");
        let far = standing("rana", "sales", Rights::USUAL);
        assert_eq!(Sight::of(Some(&far), Some(&noor)), Sight::Nothing);
        assert_eq!(Sight::of(None, Some(&noor)), Sight::Nothing);
        assert_eq!(Sight::of(Some(&rana), None), Sight::Nothing);
    }
}
