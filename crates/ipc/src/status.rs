//! One's own status: what can be chosen, what counts, what was asked for.

use base::WallMs;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ErrorCode;

/// What a status is; its shape, colour and words go by this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum StatusKind {
    /// Ready for every call.
    Available,
    /// Away from the queues for a while.
    Break,
    /// Nobody gets through.
    DoNotDisturb,
    /// In a meeting.
    Meeting,
    /// Own words.
    Other,
    /// Nothing reaches this person; set by the server.
    Offline,
}

/// What a status is called by whoever made it; isolate it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusNames {
    /// English.
    pub en: String,
    /// Arabic.
    pub ar: String,
}

/// A status that can be chosen, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusChoice {
    /// Its name for ever.
    pub id: String,
    /// What it is.
    pub kind: StatusKind,
    /// What it is called; none: the words of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub names: Option<StatusNames>,
    /// It keeps away what its kind usually does.
    pub usual: bool,
}

/// A status that was asked for and is not confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PendingStatus {
    /// Which.
    pub id: String,
    /// What it is.
    pub kind: StatusKind,
    /// Own words, isolate them; else empty.
    pub text: String,
}

/// One's own status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnStatus {
    /// What can be chosen, in order.
    pub choices: Vec<StatusChoice>,
    /// The status that the server confirmed.
    pub id: String,
    /// What it is.
    pub kind: StatusKind,
    /// What it is called; none: the words of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub names: Option<StatusNames>,
    /// Own words, isolate them; else empty.
    pub text: String,
    /// For how long, when this was told.
    pub age_ms: u64,
    /// The server keeps every call away until a status is chosen (ST-07).
    pub marked_offline: bool,
    /// Each sign-in begins like that.
    pub offline_at_sign_in: bool,
    /// That was switched and is not confirmed yet.
    pub offline_at_sign_in_pending: bool,
    /// The last own words, newest first, three at most.
    pub recent_texts: Vec<String>,
    /// What was asked for since and is not true yet.
    pub pending: Option<PendingStatus>,
}

impl StatusNames {
    pub(crate) fn of(names: &model::StatusNames) -> Self {
        StatusNames { en: names.en.clone(), ar: names.ar.clone() }
    }
}

impl OwnStatus {
    /// As it is at `wall`: durations are computed here, so that the window never needs our clock.
    #[must_use]
    pub fn from_view(view: &phone::StatusView, wall: WallMs) -> Self {
        let kind_of = |id: &str| view.choices.iter().find(|status| status.id == id).map(|status| status.kind.into());
        let can_be_chosen = |status: &&model::Status| status.kind != model::StatusKind::Offline;
        OwnStatus {
            choices: view
                .choices
                .iter()
                .filter(can_be_chosen)
                .map(|status| StatusChoice {
                    id: status.id.clone(),
                    kind: status.kind.into(),
                    names: status.names.as_ref().map(StatusNames::of),
                    usual: status.blocks == model::Blocks::usual(status.kind),
                })
                .collect(),
            id: view.own.status.clone(),
            kind: view.own.kind.into(),
            names: view.own.names.as_ref().map(StatusNames::of),
            text: view.own.text.clone(),
            age_ms: u64::try_from(wall.0 - view.own.since.0).unwrap_or(0),
            marked_offline: view.own.marked_offline,
            offline_at_sign_in: view.own.offline_at_sign_in,
            offline_at_sign_in_pending: view.pending_offline_at_sign_in.is_some(),
            recent_texts: view.own.recent_texts.clone(),
            pending: view.pending.as_ref().map(|wish| PendingStatus {
                id: wish.status.clone(),
                kind: kind_of(&wish.status).unwrap_or(StatusKind::Other),
                text: wish.text.clone(),
            }),
        }
    }
}

/// `set_status(SetStatus)`: asked for at once, true once an event says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetStatus {
    /// Which.
    pub id: String,
    /// Own words, with `other`: 1 to 40 characters; else empty.
    pub text: String,
}

/// `offline_at_sign_in(OfflineAtSignIn)`: each sign-in begins marked offline, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfflineAtSignIn {
    /// Yes or no.
    pub on: bool,
}

impl From<phone::StatusFault> for ErrorCode {
    fn from(why: phone::StatusFault) -> Self {
        match why {
            phone::StatusFault::NoStatus => ErrorCode::NotSignedIn,
            phone::StatusFault::Text => ErrorCode::StatusText,
            phone::StatusFault::Newer => ErrorCode::StatusNewer,
            phone::StatusFault::Unreachable => ErrorCode::ServerUnreachable,
            phone::StatusFault::Unknown | phone::StatusFault::Refused => ErrorCode::StatusRefused,
        }
    }
}

impl From<StatusKind> for model::StatusKind {
    fn from(kind: StatusKind) -> Self {
        match kind {
            StatusKind::Available => model::StatusKind::Available,
            StatusKind::Break => model::StatusKind::Break,
            StatusKind::DoNotDisturb => model::StatusKind::DoNotDisturb,
            StatusKind::Meeting => model::StatusKind::Meeting,
            StatusKind::Other => model::StatusKind::Other,
            StatusKind::Offline => model::StatusKind::Offline,
        }
    }
}

impl From<model::StatusKind> for StatusKind {
    fn from(kind: model::StatusKind) -> Self {
        match kind {
            model::StatusKind::Available => StatusKind::Available,
            model::StatusKind::Break => StatusKind::Break,
            model::StatusKind::DoNotDisturb => StatusKind::DoNotDisturb,
            model::StatusKind::Meeting => StatusKind::Meeting,
            model::StatusKind::Other => StatusKind::Other,
            model::StatusKind::Offline => StatusKind::Offline,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offline_is_not_for_choosing_and_what_is_asked_for_is_not_what_counts_st_12() {
        let status = |kind: model::StatusKind| model::Status {
            id: kind.code().to_owned(),
            kind,
            names: None,
            blocks: model::Blocks::usual(kind),
        };
        let view = phone::StatusView {
            choices: vec![status(model::StatusKind::Available), status(model::StatusKind::Offline)],
            own: model::OwnStatus {
                status: "break".into(),
                kind: model::StatusKind::Break,
                names: None,
                text: String::new(),
                since: WallMs(1000),
                marked_offline: false,
                offline_at_sign_in: false,
                recent_texts: Vec::new(),
                version: 1,
            },
            pending: Some(model::StatusWish { status: "available".into(), text: String::new(), made_at: WallMs(1) }),
            pending_offline_at_sign_in: None,
        };
        let own = OwnStatus::from_view(&view, WallMs(4000));
        assert_eq!(own.choices.len(), 1);
        assert!(own.choices[0].usual && own.choices[0].names.is_none());
        assert_eq!((own.kind, own.age_ms), (StatusKind::Break, 3000));
        assert_eq!(own.pending.map(|pending| pending.kind), Some(StatusKind::Available));
    }
}
