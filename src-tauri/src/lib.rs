//! The desktop shell: one window, the commands it may give, the news it hears, preferences and the keychain. No logic: what the
//! phone does is decided in `phone` and carried out by `engine`.
//!
//! ```text
//! webview ──invoke──▶ commands/ ──▶ EngineHandle
//! webview ◀──emit─── events     ◀── EngineEvent
//! ```

mod commands;
mod events;
mod options;
mod practice;
mod preferences;
mod run;
mod saved_file;
mod secrets;
mod system_settings;
mod webview;
mod window;

pub use run::run;
