//! The team: who is there.

use base::WallMs;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CallDirection, StatusKind, StatusNames};

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
    /// Id of the department that they belong to; none when their presence may not be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub department: Option<String>,
    /// Their presence may not be seen (RG-05, RG-11): nothing but who they are is known.
    pub hidden: bool,
    /// What this account may do with a call of theirs.
    pub may: ColleagueMay,
}

/// What may be done with the calls of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColleagueMay {
    /// Listen, whisper and barge in (RG-09).
    pub supervise: bool,
    /// Divert, transfer and pick up (RG-08).
    pub operate: bool,
}

/// A call of somebody's, as far as this account may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColleagueCall {
    /// It rings at theirs and is not answered yet.
    pub ringing: bool,
    /// For how long, when this was told; none: only that they are on a call may be seen (RG-07).
    pub age_ms: Option<u64>,
    /// With whom; none: they do not share it (RG-03).
    pub with: Option<ColleagueParty>,
}

/// The other side of a colleague's call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColleagueParty {
    /// Who called whom.
    pub direction: CallDirection,
    /// Number or extension, isolate it.
    pub number: String,
    /// Name, isolate it; empty: not known to the server.
    pub name: String,
}

impl From<&model::ColleagueParty> for ColleagueParty {
    fn from(with: &model::ColleagueParty) -> Self {
        ColleagueParty { direction: with.direction.into(), number: with.number.clone(), name: with.name.clone() }
    }
}

impl ColleagueCall {
    fn from_model(call: &model::ColleagueCall, age: impl Fn(WallMs) -> u64) -> Self {
        ColleagueCall { ringing: call.ringing, age_ms: call.since.map(age), with: call.with.as_ref().map(Into::into) }
    }
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
            call: colleague.call.as_ref().map(|call| ColleagueCall::from_model(call, age)),
            department: colleague.department.clone(),
            hidden: colleague.hidden,
            may: ColleagueMay { supervise: colleague.may.supervise, operate: colleague.may.operate },
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
            call: Some(model::ColleagueCall { ringing: true, since: Some(WallMs(9_000)), with: None }),
            department: None,
            hidden: false,
            may: model::ColleagueMay::default(),
        };
        let shape = Colleague::from_model(&colleague, WallMs(5_000));
        assert_eq!(shape.age_ms, Some(4_000));
        // The server's clock is ahead of ours.
        assert_eq!(shape.call, Some(ColleagueCall { ringing: true, age_ms: Some(0), with: None }));
    }
}
