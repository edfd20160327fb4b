//! The device's side: what follows when the server shows how a contact stands there.

/// How a contact stands here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mine {
    /// It is not here, and nothing of it waits.
    Absent,
    /// As the server had it at this change.
    Clean {
        /// That change; 0: the server never had it.
        change: u64,
    },
    /// Edited or deleted here since; that waits for the server.
    Waiting {
        /// The change that it was made on; 0: the server was not known to have it.
        base: u64,
    },
    /// Both versions are kept, and the agent is asked; or the server has refused ours.
    Open {
        /// The change that ours is held against.
        theirs: u64,
    },
}

/// How it stands at the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theirs {
    /// Number of the change.
    pub change: u64,
    /// It was deleted.
    pub deleted: bool,
    /// The edit that made it so was made on this very device, so what stands here was made on it.
    pub is_ours: bool,
    /// It says the same as what stands here; also: both deleted.
    pub is_same: bool,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// Nothing: it is old, or never was here.
    Ignore,
    /// Theirs stands here from now on; deleted there, it goes here.
    Take,
    /// Both are the same: nothing waits any more.
    Settle,
    /// Our own earlier edit has arrived: ours goes on waiting, now on top of it.
    Rebase,
    /// Somebody else was faster: both are kept.
    Dispute,
}

/// Decides.
#[must_use]
pub fn meet(mine: Mine, theirs: Theirs) -> Meeting {
    match mine {
        Mine::Absent if theirs.deleted => Meeting::Ignore,
        Mine::Absent => Meeting::Take,
        Mine::Clean { change } if theirs.change <= change => Meeting::Ignore,
        Mine::Clean { .. } => Meeting::Take,
        Mine::Waiting { base: known } | Mine::Open { theirs: known } if theirs.change <= known => Meeting::Ignore,
        Mine::Waiting { .. } | Mine::Open { .. } if theirs.is_same => Meeting::Settle,
        Mine::Waiting { .. } if theirs.is_ours => Meeting::Rebase,
        Mine::Waiting { .. } | Mine::Open { .. } => Meeting::Dispute,
    }
}

/// Was an edit with this tag made on `device`?
#[must_use]
pub fn is_from(edit: &str, device: &str) -> bool {
    !device.is_empty() && edit.strip_prefix(device).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ct_02_nothing_newer_is_written_over_and_nothing_of_ours_is_lost() {
        let theirs = |change| Theirs { change, deleted: false, is_ours: false, is_same: false };
        let gone = Theirs { deleted: true, ..theirs(8) };
        let (ours, same) = (Theirs { is_ours: true, ..theirs(8) }, Theirs { is_same: true, ..theirs(8) });
        let (clean, waiting, open) = (Mine::Clean { change: 7 }, Mine::Waiting { base: 7 }, Mine::Open { theirs: 7 });
        for (mine, theirs, meeting) in [
            (Mine::Absent, theirs(1), Meeting::Take),
            (Mine::Absent, gone, Meeting::Ignore),
            (clean, theirs(7), Meeting::Ignore),
            (clean, theirs(8), Meeting::Take),
            (clean, gone, Meeting::Take),
            (waiting, theirs(7), Meeting::Ignore),
            (waiting, theirs(3), Meeting::Ignore),
            (waiting, theirs(8), Meeting::Dispute),
            (waiting, gone, Meeting::Dispute),
            (waiting, ours, Meeting::Rebase),
            (waiting, same, Meeting::Settle),
            (waiting, Theirs { is_same: true, ..ours }, Meeting::Settle),
            (open, theirs(7), Meeting::Ignore),
            (open, theirs(8), Meeting::Dispute),
            (open, same, Meeting::Settle),
            (open, ours, Meeting::Dispute),
        ] {
            assert_eq!(meet(mine, theirs), meeting, "{mine:?} {theirs:?}");
        }
    }

    #[test]
    fn a_tag_names_its_device() {
        assert!(is_from("d1.ff", "d1"));
        assert!(!is_from("d12.ff", "d1") && !is_from("d1", "d1") && !is_from(".ff", "") && !is_from("", "d1"));
    }
}
