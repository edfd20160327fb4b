//! Preferences.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Interface language (LG-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Arabic.
    Ar,
}

/// Theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Digits that people read; what is dialled and stored is always ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// 0123.
    Latn,
    /// ٠١٢٣.
    Arab,
}

/// When an incoming call is shown in a small window of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum NoticeWhen {
    /// With each call.
    Always,
    /// While the main window is not the one that is used.
    Unfocused,
    /// Never.
    Never,
}

/// `start_at_login() -> LoginStart`, `set_start_at_login(LoginStart)`: kept by the system, not by us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LoginStart {
    /// The system starts the phone when the agent logs in.
    pub on: bool,
}

/// `set_settings(Settings)`: the whole, each time. What an older program did not keep begins with its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Language; at first start from the system's.
    pub language: Language,
    /// Theme.
    pub theme: Theme,
    /// Digits.
    pub digits: Digits,
    /// Closing the window leaves the phone running, where a tray shows it.
    pub keep_running: bool,
    /// That was told once.
    pub keep_running_told: bool,
    /// When the small window comes.
    pub notice_when: NoticeWhen,
    /// It says who calls; else only that somebody does.
    pub notice_caller: bool,
    /// It also tells of missed calls.
    pub notice_missed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            language: Language::En,
            theme: Theme::System,
            digits: Digits::Latn,
            keep_running: true,
            keep_running_told: false,
            notice_when: NoticeWhen::Unfocused,
            notice_caller: true,
            notice_missed: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_program_kept_is_still_understood() {
        let old = r#"{"language":"ar","theme":"dark","digits":"arab"}"#;
        let read: Settings = serde_json::from_str(old).expect("is understood");
        let kept = Settings { language: Language::Ar, theme: Theme::Dark, digits: Digits::Arab, ..Settings::default() };
        assert_eq!(read, kept);
    }
}
