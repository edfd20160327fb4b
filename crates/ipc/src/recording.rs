//! Recordings of calls, and listening to them.
//!
//! `record(CallSwitch)` and `record_pause(CallSwitch)` do what [`CallRecording`] allows. `recordings(RecordingsWish)` answers with a
//! [`RecordingsPage`], `recording_delete(RecordingRef)` deletes one. `player(PlayerWish)` returns at once; what becomes of it comes as
//! `player` and `playerPeaks`. `recording_policy_get()` and `recording_policy_put(RecordingPolicy)` answer with the [`RecordingPolicy`].

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a recording does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RecordingState {
    /// There is none.
    Off,
    /// It takes what is said.
    On,
    /// The agent has paused it.
    Paused,
    /// It rests while the call is on hold.
    Held,
    /// It could not be kept.
    Failed,
}

/// The recording of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallRecording {
    /// How far.
    pub state: RecordingState,
    /// The rules of the team ask for it: it cannot be switched off.
    pub automatic: bool,
    /// It may be begun or ended here.
    pub may_press: bool,
    /// It may be paused and go on.
    pub may_pause: bool,
}

/// Something of a call on or off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallSwitch {
    /// Id of the call.
    pub call: String,
    /// On or off.
    pub on: bool,
}

/// What both sides notice of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Consent {
    /// Nothing: they are told in another way.
    None,
    /// A short tone.
    Tone,
    /// Words, in English and then in Arabic.
    Words,
    /// Words in English.
    WordsEn,
    /// Words in Arabic.
    WordsAr,
}

/// What holds for the recordings of the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordingPolicy {
    /// What both sides notice.
    pub consent: Consent,
    /// Deleted after so many days; 0: never.
    pub retention_days: u32,
    /// Agents may pause.
    pub may_pause: bool,
}

/// Which recordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordingsWish {
    /// Of this person, by id; none: of everybody whose may be heard.
    pub user: Option<String>,
    /// From [`RecordingsPage::next`]; none: the newest.
    pub before: Option<String>,
}

/// A page of recordings, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordingsPage {
    /// Recordings.
    pub recordings: Vec<RecordedCall>,
    /// Where older ones begin; none: there are none.
    pub next: Option<String>,
}

/// A recording that may be heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordedCall {
    /// Its name for ever.
    pub id: String,
    /// Id of the person whose call it is.
    pub user: String,
    /// Their name, isolate it.
    pub user_name: String,
    /// Number of the other side, isolate it.
    pub number: String,
    /// Their name, isolate it; empty: unknown.
    pub name: String,
    /// The agent called.
    pub outgoing: bool,
    /// The other side is nobody of the team.
    pub external: bool,
    /// Name of the queue that it came from, isolate it.
    pub queue: Option<String>,
    /// When it began.
    #[ts(type = "number")]
    pub started_at_ms: i64,
    /// Length in milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// The agent pressed Record; else the rules asked for it.
    pub by_button: bool,
}

/// One recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordingRef {
    /// Id.
    pub recording: String,
}

/// What a listener wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "wish", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PlayerWish {
    /// Listen to this recording from its beginning.
    Play {
        /// Id.
        recording: String,
    },
    /// Listen to this message of the own voice box from its beginning; it is heard then.
    PlayMessage {
        /// Id.
        message: String,
    },
    /// Rest.
    Pause,
    /// Go on; from the beginning where it was at its end.
    Resume,
    /// Go on from here.
    Seek {
        /// Milliseconds.
        #[ts(type = "number")]
        ms: u64,
    },
    /// So many times as fast, 0.5 to 2.
    Speed {
        /// Factor.
        factor: f32,
    },
    /// No more.
    Close,
}

/// How far listening is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PlayerState {
    /// It is fetched from the server.
    Loading,
    /// It sounds.
    Playing,
    /// It rests.
    Paused,
    /// It was heard to its end.
    Ended,
    /// It is not there any more, or not this person's to hear.
    Gone,
    /// The server was not reached, or what came is no sound.
    Failed,
}

/// What is listened to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Player {
    /// Id of the recording or message.
    pub recording: String,
    /// How far.
    pub state: PlayerState,
    /// Where it is.
    #[ts(type = "number")]
    pub position_ms: u64,
    /// Length; 0 while it is not known.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// So many times as fast.
    pub speed: f32,
}

/// The picture of what is listened to: the loudest of each stretch, 0 to 100.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlayerPeaks {
    /// Id of the recording.
    pub recording: String,
    /// The other side.
    pub far: Vec<u8>,
    /// The agent; empty where there is one voice.
    pub near: Vec<u8>,
}

impl From<phone::RecordingView> for CallRecording {
    fn from(view: phone::RecordingView) -> Self {
        CallRecording {
            state: match view.state {
                phone::RecordingState::Off => RecordingState::Off,
                phone::RecordingState::On => RecordingState::On,
                phone::RecordingState::Paused => RecordingState::Paused,
                phone::RecordingState::Held => RecordingState::Held,
                phone::RecordingState::Failed => RecordingState::Failed,
            },
            automatic: view.automatic,
            may_press: view.may_press,
            may_pause: view.may_pause,
        }
    }
}

impl From<model::RecordingPolicy> for RecordingPolicy {
    fn from(policy: model::RecordingPolicy) -> Self {
        let consent = match policy.consent {
            model::Consent::None => Consent::None,
            model::Consent::Tone => Consent::Tone,
            model::Consent::Words => Consent::Words,
            model::Consent::WordsEn => Consent::WordsEn,
            model::Consent::WordsAr => Consent::WordsAr,
        };
        RecordingPolicy { consent, retention_days: policy.retention_days, may_pause: policy.may_pause }
    }
}

impl From<RecordingPolicy> for model::RecordingPolicy {
    fn from(policy: RecordingPolicy) -> Self {
        let consent = match policy.consent {
            Consent::None => model::Consent::None,
            Consent::Tone => model::Consent::Tone,
            Consent::Words => model::Consent::Words,
            Consent::WordsEn => model::Consent::WordsEn,
            Consent::WordsAr => model::Consent::WordsAr,
        };
        model::RecordingPolicy { consent, retention_days: policy.retention_days, may_pause: policy.may_pause }
    }
}

impl From<model::RecordingRow> for RecordedCall {
    fn from(row: model::RecordingRow) -> Self {
        let model::RecordingRow { id, user, user_name, of, duration_ms, bytes: _ } = row;
        RecordedCall {
            id,
            user,
            user_name,
            number: of.other,
            name: of.other_name,
            outgoing: of.outgoing,
            external: of.external,
            queue: of.queue,
            started_at_ms: of.started_at.0,
            duration_ms,
            by_button: of.by_button,
        }
    }
}
