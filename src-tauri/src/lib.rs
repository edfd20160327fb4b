//! The desktop shell: the main window and a small one, the tray, the commands they may give, the news they hear, preferences and the
//! keychain. No logic: what the phone does is decided in `phone` and carried out by `engine`.
//!
//! ```text
//! webview ──invoke──▶ commands/ ──▶ EngineHandle
//! webview ◀──emit─── events     ◀── EngineEvent
//! tray, notice ◀──── outside    ◀── the same news, followed by `facts`
//! ```

mod commands;
mod events;
mod facts;
mod notice;
mod options;
mod outside;
mod practice;
mod preferences;
mod run;
mod saved_file;
mod secrets;
mod system_settings;
mod tray;
mod webview;
mod window;
mod words;

pub use run::run;
