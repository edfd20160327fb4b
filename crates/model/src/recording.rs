//! Recordings of calls, as phone and server speak of them (RG-12, RG-13).

use base::WallMs;

/// What both sides notice of a recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// Nothing: they were told in another way.
    #[default]
    None,
    /// A short tone when it begins and when it goes on.
    Tone,
    /// Words when it begins, in English and then in Arabic; a tone when it goes on.
    Words,
    /// The same in English.
    WordsEn,
    /// The same in Arabic.
    WordsAr,
}

base::codes! {
    Consent {
        None = "none",
        Tone = "tone",
        Words = "words",
        WordsEn = "words_en",
        WordsAr = "words_ar",
    }
}

/// What holds for the recordings of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordingPolicy {
    /// What both sides notice.
    pub consent: Consent,
    /// After so many days a recording is deleted; 0: never.
    pub retention_days: u32,
    /// Agents may pause, while a card number is said.
    pub may_pause: bool,
}

impl Default for RecordingPolicy {
    fn default() -> Self {
        RecordingPolicy { consent: Consent::None, retention_days: 0, may_pause: true }
    }
}

impl RecordingPolicy {
    /// Both sides hear a tone when it goes on.
    #[must_use]
    pub fn tone(&self) -> bool {
        self.consent != Consent::None
    }
}

/// A recording that a phone has made, before the server has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecording {
    /// Number of the other side.
    pub other: String,
    /// Their name, as it was shown; may be empty.
    pub other_name: String,
    /// The agent called.
    pub outgoing: bool,
    /// The other side is nobody of the team.
    pub external: bool,
    /// The queue that the call came from.
    pub queue: Option<String>,
    /// When it began.
    pub started_at: WallMs,
    /// The agent pressed the button; else the rules asked for it.
    pub by_button: bool,
}

/// Which recordings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingsAsked {
    /// Of this person, by id; `None`: of everybody whose may be heard.
    pub user: Option<String>,
    /// From the page before; `None`: the newest.
    pub before: Option<String>,
}

/// A recording that the server keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingRow {
    /// Id.
    pub id: String,
    /// Whose call it is.
    pub user: String,
    /// Their name.
    pub user_name: String,
    /// The call.
    pub of: NewRecording,
    /// Length.
    pub duration_ms: u64,
    /// Size of the file.
    pub bytes: u64,
}
