//! Listening to calls of others, and speaking into them (RG-09, RG-10, RG-11).
//!
//! `supervise(Supervise)` begins, or changes the mode of the supervision that runs on this person; `superviseRefused`, `superviseNoCall`,
//! `superviseTaken` and `superviseOwn` say why not. `supervise_leave()` ends it. What runs is a call with `supervision`.
//! `conference()` joins the call that is spoken on with the one that is held.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ColleagueParty;

/// How a supervisor takes part in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SuperviseMode {
    /// Hears both; nobody hears the supervisor.
    Listen,
    /// Hears both; the colleague alone hears the supervisor.
    Whisper,
    /// All three hear each other.
    Barge,
}

/// `supervise(Supervise)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Supervise {
    /// Id of the colleague.
    pub user: String,
    /// How.
    pub mode: SuperviseMode,
}

/// A call that is a supervision by this person: not a call card, but the bar at the foot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Supervision {
    /// Id of the colleague.
    pub user: String,
    /// Name of the colleague, isolate it.
    pub name: String,
    /// Extension of the colleague.
    pub extension: String,
    /// What counts now; it changes when the colleague's phone has changed it.
    pub mode: SuperviseMode,
    /// With whom the colleague talks; none: it may not be seen.
    pub other: Option<ColleagueParty>,
}

/// Somebody supervises a call of this person, where these may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SupervisedBy {
    /// Name of the supervisor, isolate it.
    pub name: String,
    /// How.
    pub mode: SuperviseMode,
}

impl From<base::SuperviseMode> for SuperviseMode {
    fn from(mode: base::SuperviseMode) -> Self {
        match mode {
            base::SuperviseMode::Listen => SuperviseMode::Listen,
            base::SuperviseMode::Whisper => SuperviseMode::Whisper,
            base::SuperviseMode::Barge => SuperviseMode::Barge,
        }
    }
}

impl From<SuperviseMode> for base::SuperviseMode {
    fn from(mode: SuperviseMode) -> Self {
        match mode {
            SuperviseMode::Listen => base::SuperviseMode::Listen,
            SuperviseMode::Whisper => base::SuperviseMode::Whisper,
            SuperviseMode::Barge => base::SuperviseMode::Barge,
        }
    }
}

impl From<&phone::SupervisionView> for Supervision {
    fn from(view: &phone::SupervisionView) -> Self {
        let model::Supervised { user, name, extension, other } = &view.whom;
        Supervision {
            user: user.clone(),
            name: name.clone(),
            extension: extension.clone(),
            mode: view.mode.into(),
            other: other.as_ref().map(Into::into),
        }
    }
}

impl From<&phone::SupervisedBy> for SupervisedBy {
    fn from(by: &phone::SupervisedBy) -> Self {
        SupervisedBy { name: by.name.clone(), mode: by.mode.into() }
    }
}
