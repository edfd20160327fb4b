//! One of the team: what they have chosen, whether a phone of theirs is registered, their calls, and what the others see of it.

use model::{Standing, StatusKind};
use team_api::{PersonMay, PersonStatus};

use crate::addressed::Before;
use crate::db::statuses::{Chosen, Member};
use crate::lines::Lines;
use crate::routes::status::wire_names;

/// The status that the server sets.
pub(crate) const OFFLINE: &str = "offline";

/// Somebody of the team.
pub(crate) struct Person {
    pub member: Member,
    pub registered: bool,
    /// When a phone came or the last one went; unknown before the first time.
    pub registered_ms: Option<i64>,
    pub lines: Lines,
    /// What they may see and do; without it they see nothing, and nothing is seen of them.
    pub standing: Option<Standing>,
}

impl Person {
    pub(crate) fn new(member: Member) -> Self {
        Person { member, registered: false, registered_ms: None, lines: Lines::default(), standing: None }
    }

    /// Status and profile are changed apart, and so is what the status means: of each the later one counts.
    pub(crate) fn take(&mut self, member: Member) {
        let mine = &mut self.member;
        if mine.profile_version <= member.profile_version {
            mine.name = member.name;
            mine.avatar = member.avatar;
            mine.profile_version = member.profile_version;
        }
        let version = |chosen: &Chosen| (chosen.version, chosen.status_version);
        let is_same_status = mine.chosen.status.id == member.chosen.status.id;
        let is_later = match is_same_status {
            true => version(&mine.chosen) <= version(&member.chosen),
            false => mine.chosen.version <= member.chosen.version,
        };
        if is_later {
            mine.chosen = member.chosen;
        }
    }

    /// What is seen now, to be compared with what is seen afterwards.
    pub(crate) fn before(&self) -> Before {
        Before { person: self.seen(), stood: self.standing.clone() }
    }

    /// All that can be seen of them; each sees as much of it as they may.
    pub(crate) fn seen(&self) -> PersonStatus {
        let Member { id, name, extension, avatar, profile_version, chosen } = &self.member;
        let (status, kind, text, since_ms) = match (self.registered, chosen.marked_offline) {
            (true, false) => {
                (chosen.status.id.as_str(), chosen.status.kind, chosen.text.as_str(), Some(chosen.chosen_ms))
            }
            (true, true) => (OFFLINE, StatusKind::Offline, "", Some(chosen.changed_ms)),
            (false, _) => (OFFLINE, StatusKind::Offline, "", self.registered_ms),
        };
        PersonStatus {
            id: id.clone(),
            name: name.clone(),
            extension: extension.clone(),
            avatar: avatar.clone(),
            profile_version: *profile_version,
            status: status.to_owned(),
            kind: kind.code().to_owned(),
            names: (status == chosen.status.id).then(|| chosen.status.names.clone().map(wire_names)).flatten(),
            text: text.to_owned(),
            since_ms,
            call: self.lines.shown(),
            department: self.standing.as_ref().map(|standing| standing.department.clone()),
            hidden: false,
            // Each reader has rights of their own.
            may: PersonMay::default(),
        }
    }
}
