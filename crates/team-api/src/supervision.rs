//! Listening to calls of others, and speaking into them (RG-09, RG-10, RG-11).

use base::Secret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::CallWith;

/// How a supervisor takes part in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuperviseMode {
    /// Hears both; nobody hears the supervisor.
    Listen,
    /// Hears both; the agent alone hears the supervisor.
    Whisper,
    /// All three hear each other.
    Barge,
}

/// Body of [`crate::path::USER_SUPERVISE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Supervise {
    /// How.
    pub mode: SuperviseMode,
}

/// Answer of [`crate::path::USER_SUPERVISE`]: leave for one INVITE to the agent, or for one INFO in a supervision that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SuperviseLeave {
    /// Goes into the header `X-Rannan-Supervise`, as it is.
    #[serde(with = "crate::secret")]
    #[schema(value_type = String, format = Password)]
    pub token: Secret,
    /// When it is void.
    pub expires_at_ms: i64,
    /// Whom to call.
    pub extension: String,
    /// Name of the agent.
    pub name: String,
    /// With whom the agent talks; absent when the caller may not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<CallWith>,
}

/// Answer and body of [`crate::path::SUPERVISION_POLICY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupervisionPolicy {
    /// Agents see who supervises their calls, and how.
    pub agents_see: bool,
}

/// Data of [`crate::EventBody::SupervisionEnded`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupervisionEndData {
    /// Extension of the supervisor.
    pub by: String,
    /// Extension of the agent.
    pub of: String,
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
