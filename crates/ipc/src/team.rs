//! The team: who is there.

use base::WallMs;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{StatusKind, StatusNames};

/// The team as this account may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Team {
    /// What follows is up to date; else nobody knows who is there, and no presence may be shown.
    pub known: bool,
    /// Everybody but oneself, by extension.
    pub colleagues: Vec<Colleague>,
}

/// Somebody of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Colleague {
    /// Id of the user.
    pub id: String,
    /// Name; isolate it.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// What they have chosen, or offline.
    pub kind: StatusKind,
    /// What their status is called; none: the words of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub status_names: Option<StatusNames>,
    /// Own words, isolate them; else empty.
    pub text: String,
    /// For how long, when this was told; none: not known.
    pub age_ms: Option<u64>,
    /// A call of theirs.
    pub call: Option<ColleagueCall>,
}

/// That somebody is on a call, and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColleagueCall {
    /// It rings at theirs and is not answered yet.
    pub ringing: bool,
    /// For how long, when this was told.
    pub age_ms: u64,
}

impl Colleague {
    /// As it is at `wall`.
    #[must_use]
    pub fn from_model(colleague: &model::Colleague, wall: WallMs) -> Self {
        let age = |since: WallMs| u64::try_from(wall.0 - since.0).unwrap_or(0);
        Colleague {
            id: colleague.id.clone(),
            name: colleague.name.clone(),
            extension: colleague.extension.clone(),
            kind: colleague.kind.into(),
            status_names: colleague.status_names.as_ref().map(StatusNames::of),
            text: colleague.text.clone(),
            age_ms: colleague.since.map(age),
            call: colleague.call.map(|call| ColleagueCall { ringing: call.ringing, age_ms: age(call.since) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_computed_here_and_never_negative() {
        let colleague = model::Colleague {
            id: "u2".into(),
            name: "رنا خوري".into(),
            extension: "102".into(),
            avatar: None,
            profile_version: 0,
            status: "break".into(),
            kind: model::StatusKind::Break,
            status_names: None,
            text: String::new(),
            since: Some(WallMs(1_000)),
            call: Some(model::ColleagueCall { ringing: true, since: WallMs(9_000) }),
        };
        let shape = Colleague::from_model(&colleague, WallMs(5_000));
        assert_eq!(shape.age_ms, Some(4_000));
        // The server's clock is ahead of ours.
        assert_eq!(shape.call, Some(ColleagueCall { ringing: true, age_ms: 0 }));
    }
}
