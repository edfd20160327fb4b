//! Everybody of the team, as the server tells it: the whole list at first, then what changes. A list that was asked for and
//! the news that come meanwhile may overtake each other, so the news are kept and put on top of the list.

use std::collections::BTreeMap;

use model::Colleague;

/// The team as it is known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    /// What follows is up to date. Else the event stream is down, and nobody knows who is there: a stale light is a lie.
    pub known: bool,
    /// Everybody but oneself, by extension.
    pub colleagues: Vec<Colleague>,
}

/// Keeps the list.
#[derive(Default)]
pub(crate) struct Roster {
    /// Oneself, who is not in the list. `None`: this account has no team.
    own: Option<String>,
    known: bool,
    people: BTreeMap<String, Colleague>,
    /// What came since the list was asked for, by id.
    meanwhile: Option<BTreeMap<String, Colleague>>,
}

impl Roster {
    /// A team account is in use from now on, or none.
    pub(crate) fn belongs_to(&mut self, own: Option<String>) {
        *self = Roster { own, ..Roster::default() };
    }

    /// The event stream is up: the list has been asked for.
    pub(crate) fn asked(&mut self) {
        self.meanwhile = Some(BTreeMap::new());
    }

    /// The event stream is down. True: it was known who is there, until now.
    pub(crate) fn lost(&mut self) -> bool {
        self.meanwhile = None;
        std::mem::take(&mut self.known)
    }

    /// The list has come. One that nobody waits for any more is passed over.
    pub(crate) fn list(&mut self, people: Vec<Colleague>) {
        let Some(meanwhile) = self.meanwhile.take() else { return };
        self.people = people.into_iter().map(|colleague| (colleague.id.clone(), colleague)).collect();
        self.people.extend(meanwhile);
        self.known = true;
    }

    /// News of somebody. Returns it when it belongs into the list that is shown.
    pub(crate) fn news(&mut self, colleague: Colleague) -> Option<Colleague> {
        if let Some(meanwhile) = &mut self.meanwhile {
            meanwhile.insert(colleague.id.clone(), colleague);
            return None;
        }
        let shown = self.known && self.own.as_deref() != Some(&colleague.id);
        self.people.insert(colleague.id.clone(), colleague.clone());
        shown.then_some(colleague)
    }

    /// What is shown; `None`: this account has no team.
    pub(crate) fn team(&self) -> Option<Team> {
        let own = self.own.as_deref()?;
        let mut colleagues: Vec<Colleague> =
            self.people.values().filter(|colleague| colleague.id != own).cloned().collect();
        colleagues.sort_by(|a, b| (a.extension.len(), &a.extension).cmp(&(b.extension.len(), &b.extension)));
        Some(Team { known: self.known, colleagues })
    }
}

#[cfg(test)]
mod tests {
    use model::StatusKind;

    use super::*;

    fn colleague(id: &str, kind: StatusKind) -> Colleague {
        Colleague {
            id: id.into(),
            name: id.to_uppercase(),
            extension: format!("10{}", id.len()),
            avatar: None,
            profile_version: 0,
            status: kind.code().into(),
            kind,
            status_names: None,
            text: String::new(),
            since: None,
            call: None,
            department: None,
            hidden: false,
            may: model::ColleagueMay::default(),
        }
    }

    fn roster() -> Roster {
        let mut roster = Roster::default();
        roster.belongs_to(Some("noor".into()));
        roster
    }

    fn kinds(roster: &Roster) -> Vec<StatusKind> {
        roster.team().unwrap().colleagues.iter().map(|colleague| colleague.kind).collect()
    }

    #[test]
    fn news_that_overtake_the_list_count_st_13() {
        let mut roster = roster();
        roster.asked();
        assert_eq!(roster.news(colleague("rana", StatusKind::Break)), None, "nothing is shown yet");
        roster.list(vec![colleague("rana", StatusKind::Available), colleague("noor", StatusKind::Available)]);
        assert_eq!(kinds(&roster), [StatusKind::Break]);
        assert!(roster.team().unwrap().known);
    }

    #[test]
    fn without_the_stream_nobody_is_known_to_be_there() {
        let mut roster = roster();
        roster.asked();
        roster.list(vec![colleague("rana", StatusKind::Available)]);
        assert!(roster.lost());
        assert!(!roster.lost(), "what is lost is told once, not at each try");
        let team = roster.team().unwrap();
        assert_eq!((team.known, team.colleagues.len()), (false, 1), "names stay, lights go out");
        // The answer to a question from before.
        roster.list(vec![]);
        assert!(!roster.team().unwrap().known);
        assert_eq!(roster.news(colleague("rana", StatusKind::Break)), None);
    }

    #[test]
    fn oneself_is_no_colleague_and_a_sip_account_has_none() {
        let mut roster = roster();
        roster.asked();
        roster.list(vec![colleague("noor", StatusKind::Available)]);
        assert_eq!(roster.news(colleague("noor", StatusKind::Meeting)), None);
        assert_eq!(kinds(&roster), []);
        let shown = roster.news(colleague("rana", StatusKind::Meeting));
        assert_eq!(shown, Some(colleague("rana", StatusKind::Meeting)));
        assert_eq!(kinds(&roster), [StatusKind::Meeting]);
        roster.belongs_to(None);
        assert_eq!(roster.team(), None);
    }
}
