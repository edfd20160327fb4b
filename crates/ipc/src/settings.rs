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

/// `set_settings(Settings)`: the whole, each time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Language; at first start from the system's.
    pub language: Language,
    /// Theme.
    pub theme: Theme,
    /// Digits.
    pub digits: Digits,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { language: Language::En, theme: Theme::System, digits: Digits::Latn }
    }
}
